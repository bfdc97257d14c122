//! Reads Received fields into hops. Servers agree on little but the words `from`, `by`, `with`,
//! `id` and `for`; what cannot be told is left out, and never guessed.

use std::ops::Range;

use super::address::Ip;
use super::date::{self, Date};
use super::header::Field;
use super::scan;

mod encrypted;
pub(super) mod tokens;

use tokens::{Token, Tokens};

/// Longer values are not understood: no server writes them.
const LONGEST: usize = 16 << 10;

/// One handover of the mail, as the server that took it wrote it down. A name that is not there is
/// empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hop {
    /// The field on one line.
    line: String,
    /// Where its parts stand in the line, in the order of [`Part`].
    places: [(u16, u16); PARTS],
    pub address: Option<Ip>,
    pub date: Option<Date>,
    /// Whether the mail was encrypted on this stretch; none where nothing tells, or where it never
    /// went over a net.
    pub encrypted: Option<bool>,
    /// Where the field stands in the pasted text.
    pub range: Range<usize>,
}

/// The parts that are kept as they are written; those with a word of their own in front come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    From,
    By,
    With,
    Id,
    For,
    Helo,
    Reverse,
    Software,
    Address,
}

const PARTS: usize = Part::Address as usize + 1;

impl Hop {
    /// Reads one Received field; none if nothing in it says who took the mail from whom.
    pub fn read(field: &Field<'_>) -> Option<Self> {
        if field.value.len() > LONGEST {
            return None;
        }
        let line = field.text();
        let mut reader = Reader::new(&line);
        reader.read();
        let starts = &[reader.last_semicolon, reader.first_semicolon, 0];
        let mut starts = starts.iter();
        let date = starts.find_map(|start| date::read(scan::from(&line, *start)));
        let tells = reader.tells(date.is_some());
        let encrypted = encrypted::tell(&reader);
        let (places, address) = (reader.places(), reader.address);
        tells.then_some(Self {
            line,
            places,
            address,
            date,
            encrypted,
            range: field.range.clone(),
        })
    }

    fn part(&self, part: Part) -> &str {
        let (start, end) = self.places[part as usize];
        scan::part(&self.line, start.into(), end.into())
    }

    /// The name behind `from`, as written.
    pub fn from(&self) -> &str {
        self.part(Part::From)
    }

    /// The name the sending side called itself.
    pub fn helo(&self) -> &str {
        self.part(Part::Helo)
    }

    /// The name the receiving server found for the address.
    pub fn reverse(&self) -> &str {
        self.part(Part::Reverse)
    }

    /// The server that took the mail.
    pub fn by(&self) -> &str {
        self.part(Part::By)
    }

    /// What that server calls its software, or itself, in brackets.
    pub fn software(&self) -> &str {
        self.part(Part::Software)
    }

    /// The protocol.
    pub fn with(&self) -> &str {
        self.part(Part::With)
    }

    pub fn id(&self) -> &str {
        self.part(Part::Id)
    }

    /// The internet address of the sending side, as written.
    pub fn address_text(&self) -> &str {
        self.part(Part::Address)
    }

    /// The recipient.
    pub fn for_(&self) -> &str {
        self.part(Part::For)
    }
}

/// Reads a line word by word.
struct Reader<'a> {
    line: &'a str,
    parts: [&'a str; PARTS],
    address: Option<Ip>,
    /// The part whose words are being read; none before the first, and in what says nothing here.
    clause: Option<Part>,
    /// Words since the clause began.
    words: usize,
    /// A clause has begun.
    begun: bool,
    /// The line names a greeting apart from the name behind `from`.
    greeted: bool,
    /// A comment names a version of TLS, or a cipher.
    cipher: bool,
    first_semicolon: usize,
    last_semicolon: usize,
}

impl<'a> Reader<'a> {
    fn new(line: &'a str) -> Self {
        Self {
            line,
            parts: [""; PARTS],
            address: None,
            clause: None,
            words: 0,
            begun: false,
            greeted: false,
            cipher: false,
            first_semicolon: 0,
            last_semicolon: 0,
        }
    }

