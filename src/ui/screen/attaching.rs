//! Step 2, while the addresses are changed, and what became of each.

mod result;
mod table;

use leptos::prelude::*;

use crate::browser::{clock, page};
use crate::ovh::Error;
use crate::run::assigning::{Assigning, Counts};
use crate::run::order::{Order, Purpose};
use crate::text::{Text, fill};
use crate::ui::dom::{El, el, words};
use crate::ui::kit::{
    HEADING, Tone, busy, button, heading, lead, main_button, not_kept, notice, while_kept,
};
use crate::ui::part::elsewhere::elsewhere;
use crate::ui::part::standstill::{self, Standstill};
use crate::ui::sitting::{Sitting, work};
use crate::ui::wording;
use crate::wizard::{Event, Screen, Stage};

/// What is left in milliseconds where a time would say more than anybody knows.
const SOON: u64 = 2_000;

pub fn attaching(sitting: Sitting) -> Vec<El> {
    let t = sitting.words();
    let is_there = Memo::new(move |_| {
        sitting.work.moved.track();
        sitting.work.read(|_, _| ()).is_some()
    });
    vec![
        heading(t.attaching_title()),
        el("div").live(move || elsewhere(sitting, t)),
        el("div")
            .attr("role", "status")
            .live(move || going_back(sitting, t)),
        el("div").live(move || {
            if is_there.get() {
                job(sitting, t)
            } else {
                Vec::new()
            }
        }),
    ]
}

/// What is asked of who goes back while the job is at work.
fn going_back(sitting: Sitting, t: &'static Text) -> Vec<El> {
    let Some(wanted) = sitting.back_wanted.get() else {
        return Vec::new();
    };
    let leave = move || {
        sitting.on(Event::WentTo(wanted));
        // Another choice of addresses has to wait for the end of this one.
        if sitting.now().screen() == Screen::Attaching {
            sitting.on(Event::WentTo(Screen::Ready));
        }
    };
    let content = vec![
        words("p", t.back_asked_text()),
        main_button(t.back_stay(), move || {
            sitting.stay();
            page::focus(HEADING);
        }),
        button(t.back_leave(), leave),
    ];
    vec![notice(Tone::Warning, t.back_asked(), content)]
}

fn job(sitting: Sitting, t: &'static Text) -> Vec<El> {
    let work = sitting.work;
    let counts = Memo::new(move |_| {
        work.moved.track();
        work.read(|_, machine| machine.counts()).unwrap_or_default()
    });
    let order = work.read(|order, machine| wording::asked(t, order, machine.items().len()));
    let numbers = move || {
        let counts = counts.get();
        // What was reached counts, not what was left or failed.
        [counts.confirmed + counts.already, counts.all()]
    };
    let progress = move || {
        let [done, all] = numbers().map(|number| wording::number(t, number));
        fill(t.attaching_progress(), &[("done", &done), ("all", &all)])
    };
    let bar = el("progress")
        .id("attach-progress")
        .live_attr("max", move || Some(numbers()[1].to_string()))
        .live_attr("value", move || Some(numbers()[0].to_string()));
    // Only a change of what there is to do is drawn, and so read out.
    let outcome = Memo::new(move |before: Option<&Option<Outcome>>| {
        work.moved.track();
        sitting.wizard().job();
        let before = before.and_then(Option::as_ref);
        work.read(|order, machine| Outcome::of(sitting, order, machine, before))
    });
    let remaining = move || {
        work.moved.track();
        let remaining = work.read(|_, machine| machine.remaining(clock::millis()));
        match outcome.get() {
            Some(Outcome::Running) => match remaining.unwrap_or_default().millis {
                ..SOON => t.any_moment().to_owned(),
                millis => fill(t.time_left(), &[("time", &wording::duration(t, millis))]),
            },
            _ => String::new(),
        }
    };
    vec![
        lead(&order.unwrap_or_default()),
        el("p")
            .class("progress")
            .child(
                el("label")
                    .attr("for", "attach-progress")
                    .live_text(progress),
            )
            .child(bar)
            .child(el("span").class("hint").live_text(remaining)),
        not_kept(t, sitting.work.is_kept),
        el("div")
            .class("reserved")
            .attr("role", "status")
            .live(move || {
                let outcome = outcome.get();
                let outcome = outcome.iter();
                outcome.map(|outcome| show(sitting, t, outcome)).collect()
            }),
        table::table(sitting, t, counts),
        el("div").live(move || {
            if outcome.get().is_some_and(|outcome| outcome.has_ended()) {
                result::keepsakes(sitting, t)
            } else {
                Vec::new()
            }
        }),
    ]
}

/// What there is to do now.
#[derive(Clone, PartialEq)]
enum Outcome {
    Running,
    /// Nothing more is sent, and the last answers are on their way.
    Stopping,
    Paused,
    Standing(Standstill),
    Ended {
        purpose: Purpose,
        counts: Counts,
        stop: Option<Stop>,
    },
}

/// Why somebody ended it before its end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    Wish,
    /// OVHcloud no longer found the connector.
    NotFound,
}

