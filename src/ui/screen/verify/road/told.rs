//! One stretch in words: when, how long after the one before, encrypted or not.

use crate::browser::intl;
use crate::mail::date::Date;
use crate::mail::journey::Stretch;
use crate::text::{Text, fill};

/// What is said of one stretch, in words.
pub struct Told {
    /// The time alone, with the day where it is another one than before.
    pub time: String,
    /// Day, time and zone.
    pub whole_time: String,
    /// Since the handover before; empty where that is not known.
    pub after: String,
    /// The same as a bare span of time, with a sign where it is below zero.
    pub span: String,
    pub encryption: &'static str,
}

impl Told {
    pub fn of(t: &Text, stretch: &Stretch, clock: &mut Clock) -> Self {
        let seconds = stretch.seconds;
        let mut span = seconds.map_or_else(String::new, |seconds| {
            intl::duration(t.language, seconds.unsigned_abs())
        });
        let after = match seconds {
            None => String::new(),
            Some(0) => t.stretch_at_once().to_owned(),
            Some(1..) => fill(t.stretch_after(), &[("time", &span)]),
            Some(_) => fill(t.stretch_back(), &[("time", &span)]),
        };
        if seconds.is_some_and(|seconds| seconds < 0) {
            span.insert(0, '−');
        }
        let (time, whole_time) = match stretch.date {
            Some(date) => clock.tell(t, date),
            None => (t.time_missing().to_owned(), t.time_missing().to_owned()),
        };
        let encryption = match stretch.encrypted {
            Some(true) => t.encrypted(),
            Some(false) => t.not_encrypted(),
            None => t.encryption_not_told(),
        };
        Self {
            time,
            whole_time,
            after,
            span,
            encryption,
        }
    }
}

/// Points in time in the reader's words: in the reader's zone, or as written where none is given.
pub struct Clock {
    language: &'static str,
    zoned: Option<Formats>,
    unzoned: Option<Formats>,
    last_day: String,
}

struct Formats {
    day: intl::Format,
    time: intl::Format,
    whole_time: intl::Format,
}

impl Formats {
    fn new(language: &str, zone: &[(&str, &str)]) -> Self {
        let format = |style: &[(&str, &str)]| {
            intl::Format::new("DateTimeFormat", language, &[style, zone].concat())
        };
        // The zone is named where there is one to be named.
        let whole = if zone.is_empty() { "long" } else { "medium" };
        Self {
            day: format(&[("dateStyle", "medium")]),
            time: format(&[("timeStyle", "medium")]),
            whole_time: format(&[("dateStyle", "medium"), ("timeStyle", whole)]),
        }
    }
}

impl Clock {
    pub fn new(t: &Text) -> Self {
        Self {
            language: t.language,
            zoned: None,
            unzoned: None,
            last_day: String::new(),
        }
    }

    /// The time, with its day where that is a new one; and both with the zone.
    fn tell(&mut self, t: &Text, date: Date) -> (String, String) {
        let Some(millis) = millis(date) else {
            return (t.time_missing().to_owned(), t.time_missing().to_owned());
        };
        let has_zone = date.offset.is_some();
        let language = self.language;
        let formats = if has_zone {
            self.zoned
                .get_or_insert_with(|| Formats::new(language, &[]))
        } else {
            let utc = [("timeZone", "UTC")];
            self.unzoned
                .get_or_insert_with(|| Formats::new(language, &utc))
        };
        let day = formats.day.words(millis);
        let mut time = formats.time.words(millis);
        let mut whole_time = formats.whole_time.words(millis);
        if day != self.last_day {
            time = [&day, ", ", &time].concat();
            self.last_day = day;
        }
        if !has_zone {
            for time in [&mut time, &mut whole_time] {
                *time = fill(t.time_without_zone(), &[("time", time)]);
            }
        }
        (time, whole_time)
    }
}

/// Milliseconds since 1970, where a browser can show them.
fn millis(date: Date) -> Option<f64> {
    const LAST: u64 = 8_640_000_000_000;
    #[allow(
        clippy::cast_precision_loss,
        reason = "far fewer digits than are exact"
    )]
    (date.seconds.unsigned_abs() <= LAST).then_some(date.seconds as f64 * 1000.0)
}
