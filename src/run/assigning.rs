//! Setting the connector of many addresses: attaching, moving, detaching, and undoing all three.
//!
//! Every address is read before it is written, so that nothing is sent that is already so and there
//! is a way back, and read again later, since the API answers a change with `null`; meanwhile the
//! others go on. A lost answer is settled by reading: what was never seen to be missing is not
//! written again. The job keeps to its [`Pace`], slows down when OVHcloud says so, repeats what may
//! pass under one budget for all addresses, and stands still, with nothing lost, when every further
//! call would fail alike.

mod answers;
mod budget;
mod estimate;
mod item;
mod ledger;
mod patience;
mod refusals;
mod turn;

pub use estimate::{Holding, Remaining};
pub use item::{Counts, Doubt, Failure, Goal, Item, State};
pub use ledger::{Piece, Place};

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashSet, VecDeque};

use super::dice::Dice;
use super::pace::{Gate, Pace};
use super::time::Time;
use crate::ovh::Error;
use crate::ovh::exchange::SpamAndVirus;
use budget::Budget;
use patience::Patience;
use refusals::Refusals;

/// Calls that may be out at once; a browser opens no more connections to one server.
pub const IN_FLIGHT: usize = 6;

/// A job over many addresses, kept in [pieces](Piece) as it goes: nothing secret is in it.
///
/// Up to [`IN_FLIGHT`] senders share one job. Each stores what [`Assigning::take_dirty_of`] gives
/// before it sends a change that [`Assigning::next`] asks for; the rest, [`Assigning::take_dirty`],
/// may wait for a moment, as it can be read again.
#[derive(Clone, Debug)]
pub struct Assigning {
    /// Tells the pieces of this job from those of another.
    mark: u64,
    items: Vec<Item>,
    counts: Counts,
    /// What is to be read and never was is at or behind this place.
    fresh: usize,
    /// What is to be written.
    ready: VecDeque<usize>,
    /// What waits, by the time at which it is due. An item that is neither fresh, ready, out nor at
    /// its end is in here, once.
    waiting: BinaryHeap<Reverse<(u64, usize)>>,
    /// Changes whose answers a break has lost, until there is a time from which to wait.
    lost: Vec<usize>,
    time: Time,
    gate: Gate,
    budget: Budget,
    patience: Patience,
    reads: Refusals,
    writes: Refusals,
    dice: Dice,
    paused: bool,
    phase: Phase,
    halted: Option<Error>,
    /// Those whose refusals made the job stand still: they are tried again where it goes on.
    refused_alike: Vec<usize>,
    /// What made the job slow down or wait, until something goes well.
    trouble: Option<Error>,
    /// What is to be stored: chunks by number, and the head.
    dirty: BTreeSet<usize>,
    head_is_dirty: bool,
}

/// How far the person lets the job go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Only looks at the addresses, and changes none.
    Surveying,
    Working,
    /// Ended before its end.
    Stopped,
}

/// What to ask next, about the item at `index`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    Read {
        index: usize,
    },
    /// Set the connector that the item wants. With filters: the short body was refused, so they go
    /// along as they were read, with `deleteVirus` switched on.
    Write {
        index: usize,
        filters: Option<SpamAndVirus>,
    },
}

impl Assigning {
    /// A job over these addresses, each once; `seed` is any number that no other job has. What is
    /// said a second time about an address does not count: two calls about it could meet.
    pub fn new(goals: impl IntoIterator<Item = Goal>, pace: Pace, seed: u64) -> Self {
        let mut known = HashSet::new();
        let goals = goals.into_iter();
        let goals = goals.filter(|goal| known.insert(goal.address.to_lowercase()));
        let items = goals.map(Item::new).collect();
        let mut job = Self::with(seed, items, Gate::new(pace), Dice::new(seed));
        job.soil_all();
        job
    }

    fn with(mark: u64, items: Vec<Item>, gate: Gate, dice: Dice) -> Self {
        Self {
            mark,
            counts: Counts::of(&items),
            patience: Patience::for_items(items.len()),
            items,
            fresh: 0,
            ready: VecDeque::new(),
            waiting: BinaryHeap::new(),
            lost: Vec::new(),
            time: Time::default(),
            gate,
            budget: Budget::default(),
            reads: Refusals::default(),
            writes: Refusals::default(),
            dice,
            paused: false,
            phase: Phase::Working,
            halted: None,
            refused_alike: Vec::new(),
            trouble: None,
            dirty: BTreeSet::new(),
            head_is_dirty: false,
        }
    }

    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// How many addresses are in each state.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// Whether every address has reached an end.
    pub fn is_finished(&self) -> bool {
        self.counts.ended() == self.items.len()
    }

    /// Why no further call is made until the job is resumed.
    pub fn halted(&self) -> Option<&Error> {
        self.halted.as_ref()
    }

    pub fn is_paused(&self) -> bool {
        self.paused
    }

    /// Nothing more is sent until somebody says so.
    pub fn stands_still(&self) -> bool {
        self.paused || self.halted.is_some() || self.is_stopped()
    }

