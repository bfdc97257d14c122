//! Cuts text at bytes. Few small functions, none generic, none that can panic: in the page they are
//! smaller than what `str` offers for patterns of all kinds.

/// The part between two places; nothing where there is no such part.
#[inline(never)]
pub(super) fn part(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or("")
}

#[inline(never)]
pub(super) fn from(text: &str, start: usize) -> &str {
    text.get(start..).unwrap_or("")
}

/// Where the first of these bytes stands; the length if none does.
#[inline(never)]
pub(super) fn find(text: &str, stops: &[u8]) -> usize {
    text.bytes()
        .position(|byte| stops.contains(&byte))
        .unwrap_or(text.len())
}

/// Where this byte stands first; the length if it does not.
#[inline(never)]
pub(super) fn place_of(text: &str, stop: u8) -> usize {
    let found = text.bytes().position(|byte| byte == stop);
    found.unwrap_or(text.len())
}

#[inline(never)]
pub(super) fn until<'a>(text: &'a str, stops: &[u8]) -> &'a str {
    part(text, 0, find(text, stops))
}

/// What stands behind the last such byte; all of it if there is none.
#[inline(never)]
pub(super) fn behind_last(text: &str, stop: u8) -> &str {
    let start = text
        .bytes()
        .rposition(|byte| byte == stop)
        .map_or(0, |at| at + 1);
    from(text, start)
}

/// Without these bytes at both ends.
#[inline(never)]
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

/// The same letters, large or small.
#[inline(never)]
pub(super) fn is(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

/// Which of the words, told apart by spaces, this one is.
#[inline(never)]
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

#[inline(never)]
pub(super) fn is_any(word: &str, known: &'static str) -> bool {
    place(word, known).is_some()
}

/// What follows the start, whose letters may be large or small.
#[inline(never)]
pub(super) fn after<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    is(part(text, 0, start.len()), start).then(|| from(text, start.len()))
}

/// What follows the first place where the needle stands, and that place.
#[inline(never)]
pub(super) fn behind<'a>(text: &'a str, needle: &str) -> Option<(usize, &'a str)> {
    let (bytes, needle) = (text.as_bytes(), needle.as_bytes());
    let last = bytes.len().checked_sub(needle.len())?;
    let at = (0..=last).find(|at| bytes[*at..].starts_with(needle))?;
    Some((at, from(text, at + needle.len())))
}

#[inline(never)]
pub(super) fn has(text: &str, byte: u8) -> bool {
    text.as_bytes().contains(&byte)
}

#[inline(never)]
pub(super) fn own(text: &str) -> String {
    String::from(text)
}

#[inline(never)]
pub(super) fn set(place: &mut Option<String>, text: &str) {
    *place = Some(own(text));
}

/// The words between separators; empty ones are left out.
pub(super) struct Words<'a> {
    rest: &'a str,
    separators: &'static [u8],
}

pub(super) fn words<'a>(text: &'a str, separators: &'static [u8]) -> Words<'a> {
    Words {
        rest: text,
        separators,
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    #[inline(never)]
    fn next(&mut self) -> Option<&'a str> {
        let start = self
            .rest
            .bytes()
            .position(|byte| !self.separators.contains(&byte))?;
        let rest = from(self.rest, start);
        let word = until(rest, self.separators);
        self.rest = from(rest, word.len());
        Some(word)
    }
}

/// A number of up to five digits, nothing else.
#[inline(never)]
pub(super) fn number(word: &str) -> Option<u32> {
    let digits = (1..=5).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| {
        word.bytes()
            .fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'))
    })
}
