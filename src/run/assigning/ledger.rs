//! The job as text, in pieces, so that a step stores little: a head, and the items in chunks.
//!
//! An item is a list: its address and what it wants, and unless it is still untouched, a letter for
//! its state, what it had before, flags and numbers. What is out or about to be sent is stored so
//! that it is read again after a break.

use serde_json::Value;

use super::budget::Budget;
use super::patience::Patience;
use super::{Assigning, Doubt, Failure, Item, Phase, State};
use crate::json::{self, Object};
use crate::ovh::Error;
use crate::run::dice::Dice;
use crate::run::pace::Gate;
use crate::run::time::Time;

/// Items in one chunk.
const CHUNK: usize = 64;

/// Where a piece of the job is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    Chunk(usize),
    Head,
}

/// A piece of the job, to be stored at its place over what was there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub place: Place,
    pub text: String,
}

impl Place {
    /// A short name, to store it under.
    pub fn name(self) -> String {
        match self {
            Self::Chunk(number) => number.to_string(),
            Self::Head => "head".to_owned(),
        }
    }
}

/// The number of the chunk that an item is in.
pub(super) fn chunk_of(index: usize) -> usize {
    index / CHUNK
}

impl Assigning {
    /// The pieces that have changed since they were taken last, the head at the end, so that what
    /// has a head is whole.
    pub fn take_dirty(&mut self) -> Vec<Piece> {
        let is_head = std::mem::take(&mut self.head_is_dirty);
        let chunks = std::mem::take(&mut self.dirty).into_iter();
        let chunks = chunks.map(|number| self.chunk(number));
        let head = is_head.then(|| Piece {
            place: Place::Head,
            text: self.head_to_text(),
        });
        chunks.chain(head).collect()
    }

    /// The piece that this item is in, if it has changed: what an address had before is to be on
    /// record before a change of it is sent.
    pub fn take_dirty_of(&mut self, index: usize) -> Option<Piece> {
        let number = chunk_of(index);
        self.dirty.remove(&number).then(|| self.chunk(number))
    }

    fn chunk(&self, number: usize) -> Piece {
        Piece {
            place: Place::Chunk(number),
            text: self.chunk_to_text(number),
        }
    }

    /// A piece could not be stored: it counts as changed again.
    pub fn not_stored(&mut self, place: Place) {
        match place {
            Place::Chunk(number) => {
                self.dirty.insert(number);
            }
            Place::Head => self.head_is_dirty = true,
        }
    }

    /// How many chunks the job has.
    pub fn chunks(&self) -> usize {
        self.items.len().div_ceil(CHUNK)
    }

    /// Everything is to be stored, as if nothing had been.
    pub fn soil_all(&mut self) {
        self.dirty.extend(0..self.chunks());
        self.head_is_dirty = true;
    }

    /// The job back from its head and its chunks by number, as far as it was stored; `None` where a
    /// piece is missing, damaged, or from another job. Whatever was out is in doubt.
    pub fn from_pieces(head: &str, chunk: impl Fn(usize) -> Option<String>) -> Option<Self> {
        let head = json::parse(head)?;
        let fields = head.as_object()?;
        let mark = json::whole(fields, "mark")?;
        let count = usize::try_from(json::whole(fields, "count")?).ok()?;
        let mut items = Vec::new();
        for number in 0..count.div_ceil(CHUNK) {
            read_chunk(&chunk(number)?, mark, &mut items)?;
            (items.len() == count.min((number + 1) * CHUNK)).then_some(())?;
        }
        let gate = Gate::from_json(json::field(fields, "gate")?)?;
        let dice = Dice::new(json::whole(fields, "dice")?);
        let mut job = Self::with(mark, items, gate, dice);
        job.budget = Budget::from_json(json::field(fields, "budget")?)?;
        job.patience = Patience::from_millis(json::whole(fields, "wait")?);
        job.time = Time::since(json::whole(fields, "time")?);
        job.paused = json::truth(fields, "paused")?;
        job.phase = match (
            json::truth(fields, "surveys")?,
            json::truth(fields, "stopped")?,
        ) {
            (true, _) => Phase::Surveying,
            (false, true) => Phase::Stopped,
            (false, false) => Phase::Working,
        };
        job.halted = json::field(fields, "halted").and_then(Error::from_json);
        for index in 0..job.items.len() {
            match job.items[index].state {
                State::Sent => job.look_again(index, 0),
                State::Writing => job.is_lost(index),
                // What was read is gone.
                State::ToWrite if job.items[index].needs_filters => job.read_from(index, 0),
                State::ToWrite => job.ready.push_back(index),
                _ => {}
            }
        }
        if job.is_stopped() {
            job.stop();
        }
        Some(job)
    }

