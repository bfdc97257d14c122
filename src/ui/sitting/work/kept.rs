//! A job that is kept: which tab holds it, and how it is taken up again.

use leptos::prelude::*;

use super::{Job, ORDER, Others, PLAN, WHOLE, Work, go_on, name, place, platform};
use crate::browser::{clock, ledger, lock};
use crate::ovh::Error;
use crate::run::assigning::{Assigning, Place};
use crate::run::order::Order;
use crate::ui::dom::spawn;
use crate::ui::sitting::Sitting;
use crate::wizard::{Event, Screen, Stage};

/// Looks for a job that is kept for the platform: one that this tab had before a reload goes on,
/// one of a tab that was closed is offered.
pub async fn look_for_kept(sitting: Sitting) {
    let work = sitting.work;
    let Some(platform) = platform(sitting) else {
        return work.let_go();
    };
    let name = name(sitting, &platform);
    let is_held = work.held(|held| held.job.as_ref().is_some_and(|job| job.name == name));
    if is_held {
        return;
    }
    work.let_go();
    let had = sitting.now().job();
    let is_kept = |is_plan| ledger::load(&place(&name, is_plan), ORDER).is_some();
    let is_there = is_kept(false) || had == Some(Stage::Planned) && is_kept(true);
    if !is_there {
        if had.is_some() {
            sitting.on(Event::JobDropped);
        }
        return;
    }
    if !hold(sitting, &name).await {
        return;
    }
    let has_begun_since = had.is_none() && sitting.now().connector().is_some();
    if has_begun_since && load(&name, false).is_some_and(|job| job.machine.is_finished()) {
        // An old result is no reason to leave what was begun since.
        return work.free();
    }
    take_up(sitting, &name, had);
}

/// Loads what is kept of a job, or of a plan.
fn load(name: &str, is_plan: bool) -> Option<Job> {
    let place = place(name, is_plan);
    let order = Order::from_json_text(&ledger::load(&place, ORDER)?)?;
    let head = ledger::load(&place, &Place::Head.name())?;
    let mut machine = Assigning::from_pieces(&head, |chunk| {
        ledger::load(&place, &Place::Chunk(chunk).name())
    })?;
    let is_known_whole = ledger::load(&place, WHOLE).is_some();
    if !is_known_whole {
        machine.distrust();
    }
    Some(Job {
        order,
        machine,
        name: name.to_owned(),
        is_order_kept: true,
        is_known_whole,
    })
}

/// Takes up what is kept: as this tab `had` it, or as another tab left it.
fn take_up(sitting: Sitting, name: &str, had: Option<Stage>) {
    let work = sitting.work;
    // Nothing was sent of a plan that was left.
    let plan = (had == Some(Stage::Planned)).then(|| load(name, true));
    let job = load(name, false);
    if let Some(plan) = plan.flatten() {
        work.set(|held| held.former = job.filter(|job| job.machine.is_finished()));
        work.put(Some(plan));
        return go_on(sitting, |_| {});
    }
    ledger::forget(&place(name, true));
    let Some(mut job) = job else {
        ledger::forget(&place(name, false));
        work.let_go();
        return sitting.on(Event::JobDropped);
    };
    // Another tab may have had the platform since, paused the job, or begun one of its own.
    let now = sitting.now();
    let is_own = now.connector().and_then(|known| known.id) == job.order.connector.id;
    let stage = match had {
        // It says itself that it has ended, and what it came to.
        Some(Stage::Running) if is_own && !job.machine.is_paused() => Stage::Running,
        _ if job.machine.is_finished() => Stage::Ended,
        _ => Stage::Resting,
    };
    if job.machine.halted().is_some_and(Error::concerns_all_calls) {
        // These keys may be others.
        job.machine.resume(clock::millis());
    }
    if stage == Stage::Resting && job.machine.halted().is_none() {
        job.machine.pause();
    }
    let connector = job.order.connector.clone();
    work.put(Some(job));
    if had != Some(stage) {
        sitting.on(Event::JobFound(connector, stage));
    }
    match stage {
        Stage::Running => go_on(sitting, |_| {}),
        Stage::Ended => work.free(),
        Stage::Resting | Stage::Planned => {}
    }
}

