//! How fast calls may follow each other.

use serde_json::Value;

/// OVHcloud's own words for what is safe: 60 requests a minute and key (python-ovh #81).
const PER_CALL: u64 = 1_000;
/// Calls that may come at once after a rest.
const BURST: u64 = 10;
/// How far the use of a full burst reaches ahead.
const LEAD: u64 = (BURST - 1) * PER_CALL;
/// The rest after "too many calls"; a browser cannot read OVHcloud's `Retry-After`.
const REST: u64 = 10_000;

/// A pace of one call a second with a burst, kept as the time at which the burst is used up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Pace {
    used_until: u64,
}

impl Pace {
    /// The time, to be stored.
    pub fn to_json(self) -> Value {
        self.used_until.into()
    }

    pub fn from_json(value: &Value) -> Option<Self> {
        let used_until = value.as_u64()?;
        Some(Self { used_until })
    }

    /// When the next call may be sent; not after `now` where it may be sent at once.
    pub fn free_at(self, now: u64) -> u64 {
        self.used_until(now).saturating_sub(LEAD)
    }

    pub fn sent(&mut self, now: u64) {
        self.used_until = self.used_until(now).max(now) + PER_CALL;
    }

    /// No rest is as long as that of a clock that was set back.
    fn used_until(self, now: u64) -> u64 {
        if self.used_until > now + REST + LEAD {
            now + LEAD
        } else {
            self.used_until
        }
    }

    /// OVHcloud said that it was too fast.
    pub fn too_fast(&mut self, now: u64) {
        self.used_until = now + REST + LEAD;
    }
}

#[cfg(test)]
mod tests {
    use super::Pace;

    #[test]
    fn a_burst_and_then_one_a_second() {
        let mut pace = Pace::default();
        let mut now = 1_000_000;
        let mut sent = Vec::new();
        for _ in 0..14 {
            now = now.max(pace.free_at(now));
            pace.sent(now);
            sent.push((now - 1_000_000) / 1_000);
        }
        assert_eq!(sent, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4]);
    }

    #[test]
    fn rests_after_too_many_calls() {
        let mut pace = Pace::default();
        pace.too_fast(5_000);
        assert_eq!(pace.free_at(5_000), 15_000);
        // Set back by an hour, a clock would see a rest of an hour.
        assert_eq!(
            Pace {
                used_until: 3_600_000
            }
            .free_at(5_000),
            5_000
        );
    }
}
