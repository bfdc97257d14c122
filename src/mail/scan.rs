//! Cuts text at bytes. Few small functions, none generic, none that can panic: in the page they are
//! smaller than what `str` offers for patterns of all kinds.

/// The part between two places; nothing where there is no such part.
#[cfg_attr(target_family = "wasm", inline(never))]
pub(super) fn part(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or("")
}

#[cfg_attr(target_family = "wasm", inline(never))]
pub(super) fn from(text: &str, start: usize) -> &str {
    text.get(start..).unwrap_or("")
}

/// Where the first of these bytes stands; the length if none does.
#[cfg_attr(target_family = "wasm", inline(never))]
pub(super) fn find(text: &str, stops: &[u8]) -> usize {
    text.bytes()
        .position(|byte| stops.contains(&byte))
        .unwrap_or(text.len())
}

/// Where this byte stands first; the length if it does not.
#[cfg_attr(target_family = "wasm", inline(never))]
pub(super) fn place_of(text: &str, stop: u8) -> usize {
    let found = text.bytes().position(|byte| byte == stop);
    found.unwrap_or(text.len())
}

#[cfg_attr(target_family = "wasm", inline(never))]
pub(super) fn until<'a>(text: &'a str, stops: &[u8]) -> &'a str {
    part(text, 0, find(text, stops))
}

/// What stands behind the last such byte; all of it if there is none.
#[cfg_attr(target_family = "wasm", inline(never))]
pub(super) fn behind_last(text: &str, stop: u8) -> &str {
    let start = text
        .bytes()
        .rposition(|byte| byte == stop)
        .map_or(0, |at| at + 1);
    from(text, start)
}

/// Without these bytes at both ends.
#[cfg_attr(target_family = "wasm", inline(never))]
pub(super) fn trimmed<'a>(text: &'a str, bytes: &[u8]) -> &'a str {
    let start = text
        .bytes()
        .position(|byte| !bytes.contains(&byte))
        .unwrap_or(text.len());
    let end = text
        .bytes()
        .rposition(|byte| !bytes.contains(&byte))
        .map_or(0, |at| at + 1);
    part(text, start, end)
}

/// How many blanks stand in front; the length if there is nothing else.
#[cfg_attr(target_family = "wasm", inline(never))]
pub(super) fn indentation(text: &str) -> usize {
    let first = text.bytes().position(|byte| !byte.is_ascii_whitespace());
    first.unwrap_or(text.len())
}

#[cfg_attr(target_family = "wasm", inline(never))]
pub(super) fn is_blank(text: &str) -> bool {
    indentation(text) == text.len()
}

/// Without the blanks in front.
#[cfg_attr(target_family = "wasm", inline(never))]
pub(super) fn trim_start(text: &str) -> &str {
    from(text, indentation(text))
}

/// Without blanks at both ends.
#[cfg_attr(target_family = "wasm", inline(never))]
pub(super) fn trim(text: &str) -> &str {
    trimmed(text, b" \t\r\n\x0c")
}

/// The same letters, large or small.
#[cfg_attr(target_family = "wasm", inline(never))]
pub(super) fn is(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

/// Which of the words, told apart by spaces, this one is.
#[cfg_attr(target_family = "wasm", inline(never))]
pub(super) fn place(word: &str, known: &'static str) -> Option<usize> {
    let mut rest = known;
    for index in 0.. {
        let length = place_of(rest, b' ');
        if length == word.len() && is(part(rest, 0, length), word) {
            return Some(index);
        }
        if length == rest.len() {
            break;
        }
        rest = from(rest, length + 1);
    }
    None
}

#[cfg_attr(target_family = "wasm", inline(never))]
pub(super) fn is_any(word: &str, known: &'static str) -> bool {
    place(word, known).is_some()
}

/// What follows the start, whose letters may be large or small.
#[cfg_attr(target_family = "wasm", inline(never))]
pub(super) fn after<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    is(part(text, 0, start.len()), start).then(|| from(text, start.len()))
}

/// What follows the first place where the needle stands, and that place.
#[cfg_attr(target_family = "wasm", inline(never))]
pub(super) fn behind<'a>(text: &'a str, needle: &str) -> Option<(usize, &'a str)> {
    let (bytes, needle) = (text.as_bytes(), needle.as_bytes());
    let at = (bytes.windows(needle.len())).position(|window| window == needle)?;
    Some((at, from(text, at + needle.len())))
}

#[cfg_attr(target_family = "wasm", inline(never))]
pub(super) fn has(text: &str, byte: u8) -> bool {
    text.as_bytes().contains(&byte)
}

#[cfg_attr(target_family = "wasm", inline(never))]
pub(super) fn own(text: &str) -> String {
    String::from(text)
}

/// The words between separators; empty ones are left out.
pub(super) struct Words<'a> {
    rest: &'a str,
    /// A bit for each separator, all of them ASCII.
    separators: [u32; 4],
}

#[cfg_attr(target_family = "wasm", inline(never))]
pub(super) fn words<'a>(text: &'a str, separators: &[u8]) -> Words<'a> {
    let mut bits = [0; 4];
    for separator in separators {
        if let Some(bits) = bits.get_mut(usize::from(separator >> 5)) {
            *bits |= 1 << (separator & 31);
        }
    }
    Words {
        rest: text,
        separators: bits,
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    #[cfg_attr(target_family = "wasm", inline(never))]
    fn next(&mut self) -> Option<&'a str> {
        let separates = |byte: u8| {
            let bits = self.separators.get(usize::from(byte >> 5));
            bits.is_some_and(|bits| bits >> (byte & 31) & 1 == 1)
        };
        let start = self.rest.bytes().position(|byte| !separates(byte))?;
        let rest = from(self.rest, start);
        let end = rest.bytes().position(separates);
        let word = part(rest, 0, end.unwrap_or(rest.len()));
        self.rest = from(rest, word.len());
        Some(word)
    }
}

/// A number of up to five digits, nothing else.
#[cfg_attr(target_family = "wasm", inline(never))]
pub(super) fn number(word: &str, base: u32) -> Option<u32> {
    if word.is_empty() || word.len() > 5 {
        return None;
    }
    let mut sum = 0;
    for byte in word.bytes() {
        sum = sum * base + char::from(byte).to_digit(base)?;
    }
    Some(sum)
}

/// Tells letter by letter what stands outside comments and quotes, RFC 5322 section 3.2.
#[derive(Default)]
pub(super) struct Outside {
    depth: usize,
    quoted: bool,
    escaped: bool,
}

impl Outside {
    #[cfg_attr(target_family = "wasm", inline(never))]
    pub(super) fn has(&mut self, letter: char) -> bool {
        let inside = self.quoted || self.depth > 0;
        if std::mem::take(&mut self.escaped) {
            return false;
        }
        match letter {
            '\\' => self.escaped = inside,
            '"' if self.depth == 0 => self.quoted = !self.quoted,
            '(' if !self.quoted => self.depth += 1,
            ')' if !self.quoted => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        !inside && !self.quoted && self.depth == 0
    }
}