/// Takes the platform's lock, so that a job can begin or go on after its end. Where another tab has
/// it, or has left a job that is not at its end, that is told or shown instead.
pub(super) async fn claim(sitting: Sitting, name: &str) -> bool {
    let work = sitting.work;
    if !hold(sitting, name).await {
        return false;
    }
    work.others.set(Others::Away);
    let Some(kept) = load(name, false) else {
        return true;
    };
    let own = work.held(|held| held.job.as_ref().map(|job| job.order.begun));
    let is_own = own == Some(kept.order.begun);
    match (is_own, kept.machine.is_finished()) {
        // Where this tab cannot keep anything, what it knows is newer.
        (true, _) if !work.is_kept.get_untracked() => true,
        (true, true) => {
            // Another tab may have gone on with it since.
            work.put(Some(kept));
            true
        }
        (false, true) => true,
        (false, false) if shows_result(sitting) => {
            work.free();
            work.others.set(Others::Left);
            false
        }
        (_, false) => {
            take_up(sitting, name, None);
            false
        }
    }
}

/// Whether the result of a job is in sight, which nothing else is to take the place of by itself.
fn shows_result(sitting: Sitting) -> bool {
    let wizard = sitting.now();
    wizard.screen() == Screen::Attaching && wizard.job() == Some(Stage::Ended)
}

/// Takes the platform's lock. Where another tab has it, says so and waits for it in the background.
async fn hold(sitting: Sitting, name: &str) -> bool {
    let work = sitting.work;
    // The job before this one may have left it held.
    let is_held = work.held(|held| held.lock.as_ref().is_some_and(|(held, _)| held == name));
    let lock = if is_held {
        None
    } else {
        lock::take(name).await
    };
    let is_taken = is_held || lock.is_some();
    if let Some(lock) = lock {
        work.set(|held| held.lock = Some((name.to_owned(), lock)));
    }
    work.others.set(if is_taken {
        Others::Away
    } else {
        Others::AtWork
    });
    if !is_taken && work.held(|held| held.awaited.as_deref() != Some(name)) {
        work.set(|held| held.awaited = Some(name.to_owned()));
        spawn(wait(sitting, name.to_owned()));
    }
    is_taken
}

/// Waits until the other tab is done or gone, and offers what it left; nobody is taken out of a
/// form or away from a result for it.
async fn wait(sitting: Sitting, name: String) {
    let work = sitting.work;
    let lock = lock::wait_for(&name).await;
    work.set(|held| held.awaited = None);
    let is_wanted = platform(sitting).is_some_and(|now| super::name(sitting, &now) == name);
    if !is_wanted || work.others.get_untracked() != Others::AtWork {
        return;
    }
    work.others.set(Others::Away);
    let screen = sitting.now().screen();
    if !matches!(screen, Screen::Plan | Screen::Attaching) || shows_result(sitting) {
        // Until somebody wants to see it, the platform is free for any tab.
        let is_job = ledger::load(&place(&name, false), ORDER).is_some();
        return work
            .others
            .set(if is_job { Others::Left } else { Others::Away });
    }
    work.set(|held| held.lock = lock.map(|lock| (name.clone(), lock)));
    // Whoever had it may have gone in the middle; a person says how it goes on.
    take_up(sitting, &name, None);
}

/// Shows the job that another tab has left.
pub fn show_left(sitting: Sitting) {
    sitting.work.others.set(Others::Away);
    spawn(async move {
        if let Some(platform) = platform(sitting) {
            let name = name(sitting, &platform);
            if hold(sitting, &name).await {
                take_up(sitting, &name, None);
            }
        }
    });
}

/// Forgets the plan or the ended job of this tab: the job where it is kept too, unless another tab is at
/// work there or has begun one of its own since.
pub fn forget(sitting: Sitting) {
    let is_plan = sitting.work.read(|_, machine| machine.is_surveying());
    if is_plan == Some(true) {
        return super::drop(sitting);
    }
    let own = sitting.work.held(|held| {
        let job = held.job.as_ref()?;
        Some((job.name.clone(), job.order.begun))
    });
    sitting.work.let_go();
    sitting.on(Event::JobDropped);
    let Some((name, begun)) = own else { return };
    spawn(async move {
        let lock = lock::take(&name).await;
        let is_own = || load(&name, false).is_some_and(|kept| kept.order.begun == begun);
        if lock.is_some() && is_own() {
            ledger::forget(&place(&name, false));
        }
    });
}

/// Forgets all that is kept, but the jobs that other tabs are at: they would lose their places.
pub async fn forget_all(work: Work) {
    // What is still heard, or drawn, is not to be kept anew.
    work.set(|held| held.former = None);
    work.put(None);
    let own = work.held(|held| held.lock.as_ref().map(|(name, _)| name.clone()));
    for kept in ledger::jobs() {
        let name = kept.strip_prefix(PLAN).unwrap_or(&kept);
        let lock = if own.as_deref() == Some(name) {
            None
        } else {
            lock::take(name).await
        };
        if lock.is_some() || own.as_deref() == Some(name) {
            ledger::forget(&kept);
        }
    }
}
