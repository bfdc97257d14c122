//! The end: what was done, and leaving no key behind.

use leptos::prelude::*;

use crate::ui::dom::{El, el, words};
use crate::ui::kit::{Tone, button, details, heading, notice};
use crate::ui::part::leaving;
use crate::ui::sitting::Sitting;
use crate::ui::wording;
use crate::wizard::{Event, Screen, Verified};

pub fn done(sitting: Sitting) -> Vec<El> {
    let t = sitting.words();
    let wizard = sitting.now();
    let connector = wizard.connector().cloned().unwrap_or_default();
    let verdict = match wizard.verified() {
        Some(Verified::Used) => t.done_used(),
        Some(Verified::NotUsed) => t.done_not_used(),
        Some(Verified::Unclear) => t.done_unclear(),
        None => t.done_not_checked(),
    };
    let (tone, advice) = if wizard.verified() == Some(Verified::Used) {
        (Tone::Good, Vec::new())
    } else {
        let back = button(t.to_verify(), move || {
            sitting.on(Event::WentTo(Screen::Verify));
        });
        (Tone::Warning, vec![back])
    };
    let addresses = match wizard.attached() {
        [] => t.none_given().to_owned(),
        some => some.join(", "),
    };
    let platform = wizard
        .platform()
        .map(|chosen| chosen.platform.service.clone());
    let rows = vec![
        (t.platform_label(), platform.unwrap_or_default()),
        (
            t.display_name(),
            connector.display_name.clone().unwrap_or_default(),
        ),
        (t.connector_choice(), wording::connector(t, &connector)),
        (t.done_addresses(), addresses),
    ];
    let advice_to_leave = if sitting.is_by_hand() {
        t.done_leave()
    } else {
        t.done_sign_out()
    };
    let is_halfway = Memo::new(move |_| sitting.wizard().is_halfway());
    let is_at_risk = Memo::new(move |_| sitting.record().with(leaving::is_at_risk));
    let actions = move || {
        let ways = if is_halfway.get() {
            vec![button(t.sign_out(), move || leaving::leave(sitting))]
        } else {
            leaving::ways_out(sitting, t, is_at_risk.get())
        };
        let more = button(t.more_addresses(), move || {
            sitting.on(Event::WentTo(Screen::Addresses));
        });
        let mut ways = ways.into_iter();
        let best = ways.next().map(|way| way.class("main"));
        best.into_iter().chain(ways).chain([more]).collect()
    };
    vec![
        heading(t.done_title()),
        notice(tone, verdict, advice),
        details(rows),
        el("div")
            .class("keepsakes")
            .live(move || leaving::keepsakes(sitting, t)),
        words("p", advice_to_leave),
        el("p").class("actions").live(actions),
    ]
}
