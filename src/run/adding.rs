//! Adding one connector: sent once, then found in the list by what was not there before.
//!
//! The API answers with a task that does not name the new connector, and a repeated request would
//! make a second one. So after a lost answer this job reads until it knows, and sends nothing; and one
//! that somebody else has added meanwhile is found before anything is sent.

mod stored;

use std::collections::BTreeMap;

use super::{Next, due, pause};
use crate::ovh::Error;
use crate::ovh::exchange::{AddConnector, Progress, SendConnector, Task};

/// Readings of the list without a trace of the connector, each after one that showed no pending
/// task, before a lost request counts as not arrived and an accepted one as without a result.
const READINGS_WITHOUT_TRACE: u32 = 8;
/// Readings that fail one after the other before the job gives up.
const FAILED_READINGS: u32 = 8;
/// Readings since a search was begun: about ten minutes.
const READINGS: u32 = 80;

/// One connector on its way, to be stored: nothing secret is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adding {
    display_name: String,
    smart_host: String,
    /// Ids that were there before.
    before: Vec<u64>,
    stage: Stage,
    task: Option<u64>,
    /// OVHcloud has the request for certain: it said so, or the connector was seen.
    arrived: bool,
    /// Whether the pending tasks, read last, were none; `None` where they are to be read next.
    idle: Option<bool>,
    readings: u32,
    without_trace: u32,
    failed: u32,
    next_at: u64,
}

/// Where the connector is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    ToSend,
    /// The request is out and unanswered.
    Sent,
    /// OVHcloud has accepted it and works on it.
    Accepted,
    /// The answer was lost: the list and the pending tasks tell whether the request arrived.
    InDoubt,
    /// A new id is in the list, and the connector behind it is not ready yet.
    Appearing {
        id: u64,
        candidates: Vec<u64>,
    },
    Ready(Box<SendConnector>),
    Ended(Ending),
}

/// Why there is no connector at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// OVHcloud refused the request: nothing was made.
    Refused(Error),
    /// OVHcloud took the request and failed at it.
    TaskFailed,
    /// The request never arrived: it may be sent again.
    NotArrived,
    /// OVHcloud says done, or nothing at all, and no connector is to be seen.
    NotSeen,
    /// What there is cannot be read at the moment.
    Unreadable(Error),
}

/// What to ask next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    Add,
    Task(u64),
    /// The pending tasks of the platform.
    Tasks,
    List,
    Connector(u64),
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    Task(Task),
    Tasks(Vec<u64>),
    List(Vec<u64>),
    Connector(SendConnector),
    Failed(Error),
}

/// Of the connectors that are there by now, those that may be the one about to be added: the form was
/// checked against those whose names are known, newest first.
pub fn perhaps_there(
    connector: &AddConnector,
    ids: &[u64],
    names: &BTreeMap<u64, String>,
) -> Vec<u64> {
    let may_be = |id: &u64| {
        let name = names.get(id);
        name.is_none_or(|name| *name == connector.display_name)
    };
    let mut perhaps: Vec<u64> = ids.iter().copied().filter(may_be).collect();
    perhaps.sort_unstable();
    perhaps.into_iter().rev().collect()
}

impl Adding {
    pub fn new(connector: &AddConnector, before: Vec<u64>) -> Self {
        Self {
            display_name: connector.display_name.clone(),
            smart_host: connector.smart_host.clone(),
            before,
            stage: Stage::ToSend,
            task: None,
            arrived: false,
            idle: Some(false),
            readings: 0,
            without_trace: 0,
            failed: 0,
            next_at: 0,
        }
    }

    /// Whether it is known that there is no new connector.
    pub fn has_failed(&self) -> bool {
        let failed = |ending: &Ending| matches!(ending, Ending::Refused(_) | Ending::TaskFailed);
        matches!(&self.stage, Stage::Ended(ending) if failed(ending))
    }

    pub fn stage(&self) -> &Stage {
        &self.stage
    }

    /// Whether this is the job of sending just this request.
    pub fn is_for(&self, connector: &AddConnector) -> bool {
        self.display_name == connector.display_name && self.smart_host == connector.smart_host
    }

