//! A model of the accounts of one platform as OVHcloud keeps them, with everything that goes wrong.

use crate::json::parse;
use crate::ovh::Error;
use crate::ovh::exchange::{Account, SpamAndVirus};
use crate::run::assigning::Question;
use crate::run::dice::Dice;

pub const TARGET: u64 = 29;
pub const OTHER: u64 = 7;
pub const BEGIN: u64 = 1_700_000_000_000;
const NEVER: u64 = u64::MAX;

/// One account, and how it takes a change.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Debug)]
pub struct Model {
    pub connector: u64,
    /// What it had when the job began.
    pub former: u64,
    pending: Option<Pending>,
    pub vanishes_at: u64,
    pub suspended_at: u64,
    pub is_strict: bool,
    pub task_fails: bool,
    /// Whether it shows the new connector while it is still being worked on.
    shows_early: bool,
    takes: u64,
    /// A change whose answer was lost arrives only now.
    late: Option<(u64, Option<SpamAndVirus>)>,
    /// Changes of ours that were performed.
    pub changes: u32,
    pub calls: u32,
    /// What the job knows: the last reading that it heard, and when.
    seen: Option<(u64, Account)>,
    /// A change may have been made that was not read since.
    in_doubt: bool,
    /// Calls that are out, and changes that have not arrived although nobody waits for them.
    out: u32,
    adrift: u32,
}

#[derive(Clone, Debug)]
struct Pending {
    connector: u64,
    until: u64,
}

/// Chances in a thousand, or times.
#[derive(Clone, Debug)]
pub struct Faults {
    pub broken: u64,
    pub dropped: u64,
    pub too_fast: u64,
    pub lost: u64,
    pub others: u64,
    pub key_fails_at: u64,
    pub deleted_at: u64,
    pub maintenance: (u64, u64),
    /// When the clock of the page is set, and by how much.
    pub clock: (u64, i64),
}

pub struct World {
    pub dice: Dice,
    pub accounts: Vec<Model>,
    pub faults: Faults,
    /// What is wanted of each account now.
    pub wanted: Vec<u64>,
}

pub enum Answer {
    Read(Result<Account, Error>),
    Written(Result<(), Error>),
}

