//! Reads Received fields into hops. Servers agree on little but the words `from`, `by`, `with`,
//! `id` and `for`; what cannot be told is left out, and never guessed.

use std::ops::Range;

use super::address::Ip;
use super::date::{self, Date};
use super::header::Field;

mod tokens;

use tokens::{Token, Tokens};

/// Longer values are not understood: no server writes them.
const LONGEST: usize = 16 << 10;

/// One handover of the mail, as the server that took it wrote it down.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hop {
    /// The name behind `from`, as written.
    pub from: Option<String>,
    /// The name the sending side called itself.
    pub helo: Option<String>,
    /// The name the receiving server found for the address.
    pub reverse: Option<String>,
    pub address: Option<Ip>,
    /// The server that took the mail.
    pub by: Option<String>,
    /// What that server calls its software, or itself, in brackets.
    pub software: Option<String>,
    /// The protocol.
    pub with: Option<String>,
    pub id: Option<String>,
    pub for_: Option<String>,
    pub date: Option<Date>,
    /// Where the field stands in the pasted text.
    pub range: Range<usize>,
}

impl Hop {
    /// Reads one Received field; none if nothing in it says who took the mail from whom.
    pub fn read(field: &Field<'_>) -> Option<Self> {
        if field.value.len() > LONGEST {
            return None;
        }
        let text = field.text();
        let mut parts = Parts {
            hop: Self {
                range: field.range.clone(),
                ..Self::default()
            },
            ..Parts::default()
        };
        parts.read(&text);
        let mut hop = parts.hop;
        hop.from = hop.from.filter(|from| !from.is_empty());
        hop.name_sides(parts.greeted);
        hop.date = date::read(&text[parts.last_semicolon..])
            .or_else(|| date::read(&text[parts.first_semicolon..]))
            .or_else(|| date::read(&text));
        let tells = hop.from.is_some()
            || hop.by.is_some()
            || hop.address.is_some()
            || (hop.date.is_some() && (hop.with.is_some() || hop.software.is_some()));
        let lone =
            hop.by.is_none() && hop.address.is_none() && hop.date.is_none() && hop.id.is_none();
        (tells && !lone).then_some(hop)
    }

    /// Tells apart what the sender claimed and what the receiver looked up. With an explicit
    /// greeting the name behind `from` was looked up; without one it is the greeting.
    fn name_sides(&mut self, greeted: bool) {
        let literal = self.from.as_deref().and_then(Ip::read);
        if self.address.is_none() {
            self.address.clone_from(&literal);
        }
        let host = self
            .from
            .as_deref()
            .filter(|from| literal.is_none() && is_host(from));
        if greeted {
            self.reverse = self
                .reverse
                .take()
                .or_else(|| host.filter(|host| host.contains('.')).map(own));
        } else {
            self.helo = host.map(own);
        }
    }
}

/// Where in the line the reader is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Clause {
    #[default]
    Start,
    From,
    By,
    With,
    Id,
    For,
    Passed,
}

#[derive(Default)]
struct Parts {
    hop: Hop,
    clause: Clause,
    /// Words since the clause began.
    words: usize,
    /// The line names a greeting apart from the name behind `from`.
    greeted: bool,
    first_semicolon: usize,
    last_semicolon: usize,
}

impl Parts {
    fn read(&mut self, text: &str) {
        let mut tokens = Tokens::new(text);
        while let Some(token) = tokens.next_token() {
            match token {
                Token::Word(word) => self.word(word),
                Token::Comment(comment) => self.comment(comment),
                Token::Semicolon => {
                    self.last_semicolon = tokens.at();
                    if self.first_semicolon == 0 {
                        self.first_semicolon = self.last_semicolon;
                    }
                    self.clause = Clause::Passed;
                }
            }
        }
    }

    fn word(&mut self, word: &str) {
        let is = |keyword: &str| word.eq_ignore_ascii_case(keyword);
        let hop = &self.hop;
        let next =
            if is("from") && hop.from.is_none() && hop.by.is_none() && self.clause != Clause::For {
                Some(Clause::From)
            } else if is("by") && self.clause != Clause::By {
                Some(if hop.by.is_none() {
                    Clause::By
                } else {
                    Clause::Passed
                })
            } else if is("with") && self.clause != Clause::With {
                Some(if hop.with.is_none() {
                    Clause::With
                } else {
                    Clause::Passed
                })
            } else if is("id") {
                Some(if hop.id.is_none() {
                    Clause::Id
                } else {
                    Clause::Passed
                })
            } else if is("for") {
                Some(if hop.for_.is_none() {
                    Clause::For
                } else {
                    Clause::Passed
                })
            } else if is("via") || is("as") || is("envelope-from") {
                Some(Clause::Passed)
            } else {
                None
            };
        if let Some(next) = next {
            self.clause = next;
            self.words = 0;
            return;
        }
        self.words += 1;
        self.value(word.trim_end_matches(','));
    }

