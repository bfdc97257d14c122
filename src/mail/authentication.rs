//! What servers found out about a mail's sender, and who signed it: Return-Path, Received-SPF,
//! Authentication-Results (ARC's too) and DKIM-Signature. Nothing is checked here, only read.

use std::ops::Range;

use super::address::{self, Ip};
use super::header::{Field, Header};

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

pub fn read(header: &Header<'_>) -> Authentication {
    let mut found = Authentication::default();
    for field in &header.fields {
        let is = |name| field.is(name);
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
        address: address.into(),
        carried: address::carried(address),
        range: field.range.clone(),
    }
}

fn received_spf(field: &Field<'_>) -> Spf {
    let text = field.text();
    let value = text.trim_ascii_start();
    let word = value.split([' ', '\t', '(', ';']).next().unwrap_or("");
    let tag = |name| tag(value, name);
    let envelope = tag("envelope-from").map(|address| address::mailbox(address).unwrap_or(address));
    // Google writes `pass (google.com: domain of user@domain designates ...)`.
    let told = value
        .find("domain of ")
        .map(|at| value[at + 10..].trim_start_matches("transitioning "));
    let domain = envelope
        .or_else(|| told.and_then(|told| told.split(' ').next()))
        .map(|address| address.rsplit('@').next().unwrap_or(address));
    let checker = value
        .split_once('(')
        .and_then(|(_, inner)| inner.split_once(": "))
        .map(|(host, _)| host);
    Spf {
        outcome: outcome(word),
        client: tag("client-ip").and_then(Ip::read),
        domain: domain.map(Into::into),
        receiver: checker
            .filter(|host| !host.contains(' '))
            .or(tag("receiver"))
            .map(Into::into),
        range: field.range.clone(),
    }
}

fn results(field: &Field<'_>, found: &mut Authentication) {
    let text = field.text();
    let mut receiver = None;
    for (index, part) in parts(&text).enumerate() {
        let part = part.trim_ascii();
        let (method, rest) = part.split_once('=').unwrap_or((part, ""));
        let method = method.trim_ascii_end();
        let result = rest
            .trim_ascii_start()
            .split([' ', '\t', '(', ';'])
            .next()
            .unwrap_or("");
        if index == 0 && (rest.is_empty() || method.contains(' ')) {
            receiver = part.split_ascii_whitespace().next().map(String::from);
        } else if method.eq_ignore_ascii_case("spf") {
            let sender = tag(rest, "smtp.mailfrom").or(tag(rest, "smtp.mail"));
            found.spf.push(Spf {
                outcome: outcome(result),
                client: rest.find("sender IP is ").and_then(|at| {
                    Ip::read(rest[at + 13..].split([')', ' ']).next().unwrap_or(""))
                }),
                domain: sender.map(|sender| sender.rsplit('@').next().unwrap_or(sender).into()),
                receiver: receiver.clone(),
                range: field.range.clone(),
            });
        } else if method.eq_ignore_ascii_case("dkim") {
            let signer = tag(rest, "header.d").or(tag(rest, "header.i"));
            found.dkim.push(Dkim {
                outcome: outcome(result),
                domain: signer.map(|signer| signer.rsplit('@').next().unwrap_or(signer).into()),
                receiver: receiver.clone(),
                range: field.range.clone(),
            });
        }
    }
}

fn signature(field: &Field<'_>) -> Option<Signature> {
    let text = field.text();
    let value = |name| tag(&text, name).map(String::from);
    Some(Signature {
        domain: value("d")?,
        selector: value("s"),
        range: field.range.clone(),
    })
}

/// The parts between semicolons that stand outside comments and quotes.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let (mut depth, mut quoted) = (0_usize, false);
    text.split(move |letter| {
        match letter {
            '"' if depth == 0 => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        letter == ';' && depth == 0 && !quoted
    })
    .take(MOST)
}

/// The value of `name=value`, wherever it stands.
fn tag<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let mut start = 0;
    loop {
        let at = start + text.get(start..)?.find(name)?;
        let end = at + name.len();
        let clear = at == 0 || matches!(text.as_bytes()[at - 1], b' ' | b'\t' | b';' | b'(');
        if clear && let Some(value) = text[end..].trim_ascii_start().strip_prefix('=') {
            let value = value.trim_ascii_start();
            let quoted = value
                .strip_prefix('"')
                .and_then(|inner| inner.split('"').next());
            return Some(
                quoted.unwrap_or_else(|| value.split([';', ' ', '\t', ')']).next().unwrap_or("")),
            );
        }
        start = end;
    }
}

fn outcome(word: &str) -> Outcome {
    let is = |known| word.eq_ignore_ascii_case(known);
    if is("pass") {
        Outcome::Pass
    } else if is("fail") || is("hardfail") {
        Outcome::Fail
    } else if is("softfail") {
        Outcome::SoftFail
    } else if is("neutral") {
        Outcome::Neutral
    } else if is("none") {
        Outcome::None
    } else {
        Outcome::Error
    }
}
