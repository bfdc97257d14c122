//! Whole courses of the job against a small model of the accounts, with faults and reloads.

use super::{TARGET, filters, refused};
use crate::json::parse;
use crate::ovh::Error;
use crate::ovh::exchange::{Account, SpamAndVirus};
use crate::run::Next;
use crate::run::attaching::{Attaching, Failure, Item, Question, State};
use crate::run::dice::Dice;

/// One account, and how it takes a change.
#[derive(Debug)]
struct Model {
    connector: u64,
    /// Pending work: what the connector is once it ends, and when.
    pending: Option<(u64, u64)>,
    exists: bool,
    wants_filters: bool,
    task_fails: bool,
    takes: u64,
    /// Changes that OVHcloud took.
    changes: u32,
    calls: u32,
}

struct World {
    dice: Dice,
    now: u64,
    accounts: Vec<Model>,
    /// Calls that fail, of a hundred.
    faults: u64,
    keys_fail_at: u64,
    calls: Vec<u64>,
}

impl World {
    fn new(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let calm = dice.one_in(3);
        let now = 1_000_000;
        let accounts = (0..=dice.below(16))
            .map(|_| Model {
                connector: dice.pick(&[0, 7, TARGET]),
                pending: (!calm && dice.one_in(6)).then(|| {
                    let connector = dice.pick(&[0, 7, TARGET]);
                    (connector, now + dice.below(60_000))
                }),
                exists: calm || !dice.one_in(15),
                wants_filters: !calm && dice.one_in(3),
                task_fails: !calm && dice.one_in(10),
                takes: if calm {
                    0
                } else {
                    dice.pick(&[0, 2_000, 50_000])
                },
                changes: 0,
                calls: 0,
            })
            .collect();
        Self {
            now,
            accounts,
            faults: if calm { 0 } else { dice.pick(&[0, 5, 40]) },
            keys_fail_at: if calm {
                u64::MAX
            } else {
                now + dice.below(90_000)
            },
            calls: Vec::new(),
            dice,
        }
    }

    fn is_calm(&self) -> bool {
        self.keys_fail_at == u64::MAX && self.faults == 0
    }

    /// Lets pending work end, counts the call, and says whether it fails before it arrives.
    fn begin(&mut self, index: usize) -> Option<Error> {
        self.calls.push(self.now);
        self.now += self.dice.below(400);
        let now = self.now;
        let account = &mut self.accounts[index];
        account.calls += 1;
        if let Some((connector, until)) = account.pending
            && until <= now
        {
            account.connector = connector;
            account.pending = None;
        }
        if now >= self.keys_fail_at {
            self.keys_fail_at = u64::MAX - 1;
            return Some(Error::ConsumerNotValid);
        }
        (self.dice.below(100) < self.faults).then(|| {
            self.dice.pick(&[
                Error::Offline,
                Error::Blocked,
                Error::TooFast { retry_after: None },
                Error::Unavailable { status: 503 },
            ])
        })
    }

    fn read(&mut self, index: usize) -> Result<Account, Error> {
        if let Some(error) = self.begin(index) {
            return Err(error);
        }
        let account = &self.accounts[index];
        if !account.exists {
            return Err(Error::NotFound);
        }
        Ok(Account {
            send_connector_id: Some(account.connector).filter(|&id| id != 0),
            task_pending_id: account.pending.map(|_| 5),
            spam_and_virus_configuration: filters(false),
            ..Account::default()
        })
    }

