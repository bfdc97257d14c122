//! Reads how the addresses on the page send now, one after the other, each in its turn.

use leptos::prelude::*;

use super::desk::Desk;
use crate::browser::clock;
use crate::ovh::Error;
use crate::ovh::exchange::{Platform, ReadAccount};
use crate::roster::Now;
use crate::ui::dom::{after, flag, spawn};

/// One call a second, and the burst is left alone.
const PAUSE: u64 = 1_000;
/// The pause after a failure is twice as long, up to so many times.
const DOUBLINGS: u32 = 4;
/// Failures one after the other before it is told to whoever waits for it.
const FAILURES: u32 = 3;

pub fn look(desk: Desk, platform: Platform) {
    let is_at_work = flag(false);
    after(move || {
        // Anew whenever other rows are shown, or something else is looked for.
        desk.rows();
        desk.filter.track();
        desk.again.track();
        let is_known = desk
            .to_know()
            .is_none_or(|rows| next(desk, &rows).is_none());
        if is_known || is_at_work.get_untracked() {
            return;
        }
        is_at_work.set(true);
        desk.problem.set(None);
        let platform = platform.clone();
        spawn(async move {
            let mut failed = 0;
            while let Some(answer) = step(desk, &platform).await {
                failed = if answer.is_ok() { 0 } else { failed + 1 };
                // Where nobody looks for it, whoever attaches is told soon enough.
                if let Err(error) = answer
                    && (error.concerns_all_calls()
                        || (failed >= FAILURES || error.is_long_rest()) && desk.is_waited_for())
                {
                    desk.problem.try_set(Some(error));
                    break;
                }
                let pause = PAUSE << failed.min(DOUBLINGS);
                clock::sleep_until(clock::millis() + pause).await;
            }
            is_at_work.try_set(false);
        });
    });
}

/// The first of these of which nothing is known.
fn next(desk: Desk, rows: &[usize]) -> Option<usize> {
    let mut rows = rows.iter().copied();
    desk.with(|roster| rows.find(|&place| roster.now(place) == Now::Unknown))
}

/// Reads one, and tells of a failure that may pass, or concerns all; none where nothing is left to
/// read, or nobody is left to look.
async fn step(desk: Desk, platform: &Platform) -> Option<Result<(), Error>> {
    desk.sitting.turn().await.then_some(())?;
    let rows = desk.to_know()?;
    let place = next(desk, &rows)?;
    let address = desk.with(|roster| roster.address(place).to_owned());
    let call = ReadAccount {
        platform,
        address: &address,
    };
    let now = match desk.sitting.ask_of_many(&call).await {
        Ok(account) => Now::Through(account.connector()),
        Err(error) if error.concerns_all_calls() || error.may_pass() => return Some(Err(error)),
        Err(_) => Now::Unreadable,
    };
    desk.learn(place, now).then_some(Ok(()))
}