    fn head_to_text(&self) -> String {
        let halted = self.halted.as_ref().map(Error::to_json);
        Object::new()
            .with("mark", self.mark.into())
            .with("count", self.items.len().into())
            .with("gate", self.gate.to_json())
            .with("budget", self.budget.to_json())
            .with("wait", self.patience.wait(false).into())
            .with("time", self.time.last().into())
            .with("dice", self.dice.state().into())
            .with("paused", self.paused.into())
            .with("surveys", self.is_surveying().into())
            .with("stopped", self.is_stopped().into())
            .with("halted", halted.into())
            .to_text()
    }

    fn chunk_to_text(&self, number: usize) -> String {
        let items = self.items.iter().skip(number * CHUNK).take(CHUNK);
        let mut text = String::with_capacity(CHUNK * 48);
        text.push('[');
        text.push_str(&self.mark.to_string());
        for item in items {
            text.push(',');
            item.write(&mut text);
        }
        text.push(']');
        text
    }
}

fn read_chunk(text: &str, mark: u64, items: &mut Vec<Item>) -> Option<()> {
    let Value::Array(values) = json::parse(text)? else {
        return None;
    };
    let (first, values) = values.split_first()?;
    (first.as_u64()? == mark).then_some(())?;
    for value in values {
        items.push(Item::from_json(value)?);
    }
    Some(())
}

const TOUCHED: u64 = 1;
const IN_DOUBT: u64 = 2;
const NEEDS_FILTERS: u64 = 4;
const FILTERS_SENT: u64 = 8;

impl Item {
    fn flags(&self) -> u64 {
        let flag = |is_set, flag| if is_set { flag } else { 0 };
        flag(self.is_touched, TOUCHED)
            + flag(self.is_in_doubt, IN_DOUBT)
            + flag(self.needs_filters, NEEDS_FILTERS)
            + flag(self.filters_sent, FILTERS_SENT)
    }

    fn write(&self, text: &mut String) {
        text.push('[');
        json::write_text(&self.address, text);
        let number = |text: &mut String, number: u64| {
            text.push(',');
            text.push_str(&number.to_string());
        };
        number(text, self.wanted);
        let letter = letter(&self.state);
        let flags = self.flags();
        if letter != 'r' || flags != 0 {
            text.push_str(",\"");
            text.push(letter);
            text.push('"');
            match self.before {
                Some(before) => number(text, before),
                None => text.push_str(",null"),
            }
            number(text, flags);
        }
        match &self.state {
            State::Failed(Failure::Answer(error)) => {
                text.push(',');
                json::write(&error.to_json(), text);
            }
            State::Sent | State::Confirming => {
                number(text, self.since);
                number(text, self.looks.into());
                number(text, self.lost_answers.into());
            }
            State::ToWrite => number(text, self.since),
            _ => {}
        }
        text.push(']');
    }

    fn from_json(value: &Value) -> Option<Self> {
        let fields = value.as_array()?;
        let whole = |place: usize| fields.get(place).and_then(Value::as_u64);
        let small = |place: usize| whole(place).and_then(|whole| u8::try_from(whole).ok());
        let address = fields.first()?.as_str()?.to_owned();
        let wanted = whole(1)?;
        let mut item = Self::new(super::Goal { address, wanted });
        let Some(letter) = fields.get(2) else {
            return Some(item);
        };
        item.state = match letter.as_str()? {
            "a" => State::Failed(Failure::Answer(Box::new(Error::from_json(fields.get(5)?)?))),
            letter => PLAIN
                .iter()
                .find(|(_, known)| known.encode_utf8(&mut [0; 4]) == letter)
                .map(|(state, _)| state.clone())?,
        };
        item.before = whole(3);
        let flags = whole(4)?;
        item.is_touched = flags & TOUCHED != 0;
        item.is_in_doubt = flags & IN_DOUBT != 0;
        item.needs_filters = flags & NEEDS_FILTERS != 0;
        item.filters_sent = flags & FILTERS_SENT != 0;
        if matches!(item.state, State::Sent | State::ToWrite) {
            item.since = whole(5)?;
        }
        if item.state == State::Sent {
            item.looks = small(6)?;
            item.lost_answers = small(7)?;
        }
        Some(item)
    }
}

/// The letters for the states that carry nothing and are not on their way to another.
const PLAIN: &[(State, char)] = &[
    (State::ToRead, 'r'),
    (State::ToWrite, 't'),
    (State::Writing, 'w'),
    (State::Sent, 's'),
    (State::Confirmed, 'c'),
    (State::Already, 'y'),
    (State::Unknown(Doubt::Unread), 'u'),
    (State::Unknown(Doubt::Stopped), 'v'),
    (State::Failed(Failure::NotTaken), 'n'),
    (State::Failed(Failure::Unconfirmed), 'p'),
    (State::Failed(Failure::Stopped), 'e'),
];

fn letter(state: &State) -> char {
    match state {
        State::Failed(Failure::Answer(_)) => 'a',
        State::Confirming => 's',
        plain => {
            let known = PLAIN.iter().find(|(state, _)| state == plain);
            known.map_or('r', |(_, letter)| *letter)
        }
    }
}
