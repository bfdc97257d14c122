//! Internet addresses, mail addresses and host names, as they stand in headers: several spellings
//! of each, and some that cannot be.

use super::scan;

/// An internet address, whatever its spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ip {
    /// The address as IPv6, an IPv4 address in its mapped form (RFC 4291 section 2.5.5.2). Where no
    /// such address can exist, its four numbers as they stand.
    groups: [u16; 8],
    is_possible: bool,
}

impl Ip {
    /// Reads `192.0.2.1`, `[192.0.2.1]:25`, `192.0.2.1.33021`, `IPv6:2001:db8::1`, `fe80::1%4` and
    /// their like, and gives back the part that is the address. Four numbers with dots are an address
    /// even where they are too large.
    #[cfg_attr(target_family = "wasm", inline(never))]
    pub fn read(text: &str) -> Option<(Self, &str)> {
        let text = scan::trimmed(scan::until(scan::trimmed(text, b"[(, "), b"]"), b"), ");
        let text = scan::after(text, "ipv6:").unwrap_or(text);
        // Most of what is asked about is a name.
        if !scan::has(text, b':') && !text.starts_with(|first: char| first.is_ascii_digit()) {
            return None;
        }
        let first = scan::until(text, b":");
        let port = scan::from(text, first.len() + 1);
        if (port.is_empty() || scan::number(port, 10).is_some())
            && let Some((numbers, length)) = four(first)
        {
            let [a, b, c, d] = numbers;
            let is_possible = a | b | c | d < 256;
            let groups = if is_possible {
                [0, 0, 0, 0, 0, 0xffff, a << 8 | b, c << 8 | d]
            } else {
                [a, b, c, d, 0, 0, 0, 0]
            };
            let found = Self {
                groups,
                is_possible,
            };
            return Some((found, scan::part(text, 0, length)));
        }
        let plain = scan::until(text, b"%/");
        let found = Self {
            groups: eight(plain)?,
            is_possible: true,
        };
        Some((found, plain))
    }

    /// Such an address can exist.
    pub fn is_possible(self) -> bool {
        self.is_possible
    }

    /// The address as IPv6; none where no such address can exist.
    pub fn groups(self) -> Option<[u16; 8]> {
        self.is_possible.then_some(self.groups)
    }

    /// Cannot be reached from the internet: a private, local or carrier's address.
    pub fn is_private(self) -> bool {
        match self.groups {
            _ if !self.is_possible => false,
            [0, 0, 0, 0, 0, 0xffff, high, low] => {
                let number = u32::from(high) << 16 | u32::from(low);
                let is = |bits: u32, start: u32| number >> (32 - bits) == start;
                // RFC 1918, RFC 1122, RFC 3927 and RFC 6598.
                is(8, 10)
                    || is(8, 127)
                    || is(12, 0xac1)
                    || is(16, 0xc0a8)
                    || is(16, 0xa9fe)
                    || is(10, 0x191)
            }
            [0, 0, 0, 0, 0, 0, 0, 1] => true,
            [first, ..] => first >> 9 == 0xfc >> 1 || first >> 6 == 0xfe80 >> 6,
        }
    }

    /// All zeros: no address at all, or one that was blotted out.
    pub fn is_unspecified(self) -> bool {
        matches!(self.groups, [0, 0, 0, 0, 0, 0 | 0xffff, 0, 0])
    }
}

/// Four numbers, and how much of the text they take; a port may follow as a fifth.
fn four(text: &str) -> Option<([u16; 4], usize)> {
    let mut numbers = [0; 4];
    let mut length = 0;
    let mut rest = text;
    for index in 0..5 {
        let word = scan::until(rest, b".");
        let number = scan::number(word, 10)?;
        let is_last = word.len() == rest.len();
        if let Some(place) = numbers.get_mut(index) {
            *place = u16::try_from(number).unwrap_or(u16::MAX);
            length = text.len() - rest.len() + word.len();
        }
        if is_last {
            return (index >= 3).then_some((numbers, length));
        }
        rest = scan::from(rest, word.len() + 1);
    }
    None
}

/// Eight groups, or fewer with one `::`; the last two may be four numbers.
fn eight(text: &str) -> Option<[u16; 8]> {
    let (mut groups, mut count) = ([0; 8], 0);
    let mut gap = None;
    let mut rest = text;
    loop {
        if let Some(behind) = scan::after(rest, "::") {
            rest = behind;
            if gap.replace(count).is_some() {
                return None;
            }
        } else if count > 0 && !rest.is_empty() {
            rest = scan::after(rest, ":").filter(|rest| !rest.is_empty())?;
        }
        if rest.is_empty() {
            break;
        }
        let word = scan::until(rest, b":");
        rest = scan::from(rest, word.len());
        if scan::has(word, b'.') {
            let ([a, b, c, d], length) = four(word)?;
            let pair = groups.get_mut(count..count + 2)?;
            if length < word.len() || a | b | c | d > 255 {
                return None;
            }
            pair.copy_from_slice(&[a << 8 | b, c << 8 | d]);
            count += 2;
        } else {
            let group = scan::number(word, 16).filter(|_| word.len() < 5)?;
            *groups.get_mut(count)? = u16::try_from(group).ok()?;
            count += 1;
        }
    }
    let Some(gap) = gap else {
        return (count == 8).then_some(groups);
    };
    // What stands behind the gap belongs at the end.
    let mut spread = [0; 8];
    for (index, group) in groups.iter().take(count).enumerate() {
        let place = if index < gap {
            index
        } else {
            index + 8 - count
        };
        *spread.get_mut(place)? = *group;
    }
    (count < 8).then_some(spread)
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
