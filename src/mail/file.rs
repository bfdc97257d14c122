//! What somebody chose or dropped in place of a mail, told by its first bytes.

/// What a file is, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text, a mail perhaps.
    Text,
    /// Outlook's own form of a mail (`.msg`), in which the header is not plain text.
    OutlookMessage,
    Picture,
    /// A document, an archive, a program.
    Other,
}

/// The beginnings of files that are no text. Pictures: the specifications of PNG, JPEG (ISO 10918-1),
/// GIF, BMP and TIFF; RIFF is the beginning of WebP.
const BEGINNINGS: &[(&[u8], Kind)] = &[
    (b"\x89PNG", Kind::Picture),
    (b"\xff\xd8\xff", Kind::Picture),
    (b"GIF8", Kind::Picture),
    (b"BM", Kind::Picture),
    (b"II*\0", Kind::Picture),
    (b"MM\0*", Kind::Picture),
    (b"RIFF", Kind::Picture),
    // The Compound File Binary format [MS-CFB], which .msg has.
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind::OutlookMessage),
    (b"%PDF-", Kind::Other),
];

/// No more than this much is looked at.
const ENOUGH: usize = 4096;

/// The kind of the file that begins with these bytes.
pub fn kind(bytes: &[u8]) -> Kind {
    let start = &bytes[..bytes.len().min(ENOUGH)];
    // UTF-16, recognised by its mark, has zeros between its letters.
    let is_wide = start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff");
    let control = |byte: &&u8| **byte < b' ' && !matches!(**byte, b'\t' | b'\n' | b'\r' | 0x0c);
    let controls = start.iter().filter(control).count();
    let is_binary = !is_wide && controls * 50 > start.len();
    let known = BEGINNINGS
        .iter()
        .find(|(beginning, _)| start.starts_with(beginning));
    match known {
        // Letters alone may begin a text just as well.
        Some((beginning, kind))
            if is_binary || !beginning.is_ascii() || **beginning == *b"%PDF-" =>
        {
            *kind
        }
        _ if is_binary => Kind::Other,
        _ => Kind::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: Kind) {
        assert_eq!(
            kind(bytes),
            expected,
            "{:?}",
            bytes.escape_ascii().to_string()
        );
    }

    #[test]
    fn a_mail_is_text_however_it_was_stored() {
        check(b"", Kind::Text);
        check(b"Received: from a by b\r\n\tid 1\r\n\x0c", Kind::Text);
        check("Subject: Grüße\n".as_bytes(), Kind::Text);
        check(b"Subject: Gr\xfc\xdfe\n", Kind::Text);
        check(b"\xff\xfeR\0e\0c\0e\0i\0v\0e\0d\0:\0", Kind::Text);
        check(b"\xef\xbb\xbfReceived: x", Kind::Text);
        check(b"BMW sends a mail", Kind::Text);
        check(b"RIFF: a field", Kind::Text);
        let one_stray = [b"Subject: \x01".as_slice(), &[b'a'; 200]].concat();
        check(&one_stray, Kind::Text);
    }

    #[test]
    fn what_is_no_text_is_told() {
        check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Kind::Picture);
        check(b"\xff\xd8\xff\xe0\0\x10JFIF\0", Kind::Picture);
        check(b"GIF89a\x01\0\x01\0\x80\0\0", Kind::Picture);
        check(b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0", Kind::Picture);
        check(b"RIFF\x24\0\0\0WEBPVP8 ", Kind::Picture);
        check(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0",
            Kind::OutlookMessage,
        );
        check(b"%PDF-1.7\n%\xe2\xe3", Kind::Other);
        check(b"PK\x03\x04\x14\0\0\0", Kind::Other);
        check(&[0; 100], Kind::Other);
        check(b"\0asm\x01\0\0\0", Kind::Other);
    }
}
