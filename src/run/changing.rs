//! One change of something that is there: a connector's settings or authentication, its end, or the
//! default of a domain.
//!
//! The object is read first, and nothing is sent where somebody else has changed it. The request
//! goes out once; while OVHcloud says that the object is in use, it is refused and may go out again.
//! A lost answer is settled by reading. Then the task is followed, with growing pauses. An object
//! that is not found is gone where the list that it stood in says so: other keys find nothing either.

mod answers;
mod asking;
mod stored;
mod wish;

pub use wish::{Seen, Wish};

use super::{Next, due};
use crate::ovh::Error;
use crate::ovh::exchange::Task;

/// One change on its way, to be stored: nothing secret is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changing {
    wish: Wish,
    stage: Stage,
    /// The object as it was read last.
    seen: Option<Seen>,
    /// The task to follow: ours, or where an answer was lost the one that the object shows.
    task: Option<u64>,
    reach: Reach,
    /// Whether the pending tasks, read last, were none; `None` where they are to be read next.
    idle: Option<bool>,
    /// The tasks may not be read with these keys: the object has to do.
    without_tasks: bool,
    /// The object was not found; whether the list has it is to be asked.
    missing: bool,
    readings: u32,
    without_trace: u32,
    failed: u32,
    next_at: u64,
}

/// How far the request is known to have come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    /// Nothing went out, or OVHcloud has refused it.
    Nothing,
    Sent,
    /// OVHcloud has it for certain.
    Arrived,
    /// OVHcloud said of the task that it is done.
    Done,
}

/// Where the change is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The object is read before anything is sent, and waited for while it is in use.
    Looking,
    /// It is as it was when the change was decided.
    ToSend,
    /// The request is out and unanswered.
    Sent,
    /// OVHcloud has accepted it and works on it.
    Accepted,
    /// The answer was lost: the object and the pending tasks tell whether the request arrived.
    InDoubt,
    /// The object shows the change; see [`Changing::seen`] and [`Changing::was_sent`].
    Done,
    Ended(Ending),
}

/// Why the change is not known to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Somebody else has changed the object: nothing was sent. See [`Changing::confirmed`].
    Different,
    /// Something else was being done to the object for ten minutes: nothing was sent.
    InUse,
    /// It was to be sent when the password was gone: nothing was.
    NotSent,
    /// OVHcloud refused the request: nothing was changed.
    Refused(Error),
    /// OVHcloud took the request and failed at it.
    TaskFailed,
    /// OVHcloud took the request, and the task was called off.
    TaskCancelled,
    /// The answer was lost, and the change is not there: it may be sent again.
    NotThere,
    /// OVHcloud took the request, and the object does not show it.
    NotSeen,
    /// The answer was lost, and what was sent leaves no trace: a password for the same mechanism.
    Unproven,
    /// Still being worked on after ten minutes.
    NotEnded,
    /// The object is not there any more.
    Gone,
    /// What there is cannot be read at the moment.
    Unreadable(Error),
}

/// What to ask next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// The object of the wish.
    Look,
    /// The list that the object stands in.
    List,
    Change,
    Task(u64),
    /// The pending tasks of the platform.
    Tasks,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    Seen(Seen),
    /// Whether the list has the object.
    Listed(bool),
    /// The request was accepted, with its task where the API names one.
    Taken(Option<Task>),
    Task(Task),
    Tasks(Vec<u64>),
    Failed(Error),
}

impl Changing {
    pub fn new(wish: Wish) -> Self {
        Self {
            wish,
            stage: Stage::Looking,
            seen: None,
            task: None,
            reach: Reach::Nothing,
            idle: Some(false),
            without_tasks: false,
            missing: false,
            readings: 0,
            without_trace: 0,
            failed: 0,
            next_at: 0,
        }
    }

    pub fn wish(&self) -> &Wish {
        &self.wish
    }

    pub fn stage(&self) -> &Stage {
        &self.stage
    }

    /// The object as it was read last.
    pub fn seen(&self) -> Option<&Seen> {
        self.seen.as_ref()
    }

    pub fn task(&self) -> Option<u64> {
        self.task
    }

    /// Whether a request went out that may have changed something. A job that is done without was
    /// not needed: it was so already.
    pub fn was_sent(&self) -> bool {
        self.reach > Reach::Nothing
    }

    pub fn is_over(&self) -> bool {
        matches!(self.stage, Stage::Done | Stage::Ended(_))
    }

