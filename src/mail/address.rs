//! Internet addresses, mail addresses and host names, as they stand in headers: several spellings
//! of each, and some that cannot be.

/// An internet address as a header shows it. `value` is missing where no such address can exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ip {
    pub text: String,
    /// The address as IPv6; an IPv4 address in its mapped form.
    pub value: Option<u128>,
}

const MAPPED: u128 = 0xffff << 32;

impl Ip {
    /// Reads `192.0.2.1`, `[192.0.2.1]:25`, `192.0.2.1.33021`, `IPv6:2001:db8::1`, `fe80::1%4` and
    /// their like. Four numbers with dots are an address even where they are too large.
    pub fn read(text: &str) -> Option<Self> {
        let text = bare(text);
        if let Some((value, length)) = four(text) {
            return Some(Self {
                text: text[..length].into(),
                value,
            });
        }
        let plain = text.split(['%', '/']).next()?;
        let value = eight(plain)?;
        Some(Self {
            text: plain.into(),
            value: Some(value),
        })
    }

    fn v4(&self) -> Option<[u8; 4]> {
        let value = self.value.filter(|value| value >> 32 == 0xffff)?;
        let [.., a, b, c, d] = value.to_be_bytes();
        Some([a, b, c, d])
    }

    /// Cannot be reached from the internet: a private, local or carrier's address.
    pub fn is_private(&self) -> bool {
        if let Some(v4) = self.v4() {
            return matches!(
                v4,
                [10 | 127, ..]
                    | [172, 16..=31, ..]
                    | [192, 168, ..]
                    | [169, 254, ..]
                    | [100, 64..=127, ..]
            );
        }
        self.value.is_some_and(|value| {
            value == 1 || matches!(value >> 121, 0x7e) || value >> 118 == 0xfe80 >> 6
        })
    }

    /// All zeros: no address at all, or one that was blotted out.
    pub fn is_unspecified(&self) -> bool {
        self.value == Some(0) || self.v4() == Some([0; 4])
    }

    /// The same address, whatever the spelling. Two that cannot exist are compared as text.
    pub fn is_same(&self, other: &Self) -> bool {
        if self.value.is_some() {
            self.value == other.value
        } else {
            self.text == other.text
        }
    }
}

fn bare(text: &str) -> &str {
    let text = text.trim_start_matches('[');
    let text = text.split(']').next().unwrap_or(text);
    let text = text.trim_matches(['(', ')', ',', ' ']);
    match text.get(..5) {
        Some(tag) if tag.eq_ignore_ascii_case("ipv6:") => &text[5..],
        _ => text,
    }
}

/// Four numbers, and how much of the text they take; a port may follow.
fn four(text: &str) -> Option<(Option<u128>, usize)> {
    let mut value = Some(0_u128);
    let mut length = 0;
    let mut count = 0;
    let host = text.split(':').next()?;
    if host.len() < text.len()
        && text[host.len() + 1..]
            .bytes()
            .any(|byte| !byte.is_ascii_digit())
    {
        return None;
    }
    for part in host.split('.') {
        count += 1;
        if part.is_empty() || part.len() > 5 || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        if count <= 4 {
            let number = part.parse::<u8>().ok();
            value = value.and_then(|value| Some(value << 8 | u128::from(number?)));
            length += part.len() + usize::from(count > 1);
        }
    }
    (count == 4 || count == 5).then_some((value.map(|value| MAPPED | value), length))
}

/// Eight groups, or fewer with a `::`; the last two may be four numbers.
fn eight(text: &str) -> Option<u128> {
    let (head, tail) = match text.split_once("::") {
        Some((head, tail)) => (groups(head)?, Some(groups(tail)?)),
        None => (groups(text)?, None),
    };
    let (head, tail, known) = match (head, tail) {
        ((head, count), None) => (head, 0, count),
        ((head, count), Some((tail, more))) => {
            let known = count + more;
            let shifted = if count == 0 {
                0
            } else {
                head << (16 * (8_u32.checked_sub(count)?))
            };
            return (known < 8).then_some(shifted | tail);
        }
    };
    (known == 8).then_some(head | tail)
}

