//! How fast calls may follow each other: a bucket that fills at the chosen pace, and more slowly
//! after OVHcloud said that it was too fast. A job over many addresses has one of its own, which
//! outlives a reload; the [turns](super::turns) of the readings have another.

use serde_json::Value;

use crate::json::{self, Object};
use crate::run::dice::Dice;

/// The most calls a minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// 0 for no limit.
    calls: u32,
}

impl Pace {
    /// OVHcloud's own words for what is safe: 60 requests a minute and key (python-ovh #81).
    pub const SAFE: u32 = 60;

    /// So many calls a minute, 0 for no limit.
    pub const fn per_minute(calls: u32) -> Self {
        Self { calls }
    }
}

impl Default for Pace {
    fn default() -> Self {
        Self::per_minute(Self::SAFE)
    }
}

/// One call, in the unit that trickles into the bucket: calls a minute times thousandths of the
/// pace, each millisecond.
const CALL: i64 = 60_000 * 1_000;
/// Calls that may come at once after a rest.
const BURST: u32 = 10;
/// The whole pace, in thousandths.
const WHOLE: u32 = 1_000;
/// The least share of the pace that refusals leave.
const LEAST: u32 = WHOLE / 16;
/// The share that each good answer gives back: twenty lead from a half to the whole.
const REGAINED: u32 = WHOLE / 40;
/// What stands for the pace where there is no limit and OVHcloud has refused nevertheless.
const FASTEST_AFTER_REFUSAL: u32 = 1_200;
/// The first rest where OVHcloud does not say how long, in milliseconds, then twice as long.
const REST: u64 = 5_000;
const LONGEST_REST: u64 = 60_000;
/// Longer than this is no answer to "when", but a mistake on the way.
const LONGEST_ASKED: u32 = 3_600;
/// The longest time between two calls that counts as usual, in milliseconds.
const LONGEST_TEMPO: u64 = 2_000;
/// What stands for the time between two calls where there is no limit, until it is known.
const GUESSED_TEMPO: u64 = 20;
/// Rests one after the other before it is no use going on.
const RESTS: u32 = 12;

/// What lets calls through, one by one. Times are in milliseconds and never go back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Gate {
    pace: Pace,
    /// The share of the pace that is in use, in thousandths.
    share: u32,
    /// Below zero where calls were sent that did not wait for it.
    credit: i64,
    filled_at: u64,
    rests_until: u64,
    /// Rests since the last good answer.
    rests: u32,
    /// The usual time from one call to the next, in eighths of a millisecond, and the last call.
    tempo: u64,
    last: u64,
}

impl Gate {
    pub fn new(pace: Pace) -> Self {
        Self {
            pace,
            share: WHOLE,
            credit: pace.burst(),
            filled_at: 0,
            rests_until: 0,
            rests: 0,
            tempo: GUESSED_TEMPO * 8,
            last: 0,
        }
    }

    /// What trickles in each millisecond; `None` for no limit.
    fn rate(&self) -> Option<u64> {
        let calls = match self.pace.calls {
            0 if self.share == WHOLE => return None,
            0 => FASTEST_AFTER_REFUSAL,
            calls => calls,
        };
        Some(u64::from(calls) * u64::from(self.share))
    }

    fn credit_at(&self, at: u64, rate: u64) -> i64 {
        let gained = at.saturating_sub(self.filled_at).saturating_mul(rate);
        let credit = self.credit.saturating_add_unsigned(gained);
        credit.min(self.pace.burst())
    }

    fn fill(&mut self, now: u64) {
        let full = self.pace.burst();
        self.credit = self.rate().map_or(full, |rate| self.credit_at(now, rate));
        self.filled_at = self.filled_at.max(now);
    }

    /// When the next call may be sent; `now` where it may be sent at once.
    pub fn free_at(&self, now: u64) -> u64 {
        let from = now.max(self.rests_until);
        let Some(rate) = self.rate() else {
            return from;
        };
        let missing = (CALL - self.credit_at(from, rate)).max(0);
        from + missing.unsigned_abs().div_ceil(rate)
    }

    /// Until when OVHcloud is left alone; over where that is past.
    pub fn rests_until(&self) -> u64 {
        self.rests_until
    }

