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

#[cfg(test)]
mod tests {
    use super::{Judged, LONGEST, LONGEST_QUOTE, MOST_FIELDS, beginning};
    use crate::mail::verdict::{Question, Verdict};

    const MAIL: &str = "\
        Delivered-To: jane@example.org\n\
        Received: from gw.d.sender-sib.com (gw.d.sender-sib.com [203.0.113.44])\n\
        \tby mx.example.org with ESMTPS;\n\
        \tTue, 12 Mar 2024 08:14:09 +0100\n\
        From: newsletter@mydomain.ovh\n\
        Subject: Spring\n";
    /// When that mail arrived, in milliseconds.
    const ARRIVED: u64 = 1_710_227_649_000;

    fn judged(text: &str) -> Judged {
        let question = Question {
            smart_host: "smtp-relay.brevo.com",
            ..Question::default()
        };
        Judged::new(text, &question)
    }

    #[test]
    fn each_field_has_its_line_and_one_decides() {
        for text in [
            MAIL.to_owned(),
            MAIL.replace('\n', "\r\n"),
            MAIL.replace('\n', "\r"),
        ] {
            let judged = judged(&text);
            let used = Verdict::Used { white_label: false };
            assert_eq!(judged.judgement.verdict, used, "{text:?}");
            let lines: Vec<_> = judged.fields.iter().map(|field| field.line).collect();
            assert_eq!(lines, [1, 2, 5, 6], "{text:?}");
            let deciding = judged.fields.iter().filter(|field| field.decides);
            let deciding: Vec<_> = deciding.map(|field| judged.quote(&field.range)).collect();
            assert_eq!(deciding.len(), 1, "{text:?}");
            assert!(deciding[0].starts_with("Received: from gw.d.sender-sib.com"));
            assert_eq!(judged.line(&judged.fields[2].range), Some(5));
        }
    }

    #[test]
    fn a_line_in_front_moves_all_of_them() {
        let judged = judged(&["Message source:\n\n", MAIL].concat());
        let lines: Vec<_> = judged.fields.iter().map(|field| field.line).collect();
        assert_eq!(lines, [3, 4, 7, 8]);
    }

    #[test]
    fn what_is_too_long_is_cut_between_letters() {
        let subject = "ä".repeat(LONGEST_QUOTE);
        let judged = judged(&MAIL.replace("Spring", &subject));
        let quote = judged.quote(&judged.fields[3].range);
        assert!(quote.ends_with("ä …") && quote.len() <= LONGEST_QUOTE + " …".len());
        assert_eq!(
            judged.quote(&(judged.text.len()..judged.text.len() + 9)),
            ""
        );
        assert_eq!((beginning("äöü", 3), beginning("äöü", 99)), ("ä", "äöü"));
    }

    #[test]
    fn a_body_is_not_shown_and_an_endless_header_is_shown_in_part() {
        let whole = judged(&[MAIL, "\nFrom here on it is the letter.\n"].concat());
        assert_eq!(whole.text, MAIL);
        let line = "X-Noise: 0123456789\n";
        let endless = judged(&[MAIL, &line.repeat(LONGEST / line.len() + 10)].concat());
        assert!((LONGEST / 2..=LONGEST).contains(&endless.text.len()));
        // Behind so many fields, lines have no numbers any more.
        assert_eq!(endless.fields.len(), MOST_FIELDS);
    }

    #[test]
    fn a_mail_from_before_a_change_is_told_though_clocks_differ_a_little() {
        let judged = judged(MAIL);
        for (changed, is_before) in [
            (ARRIVED - 1_000, false),
            (ARRIVED + 60_000, false),
            (ARRIVED + 61_000, true),
        ] {
            assert_eq!(judged.is_from_before(changed), is_before, "{changed}");
        }
        assert!(!super::Judged::new("", &Question::default()).is_from_before(u64::MAX));
    }
}
