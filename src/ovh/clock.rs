//! The difference between this computer's clock and OVHcloud's, which every signature depends on.

/// How far OVHcloud's clock is ahead of the local one, in seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    ahead: i64,
}

impl Clock {
    /// The clock as `GET /auth/time` showed it: both times in seconds since 1970.
    pub fn set_by(server: u64, local: u64) -> Self {
        Self {
            ahead: server.cast_signed().wrapping_sub(local.cast_signed()),
        }
    }

    /// OVHcloud's time at a local time, in seconds since 1970.
    pub fn server(self, local: u64) -> u64 {
        local.saturating_add_signed(self.ahead)
    }

    /// Seconds by which OVHcloud is ahead; negative where it is behind.
    pub fn ahead(self) -> i64 {
        self.ahead
    }
}

#[cfg(test)]
mod tests {
    use super::Clock;

    #[test]
    fn corrects_a_clock_that_is_fast_or_slow() {
        assert_eq!(Clock::set_by(1_000, 1_480).server(1_500), 1_020);
        assert_eq!(Clock::set_by(1_480, 1_000).server(1_020), 1_500);
        assert_eq!(Clock::default().server(7), 7);
    }

    #[test]
    fn survives_absurd_clocks() {
        assert_eq!(Clock::set_by(0, u64::MAX).server(5), 6);
        assert_eq!(Clock::set_by(0, 100).server(5), 0);
    }
}