    fn read(&mut self) {
        let mut tokens = Tokens::new(self.line);
        while let Some(token) = tokens.next_token() {
            match token {
                Token::Word(word) => self.word(word),
                Token::Comment(comment) => self.comment(comment),
                Token::Semicolon => {
                    self.last_semicolon = tokens.at();
                    if self.first_semicolon == 0 {
                        self.first_semicolon = self.last_semicolon;
                    }
                    self.begin(None);
                }
            }
        }
        self.name_sides();
    }

    fn get(&self, part: Part) -> &'a str {
        self.parts[part as usize]
    }

    fn set(&mut self, part: Part, text: &'a str) {
        self.parts[part as usize] = text;
    }

    fn has(&self, part: Part) -> bool {
        !self.get(part).is_empty()
    }

    fn begin(&mut self, clause: Option<Part>) {
        self.begun = true;
        self.clause = clause;
        self.words = 0;
    }

    fn word(&mut self, word: &'a str) {
        match keyword(word) {
            Some(Keyword::Part(Part::From))
                if self.has(Part::From) || self.has(Part::By) || self.clause == Some(Part::For) => {
            }
            Some(Keyword::Part(part)) if self.clause == Some(part) && part != Part::Id => {}
            Some(Keyword::Part(part)) => {
                self.begin(Some(part).filter(|part| !self.has(*part)));
                return;
            }
            Some(Keyword::Other) => {
                self.begin(None);
                return;
            }
            None => {}
        }
        self.words += 1;
        let word = scan::trimmed(word, b",");
        if let Some(clause) = self.clause
            && !word.is_empty()
        {
            self.value(clause, word);
        }
    }

    fn value(&mut self, clause: Part, word: &'a str) {
        match (clause, self.words) {
            (Part::From, 1) => {
                let name = scan::until(word, b"[");
                if name.is_empty() {
                    // A port may follow: `[192.0.2.1]:25`.
                    let end = scan::find(word, b"]") + 1;
                    self.set(clause, scan::part(word, 0, end));
                } else {
                    self.set(clause, scan::trimmed(name, b"<>"));
                    self.address(scan::from(word, name.len()));
                }
            }
            // `from mail pickup service by ...`: no host sent this.
            (Part::From, 2) if scan::is(word, "pickup") => self.set(clause, ""),
            (Part::From, _) if word.starts_with('[') && self.address.is_none() => {
                self.address(word);
            }
            (Part::From, 3..) if word.starts_with('"') => {
                self.set(Part::Helo, scan::trimmed(word, b"\""));
                self.greeted = true;
            }
            (Part::With, 2..=6) => {
                let start = place_in(self.line, self.get(clause));
                let end = place_in(self.line, word) + word.len();
                self.set(clause, scan::part(self.line, start, end));
            }
            (Part::Id | Part::With, 1) => self.set(clause, word),
            (_, 1) => self.set(clause, scan::trimmed(word, b"<>.")),
            _ => {}
        }
    }

    fn comment(&mut self, comment: &'a str) {
        let comment = scan::trim(comment);
        self.cipher |= encrypted::names_cipher(comment);
        match self.clause {
            None if !self.begun => {
                let inner = scan::after(comment, "from ");
                if let Some(inner) = inner {
                    let first = scan::until(inner, b" ");
                    if !scan::has(first, b'@') {
                        self.set(Part::From, first);
                    }
                } else {
                    self.software(comment);
                }
                self.sender_comment(inner.unwrap_or(comment), true);
            }
            // `([<message@host>] helo=name)`: a message's name, not a host's.
            Some(Part::From) if !is_about_cipher(comment) => {
                self.sender_comment(comment, comment.starts_with("[<"));
            }
            Some(Part::By | Part::With | Part::Id) => {
                self.software(comment);
                if self.words > 0 {
                    // A protocol of several words ends here.
                    self.words += 6;
                }
            }
            _ => {}
        }
    }

    fn software(&mut self, comment: &'a str) {
        if !self.has(Part::Software) {
            self.set(Part::Software, comment);
        }
    }

    /// Takes the text for the sender's address, unless there is one; false where it is none.
    #[cfg_attr(target_family = "wasm", inline(never))]
    fn address(&mut self, text: &'a str) -> bool {
        let read = Ip::read(text);
        if let Some((address, text)) = read
            && self.address.is_none()
        {
            self.address = Some(address);
            self.set(Part::Address, text);
        }
        read.is_some()
    }

    /// What stands in brackets behind the sender's name: the name looked up, the greeting, the
    /// address, in any order and spelling.
    fn sender_comment(&mut self, comment: &'a str, only_address: bool) {
        let mut greeting = false;
        for (index, word) in scan::words(comment, b" \t[],<>\"").enumerate() {
            let name = scan::behind_last(word, b'@');
            let marked = scan::after(word, "helo=");
            if greeting || marked.is_some() {
                let name = marked.unwrap_or(word);
                greeting = name.is_empty();
                self.greeted = true;
                if !greeting && !only_address {
                    self.set(Part::Helo, name);
                }
            } else if word.len() == 4 && scan::is_any(word, "helo ehlo lhlo") {
                greeting = true;
                self.greeted = true;
            } else if !self.address(name) && index == 0 && !only_address && !self.has(Part::Reverse)
            {
                let name = scan::trimmed(name, b".");
                if is_host(name) && (scan::has(name, b'.') || scan::is(name, "localhost")) {
                    self.set(Part::Reverse, name);
                }
            }
        }
    }

    /// Tells apart what the sender claimed and what the receiver looked up. With an explicit
    /// greeting the name behind `from` was looked up; without one it is the greeting.
    fn name_sides(&mut self) {
        let from = self.get(Part::From);
        if from.starts_with("[<") {
            // `[<message@host>]` names a message.
            self.set(Part::From, "");
        } else if !self.address(from) && is_host(from) {
            if !self.greeted {
                self.set(Part::Helo, from);
            } else if !self.has(Part::Reverse) && scan::has(from, b'.') {
                self.set(Part::Reverse, from);
            }
        }
    }

    /// Enough is there to tell who took the mail from whom: a date, and more than one name.
    fn tells(&self, dated: bool) -> bool {
        let traced = self.has(Part::By) || self.address.is_some();
        let told = self.has(Part::With) || self.has(Part::Software) || self.has(Part::From);
        traced || (dated && told) || (self.has(Part::From) && self.has(Part::Id))
    }

    fn places(&self) -> [(u16, u16); PARTS] {
        self.parts.map(|part| {
            let start = place_in(self.line, part);
            let place = |at| u16::try_from(at).unwrap_or(0);
            (place(start), place(start + part.len()))
        })
    }
}

