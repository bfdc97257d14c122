//! The tasks of a platform, watched for as long as somebody looks: what is pending, and how it ended.
//!
//! OVHcloud lists the ids of pending tasks only, so each is read by itself, one call at a time: every
//! two seconds at first, and ever less often while nothing changes.

use std::collections::VecDeque;

use super::Next;
use crate::ovh::Error;
use crate::ovh::exchange::{Progress, Task};

/// Tasks that are read one by one; of more only the number is known.
const MOST: usize = 20;
/// Ended tasks that stay in sight.
const MOST_ENDED: usize = 20;
/// Between two calls, in milliseconds: sixty a minute are safe.
const BETWEEN: u64 = 1_000;
/// Between two rounds, by the number of rounds in which nothing changed.
const PAUSES: [u64; 4] = [2_000, 5_000, 15_000, 30_000];
/// Rounds before the next longer pause.
const ROUNDS: usize = 10;

/// The tasks as they were seen. Nothing of it is worth keeping over a reload.
#[derive(Clone, Debug, Default)]
pub struct Watching {
    seen: Vec<Watched>,
    /// Pending tasks beyond those that are read.
    more: usize,
    to_read: VecDeque<u64>,
    has_list: bool,
    has_changed: bool,
    /// Rounds in which nothing changed.
    quiet: usize,
    failed: usize,
    problem: Option<Error>,
    next_at: u64,
}

/// One task, in the order in which they appeared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watched {
    pub id: u64,
    /// As it was read last; `None` until then.
    pub task: Option<Task>,
    pub standing: Standing,
}

/// How a task stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Pending,
    Ended(Progress),
    /// Neither listed nor readable any more: how it ended, only its object tells.
    Gone,
}

/// What to ask next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    List,
    Read(u64),
}

impl Watching {
    /// The tasks in sight, oldest first.
    pub fn tasks(&self) -> &[Watched] {
        &self.seen
    }

    /// Pending tasks that are not in sight.
    pub fn more(&self) -> usize {
        self.more
    }

    /// Whether the list was read at all.
    pub fn has_list(&self) -> bool {
        self.has_list
    }

    /// Why nothing is asked any more, such as a right that is missing; see [`Watching::again`].
    pub fn problem(&self) -> Option<&Error> {
        self.problem.as_ref()
    }

    /// Goes on after a problem, or at once after a change of ours.
    pub fn again(&mut self) {
        self.problem = None;
        (self.quiet, self.failed, self.next_at) = (0, 0, 0);
    }

    /// What to do at `now`.
    pub fn next(&mut self, now: u64) -> Next<Question> {
        if self.problem.is_some() {
            return Next::Finished;
        }
        // A time that lies too far ahead was told by a clock that has been set back since.
        let longest = PAUSES[PAUSES.len() - 1];
        if now < self.next_at && self.next_at <= now + longest {
            return Next::Wait {
                until: self.next_at,
            };
        }
        Next::Send(match self.to_read.front() {
            Some(&id) => Question::Read(id),
            None => Question::List,
        })
    }

    /// Takes in the list, in an answer that came at `now`.
    pub fn listed(&mut self, now: u64, answer: Result<Vec<u64>, Error>) {
        let mut ids = match answer {
            Ok(ids) => ids,
            Err(error) => return self.heard_failure(now, error),
        };
        self.failed = 0;
        self.has_changed = !self.has_list;
        self.has_list = true;
        ids.sort_unstable();
        ids.dedup();
        let is_pending = |watched: &&Watched| watched.standing == Standing::Pending;
        let pending: Vec<u64> = self
            .seen
            .iter()
            .filter(is_pending)
            .map(|watched| watched.id)
            .collect();
        let ended = pending.iter().filter(|id| !ids.contains(id));
        self.to_read = ended.copied().collect();
        let room = MOST.saturating_sub(pending.len() - self.to_read.len());
        let new = ids.iter().filter(|id| !pending.contains(id));
        let known = new.clone().count();
        self.has_changed |= known > 0 && room > 0;
        for &id in new.take(room) {
            self.to_read.push_back(id);
            self.seen.retain(|watched| watched.id != id);
            self.seen.push(Watched {
                id,
                task: None,
                standing: Standing::Pending,
            });
        }
        self.more = known.saturating_sub(room);
        // The one that is next in turn may have begun; others could not be read so far.
        let is_known = |id: &u64| pending.contains(id) && ids.contains(id);
        let oldest = pending.iter().copied().find(is_known);
        let again = self.seen.iter().filter(|watched| {
            let is_next = oldest == Some(watched.id) || watched.task.is_none();
            is_next && is_known(&watched.id)
        });
        self.to_read.extend(again.map(|watched| watched.id));
        self.go_on(now);
    }

