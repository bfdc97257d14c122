//! A job that is kept: which tab holds it, and how it is taken up again.

use leptos::prelude::*;

use super::{Job, ORDER, go_on, name, platform};
use crate::browser::{ledger, lock};
use crate::run::assigning::{Assigning, Place};
use crate::run::order::Order;
use crate::ui::dom::spawn;
use crate::ui::sitting::Sitting;
use crate::wizard::{Event, Stage};

/// Looks for a job that is kept for the platform: one that this tab had before a reload goes on,
/// one of a tab that was closed is offered.
pub async fn look_for_kept(sitting: Sitting) {
    let Some(platform) = platform(sitting) else {
        return sitting.work.let_go();
    };
    let name = name(sitting, &platform);
    let is_held = (sitting.work).held(|held| held.job.as_ref().is_some_and(|job| job.name == name));
    if is_held {
        return;
    }
    let had = sitting.now().job();
    let order = ledger::load(&name, ORDER).and_then(|text| Order::from_json_text(&text));
    let Some(order) = order else {
        if had.is_some() {
            sitting.on(Event::JobDropped);
        }
        return sitting.work.let_go();
    };
    if !hold(sitting, &name).await {
        return;
    }
    take_up(sitting, name, order, had);
}

fn take_up(sitting: Sitting, name: String, order: Order, had: Option<Stage>) {
    let text = ledger::load(&name, &Place::Head.name()).unwrap_or_default();
    let machine = Assigning::from_pieces(&text, |chunk| {
        ledger::load(&name, &Place::Chunk(chunk).name())
    });
    let Some(mut machine) = machine else {
        ledger::forget(&name);
        sitting.on(Event::JobDropped);
        return sitting.work.let_go();
    };
    let stage = match had {
        Some(stage) => stage,
        // Nothing was sent of a plan that was left.
        None if machine.is_surveying() => {
            ledger::forget(&name);
            sitting.on(Event::JobDropped);
            return sitting.work.let_go();
        }
        None if machine.is_finished() => Stage::Ended,
        None => Stage::Resting,
    };
    if stage == Stage::Resting && machine.halted().is_none() {
        machine.pause();
    }
    let connector = order.connector.clone();
    sitting.work.put(Some(Job {
        order,
        machine,
        name,
    }));
    if had.is_none() {
        sitting.on(Event::JobFound(connector, stage));
    }
    if matches!(stage, Stage::Running | Stage::Planned) {
        go_on(sitting, |_| {});
    }
}

/// Takes the platform's lock. Where another tab has it, says so and waits for it in the background.
pub(super) async fn hold(sitting: Sitting, name: &str) -> bool {
    let work = sitting.work;
    // The job before this one may have left it held.
    if work.held(|held| held.lock.as_ref().is_some_and(|(held, _)| held == name)) {
        work.is_elsewhere.set(false);
        return true;
    }
    if let Some(lock) = lock::take(name).await {
        work.set(|held| held.lock = Some((name.to_owned(), lock)));
        work.is_elsewhere.set(false);
        return true;
    }
    work.is_elsewhere.set(true);
    let name = name.to_owned();
    spawn(async move {
        let lock = lock::wait_for(&name).await;
        let is_wanted = platform(sitting).is_some_and(|now| super::name(sitting, &now) == name);
        if is_wanted && work.is_elsewhere.get_untracked() {
            work.set(|held| held.lock = lock.map(|lock| (name.clone(), lock)));
            work.is_elsewhere.set(false);
            let order = ledger::load(&name, ORDER).and_then(|text| Order::from_json_text(&text));
            match order {
                Some(order) => {
                    // Whoever had it may have gone in the middle; a person says how it goes on.
                    let had = sitting.now().job().filter(|stage| *stage == Stage::Ended);
                    take_up(sitting, name, order, had);
                }
                None => sitting.on(Event::JobDropped),
            }
        }
    });
    false
}
