//! Whole courses of the job against the model, in a time of their own: faults, a reload, a pause, a
//! key that expires, and the way back.

use std::collections::BTreeMap;

use super::world::{Answer, BEGIN, TARGET, World};
use crate::ovh::Error;
use crate::run::Next;
use crate::run::assigning::{
    Assigning, Doubt, Failure, Goal, IN_FLIGHT, Item, Pace, Place, Question, State,
};

const COURSES: u64 = 10_000;
/// Calls in one minute at the default pace, and those of a burst.
const BURST: usize = 10;
const MOST_IN_A_MINUTE: usize = 60 + BURST;

/// A call on its way.
struct Call {
    index: usize,
    question: Question,
    arrives_at: u64,
    answers_at: u64,
    answer: Option<Answer>,
    /// Nobody waits for it any more.
    is_abandoned: bool,
}

impl Call {
    /// When something happens to it next.
    fn next_at(&self) -> u64 {
        if self.answer.is_none() {
            self.arrives_at
        } else {
            self.answers_at
        }
    }
}

fn is_write(question: &Question) -> bool {
    matches!(question, Question::Write { .. })
}

struct Course {
    world: World,
    job: Assigning,
    /// The account of each item, and the item of each account.
    accounts: Vec<usize>,
    items: Vec<usize>,
    stored: BTreeMap<Place, String>,
    calls: Vec<Call>,
    now: u64,
    sent: Vec<u64>,
    /// When the page is reloaded: with this call just sent, or at this time.
    reload_at: (usize, u64),
    /// The number of the call at which somebody presses "pause".
    pause_at: usize,
    /// Whether every step is stored, as the page does; it takes long. What has changed adds up, so
    /// that it comes to the same to store it all just before a reload.
    stores_every_step: bool,
    resumes_at: Option<u64>,
}

impl Course {
    fn new(mut world: World, goals: Vec<(usize, Goal)>, now: u64) -> Self {
        let count = goals.len() as u64 * 3 + 1;
        let place = |chosen: u64| usize::try_from(chosen).unwrap_or_default();
        let reload_at = if world.dice.one_in(2) {
            (place(world.dice.below(count)), u64::MAX)
        } else {
            (usize::MAX, now + world.dice.below(count * 1_000))
        };
        let seed = world.dice.below(u64::MAX);
        let accounts: Vec<usize> = goals.iter().map(|(account, _)| *account).collect();
        let mut items = vec![usize::MAX; world.accounts.len()];
        for (item, account) in accounts.iter().enumerate() {
            items[*account] = item;
        }
        let goals = goals.into_iter().map(|(_, goal)| goal);
        Self {
            job: Assigning::new(goals, Pace::default(), seed),
            accounts,
            items,
            stored: BTreeMap::new(),
            calls: Vec::new(),
            now,
            sent: Vec::new(),
            reload_at,
            pause_at: place(world.dice.below(count)),
            stores_every_step: world.dice.one_in(32),
            resumes_at: None,
            world,
        }
    }

    /// Plays to the end.
    fn play(&mut self) {
        for _ in 0..200_000 {
            if self.reload_at.1 <= self.now {
                self.store();
                self.reload();
            }
            self.arrive_and_answer();
            if self.resumes_at.is_some_and(|at| at <= self.now) {
                self.resumes_at = None;
                self.job.resume(self.world.clock(self.now));
            }
            let clock = self.world.clock(self.now);
            let next = self.job.next(clock);
            if self.stores_every_step {
                self.store();
            }
            let until = match next {
                Next::Send(question) => {
                    self.send(question);
                    continue;
                }
                Next::Wait { until } => {
                    assert!(until > clock, "waits for what is over");
                    self.now + (until - clock)
                }
                Next::Finished if self.job.is_finished() => return,
                Next::Finished => {
                    self.mend();
                    self.resumes_at.unwrap_or(self.now)
                }
            };
            let events = self.calls.iter().map(Call::next_at);
            self.now = events.chain([until]).min().unwrap_or(until);
        }
        panic!("no end: {:?}", self.job);
    }

