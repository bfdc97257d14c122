//! Whole courses of the job against a small model of the platform, with faults and reloads.

use super::{FOREIGN_TASK, OUR_TASK, authenticate, connector, delete, edit, set_default, task};
use crate::json::parse;
use crate::ovh::Error;
use crate::ovh::exchange::{Domain, Mechanism, SendConnector};
use crate::run::Next;
use crate::run::changing::{Changing, Ending, Heard, Question, Seen, Stage, Wish};
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
    /// The object shows which task works on it.
    shows_task: bool,
    /// `None`: never.
    done_after: Option<u64>,
    /// How the task ends.
    status: &'static str,
    /// A finished task answers no more.
    task_forgotten: bool,
    /// A change shows in the date of the object.
    dated: bool,
}

#[expect(
    clippy::struct_excessive_bools,
    reason = "every one is thrown by itself"
)]
struct World {
    dice: Dice,
    now: u64,
    wish: Wish,
    fate: Fate,
    arrived_at: Option<u64>,
    requests: u32,
    /// A request was taken, or its answer lost: there must be no other.
    is_out: bool,
    /// Readings that fail, of a hundred.
    faults: u64,
    tasks_forbidden: bool,
    /// Somebody else works on the object until here, and has changed it then.
    foreign_until: u64,
    foreign_changes: bool,
    /// Somebody else deletes the object here.
    vanishes_at: Option<u64>,
    /// Others work on the platform until here.
    others_until: u64,
    has_password: bool,
}

const START: u64 = 1_000_000;

impl World {
    fn new(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let wish = dice.pick(&[
            edit(),
            delete(),
            set_default(),
            authenticate(Mechanism::BasicOverTls),
            authenticate(Mechanism::None),
        ]);
        let tasks_forbidden = dice.one_in(8);
        let done_after = [0, 1_500, 9_000, 40_000, 150_000].map(Some);
        let fate = Fate {
            arrives: !dice.one_in(5),
            answer_lost: dice.one_in(2),
            names_task: !dice.one_in(4),
            shows_task: tasks_forbidden || !dice.one_in(5),
            done_after: if dice.one_in(12) {
                None
            } else {
                dice.pick(&done_after)
            },
            status: dice.pick(&["done", "done", "done", "done", "error", "cancelled"]),
            task_forgotten: dice.one_in(2),
            dated: !dice.one_in(3),
        };
        let is_busy = dice.one_in(4);
        let until = dice.pick(&[3_000, 60_000, 2_000_000]);
        Self {
            now: START,
            has_password: wish.has_password(),
            wish,
            fate,
            arrived_at: None,
            requests: 0,
            is_out: false,
            faults: dice.pick(&[0, 0, 5, 30, 60]),
            tasks_forbidden,
            foreign_until: START + if is_busy { until } else { 0 },
            foreign_changes: dice.one_in(8),
            vanishes_at: dice.one_in(20).then_some(START + 5_000),
            others_until: START + dice.pick(&[0, 20_000, 300_000]),
            dice,
        }
    }

    fn since(&self) -> Option<u64> {
        self.arrived_at.map(|at| self.now - at)
    }

    /// Whether our task is still at work.
    fn is_pending(&self) -> bool {
        self.since()
            .is_some_and(|since| self.fate.done_after.is_none_or(|done| since < done))
    }

    fn is_applied(&self) -> bool {
        self.arrived_at.is_some() && !self.is_pending() && self.fate.status == "done"
    }

    fn is_gone(&self) -> bool {
        let deleted = matches!(self.wish, Wish::Delete { .. }) && self.is_applied();
        deleted || self.vanishes_at.is_some_and(|at| self.now >= at)
    }