impl Outcome {
    fn of(sitting: Sitting, order: &Order, machine: &Assigning, before: Option<&Self>) -> Self {
        if machine.is_finished() {
            return Self::Ended {
                purpose: order.purpose,
                counts: machine.counts(),
                stop: Stop::of(machine),
            };
        }
        if machine.is_stopped() {
            return Self::Stopping;
        }
        if sitting.now().job() != Some(Stage::Running) && machine.halted().is_none() {
            return Self::Paused;
        }
        let before = match before {
            Some(Self::Standing(standstill)) => Some(standstill),
            _ => None,
        };
        Standstill::of(machine, before).map_or(Self::Running, Self::Standing)
    }

    fn has_ended(&self) -> bool {
        matches!(self, Self::Ended { .. })
    }
}

impl Stop {
    fn of(machine: &Assigning) -> Option<Self> {
        let why = if machine.halted() == Some(&Error::NotFound) {
            Self::NotFound
        } else {
            Self::Wish
        };
        machine.is_stopped().then_some(why)
    }
}

fn show(sitting: Sitting, t: &'static Text, outcome: &Outcome) -> El {
    let stop = move || button(t.stop(), move || work::stop(sitting));
    let kept = |always: &'static str, kept| {
        let kept = while_kept(sitting.work.is_kept, kept);
        el("p").live_text(move || [always, " ", &kept()].concat())
    };
    match outcome {
        Outcome::Running => el("div")
            .child(kept(t.attaching_done(), t.attaching_may_leave()).class("hint"))
            .child(
                el("p")
                    .class("actions")
                    .child(button(t.pause(), move || work::pause(sitting)))
                    .child(stop()),
            ),
        Outcome::Stopping => busy(t.stopping()),
        Outcome::Paused => {
            let resume = main_button(t.resume(), move || work::go_on(sitting, |_| {}));
            let advice = kept(t.paused_text(), t.paused_kept());
            notice(Tone::Hint, t.paused(), vec![advice, resume, stop()])
        }
        Outcome::Standing(standstill) => standstill::show(sitting, t, standstill, vec![stop()]),
        Outcome::Ended {
            purpose,
            counts,
            stop,
        } => ended(sitting, t, *purpose, *counts, *stop),
    }
}

fn ended(
    sitting: Sitting,
    t: &'static Text,
    purpose: Purpose,
    counts: Counts,
    stop: Option<Stop>,
) -> El {
    let good = counts.confirmed + counts.already;
    let open = counts.all() - good;
    let (one, many) = match purpose {
        Purpose::Attach => (t.attached_one(), t.attached_many()),
        Purpose::Detach => (t.detached_one(), t.detached_many()),
        Purpose::Undo => (t.undone_one(), t.undone_many()),
    };
    let success = wording::count(t, good, one, many);
    let verify = move || sitting.on(Event::WentTo(Screen::Verify));
    // Also after detaching: a test mail shows which way it takes now.
    let back = way_back(sitting, t);
    let to_verify = if purpose == Purpose::Attach && back.is_none() {
        main_button(t.to_verify(), verify)
    } else {
        button(t.to_verify(), verify)
    };
    let to_addresses = if purpose == Purpose::Attach {
        t.more_addresses()
    } else {
        t.other_addresses()
    };
    let to_addresses = button(to_addresses, move || {
        sitting.on(Event::WentTo(Screen::Addresses));
    });
    let undo = button(t.undo(), move || work::undo(sitting));
    let mut content = Vec::new();
    let (tone, title) = if open == 0 {
        // Where the job was begun elsewhere, that comes first.
        if purpose == Purpose::Attach && back.is_none() {
            content.push(words("p", t.attached_next()));
        }
        (Tone::Good, success)
    } else {
        // What was attached to a connector that is gone need not be so any more.
        if stop != Some(Stop::NotFound) {
            content.push(words("p", &success));
        }
        let advice = match stop {
            None => t.failed_advice(),
            Some(Stop::Wish) => t.stopped_advice(),
            Some(Stop::NotFound) => t.stopped_not_found(),
        };
        content.push(words("p", advice));
        content.push(button(t.try_failed_again(), move || {
            work::try_failed_again(sitting);
        }));
        (
            if stop == Some(Stop::Wish) {
                Tone::Warning
            } else {
                Tone::Bad
            },
            wording::count(t, open, t.failed_one(), t.failed_many()),
        )
    };
    content.extend(back);
    if good > 0 && stop != Some(Stop::NotFound) {
        content.push(to_verify);
    }
    content.push(to_addresses);
    let can_undo = sitting.work.read(|_, machine| machine.can_be_undone());
    if purpose != Purpose::Undo && can_undo == Some(true) {
        content.push(undo);
    }
    notice(tone, &title, content)
}

/// The way back to the screen that waits for this job.
fn way_back(sitting: Sitting, t: &'static Text) -> Option<El> {
    let back = sitting.now().upkeep().job_for()?;
    let label = match back {
        Screen::Delete => t.back_to_delete(),
        _ => t.back_to_domains(),
    };
    Some(main_button(label, move || sitting.on(Event::WentTo(back))))
}
