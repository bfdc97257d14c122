//! Internet addresses, mail addresses and host names, as they stand in headers: several spellings
//! of each, and some that cannot be.

use super::scan;

/// An internet address as a header shows it. `number` is missing where no such address can exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ip {
    pub text: String,
    /// The address as IPv6; an IPv4 address in its mapped form.
    pub number: Option<u128>,
}

/// The start of IPv4 addresses in their mapped form, RFC 4291 section 2.5.5.2.
const MAPPED: u128 = 0xffff << 32;

impl Ip {
    /// Reads `192.0.2.1`, `[192.0.2.1]:25`, `192.0.2.1.33021`, `IPv6:2001:db8::1`, `fe80::1%4` and
    /// their like. Four numbers with dots are an address even where they are too large.
    #[cfg_attr(target_family = "wasm", inline(never))]
    pub fn read(text: &str) -> Option<Self> {
        let text = scan::trimmed(scan::until(scan::trimmed(text, b"[(, "), b"]"), b"), ");
        let text = scan::after(text, "ipv6:").unwrap_or(text);
        // Most of what is asked about is a name.
        if !scan::has(text, b':') && !text.starts_with(|first: char| first.is_ascii_digit()) {
            return None;
        }
        let first = scan::until(text, b":");
        let port = scan::from(text, first.len() + 1);
        if (port.is_empty() || scan::number(port, 10).is_some())
            && let Some((v4, length)) = four(first)
        {
            return Some(Self {
                text: scan::own(scan::part(text, 0, length)),
                number: v4.map(|v4| MAPPED | u128::from(v4)),
            });
        }
        let plain = scan::until(text, b"%/");
        let number = Some(eight(plain)?);
        Some(Self {
            text: scan::own(plain),
            number,
        })
    }

    /// Cannot be reached from the internet: a private, local or carrier's address.
    pub fn is_private(&self) -> bool {
        let Some(number) = self.number else {
            return false;
        };
        if number >> 32 == MAPPED >> 32 {
            let is = |bits: u32, start: u128| number >> (32 - bits) & ((1 << bits) - 1) == start;
            // RFC 1918, RFC 1122, RFC 3927 and RFC 6598.
            is(8, 10)
                || is(8, 127)
                || is(12, 0xac1)
                || is(16, 0xc0a8)
                || is(16, 0xa9fe)
                || is(10, 0x191)
        } else {
            number == 1 || number >> 121 == 0xfc >> 1 || number >> 118 == 0xfe80 >> 6
        }
    }

    /// All zeros: no address at all, or one that was blotted out.
    pub fn is_unspecified(&self) -> bool {
        matches!(self.number, Some(0 | MAPPED))
    }

    /// The same address, whatever the spelling. Two that cannot exist are compared as text.
    pub fn is_same(&self, other: &Self) -> bool {
        self.number == other.number && (self.number.is_some() || self.text == other.text)
    }
}

/// Four numbers as one, and how much of the text they take; a port may follow as a fifth.
fn four(text: &str) -> Option<(Option<u32>, usize)> {
    let (mut value, mut possible) = (0, true);
    let mut length = 0;
    let mut rest = text;
    for index in 0..5 {
        let word = scan::until(rest, b".");
        let number = scan::number(word, 10)?;
        let is_last = word.len() == rest.len();
        if index < 4 {
            value = value << 8 | number;
            possible &= number < 256;
            length = text.len() - rest.len() + word.len();
        }
        if is_last {
            return (index >= 3).then_some((possible.then_some(value), length));
        }
        rest = scan::from(rest, word.len() + 1);
    }
    None
}

/// Eight groups, or fewer with one `::`; the last two may be four numbers.
fn eight(text: &str) -> Option<u128> {
    let (mut value, mut count) = (0_u128, 0);
    // What stands in front of the gap, and how many groups that is.
    let mut front = None;
    let mut rest = text;
    loop {
        if let Some(behind) = scan::after(rest, "::") {
            rest = behind;
            if front.replace((value, count)).is_some() {
                return None;
            }
            value = 0;
        } else if count > 0 && !rest.is_empty() {
            rest = scan::after(rest, ":").filter(|rest| !rest.is_empty())?;
        }
        if rest.is_empty() {
            break;
        }
        let word = scan::until(rest, b":");
        rest = scan::from(rest, word.len());
        if scan::has(word, b'.') {
            let (v4, _) = four(word).filter(|(_, length)| *length == word.len())?;
            value = value << 32 | u128::from(v4?);
            count += 2;
        } else {
            let group = scan::number(word, 16).filter(|_| word.len() < 5)?;
            value = value << 16 | u128::from(group);
            count += 1;
        }
    }
    let Some((mut front, before)) = front else {
        return (count == 8).then_some(value);
    };
    for _ in before..8 {
        front <<= 16;
    }
    (count < 8).then_some(front | value)
}