    fn has_foreign_work(&self) -> bool {
        self.now < self.foreign_until
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

    fn object(&self) -> Seen {
        let pending = if self.is_pending() && self.fate.shows_task {
            OUR_TASK
        } else if self.has_foreign_work() {
            FOREIGN_TASK
        } else {
            0
        };
        let is_theirs = self.foreign_changes && !self.has_foreign_work();
        if let Wish::Default { wanted, .. } = self.wish {
            let theirs = if is_theirs { 31 } else { 0 };
            return Seen::Domain(Domain {
                send_connector_id_default: Some(if self.is_applied() { wanted } else { theirs }),
                task_pending_id: Some(pending),
                ..Domain::default()
            });
        }
        let mut now = SendConnector {
            task_pending_id: Some(pending),
            ..connector()
        };
        if is_theirs {
            now.max_send_size = Some(20);
        }
        if self.is_applied() {
            now.last_update_date = self.fate.dated.then(|| "2026-01-01".into());
            match &self.wish {
                Wish::Edit { .. } => now.port = Some(25),
                Wish::Authenticate { mechanism, .. } => {
                    now.smart_host_auth_mechanism = Some(mechanism.as_str().into());
                }
                _ => {}
            }
        }
        if self.is_pending() && matches!(self.wish, Wish::Delete { .. }) {
            now.state = Some("deleting".into());
        }
        Seen::Connector(now)
    }

    fn function(&self) -> &'static str {
        match self.wish {
            Wish::Delete { .. } => "deleteSendConnector",
            Wish::Default { .. } => "setDomain",
            _ => "setSendConnector",
        }
    }

    fn answer(&mut self, question: &Question) -> Heard {
        self.now += self.dice.below(800);
        if *question == Question::Change {
            return self.change();
        }
        if self.dice.below(100) < self.faults {
            return Heard::Failed(self.fault());
        }
        match *question {
            Question::Look if self.is_gone() => Heard::Failed(Error::NotFound),
            Question::Look => Heard::Seen(self.object()),
            Question::List => Heard::Listed(!self.is_gone() || self.dice.one_in(5)),
            Question::Task(_) | Question::Tasks if self.tasks_forbidden => {
                Heard::Failed(Error::RightMissing {
                    method: "GET".into(),
                    path: "/task".into(),
                })
            }
            Question::Task(OUR_TASK) => {
                let status = match self.is_pending() {
                    true => self.dice.pick(&["todo", "doing", "unheard of"]),
                    false if self.fate.task_forgotten => return Heard::Failed(Error::NotFound),
                    false => self.fate.status,
                };
                Heard::Task(task(self.function(), status))
            }
            Question::Tasks => {
                let ours = self.is_pending().then_some(OUR_TASK);
                let others = self.now < self.others_until || self.has_foreign_work();
                let others = others.then_some(FOREIGN_TASK + 1);
                Heard::Tasks(ours.into_iter().chain(others).collect())
            }
            // Seen where the answer that the object was in use was lost.
            Question::Task(FOREIGN_TASK) => {
                let status = if self.has_foreign_work() {
                    "doing"
                } else {
                    self.dice.pick(&["done", "error", "cancelled"])
                };
                Heard::Task(task("migrationService", status))
            }
            Question::Task(other) => panic!("followed a task of another object: {other}"),
            Question::Change => unreachable!(),
        }
    }

    fn change(&mut self) -> Heard {
        assert!(!self.is_out, "the request went out again");
        assert!(
            self.has_password || !self.wish.has_password(),
            "no password"
        );
        self.requests += 1;
        let lost = [
            Error::Offline,
            Error::Blocked,
            Error::Unreadable,
            Error::Unavailable { status: 504 },
        ];
        if !self.fate.arrives {
            if self.fate.answer_lost {
                self.is_out = true;
                return Heard::Failed(self.dice.pick(&lost));
            }
            let words = String::from("no");
            return Heard::Failed(Error::Refused { status: 400, words });
        }
        if self.is_gone() {
            return Heard::Failed(Error::NotFound);
        }
        // Somebody was quicker by a moment, or too many were.
        if self.requests < 3 && self.dice.one_in(6) {
            self.foreign_until = self.now + 4_000;
            self.foreign_changes = false;
            let words = String::from("later");
            return Heard::Failed(Error::InUse { words });
        }
        if self.requests < 3 && self.dice.one_in(6) {
            let retry_after = self.dice.pick(&[None, Some(2), Some(90)]);
            return Heard::Failed(Error::TooFast { retry_after });
        }
        self.is_out = true;
        self.arrived_at = Some(self.now);
        if self.fate.answer_lost {
            self.now += self.dice.below(3_000);
            return Heard::Failed(self.dice.pick(&lost));
        }
        let answers_task = matches!(self.wish, Wish::Delete { .. } | Wish::Authenticate { .. });
        let mut task = task(self.function(), "todo");
        task.id = task.id.filter(|_| self.fate.names_task);
        Heard::Taken(answers_task.then_some(task))
    }

