//! Whole courses of the job against a small model of the platform, with faults and reloads.

use super::{FOREIGN_TASK, HOST, NAME, OUR_TASK, OURS, connector, request};
use crate::json::parse;
use crate::ovh::Error;
use crate::ovh::exchange::{SendConnector, Task};
use crate::run::Next;
use crate::run::adding::{Adding, Ending, Heard, Question, Stage};
use crate::run::dice::Dice;

/// What becomes of the request. Times are in milliseconds from its arrival.
#[derive(Clone, Copy, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "every one is thrown by itself"
)]
struct Fate {
    arrives: bool,
    answer_lost: bool,
    names_task: bool,
    /// The connector is in the list from here on.
    listed_after: u64,
    /// The task ends here, and the connector is ready.
    done_after: u64,
    task_fails: bool,
    /// A finished task answers no more.
    task_forgotten: bool,
    shows_nothing_at_first: bool,
}

struct World {
    dice: Dice,
    now: u64,
    fate: Fate,
    arrived_at: Option<u64>,
    requests: u32,
    /// Readings that fail, of a hundred.
    faults: u64,
    /// Connectors of other people, each with the time from which it is listed.
    foreign: Vec<(u64, u64)>,
    foreign_task_until: u64,
}

impl World {
    fn new(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let done_after = dice.pick(&[0, 1_500, 9_000, 40_000, 150_000]);
        let fate = Fate {
            arrives: !dice.one_in(5),
            answer_lost: dice.one_in(2),
            names_task: !dice.one_in(4),
            listed_after: dice.below(done_after + 1),
            done_after,
            task_fails: dice.one_in(8),
            task_forgotten: dice.one_in(2),
            shows_nothing_at_first: dice.one_in(4),
        };
        let foreign = (0..dice.below(4))
            .map(|index| (OURS - 1 + 2 * index, dice.below(60_000)))
            .filter(|&(id, _)| id != OURS)
            .collect();
        Self {
            now: 1_000_000,
            fate,
            arrived_at: None,
            requests: 0,
            faults: dice.pick(&[0, 0, 5, 30, 60]),
            foreign,
            foreign_task_until: 1_000_000 + dice.pick(&[0, 20_000, 300_000]),
            dice,
        }
    }

    fn since(&self) -> Option<u64> {
        self.arrived_at.map(|at| self.now - at)
    }

    fn is_pending(&self) -> bool {
        self.since()
            .is_some_and(|since| since < self.fate.done_after)
    }

    fn is_listed(&self) -> bool {
        let Some(since) = self.since() else {
            return false;
        };
        since >= self.fate.listed_after && !(self.fate.task_fails && since >= self.fate.done_after)
    }

    fn fault(&mut self) -> Error {
        self.dice.pick(&[
            Error::Offline,
            Error::Blocked,
            Error::TooFast { retry_after: None },
            Error::Unreadable,
            Error::Unavailable { status: 503 },
        ])
    }

    fn answer(&mut self, question: &Question) -> Heard {
        self.now += self.dice.below(800);
        if *question != Question::Add && self.dice.below(100) < self.faults {
            return Heard::Failed(self.fault());
        }
        match *question {
            Question::Add => self.add(),
            Question::Task(id) => {
                assert_eq!(id, OUR_TASK);
                let status = match (self.is_pending(), self.fate.task_fails) {
                    (true, _) => self.dice.pick(&["todo", "doing", "unheard of"]),
                    _ if self.fate.task_forgotten => return Heard::Failed(Error::NotFound),
                    (_, true) => self.dice.pick(&["error", "cancelled"]),
                    _ => "done",
                };
                Heard::Task(our_task(status))
            }
            Question::Tasks => {
                let ours = self.is_pending().then_some(OUR_TASK);
                let foreign = (self.now < self.foreign_task_until).then_some(FOREIGN_TASK);
                Heard::Tasks(ours.into_iter().chain(foreign).collect())
            }
            Question::List => {
                let ours = self.is_listed().then_some(OURS);
                let foreign = self.foreign.iter().filter(|(_, from)| *from <= self.now);
                let foreign = foreign.map(|&(id, _)| id);
                Heard::List([3].into_iter().chain(foreign).chain(ours).collect())
            }
            Question::Connector(OURS) if !self.is_listed() => Heard::Failed(Error::NotFound),
            Question::Connector(OURS) => Heard::Connector(match self.is_pending() {
                true if self.fate.shows_nothing_at_first => SendConnector {
                    state: Some("creating".into()),
                    ..SendConnector::default()
                },
                true => connector(NAME, HOST, "creating"),
                false => connector(NAME, HOST, "ok"),
            }),
            Question::Connector(_) => Heard::Connector(if self.dice.one_in(2) {
                connector(NAME, "other.example", "ok")
            } else {
                connector("Other", HOST, "ok")
            }),
        }
    }