    fn write(&mut self, index: usize, sent: Option<&SpamAndVirus>) -> Result<(), Error> {
        if let Some(error) = self.begin(index) {
            return Err(error);
        }
        let lost = self.dice.below(100) < self.faults;
        let now = self.now;
        let account = &mut self.accounts[index];
        assert!(account.exists);
        if account.pending.is_some() {
            let words = String::new();
            return Err(Error::InUse { words });
        }
        if account.wants_filters && sent.is_none() {
            return Err(refused(400));
        }
        assert!(sent.is_none() || account.wants_filters, "filters unasked");
        assert!(sent.is_none() || sent == filters(true).as_ref());
        assert_ne!(account.connector, TARGET, "a change without need");
        account.changes += 1;
        let result = if account.task_fails {
            account.connector
        } else {
            TARGET
        };
        if account.takes == 0 {
            account.connector = result;
        } else {
            account.pending = Some((result, now + account.takes));
        }
        if lost { Err(Error::Blocked) } else { Ok(()) }
    }

    fn check_item(&mut self, index: usize, item: &Item) {
        let account = &self.accounts[index];
        let is_there = account.connector == TARGET && account.pending.is_none();
        assert!(account.changes <= 1, "{account:?}");
        match &item.state {
            State::Attached => assert!(is_there && account.changes == 1, "{account:?}"),
            State::Already => assert!(is_there && account.changes == 0, "{account:?}"),
            State::Failed(Failure::NotTaken) => {
                assert!(!is_there && account.pending.is_none(), "{account:?}");
            }
            State::Failed(Failure::Answer(Error::NotFound)) => assert!(!account.exists),
            // Whether it is attached could not be read, or others held the account all along.
            State::Failed(Failure::Answer(error)) => {
                assert!(error.may_pass() && self.faults > 0, "{error}");
            }
            other => panic!("{other:?} {account:?}"),
        }
        if self.is_calm() {
            let most = if item.state == State::Already { 1 } else { 3 };
            assert!(account.task_fails || account.calls <= most, "{account:?}");
        }
    }

    /// Never more than ten calls, and one more for each second, in any stretch of time.
    fn check_pace(&self) {
        for (first, from) in self.calls.iter().enumerate() {
            for (last, to) in self.calls.iter().enumerate().skip(first + 10) {
                let count = (last - first + 1) as u64;
                assert!(count <= 10 + (to - from) / 1_000);
            }
        }
    }
}

fn reloaded(job: &Attaching) -> Attaching {
    let json = job.to_json().to_string();
    let back = parse(&json).and_then(|value| Attaching::from_json(&value));
    let back = back.unwrap_or_else(|| panic!("{json}"));
    assert_eq!(&back, job);
    back.interrupted()
}

fn play(seed: u64) {
    let mut world = World::new(seed);
    let reloads = if world.is_calm() {
        0
    } else {
        world.dice.pick(&[0, 2, 10])
    };
    let count = world.accounts.len();
    let mut job = Attaching::new(TARGET, (0..count).map(|index| format!("a{index}@x.org")));
    for _ in 0..5_000 {
        if world.dice.below(100) < reloads {
            job = reloaded(&job);
        }
        let next = job.next(world.now);
        let is_lost = world.dice.below(100) < reloads;
        match next {
            Next::Wait { until } => {
                assert!(until > world.now && until <= world.now + 20_000);
                world.now = until;
            }
            Next::Send(Question::Read { index }) => {
                let answer = world.read(index);
                if is_lost {
                    job = reloaded(&job);
                } else {
                    job.read(world.now, index, answer);
                }
            }
            Next::Send(Question::Write { index, filters }) => {
                let answer = world.write(index, filters.as_ref());
                if is_lost {
                    job = reloaded(&job);
                } else {
                    job.written(world.now, index, answer);
                }
            }
            Next::Finished if job.halted().is_some() => {
                assert!(!job.is_finished());
                job = job.interrupted();
                world.now += 5_000;
            }
            Next::Finished => {
                for (index, item) in job.items().iter().enumerate() {
                    world.check_item(index, item);
                }
                return world.check_pace();
            }
        }
    }
    panic!("no end: {job:?}");
}

#[test]
fn every_course_ends_in_what_is_true() {
    for seed in 0..4_000 {
        assert!(
            std::panic::catch_unwind(|| play(seed)).is_ok(),
            "seed {seed}"
        );
    }
}
