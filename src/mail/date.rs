//! Dates as mail servers and scripts write them: RFC 5322, JavaScript, ctime, ISO, with or without
//! a zone. What is no date is none; nothing is guessed but the century.

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

const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Names of zones and their minutes east of UTC, RFC 5322 section 4.3 and what servers write besides.
const ZONES: &[(&str, i16)] = &[
    ("z", 0),
    ("ut", 0),
    ("utc", 0),
    ("gmt", 0),
    ("wet", 0),
    ("est", -300),
    ("edt", -240),
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
    ("bst", 60),
    ("west", 60),
    ("cet", 60),
    ("met", 60),
    ("mez", 60),
    ("cest", 120),
    ("mest", 120),
    ("mesz", 120),
    ("eet", 120),
    ("eest", 180),
    ("msk", 180),
    ("jst", 540),
    ("aest", 600),
    ("aedt", 660),
];

/// The first date in the text.
pub fn read(text: &str) -> Option<Date> {
    let mut words: [&str; 8] = [""; 8];
    let mut depth = 0_usize;
    for word in text.split([' ', '\t', ',', ';', '\r', '\n', '_']) {
        let outside = depth == 0;
        depth = (depth + word.matches('(').count()).saturating_sub(word.matches(')').count());
        let word = if outside {
            word.split('(').next().unwrap_or("")
        } else {
            ""
        };
        if word.is_empty() {
            continue;
        }
        words.rotate_left(1);
        words[7] = word;
        // The month, or an ISO date, has reached the second place: what belongs to it is in sight.
        if let Some(date) = at(&words) {
            return Some(date);
        }
    }
    for _ in 0..7 {
        words.rotate_left(1);
        words[7] = "";
        if let Some(date) = at(&words) {
            return Some(date);
        }
    }
    None
}

/// Reads a date whose month, or whose ISO day, is the second word.
fn at(words: &[&str; 8]) -> Option<Date> {
    let [before, middle, first, second, third, fourth, fifth, _] = *words;
    if let Some(date) = iso(middle, first, second) {
        return Some(date);
    }
    if let Some((day, rest)) = middle.split_once('-')
        && let Some((name, year)) = rest.split_once('-')
    {
        return build(year, month(name)?, number(day)?, first, &[second, third]);
    }
    let month = month(middle)?;
    if let Some(day) = number(before).filter(|day| before.len() <= 2 && (1..=31).contains(day))
        && let Some(date) = build(first, month, day, second, &[third, fourth])
    {
        return Some(date);
    }
    let day = number(first).filter(|_| first.len() <= 2)?;
    if second.contains(':') {
        // ctime: the year behind the time, a zone on either side of it.
        build(third, month, day, second, &[fourth])
            .or_else(|| build(fourth, month, day, second, &[third]))
    } else {
        build(second, month, day, third, &[fourth, fifth])
    }
}

fn iso(day: &str, time: &str, zone: &str) -> Option<Date> {
    let digits = day.as_bytes();
    if digits.len() < 10 || digits[4] != b'-' || digits[7] != b'-' || !digits[..10].is_ascii() {
        return None;
    }
    let (date, rest) = day.split_at(10);
    let month = number(&date[5..7])?;
    let year = &date[..4];
    if let Some(clock) = rest.strip_prefix('T') {
        let end = clock[1.min(clock.len())..]
            .find(['+', '-', 'Z'])
            .map_or(clock.len(), |end| end + 1);
        return build(
            year,
            month,
            number(&date[8..])?,
            clock.get(..end)?,
            &[clock.get(end..)?],
        );
    }
    if rest.is_empty() {
        build(year, month, number(&date[8..])?, time, &[zone])
    } else {
        None
    }
}

fn build(year: &str, month: i64, day: i64, time: &str, zones: &[&str]) -> Option<Date> {
    let year = match (number(year)?, year.len()) {
        (year, 2) if year < 50 => 2000 + year,
        (year, 2 | 3) => 1900 + year,
        (year, 4) => year,
        _ => return None,
    };
    let mut parts = time.split(':');
    let (mut hour, minute) = (number(parts.next()?)?, number(parts.next()?)?);
    let second = match parts.next() {
        Some(second) => number(second.split('.').next()?)?,
        None => 0,
    };
    let mut offset = None;
    for zone in zones {
        if zone.eq_ignore_ascii_case("pm") && hour < 12 {
            hour += 12;
        } else if zone.eq_ignore_ascii_case("am") && hour == 12 {
            hour = 0;
        } else if offset.is_none() {
            offset = minutes(zone);
        }
    }
    let sound = (1970..=9999).contains(&year)
        && (1..=12).contains(&month)
        && day >= 1
        && day <= days_in(year, month)
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
    let start = zone.find(['+', '-']).unwrap_or(zone.len());
    let (name, digits) = zone.split_at(start);
    if digits.len() < 3 {
        return ZONES
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, minutes)| *minutes);
    }
    let (hours, rest) = digits[1..].split_at_checked(2)?;
    let rest = rest.strip_prefix(':').unwrap_or(rest);
    let rest = if rest.is_empty() { 0 } else { number(rest)? };
    let total = i16::try_from(number(hours)? * 60 + rest)
        .ok()
        .filter(|total| *total < 1440)?;
    Some(if digits.starts_with('-') {
        -total
    } else {
        total
    })
}

fn month(word: &str) -> Option<i64> {
    let word = word.trim_end_matches('.');
    let place = MONTHS.iter().position(|name| {
        name.get(..word.len()).is_some_and(|start| {
            (word.len() == 3 || word.len() == name.len()) && start.eq_ignore_ascii_case(word)
        }) || (word.len() == 4 && *name == "september" && word.eq_ignore_ascii_case("sept"))
    })?;
    i64::try_from(place + 1).ok()
}

/// A number of up to five digits, nothing else.
fn number(word: &str) -> Option<i64> {
    let digits = (1..=5).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| {
        word.bytes()
            .fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'))
    })
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