    /// What may be said at the end, in the light of what happened.
    fn check(&self, job: &Changing) {
        let has_failed = self.arrived_at.is_some() && !self.is_pending() && !self.is_applied();
        let is_absent = self.arrived_at.is_none() || has_failed;
        let Stage::Ended(ending) = job.stage() else {
            assert_eq!(job.stage(), &Stage::Done);
            return match self.wish {
                Wish::Delete { .. } => assert!(self.is_gone()),
                _ => assert!(self.is_applied(), "not applied"),
            };
        };
        match ending {
            Ending::Different => assert!(self.foreign_changes && !self.is_out),
            Ending::InUse => assert!(self.has_foreign_work() && !self.is_out),
            Ending::NotSent => assert!(!self.has_password && !self.is_out),
            Ending::Refused(_) => assert!(self.arrived_at.is_none() && !self.is_out),
            Ending::TaskFailed => assert!(has_failed && self.fate.status == "error"),
            Ending::TaskCancelled => assert!(has_failed && self.fate.status == "cancelled"),
            Ending::NotThere => assert!(is_absent && self.fate.answer_lost, "it is there"),
            Ending::NotSeen => assert!(has_failed && !self.fate.answer_lost, "it is there"),
            Ending::Unproven => assert!(self.wish.has_password()),
            Ending::NotEnded => assert!(self.is_pending()),
            Ending::Gone => assert!(self.is_gone()),
            Ending::Unreadable(_) => assert!(self.faults > 0),
        }
    }
}

fn reloaded(job: &Changing, world: &mut World) -> Changing {
    world.has_password = false;
    let json = job.to_json().to_string();
    let back = parse(&json).and_then(|value| Changing::from_json(&value));
    let back = back.unwrap_or_else(|| panic!("{json}"));
    assert_eq!(&back, job);
    back.interrupted()
}

/// Plays one course to its end and says how it ended.
fn play(seed: u64) -> Stage {
    let mut world = World::new(seed);
    let reloads = world.dice.pick(&[0, 0, 3, 15]);
    let mut job = Changing::new(world.wish.clone());
    let mut looks = 2;
    for _ in 0..3_000 {
        if world.dice.below(100) < reloads {
            job = reloaded(&job, &mut world);
        }
        match job.next(world.now) {
            Next::Wait { until } => {
                assert!(until > world.now && until <= world.now + 8_000, "{job:?}");
                world.now = until;
            }
            Next::Send(question) => {
                let heard = world.answer(&question);
                if world.dice.below(100) < reloads {
                    // What was out when the page went away is out for good.
                    if question == Question::Change {
                        world.is_out = true;
                        world.fate.answer_lost = true;
                    }
                    job = reloaded(&job, &mut world);
                } else {
                    job.heard(world.now, heard);
                }
            }
            Next::Finished => {
                world.check(&job);
                if looks == 0 || *job.stage() == Stage::Done {
                    return job.stage().clone();
                }
                looks -= 1;
                job = job.looked_at_again();
            }
        }
    }
    panic!("no end: {:?} {job:?}", world.fate);
}

#[test]
fn no_course_changes_twice_or_ends_in_an_untruth() {
    let mut endings = [0; 13];
    for seed in 0..4_000 {
        let ending = std::panic::catch_unwind(|| play(seed));
        let Ok(ending) = ending else {
            panic!("seed {seed}")
        };
        endings[match ending {
            Stage::Ended(Ending::Different) => 0,
            Stage::Ended(Ending::InUse) => 1,
            Stage::Ended(Ending::NotSent) => 2,
            Stage::Ended(Ending::Refused(_)) => 3,
            Stage::Ended(Ending::TaskFailed) => 4,
            Stage::Ended(Ending::TaskCancelled) => 5,
            Stage::Ended(Ending::NotThere) => 6,
            Stage::Ended(Ending::NotSeen) => 7,
            Stage::Ended(Ending::Unproven) => 8,
            Stage::Ended(Ending::NotEnded) => 9,
            Stage::Ended(Ending::Gone) => 10,
            Stage::Ended(Ending::Unreadable(_)) => 11,
            _ => 12,
        }] += 1;
    }
    assert!(endings.iter().all(|&count| count > 10), "{endings:?}");
    assert!(endings[12] > 1_200, "{endings:?}");
}