    /// Somebody else sent a call, whether or not it waited: the next that waits does so for longer,
    /// by a minute at most.
    pub fn spend(&mut self, now: u64) {
        self.fill(now);
        let minute = self.rate().map_or(0, |rate| 60_000 * rate);
        let least = i64::try_from(minute).map_or(i64::MIN, |minute| -minute);
        self.credit = (self.credit - CALL).max(least);
    }

    pub fn sent(&mut self, now: u64) {
        self.spend(now);
        // A rest says nothing about how fast calls follow each other.
        let since = now.saturating_sub(self.last).min(LONGEST_TEMPO);
        self.tempo = self.tempo - self.tempo / 8 + since;
        self.last = now;
    }

    /// Something was answered as it should be: a little faster again.
    pub fn answered(&mut self, now: u64) {
        self.rests = 0;
        if self.share < WHOLE && now >= self.rests_until {
            self.fill(now);
            self.share = (self.share + REGAINED).min(WHOLE);
        }
    }

    /// OVHcloud said that it was too fast: half the pace, after a rest as long as it asked for.
    /// Whether it has said so for too long.
    pub fn refused(&mut self, now: u64, retry_after: Option<u32>, dice: &mut Dice) -> bool {
        // Of the calls that were out together, the first counts.
        if now >= self.rests_until {
            self.share = (self.share / 2).max(LEAST);
            self.rests += 1;
        }
        let rest = match retry_after {
            Some(seconds) => u64::from(seconds.clamp(1, LONGEST_ASKED)) * 1_000,
            None => (REST << (self.rests.clamp(1, 5) - 1)).min(LONGEST_REST),
        };
        self.rests_until = self.rests_until.max(now + rest + dice.below(500));
        // One call tries it; a burst would be refused again.
        (self.credit, self.filled_at) = (CALL, self.rests_until);
        self.rests > RESTS
    }

    /// Forgets how often it was refused, not how fast it may be.
    pub fn try_again(&mut self) {
        self.rests = 0;
    }

    /// Milliseconds from one call to the next at the present pace, as far as it is reached.
    pub fn tempo(&self) -> u64 {
        self.interval().max(self.tempo / 8)
    }

    /// Milliseconds between two calls that wait for each other.
    pub fn interval(&self) -> u64 {
        self.rate().map_or(0, |rate| CALL.unsigned_abs() / rate)
    }

    pub fn to_json(&self) -> Value {
        Object::new()
            .with("calls", self.pace.calls.into())
            .with("share", self.share.into())
            .with("credit", self.credit.max(0).into())
            .with("filledAt", self.filled_at.into())
            .with("restsUntil", self.rests_until.into())
            .with("rests", self.rests.into())
            .with("tempo", self.tempo.into())
            .with("last", self.last.into())
            .into_value()
    }

    pub fn from_json(value: &Value) -> Option<Self> {
        let fields = value.as_object()?;
        Some(Self {
            pace: Pace::per_minute(json::count(fields, "calls")?),
            share: json::count(fields, "share")?.clamp(LEAST, WHOLE),
            credit: i64::try_from(json::whole(fields, "credit")?).ok()?,
            filled_at: json::whole(fields, "filledAt")?,
            rests_until: json::whole(fields, "restsUntil")?,
            rests: json::count(fields, "rests")?,
            tempo: json::whole(fields, "tempo")?,
            last: json::whole(fields, "last")?,
        })
    }
}

impl Pace {
    /// How much the bucket holds: less than ten calls where so many are most of a minute's.
    fn burst(self) -> i64 {
        let tenth_of_minute = self.calls / 6;
        let calls = if self.calls == 0 {
            BURST
        } else {
            tenth_of_minute.clamp(1, BURST)
        };
        i64::from(calls) * CALL
    }
}

#[cfg(test)]
mod tests {
    use super::{Gate, Pace, RESTS};
    use crate::run::dice::Dice;

    const BEGIN: u64 = 1_000_000;

    /// The times at which calls go through, from now on, as fast as may be.
    fn times(gate: &mut Gate, from: u64, count: usize) -> Vec<u64> {
        let mut now = from;
        let mut times = Vec::new();
        for _ in 0..count {
            now = gate.free_at(now);
            gate.sent(now);
            times.push(now - from);
        }
        times
    }

