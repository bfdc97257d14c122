//! A list of addresses as people have it: pasted lines, recipients of a mail, a table from a
//! spreadsheet or a directory; and what of it is on the platform.

mod entry;

pub use entry::{Address, addresses_in, domain_in_ascii};

use std::collections::BTreeSet;

use crate::csv::{self, Row, Rows};

/// Rows that tell which column holds the addresses, and bytes of them at most.
const SAMPLE: usize = 200;
const SAMPLE_BYTES: usize = 32 * 1024;
/// What has more columns is no table but recipients in one line.
const MOST_COLUMNS: usize = 50;
/// Cells of one row that are looked through at once.
const CELLS: usize = 100;

/// What stands in an address, or in what was meant for one: keyboards of East Asia write others.
const AT: [char; 3] = ['@', '＠', '﹫'];

/// A domain in its ASCII form (`xn--…`), `None` where it is none. The browser knows how.
pub type ToAscii = fn(&str) -> Option<String>;

/// A pasted text, and how it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    separator: char,
    /// Whether the first row names the columns.
    pub has_header: bool,
    /// What each column begins with, to choose by.
    pub columns: Vec<String>,
    /// The column that holds the addresses; `None` takes all of them.
    pub column: Option<usize>,
}

impl List {
    /// Guesses how a text is to be read: by the column in which most cells are addresses.
    pub fn guess(text: &str) -> Self {
        let is_cut = text.len() > SAMPLE_BYTES;
        let text = beginning(text, SAMPLE_BYTES);
        // A text without a table is read line by line; what no text holds never cuts.
        let separator = csv::separator(text).unwrap_or('\0');
        let sample: Vec<Row> = Rows::new(text, separator).take(SAMPLE).collect();
        let is_address = |row: &Row, column: usize| {
            let cell = row.cells.get(column);
            cell.is_some_and(|cell| cell.contains('@') && !addresses_in(cell).is_empty())
        };
        let width = sample.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let count = |column: usize| sample.iter().filter(|row| is_address(row, column)).count();
        let counts: Vec<usize> = (0..width).map(count).collect();
        let best = (0..width).max_by_key(|&column| (counts[column], width - column));
        let with_addresses = counts.iter().filter(|count| **count > 0).count();
        let first = sample.first();
        let has_header = best.is_some_and(|best| {
            counts[best] > 0 && first.is_some_and(|row| !row.cells.iter().any(|c| c.contains(AT)))
        });
        // Recipients in one line, or several of them in each, without a word of what they are.
        // The last cell may have been cut before its address.
        let is_full = counts.len() <= with_addresses + usize::from(is_cut);
        let all = with_addresses > 1 && !has_header && is_full;
        let is_table = !all || width <= MOST_COLUMNS;
        let names = first.filter(|_| is_table).map(|row| row.cells.clone());
        let names = names.unwrap_or_default();
        Self {
            separator,
            has_header,
            columns: names,
            column: best.filter(|_| !all && width > 1),
        }
    }

    /// The rows that hold addresses; a very long one in parts, so that none takes long.
    pub fn rows<'a>(&self, text: &'a str) -> impl Iterator<Item = Row> + use<'a> {
        let takes_all = self.column.is_none();
        let rows = Rows::new(text, self.separator).skip(usize::from(self.has_header));
        rows.flat_map(move |row| {
            if takes_all && row.cells.len() > CELLS {
                let part = |cells: &[String]| Row {
                    line: row.line,
                    cells: cells.to_vec(),
                };
                row.cells.chunks(CELLS).map(part).collect()
            } else {
                vec![row]
            }
        })
    }

    /// The cells of a row that hold addresses.
    fn cells<'a>(&self, row: &'a Row) -> &'a [String] {
        match self.column {
            None => &row.cells,
            Some(column) => row.cells.get(column..=column).unwrap_or_default(),
        }
    }
}

/// The first so many bytes of a text, or a letter less.
fn beginning(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev();
    let end = end.into_iter().find(|&end| text.is_char_boundary(end));
    &text[..end.unwrap_or(0)]
}

/// The addresses of a platform, to be found in whatever spelling.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// In the spelling to compare, sorted, each with its position.
    sorted: Vec<(String, usize)>,
}

impl Index {
    pub fn new(addresses: &[String], to_ascii: ToAscii) -> Self {
        let mut index = Self::default();
        for (position, address) in addresses.iter().enumerate() {
            index.add(position, address, to_ascii);
        }
        index
    }

    /// Takes in one address, at best in the order of the alphabet: thousands take too long for one
    /// go.
    pub fn add(&mut self, position: usize, address: &str, to_ascii: ToAscii) {
        if let Some(address) = Address::read(address, to_ascii) {
            let entry = (address.to_compare, position);
            let place = self.sorted.partition_point(|known| *known < entry);
            self.sorted.insert(place, entry);
        }
    }

    fn position(&self, to_compare: &str) -> Option<usize> {
        let found = self
            .sorted
            .binary_search_by(|(known, _)| known.as_str().cmp(to_compare));
        found.ok().map(|place| self.sorted[place].1)
    }
}

/// A part of the list that is not simply taken, with its line from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub line: usize,
    pub text: String,
}

/// What a list comes to, filled row by row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Review {
    /// Positions on the platform, each once, in the order of the list.
    pub found: Vec<usize>,
    /// Addresses that the platform does not have.
    pub unknown: Vec<Entry>,
    /// Addresses that stood in the list before, in this or another spelling.
    pub doubled: Vec<Entry>,
    /// What is no address.
    pub invalid: Vec<Entry>,
    seen: BTreeSet<String>,
}

impl Review {
    /// Takes one row into account.
    pub fn take(&mut self, list: &List, row: &Row, index: &Index, to_ascii: ToAscii) {
        let cells = list.cells(row);
        if cells.iter().all(String::is_empty) {
            // A row without anything in the column: named, so that nobody is missed silently.
            self.invalid.push(Entry {
                line: row.line,
                text: row.cells.join(" "),
            });
            return;
        }
        for cell in cells.iter().filter(|cell| !cell.is_empty()) {
            let entry = |text: &str| Entry {
                line: row.line,
                text: text.to_owned(),
            };
            let addresses = addresses_in(cell);
            if addresses.is_empty() {
                self.invalid.push(entry(cell));
            }
            for text in addresses {
                match Address::read(&text, to_ascii) {
                    None => self.invalid.push(entry(&text)),
                    Some(address) if self.seen.contains(&address.to_compare) => {
                        self.doubled.push(entry(&text));
                    }
                    Some(address) => {
                        match index.position(&address.to_compare) {
                            Some(position) => self.found.push(position),
                            None => self.unknown.push(entry(&text)),
                        }
                        self.seen.insert(address.to_compare);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
