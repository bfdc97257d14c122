//! Step 2: which addresses are to send through the connector.

mod desk;
mod finder;
mod looking;
mod pasted;
mod table;

use std::collections::BTreeMap;

use desk::Desk;
use leptos::prelude::*;

use crate::ovh::Error;
use crate::ovh::exchange::{ListAccounts, ListConnectors, Platform, ReadConnector};
use crate::roster::Roster;
use crate::run::assigning::Goal;
use crate::run::order::Purpose;
use crate::text::{Text, fill};
use crate::ui::dom::{El, el, flag, spawn, words};
use crate::ui::kit::{
    Complaint, Tone, actions, button, heading, lead, main_button, notice, pager, summary,
};
use crate::ui::part::asking::{Again, loading};
use crate::ui::part::connectors;
use crate::ui::part::elsewhere::elsewhere;
use crate::ui::sitting::{Sitting, work};
use crate::ui::wording;
use crate::wizard::{Event, Screen};

const ID: &str = "addresses";

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
    let is_gone = flag(false);
    spawn(learn_names(sitting, platform.clone(), is_gone));
    let load = {
        let platform = platform.clone();
        move || load_addresses(sitting, platform.clone())
    };
    let show = move |roster, again| choose(sitting, t, roster, &platform, is_gone, again);
    vec![
        heading(t.addresses_title()),
        lead(&fill(t.addresses_lead(), &[("connector", &name)])),
        el("div").live(move || {
            let gone = || connectors::gone(sitting, t);
            is_gone.get().then(gone).into_iter().collect()
        }),
        loading(sitting, t.addresses_loading(), load, show),
    ]
}

async fn load_addresses(sitting: Sitting, platform: Platform) -> Result<Roster, Error> {
    Ok(Roster::new(sitting.ask(&ListAccounts(&platform)).await?))
}

/// Reads the names of the connectors; one without a name is shown by its number. Tells if the one to
/// attach to is not among them.
async fn learn_names(sitting: Sitting, platform: Platform, is_gone: RwSignal<bool>) {
    let platform = &platform;
    let mut names: BTreeMap<u64, String> = BTreeMap::new();
    if let Some(connector) = sitting.now().connector() {
        names.extend(connector.id.zip(connector.display_name.clone()));
    }
    sitting.names.set(names.clone());
    let Ok(ids) = sitting.ask(&ListConnectors(platform)).await else {
        return;
    };
    let own = sitting.now().connector().and_then(|own| own.id);
    if own.is_some_and(|own| !ids.contains(&own)) {
        is_gone.try_set(true);
    }
    for id in ids {
        if !names.contains_key(&id)
            && let Ok(connector) = sitting.ask(&ReadConnector { platform, id }).await
            && let Some(name) = connector.display_name
            && !name.trim().is_empty()
            && sitting.is_on(platform)
        {
            names.insert(id, name);
            sitting.names.set(names.clone());
        }
    }
}

fn choose(
    sitting: Sitting,
    t: &'static Text,
    roster: Roster,
    platform: &Platform,
    is_gone: RwSignal<bool>,
    again: Again,
) -> Vec<El> {
    if roster.addresses().is_empty() {
        let retry = button(t.try_again(), move || again.ask());
        let content = vec![words("p", t.addresses_none_advice()), retry];
        return vec![notice(Tone::Warning, t.addresses_none(), content)];
    }
    let desk = Desk::new(sitting, t, roster);
    looking::look(desk, platform.clone());
    let label = move || {
        desk.chosen.track();
        match desk.with(Roster::count) {
            0 => t.attach_none().to_owned(),
            count => wording::count(t, count, t.attach_one(), t.attach_many()),
        }
    };
    let detach = move || {
        desk.chosen.track();
        match desk.with(Roster::count) {
            0 => t.detach_none().to_owned(),
            count => wording::count(t, count, t.detach_one(), t.detach_many()),
        }
    };
    let mut content = vec![summary(t, desk.complaints)];
    content.extend(finder::finder(desk));
    content.extend([
        table::table(desk),
        pager(t, desk::ROWS, desk.page, move || {
            desk.matching.with(|all| all.len())
        }),
        pasted::pasted(desk),
        el("div").live(move || {
            let effect = || words("p", t.attach_effect());
            // To what is gone nothing can be attached.
            (!is_gone.get()).then(effect).into_iter().collect()
        }),
        el("div").live(move || elsewhere(sitting, t)),
        el("div").live(move || {
            let attach = || main_button("", move || plan(desk, Purpose::Attach)).live_text(label);
            let mut buttons: Vec<_> = (!is_gone.get()).then(attach).into_iter().collect();
            buttons.extend([
                button("", move || plan(desk, Purpose::Detach)).live_text(detach),
                button(t.back(), move || sitting.on(Event::WentTo(Screen::Ready))),
            ]);
            vec![actions(buttons)]
        }),
    ]);
    vec![el("div").children(content)]
}

fn plan(desk: Desk, purpose: Purpose) {
    let sitting = desk.sitting;
    let connector = sitting.now().connector().and_then(|known| known.id);
    let Some(connector) = connector else { return };
    let addresses = desk.chosen_addresses().into_iter();
    if addresses.len() == 0 {
        desk.complaints.set(vec![Complaint {
            id: ID,
            label: desk.t.addresses_label(),
            words: desk.t.addresses_choose().to_owned(),
        }]);
        return;
    }
    let wanted = match purpose {
        Purpose::Attach => connector,
        Purpose::Detach | Purpose::Undo => 0,
    };
    let goals = addresses.map(|address| Goal { address, wanted });
    spawn(work::plan(sitting, purpose, goals.collect()));
}
