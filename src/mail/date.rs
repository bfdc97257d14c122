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
        let rest = self.seconds.rem_euclid(86_400);
        let (year, month, day) = date_of(self.seconds.div_euclid(86_400));
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

const MONTHS: &str = "jan feb mar apr may jun jul aug sep oct nov dec";
/// What may follow the three letters of one of them; which of which is not asked.
const ENDS: &str = "uary ruary ch il e y ust t tember ober ember";

/// Names of zones; RFC 5322 section 4.3 and what servers write besides.
const ZONES: &str = "pst mst pdt cst mdt est cdt edt z ut utc gmt wet \
    bst cet met mez west cest eet mest mesz eest msk jst aest aedt";
/// Where they lie from UTC, in hours.
const HOURS: &[i8] = &[
    -8, -7, -7, -6, -6, -5, -5, -4, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 9, 10, 11,
];

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
    afternoon: Option<u32>,
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
        let day = scan::number(self.day, 10)?;
        let year = scan::number(self.year, 10)?;
        let year = match self.year.len() {
            2 if year < 50 => 2000 + year,
            2 | 3 => 1900 + year,
            _ => year,
        };
        let mut clock = [0; 3];
        let mut rest = self.time;
        for (index, place) in clock.iter_mut().enumerate() {
            let part = scan::until(rest, b":");
            rest = scan::from(rest, part.len() + 1);
            // The seconds may be missing.
            if index < 2 || !part.is_empty() {
                *place = scan::number(scan::until(part, b"."), 10)?;
            }
        }
        let [mut hour, minute, second] = clock;
        if let Some(afternoon) = self.afternoon {
            hour = hour % 12 + afternoon;
        }
        let sound = (1970..=9999).contains(&year)
            && (1..=12).contains(&self.month)
            && hour < 24
            && minute < 60
            && second <= 60
            && rest.is_empty()
            && !self.time.is_empty();
        if !sound {
            return None;
        }
        let before = days_before(year, self.month);
        let days = days_before(year, self.month + 1) - before;
        let clock = i64::from(hour * 3600 + minute * 60 + second);
        let offset = i64::from(self.offset.unwrap_or(0)) * 60;
        (1..=days).contains(&day).then(|| Date {
            seconds: i64::from(before + day - 1) * 86_400 + clock - offset,
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

/// Hours from UTC.
fn named(zone: &str) -> Option<i16> {
    let hours = HOURS.get(scan::place(zone, ZONES)?)?;
    Some(i16::from(*hours))
}

fn month(word: &str) -> Option<u32> {
    let word = scan::trimmed(word, b".");
    // Most words are no month.
    let first = word.bytes().next()? | 0x20;
    if !b"jfmasond".contains(&first) || word.len() > 9 {
        return None;
    }
    let place = scan::place(scan::part(word, 0, 3), MONTHS)?;
    let rest = scan::from(word, 3);
    let is_whole = rest.is_empty() || scan::is_any(rest, ENDS);
    u32::try_from(place + 1).ok().filter(|_| is_whole)
}

/// Days from 1970 to the first of this month; the month after December is the next year's first.
fn days_before(year: u32, month: u32) -> u32 {
    // Years begin in March here, so that leap days come last.
    let year = if month <= 2 { year - 1 } else { year };
    let months = (month + 9) % 12;
    year * 365 + year / 4 - year / 100 + year / 400 + (months * 153 + 2) / 5 - 719_468
}

/// Year, month and day, so many days after 1970; over eras of 400 years.
fn date_of(days: i64) -> (i64, i64, i64) {
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
