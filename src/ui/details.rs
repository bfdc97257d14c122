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
    let mechanism = wording::connector_mechanism(t, &connector);
    let date = |iso: Option<String>| iso.map(|iso| intl::date(t.language, &iso));
    let number = |number: Option<u64>| number.map(|number| number.to_string());
    let size = number(connector.max_send_size).map(|size| fill(t.megabytes(), &[("size", &size)]));
    let tls = wording::truth(t, connector.require_tls);
    let state = wording::connector_state(t, &connector);
    let rows = [
        (t.connector_id(), number(connector.id)),
        (t.display_name(), connector.display_name),
        (t.smart_host(), connector.smart_host),
        (t.port(), number(connector.port)),
        (t.mechanism(), Some(mechanism)),
        (t.require_tls(), Some(tls)),
        (t.largest_mail(), size),
        (t.state(), Some(state)),
        (t.created(), date(connector.creation_date)),
        (t.changed(), date(connector.last_update_date)),
    ];
    let told = |value: Option<String>| value.unwrap_or_else(|| t.not_told().to_owned());
    rows.into_iter()
        .map(|(name, value)| (name, told(value)))
        .collect()
}