    /// Whether it is over, and there is no connector.
    pub fn has_ended(&self) -> bool {
        matches!(self.stage, Stage::Ended(_))
    }

    pub fn display_name(&self) -> &str {
        &self.display_name
    }

    pub fn task(&self) -> Option<u64> {
        self.task
    }

    /// Whether it was refused for the keys' sake, and nothing made: with others it can be asked anew.
    pub fn wants_other_keys(&self) -> bool {
        matches!(&self.stage, Stage::Ended(Ending::Refused(error)) if error.concerns_all_calls())
    }

    /// The job with other keys: what these could not read is read again.
    #[must_use]
    pub fn with_other_keys(self) -> Self {
        match &self.stage {
            Stage::Ended(Ending::Unreadable(error)) if error.concerns_all_calls() => {
                self.looked_at_again()
            }
            _ => self,
        }
    }

    /// Whether it is over, and the request may have made a connector all the same.
    pub fn leaves_doubt(&self) -> bool {
        matches!(
            self.stage,
            Stage::Ended(Ending::NotSeen | Ending::Unreadable(_))
        )
    }

    /// Whether the job could end with the form on the screen again.
    pub fn may_need_form(&self) -> bool {
        match self.stage {
            Stage::ToSend | Stage::Sent | Stage::InDoubt | Stage::Ended(_) => true,
            Stage::Appearing { .. } => !self.arrived,
            Stage::Accepted | Stage::Ready(_) => false,
        }
    }

    /// The job after a reload, or where its keys are gone: what was out is in doubt, and what was not
    /// sent never will be, as the password is gone.
    #[must_use]
    pub fn interrupted(mut self) -> Self {
        match self.stage {
            Stage::Sent => self.stage = Stage::InDoubt,
            Stage::ToSend => self.stage = Stage::Ended(Ending::NotArrived),
            _ => {}
        }
        self.next_at = 0;
        self
    }

    /// Looks again after an ending that only reading can mend.
    #[must_use]
    pub fn looked_at_again(mut self) -> Self {
        if let Stage::Ended(Ending::NotSeen | Ending::Unreadable(_) | Ending::NotArrived) =
            self.stage
        {
            self.stage = self.searching();
            self.begin_search();
        }
        self
    }

    /// What to do at `now`. The one request that changes something is given out once.
    pub fn next(&mut self, now: u64) -> Next<Question> {
        let question = match &self.stage {
            Stage::Ready(_) | Stage::Ended(_) => return Next::Finished,
            // Only the answer can tell; the sender waits for it.
            Stage::Sent => return Next::Wait { until: now + 1_000 },
            Stage::ToSend => {
                self.stage = Stage::Sent;
                return Next::Send(Question::Add);
            }
            _ if now < due(self.next_at, now) => {
                return Next::Wait {
                    until: self.next_at,
                };
            }
            Stage::Accepted | Stage::InDoubt => match (self.task, self.idle) {
                (Some(task), _) => Question::Task(task),
                (None, None) => Question::Tasks,
                (None, Some(_)) => Question::List,
            },
            Stage::Appearing { id, .. } => Question::Connector(*id),
        };
        Next::Send(question)
    }

