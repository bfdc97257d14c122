//! Dates as mail servers and scripts write them: RFC 5322, JavaScript, ctime, ISO, with or without
//! a zone. What is no date is none; nothing is guessed but the century.

use super::scan;

/// A point in time as a header gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    /// Seconds since 1970 in UTC. Without a zone, as if the clock had shown UTC.
    pub seconds: i64,
    /// Minutes east of UTC, where the header says so.
    pub offset: Option<i16>,
}

/// The calendar's view of a date, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Civil {
    pub year: i64,
    pub month: i64,
    pub day: i64,
    pub hour: i64,
    pub minute: i64,
    pub second: i64,
}

impl Date {
    pub fn civil(self) -> Civil {
        let days = self.seconds.div_euclid(86_400);
        let rest = self.seconds.rem_euclid(86_400);
        let (year, month, day) = date_of(days);
        Civil {
            year,
            month,
            day,
            hour: rest / 3600,
            minute: rest / 60 % 60,
            second: rest % 60,
        }
    }
}

const MONTHS: &str =
    "january february march april may june july august september october november december";

/// Names of zones with their hours from UTC, RFC 5322 section 4.3 and what servers write besides.
const ZONES: &[(&str, i16)] = &[
    ("z ut utc gmt wet", 0),
    ("bst cet met mez west", 1),
    ("cest eet mest mesz", 2),
    ("eest msk", 3),
    ("jst", 9),
    ("aest", 10),
    ("aedt", 11),
    ("edt", -4),
    ("cdt est", -5),
    ("cst mdt", -6),
    ("mst pdt", -7),
    ("pst", -8),
];

/// More words than this are no date's surroundings.
const MOST: usize = 200;

/// The first date in the text. What stands in brackets is passed over.
pub fn read(text: &str) -> Option<Date> {
    let mut words = Vec::new();
    let mut depth = 0_usize;
    for word in scan::words(text, b" \t,;\r\n_").take(MOST) {
        let outside = depth == 0;
        for byte in word.bytes() {
            match byte {
                b'(' => depth += 1,
                b')' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        let plain = scan::until(word, b"(");
        if outside && !plain.is_empty() {
            words.push(plain);
        }
    }
    (0..words.len()).find_map(|index| at(&words, index))
}

/// Reads a date whose month, or whose ISO day, is this word.
fn at(words: &[&str], index: usize) -> Option<Date> {
    let word = |place: usize| words.get(place).copied().unwrap_or("");
    let [first, second, third, fourth, fifth] = [1, 2, 3, 4, 5].map(|step| word(index + step));
    let middle = word(index);
    let mut parts = scan::words(middle, b"-");
    let (one, two, three) = (
        parts.next()?,
        parts.next().unwrap_or(""),
        parts.next().unwrap_or(""),
    );
    if one.len() == 4 && two.len() == 2 {
        return iso(one, two, middle, first, second);
    }
    if let Some(month) = month(two) {
        return build(three, month, one, first, &[second, third]);
    }
    let month = month(one)?;
    let before = word(index.wrapping_sub(1));
    if before.len() <= 2
        && let Some(date) = build(first, month, before, second, &[third, fourth])
    {
        return Some(date);
    }
    if scan::has(second, b':') {
        // ctime: the year behind the time, a zone on either side of it.
        build(third, month, first, second, &[fourth])
            .or_else(|| build(fourth, month, first, second, &[third]))
    } else {
        build(second, month, first, third, &[fourth, fifth])
    }
}

fn iso(year: &str, month: &str, word: &str, time: &str, zone: &str) -> Option<Date> {
    let day = scan::part(word, 8, 10);
    let clock = scan::from(word, 11);
    let month = scan::number(month)?;
    if clock.is_empty() {
        return build(year, month, day, time, &[zone]);
    }
    let end = scan::find(clock, b"+-Zz");
    build(
        year,
        month,
        day,
        scan::part(clock, 0, end),
        &[scan::from(clock, end)],
    )
}

#[inline(never)]
fn build(year: &str, month: u32, day: &str, time: &str, zones: &[&str]) -> Option<Date> {
    let day = i64::from(scan::number(day)?);
    let month = i64::from(month);
    let year = match (i64::from(scan::number(year)?), year.len()) {
        (year, 2) if year < 50 => 2000 + year,
        (year, 2 | 3) => 1900 + year,
        (year, 4) => year,
        _ => return None,
    };
    let mut parts =
        scan::words(time, b":").map(|part| scan::number(scan::until(part, b".")).map(i64::from));
    let (mut hour, minute, second) = (
        parts.next()??,
        parts.next()??,
        parts.next().unwrap_or(Some(0))?,
    );
    let mut offset = None;
    for zone in zones {
        if scan::is(zone, "pm") && hour < 12 {
            hour += 12;
        } else if scan::is(zone, "am") && hour == 12 {
            hour = 0;
        } else if offset.is_none() {
            offset = minutes(zone);
        }
    }
    let sound = (1970..=9999).contains(&year)
        && (1..=12).contains(&month)
        && (1..=days_in(year, month)).contains(&day)
        && hour < 24
        && minute < 60
        && second <= 60
        && parts.next().is_none();
    let clock = days_before(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
    sound.then(|| Date {
        seconds: clock - i64::from(offset.unwrap_or(0)) * 60,
        offset,
    })
}

/// `+0200`, `+02:00`, `GMT+0000`, `CEST`.
fn minutes(zone: &str) -> Option<i16> {
    let start = scan::find(zone, b"+-");
    let digits = scan::from(zone, start + 1);
    if digits.len() < 2 {
        let name = scan::part(zone, 0, start);
        let known = |names: &str| scan::words(names, b" ").any(|known| scan::is(known, name));
        return ZONES
            .iter()
            .find(|(names, _)| known(names))
            .map(|(_, hours)| hours * 60);
    }
    let rest = scan::trimmed(scan::from(digits, 2), b":");
    let rest = if rest.is_empty() {
        0
    } else {
        scan::number(rest)?
    };
    let total = scan::number(scan::part(digits, 0, 2))? * 60 + rest;
    let total = i16::try_from(total).ok().filter(|total| *total < 1440)?;
    Some(if zone.as_bytes().get(start) == Some(&b'-') {
        -total
    } else {
        total
    })
}

fn month(word: &str) -> Option<u32> {
    let word = scan::trimmed(word, b".");
    if !(3..=9).contains(&word.len()) || !b"jfmasond".contains(&(word.as_bytes()[0] | 0x20)) {
        return None;
    }
    let fits =
        |name: &str| scan::after(name, word).is_some_and(|rest| rest.is_empty() || word.len() == 3);
    let place = scan::words(MONTHS, b" ")
        .position(|name| fits(name) || (name.len() == 9 && scan::is(word, "sept")))?;
    u32::try_from(place + 1).ok()
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970 to this day. Years begin in March here, so that leap days come last.
fn days_before(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let months = (month + 9) % 12;
    year * 365 + year / 4 - year / 100 + year / 400 + (months * 153 + 2) / 5 + day - 719_469
}

fn date_of(days: i64) -> (i64, i64, i64) {
    // The inverse of `days_before`, over eras of 400 years.
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let months = (5 * day_of_year + 2) / 153;
    let month = if months < 10 { months + 3 } else { months - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (year, month, day_of_year - (153 * months + 2) / 5 + 1)
}

#[cfg(test)]
mod tests;
