//! A forgiving reader of mail headers: fields in order, each with its place in the pasted text.
//! What is not a field is kept as a stray, so that every byte is accounted for.

use std::borrow::Cow;
use std::ops::Range;

use super::scan;

mod words;

pub use words::decode_words;

/// No more than this many bytes are read: real headers are a twentieth of it.
pub const LIMIT: usize = 1 << 20;
/// Nor more than so many fields: real headers have fewer than three hundred.
pub const MOST_FIELDS: usize = 4000;
/// Behind so many lines of something else a header is still looked for.
const NEAR: usize = 40;
/// No line may be longer (RFC 5322, section 2.1.1): where one is, line ends may have been lost.
const LONGEST_LINE: usize = 998;

/// A mail's header, as it was pasted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header<'a> {
    pub fields: Vec<Field<'a>>,
    /// Lines in front of the first field, and what no field could take.
    pub strays: Vec<Range<usize>>,
    /// Where the header ended; the body begins here.
    pub end: usize,
    /// The header went on beyond [`LIMIT`] or [`MOST_FIELDS`].
    pub cut: bool,
}

/// One field: its name, its value as pasted (folds included), and where both stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field<'a> {
    pub name: &'a str,
    pub value: &'a str,
    pub range: Range<usize>,
    quoted: bool,
}

impl<'a> Header<'a> {
    /// The fields of this name, in the order pasted (the newest trace first).
    pub fn all<'h>(&'h self, name: &'h str) -> impl Iterator<Item = &'h Field<'a>> {
        self.fields.iter().filter(move |field| field.is(name))
    }

    pub fn first(&self, name: &str) -> Option<&Field<'a>> {
        self.fields.iter().find(|field| field.is(name))
    }
}

impl Field<'_> {
    pub fn is(&self, name: &str) -> bool {
        scan::is(self.name, name)
    }

    /// The value on one line. Only line ends and the marks of quoting are taken out; where the
    /// indentation was lost, a space stands for the line end.
    pub fn unfolded(&self) -> String {
        let mut line = String::with_capacity(self.value.len());
        let ends = |byte: u8| byte == b'\n' || byte == b'\r';
        let mut rest = self.value;
        loop {
            let length = rest.bytes().position(ends).unwrap_or(rest.len());
            line.push_str(scan::part(rest, 0, length));
            // Of two line ends side by side, the second ends a line with nothing in it.
            rest = scan::from(rest, length + 1);
            rest = if self.quoted { unquoted(rest) } else { rest };
            if rest.is_empty() {
                return line;
            }
            if !rest.bytes().next().is_some_and(ends) && scan::indentation(rest) == 0 {
                line.push(' ');
            }
        }
    }

    /// The value on one line, with `&lt;` and its like turned back into what they stand for.
    pub fn text(&self) -> String {
        let mut line = self.unfolded();
        if !line.is_ascii() {
            line = line.chars().filter_map(visible).collect();
        }
        if scan::has(&line, b'&') {
            unescaped(&line)
        } else {
            line
        }
    }
}

/// A letter as it was meant: web pages put spaces that do not break, and marks that nobody sees.
fn visible(letter: char) -> Option<char> {
    match letter {
        '\u{a0}' => Some(' '),
        // What a word processor makes of a zone behind UTC.
        '\u{2013}' | '\u{2212}' => Some('-'),
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => None,
        letter => Some(letter),
    }
}

/// Makes text of a file's bytes, without reading beyond [`LIMIT`] by much. UTF-16 is recognised by
/// its mark; bytes that are no UTF-8 become replacement characters.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    let bytes = &bytes[..bytes.len().min(2 * LIMIT)];
    let wide: fn([u8; 2]) -> u16 = match bytes {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        _ => return String::from_utf8_lossy(bytes),
    };
    let units = bytes[2..]
        .chunks_exact(2)
        .map(|pair| wide([pair[0], pair[1]]));
    char::decode_utf16(units)
        .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect::<String>()
        .into()
}

/// Reads the header at the start of `text`; a body behind it is not looked at. Never fails: text
/// without a header gives no fields.
pub fn read(text: &str) -> Header<'_> {
    let mut reader = Reader {
        text: within_limit(text),
        at: 0,
        whole: 0..0,
        newline: b'\n',
        header: Header {
            fields: Vec::new(),
            strays: Vec::new(),
            end: 0,
            cut: false,
        },
        base: 0,
        quoted: false,
        doubled: false,
        traced: false,
    };
    reader.header.cut = reader.text.len() < text.len();
    if !scan::has(reader.text, b'\n') {
        reader.newline = b'\r';
    }
    if cfg!(feature = "bare") {
        return std::hint::black_box(reader.header);
    }
    reader.run();
    reader.header
}