    #[test]
    fn a_burst_and_then_one_a_second() {
        let mut gate = Gate::new(Pace::default());
        let times = times(&mut gate, BEGIN, 14);
        assert_eq!(times[..10], [0; 10]);
        assert_eq!(times[10..], [1_000, 2_000, 3_000, 4_000]);
    }

    #[test]
    fn any_pace_is_kept_to_the_minute() {
        for calls in [1, 7, 59, 60, 240, 1_000, 60_000, 1_000_000] {
            let mut gate = Gate::new(Pace::per_minute(calls));
            let count = (calls as usize * 3).min(200_000);
            let times = times(&mut gate, BEGIN, count + 20);
            let most = calls as usize + 10;
            for (first, time) in times.iter().enumerate() {
                let later = times.get(first + most);
                assert!(later.is_none_or(|later| later - time >= 60_000), "{calls}");
            }
            let minutes = times[count - 1] / 60_000;
            assert!((2..=3).contains(&minutes) || count == 200_000, "{calls}");
        }
        let mut unlimited = Gate::new(Pace::per_minute(0));
        assert_eq!(times(&mut unlimited, BEGIN, 1_000), [0; 1_000]);
    }

    #[test]
    fn however_long_nothing_was_sent_no_more_than_a_burst_follows() {
        for (calls, burst) in [(1, 1), (60, 10), (6_000, 10)] {
            let mut gate = Gate::new(Pace::per_minute(calls));
            times(&mut gate, BEGIN, 20);
            let after = times(&mut gate, u64::MAX / 2, 20);
            let at_once = after.iter().take_while(|time| **time == 0).count();
            assert_eq!(at_once, burst, "{calls}: {after:?}");
        }
    }

    #[test]
    fn what_did_not_wait_is_waited_for_by_what_does_a_minute_at_most() {
        let mut gate = Gate::new(Pace::default());
        for _ in 0..15 {
            gate.sent(BEGIN);
        }
        assert_eq!(gate.free_at(BEGIN), BEGIN + 6_000);
        for calls in [1, 60, 6_000] {
            let mut gate = Gate::new(Pace::per_minute(calls));
            for _ in 0..10_000 {
                gate.sent(BEGIN);
            }
            let wait = gate.free_at(BEGIN) - BEGIN;
            assert_eq!(wait, 60_000 + gate.interval(), "{calls}");
        }
    }

    #[test]
    fn a_refusal_halves_the_pace_and_good_answers_bring_it_back() {
        for (calls, slowed) in [(60, 2_000), (0, 100)] {
            let mut gate = Gate::new(Pace::per_minute(calls));
            times(&mut gate, BEGIN, 10);
            gate.refused(BEGIN, Some(7), &mut Dice::new(1));
            // Those that were out at the same time change nothing more.
            gate.refused(BEGIN + 50, Some(7), &mut Dice::new(1));
            let after = times(&mut gate, BEGIN, 4);
            assert!((7_000..7_600).contains(&after[0]), "{after:?}");
            assert_eq!(after[1] - after[0], slowed);
            assert_eq!(after[3] - after[2], slowed);
            let now = BEGIN + after[3];
            for _ in 0..20 {
                gate.answered(now);
            }
            let usual = 60_000_u64.checked_div(calls.into()).unwrap_or(0);
            assert_eq!(gate.interval(), usual);
        }
    }

    #[test]
    fn without_a_word_how_long_each_rest_is_longer_up_to_a_minute() {
        let mut gate = Gate::new(Pace::default());
        let mut now = BEGIN;
        let mut rests = Vec::new();
        for round in 0..RESTS {
            let is_enough = gate.refused(now, None, &mut Dice::new(1));
            assert!(!is_enough, "{round}");
            rests.push((gate.free_at(now) - now) / 1_000);
            now = gate.free_at(now);
            gate.sent(now);
        }
        assert_eq!(rests[..6], [5, 10, 20, 40, 60, 60]);
        assert!(gate.interval() <= 16_300);
        assert!(gate.refused(now, None, &mut Dice::new(1)));
    }

    #[test]
    fn is_the_same_after_it_was_stored() {
        let mut gate = Gate::new(Pace::per_minute(240));
        times(&mut gate, BEGIN, 5);
        gate.refused(BEGIN, None, &mut Dice::new(1));
        assert_eq!(Gate::from_json(&gate.to_json()), Some(gate));
    }
}
