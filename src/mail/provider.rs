//! The providers of send connectors, one row each: what to fill into the connector's form, and what
//! their servers leave in a header. Adding a provider is adding a row to `provider/table.rs`.

use super::{address, scan};

mod table;

/// Every provider that is known.
pub fn all() -> &'static [Provider] {
    if cfg!(feature = "bare") {
        return std::hint::black_box(&[]);
    }
    table::PROVIDERS
}

/// One provider. Patterns are domains (`mailgun.net` and all below) or, with a `*` (any letters) or
/// a `%` (one hexadecimal digit), whole names.
#[derive(Debug)]
pub struct Provider {
    pub name: &'static str,
    /// Former names and the names people use, with commas between them.
    pub also: &'static str,
    pub preset: Preset,
    pub trace: Trace,
}

/// What the connector's form is filled with; the user may change all of it.
#[derive(Debug)]
pub struct Preset {
    /// Smart hosts with spaces between them, the usual one first. Empty where the provider shows it
    /// to its customers only; a `*` stands for a part to fill in.
    pub smart_hosts: &'static str,
    /// Ports, the usual one first.
    pub ports: &'static [u16],
    pub mechanism: Mechanism,
    pub limit: Limit,
    pub hint: Hint,
}

/// How the connector shows who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mechanism {
    /// User and password, never without TLS.
    BasicRequireTls,
    /// By the address of the sending server.
    None,
}

/// The largest mail taken, in megabytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    Known(u8),
    /// Commonly said, and confirmed by no document.
    Unconfirmed(u8),
    Unknown,
}

/// What belongs into the fields for user and password; the words are the page's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hint {
    /// The login shown, and an SMTP key that is not the API key.
    LoginAndSmtpKey,
    /// The API key, and the secret key.
    ApiKeyAndSecretKey,
    /// The word `apikey`, and the API key.
    WordApikey,
    /// SMTP credentials, not the cloud account's keys.
    SmtpCredentials,
    /// A user made for the sending domain, not the API key.
    DomainUser,
    /// The server's token in both fields.
    TokenTwice,
    /// The word `SMTP_Injection`, and an API key allowed to send by SMTP.
    WordSmtpInjection,
    /// Any text, and the API key.
    AnyTextAndApiKey,
    SmtpUser,
    /// The provider may know the sender by address; otherwise an account.
    AddressListOrAccount,
    /// Made in the provider's console; takes up to an hour to work.
    GeneratedCredential,
    /// The sending addresses are put on the provider's list; takes up to two hours to work.
    AddressList,
    /// Special characters in the password break the login.
    NoSpecialCharacters,
    Unknown,
}

/// What the provider's servers leave in a header: patterns with spaces between them.
#[derive(Debug)]
pub struct Trace {
    /// Sells filtering to recipients too: its name on the receiving side says nothing.
    pub gateway: bool,
    /// Hosts that hand mail over, and domains of the envelope sender. Empty where no header of the
    /// provider is known.
    pub hosts: &'static str,
    /// Names behind `by` of its inner hops, where they are not under `hosts`. A pattern of `%`
    /// only is too common to count without one of the marks.
    pub inner: &'static str,
    /// Software named by its inner hops, with commas between the names.
    pub software: &'static str,
    /// Whole envelope senders under the customer's domain.
    pub rewritten: &'static str,
    /// Domains of the senders that it puts in the place of those whose domain it does not know.
    pub given: &'static str,
    /// Fields that it adds: `Name`, or `Name=what the value contains`. They never decide.
    pub marks: &'static str,
}

impl PartialEq for Provider {
    /// Rows are the same if they are one.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for Provider {}

/// The provider of this name, or of one of its other names.
pub fn named(name: &str) -> Option<&'static Provider> {
    let name = scan::trim(name);
    all().iter().find(|provider| {
        scan::is(provider.name, name)
            || scan::words(provider.also, b",").any(|also| scan::is(also, name))
    })
}

/// The provider whose smart host this is.
pub fn of_smart_host(host: &str) -> Option<&'static Provider> {
    let host = scan::trimmed(host, b" .");
    let by_name = |provider: &&Provider| any(provider.preset.smart_hosts, host);
    all().iter().find(by_name).or_else(|| of_host(host))
}

/// The provider whose host this is, by the hosts that hand mail over.
pub(super) fn of_host(host: &str) -> Option<&'static Provider> {
    all()
        .iter()
        .find(|provider| any(provider.trace.hosts, host))
}

#[cfg_attr(target_family = "wasm", inline(never))]
pub(super) fn any(patterns: &'static str, name: &str) -> bool {
    scan::words(patterns, b" ").any(|pattern| matches(pattern, name))
}

#[cfg_attr(target_family = "wasm", inline(never))]
pub(super) fn matches(pattern: &str, name: &str) -> bool {
    if scan::has(pattern, b'*') || scan::has(pattern, b'%') {
        fits(pattern.as_bytes(), name.as_bytes())
    } else {
        address::is_under(name, pattern)
    }
}

/// Compares letter by letter; after a `*` that did not fit, tries one letter further.
fn fits(pattern: &[u8], name: &[u8]) -> bool {
    let (mut at, mut here) = (0, 0);
    let mut star = None;
    while here < name.len() {
        let letter = name.get(here).copied().unwrap_or(0);
        let same = match pattern.get(at) {
            Some(b'*') => {
                star = Some((at, here));
                at += 1;
                continue;
            }
            Some(b'%') => letter.is_ascii_hexdigit(),
            Some(known) => known.eq_ignore_ascii_case(&letter),
            None => false,
        };
        if same {
            at += 1;
            here += 1;
        } else if let Some((star_at, star_here)) = star {
            at = star_at + 1;
            here = star_here + 1;
            star = Some((star_at, here));
        } else {
            return false;
        }
    }
    pattern.iter().skip(at).all(|letter| *letter == b'*')
}

#[cfg(test)]
mod tests;