fn within_limit(text: &str) -> &str {
    let mut end = text.len().min(LIMIT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// The whole line that the reading is in.
    whole: Range<usize>,
    newline: u8,
    header: Header<'a>,
    /// The indentation of the first field: a paste may be indented as a whole.
    base: usize,
    quoted: bool,
    /// Every second line is blank.
    doubled: bool,
    /// A Received field was seen.
    traced: bool,
}

impl<'a> Reader<'a> {
    fn run(&mut self) {
        let mut blanks = 0;
        while let Some((start, line)) = self.line() {
            if scan::is_blank(line) {
                blanks += 1;
                continue;
            }
            let (skipped, content) = self.content(line);
            if skipped > 0 && scan::is_blank(content) {
                blanks += 1;
                continue;
            }
            let start = start + skipped;
            if blanks > 0 && !self.header.fields.is_empty() && !self.goes_on(blanks, content) {
                self.header.cut = false;
                return;
            }
            blanks = 0;
            if self.header.fields.len() >= MOST_FIELDS {
                self.header.cut = true;
                return;
            }
            self.take(start, content);
            self.header.end = self.at;
        }
    }

    /// The next line, where it starts, without its end.
    fn line(&mut self) -> Option<(usize, &'a str)> {
        let start = self.at;
        let rest = scan::from(self.text, start);
        if self.whole.end <= start {
            self.whole = start..start + scan::place_of(rest, self.newline);
        }
        let mut line = scan::part(self.text, start, self.whole.end);
        if self.whole.len() > LONGEST_LINE {
            line = scan::part(line, 0, next_field(line));
        }
        self.at = (start + line.len() + 1).min(self.text.len());
        (!rest.is_empty()).then_some((start, line.strip_suffix('\r').unwrap_or(line)))
    }

    /// The line without quoting marks and markup in front of it, and how much was skipped.
    fn content(&mut self, line: &'a str) -> (usize, &'a str) {
        let mut content = line;
        if self.header.fields.is_empty() {
            content = content.strip_prefix('\u{feff}').unwrap_or(content);
            let bare = unquoted(content);
            if bare.len() < content.len() && field_name(scan::trim_start(bare)).is_some() {
                self.quoted = true;
            }
            content = unmarked(content);
        }
        if self.quoted {
            content = unquoted(content);
        }
        (line.len() - content.len(), content)
    }

    /// After blank lines: does the header go on? A mail program's own summary may stand in front
    /// of it, or the paste may have a blank line after every line.
    fn goes_on(&mut self, blanks: usize, content: &str) -> bool {
        let name = field_name(scan::trim_start(content));
        // The first field may be longer than a line, and its indentation lost.
        let goes_on = || self.traced && self.next_lines().next().is_some_and(scan::is_blank);
        let is_header = name.is_some() || scan::indentation(content) > self.base;
        // A field, with what is folded, and a blank line once more.
        let ends = |line: &&str| scan::is_blank(line) || field_name(line).is_some();
        let is_alone = || self.next_lines().find(ends).is_none_or(scan::is_blank);
        let is_doubled = (is_header && is_alone()) || goes_on();
        if self.header.fields.len() == 1 && blanks == 1 && is_doubled {
            self.doubled = true;
        }
        if self.doubled && blanks == 1 {
            return true;
        }
        !self.traced && (begins_trace(content) || self.begins_anew())
    }

    /// Whoever copies a whole page, or writes a few words before it, pastes the header of another mail
    /// behind that: what was read is none of it. A mail with parts may have another one attached.
    fn begins_anew(&mut self) -> bool {
        let mut near = self.next_lines().take(NEAR).map(unquoted);
        let anew = self.header.first("mime-version").is_none() && near.any(begins_trace);
        if anew {
            self.quoted = false;
            let fields = self.header.fields.drain(..);
            self.header.strays.extend(fields.map(|field| field.range));
        }
        anew
    }

    fn next_lines(&self) -> std::str::Lines<'a> {
        scan::from(self.text, self.at).lines()
    }

    fn take(&mut self, start: usize, content: &'a str) {
        let indent = scan::indentation(content);
        let trimmed = scan::from(content, indent);
        let end = start + indent + scan::trim(trimmed).len();
        let none_yet = self.header.fields.is_empty();
        let is_out = none_yet || indent <= self.base;
        if (is_out || begins_hop(trimmed))
            && let Some(length) = field_name(trimmed)
        {
            if none_yet {
                self.base = indent;
            }
            self.begin(start + indent, length, end);
        } else if let Some(field) = self.header.fields.last_mut() {
            let value_start = field.range.end - field.value.len();
            field.value = scan::part(self.text, value_start, end);
            field.range.end = end;
        } else {
            self.header.strays.push(start..end);
        }
    }

    fn begin(&mut self, start: usize, length: usize, end: usize) {
        let name = scan::part(self.text, start, start + length);
        let after = scan::part(self.text, start + length, end);
        let colon = scan::find(after, b":") + 1;
        let value = scan::from(after, colon);
        self.traced |= scan::is(name, "received");
        let quoted = self.quoted;
        self.header.fields.push(Field {
            name,
            value,
            range: start..end,
            quoted,
        });
    }
}

