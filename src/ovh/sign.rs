//! The signature, step by step. No other module reads the keys, but for what seals
//! them ([`Keys::to_sealable`]).
//!
//! `"$1$" + sha1_hex(secret + "+" + consumer key + "+" + method + "+" + URL + "+" + body + "+" +
//! time)`, as OVHcloud's "First steps" guide gives it and its own clients compute it.

use sha1::{Digest as _, Sha1};

use super::keys::{ApplicationKey, ConsumerKey, Secret};
use super::{Endpoint, Keys, Method, Request, Signed, Signing};

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// The value of `X-Ovh-Signature`. The URL is the absolute one that OVHcloud sees, query included;
/// the body the exact bytes sent; `now` OVHcloud's time in seconds since 1970.
pub fn signature(
    secret: &Secret,
    consumer: &ConsumerKey,
    method: Method,
    url: &str,
    body: &str,
    now: u64,
) -> String {
    let mut hash = Sha1::new();
    // Part by part, so that the secret is never joined into another text.
    for part in [
        secret.expose(),
        consumer.expose(),
        method.as_str(),
        url,
        body,
    ] {
        hash.update(part.as_bytes());
        hash.update(b"+");
    }
    hash.update(now.to_string().as_bytes());

    let mut text = String::from("$1$");
    for byte in hash.finalize() {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

/// Turns a request into what is sent: signed for the endpoint's address, sent to where the
/// endpoint is reached.
///
/// Only headers that OVHcloud's answer to a preflight allows are set; see ddns-updater #319.
pub fn sign(
    endpoint: &Endpoint,
    keys: &Keys,
    now: u64,
    request: Request,
    signing: Signing,
) -> Signed {
    let mut headers = Vec::new();
    if !request.body.is_empty() {
        headers.push(("Content-Type", String::from("application/json")));
    }
    if signing != Signing::Nothing {
        let ApplicationKey(application) = &keys.application;
        headers.push(("X-Ovh-Application", application.clone()));
    }
    if signing == Signing::Full {
        let url = endpoint.signed_url(&request.path);
        headers.push(("X-Ovh-Consumer", keys.consumer.expose().to_owned()));
        headers.push(("X-Ovh-Timestamp", now.to_string()));
        headers.push((
            "X-Ovh-Signature",
            signature(
                &keys.secret,
                &keys.consumer,
                request.method,
                &url,
                &request.body,
                now,
            ),
        ));
    }
    Signed {
        method: request.method,
        url: endpoint.sent_url(&request.path),
        headers,
        is_probe: false,
        body: request.body,
    }
}