pub fn filters(delete_virus: bool) -> Option<SpamAndVirus> {
    let json = format!(r#"{{"deleteVirus":{delete_virus},"tagSpam":true}}"#);
    SpamAndVirus::from_json(&parse(&json)?)
}

pub fn refused(status: u16) -> Error {
    let words = String::from("no");
    Error::Refused { status, words }
}

impl World {
    /// Some accounts and exactly the faults that the job must bear.
    pub fn plain(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let count = match dice.below(20) {
            0 => 1 + dice.below(4),
            1..=3 => 150 + dice.below(150),
            _ => 5 + dice.below(36),
        };
        let takes = dice.pick(&[300, 1_500, 2_000, 4_000]);
        let accounts = (0..count).map(|_| Model::new(&mut dice, takes)).collect();
        let faults = Faults {
            broken: 50,
            dropped: 20,
            too_fast: 20,
            lost: 10,
            others: 0,
            key_fails_at: BEGIN + dice.below(count * 3_000),
            deleted_at: NEVER,
            maintenance: (NEVER, NEVER),
            clock: (NEVER, 0),
        };
        Self {
            accounts,
            faults,
            wanted: vec![TARGET; usize::try_from(count).unwrap_or_default()],
            dice,
        }
    }

    /// The same with strict, busy, failing, suspended and vanishing accounts, tasks of any length,
    /// and now and then a connector that is deleted, a platform in maintenance or a clock that is
    /// set.
    pub fn wild(seed: u64) -> Self {
        let mut world = Self::plain(seed);
        let dice = &mut world.dice;
        let time = world.accounts.len() as u64 * 3_000;
        for account in &mut world.accounts {
            account.takes = dice.pick(&[0, 2_000, 8_000, 50_000]);
            account.is_strict = dice.one_in(8);
            account.task_fails = dice.one_in(15);
            if dice.one_in(20) {
                account.vanishes_at = BEGIN + dice.below(time);
            }
            if dice.one_in(20) {
                account.suspended_at = BEGIN + dice.below(time);
            }
        }
        world.faults.others = 30;
        if dice.one_in(15) {
            world.faults.deleted_at = BEGIN + dice.below(time);
        }
        if dice.one_in(8) {
            let from = BEGIN + dice.below(time);
            world.faults.maintenance = (from, from + dice.below(600_000));
        }
        if dice.one_in(4) {
            let hour = dice.pick(&[-3_600_000, 3_600_000]);
            world.faults.clock = (BEGIN + dice.below(time), hour);
        }
        world
    }

    /// What the clock of the page shows.
    pub fn clock(&self, now: u64) -> u64 {
        let (at, by) = self.faults.clock;
        if now < at {
            now
        } else {
            now.saturating_add_signed(by)
        }
    }

    /// From here on only what the job has to bear all the time.
    pub fn calm_down(&mut self) {
        self.faults.others = 0;
        self.faults.key_fails_at = NEVER;
        self.faults.maintenance = (NEVER, NEVER);
    }

    /// A call is sent: the job must know enough for it.
    pub fn sent(&mut self, now: u64, index: usize, is_write: bool) {
        let account = &mut self.accounts[index];
        assert_eq!(account.out, 0, "two calls about one account: {account:?}");
        account.out += 1;
        account.calls += 1;
        if is_write {
            let is_late = account.late.as_ref().is_some_and(|(at, _)| *at > now);
            let is_under_way = is_late || account.adrift > 0;
            // Where the clock is set forward meanwhile, nothing was waited for.
            let is_known = self.faults.clock.1 <= 0;
            assert!(
                !is_under_way || !is_known,
                "an earlier change is still on its way"
            );
            assert!(!account.in_doubt, "written again unread: {account:?}");
            let (at, seen) = account.seen.as_ref().expect("read before it is written");
            // How long it took to set a clock back, nobody knows.
            let is_known = self.faults.clock.1 >= 0;
            let is_fresh = now - at <= 900_000 || !is_known;
            assert!(is_fresh, "read long ago: {account:?}");
            assert!(!seen.has_pending_task(), "written while busy");
            let is_there = seen.connector().unwrap_or(0) == self.wanted[index];
            assert!(!is_there, "written without need: {account:?}");
        }
    }

    /// Nobody waits for the answer any more: the page was reloaded.
    pub fn abandoned(&mut self, index: usize, is_write: bool, has_arrived: bool) {
        let account = &mut self.accounts[index];
        account.out -= 1;
        account.in_doubt |= is_write;
        account.adrift += u32::from(is_write && !has_arrived);
    }

    pub fn drifted_in(&mut self, index: usize) {
        self.accounts[index].adrift -= 1;
    }

    /// The job has heard an answer that came at `now`.
    pub fn heard(&mut self, now: u64, index: usize, answer: &Answer) {
        let account = &mut self.accounts[index];
        account.out -= 1;
        match answer {
            Answer::Read(Ok(seen)) => {
                account.seen = Some((now, seen.clone()));
                account.in_doubt = false;
            }
            Answer::Written(Err(error)) => account.in_doubt |= error.leaves_doubt(),
            _ => {}
        }
    }

    /// A call arrives at OVHcloud.
    pub fn arrived(&mut self, now: u64, index: usize, question: &Question) -> Answer {
        let failed = |error| match question {
            Question::Read { .. } => Answer::Read(Err(error)),
            Question::Write { .. } => Answer::Written(Err(error)),
        };
        self.pass(now, index);
        if now >= self.faults.key_fails_at {
            return failed(Error::ConsumerNotValid);
        }
        if (self.faults.maintenance.0..self.faults.maintenance.1).contains(&now) {
            return failed(Error::Unavailable { status: 503 });
        }
        let Faults {
            broken,
            dropped,
            too_fast,
            lost,
            ..
        } = self.faults;
        let chance = self.dice.below(1_000);
        if chance < broken {
            let status = self.dice.pick(&[500, 503]);
            return failed(Error::Unavailable { status });
        }
        if chance < broken + dropped {
            return failed(self.dice.pick(&[Error::Offline, Error::Blocked]));
        }
        if chance < broken + dropped + too_fast {
            let retry_after = self.dice.pick(&[None, Some(1), Some(20)]);
            return failed(Error::TooFast { retry_after });
        }
        let is_lost = chance < broken + dropped + too_fast + lost;
        if let (Question::Write { filters, .. }, true) = (question, is_lost && self.dice.one_in(2))
        {
            // What stands in front of OVHcloud gave up, and OVHcloud did not.
            let at = now + self.dice.below(3_500);
            self.accounts[index].late = Some((at, filters.clone()));
            return failed(Error::Unavailable { status: 504 });
        }
        let answer = match question {
            Question::Read { .. } => Answer::Read(self.read(index)),
            Question::Write { filters, .. } => {
                Answer::Written(self.write(now, index, filters.as_ref()))
            }
        };
        if is_lost {
            let odd = Error::Unavailable { status: 504 };
            return failed(self.dice.pick(&[Error::Blocked, Error::Unreadable, odd]));
        }
        answer
    }

    /// Lets work on an account end, and others begin some.
    fn pass(&mut self, now: u64, index: usize) {
        if now >= self.faults.deleted_at {
            for account in &mut self.accounts {
                account.forget(TARGET);
            }
        }
        let is_gone = now >= self.faults.deleted_at;
        let late = &mut self.accounts[index].late;
        if let Some((at, filters)) = late.take_if(|(at, _)| *at <= now) {
            self.accounts[index].pass(at);
            // Whether it is refused, nobody hears.
            let _ = self.write(at, index, filters.as_ref());
        }
        let account = &mut self.accounts[index];
        account.pass(now);
        if is_gone {
            account.forget(TARGET);
        }
        // Whatever others do after our change is theirs to answer for.
        if account.changes == 0
            && account.pending.is_none()
            && self.dice.below(1_000) < self.faults.others
        {
            let connector = self.dice.pick(&[account.connector, OTHER, 0]);
            let until = now + self.dice.below(30_000);
            account.pending = Some(Pending { connector, until });
        }
        if now >= account.vanishes_at {
            account.pending = None;
        }
    }

    fn read(&self, index: usize) -> Result<Account, Error> {
        let account = &self.accounts[index];
        if account.vanishes_at == 0 {
            return Err(Error::NotFound);
        }
        let early = account.pending.as_ref().filter(|_| account.shows_early);
        let shown = early.map_or(account.connector, |pending| pending.connector);
        Ok(Account {
            send_connector_id: Some(shown).filter(|&id| id != 0),
            task_pending_id: account.pending.as_ref().map(|_| 5),
            spam_and_virus_configuration: filters(false),
            ..Account::default()
        })
    }

    fn write(&mut self, now: u64, index: usize, sent: Option<&SpamAndVirus>) -> Result<(), Error> {
        let wanted = self.wanted[index];
        let account = &mut self.accounts[index];
        if account.vanishes_at == 0 {
            return Err(Error::NotFound);
        }
        if account.is_strict && sent.is_none() {
            return Err(refused(400));
        }
        assert!(sent.is_none() || account.is_strict, "filters unasked");
        assert!(sent.is_none() || sent == filters(true).as_ref());
        if account.suspended_at <= now {
            let words = format!("account {index} is suspended");
            return Err(Error::Refused { status: 403, words });
        }
        if account.pending.is_some() {
            let words = format!("account {index} is being processed");
            return Err(Error::InUse { words });
        }
        if wanted == TARGET && now >= self.faults.deleted_at {
            return Err(Error::NotFound);
        }
        let is_needed = account.connector != wanted;
        assert!(
            is_needed || self.faults.clock.1 > 0,
            "a change without need"
        );
        account.changes += 1;
        let until = now + account.takes;
        let connector = wanted;
        account.pending = Some(Pending { connector, until });
        account.pass(now);
        Ok(())
    }
}

impl Model {
    fn new(dice: &mut Dice, takes: u64) -> Self {
        let connector = dice.pick(&[0, OTHER, OTHER, TARGET]);
        Self {
            connector,
            former: connector,
            pending: None,
            vanishes_at: NEVER,
            suspended_at: NEVER,
            is_strict: false,
            task_fails: false,
            shows_early: dice.one_in(2),
            takes,
            late: None,
            changes: 0,
            calls: 0,
            seen: None,
            in_doubt: false,
            out: 0,
            adrift: 0,
        }
    }

    pub fn is_gone(&self) -> bool {
        self.vanishes_at == 0
    }

    /// Whether it has this connector, and nothing is being done to it at the end of time.
    pub fn ends_with(&self, wanted: u64) -> bool {
        let last = self.pending.as_ref().filter(|_| !self.task_fails);
        last.map_or(self.connector, |pending| pending.connector) == wanted
    }

    fn pass(&mut self, now: u64) {
        if let Some(pending) = self.pending.take_if(|pending| pending.until <= now) {
            let fails = self.task_fails && self.changes > 0;
            if !fails {
                self.connector = pending.connector;
            }
        }
        if self.vanishes_at <= now {
            // From here on it is gone, whatever the clock shows.
            self.vanishes_at = 0;
        }
    }

    fn forget(&mut self, connector: u64) {
        if self.connector == connector {
            self.connector = 0;
        }
        if let Some(pending) = &mut self.pending
            && pending.connector == connector
        {
            pending.connector = 0;
        }
    }
}