/// Where a part of the line stands in it; of an empty one it does not matter.
fn place_in(line: &str, part: &str) -> usize {
    part.as_ptr().addr().wrapping_sub(line.as_ptr().addr())
}

/// A word that begins a clause.
enum Keyword {
    Part(Part),
    /// A clause that says nothing here.
    Other,
}

#[cfg_attr(target_family = "wasm", inline(never))]
fn keyword(word: &str) -> Option<Keyword> {
    // Most words are longer than nearly all keywords, or numbers.
    let first = word.as_bytes().first();
    if !first.is_some_and(u8::is_ascii_alphabetic)
        || word.len() > 4 && word.len() != "envelope-from".len()
    {
        return None;
    }
    let part = match scan::place(word, "from by with id for via as envelope-from")? {
        0 => Part::From,
        1 => Part::By,
        2 => Part::With,
        3 => Part::Id,
        4 => Part::For,
        _ => return Some(Keyword::Other),
    };
    Some(Keyword::Part(part))
}

fn is_about_cipher(comment: &str) -> bool {
    const STARTS: &str = "using ,version=,client ,no client,authenticated,auth: ,tls,cipher,uid ";
    scan::words(STARTS, b",").any(|start| scan::after(comment, start).is_some())
}

/// Could be the name of a host, and is not one of the words for "none".
fn is_host(name: &str) -> bool {
    const NONE: &str = "unknown unverified unknown.domain softdnserr nodnsquery verified";
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte) || byte >= 0x80;
    !name.is_empty() && name.bytes().all(plain) && !scan::is_any(name, NONE)
}

#[cfg(test)]
mod tests;
