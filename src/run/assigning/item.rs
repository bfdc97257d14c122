//! One address of the job, and how many there are in each state.

use super::patience::Patience;
use crate::ovh::Error;
use crate::ovh::exchange::SpamAndVirus;

/// What one address is to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    pub address: String,
    /// The connector's id, 0 for none.
    pub wanted: u64,
}

/// One address on its way.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, and a million items are kept"
)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub address: Box<str>,
    /// The connector's id, 0 for none.
    pub wanted: u64,
    /// The connector that it had before anything was sent, 0 for none; `None` until it was read.
    pub before: Option<u64>,
    pub state: State,
    /// Whether the longer body was taken, or may have been; see [`super::Question::Write`].
    pub filters_sent: bool,
    /// Whether a change was taken, or its answer lost.
    pub(super) is_touched: bool,
    /// Whether the answer to the last change was lost.
    pub(super) is_in_doubt: bool,
    /// Whether the short body was refused.
    pub(super) needs_filters: bool,
    /// Answers to changes that were lost.
    pub(super) lost_answers: u8,
    /// Looks since the last change, or since the account was seen at work, without an end.
    pub(super) looks: u8,
    /// Those among them that showed no pending task either.
    pub(super) without_trace: u8,
    /// Failures one after the other.
    pub(super) failures: u8,
    /// The time from which the present state counts, where it does.
    pub(super) since: u64,
    /// The filters as they were read, while a change may need them.
    pub(super) filters: Option<Box<SpamAndVirus>>,
}

/// Where one address stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    ToRead,
    Reading,
    ToWrite,
    /// The change is out and unanswered.
    Writing,
    /// The change was taken, or its answer lost: reading tells.
    Sent,
    Confirming,
    /// It was changed, and OVHcloud shows it.
    Confirmed,
    /// It was as wanted before anything was sent.
    Already,
    Failed(Failure),
    /// Whether it was changed is not known.
    Unknown(Doubt),
}

/// Why nothing is known of a change that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// No answer tells.
    Unread,
    /// The job was ended before anybody looked.
    Stopped,
}

/// Why an address has not what it was to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// OVHcloud's answer.
    Answer(Box<Error>),
    /// OVHcloud took the change, and it is not there; or the change never got through.
    NotTaken,
    /// Still being worked on after ten minutes.
    Unconfirmed,
    /// The job was ended before it began with this one.
    Stopped,
}

impl State {
    pub fn is_end(&self) -> bool {
        matches!(
            self,
            Self::Confirmed | Self::Already | Self::Failed(_) | Self::Unknown(_)
        )
    }
}

impl Item {
    pub(super) fn new(goal: Goal) -> Self {
        Self {
            address: goal.address.into(),
            wanted: goal.wanted,
            before: None,
            state: State::ToRead,
            filters_sent: false,
            is_touched: false,
            is_in_doubt: false,
            needs_filters: false,
            lost_answers: 0,
            looks: 0,
            without_trace: 0,
            failures: 0,
            since: 0,
            filters: None,
        }
    }

    /// Whether it may have another connector than before.
    pub fn may_be_changed(&self) -> bool {
        self.is_touched || self.state == State::Writing
    }

    /// The former connector of what was or may have been changed.
    pub(super) fn way_back(&self) -> Option<Goal> {
        let wanted = self.before.filter(|_| self.may_be_changed())?;
        let address = self.address.to_string();
        Some(Goal { address, wanted })
    }

    /// Whether it may have another connector than before, and what it had was never kept.
    pub fn has_no_way_back(&self) -> bool {
        self.may_be_changed() && self.before.is_none()
    }

    /// When the first look at a change is due; `None` where it is not the first, or none.
    pub(super) fn first_look(&self, patience: Patience) -> Option<u64> {
        let is_first = self.state == State::Sent && self.looks == 0;
        is_first.then(|| self.since + patience.wait(self.is_in_doubt))
    }

    pub(super) fn filters_to_send(&self) -> Option<SpamAndVirus> {
        let filters = self.filters.as_deref().filter(|_| self.needs_filters)?;
        Some(filters.clone().with_viruses_deleted())
    }

    /// The answer to a change is lost: it may have been made.
    pub(super) fn lose_answer(&mut self) {
        (self.is_touched, self.is_in_doubt) = (true, true);
        self.lost_answers = self.lost_answers.saturating_add(1);
        (self.looks, self.without_trace) = (0, 0);
        self.filters_sent |= self.needs_filters;
        self.filters = None;
    }

    /// Forgets what was tried, not what was done.
    pub(super) fn begin_anew(&mut self) {
        (self.looks, self.without_trace) = (0, 0);
        (self.failures, self.lost_answers) = (0, 0);
    }
}

/// How many addresses are in each state; the field is named after the state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub to_read: usize,
    pub reading: usize,
    pub to_write: usize,
    pub writing: usize,
    pub sent: usize,
    pub confirming: usize,
    pub confirmed: usize,
    pub already: usize,
    pub failed: usize,
    pub unknown: usize,
}

impl Counts {
    pub(super) fn of(items: &[Item]) -> Self {
        let mut counts = Self::default();
        for item in items {
            *counts.of_state(&item.state) += 1;
        }
        counts
    }

    fn of_state(&mut self, state: &State) -> &mut usize {
        match state {
            State::ToRead => &mut self.to_read,
            State::Reading => &mut self.reading,
            State::ToWrite => &mut self.to_write,
            State::Writing => &mut self.writing,
            State::Sent => &mut self.sent,
            State::Confirming => &mut self.confirming,
            State::Confirmed => &mut self.confirmed,
            State::Already => &mut self.already,
            State::Failed(_) => &mut self.failed,
            State::Unknown(_) => &mut self.unknown,
        }
    }

    pub(super) fn move_one(&mut self, from: &State, to: &State) {
        *self.of_state(from) -= 1;
        *self.of_state(to) += 1;
    }

    /// All of them.
    pub fn all(&self) -> usize {
        self.to_read
            + self.reading
            + self.to_write
            + self.writing
            + self.sent
            + self.confirming
            + self.ended()
    }

    /// Those about which a call is out.
    pub fn out(&self) -> usize {
        self.reading + self.writing + self.confirming
    }

    /// Those that have reached an end, good or bad.
    pub fn ended(&self) -> usize {
        self.confirmed + self.already + self.failed + self.unknown
    }
}
