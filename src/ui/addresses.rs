//! Step 2: choosing the addresses that are to send through the connector.

use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::kit::{
    Action, Busy, Complaint, Failure, Heading, Notice, Summary, TextField, Tone, words_for,
};
use super::sitting::{Sitting, sitting};
use super::{drive, wording};
use crate::browser::storage;
use crate::ovh::Error;
use crate::ovh::exchange::ListAccounts;
use crate::run::attaching::Attaching;
use crate::text::{Text, fill};
use crate::wizard::{Event, Screen};

const ID: &str = "addresses";
const DRAFT: &str = "draft-addresses";
/// Rows on the screen at once; the filter finds the others.
const SHOWN: usize = 100;
/// OVHcloud's placeholders for accounts that nobody has set up.
const PLACEHOLDER: &str = "@configureme.me";

#[component]
pub fn Addresses() -> impl IntoView {
    let sitting = sitting();
    let t = sitting.words();
    let platform = sitting
        .wizard()
        .with_untracked(|wizard| wizard.platform().cloned());
    let Some(platform) = platform else {
        return ().into_any();
    };
    let platform = StoredValue::new(platform.platform);
    let loaded = RwSignal::new(None::<Result<Vec<String>, Error>>);
    let load = move || {
        loaded.set(None);
        spawn_local(async move {
            let answer = sitting.ask(&ListAccounts(&platform.get_value())).await;
            loaded.set(Some(answer.map(|mut addresses| {
                addresses.retain(|address| !address.ends_with(PLACEHOLDER));
                addresses.sort_unstable();
                addresses
            })));
        });
    };
    load();
    let name = sitting.wizard().with_untracked(|wizard| {
        let connector = wizard.connector();
        connector
            .and_then(|connector| connector.display_name.clone())
            .unwrap_or_default()
    });
    view! {
        <Heading words=t.addresses_title/>
        <p class="lead">{fill(t.addresses_lead, &[("connector", &name)])}</p>
        {move || match loaded.get() {
            None => view! { <Busy words=t.addresses_loading/> }.into_any(),
            Some(Err(error)) => view! { <Failure error retry=load/> }.into_any(),
            Some(Ok(all)) if all.is_empty() => {
                view! {
                    <Notice tone=Tone::Warning title=t.addresses_none>
                        <p>{t.addresses_none_advice}</p>
                        <Action words=t.try_again run=load/>
                    </Notice>
                }
                    .into_any()
            }
            Some(Ok(all)) => view! { <Choose sitting t all/> }.into_any(),
        }}
    }
    .into_any()
}

fn load_draft(all: &[String]) -> BTreeSet<String> {
    let stored = storage::load(DRAFT).unwrap_or_default();
    let known = |address: &&str| all.iter().any(|known| known == address);
    stored
        .lines()
        .filter(known)
        .map(ToOwned::to_owned)
        .collect()
}

#[component]
fn Choose(sitting: Sitting, t: &'static Text, all: Vec<String>) -> impl IntoView {
    let chosen = RwSignal::new(load_draft(&all));
    let filter = RwSignal::new(String::new());
    let complaints = RwSignal::new(Vec::new());
    let total = all.len();
    let all = StoredValue::new(all);
    Effect::new(move |_| {
        let lines = chosen.with(|chosen| chosen.iter().cloned().collect::<Vec<_>>());
        storage::save(DRAFT, &lines.join("\n"));
    });
    let matching = Memo::new(move |_| {
        let wanted = filter.get().trim().to_lowercase();
        let fits = |address: &&String| address.to_lowercase().contains(&wanted);
        all.with_value(|all| all.iter().filter(fits).cloned().collect::<Vec<_>>())
    });
    let attached = sitting
        .wizard()
        .with_untracked(|wizard| wizard.attached().to_vec());
    let attached = StoredValue::new(attached);
    let rows = move || {
        let mut rows = matching.get();
        rows.truncate(SHOWN);
        rows.into_iter()
            .map(|address| {
                let done = attached.with_value(|attached| attached.contains(&address));
                view! { <AddressRow t address done chosen/> }
            })
            .collect::<Vec<_>>()
    };
    let count = move || {
        let shown = matching.with(Vec::len);
        let selected = chosen.with(BTreeSet::len).to_string();
        let found = match shown {
            0 => t.addresses_no_match.to_owned(),
            more if more > SHOWN => fill(
                t.addresses_more,
                &[("shown", &SHOWN.to_string()), ("found", &more.to_string())],
            ),
            _ => fill(
                t.addresses_found,
                &[("found", &shown.to_string()), ("total", &total.to_string())],
            ),
        };
        [found, fill(t.addresses_selected, &[("count", &selected)])].join(" ")
    };
    let attach = move || {
        let addresses = chosen.get_untracked();
        let connector = sitting
            .wizard()
            .with_untracked(|wizard| wizard.connector().and_then(|connector| connector.id));
        let Some(connector) = connector else { return };
        if addresses.is_empty() {
            complaints.set(vec![Complaint {
                id: ID,
                label: t.addresses_label,
                words: t.addresses_choose.to_owned(),
            }]);
            return;
        }
        storage::forget(DRAFT);
        sitting.on(Event::AddressesChosen(Attaching::new(connector, addresses)));
        drive::carry_on(sitting);
    };
    let problem = words_for(complaints, ID);
    let label = move || {
        let count = chosen.with(BTreeSet::len);
        wording::count(t, count, t.attach_one, t.attach_many)
    };
    view! {
        <Summary complaints/>
        <TextField id="filter" label=t.addresses_filter hint=t.addresses_filter_hint value=filter kind="search"/>
        <fieldset id=ID tabindex="-1" class="choices list" aria-describedby="addresses-count addresses-problem">
            <legend>{t.addresses_label}</legend>
            <p class="problem" id="addresses-problem">
                {problem}
            </p>
            <div class="rows">{rows}</div>
        </fieldset>
        <p id="addresses-count" role="status">
            {count}
        </p>
        <p>{t.attach_effect}</p>
        <p class="actions">
            <button type="button" class="main" on:click=move |_| attach()>
                {label}
            </button>
            <Action words=t.back quiet=true run=move || sitting.on(Event::WentTo(Screen::Ready))/>
        </p>
    }
    .into_any()
}

#[component]
fn AddressRow(
    t: &'static Text,
    address: String,
    done: bool,
    chosen: RwSignal<BTreeSet<String>>,
) -> impl IntoView {
    let id = ["address-", &address].concat();
    let mine = address.clone();
    let is_chosen = move || chosen.with(|chosen| chosen.contains(&mine));
    let label = address.clone();
    let toggle = move |ticked: bool| {
        chosen.update(|chosen| {
            if ticked {
                chosen.insert(address.clone());
            } else {
                chosen.remove(&address);
            }
        });
    };
    view! {
        <div class="choice">
            <input
                id=id.clone()
                type="checkbox"
                prop:checked=is_chosen
                on:change:target=move |event| toggle(event.target().checked())
            />
            <label for=id>{label}</label>
            {done.then(|| view! { <span class="badge">{t.already_attached}</span> })}
        </div>
    }
    .into_any()
}
