//! A judgement together with the text that it speaks of.

use std::ops::Range;

use crate::browser::page;
use crate::mail::file;
use crate::mail::header::{self, LIMIT};
use crate::mail::journey::Journey;
use crate::mail::verdict::{Judgement, Question, judge};
use crate::text::{Text, fill};
use crate::ui::dom::{El, words};

/// What the check came to. It outlives a change of language.
pub enum Answer {
    Judged(Box<Judged>),
    /// The file is no mail.
    WrongFile(file::Kind),
    /// The browser did not hand the file over.
    NoFile,
}

/// A judged header with the lines that are worth showing.
pub struct Judged {
    /// The header as it was pasted, as far as it is shown.
    pub text: String,
    pub judgement: Judgement,
    pub journey: Journey,
    /// In the order of the text, none twice.
    pub marks: Vec<Mark>,
}

/// A line that a judgement speaks of.
pub struct Mark {
    pub range: Range<usize>,
    /// Its number in the pasted text, from 1.
    pub line: usize,
    pub decides: bool,
}

/// A header that is longer is shown in part.
const LONGEST_SHOWN: usize = 100_000;
/// A line that is longer is quoted in part.
const LONGEST_QUOTE: usize = 700;

impl Judged {
    pub fn new(text: &str, question: &Question<'_>) -> Self {
        let judgement = judge(text, question);
        let end = match text.len() {
            0..LIMIT => header::read(text).end,
            long => long,
        };
        Self {
            text: beginning(text, end.min(LONGEST_SHOWN)).to_owned(),
            journey: Journey::of(&judgement),
            marks: marks(text, &judgement),
            judgement,
        }
    }

    /// The line as it was pasted; a long one is cut.
    pub fn quote(&self, range: &Range<usize>) -> String {
        let line = self.text.get(range.clone()).unwrap_or_default().trim();
        let quoted = beginning(line, LONGEST_QUOTE);
        let rest = if quoted.len() < line.len() {
            " …"
        } else {
            ""
        };
        [quoted, rest].concat()
    }

    /// The number of the line that begins there.
    pub fn line(&self, range: &Range<usize>) -> Option<usize> {
        let place = self
            .marks
            .binary_search_by_key(&range.start, |mark| mark.range.start);
        Some(self.marks[place.ok()?].line)
    }

    /// A link to a line in the shown header; nothing for a line that is not shown.
    pub fn link(&self, t: &Text, range: &Range<usize>) -> Option<El> {
        if range.end > self.text.len() {
            return None;
        }
        let number = self.line(range)?.to_string();
        let place = place(&number);
        let link = words("a", &fill(t.line_link(), &[("number", &number)]))
            .attr("href", &["#", &place].concat());
        Some(link.on("click", move |event| {
            event.prevent_default();
            page::reveal(&place);
        }))
    }
}

/// The id of the line with this number in the shown header.
pub fn place(number: &str) -> String {
    ["line-", number].concat()
}

/// No more than so many bytes of the start, and no half letter.
pub fn beginning(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn marks(text: &str, judgement: &Judgement) -> Vec<Mark> {
    let reasons = judgement.supporting.iter().chain(&judgement.against);
    let hops = judgement.hops.iter().map(|hop| &hop.range);
    let found = &judgement.authentication;
    let checks = (found.spf.iter().map(|found| &found.range))
        .chain(found.dkim.iter().map(|found| &found.range))
        .chain(found.dmarc.iter().map(|found| &found.range))
        .chain(found.arc.iter().map(|found| &found.range))
        .chain(found.signatures.iter().map(|found| &found.range))
        .chain(found.seals.iter().map(|found| &found.range));
    let mut ranges: Vec<_> = (judgement.deciding.iter())
        .chain(reasons.map(|reason| &reason.range))
        .chain(&judgement.not_understood)
        .chain(hops)
        .chain(checks)
        .collect();
    ranges.sort_unstable_by_key(|range| range.start);
    ranges.dedup_by_key(|range| range.start);
    let newline = if text.contains('\n') { b'\n' } else { b'\r' };
    let (mut line, mut from) = (1, 0);
    let mark = |range: &Range<usize>| {
        let passed = &text.as_bytes()[from..range.start];
        line += passed.split(|byte| *byte == newline).count() - 1;
        from = range.start;
        Mark {
            range: range.clone(),
            line,
            decides: judgement.deciding.contains(range),
        }
    };
    ranges.into_iter().map(mark).collect()
}
