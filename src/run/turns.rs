//! Whose turn it is in a sitting. Every call counts towards the pace; readings that nobody waits for
//! wait until one fits in, however many of them go on side by side, and leave the pace to the rest.

use super::dice::Dice;
use super::pace::{Gate, Pace};
use super::time::Time;
use crate::ovh::Error;

/// The turns of one sitting. Times are in milliseconds, as the clock shows them.
#[derive(Clone, Debug)]
pub struct Turns {
    gate: Gate,
    time: Time,
    dice: Dice,
}

impl Turns {
    /// `seed` is any number.
    pub fn new(pace: Pace, seed: u64) -> Self {
        Self {
            gate: Gate::new(pace),
            time: Time::default(),
            dice: Dice::new(seed),
        }
    }

    /// When a reading may be sent that takes its turn: `now` where it may be sent at once.
    pub fn next_at(&mut self, now: u64) -> u64 {
        let now = self.time.told(now);
        self.time.on_clock(self.gate.free_at(now))
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
        let at = turns.next_at(now);
        assert_eq!(turns.next_at(at), at);
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
            let both = turns.next_at(now);
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
    fn what_somebody_waits_for_goes_first() {
        let mut turns = Turns::new(Pace::default(), 1);
        let (mut now, mut readings) = (BEGIN, 0);
        for _ in 0..200 {
            // A job that takes the whole pace for itself.
            turns.sent(now);
            if turns.next_at(now) == now {
                turns.sent(now);
                readings += 1;
            }
            now += 1_000;
        }
        assert_eq!(readings, 9, "no more than the first burst has room for");
        assert!(turns.next_at(now) <= now + 1_000, "the job is over");
    }

    #[test]
    fn a_refusal_of_any_call_lets_the_readings_rest() {
        let mut turns = Turns::new(Pace::per_minute(0), 1);
        assert_eq!(take(&mut turns, BEGIN), BEGIN);
        let refused: Result<(), Error> = Err(Error::TooFast {
            retry_after: Some(20),
        });
        turns.heard(BEGIN, &refused);
        let next = turns.next_at(BEGIN);
        assert!((20_000..21_000).contains(&(next - BEGIN)), "{next}");
        // Other failures say nothing of the pace.
        turns.heard(next, &Err::<(), _>(Error::Offline));
        assert_eq!(turns.next_at(next), next);
    }

    #[test]
    fn a_clock_that_is_set_back_lets_nobody_wait_for_ever() {
        let mut turns = Turns::new(Pace::default(), 1);
        for _ in 0..12 {
            turns.sent(BEGIN);
        }
        let day_before = BEGIN - 900_000;
        let next = turns.next_at(day_before);
        assert_eq!(next, day_before + 3_000);
    }
}
