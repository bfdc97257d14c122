//! What servers found out about a mail's sender, and who signed it: Return-Path, Received-SPF,
//! Authentication-Results (ARC's too) and DKIM-Signature. Nothing is checked here, only read.

use std::ops::Range;

use super::address::{self, Ip};
use super::header::Header;
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

/// What a server looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Whether the host might send for the domain of the envelope sender.
    Spf,
    /// Whether a signature is sound.
    Dkim,
    /// Whether SPF or DKIM passed for the domain that the reader sees.
    Dmarc,
    /// Whether the chain of seals is sound.
    Arc,
}

/// One finding of a server about the mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub method: Method,
    pub outcome: Outcome,
    /// The domain it is about. SPF: of the envelope sender; DKIM: that signed; DMARC: of the From
    /// field.
    pub domain: Option<String>,
    /// The internet address that is named with it; SPF: the one that handed the mail over.
    pub client: Option<Ip>,
    /// DMARC: what the domain asks for where the check fails, as written: `none`, `quarantine`,
    /// `reject`.
    pub policy: Option<String>,
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

/// A domain that signed the mail, or sealed it on its way (ARC).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    pub domain: String,
    pub is_seal: bool,
    pub range: Range<usize>,
}

/// The envelope sender, as the last server wrote it down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnPath {
    /// Empty for a bounce.
    pub address: String,
    pub range: Range<usize>,
}

impl ReturnPath {
    /// The address hidden in it by VERP or SRS.
    pub fn carried(&self) -> Option<String> {
        address::carried(&self.address)
    }
}

/// Everything of this kind in a header, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Authentication {
    pub return_path: Option<ReturnPath>,
    pub findings: Vec<Finding>,
    pub signatures: Vec<Signature>,
}

/// More fields than this, or findings in one, are noise.
const MOST: usize = 200;
/// So are longer values.
const LONGEST: usize = 64 << 10;

