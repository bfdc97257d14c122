//! Cuts a Received value into words, comments and semicolons.

use crate::mail::scan;

/// A bracket that is not closed within this many bytes is an ordinary letter.
const FAR: usize = 128;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mail) enum Token<'a> {
    Word(&'a str),
    /// Without the outer brackets; those inside are kept.
    Comment(&'a str),
    Semicolon,
}

#[derive(Clone, Copy)]
pub(in crate::mail) struct Tokens<'a> {
    text: &'a str,
    at: usize,
    /// A bracket was opened and never closed: from there on brackets mean nothing.
    unbalanced: bool,
}

impl<'a> Tokens<'a> {
    pub(in crate::mail) fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            unbalanced: false,
        }
    }

    /// How far the reading went, in bytes.
    pub(in crate::mail) fn at(&self) -> usize {
        self.at
    }

    pub(in crate::mail) fn next_token(&mut self) -> Option<Token<'a>> {
        loop {
            let rest = scan::from(self.text, self.at);
            let first = *rest.as_bytes().first()?;
            match first {
                b' ' | b'\t' | b'\r' | b'\n' | b')' => self.at += 1,
                b';' => {
                    self.at += 1;
                    return Some(Token::Semicolon);
                }
                b'(' => {
                    let end = if self.unbalanced {
                        None
                    } else {
                        comment_end(rest.as_bytes())
                    };
                    self.unbalanced |= end.is_none();
                    let Some(end) = end else {
                        self.at += 1;
                        continue;
                    };
                    self.at += end;
                    return Some(Token::Comment(scan::part(rest, 1, end - 1)));
                }
                _ => {
                    let length = word_length(rest.as_bytes());
                    self.at += length;
                    return Some(Token::Word(scan::part(rest, 0, length)));
                }
            }
        }
    }
}

/// The length of the comment that begins here, its brackets included.
fn comment_end(bytes: &[u8]) -> Option<usize> {
    let mut depth = 0_usize;
    let mut escaped = false;
    for (index, byte) in bytes.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' => depth += 1,
            b')' => {
                depth -= 1;
                if depth == 0 {
                    return Some(index + 1);
                }
            }
            _ => {}
        }
    }
    None
}

fn word_length(bytes: &[u8]) -> usize {
    let mut index = 0;
    while let Some(byte) = bytes.get(index) {
        let closing = match byte {
            b'[' => b']',
            b'<' => b'>',
            b'"' => b'"',
            b' ' | b'\t' | b'\r' | b'\n' | b';' | b'(' | b')' => break,
            _ => {
                index += 1;
                continue;
            }
        };
        let mut near = bytes.iter().skip(index + 1).take(FAR);
        index += near
            .position(|byte| *byte == closing)
            .map_or(1, |end| end + 2);
    }
    index
}
