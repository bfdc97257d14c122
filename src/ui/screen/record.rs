//! What was done in this sitting: to read, to print, to save, before it is forgotten.

use leptos::prelude::*;

use crate::browser::page;
use crate::record::{Deed, Entry, Line};
use crate::text::Text;
use crate::ui::dom::{El, el, words};
use crate::ui::kit::{Tone, actions, button, details, heading, hint, lead, notice};
use crate::ui::part::leaving::{question, save_button};
use crate::ui::sitting::{Kept, Sitting};
use crate::ui::wording::Spoken;

/// Addresses of one job that are listed one by one.
const LISTED: usize = 100;

pub fn record(sitting: Sitting) -> Vec<El> {
    let t = sitting.words();
    vec![
        heading(t.record_title()),
        lead(t.record_lead()),
        question(sitting, t),
        el("div").live(move || warning(sitting, t)),
        el("div").live(move || entries(sitting, t)),
        actions(vec![
            save_button(sitting, t),
            button(t.print(), move || print(sitting)),
            button(t.back(), page::back),
        ]),
    ]
}

/// What a reload would lose.
fn warning(sitting: Sitting, t: &Text) -> Vec<El> {
    let is_unkept = |kept: &Kept| !kept.is_stored && !kept.is_saved;
    if !sitting.record().with(is_unkept) {
        return Vec::new();
    }
    let advice = words("p", t.record_unkept_text());
    vec![notice(Tone::Warning, t.record_unkept(), vec![advice])]
}

fn print(sitting: Sitting) {
    page::print();
    sitting.record().update(|kept| kept.is_saved = true);
}

fn entries(sitting: Sitting, t: &'static Text) -> Vec<El> {
    let record = sitting.record().get().record;
    if record.entries.is_empty() {
        return vec![hint(t.record_empty())];
    }
    let words = Spoken::new(t, &record);
    record
        .entries
        .iter()
        .map(|entry| show(entry, &words))
        .collect()
}

fn show(entry: &Entry, spoken: &Spoken) -> El {
    let mut lines = entry.lines(spoken);
    let addresses = match &entry.deed {
        Deed::Assigned { addresses, .. } => addresses.len(),
        _ => 0,
    };
    let addresses = lines.split_off(lines.len().saturating_sub(addresses));
    let rows = lines.iter();
    let rows = rows
        .map(|line| (&*line.label, line.value.clone()))
        .collect();
    let line = |line: &Line| [&line.label, ": ", &line.value].concat();
    let addresses: Vec<String> = addresses.iter().map(line).collect();
    let list = match addresses.len() {
        0 => None,
        1..=LISTED => {
            let items = addresses.iter().map(|line| words("li", line));
            Some(el("ul").class("card listed").children(items.collect()))
        }
        // Thousands are one text: as a list they would take long to lay out.
        _ => Some(words("p", &addresses.join("\n")).class("lines")),
    };
    el("section")
        .class("entry")
        .child(words("h2", &entry.head(spoken)))
        .child(details(rows))
        .maybe(list)
}
