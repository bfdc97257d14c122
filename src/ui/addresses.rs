//! Step 2: choosing the addresses that are to send through the connector.

use leptos::prelude::*;

use super::asking::{Again, loading};
use super::dom::{El, after, el, is_ticked, text_signal, words};
use super::kit::{
    Complaint, Complaints, Tone, actions, button, heading, lead, main_button, mended,
    no_complaints, notice, problem, summary, text_field,
};
use super::sitting::Sitting;
use super::{drive, wording};
use crate::browser::storage;
use crate::ovh::Error;
use crate::ovh::exchange::{ListAccounts, Platform};
use crate::run::attaching::Attaching;
use crate::text::{Text, fill};
use crate::wizard::{Event, Screen};

const ID: &str = "addresses";
const DRAFT: &str = "draft-addresses";
/// Rows on the screen at once; the filter finds the others.
const SHOWN: usize = 100;
/// OVHcloud's placeholders for accounts that nobody has set up.
const PLACEHOLDER: &str = "@configureme.me";

pub fn addresses(sitting: Sitting) -> Vec<El> {
    let t = sitting.words();
    let wizard = sitting.now();
    let Some(platform) = wizard.platform().map(|chosen| chosen.platform.clone()) else {
        return Vec::new();
    };
    let name = wizard
        .connector()
        .and_then(|known| known.display_name.clone());
    let name = name.unwrap_or_default();
    let load = move || load_addresses(sitting, platform.clone());
    let show = move |all, again| choose(sitting, t, all, again);
    vec![
        heading(t.addresses_title()),
        lead(&fill(t.addresses_lead(), &[("connector", &name)])),
        loading(sitting, t.addresses_loading(), load, show),
    ]
}

async fn load_addresses(sitting: Sitting, platform: Platform) -> Result<Vec<String>, Error> {
    let addresses = sitting.ask(&ListAccounts(&platform)).await?.into_iter();
    let addresses = addresses.filter(|address| !address.ends_with(PLACEHOLDER));
    Ok(addresses.collect())
}

type Chosen = RwSignal<Vec<String>>;

fn load_draft(all: &[String]) -> Vec<String> {
    let stored = storage::load(DRAFT).unwrap_or_default();
    let known = stored
        .lines()
        .filter(|address| all.iter().any(|known| known == address));
    known.map(ToOwned::to_owned).collect()
}

fn choose(sitting: Sitting, t: &'static Text, all: Vec<String>, again: Again) -> Vec<El> {
    if all.is_empty() {
        let retry = button(t.try_again(), move || again.ask());
        let content = vec![words("p", t.addresses_none_advice()), retry];
        return vec![notice(Tone::Warning, t.addresses_none(), content)];
    }
    let chosen: Chosen = RwSignal::new(load_draft(&all));
    after(move || {
        let lines = chosen.get();
        storage::save(DRAFT, &lines.join("\n"));
    });
    let filter = text_signal(String::new());
    let complaints = no_complaints();
    let total = all.len();
    let matching = Memo::new(move |_| {
        let wanted = filter.with(|filter| filter.trim().to_ascii_lowercase());
        let fits = |address: &&String| address.to_ascii_lowercase().contains(&wanted);
        all.iter().filter(fits).cloned().collect::<Vec<_>>()
    });
    let attached = sitting.now().attached().to_vec();
    let rows = move || {
        let row =
            |address: &String| row(t, address, attached.contains(address), chosen, complaints);
        matching.with(|matching| matching.iter().take(SHOWN).map(row).collect())
    };
    let label = move || match chosen.with(Vec::len) {
        0 => t.attach_none().to_owned(),
        count => wording::count(t, count, t.attach_one(), t.attach_many()),
    };
    vec![
        summary(t, complaints),
        text_field(
            "search",
            "filter",
            t.addresses_filter(),
            t.addresses_filter_hint(),
            filter,
            complaints,
        ),
        el("fieldset")
            .id(ID)
            .class("choices list")
            .attr("tabindex", "-1")
            .attr("aria-describedby", "addresses-count addresses-problem")
            .child(words("legend", t.addresses_label()))
            .child(problem(ID, complaints))
            .child(el("div").class("rows").live(rows)),
        el("p")
            .id("addresses-count")
            .attr("role", "status")
            .live_text(move || count(t, matching.with(Vec::len), total, chosen.with(Vec::len))),
        words("p", t.attach_effect()),
        actions(vec![
            main_button("", move || attach(sitting, t, chosen, complaints)).live_text(label),
            button(t.back(), move || sitting.on(Event::WentTo(Screen::Ready))),
        ]),
    ]
}

fn count(t: &Text, matching: usize, total: usize, selected: usize) -> String {
    let numbers = [matching, total, SHOWN, selected].map(|number| number.to_string());
    let values = [
        ("found", &*numbers[0]),
        ("total", &*numbers[1]),
        ("shown", &*numbers[2]),
        ("count", &*numbers[3]),
    ];
    let found = match matching {
        0 => t.addresses_no_match(),
        more if more > SHOWN => t.addresses_more(),
        _ => t.addresses_found(),
    };
    [fill(found, &values), fill(t.addresses_selected(), &values)].join(" ")
}

fn attach(sitting: Sitting, t: &'static Text, chosen: Chosen, complaints: Complaints) {
    let addresses = chosen.get_untracked();
    let connector = sitting.now().connector().and_then(|known| known.id);
    let Some(connector) = connector else { return };
    if addresses.is_empty() {
        complaints.set(vec![Complaint {
            id: ID,
            label: t.addresses_label(),
            words: t.addresses_choose().to_owned(),
        }]);
        return;
    }
    storage::forget(DRAFT);
    sitting.on(Event::AddressesChosen(Attaching::new(connector, addresses)));
    drive::carry_on(sitting);
}

fn row(t: &Text, address: &str, attached: bool, chosen: Chosen, complaints: Complaints) -> El {
    let id = ["address-", address].concat();
    let (mine, own) = (address.to_owned(), address.to_owned());
    let input = el("input")
        .id(&id)
        .attr("type", "checkbox")
        .ticked(move || chosen.with(|chosen| chosen.contains(&mine)))
        .on("change", move |event| {
            let ticked = is_ticked(&event);
            mended(ID, complaints);
            chosen.update(|chosen| {
                chosen.retain(|address| *address != own);
                if ticked {
                    chosen.push(own.clone());
                }
            });
        });
    el("div")
        .class("choice")
        .child(input)
        .child(words("label", address).attr("for", &id))
        .maybe(attached.then(|| words("span", t.already_attached()).class("badge")))
}
