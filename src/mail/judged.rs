//! A judgement together with the text that it speaks of.

use std::ops::Range;

use super::header::{self, Header};
use super::journey::Journey;
use super::verdict::{Judgement, Question, judge};

/// A judged header with the lines that are worth showing.
pub struct Judged {
    /// The header as it was pasted, as far as it is shown.
    pub text: String,
    pub judgement: Judgement,
    pub journey: Journey,
    /// The shown fields, in the order of the text.
    pub fields: Vec<Place>,
    /// When something was changed after the mail had arrived, in milliseconds since 1970.
    pub changed_since: Option<u64>,
}

/// Where a field stands.
pub struct Place {
    pub range: Range<usize>,
    /// The number of its first line in the pasted text, from 1.
    pub line: usize,
    pub decides: bool,
}

/// In seconds.
const CLOCKS_DIFFER: i64 = 60;
/// A header that is longer than any real one is shown in part.
pub const LONGEST: usize = 100_000;
/// Behind so many fields, lines have no numbers any more.
const MOST_FIELDS: usize = 400;
/// A line that is longer is quoted in part.
const LONGEST_QUOTE: usize = 700;

impl Judged {
    pub fn new(text: &str, question: &Question<'_>) -> Self {
        let judgement = judge(text, question);
        // Not longer than is shown: the browser takes its time over what is long.
        let header = header::read(beginning(text, LONGEST));
        Self {
            text: beginning(text, header.end).to_owned(),
            journey: Journey::of(&judgement),
            fields: places(text, &header, &judgement),
            judgement,
            changed_since: None,
        }
    }

    /// Whether the mail had arrived when something was changed, by clocks that may differ a little.
    pub fn is_from_before(&self, changed: u64) -> bool {
        let dates = self.judgement.evidence.hops.iter();
        let arrived = dates
            .filter_map(|hop| hop.date)
            .map(|date| date.seconds)
            .max();
        let changed = i64::try_from(changed / 1_000).unwrap_or(i64::MAX);
        arrived.is_some_and(|arrived| arrived + CLOCKS_DIFFER < changed)
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
        let field = self
            .fields
            .iter()
            .find(|field| field.range.start == range.start);
        field.map(|field| field.line)
    }
}

/// No more than so many bytes of the start, and no half letter.
pub fn beginning(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn places(text: &str, header: &Header<'_>, judgement: &Judgement) -> Vec<Place> {
    let newline = if text.contains('\n') { b'\n' } else { b'\r' };
    let (mut line, mut from) = (1, 0);
    let mut places = Vec::new();
    for field in header.fields.iter().take(MOST_FIELDS) {
        let passed = &text.as_bytes()[from..field.range.start];
        line += passed.split(|byte| *byte == newline).count() - 1;
        from = field.range.start;
        places.push(Place {
            range: field.range.clone(),
            line,
            decides: judgement.road.deciding.contains(&field.range),
        });
    }
    places
}
