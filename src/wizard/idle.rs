//! Keys that lie open where nobody sits are anybody's: a page that nobody uses asks whether somebody
//! is there, and then locks.

/// How long it is asked at most, in milliseconds: three times what WCAG 2.2.1 wants at least.
const ASKED: u64 = 60_000;

/// When the page was used last, and how long it may be left alone. Times in milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Idle {
    used_at: u64,
    limit: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// Somebody is there.
    Used,
    /// Soon nobody is.
    Asked,
    /// Nobody is there any more, whoever comes now.
    Over,
}

impl Idle {
    /// A page that was used last at `used_at` and may be left alone for so many minutes; none where it
    /// may be for ever, by 0.
    pub fn new(used_at: u64, minutes: u32) -> Option<Self> {
        (minutes > 0).then(|| Self {
            used_at,
            limit: u64::from(minutes) * 60_000,
        })
    }

    pub fn used_at(&self) -> u64 {
        self.used_at
    }

    /// The page is at work, for somebody who may come back late.
    pub fn worked(&mut self, now: u64) {
        self.used_at = now;
    }

    /// Somebody uses the page.
    pub fn used(&mut self, now: u64) {
        if self.rest(now) != Rest::Over {
            self.used_at = now;
        }
    }

    pub fn rest(&mut self, now: u64) -> Rest {
        // Where the clock was set back, nobody is waited for until it is there again.
        self.used_at = self.used_at.min(now);
        let left = (self.used_at + self.limit).saturating_sub(now);
        if left == 0 {
            Rest::Over
        } else if left <= ASKED.min(self.limit / 2) {
            Rest::Asked
        } else {
            Rest::Used
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Idle, Rest};

    const MINUTE: u64 = 60_000;
    const NOW: u64 = 1_700_000_000_000;

    fn left_for(minutes: u32) -> Idle {
        Idle::new(NOW, minutes).expect("a limit")
    }

    #[test]
    fn it_is_asked_for_the_last_minute_and_then_it_is_over() {
        let mut idle = left_for(30);
        assert_eq!(idle.rest(NOW), Rest::Used);
        assert_eq!(idle.rest(NOW + 29 * MINUTE - 1), Rest::Used);
        assert_eq!(idle.rest(NOW + 29 * MINUTE), Rest::Asked);
        assert_eq!(idle.rest(NOW + 30 * MINUTE - 1), Rest::Asked);
        assert_eq!(idle.rest(NOW + 30 * MINUTE), Rest::Over);
    }

    #[test]
    fn whoever_answers_has_all_the_time_again() {
        let mut idle = left_for(30);
        idle.used(NOW + 29 * MINUTE);
        assert_eq!(idle.rest(NOW + 58 * MINUTE - 1), Rest::Used);
        assert_eq!(idle.rest(NOW + 59 * MINUTE), Rest::Over);
    }

    #[test]
    fn whoever_comes_too_late_opens_nothing() {
        let mut idle = left_for(30);
        let late = NOW + 31 * MINUTE;
        idle.used(late);
        assert_eq!(idle.rest(late), Rest::Over);
    }

    #[test]
    fn what_is_at_work_is_not_cut_even_after_a_long_sleep() {
        let mut idle = left_for(30);
        let late = NOW + 600 * MINUTE;
        idle.worked(late);
        assert_eq!(idle.rest(late + 29 * MINUTE - 1), Rest::Used);
        assert_eq!(idle.rest(late + 30 * MINUTE), Rest::Over);
    }

    #[test]
    fn a_clock_that_is_set_back_keeps_nothing_open_for_longer() {
        let mut idle = left_for(30);
        let earlier = NOW - 600 * MINUTE;
        assert_eq!(idle.rest(earlier), Rest::Used);
        assert_eq!(idle.rest(earlier + 30 * MINUTE), Rest::Over);
    }

    #[test]
    fn the_shortest_limit_asks_for_half_of_it_and_none_never_asks() {
        let mut idle = left_for(1);
        assert_eq!(idle.rest(NOW + 1), Rest::Used);
        assert_eq!(idle.rest(NOW + MINUTE / 2), Rest::Asked);
        assert_eq!(Idle::new(NOW, 0), None);
    }
}
