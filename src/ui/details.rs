//! Step 1, the connector as it is, with all its details.

use super::dom::{El, words};
use super::kit::{Tone, actions, button, details, heading, main_button, notice};
use super::sitting::Sitting;
use super::wording;
use crate::browser::intl;
use crate::ovh::exchange::SendConnector;
use crate::text::{Text, fill};
use crate::wizard::{Event, Screen};

pub fn ready(sitting: Sitting) -> Vec<El> {
    let t = sitting.words();
    let connector = sitting.now().connector().cloned();
    let connector = connector.unwrap_or_default();
    let id = connector.id.unwrap_or_default().to_string();
    let tone = if connector.is_ready() {
        Tone::Good
    } else {
        Tone::Warning
    };
    let title = fill(t.ready_number(), &[("id", &id)]);
    vec![
        heading(t.ready_title()),
        notice(tone, &title, vec![words("p", t.ready_next())]),
        details(rows(t, connector)),
        actions(vec![
            main_button(t.to_addresses(), move || {
                sitting.on(Event::WentTo(Screen::Addresses));
            }),
            button(t.other_connector(), move || {
                sitting.on(Event::WentTo(Screen::Connector));
            }),
        ]),
    ]
}

/// All that OVHcloud tells about a connector.
pub fn rows(t: &Text, connector: SendConnector) -> Vec<(&str, String)> {
    let mechanism = match connector.mechanism() {
        Some(mechanism) => wording::mechanism(t, mechanism).0.to_owned(),
        None => connector
            .smart_host_auth_mechanism
            .clone()
            .unwrap_or_default(),
    };
    let date = |iso: Option<String>| iso.map(|iso| intl::date(t.language, &iso));
    let number = |number: Option<u64>| number.map(|number| number.to_string());
    let size = number(connector.max_send_size).map(|size| fill(t.megabytes(), &[("size", &size)]));
    let tls = connector
        .require_tls
        .map(|yes| if yes { t.yes() } else { t.no() }.to_owned());
    let rows = [
        (t.connector_id(), number(connector.id)),
        (t.display_name(), connector.display_name),
        (t.smart_host(), connector.smart_host),
        (t.port(), number(connector.port)),
        (t.mechanism(), Some(mechanism)),
        (t.require_tls(), tls),
        (t.max_send_size(), size),
        (
            t.state(),
            connector.state.map(|state| wording::state(t, &state)),
        ),
        (t.created(), date(connector.creation_date)),
        (t.changed(), date(connector.last_update_date)),
    ];
    let told = |value: Option<String>| value.unwrap_or_else(|| t.not_told().to_owned());
    rows.into_iter()
        .map(|(name, value)| (name, told(value)))
        .collect()
}
