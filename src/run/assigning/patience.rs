//! How long OVHcloud takes for a change: waited for before the first look, and learned on the way,
//! so that one look is enough for nearly every address.

/// For a handful of addresses, in milliseconds: somebody is watching.
const FEW: usize = 5;
const FOR_FEW: u64 = 2_200;
const FOR_MANY: u64 = 5_000;
const SHORTEST: u64 = 1_000;
const LONGEST: u64 = 60_000;
/// The least wait after a lost answer: the call may still be on its way.
const IN_DOUBT: u64 = 5_000;
/// How much of the wait a look that was in time takes off. One in a hundred that comes too early
/// outweighs what the others take off.
const SHORTER_BY: u64 = 128;
/// A change that is not seen after so long, and so many looks, will not be.
const LONGEST_PENDING: u64 = 600_000;
const LEAST_LOOKS: u8 = 8;
const LOOKS_AT_BUSY: u8 = 15;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Patience {
    /// Milliseconds from an accepted change to the first look.
    wait: u64,
}

impl Patience {
    pub fn for_items(count: usize) -> Self {
        Self {
            wait: if count <= FEW { FOR_FEW } else { FOR_MANY },
        }
    }

    pub fn from_millis(wait: u64) -> Self {
        Self {
            wait: wait.clamp(SHORTEST, LONGEST),
        }
    }

    /// The wait before the first look at a change.
    pub fn wait(self, in_doubt: bool) -> u64 {
        self.wait.max(if in_doubt { IN_DOUBT } else { 0 })
    }

    /// A first look after this time found OVHcloud still at work.
    pub fn was_too_short(&mut self, waited: u64) {
        if waited >= self.wait {
            self.wait = (self.wait * 2).min(LONGEST);
        }
    }

    /// A first look after this time found the change; one that came late says nothing.
    pub fn was_enough(&mut self, waited: u64) {
        if waited <= self.wait * 2 {
            self.wait = (self.wait - self.wait / SHORTER_BY).max(SHORTEST);
        }
    }
}

/// The pause before looking again at what has been pending for so long.
pub(super) fn pause(pending: u64) -> u64 {
    pending.clamp(2_000, LONGEST)
}

/// The pause before reading again an account that something else was being done to, so many times;
/// `None` where it is no use waiting any longer: after ten minutes.
pub(super) fn pause_for_free(times: u8) -> Option<u64> {
    let pause = 1_000_u64 << times.clamp(1, 10);
    (times < LOOKS_AT_BUSY).then_some(pause.min(LONGEST))
}

/// Whether it is no use waiting any longer.
pub(super) fn is_over(pending: u64, looks: u8) -> bool {
    // Both, as a computer that slept sees much time pass at once.
    pending >= LONGEST_PENDING && looks >= LEAST_LOOKS
}

#[cfg(test)]
mod tests {
    use super::{Patience, is_over, pause, pause_for_free};

    /// Looks that come too early among so many changes that take this long.
    fn early(patience: &mut Patience, changes: u32, takes: impl Fn(u32) -> u64) -> u32 {
        let mut early = 0;
        for change in 0..changes {
            let waited = patience.wait(false);
            if takes(change) > waited {
                early += 1;
                patience.was_too_short(waited);
            } else {
                patience.was_enough(waited);
            }
        }
        early
    }

    #[test]
    fn learns_how_long_a_change_takes() {
        for takes in [500, 4_000, 11_000, 45_000] {
            let mut patience = Patience::for_items(1_000);
            assert!(early(&mut patience, 1_000, |_| takes) <= 30);
            let wait = patience.wait(false);
            assert!((takes..=takes * 2 + 600).contains(&wait), "{takes} {wait}");
        }
    }

    #[test]
    fn a_few_slow_ones_do_not_make_all_wait() {
        let mut patience = Patience::for_items(10_000);
        early(&mut patience, 10_000, |change| {
            if change % 200 == 0 { 50_000 } else { 3_000 }
        });
        assert!(patience.wait(false) < 13_000, "{patience:?}");
    }

    #[test]
    fn waits_at_least_five_seconds_for_what_may_still_be_on_its_way() {
        let patience = Patience::for_items(5);
        assert_eq!((patience.wait(false), patience.wait(true)), (2_200, 5_000));
        let patience = Patience::from_millis(9_000);
        assert_eq!((patience.wait(false), patience.wait(true)), (9_000, 9_000));
    }

    #[test]
    fn gives_up_after_ten_minutes_and_many_looks() {
        let (mut pending, mut looks) = (5_000, 1);
        while !is_over(pending, looks) {
            pending += pause(pending);
            looks += 1;
        }
        assert_eq!((pending, looks), (620_000, 14));
        assert!(!is_over(u64::MAX, 7));
        let busy = (1..20).map_while(pause_for_free);
        assert_eq!(busy.sum::<u64>(), 602_000);
    }
}
