//! Tables as text: reads what spreadsheets and mail programs write, with any separator, and writes
//! what Excel and `LibreOffice` open rightly.

mod decode;

use std::borrow::Cow;

pub use decode::decode;

/// What may stand between two cells, the likeliest first.
const SEPARATORS: [char; 4] = ['\t', ';', ',', '|'];
/// Rows that tell the separator.
const SAMPLE: usize = 100;

/// One row, with the number of the line it begins on, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub line: usize,
    pub cells: Vec<String>,
}

/// The rows of a text, one after the other; blank lines are left out.
#[derive(Clone, Debug)]
pub struct Rows<'a> {
    rest: &'a str,
    line: usize,
    separator: char,
}

impl<'a> Rows<'a> {
    pub fn new(text: &'a str, separator: char) -> Self {
        Self {
            rest: text.strip_prefix('\u{feff}').unwrap_or(text),
            line: 1,
            separator,
        }
    }
}

impl Iterator for Rows<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        while !self.rest.is_empty() {
            let line = self.line;
            let (cells, rest, lines) = row(self.rest, self.separator);
            self.line += lines;
            self.rest = rest;
            if cells.iter().any(|cell| !cell.is_empty()) {
                return Some(Row { line, cells });
            }
        }
        None
    }
}

/// The cells up to the end of a row, what follows, and how many lines the row takes. A quote that
/// is never closed is taken as a letter, so that it cannot swallow the rest of the text.
fn row(text: &str, separator: char) -> (Vec<String>, &str, usize) {
    let mut cells = Vec::new();
    let mut rest = text;
    let mut lines = 1;
    loop {
        let begun = rest.trim_start_matches([' ', '\u{a0}']);
        if let Some((cell, after, broken)) = quoted(begun, separator) {
            cells.push(cell);
            lines += broken;
            rest = after;
        } else {
            let end = rest.find([separator, '\n', '\r']).unwrap_or(rest.len());
            let (cell, after) = rest.split_at(end);
            cells.push(cell.trim().to_owned());
            rest = after;
        }
        match rest.strip_prefix(separator) {
            Some(after) => rest = after,
            None => break,
        }
    }
    let rest = rest.strip_prefix('\r').unwrap_or(rest);
    (cells, rest.strip_prefix('\n').unwrap_or(rest), lines)
}

/// A cell in quotes with what follows it, and the line breaks in it; none where the quotes are not
/// the whole cell, as in `"Doe, Jane" <jane@example.com>`.
fn quoted(text: &str, separator: char) -> Option<(String, &str, usize)> {
    let mut rest = text.strip_prefix('"')?;
    let mut cell = String::new();
    loop {
        let end = rest.find('"')?;
        let (part, after) = rest.split_at(end);
        cell.push_str(part);
        rest = after.strip_prefix('"')?;
        match rest.strip_prefix('"') {
            Some(after) => {
                cell.push('"');
                rest = after;
            }
            None => break,
        }
    }
    let rest = rest.trim_start_matches(' ');
    let is_whole = rest.is_empty() || rest.starts_with([separator, '\r', '\n']);
    let breaks = cell.matches('\n').count();
    is_whole.then(|| (cell.trim().to_owned(), rest, breaks))
}

/// The separator that cuts the most rows into the same number of cells, more than one; none where
/// each line is one cell.
pub fn separator(text: &str) -> Option<char> {
    let mut best = None;
    for separator in SEPARATORS {
        let counts = Rows::new(text, separator).take(SAMPLE);
        let counts: Vec<usize> = counts.map(|row| row.cells.len()).collect();
        let agreeing = |count: &usize| counts.iter().filter(|other| *other == count).count();
        let usual = counts
            .iter()
            .filter(|count| **count > 1)
            .map(agreeing)
            .max();
        let Some(agreeing) = usual else { continue };
        if best.is_none_or(|(most, _)| agreeing > most) {
            best = Some((agreeing, separator));
        }
    }
    let (agreeing, separator) = best?;
    let all = Rows::new(text, separator).take(SAMPLE).count();
    // A comma in one name of many does not make a table.
    (agreeing * 2 > all).then_some(separator)
}

/// A cell that no spreadsheet takes for a formula: it calculates what begins so, in quotes or not (see
/// OWASP, "CSV Injection").
pub fn as_words(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        return Cow::Owned(["'", cell].concat());
    }
    Cow::Borrowed(cell)
}

/// Rows that are pasted into a spreadsheet: one line each, with tabs between the cells.
pub fn to_paste<'a>(rows: impl IntoIterator<Item = &'a [String]>) -> String {
    let cell = |cell: &String| {
        let line = cell.replace(['\t', '\n', '\r'], " ");
        // A quote in front would take what follows into its cell.
        match line.trim_start() {
            quoted if quoted.starts_with('"') => ["'", quoted].concat(),
            words => as_words(words).into_owned(),
        }
    };
    let row = |row: &[String]| row.iter().map(cell).collect::<Vec<_>>().join("\t");
    rows.into_iter().map(row).collect::<Vec<_>>().join("\n")
}

/// A table as text: with the mark by which Excel knows UTF-8, semicolons where the language writes
/// its fractions with a comma, as Excel expects there, and no cell that it would take for a formula.
pub fn write(rows: impl IntoIterator<Item = Vec<String>>, separator: char) -> String {
    let mut text = String::from('\u{feff}');
    for row in rows {
        for (index, cell) in row.iter().enumerate() {
            if index > 0 {
                text.push(separator);
            }
            text.push('"');
            text.push_str(&as_words(cell).replace('"', "\"\""));
            text.push('"');
        }
        text.push_str("\r\n");
    }
    text
}

#[cfg(test)]
mod tests;
