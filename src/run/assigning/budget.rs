//! What may be tried again: one budget for all addresses, fed by good answers. Once it is used up
//! the whole job backs off, tries one call at a time, and at last stands still.

use serde_json::Value;

use crate::json::{self, Object};
use crate::run::dice::Dice;

/// In quarters of a repetition: each good answer earns one, so that up to a fifth of all calls may
/// fail for ever.
const FULL: u32 = 4 * 8;
const REPETITION: u32 = 4;
/// The first pause of the whole job, in milliseconds, then twice as long.
const PAUSE: u64 = 2_000;
const LONGEST_PAUSE: u64 = 60_000;
/// Pauses one after the other before the job stands still: about two minutes, with luck and
/// without between one and four.
const PAUSES: u32 = 8;
/// The same for pauses because everything is being worked on, which are longer.
const BUSY_PAUSE: u64 = 5_000;
const BUSY_PAUSES: u32 = 15;

/// Whose failure one more failure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// That of one address, as far as can be told.
    Here,
    /// Nothing goes well any more: no address is to blame.
    Everywhere,
    /// And that has been so for too long.
    ForGood,
}

/// Times are in milliseconds and never go back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Budget {
    quarters: u32,
    holds_until: u64,
    /// Pauses since the last good answer.
    pauses: u32,
    /// Pauses for busy objects since the last change that was taken.
    busy_pauses: u32,
    /// Whether anything went well since the job began or went on.
    is_proven: bool,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            quarters: FULL,
            holds_until: 0,
            pauses: 0,
            busy_pauses: 0,
            is_proven: false,
        }
    }
}

impl Budget {
    /// Before this nothing is sent.
    pub fn free_at(&self) -> u64 {
        self.holds_until
    }

    /// Whether one call at a time is enough, to see if it works: a key that has expired meanwhile
    /// need not be refused six times.
    pub fn is_trying(&self) -> bool {
        self.pauses > 0 || !self.is_proven
    }

    /// OVHcloud answered, and not about trouble of its own.
    pub fn answered(&mut self) {
        self.quarters = (self.quarters + 1).min(FULL);
        self.pauses = 0;
        self.is_proven = true;
    }

    /// OVHcloud took a change.
    pub fn changed(&mut self) {
        self.busy_pauses = 0;
    }

    /// A call failed that is worth repeating.
    pub fn failed(&mut self, now: u64, dice: &mut Dice) -> Trouble {
        if now < self.holds_until {
            // It was out already when the pause began.
            return Trouble::Everywhere;
        }
        if self.pauses == 0 && self.quarters >= REPETITION {
            self.quarters -= REPETITION;
            return Trouble::Here;
        }
        let longest = (PAUSE << self.pauses.min(10)).min(LONGEST_PAUSE);
        self.holds_until = now + jitter(longest, dice);
        self.pauses += 1;
        if self.pauses > PAUSES {
            Trouble::ForGood
        } else {
            Trouble::Everywhere
        }
    }

    /// One address after the other is being worked on. Whether that has gone on for too long.
    pub fn busy(&mut self, now: u64, dice: &mut Dice) -> bool {
        let longest = (BUSY_PAUSE << self.busy_pauses.min(10)).min(LONGEST_PAUSE);
        self.holds_until = self.holds_until.max(now + jitter(longest, dice));
        self.busy_pauses += 1;
        self.busy_pauses > BUSY_PAUSES
    }

    /// Begins anew, because somebody says so.
    pub fn try_again(&mut self) {
        *self = Self::default();
    }

    pub fn to_json(&self) -> Value {
        Object::new()
            .with("quarters", self.quarters.into())
            .with("holdsUntil", self.holds_until.into())
            .with("pauses", self.pauses.into())
            .with("busyPauses", self.busy_pauses.into())
            .into_value()
    }

    pub fn from_json(value: &Value) -> Option<Self> {
        let fields = value.as_object()?;
        Some(Self {
            quarters: json::count(fields, "quarters")?.min(FULL),
            holds_until: json::whole(fields, "holdsUntil")?,
            pauses: json::count(fields, "pauses")?,
            busy_pauses: json::count(fields, "busyPauses")?,
            is_proven: false,
        })
    }
}

/// Anything up to the longest, so that those who failed together do not come back together.
pub(super) fn jitter(longest: u64, dice: &mut Dice) -> u64 {
    1 + dice.below(longest.max(1))
}

#[cfg(test)]
mod tests {
    use super::{Budget, FULL, REPETITION, Trouble};
    use crate::run::dice::Dice;

    #[test]
    fn a_fifth_of_all_calls_may_fail_for_ever() {
        let (mut budget, mut dice) = (Budget::default(), Dice::new(1));
        for _ in 0..1_000 {
            assert_eq!(budget.failed(5, &mut dice), Trouble::Here);
            for _ in 0..4 {
                budget.answered();
            }
            assert!(!budget.is_trying());
        }
    }

    #[test]
    fn when_nothing_works_it_pauses_longer_and_longer_and_gives_up() {
        let mut total = 0;
        for seed in 0..200 {
            let (mut budget, mut dice) = (Budget::default(), Dice::new(seed));
            for _ in 0..FULL / REPETITION {
                assert_eq!(budget.failed(1_000, &mut dice), Trouble::Here);
                assert_eq!(budget.free_at(), 0);
            }
            let mut now = 1_000;
            for pause in 0..8 {
                assert_eq!(budget.failed(now, &mut dice), Trouble::Everywhere);
                assert!(budget.is_trying() && budget.free_at() > now);
                assert!(budget.free_at() <= now + (2_000 << pause).min(60_000));
                // What was out already is part of the same trouble.
                assert_eq!(budget.failed(now, &mut dice), Trouble::Everywhere);
                now = budget.free_at();
            }
            assert_eq!(budget.failed(now, &mut dice), Trouble::ForGood);
            total += now - 1_000;
        }
        assert!((90_000..150_000).contains(&(total / 200)), "{total}");
    }

    #[test]
    fn one_good_answer_ends_the_pauses() {
        let (mut budget, mut dice) = (Budget::default(), Dice::new(1));
        let mut now = 1_000;
        while budget.free_at() == 0 {
            budget.failed(now, &mut dice);
        }
        budget.answered();
        assert!(!budget.is_trying());
        // Nothing is earned yet: the next failure is a short pause again.
        now = budget.free_at();
        assert_eq!(budget.failed(now, &mut dice), Trouble::Everywhere);
        assert!(budget.free_at() <= now + 2_000);
        budget.is_proven = false;
        assert_eq!(Budget::from_json(&budget.to_json()), Some(budget));
    }

    #[test]
    fn tries_one_call_until_something_goes_well() {
        let mut budget = Budget::default();
        assert!(budget.is_trying());
        budget.answered();
        assert!(!budget.is_trying());
        budget.try_again();
        assert!(budget.is_trying());
    }
}