    /// Whether the request may go out, now or after [`Changing::confirmed`] or
    /// [`Changing::looked_at_again`].
    pub fn may_be_sent(&self) -> bool {
        match self.stage {
            Stage::Looking | Stage::ToSend | Stage::Sent => true,
            Stage::Ended(Ending::Different | Ending::InUse | Ending::Unreadable(_)) => {
                !self.was_sent()
            }
            Stage::Accepted | Stage::InDoubt | Stage::Done | Stage::Ended(_) => false,
        }
    }

    /// Whether it waits, before it sends anything, for something else to end.
    pub fn waits_for_others(&self) -> bool {
        self.stage == Stage::Looking && self.readings > 0
    }

    /// Whether it may be given up without a trace: nothing was sent yet.
    pub fn can_be_dropped(&self) -> bool {
        self.is_over() || (self.stage == Stage::Looking && !self.was_sent())
    }

    /// The job after a reload: what was out is in doubt, and what still was to be sent is sent
    /// after all but for a password, which is gone.
    #[must_use]
    pub fn interrupted(mut self) -> Self {
        let is_final = matches!(
            self.stage,
            Stage::Done | Stage::Ended(Ending::Refused(_) | Ending::Gone)
        );
        if !self.was_sent() && !is_final && self.wish.has_password() {
            self.stage = Stage::Ended(Ending::NotSent);
        }
        match self.stage {
            Stage::Sent => {
                self.stage = Stage::InDoubt;
                self.begin_again();
            }
            Stage::ToSend => self.stage = Stage::Looking,
            _ => {}
        }
        self.next_at = 0;
        self
    }

    /// The request cannot be made any more: its password is gone.
    #[must_use]
    pub fn not_sent(mut self) -> Self {
        self.reach = Reach::Nothing;
        self.stage = Stage::Ended(Ending::NotSent);
        self
    }

    /// The job with other keys: what these could not read is read again.
    #[must_use]
    pub fn with_other_keys(self) -> Self {
        match &self.stage {
            // What is another account's is not found.
            Stage::Ended(Ending::Unreadable(error))
                if error.concerns_all_calls() || *error == Error::NotFound =>
            {
                self.looked_at_again()
            }
            _ => self,
        }
    }

    /// Makes the change in spite of what somebody else has changed.
    #[must_use]
    pub fn confirmed(mut self) -> Self {
        if self.stage == Stage::Ended(Ending::Different)
            && let Some(seen) = &self.seen
        {
            self.wish.begin_from(seen);
            self.stage = Stage::Looking;
            self.begin_again();
        }
        self
    }

    /// Looks again after an ending that time or reading can mend; sends nothing that went out.
    #[must_use]
    pub fn looked_at_again(mut self) -> Self {
        let Stage::Ended(ending) = &self.stage else {
            return self;
        };
        let can_mend = matches!(
            ending,
            Ending::InUse
                | Ending::NotThere
                | Ending::NotSeen
                | Ending::Unproven
                | Ending::NotEnded
                | Ending::Unreadable(_)
        );
        if can_mend {
            self.stage = match self.reach {
                Reach::Nothing => Stage::Looking,
                Reach::Sent => Stage::InDoubt,
                Reach::Arrived | Reach::Done => Stage::Accepted,
            };
            self.begin_again();
        }
        self
    }

    fn begin_again(&mut self) {
        (self.idle, self.missing) = (Some(false), false);
        (self.readings, self.without_trace) = (0, 0);
        (self.failed, self.next_at) = (0, 0);
    }

    /// What to do at `now`. While it is not known to be refused, the one request that changes
    /// something is given out once.
    pub fn next(&mut self, now: u64) -> Next<Question> {
        let question = match &self.stage {
            Stage::Done | Stage::Ended(_) => return Next::Finished,
            // Only the answer can tell; the sender waits for it.
            Stage::Sent => return Next::Wait { until: now + 1_000 },
            Stage::ToSend => {
                self.stage = Stage::Sent;
                self.reach = Reach::Sent;
                return Next::Send(Question::Change);
            }
            _ if now < due(self.next_at, now) => {
                return Next::Wait {
                    until: self.next_at,
                };
            }
            _ if self.missing => Question::List,
            Stage::Looking => Question::Look,
            Stage::Accepted | Stage::InDoubt => match (self.task, self.idle) {
                (Some(task), _) => Question::Task(task),
                (None, None) => Question::Tasks,
                (None, Some(_)) => Question::Look,
            },
        };
        Next::Send(question)
    }
}

#[cfg(test)]
mod tests;