    /// Takes in a task, in an answer that came at `now`.
    pub fn read(&mut self, now: u64, id: u64, answer: Result<Task, Error>) {
        let (task, standing) = match answer {
            Ok(task) => {
                let progress = task.progress();
                let standing = if progress.is_end() {
                    Standing::Ended(progress)
                } else {
                    Standing::Pending
                };
                (Some(task), standing)
            }
            Err(Error::NotFound) => (None, Standing::Gone),
            // This one alone, as it seems: it waits for the next round, and nothing for it.
            Err(Error::Unavailable { .. } | Error::Refused { .. } | Error::Unreadable) => {
                self.to_read.retain(|other| *other != id);
                return self.go_on(now);
            }
            Err(error) => return self.heard_failure(now, error),
        };
        self.failed = 0;
        self.to_read.retain(|other| *other != id);
        if let Some(watched) = self.seen.iter_mut().find(|watched| watched.id == id) {
            let task = task.or_else(|| watched.task.take());
            self.has_changed |= watched.standing != standing || watched.task != task;
            (watched.task, watched.standing) = (task, standing);
        }
        self.forget_oldest();
        self.go_on(now);
    }

    fn forget_oldest(&mut self) {
        let ended = |watched: &Watched| watched.standing != Standing::Pending;
        let mut excess = self.seen.iter().filter(|watched| ended(watched)).count();
        excess = excess.saturating_sub(MOST_ENDED);
        self.seen.retain(|watched| {
            let goes = excess > 0 && ended(watched);
            excess -= usize::from(goes);
            !goes
        });
    }

    /// To the next call of the round, or to the next round.
    fn go_on(&mut self, now: u64) {
        if !self.to_read.is_empty() {
            self.next_at = now + BETWEEN;
            return;
        }
        self.quiet = if self.has_changed { 0 } else { self.quiet + 1 };
        self.has_changed = false;
        self.next_at = now + PAUSES[(self.quiet / ROUNDS).min(PAUSES.len() - 1)];
    }

    fn heard_failure(&mut self, now: u64, error: Error) {
        if !error.may_pass() {
            self.problem = Some(error);
            return;
        }
        self.failed += 1;
        self.next_at = now + PAUSES[self.failed.min(PAUSES.len() - 1)];
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, Question, Standing, Watching};
    use crate::ovh::Error;
    use crate::ovh::exchange::{Progress, Task};
    use crate::run::Next;

    fn task(id: u64, status: &str) -> Task {
        Task {
            id: Some(id),
            status: Some(status.into()),
            ..Task::default()
        }
    }