fn groups(text: &str) -> Option<(u128, u32)> {
    let (mut value, mut count) = (0_u128, 0);
    if text.is_empty() {
        return Some((0, 0));
    }
    for group in text.split(':') {
        count += 1;
        if count > 8 {
            return None;
        }
        if group.contains('.') {
            let (v4, _) = four(group)?;
            value = value << 32 | (v4? & 0xffff_ffff);
            count += 1;
        } else if (1..=4).contains(&group.len())
            && group.bytes().all(|byte| byte.is_ascii_hexdigit())
        {
            value = value << 16 | u128::from(u16::from_str_radix(group, 16).ok()?);
        } else {
            return None;
        }
    }
    (count <= 8).then_some((value, count))
}

/// The first mail address in a field's value: inside angle brackets, or standing alone.
pub fn mailbox(value: &str) -> Option<&str> {
    let mut rest = value;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        let inner = rest.split(['>', '<']).next().unwrap_or(rest).trim_ascii();
        if inner.contains('@') && !inner.contains(' ') {
            return Some(inner.strip_prefix("mailto:").unwrap_or(inner));
        }
    }
    value
        .split([' ', '\t', ',', ';', '(', ')', '"', '<', '>', '[', ']'])
        .find(|word| {
            word.split_once('@')
                .is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty())
        })
}

/// The part behind the last `@`.
pub fn domain(address: &str) -> &str {
    address
        .rsplit_once('@')
        .map_or("", |(_, domain)| domain.trim_end_matches('.'))
}

/// The address that a rewritten envelope sender carries inside: SRS (`SRS0=hash=day=domain=local@`)
/// or VERP (`bounces-1-local=domain@`).
pub fn carried(address: &str) -> Option<String> {
    let (local, _) = address.rsplit_once('@')?;
    let tag = local.get(..4).unwrap_or("");
    let mut text = String::new();
    if tag.eq_ignore_ascii_case("srs0") || tag.eq_ignore_ascii_case("srs1") {
        let mut parts = local.rsplitn(2, '=');
        let user = parts.next()?;
        let host = parts.next()?.rsplit('=').next()?;
        text.push_str(user);
        text.push('@');
        text.push_str(host);
    } else {
        let (user, host) = local.rsplit_once('=')?;
        let user = user.rsplit(['-', '+', '=']).next()?;
        text.push_str(user);
        text.push('@');
        text.push_str(host);
    }
    let plausible = domain(&text).contains('.') && !text.starts_with('@');
    plausible.then_some(text)
}

/// Second levels under which two-letter countries register names.
const SECOND_LEVELS: &[&str] = &[
    "ac", "asso", "co", "com", "edu", "go", "gob", "gouv", "gov", "gv", "ltd", "me", "mil", "ne",
    "net", "nhs", "nom", "or", "org", "plc", "sch", "tm",
];

/// Domains under which strangers have hosts side by side: a host here speaks only for itself.
const SHARED: &[&str] = &[
    "vps.ovh.net",
    "vps.ovh.ca",
    "ovh.net",
    "amazonaws.com",
    "azure.com",
    "cloudapp.net",
    "googleusercontent.com",
    "your-server.de",
    "contaboserver.net",
    "kundenserver.de",
];

/// The domain that somebody registered, of a host's name: `mail.shop.co.uk` gives `shop.co.uk`.
/// Where strangers share a domain, the whole name is given back.
pub fn registrable(host: &str) -> &str {
    let host = host.trim_end_matches('.');
    if SHARED.iter().any(|shared| is_under(host, shared)) {
        return host;
    }
    let mut ends = host.rmatch_indices('.').map(|(index, _)| index);
    let Some(last) = ends.next() else { return host };
    let Some(second) = ends.next() else {
        return host;
    };
    let country = host.len() - last == 3;
    let level = &host[second + 1..last];
    if country
        && SECOND_LEVELS
            .iter()
            .any(|known| known.eq_ignore_ascii_case(level))
    {
        return ends.next().map_or(host, |third| &host[third + 1..]);
    }
    &host[second + 1..]
}

/// The host is this domain, or stands below it.
pub fn is_under(host: &str, domain: &str) -> bool {
    let Some(start) = host.len().checked_sub(domain.len()) else {
        return false;
    };
    let (Some(above), Some(end)) = (host.get(..start), host.get(start..)) else {
        return false;
    };
    !domain.is_empty() && end.eq_ignore_ascii_case(domain) && (start == 0 || above.ends_with('.'))
}

#[cfg(test)]
mod tests;
