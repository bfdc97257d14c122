//! Step 1, while OVHcloud makes the connector.

use leptos::prelude::*;

use super::connector::forget_draft;
use super::kit::{Action, Busy, Heading, Notice, Tone};
use super::sitting::{Sitting, sitting};
use super::{drive, wording};
use crate::run::adding::{Adding, Ending, Stage};
use crate::text::{Text, fill};
use crate::wizard::{Event, Wizard};

#[component]
pub fn AddingScreen() -> impl IntoView {
    let sitting = sitting();
    let t = sitting.words();
    // A plain copy would redraw at every reading; only what is shown counts.
    let stage = Memo::new(move |_| {
        sitting
            .wizard()
            .with(|wizard| wizard.adding().map(|job| (job.stage().clone(), job.task())))
    });
    view! {
        <Heading words=t.adding_title/>
        {move || stage.get().map(|(stage, task)| show(sitting, t, &stage, task))}
    }
    .into_any()
}

fn show(sitting: Sitting, t: &'static Text, stage: &Stage, task: Option<u64>) -> AnyView {
    if let Stage::Ended(ending) = stage {
        return ended(sitting, t, ending);
    }
    // The form has become a request: what comes back is the connector, or the review.
    if matches!(
        stage,
        Stage::Accepted | Stage::Appearing { .. } | Stage::Ready(_)
    ) {
        forget_draft();
    }
    let (reached, words) = match stage {
        Stage::ToSend | Stage::Sent | Stage::Ended(_) => (0, t.adding_sending),
        Stage::InDoubt => (0, t.adding_in_doubt),
        Stage::Accepted => (1, t.adding_accepted),
        Stage::Appearing { .. } | Stage::Ready(_) => (2, t.adding_appearing),
    };
    let steps = [t.adding_step_sent, t.adding_step_made, t.adding_step_ready];
    let items: Vec<_> = steps
        .into_iter()
        .enumerate()
        .map(|(index, name)| {
            let class = if index < reached {
                "past"
            } else if index == reached {
                "now"
            } else {
                ""
            };
            view! { <li class=class>{name}</li> }
        })
        .collect();
    let task = task.map(|task| {
        view! { <p class="hint">{fill(t.task_number, &[("task", &task.to_string())])}</p> }
    });
    view! {
        <div class="card">
            <ol class="stages">{items}</ol>
            <div role="status">
                <Busy words/>
            </div>
            {task}
            <p class="hint">{t.adding_may_leave}</p>
        </div>
    }
    .into_any()
}

fn ended(sitting: Sitting, t: &'static Text, ending: &Ending) -> AnyView {
    let look_again = move || {
        let job = sitting
            .wizard()
            .with_untracked(|wizard: &Wizard| wizard.adding().cloned());
        if let Some(job) = job {
            sitting.on(Event::AddMoved(Adding::looked_at_again(job)));
            drive::carry_on(sitting);
        }
    };
    let give_up = move || sitting.on(Event::AddGivenUp);
    let (title, advice, may_look) = match ending {
        Ending::Refused(error) => {
            let words = wording::error(t, error);
            let quoted = wording::quoted(error).map(|quoted| {
                view! {
                    <p>
                        {t.ovh_says} " " <q>{quoted}</q>
                    </p>
                }
            });
            let for_keys = error.concerns_all_calls().then(|| {
                let error = error.clone();
                let again = move || {
                    sitting.on(Event::AddGivenUp);
                    sitting.keys_failed(error.clone());
                };
                view! { <Action words=t.sign_in_again run=again/> }
            });
            return view! {
                <Notice tone=Tone::Bad title=t.adding_refused>
                    <p>{words.title} " " {words.advice}</p>
                    {quoted}
                    {for_keys}
                    <Action words=t.back_to_form quiet=true run=give_up/>
                </Notice>
            }
            .into_any();
        }
        Ending::TaskFailed => (t.adding_task_failed, t.adding_task_failed_advice, false),
        Ending::NotArrived => (t.adding_not_arrived, t.adding_not_arrived_advice, true),
        Ending::NotSeen => (t.adding_not_seen, t.adding_not_seen_advice, true),
        Ending::Unreadable(error) => (t.adding_unreadable, wording::error(t, error).advice, true),
    };
    view! {
        <Notice tone=Tone::Bad title=title>
            <p>{advice}</p>
            {may_look.then(|| view! { <Action words=t.look_again run=look_again/> })}
            <Action words=t.back_to_form quiet=true run=give_up/>
        </Notice>
    }
    .into_any()
}
