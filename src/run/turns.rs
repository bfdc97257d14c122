//! Whose turn it is in a sitting. All that is sent counts towards the pace; what reads many things one
//! after the other waits until a call fits in, however many such readings go on side by side, and
//! leaves the pace to a job that changes something, but for a tenth, which the job makes room for.

use super::dice::Dice;
use super::pace::{Gate, Pace};
use super::time::Time;
use crate::ovh::Error;

/// However busy a job is, of so many calls one is a reading: somebody may be looking at it.
const SHARE: u64 = 10;

/// The turns of one sitting. Times are in milliseconds, as the clock shows them.
#[derive(Clone, Debug)]
pub struct Turns {
    gate: Gate,
    time: Time,
    dice: Dice,
    /// Since when a reading has waited for its turn.
    waits_since: Option<u64>,
}

impl Turns {
    /// `seed` is any number.
    pub fn new(pace: Pace, seed: u64) -> Self {
        Self {
            gate: Gate::new(pace),
            time: Time::default(),
            dice: Dice::new(seed),
            waits_since: None,
        }
    }

    /// Takes a reading's turn, or says until when it has to wait for it.
    pub fn take(&mut self, now: u64) -> Option<u64> {
        let now = self.time.told(now);
        let since = *self.waits_since.get_or_insert(now);
        let latest = since + SHARE * self.gate.interval();
        let latest = latest.max(self.gate.rests_until());
        let until = self.gate.free_at(now).min(latest);
        if until > now {
            return Some(self.time.on_clock(until));
        }
        self.waits_since = None;
        None
    }

    /// A call was sent, in its turn or not.
    pub fn sent(&mut self, now: u64) {
        self.gate.sent(self.time.told(now));
    }

    /// A call was answered: slower, or a little faster again.
    pub fn heard<T>(&mut self, now: u64, answer: &Result<T, Error>) {
        let now = self.time.told(now);
        match answer {
            Ok(_) => self.gate.answered(now),
            Err(Error::TooFast { retry_after }) => {
                self.gate.refused(now, *retry_after, &mut self.dice);
            }
            Err(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Turns;
    use crate::ovh::Error;
    use crate::run::pace::Pace;

    const BEGIN: u64 = 1_000_000;

    /// Waits for the turn and takes it; when that was.
    fn take(turns: &mut Turns, now: u64) -> u64 {
        let at = turns.take(now).unwrap_or(now);
        assert!(at == now || turns.take(at).is_none());
        turns.sent(at);
        at
    }

    #[test]
    fn two_readings_side_by_side_keep_to_one_pace() {
        let mut turns = Turns::new(Pace::default(), 1);
        let mut now = BEGIN;
        let mut sent = Vec::new();
        for _ in 0..200 {
            // Both wait for the same turn. One takes it; the other finds it taken, and waits again.
            let both = turns.clone().take(now).unwrap_or(now);
            now = take(&mut turns, now);
            assert_eq!(now, both);
            sent.push(now);
        }
        for (index, at) in sent.iter().enumerate() {
            let later = sent.get(index + 70);
            assert!(later.is_none_or(|later| later - at >= 60_000), "{index}");
        }
    }

    #[test]
    fn a_job_that_takes_the_whole_pace_leaves_a_tenth() {
        let mut turns = Turns::new(Pace::default(), 1);
        let (mut now, mut readings) = (BEGIN, 0);
        for _ in 0..200 {
            // A job that takes the whole pace for itself.
            turns.sent(now);
            if turns.take(now).is_none() {
                turns.sent(now);
                readings += 1;
            }
            now += 1_000;
        }
        // The first burst has room for nine; from then on a tenth is theirs.
        assert!((25..=30).contains(&readings), "{readings}");
    }

    #[test]
    fn a_refusal_of_any_call_lets_the_readings_rest() {
        let mut turns = Turns::new(Pace::per_minute(0), 1);
        assert_eq!(take(&mut turns, BEGIN), BEGIN);
        let refused: Result<(), Error> = Err(Error::TooFast {
            retry_after: Some(20),
        });
        turns.heard(BEGIN, &refused);
        let next = turns.take(BEGIN).unwrap_or(BEGIN);
        assert!((20_000..21_000).contains(&(next - BEGIN)), "{next}");
        // Other failures say nothing of the pace.
        turns.heard(next, &Err::<(), _>(Error::Offline));
        assert_eq!(turns.take(next), None);
    }

    #[test]
    fn a_clock_that_is_set_back_lets_nobody_wait_for_ever() {
        let mut turns = Turns::new(Pace::default(), 1);
        for _ in 0..12 {
            turns.sent(BEGIN);
        }
        let day_before = BEGIN - 900_000;
        assert_eq!(turns.take(day_before), Some(day_before + 3_000));
    }
}
