//! The domains of the platform, and the connector that new addresses on each begin with.

mod change;
mod existing;

pub use change::change;
pub use existing::offer as attach_existing;

use leptos::prelude::*;

use super::on_its_way;
use crate::ovh::Error;
use crate::ovh::exchange::Domain;
use crate::run::census::Known;
use crate::text::{Text, fill};
use crate::ui::dom::{El, el, spawn, words};
use crate::ui::kit::{
    HEADING, Tone, actions, breakable, busy, button, heading, lead, notice, table,
};
use crate::ui::part::asking::failed;
use crate::ui::part::connectors::load_connectors;
use crate::ui::part::elsewhere::elsewhere;
use crate::ui::sitting::{Sitting, layer};
use crate::ui::wording;

pub fn domains(sitting: Sitting) -> Vec<El> {
    let t = sitting.words();
    let Some(platform) = sitting.now().platform().map(|now| now.platform.clone()) else {
        return Vec::new();
    };
    sitting.users.know_domains(sitting);
    spawn(async move {
        // It brings the names; without them there are numbers.
        let _ = load_connectors(sitting, platform).await;
    });
    let open = RwSignal::new(None::<String>);
    layer::follow(sitting, open, None, [change::TITLE, HEADING]);
    vec![
        heading(t.domains_title()),
        lead(t.domains_lead()),
        el("div").live(move || elsewhere(sitting, t)),
        el("div").live(move || match open.get() {
            Some(domain) => change(sitting, t, &domain, move || open.set(None)),
            None => vec![
                el("div").live(move || on_its_way(sitting, t)),
                list(sitting, t, open),
            ],
        }),
    ]
}

/// How far the list is: each domain is read by itself afterwards.
#[derive(Clone, PartialEq)]
enum Listed {
    NotYet,
    Failed(Error),
    Names(Vec<String>),
}

fn list(sitting: Sitting, t: &'static Text, open: RwSignal<Option<String>>) -> El {
    let listed = Memo::new(move |_| {
        sitting.users.domains(|census| match census {
            Some(census) if census.problem().is_some() => census
                .problem()
                .cloned()
                .map_or(Listed::NotYet, Listed::Failed),
            Some(census) if census.has_list() => {
                let names = census.all().iter().map(|(name, _)| name.clone());
                Listed::Names(names.collect())
            }
            _ => Listed::NotYet,
        })
    });
    let read = move || sitting.users.read_domains(sitting);
    let again = move || actions(vec![button(t.look_again(), read)]);
    el("div").live(move || match listed.get() {
        Listed::NotYet => vec![busy(t.delete_domains_reading())],
        Listed::Failed(error) => vec![failed(sitting, &error, read)],
        Listed::Names(names) if names.is_empty() => {
            let content = vec![words("p", t.domains_none_advice()), again()];
            vec![notice(Tone::Hint, t.domains_none(), content)]
        }
        Listed::Names(names) => {
            let rows = names.into_iter().enumerate();
            let rows = rows.map(|(place, name)| row(sitting, t, place, name, open));
            let columns = [t.domain(), t.default_now(), t.state(), t.column_change()];
            vec![table(t.domains_title(), &columns, rows.collect()), again()]
        }
    })
}

/// What is known of the domain at this place.
fn known(sitting: Sitting, place: usize) -> Option<Known<Domain>> {
    sitting.users.domains(|census| {
        let one = census?.all().get(place)?;
        Some(one.1.clone())
    })
}

fn row(
    sitting: Sitting,
    t: &'static Text,
    place: usize,
    name: String,
    open: RwSignal<Option<String>>,
) -> Vec<El> {
    let now = Memo::new(move |_| known(sitting, place));
    let default = move || match now.get() {
        Some(Known::Read(domain)) => sitting.connector_name(t, domain.connector()),
        Some(Known::Unreadable(error)) => fill(
            t.domain_unread(),
            &[("why", wording::error(t, &error).title)],
        ),
        _ => t.still_looking().to_owned(),
    };
    let state = move || match now.get() {
        Some(Known::Read(domain)) => {
            wording::state_of(t, domain.state.as_deref(), domain.pending_task())
        }
        _ => t.not_told().to_owned(),
    };
    let is_read = Memo::new(move |_| now.with(|now| matches!(now, Some(Known::Read(_)))));
    let title = breakable("span", &name);
    let change = move || {
        let name = name.clone();
        let label = fill(t.default_change_of(), &[("domain", &name)]);
        let change = button(t.default_change(), move || open.set(Some(name.clone())));
        if is_read.get() {
            vec![change.attr("aria-label", &label)]
        } else {
            vec![words("span", t.not_told())]
        }
    };
    vec![
        title,
        el("span").live_text(default),
        el("span").live_text(state),
        el("span").live(change),
    ]
}
