//! Who may call what: the signature, the access rules, and the order in which OVHcloud refuses.
//! Written from the published client libraries, and apart from the page's own code, because it
//! is the judge of it.

use sha1::{Digest, Sha1};

use super::clock::Moment;
use super::errors::{self, Refusal};
use super::keys::{Keys, State};

/// Seconds a signature's time may be off either way. The real window is not published; eight
/// minutes are too many (Posh-ACME #162).
pub const WINDOW: i64 = 300;

/// One call a consumer key may make; `*` in the path stands for anything, slashes too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    pub method: String,
    pub path: String,
}

impl Rule {
    pub fn new(method: &str, path: &str) -> Self {
        Self {
            method: method.to_ascii_uppercase(),
            path: path.to_owned(),
        }
    }

    pub fn allows(&self, method: &str, path: &str) -> bool {
        self.method == method && matches(&self.path, path, '*')
    }
}

/// Whether `text` is `pattern`, where each `wildcard` stands for any text, none included.
pub fn matches(pattern: &str, text: &str, wildcard: char) -> bool {
    let mut parts = pattern.split(wildcard);
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else {
        return false;
    };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        let Some(place) = rest.find(part) else {
            return false;
        };
        rest = &rest[place + part.len()..];
    }
    true
}

/// `$1$` and the SHA-1 of secret, consumer key, method, URL, body and time, joined by `+`.
pub fn signature(
    secret: &str,
    consumer: &str,
    method: &str,
    url: &str,
    body: &[u8],
    time: &str,
) -> String {
    let mut hash = Sha1::new();
    for part in [secret, consumer, method, url] {
        hash.update(part.as_bytes());
        hash.update(b"+");
    }
    hash.update(body);
    hash.update(b"+");
    hash.update(time.as_bytes());
    let hex: Vec<String> = hash
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("$1${}", hex.concat())
}

/// What a call says about itself.
#[derive(Default)]
pub struct Claim<'a> {
    pub application: Option<&'a str>,
    pub consumer: Option<&'a str>,
    pub time: Option<&'a str>,
    pub signature: Option<&'a str>,
    pub method: &'a str,
    /// Without the base (`/1.0`) and decoded, as access rules are written.
    pub path: &'a str,
    /// The absolute URLs an honest client may have signed.
    pub urls: &'a [String],
    pub body: &'a [u8],
}

/// The consumer key, if it may make this call.
pub fn check(keys: &mut Keys, claim: &Claim, now: Moment) -> Result<String, Refusal> {
    let Some(key) = claim.application else {
        return Err(errors::not_signed_in());
    };
    let Some(application) = keys.applications.get(key) else {
        return Err(errors::invalid_key());
    };
    let secret = application.secret.clone();
    let Some(consumer) = claim.consumer.filter(|consumer| !consumer.is_empty()) else {
        return Err(errors::not_signed_in());
    };
    let credential = keys
        .credentials
        .get_mut(consumer)
        .filter(|credential| credential.application == key)
        .ok_or_else(errors::no_such_credential)?;
    let time = claim.time.unwrap_or_default();
    let off = time.parse::<i64>().map(|time| (now.unix() - time).abs());
    if !off.is_ok_and(|off| off <= WINDOW) {
        return Err(errors::out_of_time());
    }
    let genuine = claim.urls.iter().any(|url| {
        let right = signature(&secret, consumer, claim.method, url, claim.body, time);
        claim.signature == Some(right.as_str())
    });
    if !genuine {
        return Err(errors::wrong_signature());
    }
    if credential.state_at(now) != State::Validated {
        return Err(errors::credential_not_valid());
    }
    // Neither needs a rule of its own, says api-ovh-node.
    let free = matches!(
        (claim.method, claim.path),
        ("GET", "/auth/currentCredential") | ("POST", "/auth/logout")
    );
    let granted = |rule: &Rule| rule.allows(claim.method, claim.path);
    if !free && !credential.rules.iter().any(granted) {
        return Err(errors::not_granted());
    }
    credential.last_use = Some(now);
    Ok(consumer.to_owned())
}