pub fn read(header: &Header<'_>) -> Authentication {
    const FIELDS: &str = "return-path received-spf authentication-results \
        arc-authentication-results dkim-signature arc-seal";
    /// What these begin with.
    const BEGIN: &[u8] = b"radRAD";
    let mut found = Authentication::default();
    let mut count = 0;
    for field in &header.fields {
        // Most fields say nothing of this.
        let begins = |first: &u8| BEGIN.contains(first);
        if !field.name.as_bytes().first().is_some_and(begins) || field.is("received") {
            continue;
        }
        let Some(kind) = scan::place(field.name, FIELDS) else {
            continue;
        };
        count += 1;
        if field.value.len() > LONGEST || count > MOST {
            continue;
        }
        let text = field.text();
        let range = field.range.clone();
        match kind {
            0 if found.return_path.is_none() => {
                let address = address::mailbox(&text).unwrap_or_default();
                found.return_path = Some(ReturnPath { address, range });
            }
            0 => {}
            1 => found.findings.push(received_spf(&text, range)),
            2 | 3 => found.results(&text, &range),
            _ => {
                if let Some(domain) = tag(&text, "d") {
                    found.signatures.push(Signature {
                        domain: own(domain),
                        is_seal: kind == 5,
                        range,
                    });
                }
            }
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
    /// The findings of one kind, newest first.
    pub fn of(&self, method: Method) -> impl Iterator<Item = &Finding> {
        let all = self.findings.iter();
        all.filter(move |finding| finding.method == method)
    }

    /// Marks what `is_own` says of the finding's speaker and its place in the text.
    pub(super) fn mark_own(&mut self, is_own: &dyn Fn(&Said, usize) -> bool) {
        for Finding { said, range, .. } in &mut self.findings {
            said.own = said.instance.is_none() && is_own(said, range.start);
        }
    }

    /// Authentication-Results: who says so, then `method=result tag=value …` between semicolons.
    fn results(&mut self, text: &str, range: &Range<usize>) {
        let mut said = Said::default();
        let mut rest = text;
        for index in 0..MOST {
            if rest.is_empty() {
                break;
            }
            let part = scan::part(rest, 0, part_end(rest));
            rest = scan::from(rest, part.len() + 1);
            let method = scan::trim(scan::until(part, b"="));
            let result = scan::trim(scan::from(part, scan::find(part, b"=") + 1));
            let named = usize::from(said.instance.is_some());
            if index == 0 && scan::is(method, "i") {
                said.instance = scan::number(result, 10);
            } else if index == named && (result.is_empty() || scan::has(method, b' ')) {
                said.by = scan::words(part, b" \t").next().map(own);
            } else {
                self.add(method, result, &said, range);
            }
        }
    }

    fn add(&mut self, method: &str, result: &str, said: &Said, range: &Range<usize>) {
        let mut policy = None;
        let (method, domain) = match scan::place(method, "spf dkim dmarc arc") {
            Some(0) => (Method::Spf, either(result, "smtp.mailfrom smtp.mail")),
            Some(1) => (Method::Dkim, either(result, "header.d header.i")),
            Some(2) => {
                policy = either(result, "p header.policy");
                (Method::Dmarc, tag(result, "header.from"))
            }
            Some(_) => (Method::Arc, None),
            None => return,
        };
        self.findings.push(Finding {
            method,
            outcome: outcome(result),
            domain: domain.map(domain_of),
            client: client(result),
            policy: policy.map(own),
            said: said.clone(),
            range: range.clone(),
        });
    }
}

fn received_spf(text: &str, range: Range<usize>) -> Finding {
    let value = scan::trim_start(text);
    // Google writes `pass (google.com: domain of user@domain designates ...)`.
    let told = scan::behind(value, "domain of ")
        .map(|(_, told)| scan::after(told, "transitioning ").unwrap_or(told));
    let envelope = tag(value, "envelope-from").or(told.map(|told| scan::until(told, b" ")));
    let checker = scan::until(scan::from(value, scan::find(value, b"(") + 1), b": )");
    let checker = Some(checker).filter(|checker| scan::has(checker, b'.'));
    Finding {
        method: Method::Spf,
        outcome: outcome(value),
        domain: envelope.map(domain_of),
        client: client(value),
        policy: None,
        said: Said {
            by: checker.or(tag(value, "receiver")).map(own),
            ..Said::default()
        },
        range,
    }
}

/// The address that handed the mail over: the first that is named, whatever the server's words are
/// (`client-ip=`, `designates … as permitted sender`, `sender IP is`).
fn client(text: &str) -> Option<Ip> {
    let found = scan::words(text, b" =;()").find_map(Ip::read);
    found.map(|(address, _)| address)
}

/// The domain of an address, or the domain that stands alone.
fn domain_of(address: &str) -> String {
    own(scan::trimmed(scan::behind_last(address, b'@'), b"<>)"))
}

/// Where the next semicolon stands that is outside comments and quotes.
fn part_end(text: &str) -> usize {
    let mut outside = scan::Outside::default();
    let ends = |byte: u8| outside.has(char::from(byte)) && byte == b';';
    text.bytes().position(ends).unwrap_or(text.len())
}

/// The value of `name=value`, wherever it stands.
#[cfg_attr(target_family = "wasm", inline(never))]
fn tag<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = text;
    while !rest.is_empty() {
        if let Some(behind) = rest.strip_prefix(name)
            && let Some(value) = scan::after(scan::trim_start(behind), "=")
        {
            let value = scan::trim_start(value);
            let quoted = value.strip_prefix('"');
            let end: &[u8] = if quoted.is_some() { b"\"" } else { b"; \t)" };
            return Some(scan::until(quoted.unwrap_or(value), end));
        }
        rest = scan::from(rest, scan::find(rest, b" \t;(") + 1);
    }
    None
}

/// The value of the first of these names that is there.
fn either<'a>(text: &'a str, names: &'static str) -> Option<&'a str> {
    scan::words(names, b" ").find_map(|name| tag(text, name))
}

/// The word at the start.
fn outcome(text: &str) -> Outcome {
    let word = scan::until(text, b" \t(;");
    match scan::place(word, "pass softfail neutral none fail hardfail") {
        Some(0) => Outcome::Pass,
        Some(1) => Outcome::SoftFail,
        Some(2) => Outcome::Neutral,
        Some(3) => Outcome::None,
        Some(_) => Outcome::Fail,
        None => Outcome::Error,
    }
}

#[cfg(test)]
mod tests;
