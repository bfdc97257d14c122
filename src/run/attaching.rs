//! Attaching addresses to one connector, each followed until OVHcloud shows it attached.
//!
//! Every address is read before it is written, so that nothing is sent that is already so, and
//! read again afterwards, since the API answers a change with `null`. A lost answer is settled by
//! reading, never by writing again.

mod stored;

use super::{Next, due, pace::Pace, pause};
use crate::ovh::Error;
use crate::ovh::exchange::{Account, SpamAndVirus};

/// Readings that show neither the connector nor a pending task before a change counts as not
/// taken.
const READINGS_WITHOUT_TRACE: u32 = 5;
/// Readings altogether: about ten minutes.
const READINGS: u32 = 80;
/// Failures one after the other at one address before it is left.
const FAILURES: u32 = 8;

/// A job over some addresses, to be stored as it goes: nothing secret is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attaching {
    connector: u64,
    items: Vec<Item>,
    pace: Pace,
    /// Why the whole job stands still, until it is resumed.
    halted: Option<Error>,
}

/// One address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub address: String,
    pub state: State,
    /// The connector that it had when it was first read.
    pub before: Option<u64>,
    /// Whether the longer body was needed; see [`Question::Write`].
    pub filters_sent: bool,
    /// Whether a change was ever sent.
    sent: bool,
    /// The filters as they were read.
    filters: Option<SpamAndVirus>,
    next_at: u64,
    readings: u32,
    without_trace: u32,
    failures: u32,
}

/// Where one address stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    ToRead,
    ToWrite {
        filters: Option<SpamAndVirus>,
    },
    /// The change is out and unanswered.
    Writing {
        filters: Option<SpamAndVirus>,
    },
    /// The change was taken, or its answer was lost: reading tells.
    ToConfirm,
    Attached,
    /// It was attached before anything was sent.
    Already,
    Failed(Failure),
}

/// Why an address is not attached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// OVHcloud's answer.
    Answer(Error),
    /// OVHcloud took the change, and it is not there.
    NotTaken,
    /// Still pending after ten minutes.
    Unconfirmed,
}

/// What to ask next, about the address at `index`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    Read {
        index: usize,
    },
    /// With filters: the short body was refused, so the filters go along as they were read, with
    /// `deleteVirus` switched on.
    Write {
        index: usize,
        filters: Option<SpamAndVirus>,
    },
}

impl Attaching {
    pub fn new(connector: u64, addresses: impl IntoIterator<Item = String>) -> Self {
        let items = addresses.into_iter().map(|address| Item {
            address,
            state: State::ToRead,
            before: None,
            filters_sent: false,
            sent: false,
            filters: None,
            next_at: 0,
            readings: 0,
            without_trace: 0,
            failures: 0,
        });
        Self {
            connector,
            items: items.collect(),
            pace: Pace::default(),
            halted: None,
        }
    }

    pub fn connector(&self) -> u64 {
        self.connector
    }

    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// Why no further call is made for now.
    pub fn halted(&self) -> Option<&Error> {
        self.halted.as_ref()
    }

    /// The addresses that are attached.
    pub fn attached(&self) -> impl Iterator<Item = &String> {
        self.items
            .iter()
            .filter(|item| matches!(item.state, State::Attached | State::Already))
            .map(|item| &item.address)
    }

    /// Whether every address has reached an end.
    pub fn is_finished(&self) -> bool {
        self.items.iter().all(Item::is_final)
    }

    /// The job after a reload or a break: what was out is in doubt, and a halt is over.
    #[must_use]
    pub fn interrupted(mut self) -> Self {
        self.halted = None;
        for item in &mut self.items {
            if matches!(item.state, State::Writing { .. }) {
                item.state = State::ToConfirm;
            }
            (item.next_at, item.failures) = (0, 0);
        }
        self
    }

    /// The job with everything that failed begun anew, from reading.
    #[must_use]
    pub fn tried_again(mut self) -> Self {
        self.halted = None;
        for item in &mut self.items {
            if let State::Failed(_) = item.state {
                item.state = State::ToRead;
                (
                    item.next_at,
                    item.readings,
                    item.without_trace,
                    item.failures,
                ) = (0, 0, 0, 0);
            }
        }
        self
    }

