//! Step 1, the connector as it is, with all its details.

use crate::text::fill;
use crate::ui::dom::{El, words};
use crate::ui::kit::{Tone, actions, button, details, heading, main_button, notice};
use crate::ui::part::details::rows;
use crate::ui::sitting::Sitting;
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
