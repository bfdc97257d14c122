//! Planning a job, and what becomes of the plan: it begins, or is dropped.

use super::kept::claim;
use super::{Job, carry, go_on, name, place, platform};
use crate::browser::{clock, ledger, page};
use crate::run::assigning::{Assigning, Goal};
use crate::run::order::{Order, Purpose};
use crate::run::pace::Pace;
use crate::ui::dom::spawn;
use crate::ui::sitting::Sitting;
use crate::wizard::{Event, Screen, Stage};

/// Plans a job, once however often it is asked for.
pub async fn plan(sitting: Sitting, purpose: Purpose, goals: Vec<Goal>) {
    let work = sitting.work;
    if !work.held(|held| held.is_planning) {
        work.set(|held| held.is_planning = true);
        make_plan(sitting, purpose, goals).await;
        work.set(|held| held.is_planning = false);
    }
}

/// Looks at every address, and changes none before [`begin`].
async fn make_plan(sitting: Sitting, purpose: Purpose, goals: Vec<Goal>) {
    let work = sitting.work;
    let Some(platform) = platform(sitting) else {
        return;
    };
    let Some(connector) = sitting.now().connector().cloned() else {
        return;
    };
    let name = name(sitting, &platform);
    if !claim(sitting, &name).await || sitting.now().has_unfinished_job() {
        return;
    }
    let begun = clock::millis();
    let pace = Pace::per_minute(sitting.config().calls_per_minute);
    let mut machine = Assigning::new(goals, pace, begun);
    machine.survey();
    let order = Order {
        platform,
        purpose,
        connector,
        begun,
    };
    ledger::forget(&place(&name, true));
    let now = sitting.now();
    let is_wanted_beside = now.upkeep().job_for().is_some();
    work.set(|held| match now.job() {
        Some(Stage::Ended) => held.former = held.job.take(),
        // A plan in place of another leads back to the same.
        Some(Stage::Planned) => {}
        // It takes the place of what the three steps came to, until it begins.
        _ if is_wanted_beside => {
            held.former = held.job.take_if(|job| job.machine.is_finished());
        }
        _ => held.former = None,
    });
    work.put(Some(Job {
        order,
        machine,
        name,
        is_order_kept: false,
        is_known_whole: false,
    }));
    sitting.on(Event::JobPlanned);
    carry(sitting);
}

/// Carries the plan out, which takes the place of the job before it.
pub fn begin(sitting: Sitting) {
    sitting.work.set(|held| {
        held.former = None;
        if let Some(job) = &mut held.job {
            ledger::forget(&job.place());
            job.machine.release();
            ledger::forget(&job.place());
            job.keep_anew();
        }
    });
    go_on(sitting, |_| {});
}

/// Drops the plan. The result of the job before it is there again, in sight where the plan was to
/// lead back from it.
pub fn drop(sitting: Sitting) {
    let work = sitting.work;
    let former = work.set(|held| {
        if let Some(job) = &held.job {
            ledger::forget(&job.place());
        }
        held.former.take()
    });
    let Some(former) = former.flatten() else {
        work.let_go();
        return sitting.on(Event::JobDropped);
    };
    let was_undo = work.read(|order, _| order.purpose == Purpose::Undo);
    let wanted_by = sitting.now().upkeep().job_for();
    let connector = former.order.connector.clone();
    work.put(Some(former));
    work.free();
    page::ask_before_leaving(false);
    let back = match wanted_by {
        None if was_undo == Some(true) => Screen::Attaching,
        None => Screen::Addresses,
        Some(beside) => beside,
    };
    // Two steps of the history: from where the plan was wanted, going back shows the result.
    sitting.on(Event::JobFound(connector, Stage::Ended));
    sitting.on(Event::WentTo(back));
}

/// Tries again what failed in a job that has ended.
pub fn try_failed_again(sitting: Sitting) {
    spawn(async move {
        if claim_own(sitting).await {
            // Another tab may have kept a job of its own there since.
            sitting.work.set(|held| {
                if let Some(job) = &mut held.job {
                    job.keep_anew();
                }
            });
            go_on(sitting, Assigning::retry_failed);
        }
    });
}

/// Plans the way back of everything that was changed.
pub fn undo(sitting: Sitting) {
    spawn(async move {
        if claim_own(sitting).await
            && let Some(goals) = sitting.work.read(|_, machine| machine.undo())
        {
            plan(sitting, Purpose::Undo, goals).await;
        }
    });
}

/// Takes the platform's lock to go on after the end of this tab's job, as it stands by now.
async fn claim_own(sitting: Sitting) -> bool {
    let name = sitting
        .work
        .held(|held| held.job.as_ref().map(|job| job.name.clone()));
    match name {
        Some(name) => claim(sitting, &name).await && sitting.now().job() == Some(Stage::Ended),
        None => false,
    }
}
