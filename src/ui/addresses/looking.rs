//! Reads how the addresses on the page send now, one after the other, slowly enough to leave the
//! pace to what matters more.

use leptos::prelude::*;

use super::desk::Desk;
use crate::browser::clock;
use crate::ovh::exchange::{Platform, ReadAccount};
use crate::roster::Now;
use crate::ui::dom::{after, flag, spawn};

/// One call a second, and the burst is left alone.
const PAUSE: u64 = 1_000;
/// The longest pause where OVHcloud has trouble.
const LONGEST_PAUSE: u64 = 60_000;

pub fn look(desk: Desk, platform: Platform) {
    let is_at_work = flag(false);
    after(move || {
        // Anew whenever other rows are shown, or something else is looked for.
        desk.rows();
        desk.filter.track();
        let is_known = desk
            .to_know()
            .is_none_or(|rows| next(desk, &rows).is_none());
        if is_known || is_at_work.get_untracked() {
            return;
        }
        is_at_work.set(true);
        let platform = platform.clone();
        spawn(async move {
            let mut pause = PAUSE;
            while let Some(went_well) = step(desk, &platform).await {
                pause = if went_well {
                    PAUSE
                } else {
                    (pause * 2).min(LONGEST_PAUSE)
                };
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

/// Reads one, and says whether that went well; none where nothing is left to read, or nobody is
/// left to look.
async fn step(desk: Desk, platform: &Platform) -> Option<bool> {
    let rows = desk.to_know()?;
    let place = next(desk, &rows)?;
    let address = desk.with(|roster| roster.address(place).to_owned());
    let call = ReadAccount {
        platform,
        address: &address,
    };
    let now = match desk.sitting.ask_of_many(&call).await {
        Ok(account) => Now::Through(account.connector()),
        // Whoever attaches is told why; here it would only disturb.
        Err(error) if error.concerns_all_calls() => return None,
        Err(error) if error.may_pass() => return Some(false),
        Err(_) => Now::Unreadable,
    };
    desk.learn(place, now).then_some(true)
}