    /// Sends nothing more until the job is resumed; answers that are out are still heard.
    pub fn pause(&mut self) {
        self.paused = true;
        self.head_is_dirty = true;
    }

    /// Only looks at the addresses, so that it can be said what would be changed.
    pub fn survey(&mut self) {
        self.phase = Phase::Surveying;
        self.head_is_dirty = true;
    }

    pub fn is_surveying(&self) -> bool {
        self.phase == Phase::Surveying
    }

    /// Changes what is to be changed, after it was only looked at.
    pub fn release(&mut self) {
        self.phase = Phase::Working;
        self.head_is_dirty = true;
    }

    /// Ends the job: what is not begun stays as it is, what was sent and not seen stays in doubt. A
    /// change that is out is still heard, so that nothing else is done about its address before.
    pub fn stop(&mut self) {
        self.phase = Phase::Stopped;
        self.head_is_dirty = true;
        self.fresh = self.items.len();
        self.ready.clear();
        self.waiting.clear();
        self.lost.clear();
        for index in std::mem::take(&mut self.refused_alike) {
            let item = &self.items[index];
            if let (State::ToRead, Some(why)) = (&item.state, &self.halted)
                && !item.may_be_changed()
            {
                let why = Failure::Answer(Box::new(why.clone()));
                self.put(index, State::Failed(why));
            }
        }
        for index in 0..self.items.len() {
            self.end_if_stopped(index);
        }
    }

    pub fn is_stopped(&self) -> bool {
        self.phase == Phase::Stopped
    }

    /// Where the job was stopped, whatever is not out and not at its end is left as it is.
    fn end_if_stopped(&mut self, index: usize) {
        let item = &self.items[index];
        if !self.is_stopped() || item.state == State::Writing || item.state.is_end() {
            return;
        }
        let end = if item.may_be_changed() {
            State::Unknown(Doubt::Stopped)
        } else {
            State::Failed(Failure::Stopped)
        };
        self.put(index, end);
        self.ready.clear();
        self.waiting.clear();
        self.lost.clear();
    }

    /// Another call than the job's was sent with the same keys: the pace is for both.
    pub fn make_room(&mut self, now: u64) {
        let now = self.time.told(now);
        self.gate.spend(now);
        self.head_is_dirty = true;
    }

    /// Goes on after a pause or a halt.
    pub fn resume(&mut self, now: u64) {
        self.time.told(now);
        (self.paused, self.halted, self.trouble) = (false, None, None);
        self.gate.try_again();
        self.budget.try_again();
        self.refused_alike.clear();
        for item in &mut self.items {
            item.failures = 0;
        }
        self.head_is_dirty = true;
    }

    /// Not every change was on record before it was sent: what was to be read or sent may have been
    /// sent, and what had failed may have been tried again.
    pub fn distrust(&mut self) {
        if self.is_surveying() {
            return;
        }
        self.ready.clear();
        for index in 0..self.items.len() {
            match self.items[index].state {
                State::ToRead | State::ToWrite => self.is_lost(index),
                State::Failed(_) => {
                    self.items[index].lose_answer();
                    self.put(index, State::Unknown(Doubt::Unread));
                }
                _ => {}
            }
        }
    }

    /// The answer to a change is lost for good.
    fn is_lost(&mut self, index: usize) {
        self.items[index].lose_answer();
        self.items[index].since = self.time.last();
        self.put(index, State::Sent);
        self.lost.push(index);
    }

    /// Begins everything anew that failed or stayed in doubt, from reading.
    pub fn retry_failed(&mut self) {
        self.phase = Phase::Working;
        self.head_is_dirty = true;
        for index in 0..self.items.len() {
            if let State::Failed(_) | State::Unknown(_) = self.items[index].state {
                self.items[index].begin_anew();
                self.read_from(index, 0);
            }
        }
    }

    /// What leads back: the former connector of every address that was or may have been changed.
    pub fn undo(&self) -> Vec<Goal> {
        let ways_back = self.items.iter().filter_map(Item::way_back);
        ways_back.collect()
    }

    /// Whether anything leads back.
    pub fn can_be_undone(&self) -> bool {
        self.items.iter().any(|item| item.way_back().is_some())
    }

    /// Changes the state of an item, and notes what is to be stored: not what a break would undo.
    fn put(&mut self, index: usize, state: State) {
        let item = &mut self.items[index];
        self.counts.move_one(&item.state, &state);
        let is_passing = matches!(
            (&item.state, &state),
            (_, State::Reading | State::Confirming)
                | (State::Reading, State::ToRead)
                | (State::Confirming, State::Sent)
        );
        item.state = state;
        if !is_passing {
            self.dirty.insert(ledger::chunk_of(index));
        }
    }

    /// To be read, from a time on.
    fn read_from(&mut self, index: usize, at: u64) {
        self.put(index, State::ToRead);
        if index < self.fresh {
            self.waiting.push(Reverse((at, index)));
        }
    }

    /// To be looked at again after a change, from a time on.
    fn look_again(&mut self, index: usize, at: u64) {
        self.put(index, State::Sent);
        self.waiting.push(Reverse((at, index)));
    }
}

#[cfg(test)]
mod tests;
