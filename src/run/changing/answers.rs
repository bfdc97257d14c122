//! What each answer means for the change.

use super::wish::Found;
use super::{Changing, Ending, Heard, Reach, Seen, Stage, Wish};
use crate::ovh::Error;
use crate::ovh::exchange::{Progress, Task};
use crate::run::{LONGEST_PAUSE, pause};

/// Readings of an object on which nothing is pending and which does not show the change, before it
/// counts as not there.
const READINGS_WITHOUT_TRACE: u32 = 8;
/// Readings that fail one after the other before the job gives up.
const FAILED_READINGS: u32 = 8;
/// Readings altogether: about ten minutes.
const READINGS: u32 = 80;

impl Changing {
    /// Takes in an answer that came at `now`.
    pub fn heard(&mut self, now: u64, answer: Heard) {
        self.next_at = now + pause(self.readings);
        match (self.stage.clone(), answer) {
            (Stage::Sent, Heard::Taken(task)) => {
                self.task = task.and_then(|task| task.id);
                self.reach = Reach::Arrived;
                self.stage = Stage::Accepted;
                self.begin_follow(now);
            }
            (Stage::Sent, Heard::Failed(error)) => self.heard_refusal(now, error),
            (Stage::Looking, Heard::Seen(seen)) => self.look_before(seen),
            (Stage::Accepted | Stage::InDoubt, Heard::Seen(seen)) => self.look_after(seen),
            (Stage::Accepted | Stage::InDoubt, Heard::Task(task)) => self.heard_task(now, &task),
            (Stage::Accepted | Stage::InDoubt, Heard::Tasks(tasks)) => {
                (self.idle, self.failed, self.next_at) = (Some(tasks.is_empty()), 0, now);
            }
            (Stage::Looking | Stage::Accepted | Stage::InDoubt, Heard::Listed(is_there)) => {
                self.heard_list(is_there);
            }
            (Stage::Looking | Stage::Accepted | Stage::InDoubt, Heard::Failed(error)) => {
                self.heard_failure(now, error);
            }
            _ => {}
        }
    }

    fn begin_follow(&mut self, now: u64) {
        self.begin_again();
        self.next_at = now + pause(0);
    }

    /// The request was refused, or its answer lost.
    fn heard_refusal(&mut self, now: u64, error: Error) {
        if error.leaves_doubt() {
            self.stage = Stage::InDoubt;
            return self.begin_follow(now);
        }
        self.reach = Reach::Nothing;
        match error {
            Error::NotFound => {
                self.stage = Stage::Looking;
                self.look_for_it(now);
            }
            Error::InUse { .. } => {
                self.stage = Stage::Looking;
                self.count_reading();
            }
            Error::TooFast { retry_after } => {
                self.stage = Stage::Looking;
                let asked = retry_after.map_or(0, |seconds| u64::from(seconds) * 1_000);
                self.next_at = now + asked.clamp(pause(self.readings), LONGEST_PAUSE);
                self.count_reading();
            }
            error => self.stage = Stage::Ended(Ending::Refused(error)),
        }
    }

    /// The object before the change.
    fn look_before(&mut self, seen: Seen) {
        let found = self.wish.compare(&seen);
        let is_settled = seen.is_settled();
        self.seen = Some(seen);
        self.failed = 0;
        if !is_settled {
            return self.count_reading();
        }
        self.stage = match found {
            Found::AsFirst => Stage::ToSend,
            Found::AsWanted => Stage::Done,
            Found::Different => Stage::Ended(Ending::Different),
        };
    }

    /// The object after the change was sent.
    fn look_after(&mut self, seen: Seen) {
        let is_done = self.reach == Reach::Done;
        let (is_in, is_settled) = (self.wish.is_in(&seen, is_done), seen.is_settled());
        let task = seen.pending_task();
        self.seen = Some(seen);
        if is_in && (is_settled || is_done) {
            self.stage = Stage::Done;
            return;
        }
        // Work that waits may be ours: no verdict while there is any.
        let asks_tasks = !is_done && !self.without_tasks;
        let can_count = !asks_tasks || self.idle == Some(true);
        if !is_settled {
            // Before its task is known to be done, what works on the object is ours: OVHcloud
            // refuses a second.
            self.task = task.filter(|_| !is_done && !self.without_tasks);
            self.without_trace = 0;
        } else if can_count {
            self.without_trace += 1;
        }
        if asks_tasks {
            self.idle = None;
        }
        self.count_reading();
        if self.without_trace >= READINGS_WITHOUT_TRACE {
            self.end_without_trace();
        }
    }

    fn heard_task(&mut self, now: u64, task: &Task) {
        let progress = task.progress();
        self.failed = 0;
        if !progress.is_end() {
            return self.count_reading();
        }
        (self.task, self.idle, self.next_at) = (None, Some(false), now);
        let has_arrived = self.reach >= Reach::Arrived;
        match progress {
            // What the object showed while the answer was lost may be somebody else's.
            Progress::Failed if has_arrived => self.stage = Stage::Ended(Ending::TaskFailed),
            Progress::Cancelled if has_arrived => {
                self.stage = Stage::Ended(Ending::TaskCancelled);
            }
            // The same kind of work on the same object, begun in the second in which we sent, is
            // taken for ours.
            Progress::Done if has_arrived || task.work() == self.wish.work() => {
                self.reach = Reach::Done;
            }
            _ => {}
        }
    }

    fn heard_failure(&mut self, now: u64, error: Error) {
        let asked_task = self.task.is_some();
        let asked_tasks = self.stage != Stage::Looking && (asked_task || self.idle.is_none());
        match error {
            _ if self.missing => self.count_failure(now, error),
            // A task that answers no more is a finished one.
            Error::NotFound if asked_task => {
                (self.task, self.idle, self.next_at) = (None, Some(false), now);
            }
            Error::NotFound if !asked_tasks => self.look_for_it(now),
            // One right may be missing, and the object tells as well.
            Error::NotFound | Error::RightMissing { .. } | Error::Refused { .. } if asked_tasks => {
                self.without_tasks = true;
                (self.task, self.idle, self.next_at) = (None, Some(true), now);
            }
            error => self.count_failure(now, error),
        }
    }

    fn count_failure(&mut self, now: u64, error: Error) {
        self.failed += 1;
        self.next_at = now + pause(self.readings.max(self.failed));
        if !error.may_pass() || self.failed >= FAILED_READINGS {
            self.stage = Stage::Ended(Ending::Unreadable(error));
        }
    }

    fn look_for_it(&mut self, now: u64) {
        (self.missing, self.next_at) = (true, now);
    }

    fn heard_list(&mut self, is_there: bool) {
        self.missing = false;
        if is_there {
            // The list may lag behind.
            self.count_reading();
        } else {
            self.end_gone();
        }
    }

    fn end_gone(&mut self) {
        self.stage = match self.wish {
            Wish::Delete { .. } => Stage::Done,
            _ => Stage::Ended(Ending::Gone),
        };
        self.seen = None;
    }

    fn count_reading(&mut self) {
        self.failed = 0;
        self.readings += 1;
        if self.readings < READINGS {
            return;
        }
        self.stage = Stage::Ended(match self.stage {
            Stage::Looking => Ending::InUse,
            // Work that waits all the time, here or elsewhere on the platform, may be ours.
            _ => Ending::NotEnded,
        });
    }

    fn end_without_trace(&mut self) {
        self.stage = Stage::Ended(if self.wish.is_unprovable(self.seen.as_ref()) {
            Ending::Unproven
        } else if self.reach >= Reach::Arrived {
            Ending::NotSeen
        } else {
            Ending::NotThere
        });
    }
}
