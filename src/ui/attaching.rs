//! Step 2, while the addresses are attached, and what became of each.

use leptos::prelude::*;

use super::asking::sign_in_again;
use super::dom::{El, el, words};
use super::kit::{Tone, button, heading, hint, main_button, notice};
use super::sitting::Sitting;
use super::{drive, wording};
use crate::ovh::Error;
use crate::run::attaching::{Attaching, Item, State};
use crate::text::{Text, fill};
use crate::wizard::{Event, Screen};

pub fn attaching(sitting: Sitting) -> Vec<El> {
    let t = sitting.words();
    let job = Memo::new(move |_| sitting.wizard().attaching().cloned());
    let count = move || {
        job.with(|job| {
            let items = job.as_ref().map(Attaching::items).unwrap_or_default();
            let ended = items.iter().filter(|item| item.is_final()).count();
            (ended.to_string(), items.len().to_string())
        })
    };
    let progress = move || {
        let (done, all) = count();
        fill(t.attaching_progress(), &[("done", &done), ("all", &all)])
    };
    let rows = move || {
        job.with(|job| {
            let items = job.as_ref().map(Attaching::items).unwrap_or_default();
            items.iter().map(|item| row(t, item)).collect()
        })
    };
    // Only a change of what there is to do is drawn, and so read out.
    let outcome_now = Memo::new(move |_| job.with(|job| job.as_ref().map(Outcome::of)));
    let bar = el("progress")
        .id("attach-progress")
        .live_attr("max", move || Some(count().1))
        .live_attr("value", move || Some(count().0));
    let table = el("table")
        .child(
            el("thead").child(
                el("tr")
                    .child(words("th", t.address()).attr("scope", "col"))
                    .child(words("th", t.state()).attr("scope", "col")),
            ),
        )
        .child(el("tbody").live(rows));
    vec![
        heading(t.attaching_title()),
        el("p")
            .class("progress")
            .child(
                el("label")
                    .attr("for", "attach-progress")
                    .live_text(progress),
            )
            .child(bar),
        el("div")
            .class("reserved")
            .attr("role", "status")
            .live(move || {
                outcome_now
                    .get()
                    .iter()
                    .map(|outcome| show(sitting, t, outcome))
                    .collect()
            }),
        el("div")
            .class("scroll")
            .attr("tabindex", "0")
            .attr("role", "region")
            .attr("aria-label", t.attaching_table())
            .child(table),
    ]
}

fn row(t: &Text, item: &Item) -> El {
    let (class, state) = wording::attaching(t, item);
    let filters = item.filters_sent && item.state == State::Attached;
    el("tr")
        .child(words("th", &item.address).attr("scope", "row"))
        .child(
            words("td", &state)
                .class(class)
                .maybe(filters.then(|| hint(t.filters_sent()))),
        )
}

/// What there is to do now.
#[derive(Clone, PartialEq)]
enum Outcome {
    Wait,
    Halted(Error),
    Finished { attached: usize, failed: usize },
}

impl Outcome {
    fn of(job: &Attaching) -> Self {
        if let Some(error) = job.halted() {
            return Self::Halted(error.clone());
        }
        if !job.is_finished() {
            return Self::Wait;
        }
        let attached = job.attached().count();
        Self::Finished {
            attached,
            failed: job.items().len() - attached,
        }
    }
}

fn show(sitting: Sitting, t: &'static Text, outcome: &Outcome) -> El {
    let (attached, failed) = match outcome {
        Outcome::Wait => return hint(t.attaching_may_leave()),
        Outcome::Halted(error) => return halted(sitting, t, error),
        Outcome::Finished { attached, failed } => (*attached, *failed),
    };
    let more = button(t.more_addresses(), move || {
        sitting.on(Event::WentTo(Screen::Addresses));
    });
    let to_verify = main_button(t.to_verify(), move || {
        sitting.on(Event::WentTo(Screen::Verify));
    });
    if failed == 0 {
        let title = wording::count(t, attached, t.attached_one(), t.attached_many());
        return notice(
            Tone::Good,
            &title,
            vec![words("p", t.attached_next()), to_verify, more],
        );
    }
    let title = wording::count(t, failed, t.failed_one(), t.failed_many());
    let again = button(t.try_failed_again(), move || {
        restart(sitting, Attaching::tried_again);
    });
    let mut content = vec![words("p", t.failed_advice()), again];
    if attached > 0 {
        content.push(to_verify);
    }
    content.push(more);
    notice(Tone::Bad, &title, content)
}

fn halted(sitting: Sitting, t: &'static Text, error: &Error) -> El {
    let explained = wording::error(t, error);
    let mut content = vec![words("p", explained.advice).text(" ").text(t.halted_text())];
    if error.concerns_all_calls() {
        content.push(sign_in_again(sitting, error));
    }
    content.push(button(t.resume(), move || {
        restart(sitting, Attaching::interrupted);
    }));
    notice(Tone::Bad, explained.title, content)
}

fn restart(sitting: Sitting, how: fn(Attaching) -> Attaching) {
    let job = sitting.now().attaching().cloned();
    if let Some(job) = job {
        sitting.on(Event::AttachMoved(how(job)));
        drive::carry_on(sitting);
    }
}
