//! Reads Received fields into hops. Servers agree on little but the words `from`, `by`, `with`,
//! `id` and `for`; what cannot be told is left out, and never guessed.

use std::ops::Range;

use super::address::Ip;
use super::date::{self, Date};
use super::header::Field;
use super::scan::{self, own};

mod encrypted;
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
    /// Whether the mail was encrypted on this stretch; none where nothing tells, or where it never
    /// went over a net.
    pub encrypted: Option<bool>,
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
        // `[<message@host>]` names a message.
        hop.from = hop
            .from
            .filter(|from| !from.is_empty() && !from.starts_with("[<"));
        hop.name_sides(parts.greeted);
        hop.date = date::read(scan::from(&text, parts.last_semicolon))
            .or_else(|| date::read(scan::from(&text, parts.first_semicolon)))
            .or_else(|| date::read(&text));
        hop.encrypted = encrypted::tell(&hop, parts.cipher);
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
    /// A comment names a version of TLS, or a cipher.
    cipher: bool,
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
        let hop = &self.hop;
        let unless =
            |given: bool, clause: Clause| Some(if given { Clause::Passed } else { clause });
        let next = match keyword(word) {
            Some(Clause::From)
                if hop.from.is_none() && hop.by.is_none() && self.clause != Clause::For =>
            {
                Some(Clause::From)
            }
            Some(clause) if clause == self.clause && clause != Clause::Id => None,
            Some(Clause::By) => unless(hop.by.is_some(), Clause::By),
            Some(Clause::With) => unless(hop.with.is_some(), Clause::With),
            Some(Clause::Id) => unless(hop.id.is_some(), Clause::Id),
            Some(Clause::For) => unless(hop.for_.is_some(), Clause::For),
            Some(Clause::Passed) => Some(Clause::Passed),
            _ => None,
        };
        if let Some(next) = next {
            self.clause = next;
            self.words = 0;
            return;
        }
        self.words += 1;
        self.value(scan::trimmed(word, b","));
    }

    fn value(&mut self, word: &str) {
        let hop = &mut self.hop;
        let bare = scan::trimmed(word, b"<>");
        if word.is_empty() {
            return;
        }
        match (self.clause, self.words) {
            (Clause::From, 1) => {
                let name = scan::until(word, b"[");
                if name.is_empty() {
                    // A port may follow: `[192.0.2.1]:25`.
                    hop.from = Some(own(scan::part(word, 0, scan::find(word, b"]") + 1)));
                } else {
                    hop.from = Some(own(scan::trimmed(name, b"<>")));
                    hop.address = Ip::read(scan::from(word, name.len()));
                }
            }
            // `from mail pickup service by ...`: no host sent this.
            (Clause::From, 2) if scan::is(word, "pickup") => hop.from = Some(String::new()),
            (Clause::From, _) if word.starts_with('[') && hop.address.is_none() => {
                hop.address = Ip::read(word);
            }
            (Clause::From, 3..) if word.starts_with('"') => {
                hop.helo = Some(own(scan::trimmed(word, b"\"")));
                self.greeted = true;
            }
            (Clause::By, 1) => hop.by = Some(own(scan::trimmed(bare, b"."))),
            (Clause::With, 1..=6) => {
                let with = hop.with.get_or_insert_default();
                if !with.is_empty() {
                    with.push(' ');
                }
                with.push_str(word);
            }
            (Clause::Id, 1) => hop.id = Some(own(word)),
            (Clause::For, 1) => hop.for_ = Some(own(bare)),
            _ => {}
        }
    }

    fn comment(&mut self, comment: &str) {
        let comment = comment.trim_ascii();
        self.cipher |= encrypted::names_cipher(comment);
        match self.clause {
            Clause::Start => {
                let inner = scan::after(comment, "from ");
                if let Some(inner) = inner {
                    let first = scan::until(inner, b" ");
                    if !scan::has(first, b'@') {
                        self.hop.from = Some(own(first));
                    }
                } else if self.hop.software.is_none() {
                    self.hop.software = Some(own(comment));
                }
                self.sender_comment(inner.unwrap_or(comment), true);
            }
            // `([<message@host>] helo=name)`: a message's name, not a host's.
            Clause::From if !is_about_cipher(comment) => {
                self.sender_comment(comment, comment.starts_with("[<"));
            }
            Clause::By | Clause::With | Clause::Id if self.hop.software.is_none() => {
                self.hop.software = Some(own(comment));
            }
            _ => {}
        }
    }

    /// What stands in brackets behind the sender's name: the name looked up, the greeting, the
    /// address, in any order and spelling.
    fn sender_comment(&mut self, comment: &str, only_address: bool) {
        let mut greeting = false;
        for (index, word) in scan::words(comment, b" \t[],<>").enumerate() {
            let name = scan::behind_last(word, b'@');
            let marked = scan::after(word, "helo=");
            if greeting || marked.is_some() {
                let name = marked.unwrap_or(word);
                greeting = name.is_empty();
                self.greeted = true;
                if !greeting && !only_address {
                    self.hop.helo = Some(own(name));
                }
            } else if scan::is_any(word, &["helo", "ehlo", "lhlo"]) {
                greeting = true;
                self.greeted = true;
            } else if self.hop.address.is_none()
                && let Some(address) = Ip::read(name)
            {
                self.hop.address = Some(address);
            } else if index == 0 && !only_address && self.hop.reverse.is_none() {
                let name = scan::trimmed(name, b".");
                if is_host(name)
                    && (scan::has(name, b'.') || scan::is(name, "localhost"))
                    && Ip::read(name).is_none()
                {
                    self.hop.reverse = Some(own(name));
                }
            }
        }
    }
}

fn keyword(word: &str) -> Option<Clause> {
    const KEYWORDS: &[(&str, Clause)] = &[
        ("from", Clause::From),
        ("by", Clause::By),
        ("with", Clause::With),
        ("id", Clause::Id),
        ("for", Clause::For),
        ("via", Clause::Passed),
        ("as", Clause::Passed),
        ("envelope-from", Clause::Passed),
    ];
    KEYWORDS
        .iter()
        .find(|(keyword, _)| scan::is(keyword, word))
        .map(|(_, clause)| *clause)
}

fn is_about_cipher(comment: &str) -> bool {
    const STARTS: &[&str] = &[
        "using ",
        "version=",
        "client ",
        "no client",
        "authenticated",
        "auth: ",
        "tls",
        "cipher",
        "uid ",
    ];
    STARTS
        .iter()
        .any(|start| scan::after(comment, start).is_some())
}

/// Could be the name of a host, and is not one of the words for "none".
fn is_host(name: &str) -> bool {
    const NONE: &[&str] = &[
        "unknown",
        "unverified",
        "unknown.domain",
        "softdnserr",
        "nodnsquery",
        "verified",
    ];
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte) || byte >= 0x80;
    !name.is_empty() && name.bytes().all(plain) && !scan::is_any(name, NONE)
}

#[cfg(test)]
mod tests;
