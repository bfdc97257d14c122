//! A change of what is there, while OVHcloud makes it and when it came to its end.

use leptos::prelude::*;

use super::attach_existing;
use super::edit::edit_effect;
use crate::browser::page;
use crate::ovh::Error;
use crate::ovh::exchange::ConnectorChanges;
use crate::run::changing::{Changing, Ending, Seen, Stage, Wish};
use crate::text::{Text, fill};
use crate::ui::dom::{El, el, words};
use crate::ui::kit::{
    Tone, actions, busy, button, heading, hint, main_button, not_kept, notice, stages, table,
    while_kept,
};
use crate::ui::part::asking::{refused, sign_in_again};
use crate::ui::sitting::{Sitting, drive};
use crate::ui::wording;
use crate::wizard::difference::meanwhile;
use crate::wizard::{Event, Screen};

pub fn changing(sitting: Sitting) -> Vec<El> {
    let t = sitting.words();
    // Only what is shown counts: the job itself changes at every reading.
    let shown = Memo::new(move |_| {
        let wizard = sitting.wizard();
        let job = wizard.upkeep().changing()?;
        let waits = job.waits_for_others();
        Some((job.stage().clone(), job.task(), waits))
    });
    let title = sitting.now().upkeep().changing().map(|job| {
        let wish = job.wish();
        wording::wish(t, wish)
    });
    let content = move || {
        // A memo that nobody reads follows nothing.
        if shown.with(Option::is_none) {
            return Vec::new();
        }
        let wizard = sitting.now();
        let job = wizard.upkeep().changing();
        job.map(|job| show(sitting, t, job)).unwrap_or_default()
    };
    vec![
        heading(t.changing_title()),
        words("p", &title.unwrap_or_default()).class("lead"),
        not_kept(t, sitting.is_kept),
        el("div").live(content),
    ]
}

fn show(sitting: Sitting, t: &'static Text, job: &Changing) -> Vec<El> {
    let (reached, waiting) = match job.stage() {
        Stage::Done => return done(sitting, t, job),
        Stage::Ended(ending) => return vec![ended(sitting, t, job, ending)],
        Stage::Looking if job.waits_for_others() => (0, t.change_waits()),
        Stage::Looking | Stage::ToSend => (0, t.change_looks()),
        Stage::Sent => (1, t.adding_sending()),
        Stage::InDoubt => (1, t.change_in_doubt()),
        Stage::Accepted => (2, t.adding_accepted()),
    };
    let steps = [
        t.change_step_look(),
        t.change_step_send(),
        t.change_step_done(),
    ];
    let task = job
        .task()
        .map(|task| hint(&fill(t.task_number(), &[("task", &task.to_string())])));
    // A password that was not sent yet goes with a reload.
    let outlives = job.was_sent() || !job.wish().has_password();
    let may_leave = || while_kept(sitting.is_kept, t.change_may_leave());
    let card = el("div")
        .class("card")
        .child(stages(t, steps, reached))
        .child(el("div").attr("role", "status").child(busy(waiting)))
        .maybe(task)
        .maybe(outlives.then(|| hint("").live_text(may_leave())));
    let mut buttons = vec![button(t.to_connectors(), move || {
        sitting.go_back(Event::WentTo(Screen::Connectors));
    })];
    if job.waits_for_others() {
        buttons.push(button(t.change_call_off(), drop(sitting)));
    }
    vec![card, actions(buttons)]
}

fn drop(sitting: Sitting) -> impl FnMut() + 'static {
    move || sitting.go_back(Event::ChangeDropped)
}

fn done(sitting: Sitting, t: &'static Text, job: &Changing) -> Vec<El> {
    let title = match job.wish() {
        Wish::Edit { .. } => t.edit_done(),
        Wish::Authenticate { .. } => t.authenticate_done(),
        Wish::Delete { .. } => t.delete_done(),
        Wish::Default { wanted: 0, .. } => t.default_reset_done(),
        Wish::Default { .. } => t.default_done(),
    };
    let mut content = Vec::new();
    if !job.was_sent() {
        content.push(words("p", t.was_so_already()));
    }
    match job.wish() {
        Wish::Edit { changes, .. } => content.push(words("p", edit_effect(t, changes))),
        Wish::Authenticate { .. } => content.push(words("p", t.change_effect())),
        Wish::Default { .. } => content.push(words("p", t.default_effect())),
        Wish::Delete { .. } => {}
    }
    let mut buttons = vec![main_button(t.go_on(), drop(sitting))];
    if let (Wish::Edit { .. } | Wish::Authenticate { .. }, Some(connector)) =
        (job.wish(), sitting.now().upkeep().subject().cloned())
    {
        buttons.push(button(t.one_check(), move || {
            let ready = Event::ConnectorReady(connector.clone());
            let check = Event::WentTo(Screen::Verify);
            sitting.on_each(vec![Event::ChangeDropped, ready, check]);
        }));
    }
    page::announce(title);
    let mut shown = vec![notice(Tone::Good, title, content)];
    if let Wish::Default { domain, wanted, .. } = job.wish()
        && *wanted != 0
    {
        shown.extend(attach_existing(sitting, t, domain, *wanted));
    }
    shown.push(actions(buttons));
    shown
}

