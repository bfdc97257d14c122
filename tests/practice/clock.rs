//! The practice server's clock: a moment in milliseconds, and how the API and a mail write it.
//! Everything else is told the time, so that only this file reads it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(i64);

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];

impl Moment {
    /// The system's time, `offset` milliseconds ahead of it.
    #[allow(
        clippy::disallowed_methods,
        reason = "the practice server keeps its own clock"
    )]
    pub fn now(offset: i64) -> Self {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Self(milliseconds(since) + offset)
    }

    pub const fn at_unix(seconds: i64) -> Self {
        Self(seconds * 1000)
    }

    pub const fn unix(self) -> i64 {
        self.0.div_euclid(1000)
    }

    pub fn plus(self, time: Duration) -> Self {
        Self(self.0 + milliseconds(time))
    }

    pub fn minus(self, time: Duration) -> Self {
        Self(self.0 - milliseconds(time))
    }

    /// The time since `earlier`, zero if that is still to come.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0 - earlier.0).unwrap_or(0))
    }

    /// `2023-09-25T14:06:02+02:00`, as the API writes a date: never in UTC.
    pub fn for_api(self) -> String {
        let (year, month, day, clock) = Self(self.0 + 3_600_000).parts();
        format!("{year:04}-{month:02}-{day:02}T{clock}+01:00")
    }

    /// `Tue, 28 Feb 2023 07:51:02 +0000`, as a mail server writes a date (RFC 5322, 3.3).
    pub fn for_mail(self) -> String {
        let (year, month, day, clock) = self.parts();
        format!(
            "{}, {day} {} {year} {clock} +0000",
            self.weekday(),
            MONTHS[month - 1]
        )
    }

    /// `Tue Feb 28 2023 07:51:00 GMT+0000`, as a relay written in JavaScript does.
    pub fn for_javascript(self) -> String {
        let (year, month, day, clock) = self.parts();
        format!(
            "{} {} {day:02} {year} {clock} GMT+0000",
            self.weekday(),
            MONTHS[month - 1]
        )
    }

    /// `2023.02.28`
    pub fn day(self) -> String {
        let (year, month, day, _) = self.parts();
        format!("{year:04}.{month:02}.{day:02}")
    }

    fn weekday(self) -> &'static str {
        let days = self.unix().div_euclid(86_400);
        WEEKDAYS[usize::try_from(days.rem_euclid(7)).unwrap_or(0)]
    }

    /// Howard Hinnant's `civil_from_days`, for dates after 1970.
    fn parts(self) -> (i64, usize, i64, String) {
        let days = self.unix().div_euclid(86_400) + 719_468;
        let second = self.unix().rem_euclid(86_400);
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 {
            shifted + 3
        } else {
            shifted - 9
        };
        let year = year + era * 400 + i64::from(month <= 2);
        let clock = format!(
            "{:02}:{:02}:{:02}",
            second / 3600,
            second / 60 % 60,
            second % 60
        );
        (year, usize::try_from(month).unwrap_or(1), day, clock)
    }
}

fn milliseconds(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX / 2)
}