    /// Watches a platform whose tasks at each time are given, for so long; the times of the calls.
    fn watch(
        watching: &mut Watching,
        from: u64,
        to: u64,
        tasks: impl Fn(u64) -> Vec<(u64, &'static str)>,
    ) -> Vec<u64> {
        let (mut now, mut calls) = (from, Vec::new());
        while now < to {
            match watching.next(now) {
                Next::Finished => break,
                Next::Wait { until } => now = until,
                Next::Send(question) => {
                    calls.push(now);
                    let is_end = |status: &str| !["todo", "doing"].contains(&status);
                    let there = tasks(now);
                    match question {
                        Question::List => {
                            let open = there.iter().filter(|(_, status)| !is_end(status));
                            watching.listed(now, Ok(open.map(|(id, _)| *id).collect()));
                        }
                        Question::Read(id) => {
                            let found = there.iter().find(|(other, _)| *other == id);
                            let found = found.map(|(id, status)| task(*id, status));
                            watching.read(now, id, found.ok_or(Error::NotFound));
                        }
                    }
                }
            }
        }
        calls
    }

    fn standings(watching: &Watching) -> Vec<(u64, Standing)> {
        let tasks = watching.tasks().iter();
        tasks.map(|seen| (seen.id, seen.standing)).collect()
    }

    #[test]
    fn shows_what_is_pending_and_how_it_ended() {
        let mut watching = Watching::default();
        watch(&mut watching, 0, 5_000, |_| vec![(7, "todo"), (8, "doing")]);
        let pending = Standing::Pending;
        assert_eq!(standings(&watching), [(7, pending), (8, pending)]);
        assert!(watching.tasks().iter().all(|seen| seen.task.is_some()));
        watch(&mut watching, 5_000, 30_000, |_| {
            vec![(7, "error"), (9, "done"), (10, "todo")]
        });
        let expected = [
            (7, Standing::Ended(Progress::Failed)),
            (8, Standing::Gone),
            (10, pending),
        ];
        assert_eq!(standings(&watching), expected);
        watch(&mut watching, 30_000, 60_000, |_| vec![(10, "cancelled")]);
        let cancelled = Standing::Ended(Progress::Cancelled);
        assert_eq!(standings(&watching)[2], (10, cancelled));
    }

    #[test]
    fn asks_every_two_seconds_at_first_and_ever_less_often() {
        let mut watching = Watching::default();
        let calls = watch(&mut watching, 0, 3_600_000, |_| vec![]);
        let pauses: Vec<u64> = calls.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert_eq!(pauses[0], 2_000);
        assert!(pauses.is_sorted());
        assert_eq!(pauses.last(), Some(&30_000));
        assert!(calls.len() < 200, "{}", calls.len());
        // A change wakes it.
        watching.again();
        let calls = watch(&mut watching, 3_600_000, 3_610_000, |_| vec![(7, "todo")]);
        assert!(calls.len() >= 4, "{calls:?}");
    }

    #[test]
    fn many_tasks_are_counted_and_calls_keep_their_distance() {
        let mut watching = Watching::default();
        let many = |_| (1..=500).map(|id| (id, "todo")).collect();
        let calls = watch(&mut watching, 0, 60_000, many);
        assert!(calls.len() <= 60, "{}", calls.len());
        assert!(calls.windows(2).all(|pair| pair[1] - pair[0] >= 1_000));
        assert_eq!((watching.tasks().len(), watching.more()), (MOST, 480));
        // All of them end, and only the last ones stay in sight.
        watch(&mut watching, 60_000, 400_000, |_| vec![]);
        assert_eq!((watching.tasks().len(), watching.more()), (20, 0));
    }

    #[test]
    fn tasks_that_cannot_be_read_hold_up_neither_the_others_nor_the_list() {
        let mut watching = Watching::default();
        let (mut now, mut lists, mut calls) = (0, Vec::new(), 0);
        let odd = |id| match id {
            7 => Some(Error::Unavailable { status: 500 }),
            8 => Some(Error::Unreadable),
            9 => Some(Error::Refused {
                status: 400,
                words: String::new(),
            }),
            _ => None,
        };
        let mended_at = 3_600_000;
        while now < 2 * mended_at {
            match watching.next(now) {
                Next::Finished => panic!("it ended: {watching:?}"),
                Next::Wait { until } => now = until,
                Next::Send(Question::List) => {
                    lists.push(now);
                    watching.listed(now, Ok(vec![7, 8, 9, 10]));
                }
                Next::Send(Question::Read(id)) => {
                    calls += 1;
                    let answer = odd(id).filter(|_| now < mended_at);
                    watching.read(now, id, answer.map_or(Ok(task(id, "doing")), Err));
                }
            }
            let read = watching.tasks().iter().map(|seen| seen.task.is_some());
            let read: Vec<bool> = read.collect();
            if now > 10_000 && now < mended_at {
                assert_eq!(read, [false, false, false, true]);
            } else if now > mended_at + 60_000 {
                assert_eq!(read, [true; 4]);
            }
        }
        assert!(lists[1] < 10_000, "{lists:?}");
        let pauses = lists.windows(2).map(|pair| pair[1] - pair[0]);
        let pauses: Vec<u64> = pauses.collect();
        assert!(pauses.iter().any(|pause| *pause > 30_000), "{pauses:?}");
        assert!(calls < 1_000, "{calls}");
    }

    #[test]
    fn a_fault_passes_and_a_missing_right_ends_it() {
        let mut watching = Watching::default();
        watching.listed(0, Err(Error::Unavailable { status: 503 }));
        assert!(matches!(watching.next(0), Next::Wait { .. }));
        assert!(!watching.has_list());
        let right = Error::RightMissing {
            method: "GET".into(),
            path: "/task".into(),
        };
        watching.listed(9_000, Err(right.clone()));
        assert_eq!(watching.next(9_000), Next::Finished);
        assert_eq!(watching.problem(), Some(&right));
        watching.again();
        assert_eq!(watching.next(9_000), Next::Send(Question::List));
    }
}
