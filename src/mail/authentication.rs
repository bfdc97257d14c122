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
    pub said: Said,
    pub range: Range<usize>,
}

/// One finding about a DKIM signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dkim {
    pub outcome: Outcome,
    /// The domain that signed.
    pub domain: Option<String>,
    pub said: Said,
    pub range: Range<usize>,
}

/// One finding about DMARC: whether SPF or DKIM passed for the domain that the reader sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dmarc {
    pub outcome: Outcome,
    /// The domain of the From field.
    pub domain: Option<String>,
    /// What that domain asks for where the check fails, as written: `none`, `quarantine`, `reject`.
    pub policy: Option<String>,
    pub said: Said,
    pub range: Range<usize>,
}

/// One finding about the chain of ARC seals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arc {
    pub outcome: Outcome,
    pub said: Said,
    pub range: Range<usize>,
}

/// Who says so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// The server, as it names itself; none where the field names nobody.
    pub by: Option<String>,
    /// It is the recipient's own server. [`super::verdict::judge`] tells; reading alone cannot.
    pub own: bool,
    /// The step of ARC that carries the finding. Such findings are never `own`.
    pub instance: Option<u32>,
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
    pub dmarc: Vec<Dmarc>,
    pub arc: Vec<Arc>,
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
        let findings = found.spf.len() + found.dkim.len() + found.dmarc.len() + found.arc.len();
        if findings + found.signatures.len() + found.seals.len() > MOST {
            break;
        }
        if is("return-path") {
            found.return_path = found
                .return_path
                .take()
                .or_else(|| Some(return_path(field)));
        } else if is("received-spf") {
            found.spf.push(received_spf(field));
        } else if is("authentication-results") || is("arc-authentication-results") {
            results(field, &mut found);
        } else if is("dkim-signature") {
            found.signatures.extend(signature(field));
        } else if is("arc-seal") {
            found.seals.extend(signature(field));
        }
    }
    found
}

/// The domain is aligned with the sender's: both stand under one registered domain. DMARC asks this
/// of what SPF and DKIM passed for (RFC 7489, section 3.1, relaxed).
pub fn is_aligned(domain: &str, sender: &str) -> bool {
    let registrable = address::registrable(domain);
    !registrable.is_empty() && scan::is(registrable, address::registrable(sender))
}

impl Authentication {
    /// Marks what `is_own` says of the finding's speaker and its place in the text.
    pub(super) fn mark_own(&mut self, is_own: &dyn Fn(&Said, usize) -> bool) {
        let mark = |said: &mut Said, range: &Range<usize>| {
            said.own = said.instance.is_none() && is_own(said, range.start);
        };
        self.spf
            .iter_mut()
            .for_each(|found| mark(&mut found.said, &found.range));
        self.dkim
            .iter_mut()
            .for_each(|found| mark(&mut found.said, &found.range));
        self.dmarc
            .iter_mut()
            .for_each(|found| mark(&mut found.said, &found.range));
        self.arc
            .iter_mut()
            .for_each(|found| mark(&mut found.said, &found.range));
    }
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
        said: Said {
            by: checker.or(tag(value, "receiver")).map(own),
            ..Said::default()
        },
        range: field.range.clone(),
    }
}

/// The domain of an address, or the domain that stands alone.
fn domain(address: &str) -> String {
    own(scan::trimmed(scan::behind_last(address, b'@'), b"<>"))
}

fn results(field: &Field<'_>, found: &mut Authentication) {
    let text = field.text();
    let mut said = Said::default();
    let mut rest = text.as_str();
    for index in 0..MOST {
        let part = scan::part(rest, 0, part_end(rest));
        let ended = part.len() == rest.len();
        rest = scan::from(rest, part.len() + 1);
        let method = scan::until(part, b"=").trim_ascii();
        let result = scan::from(part, scan::find(part, b"=") + 1).trim_ascii_start();
        let named = usize::from(said.instance.is_some());
        if index == 0 && scan::is(method, "i") {
            said.instance = scan::number(result.trim_ascii_end());
        } else if index == named && (result.is_empty() || scan::has(method, b' ')) {
            said.by = scan::words(part, b" \t").next().map(own);
        } else {
            finding(method, result, &said, &field.range, found);
        }
        if ended {
            break;
        }
    }
}

fn finding(
    method: &str,
    result: &str,
    said: &Said,
    range: &Range<usize>,
    found: &mut Authentication,
) {
    let (outcome, said, range) = (outcome(result), said.clone(), range.clone());
    let either = |one, other| tag(result, one).or(tag(result, other));
    if scan::is(method, "spf") {
        let client = scan::behind(result, "sender IP is ")
            .and_then(|(_, ip)| Ip::read(scan::until(ip, b") ")));
        let domain = either("smtp.mailfrom", "smtp.mail").map(domain);
        found.spf.push(Spf {
            outcome,
            client,
            domain,
            said,
            range,
        });
    } else if scan::is(method, "dkim") {
        let domain = either("header.d", "header.i").map(domain);
        found.dkim.push(Dkim {
            outcome,
            domain,
            said,
            range,
        });
    } else if scan::is(method, "dmarc") {
        found.dmarc.push(Dmarc {
            outcome,
            domain: tag(result, "header.from").map(domain),
            policy: either("p", "header.policy").map(own),
            said,
            range,
        });
    } else if scan::is(method, "arc") {
        found.arc.push(Arc {
            outcome,
            said,
            range,
        });
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