    /// What to do at `now`: confirm what is due, else take the next address.
    pub fn next(&mut self, now: u64) -> Next<Question> {
        if self.halted.is_some() || self.is_finished() {
            return Next::Finished;
        }
        let Some((index, at)) = self
            .items
            .iter()
            .enumerate()
            .filter(|(_, item)| !item.is_final())
            .map(|(index, item)| (index, due(item.next_at, now)))
            .min_by_key(|&(index, at)| (at.max(now), index))
        else {
            return Next::Finished;
        };
        let until = at.max(self.pace.free_at(now));
        if until > now {
            return Next::Wait { until };
        }
        let item = &mut self.items[index];
        let question = match std::mem::replace(&mut item.state, State::ToConfirm) {
            State::ToWrite { filters } => {
                (item.sent, item.filters_sent) = (true, filters.is_some());
                item.state = State::Writing {
                    filters: filters.clone(),
                };
                Question::Write { index, filters }
            }
            // A write without an answer: the sender waits for it.
            state @ State::Writing { .. } => {
                item.state = state;
                return Next::Wait { until: now + 1_000 };
            }
            state => {
                item.state = state;
                Question::Read { index }
            }
        };
        self.pace.sent(now);
        Next::Send(question)
    }

    /// Takes in the account as it was read at `now`.
    pub fn read(&mut self, now: u64, index: usize, answer: Result<Account, Error>) {
        let wanted = Some(self.connector).filter(|&id| id != 0);
        let account = match answer {
            Ok(account) => account,
            Err(error) => return self.failed(now, index, error),
        };
        let Some(item) = self.items.get_mut(index) else {
            return;
        };
        item.failures = 0;
        let is_there = account.connector() == wanted && !account.has_pending_task();
        match item.state {
            State::ToRead => {
                if !item.sent {
                    item.before = account.connector();
                }
                if is_there {
                    item.state = if item.sent {
                        State::Attached
                    } else {
                        State::Already
                    };
                } else if account.has_pending_task() {
                    item.wait(now, State::ToRead, READINGS);
                } else {
                    item.filters = account.spam_and_virus_configuration;
                    item.state = State::ToWrite { filters: None };
                    (item.next_at, item.readings) = (0, 0);
                }
            }
            State::ToConfirm if is_there => item.state = State::Attached,
            State::ToConfirm if account.has_pending_task() => {
                item.wait(now, State::ToConfirm, READINGS);
            }
            State::ToConfirm => {
                item.without_trace += 1;
                item.wait(now, State::ToConfirm, READINGS);
                if item.without_trace >= READINGS_WITHOUT_TRACE {
                    item.state = State::Failed(Failure::NotTaken);
                }
            }
            _ => {}
        }
    }

    /// Takes in the answer to a change that came at `now`.
    pub fn written(&mut self, now: u64, index: usize, answer: Result<(), Error>) {
        let Some(item) = self.items.get_mut(index) else {
            return;
        };
        let State::Writing { filters } = &item.state else {
            return;
        };
        let was_short = filters.is_none();
        (item.readings, item.without_trace) = (0, 0);
        match answer {
            Ok(()) => item.wait(now, State::ToConfirm, READINGS),
            Err(error) if error.leaves_doubt() => item.wait(now, State::ToConfirm, READINGS),
            Err(Error::Refused { status: 400, .. }) if was_short && item.filters.is_some() => {
                let filters = item.filters.clone().map(SpamAndVirus::with_viruses_deleted);
                item.state = State::ToWrite { filters };
            }
            Err(error) => {
                item.state = State::ToWrite {
                    filters: filters.clone(),
                };
                self.failed(now, index, error);
            }
        }
    }

    /// A call was answered with an error that changed nothing.
    fn failed(&mut self, now: u64, index: usize, error: Error) {
        if error.concerns_all_calls() {
            self.halted = Some(error);
            return;
        }
        if let Error::TooFast { .. } = error {
            self.pace.too_fast(now);
        }
        let Some(item) = self.items.get_mut(index) else {
            return;
        };
        item.failures += 1;
        item.next_at = now + pause(item.failures);
        if error.may_pass() && item.failures < FAILURES {
            return;
        }
        if matches!(error, Error::Offline | Error::Blocked) {
            // The others would fare no better.
            self.halted = Some(error);
        } else {
            item.state = State::Failed(Failure::Answer(error));
        }
    }
}

impl Item {
    pub fn is_final(&self) -> bool {
        matches!(
            self.state,
            State::Attached | State::Already | State::Failed(_)
        )
    }

    fn wait(&mut self, now: u64, state: State, most: u32) {
        self.state = state;
        self.next_at = now + pause(self.readings);
        self.readings += 1;
        if self.readings > most {
            self.state = State::Failed(Failure::Unconfirmed);
        }
    }
}

#[cfg(test)]
mod tests;
