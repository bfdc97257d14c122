//! Time that never goes back, made from a clock that may be set.

/// A machine's own time in milliseconds: that of the clock, but for what it was set back by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Time {
    last: u64,
    set_back_by: u64,
}

impl Time {
    /// Goes on from a time that [`Time::last`] has given.
    pub fn since(last: u64) -> Self {
        let set_back_by = 0;
        Self { last, set_back_by }
    }

    /// The last time that was told.
    pub fn last(self) -> u64 {
        self.last
    }

    /// The machine's time while the clock shows `now`.
    pub fn at(self, now: u64) -> u64 {
        self.last.max(now.saturating_add(self.set_back_by))
    }

    /// Takes in what the clock shows.
    pub fn told(&mut self, now: u64) -> u64 {
        self.last = self.at(now);
        self.set_back_by = self.last - now;
        self.last
    }

    /// What the clock will show at a time of the machine.
    pub fn on_clock(self, time: u64) -> u64 {
        time.saturating_sub(self.set_back_by)
    }
}

#[cfg(test)]
mod tests {
    use super::Time;

    #[test]
    fn goes_on_from_where_it_was_when_the_clock_is_set_back() {
        let mut time = Time::default();
        assert_eq!(time.told(5_000), 5_000);
        assert_eq!(time.told(1_000), 5_000);
        assert_eq!(time.told(1_700), 5_700);
        assert_eq!(time.on_clock(6_000), 2_000);
        assert_eq!(time.told(9_000), 13_000);
        let mut later = Time::since(time.last());
        assert_eq!((later.told(500), later.told(600)), (13_000, 13_100));
    }
}
