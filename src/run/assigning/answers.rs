//! What each answer means for its address, and for the job.

use super::budget::{Trouble, jitter};
use super::patience::{is_over, pause, pause_for_free};
use super::{Assigning, Doubt, Failure, State};
use crate::ovh::Error;
use crate::ovh::exchange::Account;

/// Looks that show neither the connector nor a pending task before an accepted change counts as not
/// taken.
const LOOKS_WITHOUT_TRACE: u8 = 4;
/// Answers to changes of one address that may be lost, each seen by reading not to have got
/// through.
const LOST_ANSWERS: u8 = 6;
/// Failures one after the other at one address, while others go well, before it is left.
const FAILURES: u8 = 10;
/// The longest pause after the first failure at one address, in milliseconds, then twice as long.
const PAUSE: u64 = 1_000;
const LONGEST_PAUSE: u64 = 30_000;

impl Assigning {
    /// Takes in the account as it was read, in an answer that came at `now`.
    pub fn read(&mut self, now: u64, index: usize, answer: Result<Account, Error>) {
        let now = self.time.told(now);
        let Some(item) = self.items.get(index) else {
            return;
        };
        let is_first = match item.state {
            State::Reading => true,
            State::Confirming => false,
            _ => return,
        };
        self.head_is_dirty = true;
        match answer {
            Ok(account) => {
                self.went_well(now);
                self.reads.end();
                self.items[index].failures = 0;
                if is_first {
                    self.read_before(now, index, account);
                } else {
                    self.read_after(now, index, account);
                }
            }
            Err(error) => self.read_failed(now, index, is_first, error),
        }
    }

    /// The account before a change.
    fn read_before(&mut self, now: u64, index: usize, account: Account) {
        let item = &mut self.items[index];
        let connector = account.connector().unwrap_or(0);
        if !item.is_touched {
            item.before = Some(connector);
        } else if connector != item.wanted {
            item.before.get_or_insert(connector);
        }
        if account.has_pending_task() {
            return self.wait_for_free(now, index, None);
        }
        let next = match (connector == item.wanted, item.is_touched) {
            (true, false) => State::Already,
            (true, true) => State::Confirmed,
            (false, _) => {
                item.filters = account.spam_and_virus_configuration.map(Box::new);
                item.since = now;
                return self.write_soon(index);
            }
        };
        self.put(index, next);
    }

    /// The account after a change.
    fn read_after(&mut self, now: u64, index: usize, account: Account) {
        let item = &mut self.items[index];
        let waited = now.saturating_sub(item.since);
        let is_first_look = item.looks == 0;
        item.looks = item.looks.saturating_add(1);
        if account.has_pending_task() {
            if is_first_look {
                self.patience.was_too_short(waited);
            }
            if is_over(waited, item.looks) {
                let end = item.end_in_doubt(Failure::Unconfirmed);
                return self.put(index, end);
            }
            return self.look_again(index, now + pause(waited));
        }
        let connector = account.connector().unwrap_or(0);
        if connector == item.wanted {
            if is_first_look && !item.is_in_doubt {
                self.patience.was_enough(waited);
            }
            return self.put(index, State::Confirmed);
        }
        if item.is_in_doubt {
            // Now it is known that the change did not get through.
            item.before.get_or_insert(connector);
            if item.lost_answers >= LOST_ANSWERS {
                return self.put(index, State::Failed(Failure::NotTaken));
            }
            item.is_in_doubt = false;
            (item.since, item.looks) = (now, 0);
            item.filters = account.spam_and_virus_configuration.map(Box::new);
            return self.write_soon(index);
        }
        item.without_trace += 1;
        if item.without_trace >= LOOKS_WITHOUT_TRACE {
            return self.put(index, State::Failed(Failure::NotTaken));
        }
        self.look_again(index, now + pause(waited));
    }

    /// Takes in the answer to a change that came at `now`.
    pub fn written(&mut self, now: u64, index: usize, answer: Result<(), Error>) {
        let now = self.time.told(now);
        let Some(item) = self.items.get_mut(index) else {
            return;
        };
        if item.state != State::Writing {
            return;
        }
        self.head_is_dirty = true;
        match answer {
            Ok(()) => {
                item.since = now;
                (item.is_touched, item.is_in_doubt) = (true, false);
                (item.looks, item.without_trace, item.failures) = (0, 0, 0);
                item.filters_sent |= item.needs_filters;
                item.filters = None;
                self.went_well(now);
                self.budget.changed();
                self.writes.end();
                self.look_again(index, now + self.patience.wait(false));
            }
            Err(error) if error.leaves_doubt() => {
                item.lose_answer();
                item.since = now;
                self.look_again(index, now + self.patience.wait(true));
                self.had_trouble(now, &error);
            }
            Err(Error::Refused { status: 400, .. }) if !item.needs_filters => {
                item.needs_filters = true;
                self.budget.answered();
                if self.items[index].filters.is_some() {
                    self.write_soon(index);
                } else {
                    // They were read before a break, and are not stored.
                    self.read_from(index, now);
                }
            }
            Err(Error::TooFast { retry_after }) => {
                self.write_soon(index);
                self.slow_down(now, retry_after);
            }
            Err(error @ Error::InUse { .. }) => {
                // Whoever works on it may change it as well: it is read again.
                self.wait_for_free(now, index, Some(error));
            }
            Err(error) if error.concerns_all_calls() => {
                self.write_soon(index);
                self.halted = Some(error);
            }
            Err(error) => self.refused(now, index, true, &error),
        }
        self.end_if_stopped(index);
    }