    /// Lets a call out; what has changed is stored by now, as on the page.
    fn send(&mut self, question: Question) {
        let number = self.sent.len();
        if number == self.pause_at {
            self.job.pause();
            self.resumes_at = Some(self.now + self.world.dice.below(90_000));
        }
        if self.reload_at.0 == number || number == self.pause_at {
            self.store();
        }
        self.sent.push(self.now);
        let (Question::Read { index: item } | Question::Write { index: item, .. }) = question;
        let arrives_at = self.now + 1 + self.world.dice.below(200);
        let index = self.accounts[item];
        self.world.sent(self.now, index, is_write(&question));
        self.calls.push(Call {
            index,
            question,
            arrives_at,
            answers_at: arrives_at + 1 + self.world.dice.below(200),
            answer: None,
            is_abandoned: false,
        });
        let waiting = self.calls.iter().filter(|call| !call.is_abandoned);
        assert!(waiting.count() <= IN_FLIGHT);
        if self.reload_at.0 == number {
            self.reload();
        }
    }

    fn store(&mut self) {
        for piece in self.job.take_dirty() {
            self.stored.insert(piece.place, piece.text);
        }
    }

    /// Goes on from nothing but what was stored.
    fn reload(&mut self) {
        self.reload_at = (usize::MAX, u64::MAX);
        let head = &self.stored[&Place::Head];
        let chunk = |number| self.stored.get(&Place::Chunk(number)).cloned();
        self.job = Assigning::from_pieces(head, chunk).expect("a whole job");
        for call in self.calls.iter_mut().filter(|call| !call.is_abandoned) {
            call.is_abandoned = true;
            let has_arrived = call.answer.is_some();
            self.world
                .abandoned(call.index, is_write(&call.question), has_arrived);
        }
        if self.job.is_paused() && self.resumes_at.is_none() {
            self.resumes_at = Some(self.now + 1);
        }
        self.now += self.world.dice.below(4_000);
    }

    fn arrive_and_answer(&mut self) {
        for call in &mut self.calls {
            if call.answer.is_none() && call.arrives_at <= self.now {
                if call.is_abandoned && is_write(&call.question) {
                    self.world.drifted_in(call.index);
                }
                call.answer = Some(
                    self.world
                        .arrived(call.arrives_at, call.index, &call.question),
                );
            }
        }
        let is_over = |call: &Call| call.answer.is_some() && call.answers_at <= self.now;
        let clock = self.world.clock(self.now);
        let (over, out) = self.calls.drain(..).partition(is_over);
        self.calls = out;
        for call in over {
            let (Some(answer), false) = (call.answer, call.is_abandoned) else {
                continue;
            };
            self.world.heard(self.now, call.index, &answer);
            let item = self.items[call.index];
            match answer {
                Answer::Read(answer) => self.job.read(clock, item, answer),
                Answer::Written(answer) => self.job.written(clock, item, answer),
            }
        }
    }

    /// Somebody sees why the job stands still, and lets it go on after a while.
    fn mend(&mut self) {
        if self.resumes_at.is_some() {
            return;
        }
        let halted = self.job.halted().expect("a reason");
        if *halted == Error::ConsumerNotValid {
            self.world.faults.key_fails_at = u64::MAX;
        }
        self.resumes_at = Some(self.now + 20_000);
    }

    fn check_pace(&self) {
        // A clock that is set forward looks like a rest, after which there may be a burst.
        let bursts = usize::from(self.world.faults.clock.1 > 0);
        let most = MOST_IN_A_MINUTE + bursts * BURST;
        for (first, from) in self.sent.iter().enumerate() {
            let later = self.sent.get(first + most);
            assert!(later.is_none_or(|later| later - from >= 60_000), "too fast");
        }
    }

    fn check_stored(&mut self) {
        self.store();
        let head = &self.stored[&Place::Head];
        let chunk = |number| self.stored.get(&Place::Chunk(number)).cloned();
        let again = Assigning::from_pieces(head, chunk).expect("a whole job");
        assert_eq!(again.undo(), self.job.undo());
        for (again, item) in again.items().iter().zip(self.job.items()) {
            assert_eq!((&again.state, again.before), (&item.state, item.before));
        }
    }

    fn check_item(&self, item: usize) {
        let account = &self.world.accounts[self.accounts[item]];
        let item = &self.job.items()[item];
        let is_there = account.ends_with(item.wanted);
        let is_deleted = self.now >= self.world.faults.deleted_at;
        let says = format!("{item:?}\n{account:?}");
        match &item.state {
            State::Confirmed => {
                assert!(account.changes == 1 && !account.task_fails, "{says}");
                assert!(is_there || is_deleted, "{says}");
                let is_alone = self.world.faults.others == 0;
                assert!(!is_alone || item.before == Some(account.former), "{says}");
            }
            State::Already => {
                assert!(account.changes == 0, "{says}");
                assert!(
                    is_there || is_deleted || self.world.faults.others > 0,
                    "{says}"
                );
            }
            State::Failed(failure) => self.check_failure(failure, item, account),
            State::Unknown(doubt) => {
                assert!(*doubt == Doubt::Unread && account.is_gone(), "{says}");
            }
            _ => panic!("no end: {says}"),
        }
        if item.may_be_changed() || account.changes > 0 {
            assert!(account.changes == 0 || item.may_be_changed(), "{says}");
            assert!(item.before.is_some(), "{says}");
        }
    }

