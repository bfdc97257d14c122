//! Whose turn it is: what is sent next, and when.

use std::cmp::Reverse;

use super::{Assigning, IN_FLIGHT, Question, State};
use crate::run::Next;

/// The pause of a sender while nothing can be said but that answers are out, in milliseconds.
const GLANCE: u64 = 250;
/// An account that was read longer ago than the job takes by itself, and this for whoever reads the
/// plan, is read again before it is written: somebody else may have changed it.
const THINKING: u64 = 60_000;
/// The same where the job takes long: a survey of almost a thousand addresses at the safe pace.
const STALE: u64 = 900_000;

impl Assigning {
    /// What to do at `now`. A job that is paused, halted or at its end is `Finished`: the sender
    /// ends, and another begins after [`Assigning::resume`].
    pub fn next(&mut self, now: u64) -> Next<Question> {
        let is_surveyed =
            self.is_surveying() && self.counts.to_read + self.counts.out() + self.counts.sent == 0;
        if self.stands_still() || self.is_finished() || is_surveyed {
            return Next::Finished;
        }
        let now = self.time.told(now);
        self.settle_lost(now);
        let most = if self.budget.is_trying() {
            1
        } else {
            IN_FLIGHT
        };
        let due = if self.counts.out() < most {
            self.due_at(now)
        } else {
            None
        };
        // Without anything due, all that is left is out, and the answers decide.
        let until = due.map_or(now + GLANCE, |due| {
            due.max(self.gate.free_at(now)).max(self.budget.free_at())
        });
        if until > now {
            let until = self.time.on_clock(until);
            return Next::Wait { until };
        }
        let Some(index) = self.take_due() else {
            let until = self.time.on_clock(now + GLANCE);
            return Next::Wait { until };
        };
        self.gate.sent(now);
        self.head_is_dirty = true;
        Next::Send(self.ask(now, index))
    }

    /// When there is something to send: at once for what is ready or fresh.
    fn due_at(&mut self, now: u64) -> Option<u64> {
        if !self.ready.is_empty() && !self.is_surveying() {
            return Some(now);
        }
        // Looks were planned for when OVHcloud used to be done; by now it may be known to take
        // longer.
        while let Some(&Reverse((at, index))) = self.waiting.peek() {
            let planned = self.items[index].first_look(self.patience);
            if planned.is_none_or(|planned| planned <= at) {
                break;
            }
            self.waiting.pop();
            self.waiting
                .push(Reverse((planned.unwrap_or(at).max(at + 1), index)));
        }
        let waiting = self.waiting.peek().map(|&Reverse((at, _))| at);
        if waiting.is_some_and(|at| at <= now) {
            return Some(now);
        }
        while (self.items.get(self.fresh)).is_some_and(|item| item.state != State::ToRead) {
            self.fresh += 1;
        }
        if self.fresh < self.items.len() {
            return Some(now);
        }
        waiting
    }

    /// Takes what [`Assigning::due_at`] has found due now: changes first, so that few accounts are
    /// read long before they are written, then what waited, then what is fresh.
    fn take_due(&mut self) -> Option<usize> {
        if !self.is_surveying()
            && let Some(index) = self.ready.pop_front()
        {
            return Some(index);
        }
        let now = self.time.last();
        if let Some(&Reverse((at, index))) = self.waiting.peek()
            && at <= now
        {
            self.waiting.pop();
            return Some(index);
        }
        let index = Some(self.fresh).filter(|&index| index < self.items.len())?;
        self.fresh += 1;
        Some(index)
    }

    /// How long what was read counts, in milliseconds: no more than two calls for each address lie
    /// between its reading and its change.
    fn stale_after(&self) -> u64 {
        let calls = 2 * self.items.len() as u64;
        (THINKING + calls * self.gate.tempo()).min(STALE)
    }

    fn ask(&mut self, now: u64, index: usize) -> Question {
        let stale_after = self.stale_after();
        let item = &mut self.items[index];
        match item.state {
            State::ToWrite if now.saturating_sub(item.since) <= stale_after => {
                let filters = item.filters_to_send();
                self.put(index, State::Writing);
                Question::Write { index, filters }
            }
            State::Sent => {
                self.put(index, State::Confirming);
                Question::Read { index }
            }
            _ => {
                self.put(index, State::Reading);
                Question::Read { index }
            }
        }
    }

    /// Gives changes whose answers were lost the time to arrive that any lost answer has.
    fn settle_lost(&mut self, now: u64) {
        while let Some(index) = self.lost.pop() {
            self.items[index].since = now;
            let at = now + self.patience.wait(true);
            self.waiting.push(Reverse((at, index)));
        }
    }
}
