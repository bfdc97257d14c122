//! Dates as mail servers and scripts write them: RFC 5322, JavaScript, ctime, ISO, with or without
//! a zone. What is no date is none; nothing is guessed but the century.

use super::received::tokens::{Token, Tokens};
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

/// Names of zones, and where they lie from UTC; RFC 5322 section 4.3 and what servers write besides.
const ZONES: &str = "-8 pst -7 mst pdt -6 cst mdt -5 cdt est -4 edt 0 z ut utc gmt wet \
    1 bst cet met mez west 2 cest eet mest mesz 3 eest msk 9 jst 10 aest 11 aedt";

/// More words than this are no date's surroundings.
const MOST: usize = 200;

/// The first date in the text. What stands in brackets is passed over.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn read(text: &str) -> Option<Date> {
    let mut tokens = Tokens::new(text);
    let mut before = "";
    for _ in 0..MOST {
        let word = next_word(&mut tokens)?;
        let date = at(before, word, tokens);
        if date.is_some() {
            return date;
        }
        before = word;
    }
    None
}

fn next_word<'a>(tokens: &mut Tokens<'a>) -> Option<&'a str> {
    loop {
        if let Token::Word(word) = tokens.next_token()? {
            return Some(scan::behind_last(scan::trimmed(word, b",_"), b','));
        }
    }
}

/// What a date is made of, as it was written.
#[derive(Default)]
struct Parts<'a> {
    year: &'a str,
    month: u32,
    day: &'a str,
    time: &'a str,
    offset: Option<i16>,
    /// Hours to add where the clock has twelve.
    afternoon: Option<i64>,
}

/// Reads a date whose month, or whose ISO day, is the middle one of these words.
fn at(before: &str, middle: &str, mut after: Tokens<'_>) -> Option<Date> {
    let one = scan::until(middle, b"-");
    let rest = scan::from(middle, one.len() + 1);
    let two = scan::until(rest, b"-");
    let three = scan::from(rest, two.len() + 1);
    let mut parts = Parts::default();
    if one.len() == 4 && two.len() == 2 {
        let clock = scan::from(three, 3);
        let end = scan::find(clock, b"+-Zz");
        parts.year = one;
        parts.month = scan::number(two, 10)?;
        parts.day = scan::part(three, 0, 2);
        parts.time = scan::part(clock, 0, end);
        parts.offset = minutes(scan::from(clock, end));
    } else if let Some(month) = month(two) {
        (parts.year, parts.month, parts.day) = (three, month, one);
    } else {
        parts.month = month(one)?;
        if before.len() <= 2 && scan::number(before, 10).is_some() {
            parts.day = before;
        }
    }
    // The rest follows in any order; ctime has the year behind the time, a zone on either side.
    for _ in 0..5 {
        if !next_word(&mut after).is_some_and(|word| parts.take(word)) {
            break;
        }
    }
    parts.build()
}

impl<'a> Parts<'a> {
    /// Finds the word's place; false where it belongs to no date.
    fn take(&mut self, word: &'a str) -> bool {
        let is_number = scan::number(word, 10).is_some();
        if self.time.is_empty() && scan::has(word, b':') {
            self.time = word;
        } else if is_number && self.day.is_empty() && word.len() <= 2 {
            self.day = word;
        } else if is_number && self.year.is_empty() {
            self.year = word;
        } else if scan::is(word, "am") {
            self.afternoon = Some(0);
        } else if scan::is(word, "pm") {
            self.afternoon = Some(12);
        } else if self.offset.is_none() {
            self.offset = minutes(word);
        }
        !self.time.is_empty() || is_number
    }

    fn build(&self) -> Option<Date> {
        let day = i64::from(scan::number(self.day, 10)?);
        let month = i64::from(self.month);
        let year = i64::from(scan::number(self.year, 10)?);
        let year = match self.year.len() {
            2 if year < 50 => 2000 + year,
            2 | 3 => 1900 + year,
            _ => year,
        };
        let mut clock = [0_i64; 3];
        let mut rest = self.time;
        for (index, place) in clock.iter_mut().enumerate() {
            let part = scan::until(rest, b":");
            rest = scan::from(rest, part.len() + 1);
            // The seconds may be missing.
            if index < 2 || !part.is_empty() {
                *place = i64::from(scan::number(scan::until(part, b"."), 10)?);
            }
        }
        let [mut hour, minute, second] = clock;
        if let Some(afternoon) = self.afternoon {
            hour = hour % 12 + afternoon;
        }
        let sound = (1970..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in(year, month)).contains(&day)
            && hour < 24
            && minute < 60
            && second <= 60
            && rest.is_empty()
            && !self.time.is_empty();
        let clock = days_before(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
        sound.then(|| Date {
            seconds: clock - i64::from(self.offset.unwrap_or(0)) * 60,
            offset: self.offset,
        })
    }
}

/// `+0200`, `+02:00`, `GMT+0000`, `CEST`.
fn minutes(zone: &str) -> Option<i16> {
    let start = scan::find(zone, b"+-");
    let digits = scan::from(zone, start + 1);
    if digits.len() < 2 {
        return named(scan::part(zone, 0, start)).map(|hours| hours * 60);
    }
    let rest = scan::trimmed(scan::from(digits, 2), b":");
    let rest = if rest.is_empty() { "0" } else { rest };
    let total = scan::number(scan::part(digits, 0, 2), 10)? * 60 + scan::number(rest, 10)?;
    let total = i16::try_from(total).ok().filter(|total| *total < 1440)?;
    Some(if zone.as_bytes().get(start) == Some(&b'-') {
        -total
    } else {
        total
    })
}

/// Hours from UTC. In the list the hours stand in front of the names.
fn named(zone: &str) -> Option<i16> {
    let mut hours = 0;
    for word in scan::words(ZONES, b" ") {
        let digits = scan::trimmed(word, b"-");
        if let Some(number) = scan::number(digits, 10) {
            let number = i16::try_from(number).unwrap_or(0);
            hours = if digits.len() < word.len() {
                -number
            } else {
                number
            };
        } else if scan::is(word, zone) {
            return Some(hours);
        }
    }
    None
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