    fn check_failure(&self, failure: &Failure, item: &Item, account: &super::world::Model) {
        let says = format!("{item:?}\n{account:?}");
        let is_deleted = self.now >= self.world.faults.deleted_at;
        match failure {
            Failure::NotTaken => assert!(!account.ends_with(item.wanted), "{says}"),
            Failure::Answer(error) => match &**error {
                Error::NotFound => assert!(account.is_gone() || is_deleted, "{says}"),
                Error::Refused { status: 403, .. } => {
                    assert!(account.suspended_at <= self.now, "{says}");
                    assert!(!account.ends_with(item.wanted), "{says}");
                }
                _ => panic!("{says}"),
            },
            Failure::Unconfirmed | Failure::Stopped => panic!("{says}"),
        }
    }
}

/// What a course has cost, and what it would have cost without faults.
#[derive(Debug, Default)]
struct Cost {
    calls: usize,
    needed: usize,
}

fn course(world: World) -> Cost {
    let goals = (0..world.accounts.len()).map(|account| {
        let address = format!("a{account}@x.org");
        let wanted = TARGET;
        (account, Goal { address, wanted })
    });
    let goals = goals.collect();
    let mut course = Course::new(world, goals, BEGIN);
    course.play();
    course.check_pace();
    course.check_stored();
    let items = course.job.items();
    (0..items.len()).for_each(|item| course.check_item(item));
    let needed = items.iter().map(|item| match item.state {
        State::Confirmed => 3 + usize::from(item.filters_sent),
        _ => 1,
    });
    let cost = Cost {
        needed: needed.sum(),
        calls: course.sent.len(),
    };
    lead_back(course);
    cost
}

/// Undoes the course, with the same faults, and tries again what failed.
fn lead_back(mut course: Course) {
    course.world.calm_down();
    let goals = course.job.undo();
    let changed = course
        .world
        .accounts
        .iter()
        .filter(|account| account.changes > 0);
    assert!(goals.len() >= changed.count(), "something was forgotten");
    let mut wanted = vec![0; course.world.accounts.len()];
    let mut named = Vec::new();
    let mut items = course.job.items().iter().zip(&course.accounts);
    for goal in goals {
        // In the order of the items, so that each is found by going on.
        let found = items.find(|(item, _)| *item.address == *goal.address);
        let account = *found.expect("an address of the job").1;
        wanted[account] = goal.wanted;
        named.push((account, goal));
    }
    course.world.wanted = wanted;
    let mut back = Course::new(course.world, named, course.now + 100_000);
    for _ in 0..5 {
        back.play();
        back.job.retry_failed();
    }
    back.play();
    back.check_pace();
    for (item, goal) in back.job.items().iter().enumerate() {
        let account = &back.world.accounts[back.accounts[item]];
        let can_be = !account.is_gone() && account.suspended_at > back.now;
        let can_be = can_be && (!account.task_fails || account.changes == 0);
        let is_back = account.ends_with(goal.wanted);
        assert!(is_back || !can_be, "{goal:?}\n{account:?}");
    }
}

fn play_all(worlds: fn(u64) -> World, seeds: impl Iterator<Item = u64>) -> Cost {
    let mut total = Cost::default();
    for seed in seeds {
        let outcome = std::panic::catch_unwind(|| course(worlds(seed)));
        let cost = outcome.unwrap_or_else(|_| panic!("seed {seed}"));
        total.calls += cost.calls;
        total.needed += cost.needed;
    }
    total
}

/// Twice as many as there are to play, for two kinds of world.
fn seeds() -> impl Iterator<Item = u64> {
    0..COURSES / 2
}

#[test]
fn every_course_ends_in_what_is_true_and_costs_few_calls() {
    let cost = play_all(World::plain, seeds());
    println!("{cost:?}");
    assert!(cost.calls * 100 <= cost.needed * 115, "{cost:?}");
}

#[test]
fn every_wild_course_ends_in_what_is_true() {
    let cost = play_all(World::wild, seeds());
    assert!(cost.calls * 100 <= cost.needed * 160, "{cost:?}");
}
