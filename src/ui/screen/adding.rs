//! Step 1, while OVHcloud makes the connector.

use leptos::prelude::*;

use crate::run::adding::{Adding, Ending, Stage};
use crate::text::{Text, fill};
use crate::ui::dom::{El, el, words};
use crate::ui::kit::{
    Tone, busy, button, heading, hint, main_button, not_kept, notice, stages, while_kept,
};
use crate::ui::part::asking::{refused, sign_in_again};
use crate::ui::part::leaving;
use crate::ui::sitting::{Sitting, drive};
use crate::ui::wording;
use crate::wizard::{Event, Screen};

pub fn adding(sitting: Sitting) -> Vec<El> {
    let t = sitting.words();
    // Only what is shown counts: the job itself changes at every reading.
    let shown = Memo::new(move |_| {
        let shown = |job: &Adding| (job.stage().clone(), job.task());
        sitting.wizard().adding().map(shown)
    });
    let has_failed = Memo::new(move |_| sitting.wizard().adding().is_some_and(Adding::has_failed));
    let title = move || wording::screen(t, Screen::Adding, has_failed.get()).to_owned();
    let content = move || {
        let shown = shown.get();
        shown
            .iter()
            .map(|(stage, task)| show(sitting, t, stage, *task))
            .collect()
    };
    vec![
        heading("").live_text(title),
        leaving::question(sitting, t),
        not_kept(t, sitting.is_kept),
        el("div").live(content),
    ]
}

fn show(sitting: Sitting, t: &'static Text, stage: &Stage, task: Option<u64>) -> El {
    let (reached, waiting) = match stage {
        Stage::Ended(ending) => return ended(sitting, t, ending),
        Stage::ToSend | Stage::Sent => (0, t.adding_sending()),
        Stage::InDoubt => (0, t.adding_in_doubt()),
        Stage::Accepted => (1, t.adding_accepted()),
        Stage::Appearing { .. } | Stage::Ready(_) => (2, t.adding_appearing()),
    };
    let steps = [
        t.adding_step_sent(),
        t.adding_step_made(),
        t.adding_step_ready(),
    ];
    let task = task.map(|task| hint(&fill(t.task_number(), &[("task", &task.to_string())])));
    el("div")
        .class("card")
        .child(stages(t, steps, reached))
        .child(el("div").attr("role", "status").child(busy(waiting)))
        .maybe(task)
        .child(hint("").live_text(while_kept(sitting.is_kept, t.adding_may_leave())))
}

fn ended(sitting: Sitting, t: &'static Text, ending: &Ending) -> El {
    let back = button(t.back_to_form(), move || sitting.on(Event::AddGivenUp));
    let look_again = || {
        main_button(t.look_again(), move || {
            let job = sitting.now().adding().cloned();
            if let Some(job) = job {
                sitting.on(Event::AddMoved(job.looked_at_again()));
                drive::carry_on(sitting);
            }
        })
    };
    let (title, advice, look) = match ending {
        Ending::Refused(error) => return refused(sitting, t.adding_refused(), error, back),
        Ending::TaskFailed => (t.adding_task_failed(), t.adding_task_failed_advice(), None),
        Ending::NotArrived => (
            t.adding_not_arrived(),
            t.adding_not_arrived_advice(),
            Some(look_again()),
        ),
        Ending::NotSeen => (
            t.adding_not_seen(),
            t.adding_not_seen_advice(),
            Some(look_again()),
        ),
        Ending::Unreadable(error) => (
            t.adding_unreadable(),
            wording::error(t, error).advice,
            Some(if error.concerns_all_calls() {
                sign_in_again(sitting, error)
            } else {
                look_again()
            }),
        ),
    };
    let mut content = vec![words("p", advice)];
    content.extend(look);
    content.push(back);
    notice(Tone::Bad, title, content)
}