    fn read_failed(&mut self, now: u64, index: usize, is_first: bool, error: Error) {
        if error.concerns_all_calls() {
            self.ask_again(index, is_first, now);
            self.halted = Some(error);
        } else if let Error::TooFast { retry_after } = error {
            self.ask_again(index, is_first, now);
            self.slow_down(now, retry_after);
        } else if error.may_pass() {
            let trouble = self.had_trouble(now, &error);
            let item = &mut self.items[index];
            if trouble != Trouble::Here {
                return self.ask_again(index, is_first, now);
            }
            item.failures += 1;
            let failures = item.failures;
            if failures < FAILURES {
                let longest = (PAUSE << failures.min(10)).min(LONGEST_PAUSE);
                let at = now + jitter(longest, &mut self.dice);
                self.ask_again(index, is_first, at);
            } else {
                let end = item.end_in_doubt(Failure::Answer(Box::new(error)));
                self.put(index, end);
            }
        } else {
            self.refused(now, index, false, &error);
        }
    }

    fn ask_again(&mut self, index: usize, is_first: bool, at: u64) {
        if is_first {
            self.read_from(index, at);
        } else {
            self.look_again(index, at);
        }
    }

    /// To be written at once; where that takes long, it is read again first.
    fn write_soon(&mut self, index: usize) {
        self.put(index, State::ToWrite);
        self.ready.push_back(index);
    }

    /// Something else is being done to the account, as it was read or as a change was answered.
    fn wait_for_free(&mut self, now: u64, index: usize, answer: Option<Error>) {
        let item = &mut self.items[index];
        item.looks = item.looks.saturating_add(1);
        if let Some(pause) = pause_for_free(item.looks) {
            self.read_from(index, now + pause);
        } else {
            let failure = answer.clone().map_or(Failure::Unconfirmed, |error| {
                Failure::Answer(Box::new(error))
            });
            self.put(index, State::Failed(failure));
        }
        if let Some(error) = answer {
            self.budget.answered();
            if self.writes.heard(index, &error).is_some() {
                self.trouble = Some(error.clone());
                if self.budget.busy(now, &mut self.dice) {
                    self.halted = Some(error);
                }
            }
        }
    }

    /// OVHcloud refuses this address, or all of them.
    fn refused(&mut self, now: u64, index: usize, is_write: bool, error: &Error) {
        self.budget.answered();
        if self.halted.as_ref() == Some(error) {
            // It was out when others were refused alike.
            let is_first = self.items[index].state != State::Confirming;
            self.refused_alike.push(index);
            return self.ask_again(index, is_first, now);
        }
        let refusals = if is_write {
            &mut self.writes
        } else {
            &mut self.reads
        };
        let alike = refusals.heard(index, error);
        if alike.is_some() {
            refusals.be_patient();
        }
        let failure = Failure::Answer(Box::new(error.clone()));
        let end = match self.items[index].state {
            State::Confirming if *error != Error::NotFound => {
                self.items[index].end_in_doubt(failure)
            }
            _ => State::Failed(failure),
        };
        self.put(index, end);
        for index in alike.into_iter().flatten() {
            // They are not to blame: each begins anew where it was.
            if let State::Failed(Failure::Answer(_)) = self.items[index].state {
                self.items[index].begin_anew();
                self.read_from(index, now);
                self.refused_alike.push(index);
            }
            self.halted = Some(error.clone());
        }
    }

    fn went_well(&mut self, now: u64) {
        self.gate.answered(now);
        self.budget.answered();
        self.trouble = None;
    }

    fn slow_down(&mut self, now: u64, retry_after: Option<u32>) {
        let error = Error::TooFast { retry_after };
        if self.gate.refused(now, retry_after, &mut self.dice) {
            self.halted = Some(error.clone());
        }
        self.trouble = Some(error);
    }

    fn had_trouble(&mut self, now: u64, error: &Error) -> Trouble {
        let trouble = self.budget.failed(now, &mut self.dice);
        if trouble == Trouble::ForGood {
            self.halted = Some(error.clone());
        }
        self.trouble = Some(error.clone());
        trouble
    }
}

impl super::Item {
    /// The end for this reason, unless even the change itself is in doubt.
    fn end_in_doubt(&self, failure: Failure) -> State {
        if self.is_in_doubt {
            State::Unknown(Doubt::Unread)
        } else {
            State::Failed(failure)
        }
    }
}
