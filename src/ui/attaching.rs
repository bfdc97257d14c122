//! Step 2, while the addresses are attached, and what became of each.

use leptos::prelude::*;

use super::kit::{Action, Heading, Notice, Tone};
use super::sitting::{Sitting, sitting};
use super::{drive, wording};
use crate::ovh::Error;
use crate::run::attaching::{Attaching, Item, State};
use crate::text::{Text, fill};
use crate::wizard::{Event, Screen, Wizard};

#[component]
pub fn AttachingScreen() -> impl IntoView {
    let sitting = sitting();
    let t = sitting.words();
    let job = Memo::new(move |_| sitting.wizard().with(|wizard| wizard.attaching().cloned()));
    let count = Memo::new(move |_| {
        job.with(|job| {
            let items = job.as_ref().map(Attaching::items).unwrap_or_default();
            let final_ones = items.iter().filter(|item| item.is_final()).count();
            (final_ones, items.len())
        })
    });
    let progress = move || {
        let (done, all) = count.get();
        fill(
            t.attaching_progress,
            &[("done", &done.to_string()), ("all", &all.to_string())],
        )
    };
    let rows = move || {
        job.with(|job| {
            let items = job.as_ref().map(Attaching::items).unwrap_or_default();
            items.iter().map(|item| row(t, item)).collect::<Vec<_>>()
        })
    };
    view! {
        <Heading words=t.attaching_title/>
        <p class="progress">
            <label for="attach-progress">{progress}</label>
            <progress
                id="attach-progress"
                max=move || count.get().1.to_string()
                prop:value=move || count.get().0.to_string()
            ></progress>
        </p>
        <div class="reserved" role="status">
            {move || outcome(sitting, t, &job.get()?)}
        </div>
        <div class="scroll" tabindex="0" role="region" aria-label=t.attaching_table>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{t.address}</th>
                        <th scope="col">{t.state}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(t: &'static Text, item: &Item) -> AnyView {
    let (class, words) = wording::attaching(t, item);
    let filters = (item.filters_sent && item.state == State::Attached)
        .then(|| view! { <p class="hint">{t.filters_sent}</p> });
    view! {
        <tr>
            <th scope="row">{item.address.clone()}</th>
            <td class=class>
                {words}
                {filters}
            </td>
        </tr>
    }
    .into_any()
}

/// What there is to do now: go on, mend, or wait.
fn outcome(sitting: Sitting, t: &'static Text, job: &Attaching) -> Option<AnyView> {
    if let Some(error) = job.halted() {
        return Some(halted(sitting, t, error));
    }
    if !job.is_finished() {
        return Some(view! { <p class="hint">{t.attaching_may_leave}</p> }.into_any());
    }
    let failed = job
        .items()
        .iter()
        .filter(|item| matches!(item.state, State::Failed(_)))
        .count();
    let attached = job.attached().count();
    let to_verify = (attached > 0).then(|| {
        view! { <Action words=t.to_verify run=move || sitting.on(Event::WentTo(Screen::Verify))/> }
    });
    let more = view! {
        <Action words=t.more_addresses quiet=true run=move || sitting.on(Event::WentTo(Screen::Addresses))/>
    };
    Some(if failed == 0 {
        view! {
            <Notice tone=Tone::Good title=wording::count(t, attached, t.attached_one, t.attached_many)>
                <p>{t.attached_next}</p>
                {to_verify}
                {more}
            </Notice>
        }
        .into_any()
    } else {
        let retry = move || restart(sitting, Attaching::tried_again);
        view! {
            <Notice tone=Tone::Bad title=wording::count(t, failed, t.failed_one, t.failed_many)>
                <p>{t.failed_advice}</p>
                <Action words=t.try_failed_again run=retry/>
                {to_verify}
                {more}
            </Notice>
        }
        .into_any()
    })
}

fn halted(sitting: Sitting, t: &'static Text, error: &Error) -> AnyView {
    let words = wording::error(t, error);
    let for_keys = error.concerns_all_calls();
    let sign_in = for_keys.then(|| {
        let error = error.clone();
        view! { <Action words=t.sign_in_again run=move || sitting.keys_failed(error.clone())/> }
    });
    view! {
        <Notice tone=Tone::Bad title=words.title>
            <p>{words.advice} " " {t.halted_text}</p>
            {sign_in}
            <Action words=t.resume quiet=for_keys run=move || restart(sitting, Attaching::interrupted)/>
        </Notice>
    }
    .into_any()
}

fn restart(sitting: Sitting, how: fn(Attaching) -> Attaching) {
    let job = sitting
        .wizard()
        .with_untracked(|wizard: &Wizard| wizard.attaching().cloned());
    if let Some(job) = job {
        sitting.on(Event::AttachMoved(how(job)));
        drive::carry_on(sitting);
    }
}