    fn add(&mut self) -> Heard {
        self.requests += 1;
        assert_eq!(self.requests, 1, "the request went out again");
        if self.fate.arrives {
            self.arrived_at = Some(self.now);
        } else if !self.fate.answer_lost {
            let words = String::from("no");
            let refused = Error::Refused { status: 400, words };
            return Heard::Failed(
                self.dice
                    .pick(&[Error::TooFast { retry_after: None }, refused]),
            );
        }
        if self.fate.answer_lost {
            self.now += self.dice.below(3_000);
            let lost = [
                Error::Offline,
                Error::Blocked,
                Error::Unreadable,
                Error::Unavailable { status: 504 },
            ];
            return Heard::Failed(self.dice.pick(&lost));
        }
        let mut task = our_task("todo");
        task.id = task.id.filter(|_| self.fate.names_task);
        Heard::Task(task)
    }

    /// What may be said at the end, in the light of what happened.
    fn check(&self, stage: &Stage) {
        match stage {
            Stage::Ready(ready) => {
                assert_eq!(ready.id, Some(OURS));
                assert!(self.is_listed() && !self.is_pending());
            }
            Stage::Ended(Ending::NotArrived) => {
                let failed = self.fate.task_fails && !self.is_pending();
                assert!(self.arrived_at.is_none() || failed, "it arrived");
            }
            Stage::Ended(Ending::Refused(_)) => assert!(self.arrived_at.is_none()),
            Stage::Ended(Ending::TaskFailed) => assert!(self.fate.task_fails),
            Stage::Ended(Ending::NotSeen) => {
                assert!(self.fate.task_fails, "it is there to be seen");
            }
            Stage::Ended(Ending::Unreadable(_)) => assert!(self.faults > 0),
            other => panic!("no end: {other:?}"),
        }
    }
}

fn our_task(status: &str) -> Task {
    Task {
        id: Some(OUR_TASK),
        status: Some(status.into()),
        ..Task::default()
    }
}

fn reloaded(job: &Adding) -> Adding {
    let json = job.to_json().to_string();
    let back = parse(&json).and_then(|value| Adding::from_json(&value));
    let back = back.unwrap_or_else(|| panic!("{json}"));
    assert_eq!(&back, job);
    back.interrupted()
}

/// Plays one course to its end and says how it ended.
fn play(seed: u64) -> Stage {
    let mut world = World::new(seed);
    let reloads = world.dice.pick(&[0, 0, 3, 15]);
    let mut job = Adding::new(&request(), vec![3]);
    let mut looks = 2;
    let began = world.now;
    for _ in 0..2_000 {
        if world.dice.below(100) < reloads {
            job = reloaded(&job);
        }
        match job.next(world.now) {
            Next::Wait { until } => {
                assert!(until > world.now && until <= world.now + 8_000, "{job:?}");
                world.now = until;
            }
            Next::Send(question) => {
                let heard = world.answer(&question);
                if world.dice.below(100) < reloads {
                    job = reloaded(&job);
                } else {
                    job.heard(world.now, heard);
                }
            }
            Next::Finished => {
                world.check(job.stage());
                if looks == 0 || matches!(job.stage(), Stage::Ready(_)) {
                    return job.stage().clone();
                }
                looks -= 1;
                job = job.looked_at_again();
            }
        }
    }
    panic!(
        "no end after {} s: {:?} {job:?}",
        (world.now - began) / 1_000,
        world.fate
    );
}

#[test]
fn no_course_adds_twice_or_ends_in_an_untruth() {
    let mut endings = [0; 6];
    for seed in 0..6_000 {
        let ending = std::panic::catch_unwind(|| play(seed));
        let Ok(ending) = ending else {
            panic!("seed {seed}")
        };
        endings[match ending {
            Stage::Ended(Ending::Refused(_)) => 0,
            Stage::Ended(Ending::TaskFailed) => 1,
            Stage::Ended(Ending::NotArrived) => 2,
            Stage::Ended(Ending::NotSeen) => 3,
            Stage::Ended(Ending::Unreadable(_)) => 4,
            _ => 5,
        }] += 1;
    }
    assert!(endings.iter().all(|&count| count > 20), "{endings:?}");
    assert!(endings[5] > 2_500, "{endings:?}");
}
