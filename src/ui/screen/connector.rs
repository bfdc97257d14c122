//! Step 1: choosing a connector that is there, or filling in the form for a new one.

use leptos::prelude::*;

use crate::ovh::exchange::{Platform, SendConnector};
use crate::text::Text;
use crate::ui::dom::{El, el, text_signal};
use crate::ui::draft::Draft;
use crate::ui::kit::{Choice, actions, choices, heading, lead, main_button, no_complaints};
use crate::ui::part::asking::loading;
use crate::ui::part::connector_form::new_connector;
use crate::ui::part::connectors::load_connectors;
use crate::ui::part::elsewhere::elsewhere;
use crate::ui::sitting::Sitting;
use crate::ui::wording;
use crate::wizard::Event;

const NEW: &str = "new";

pub fn connector(sitting: Sitting) -> Vec<El> {
    let t = sitting.words();
    let chosen = sitting.now().platform().cloned();
    let Some(platform) = chosen.map(|chosen| chosen.platform) else {
        return Vec::new();
    };
    let load = {
        let platform = platform.clone();
        move || load_connectors(sitting, platform.clone())
    };
    let show = move |existing, _| choose_or_add(sitting, t, &platform, existing);
    vec![
        heading(t.connector_title()),
        lead(t.connector_lead()),
        el("div").live(move || elsewhere(sitting, t)),
        loading(sitting, t.connector_loading(), load, show),
    ]
}

fn choose_or_add(
    sitting: Sitting,
    t: &'static Text,
    platform: &Platform,
    existing: Vec<SendConnector>,
) -> Vec<El> {
    let usable: Vec<_> = existing
        .iter()
        .filter(|known| known.is_usable())
        .cloned()
        .collect();
    if usable.is_empty() {
        return vec![new_connector(sitting, t, platform.clone(), existing)];
    }
    let settled = sitting.now().connector().and_then(|known| known.id);
    let position = usable
        .iter()
        .position(|known| settled.is_some() && known.id == settled);
    let start = match position {
        Some(index) if Draft::Connector.load().is_none() => index.to_string(),
        _ => NEW.to_owned(),
    };
    let chosen = text_signal(start);
    let list = usable.iter().enumerate().map(|(index, known)| Choice {
        value: index.to_string(),
        label: wording::connector_title(t, known),
        about: wording::connector(t, known),
    });
    let new = Choice {
        value: NEW.to_owned(),
        label: t.connector_new().to_owned(),
        about: t.connector_new_about().to_owned(),
    };
    let list = list.chain([new]).collect();
    let usable = StoredValue::new(usable);
    let take = move || {
        let index: usize = chosen.with_untracked(|index| index.parse().unwrap_or(0));
        if let Some(connector) = usable.with_value(|all| all.get(index).cloned()) {
            sitting.on(Event::ConnectorReady(connector));
        }
    };
    let is_new = Memo::new(move |_| chosen.with(|chosen| chosen == NEW));
    let platform = platform.clone();
    let rest = move || {
        vec![if is_new.get() {
            new_connector(sitting, t, platform.clone(), existing.clone())
        } else {
            actions(vec![main_button(t.connector_take(), take)])
        }]
    };
    vec![
        choices(
            "connector",
            t.connector_choice(),
            list,
            chosen,
            no_complaints(),
        ),
        el("div").live(rest),
    ]
}