fn ended(sitting: Sitting, t: &'static Text, job: &Changing, ending: &Ending) -> El {
    // What the end means, what to do, and whether another look may mend it.
    let (title, advice, may_mend) = match ending {
        Ending::Refused(error) => {
            return refused(
                sitting,
                t.change_refused(),
                error,
                button(t.back(), drop(sitting)),
            );
        }
        Ending::Different => return different(sitting, t, job),
        Ending::InUse => (t.change_in_use(), t.change_in_use_advice(), true),
        Ending::NotSent => (t.change_not_sent(), t.change_not_sent_advice(), false),
        Ending::TaskFailed => (t.change_failed(), t.change_failed_advice(), false),
        Ending::TaskCancelled => (t.change_cancelled(), t.change_cancelled_advice(), false),
        Ending::NotThere => (t.change_not_there(), t.change_not_there_advice(), false),
        Ending::NotSeen => (t.change_not_seen(), t.change_not_seen_advice(), true),
        Ending::Unproven => (t.change_unproven(), t.change_unproven_advice(), true),
        Ending::NotEnded => (t.change_not_ended(), t.change_not_ended_advice(), true),
        Ending::Gone if matches!(job.wish(), Wish::Default { .. }) => {
            (t.domain_gone(), t.domain_gone_advice(), false)
        }
        Ending::Gone => (t.connector_gone(), t.connector_gone_advice(), false),
        Ending::Unreadable(error) => {
            let explained = wording::error(t, error);
            let title = if job.was_sent() {
                t.change_unreadable()
            } else {
                t.change_not_sent()
            };
            if *error == Error::NotFound {
                return not_found(sitting, t, title);
            }
            if error.concerns_all_calls() {
                let content = vec![words("p", explained.advice), sign_in_again(sitting, error)];
                return notice(Tone::Bad, title, content);
            }
            (title, explained.advice, true)
        }
    };
    let mut buttons = Vec::new();
    if may_mend {
        let look = again(sitting, Changing::looked_at_again);
        buttons.push(main_button(t.look_again(), look));
    }
    buttons.push(button(t.back(), drop(sitting)));
    notice(Tone::Bad, title, vec![words("p", advice), actions(buttons)])
}

/// Not even the list that the object stood in is found: the keys are another account's, or there is
/// no platform any more.
fn not_found(sitting: Sitting, t: &'static Text, title: &str) -> El {
    let buttons = vec![
        main_button(t.sign_in_again(), move || sitting.account_differs()),
        button(t.look_again(), again(sitting, Changing::looked_at_again)),
        button(t.change_give_up(), drop(sitting)),
    ];
    let advice = words("p", t.change_not_found());
    notice(Tone::Bad, title, vec![advice, actions(buttons)])
}

/// Goes on with the job after `how`.
fn again(sitting: Sitting, how: fn(Changing) -> Changing) -> impl FnMut() + 'static {
    move || {
        let job = sitting.now().upkeep().changing().cloned();
        if let Some(job) = job {
            sitting.on(Event::ChangeMoved(how(job)));
            drive::carry_on(sitting);
        }
    }
}

/// Somebody else was here meanwhile: what was found, beside what was wanted.
fn different(sitting: Sitting, t: &'static Text, job: &Changing) -> El {
    let plain = |text: &str| words("span", text);
    let (stays, anyway) = match job.wish() {
        Wish::Delete { .. } => (t.is_deleted(), t.change_deletes_anyway()),
        _ => (t.stays(), t.change_anyway()),
    };
    let rows: Vec<Vec<El>> = match (job.wish(), job.seen()) {
        (
            Wish::Default {
                first,
                wanted,
                domain,
            },
            Some(Seen::Domain(now)),
        ) => {
            let named = |id: u64| sitting.connector_name(t, Some(id).filter(|id| *id != 0));
            let now = named(now.connector().unwrap_or(0));
            vec![vec![
                plain(domain),
                plain(&named(*first)),
                plain(&now),
                plain(&named(*wanted)),
            ]]
        }
        (
            Wish::Edit { first, .. }
            | Wish::Authenticate { first, .. }
            | Wish::Delete { first, .. },
            Some(Seen::Connector(now)),
        ) => {
            let changes = match job.wish() {
                Wish::Edit { changes, .. } => changes.clone(),
                _ => ConnectorChanges::default(),
            };
            let row = |field: crate::wizard::difference::Meanwhile| {
                let wanted = field.wanted.map(|wanted| wording::setting(t, &wanted));
                vec![
                    plain(wording::field(t, field.field)),
                    plain(&wording::setting(t, &field.first)),
                    plain(&wording::setting(t, &field.now)),
                    plain(wanted.as_deref().unwrap_or(stays)),
                ]
            };
            meanwhile(first, now, &changes)
                .into_iter()
                .map(row)
                .collect()
        }
        _ => Vec::new(),
    };
    let columns = [
        t.column_setting(),
        t.column_first(),
        t.column_now(),
        t.column_wanted(),
    ];
    let mut content = if rows.is_empty() {
        // Its date alone tells of it.
        vec![words("p", t.change_different_unseen())]
    } else {
        let compared = table(t.change_different(), &columns, rows);
        vec![words("p", t.change_different_advice()), compared]
    };
    content.push(actions(vec![
        main_button(anyway, again(sitting, Changing::confirmed)),
        button(t.back(), drop(sitting)),
    ]));
    page::announce(t.change_different());
    notice(Tone::Warning, t.change_different(), content)
}