/// The length of the field name that the line begins with. A lost indentation leaves lines that
/// only look like fields: addresses, tag lists, times.
fn field_name(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let length = bytes
        .iter()
        .take(128)
        .position(|byte| !is_name_byte(*byte))?;
    let after = scan::trim_start(scan::from(line, length));
    let colon = scan::after(after, ":")?;
    let is_of_address = |byte: &&u8| byte.is_ascii_hexdigit() || **byte == b':';
    let address = bytes.iter().take_while(is_of_address);
    let groups = address.filter(|byte| **byte == b':').count();
    let begins = |start| scan::after(colon, start).is_some();
    let other = groups > 1 || begins(":") || begins("//");
    (!other && bytes.first()?.is_ascii_alphabetic()).then_some(length)
}

/// Where the next field begins in a line that holds several.
fn next_field(line: &str) -> usize {
    const USUAL: &str = "from to cc subject date";
    let begins = |at: &usize| {
        let rest = scan::from(line, *at + 1);
        line.as_bytes().get(*at) == Some(&b' ')
            && (rest.as_bytes().first().is_some_and(u8::is_ascii_uppercase)
                || scan::after(rest, "x-").is_some())
            && field_name(rest).is_some_and(|length| {
                let name = scan::part(rest, 0, length);
                scan::from(rest, length).starts_with(": ")
                    && (scan::has(name, b'-') || scan::is_any(name, USUAL) || begins_hop(rest))
            })
    };
    // Not in front of the first one.
    let start = line.len() - scan::trim_start(unquoted(line)).len();
    (start..line.len()).find(begins).unwrap_or(line.len())
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
}

/// A hop begins here although the line is indented, if it is a field: the paste lost the start of its
/// first line.
fn begins_hop(line: &str) -> bool {
    let opens = |value: &str| {
        let value = scan::trimmed(value, b": \t");
        scan::words("(,from ,by ", b",").any(|start| scan::after(value, start).is_some())
    };
    scan::after(line, "received").is_some_and(opens)
}

/// The line begins a field that only servers write.
fn begins_trace(line: &str) -> bool {
    const TRACES: &str = "received return-path delivered-to x-received received-spf \
        authentication-results arc-seal dkim-signature x-envelope-to x-original-to";
    let line = scan::trim_start(line);
    field_name(line).is_some_and(|length| scan::is_any(scan::part(line, 0, length), TRACES))
}

/// The line without the marks that mail programs put in front of what they quote.
fn unquoted(line: &str) -> &str {
    let mut rest = line;
    let mark = |text| scan::after(text, ">").or_else(|| scan::after(text, "&gt;"));
    while let Some(after) = mark(rest) {
        rest = after;
        if let Some(inner) = scan::after(rest, " ")
            && mark(inner).is_some()
        {
            rest = inner;
        }
    }
    if rest.len() == line.len() {
        line
    } else {
        scan::after(rest, " ").unwrap_or(rest)
    }
}

/// The line without the tags that a copied web page puts in front of the first field.
fn unmarked(line: &str) -> &str {
    let mut rest = scan::trim_start(line);
    while rest.starts_with('<')
        && let Some(end) = rest.bytes().take(200).position(|byte| byte == b'>')
    {
        rest = scan::from(rest, end + 1);
    }
    if field_name(rest).is_some() && rest.len() < scan::trim_start(line).len() {
        rest
    } else {
        line
    }
}

const ENTITIES: &str = "lt gt amp quot nbsp #60 #62 #39";
const STAND_FOR: &str = "<>&\" <>'";

fn unescaped(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut rest = line;
    loop {
        let before = scan::until(rest, b"&");
        plain.push_str(before);
        rest = scan::from(rest, before.len());
        if rest.is_empty() {
            return plain;
        }
        let name = scan::from(scan::until(rest, b";"), 1);
        let (length, stands_for) = scan::place(name, ENTITIES)
            .filter(|_| name.len() + 1 < rest.len())
            .map_or((1, "&"), |place| {
                (name.len() + 2, scan::part(STAND_FOR, place, place + 1))
            });
        plain.push_str(stands_for);
        rest = scan::from(rest, length);
    }
}

#[cfg(test)]
mod tests;
