//! What is left to do.

use std::cmp::Reverse;

use super::Assigning;
use crate::ovh::Error;

/// Calls for an address that is changed, and for one that already is as wanted.
const CHANGED: usize = 3;
const ALREADY: usize = 1;
/// How many addresses the first guess counts for, that all are to be changed.
const GUESSED: usize = 3;

/// Why there is a rest, where nothing else is known.
const HASTE: &Error = &Error::TooFast { retry_after: None };

/// What is left of a job, at the present pace and where nothing goes wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Remaining {
    pub calls: usize,
    /// Milliseconds from now to the end.
    pub millis: u64,
}

/// A wait of the whole job, beyond that of its pace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holding<'a> {
    /// When the next call is tried, by the clock.
    pub until: u64,
    /// What OVHcloud answered, or that it did not.
    pub why: &'a Error,
    /// Whether it is a rest because it went too fast: nobody can shorten it.
    pub is_owed: bool,
}

impl Assigning {
    /// What made the job slow down or wait, until something goes well again.
    pub fn trouble(&self) -> Option<&Error> {
        self.trouble.as_ref()
    }

    /// Whether the job waits at `now` because of what it was answered, and until when.
    pub fn holding(&self, now: u64) -> Option<Holding<'_>> {
        let now = self.time.at(now);
        let at = self.gate.rests_until().max(self.budget.free_at());
        let is_owed = self.gate.rests_until() > now;
        // A rest outlives what led to it: a reload, and whoever says to go on.
        let haste = is_owed.then_some(HASTE);
        let why = self.trouble.as_ref().or(haste).filter(|_| at > now)?;
        Some(Holding {
            until: self.time.on_clock(at),
            why,
            is_owed,
        })
    }

    /// Milliseconds up to the last of the first looks: how long OVHcloud is guessed to take. Whatever
    /// takes longer has no guess.
    fn first_looks(&self, now: u64) -> u64 {
        let waiting = self.waiting.iter();
        let looks = waiting.filter_map(|Reverse((_, index))| {
            let item = self.items.get(*index)?;
            item.first_look(self.patience)
        });
        looks.max().map_or(0, |at| at.saturating_sub(now))
    }

    /// What is left at `now`.
    pub fn remaining(&self, now: u64) -> Remaining {
        let now = self.time.at(now);
        let counts = self.counts;
        if self.is_finished() {
            return Remaining::default();
        }
        let changed = counts.to_write
            + counts.writing
            + counts.sent
            + counts.confirming
            + counts.confirmed
            + counts.unknown
            + GUESSED;
        let known = changed + counts.already;
        let unread = counts.to_read + counts.reading;
        // A product of two numbers of addresses: too much for 32 bits from 75,000 on.
        let expected = (changed * CHANGED + counts.already * ALREADY) as u64;
        let to_come = unread as u64 * expected / known as u64;
        let calls = usize::try_from(to_come).unwrap_or(usize::MAX)
            + counts.to_write * 2
            + counts.writing
            + counts.sent
            + counts.confirming;
        let last_look = if unread + counts.to_write + counts.writing > 0 {
            self.patience.wait(false)
        } else {
            self.first_looks(now)
        };
        let begin = self.gate.free_at(now).max(self.budget.free_at()).max(now);
        let for_calls = calls as u64 * self.gate.tempo();
        Remaining {
            calls,
            millis: begin - now + for_calls + last_look,
        }
    }
}
