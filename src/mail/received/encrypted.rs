//! Tells whether a mail was encrypted on its way from one server to the next.

use super::{Part, Reader};
use crate::mail::address::Ip;
use crate::mail::scan;

/// Protocols of RFC 3848 and RFC 6531 that say TLS was used, and those that say it was not.
const WITH_TLS: &str =
    "esmtps esmtpsa esmtp-tls smtps smtpsa lmtps lmtpsa utf8smtps utf8smtpsa utf8lmtps utf8lmtpsa";
const WITHOUT_TLS: &str =
    "esmtp esmtpa smtp asmtp lmtp lmtpa utf8smtp utf8smtpa utf8lmtp utf8lmtpa";

/// What the line says. Without a word of TLS only a mail protocol between two hosts of the internet
/// is known to be plain: inside a house nobody writes it down.
pub(super) fn tell(read: &Reader<'_>) -> Option<bool> {
    let (with, from) = (read.get(Part::With), read.get(Part::From));
    let protocol = scan::until(with, b" ");
    if read.cipher || scan::is_any(protocol, WITH_TLS) || names_cipher(with) {
        return Some(true);
    }
    let public = match &read.address {
        Some(address) => !address.is_private() && !address.is_unspecified(),
        None => scan::has(from, b'.') && Ip::read(from).is_none() && !scan::has(from, b'@'),
    };
    (public && scan::is_any(protocol, WITHOUT_TLS)).then_some(false)
}

/// `TLSv1.2`, `version=TLS1_2`, `TLS_AES_256_GCM_SHA384`, `(TLS)`, `AES256-SHA encrypted`.
#[cfg_attr(target_family = "wasm", inline(never))]
pub(super) fn names_cipher(text: &str) -> bool {
    let is_number = |byte: &u8| byte.is_ascii_digit() || b"vV.-".contains(byte);
    let mut before = "";
    for word in scan::words(text, b" ,;:=/()") {
        let version = scan::after(word, "tls").or_else(|| scan::after(word, "ssl"));
        // What follows is a version or a cipher; in a host's name it would be anything.
        let named = version.is_some_and(|version| {
            let behind = version.bytes().find(|byte| !is_number(byte));
            matches!(behind, None | Some(b'_'))
        });
        let named = named || scan::is(word, "encrypted");
        if named && !scan::is_any(before, "no not without") {
            return true;
        }
        before = word;
    }
    false
}