/// The first mail address in a field's value: inside angle brackets, or standing alone. What is
/// quoted, or in a comment, counts only where nothing else is there.
pub fn mailbox(value: &str) -> Option<String> {
    let mut outside = scan::Outside::default();
    let blank = |letter| if outside.has(letter) { letter } else { ' ' };
    let plain: String = value.chars().map(blank).collect();
    let found = first_mailbox(&plain).or_else(|| first_mailbox(value));
    found.map(scan::own)
}

#[cfg_attr(target_family = "wasm", inline(never))]
fn first_mailbox(text: &str) -> Option<&str> {
    let is_address = |word: &&str| {
        let at = scan::find(word, b"@ ");
        at > 0 && at + 1 < word.len() && !scan::has(word, b' ')
    };
    let mut rest = text;
    while scan::has(rest, b'<') {
        rest = scan::from(rest, scan::find(rest, b"<") + 1);
        let inner = scan::until(rest, b"><").trim_ascii();
        let inner = scan::after(inner, "mailto:").unwrap_or(inner);
        if is_address(&inner) {
            return Some(inner);
        }
    }
    scan::words(text, b" \t,;()\"<>[]").find(is_address)
}

/// The part behind the last `@`.
pub fn domain(address: &str) -> &str {
    let domain = scan::behind_last(address, b'@');
    if domain.len() == address.len() {
        ""
    } else {
        scan::trimmed(domain, b".")
    }
}

/// The address that a rewritten envelope sender carries inside: SRS (`SRS0=hash=day=domain=local@`)
/// or VERP (`bounces-1-local=domain@`).
pub fn carried(address: &str) -> Option<String> {
    let local = address.strip_suffix(domain(address))?.strip_suffix('@')?;
    let last = scan::behind_last(local, b'=');
    let before = local.strip_suffix(last)?.strip_suffix('=')?;
    let (user, host) = if scan::after(local, "srs").is_some() {
        (last, scan::behind_last(before, b'='))
    } else {
        let user = scan::behind_last(before, b'-');
        let user = scan::behind_last(user, b'+');
        (scan::behind_last(user, b'='), last)
    };
    let mut text = scan::own(user);
    text.push('@');
    text.push_str(host);
    (!user.is_empty() && scan::has(host, b'.')).then_some(text)
}

/// Second levels under which two-letter countries register names.
const SECOND_LEVELS: &str =
    "ac asso co com edu go gob gouv gov gv ltd me mil ne net nhs nom or org plc sch tm";

/// Domains under which strangers have hosts side by side: a host here speaks only for itself.
const SHARED: &str = "ovh.net vps.ovh.ca amazonaws.com azure.com cloudapp.net \
    googleusercontent.com your-server.de contaboserver.net kundenserver.de";

/// The domain that somebody registered, of a host's name: `mail.shop.co.uk` gives `shop.co.uk`.
/// Where strangers share a domain, the whole name is given back.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn registrable(host: &str) -> &str {
    let host = scan::trimmed(host, b".");
    if is_under_any(host, SHARED) {
        return host;
    }
    let above = |domain: &str| {
        let rest = scan::part(host, 0, host.len().saturating_sub(domain.len() + 1));
        scan::from(host, rest.len() - scan::behind_last(rest, b'.').len())
    };
    let top = scan::behind_last(host, b'.');
    let second = above(top);
    let level = scan::until(second, b".");
    if top.len() == 2 && second.len() > top.len() && scan::is_any(level, SECOND_LEVELS) {
        above(second)
    } else {
        second
    }
}

/// The host is one of these domains, told apart by spaces, or stands below one.
#[cfg_attr(target_family = "wasm", inline(never))]
pub(super) fn is_under_any(host: &str, domains: &'static str) -> bool {
    scan::words(domains, b" ").any(|domain| is_under(host, domain))
}

/// The host is this domain, or stands below it.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn is_under(host: &str, domain: &str) -> bool {
    let start = host.len().wrapping_sub(domain.len());
    let above = scan::part(host, 0, start);
    !domain.is_empty()
        && scan::is(scan::from(host, start), domain)
        && (start == 0 || above.ends_with('.'))
}

#[cfg(test)]
mod tests;