    /// Takes in an answer that came at `now`.
    pub fn heard(&mut self, now: u64, answer: Heard) {
        self.next_at = now + pause(self.readings);
        match (self.stage.clone(), answer) {
            (Stage::Sent, Heard::Task(task)) => {
                (self.task, self.arrived) = (task.id, true);
                self.stage = Stage::Accepted;
            }
            (Stage::Sent, Heard::Failed(error)) if error.leaves_doubt() => {
                self.stage = Stage::InDoubt;
            }
            (Stage::Sent, Heard::Failed(error)) => {
                self.stage = Stage::Ended(Ending::Refused(error));
            }
            // A task that answers no more is a finished one; one that may not be read tells nothing,
            // and the list does.
            (
                Stage::Accepted,
                Heard::Failed(Error::NotFound | Error::RightMissing { .. } | Error::Refused { .. }),
            ) if self.task.is_some() => {
                self.look_for_connector();
            }
            (
                Stage::Accepted | Stage::InDoubt,
                Heard::Failed(Error::RightMissing { .. } | Error::Refused { .. }),
            ) if self.idle.is_none() => {
                (self.idle, self.next_at) = (Some(true), now);
            }
            (Stage::Appearing { candidates, .. }, Heard::Failed(Error::NotFound)) => {
                self.look_at(candidates);
            }
            (_, Heard::Failed(error)) => self.failed_reading(now, error),
            (Stage::Accepted, Heard::Task(task)) => self.heard_task(&task),
            (Stage::Accepted | Stage::InDoubt, Heard::Tasks(tasks)) => {
                (self.idle, self.failed, self.next_at) = (Some(tasks.is_empty()), 0, now);
            }
            (Stage::Accepted | Stage::InDoubt, Heard::List(ids)) => {
                let new = ids.into_iter().filter(|id| !self.before.contains(id));
                self.look_at(new.collect());
            }
            (Stage::Appearing { id, candidates }, Heard::Connector(connector)) => {
                self.heard_connector(id, candidates, connector);
            }
            _ => {}
        }
    }

    fn heard_task(&mut self, task: &Task) {
        match task.progress() {
            Progress::Done => self.look_for_connector(),
            Progress::Failed | Progress::Cancelled => {
                self.stage = Stage::Ended(Ending::TaskFailed);
            }
            Progress::Waiting | Progress::Working => self.count_reading(),
        }
    }

    fn look_for_connector(&mut self) {
        self.task = None;
        self.begin_search();
    }

    fn begin_search(&mut self) {
        self.idle = Some(false);
        (self.readings, self.without_trace) = (0, 0);
        (self.failed, self.next_at) = (0, 0);
    }

    fn searching(&self) -> Stage {
        if self.arrived {
            Stage::Accepted
        } else {
            Stage::InDoubt
        }
    }

    /// Goes through new ids, newest first: the one with our name and host is ours.
    fn look_at(&mut self, mut candidates: Vec<u64>) {
        if let Some(&id) = candidates.iter().max() {
            candidates.retain(|&other| other != id);
            self.stage = Stage::Appearing { id, candidates };
            self.next_at = 0;
            return;
        }
        self.stage = self.searching();
        // Work that waits may be ours: no verdict while there is any.
        if self.idle == Some(true) {
            self.without_trace += 1;
        }
        self.idle = None;
        self.count_reading();
        if self.without_trace >= READINGS_WITHOUT_TRACE {
            self.stage = Stage::Ended(if self.arrived {
                Ending::NotSeen
            } else {
                Ending::NotArrived
            });
        }
    }

    fn heard_connector(&mut self, id: u64, candidates: Vec<u64>, mut connector: SendConnector) {
        let is_ours = connector.is_called(&self.display_name, &self.smart_host);
        let is_nameless = connector.display_name.is_none() || connector.smart_host.is_none();
        let is_settled = connector.is_settled();
        if is_ours {
            self.arrived = true;
            if is_settled {
                connector.id = Some(id);
                self.stage = Stage::Ready(Box::new(connector));
            } else {
                self.count_reading();
            }
        } else if !is_settled && is_nameless {
            // It does not show yet whose it is.
            self.idle = Some(false);
            self.look_at(candidates);
        } else {
            self.before.push(id);
            self.look_at(candidates);
        }
    }

    fn count_reading(&mut self) {
        self.failed = 0;
        self.readings += 1;
        if self.readings >= READINGS {
            self.stage = Stage::Ended(Ending::NotSeen);
        }
    }

    fn failed_reading(&mut self, now: u64, error: Error) {
        self.failed += 1;
        self.next_at = now + pause(self.readings.max(self.failed));
        if !error.may_pass() || self.failed >= FAILED_READINGS {
            self.stage = Stage::Ended(Ending::Unreadable(error));
        }
    }
}

#[cfg(test)]
mod tests;
