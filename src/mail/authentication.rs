//! What servers found out about a mail's sender, and who signed it: Return-Path, Received-SPF,
//! Authentication-Results (ARC's too) and DKIM-Signature. Nothing is checked here, only read.

use std::ops::Range;

use super::address::{self, Ip};
use super::header::{Field, Header};
use super::scan::{self, own};

/// A server's answer to one question about the mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Pass,
    Fail,
    SoftFail,
    Neutral,
    /// There was nothing to check.
    None,
    /// The check itself failed, or the word is not known.
    Error,
}

/// One finding about SPF, from Received-SPF or Authentication-Results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spf {
    pub outcome: Outcome,
    pub client: Option<Ip>,
    /// The domain of the envelope sender.
    pub domain: Option<String>,
    /// The server that says so.
    pub receiver: Option<String>,
    pub range: Range<usize>,
}

/// One finding about a DKIM signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dkim {
    pub outcome: Outcome,
    pub domain: Option<String>,
    pub receiver: Option<String>,
    pub range: Range<usize>,
}

/// A domain that signed the mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    pub domain: String,
    pub selector: Option<String>,
    pub range: Range<usize>,
}

/// The envelope sender, as the last server wrote it down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnPath {
    /// Empty for a bounce.
    pub address: String,
    /// The address hidden in it by VERP or SRS.
    pub carried: Option<String>,
    pub range: Range<usize>,
}

/// Everything of this kind in a header, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Authentication {
    pub return_path: Option<ReturnPath>,
    pub spf: Vec<Spf>,
    pub dkim: Vec<Dkim>,
    pub signatures: Vec<Signature>,
    /// Domains that sealed the mail on its way (ARC).
    pub seals: Vec<Signature>,
}

/// More findings than this are noise.
const MOST: usize = 200;
/// So are longer values.
const LONGEST: usize = 64 << 10;

pub fn read(header: &Header<'_>) -> Authentication {
    let mut found = Authentication::default();
    for field in &header.fields {
        let is = |name| field.is(name);
        if field.value.len() > LONGEST {
            continue;
        }
        if found.spf.len() + found.dkim.len() + found.signatures.len() + found.seals.len() > MOST {
            break;
        }
        if is("return-path") {
            found.return_path = found
                .return_path
                .take()
                .or_else(|| Some(return_path(field)));
        } else if is("received-spf") {
            found.spf.push(received_spf(field));
        } else if is("authentication-results") {
            results(field, &mut found);
        } else if is("dkim-signature") {
            found.signatures.extend(signature(field));
        } else if is("arc-seal") {
            found.seals.extend(signature(field));
        }
    }
    found
}

fn return_path(field: &Field<'_>) -> ReturnPath {
    let text = field.text();
    let address = address::mailbox(&text).unwrap_or("");
    ReturnPath {
        address: own(address),
        carried: address::carried(address),
        range: field.range.clone(),
    }
}

fn received_spf(field: &Field<'_>) -> Spf {
    let text = field.text();
    let value = text.trim_ascii_start();
    // Google writes `pass (google.com: domain of user@domain designates ...)`.
    let told = scan::behind(value, "domain of ")
        .map(|(_, told)| scan::after(told, "transitioning ").unwrap_or(told));
    let envelope = tag(value, "envelope-from").or(told.map(|told| scan::until(told, b" ")));
    let checker = scan::until(scan::from(value, scan::find(value, b"(") + 1), b": )");
    let checker = Some(checker).filter(|checker| scan::has(checker, b'.'));
    Spf {
        outcome: outcome(value),
        client: tag(value, "client-ip").and_then(Ip::read),
        domain: envelope.map(domain),
        receiver: checker.or(tag(value, "receiver")).map(own),
        range: field.range.clone(),
    }
}

/// The domain of an address, or the domain that stands alone.
fn domain(address: &str) -> String {
    own(scan::trimmed(scan::behind_last(address, b'@'), b"<>"))
}

fn results(field: &Field<'_>, found: &mut Authentication) {
    let text = field.text();
    let mut receiver = None;
    let mut rest = text.as_str();
    for index in 0..MOST {
        let part = scan::part(rest, 0, part_end(rest));
        let ended = part.len() == rest.len();
        rest = scan::from(rest, part.len() + 1);
        let method = scan::until(part, b"=").trim_ascii();
        let result = scan::from(part, scan::find(part, b"=") + 1).trim_ascii_start();
        let range = field.range.clone();
        if index == 0 && (result.is_empty() || scan::has(method, b' ')) {
            receiver = scan::words(part, b" \t").next().map(own);
        } else if scan::is(method, "spf") {
            let client = scan::behind(result, "sender IP is ")
                .and_then(|(_, ip)| Ip::read(scan::until(ip, b") ")));
            let sender = tag(result, "smtp.mailfrom").or(tag(result, "smtp.mail"));
            let (outcome, receiver) = (outcome(result), receiver.clone());
            found.spf.push(Spf {
                outcome,
                client,
                domain: sender.map(domain),
                receiver,
                range,
            });
        } else if scan::is(method, "dkim") {
            let signer = tag(result, "header.d").or(tag(result, "header.i"));
            let (outcome, receiver) = (outcome(result), receiver.clone());
            found.dkim.push(Dkim {
                outcome,
                domain: signer.map(domain),
                receiver,
                range,
            });
        }
        if ended {
            break;
        }
    }
}

fn signature(field: &Field<'_>) -> Option<Signature> {
    let text = field.text();
    let selector = tag(&text, "s").map(own);
    Some(Signature {
        domain: own(tag(&text, "d")?),
        selector,
        range: field.range.clone(),
    })
}

/// Where the next semicolon stands that is outside comments and quotes.
fn part_end(text: &str) -> usize {
    let (mut depth, mut quoted) = (0_usize, false);
    let ends = |byte: u8| {
        match byte {
            b'"' if depth == 0 => quoted = !quoted,
            b'(' if !quoted => depth += 1,
            b')' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        byte == b';' && depth == 0 && !quoted
    };
    text.bytes().position(ends).unwrap_or(text.len())
}

/// The value of `name=value`, wherever it stands.
#[inline(never)]
fn tag<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = text;
    let mut clear = true;
    loop {
        let (at, behind) = scan::behind(rest, name)?;
        if at > 0 {
            clear = rest
                .as_bytes()
                .get(at - 1)
                .is_some_and(|before| b" \t;(".contains(before));
        }
        if clear && let Some(value) = behind.trim_ascii_start().strip_prefix('=') {
            let value = value.trim_ascii_start();
            let quoted = value
                .strip_prefix('"')
                .map(|inner| scan::until(inner, b"\""));
            return Some(quoted.unwrap_or(scan::until(value, b"; \t)")));
        }
        clear = false;
        rest = behind;
    }
}

/// The word at the start.
fn outcome(text: &str) -> Outcome {
    const OUTCOMES: &[(&str, Outcome)] = &[
        ("pass", Outcome::Pass),
        ("fail", Outcome::Fail),
        ("hardfail", Outcome::Fail),
        ("softfail", Outcome::SoftFail),
        ("neutral", Outcome::Neutral),
        ("none", Outcome::None),
    ];
    let word = scan::until(text, b" \t(;");
    OUTCOMES
        .iter()
        .find(|(known, _)| scan::is(known, word))
        .map_or(Outcome::Error, |(_, outcome)| *outcome)
}

#[cfg(test)]
mod tests;