    fn value(&mut self, word: &str) {
        let hop = &mut self.hop;
        if word.is_empty() {
            return;
        }
        match (self.clause, self.words) {
            (Clause::From, 1) => {
                let (name, literal) = word
                    .find('[')
                    .map_or((word, ""), |start| word.split_at(start));
                if name.is_empty() {
                    // A port may follow: `[192.0.2.1]:25`.
                    hop.from = Some(own(literal.split_inclusive(']').next().unwrap_or(literal)));
                } else {
                    hop.from = Some(own(unbracketed(name)));
                    hop.address = Ip::read(literal);
                }
            }
            // `from mail pickup service by ...`: no host sent this.
            (Clause::From, 2) if word.eq_ignore_ascii_case("pickup") => {
                hop.from = Some(String::new())
            }
            (Clause::From, _) if word.starts_with('[') && hop.address.is_none() => {
                hop.address = Ip::read(word)
            }
            (Clause::From, _) if self.words > 2 && word.starts_with('"') => {
                hop.helo = Some(own(word.trim_matches('"')));
                self.greeted = true;
            }
            (Clause::By, 1) => hop.by = Some(own(unbracketed(word).trim_end_matches('.'))),
            (Clause::With, _) => {
                let with = hop.with.get_or_insert_default();
                if with.len() < 60 && self.words <= 6 {
                    if !with.is_empty() {
                        with.push(' ');
                    }
                    with.push_str(word);
                }
            }
            (Clause::Id, 1) => hop.id = Some(own(word)),
            (Clause::For, 1) => hop.for_ = Some(own(unbracketed(word))),
            _ => {}
        }
    }

    fn comment(&mut self, comment: &str) {
        let comment = comment.trim_ascii();
        match self.clause {
            Clause::Start => {
                let inner = comment.strip_prefix("from ");
                if inner.is_none() {
                    self.hop.software.get_or_insert_with(|| own(comment));
                } else if let Some(first) =
                    inner.and_then(|inner| inner.split_ascii_whitespace().next())
                    && !first.contains('@')
                {
                    self.hop.from = Some(own(first));
                }
                self.sender_comment(inner.unwrap_or(comment), true);
            }
            Clause::From if !is_about_cipher(comment) => {
                // `([<message@host>] helo=name)`: a message's name, not a host's.
                self.sender_comment(comment, comment.starts_with("[<"));
            }
            Clause::By | Clause::With | Clause::Id => {
                self.hop.software.get_or_insert_with(|| own(comment));
            }
            _ => {}
        }
    }

    /// What stands in brackets behind the sender's name: the name looked up, the greeting, the
    /// address, in any order and spelling.
    fn sender_comment(&mut self, comment: &str, only_address: bool) {
        let spaced: String = comment
            .chars()
            .map(|letter| {
                if matches!(letter, '[' | ']' | ',' | '<' | '>') {
                    ' '
                } else {
                    letter
                }
            })
            .collect();
        let mut greeting = false;
        for (index, word) in spaced.split_ascii_whitespace().enumerate() {
            let marked = |tag: &str| {
                word.get(..tag.len())
                    .filter(|start| start.eq_ignore_ascii_case(tag))
                    .map(|_| &word[tag.len()..])
            };
            if greeting || marked("helo=").is_some() {
                let name = marked("helo=").unwrap_or(word);
                greeting = name.is_empty();
                self.greeted = true;
                if !greeting && !only_address {
                    self.hop.helo = Some(own(name));
                }
            } else if ["helo", "ehlo", "lhlo"]
                .iter()
                .any(|tag| word.eq_ignore_ascii_case(tag))
            {
                greeting = true;
                self.greeted = true;
            } else if let Some(address) = Ip::read(word.rsplit('@').next().unwrap_or(word)) {
                self.hop.address.get_or_insert(address);
            } else if index == 0 && !only_address {
                let name = word
                    .rsplit('@')
                    .next()
                    .unwrap_or(word)
                    .trim_end_matches('.');
                if name.contains('.') && is_host(name) {
                    self.hop.reverse.get_or_insert_with(|| own(name));
                } else if name.eq_ignore_ascii_case("localhost") {
                    self.hop.reverse.get_or_insert_with(|| own(name));
                }
            }
        }
    }
}

fn is_about_cipher(comment: &str) -> bool {
    [
        "using ",
        "version=",
        "client ",
        "no client",
        "authenticated",
        "auth: ",
        "tls",
        "cipher",
        "uid ",
    ]
    .iter()
    .any(|start| {
        comment
            .get(..start.len())
            .is_some_and(|text| text.eq_ignore_ascii_case(start))
    })
}

/// Could be the name of a host, and is not one of the words for "none".
fn is_host(name: &str) -> bool {
    let plain = name.bytes().all(|byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') || byte >= 0x80
    });
    let none = [
        "unknown",
        "unverified",
        "unknown.domain",
        "softdnserr",
        "nodnsquery",
        "verified",
    ];
    plain && !name.is_empty() && !none.iter().any(|word| name.eq_ignore_ascii_case(word))
}

fn unbracketed(word: &str) -> &str {
    word.trim_start_matches('<').trim_end_matches('>')
}

fn own(text: &str) -> String {
    text.into()
}

#[cfg(test)]
mod tests;
