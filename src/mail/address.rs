//! Internet addresses, mail addresses and host names, as they stand in headers: several spellings
//! of each, and some that cannot be.

use std::net::Ipv6Addr;

use super::scan;

/// An internet address, whatever its spelling: as IPv6, an IPv4 address in its mapped form (RFC 4291
/// section 2.5.5.2). Where no such address can exist, its four numbers, below [`IMPOSSIBLE`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ip(u128);

/// No address begins so: all of it would be a multicast of no known kind.
const IMPOSSIBLE: u64 = u64::MAX;
/// The start of IPv4 addresses in IPv6.
const MAPPED: u128 = 0xffff << 32;

impl Ip {
    /// Reads `192.0.2.1`, `[192.0.2.1]:25`, `192.0.2.1.33021`, `IPv6:2001:db8::1`, `fe80::1%4` and
    /// their like, and gives back the part that is the address. Four numbers with dots are an address
    /// even where they are too large.
    #[cfg_attr(target_family = "wasm", inline(never))]
    pub fn read(text: &str) -> Option<(Self, &str)> {
        let text = scan::trimmed(text, b"[(, ");
        // Most of what is asked about is a name.
        let begins = text.as_bytes().first()?.is_ascii_digit();
        if !begins && !scan::has(text, b':') {
            return None;
        }
        let text = scan::trimmed(scan::until(text, b"]"), b"), ");
        let text = scan::after(text, "ipv6:").unwrap_or(text);
        let first = scan::until(text, b":");
        let port = scan::from(text, first.len() + 1);
        if (port.is_empty() || scan::number(port, 10).is_some())
            && let Some((number, length)) = four(first)
        {
            return Some((Self(number), scan::part(text, 0, length)));
        }
        let plain = scan::until(text, b"%/");
        Some((Self(eight(plain)?), plain))
    }

    fn high(self) -> u64 {
        u64::try_from(self.0 >> 64).unwrap_or(0)
    }

    /// Such an address can exist.
    pub fn is_possible(self) -> bool {
        self.high() != IMPOSSIBLE
    }

    /// The address as IPv6; none where no such address can exist.
    pub fn v6(self) -> Option<Ipv6Addr> {
        self.is_possible().then(|| Ipv6Addr::from(self.0))
    }

    /// Cannot be reached from the internet: a private, local or carrier's address.
    pub fn is_private(self) -> bool {
        if let Ok(number) = u32::try_from(self.0 ^ MAPPED) {
            let is = |bits: u32, start: u32| number >> (32 - bits) == start;
            // RFC 1918, RFC 1122, RFC 3927 and RFC 6598.
            is(8, 10)
                || is(8, 127)
                || is(12, 0xac1)
                || is(16, 0xc0a8)
                || is(16, 0xa9fe)
                || is(10, 0x191)
        } else {
            // RFC 4291 and RFC 4193.
            self.0 == 1 || self.high() >> 57 == 0xfc >> 1 || self.high() >> 54 == 0xfe80 >> 6
        }
    }

    /// All zeros: no address at all, or one that was blotted out.
    pub fn is_unspecified(self) -> bool {
        self.0 == 0 || self.0 == MAPPED
    }
}

/// Four numbers as an address, and how much of the text they take; a port may follow as a fifth.
fn four(text: &str) -> Option<(u128, usize)> {
    let (mut numbers, mut length) = (0_u64, 0);
    let mut rest = text;
    for index in 0..5 {
        let word = scan::until(rest, b".");
        let number = scan::number(word, 10)?;
        let is_last = word.len() == rest.len();
        if index < 4 {
            numbers = numbers << 16 | u64::from(number.min(0xffff));
            length = text.len() - rest.len() + word.len();
        }
        if is_last {
            // Each has sixteen bits so far, and should need only eight.
            let pairs = (numbers | numbers >> 8) & 0xffff_0000_ffff;
            let number = MAPPED | u128::from((pairs | pairs >> 16) & 0xffff_ffff);
            let is_possible = numbers & 0xff00_ff00_ff00_ff00 == 0;
            let impossible = u128::from(IMPOSSIBLE) << 64 | u128::from(numbers);
            let number = if is_possible { number } else { impossible };
            return (index >= 3).then_some((number, length));
        }
        rest = scan::from(rest, word.len() + 1);
    }
    None
}

/// Eight groups, or fewer with one `::`.
fn eight(text: &str) -> Option<u128> {
    let Some((at, back)) = scan::behind(text, "::") else {
        let (number, count) = groups(text)?;
        return (count == 8).then_some(number);
    };
    let (mut front, many) = groups(scan::part(text, 0, at))?;
    let (back, more) = groups(back)?;
    for _ in many..8 {
        front <<= 16;
    }
    (many + more < 8).then_some(front | back)
}

/// Groups of sixteen bits, and how many; two of them may be four numbers.
fn groups(text: &str) -> Option<(u128, usize)> {
    let (mut number, mut count) = (0, 0);
    let mut rest = text;
    while !text.is_empty() {
        let word = scan::until(rest, b":");
        if scan::has(word, b'.') {
            let (four, length) = four(word)?;
            let four = u32::try_from(four ^ MAPPED).ok()?;
            if length < word.len() {
                return None;
            }
            number = number << 32 | u128::from(four);
            count += 2;
        } else {
            let group = scan::number(word, 16).filter(|_| word.len() < 5)?;
            number = number << 16 | u128::from(group);
            count += 1;
        }
        if word.len() == rest.len() {
            break;
        }
        rest = scan::from(rest, word.len() + 1);
    }
    Some((number, count))
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
        let inner = scan::trim(scan::until(rest, b"><"));
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
