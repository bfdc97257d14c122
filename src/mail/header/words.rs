//! Encoded words in header values, RFC 2047.

/// Turns encoded words back into text. A word in a character set that is not known stays as it is.
pub fn decode_words(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    let mut after_word = false;
    while let Some(start) = rest.find("=?") {
        let between = &rest[..start];
        let Some((decoded, length)) = decode_word(&rest[start..]) else {
            text.push_str(&rest[..start + 2]);
            rest = &rest[start + 2..];
            after_word = false;
            continue;
        };
        // White space between two encoded words belongs to neither, RFC 2047 section 6.2.
        if !(after_word && between.trim_ascii().is_empty()) {
            text.push_str(between);
        }
        text.push_str(&decoded);
        rest = &rest[start + length..];
        after_word = true;
    }
    text.push_str(rest);
    text
}

/// `=?charset?B|Q?text?=` at the start: its text and its length.
fn decode_word(word: &str) -> Option<(String, usize)> {
    let window = word.as_bytes().get(..word.len().min(1000))?;
    let mut marks = (2..window.len()).filter(|index| window[*index] == b'?');
    let (first, second) = (marks.next()?, marks.next()?);
    let third = marks
        .next()
        .filter(|third| window.get(third + 1) == Some(&b'='))?;
    let encoded = &window[second + 1..third];
    let bytes = match &window[first + 1..second] {
        b"B" | b"b" => base64(encoded),
        b"Q" | b"q" => quoted(encoded),
        _ => return None,
    };
    Some((in_charset(&word[2..first], bytes)?, third + 2))
}

fn in_charset(charset: &str, bytes: Vec<u8>) -> Option<String> {
    // RFC 2231 allows a language behind the name.
    let name = charset.split('*').next()?;
    let is = |known: &[&str]| known.iter().any(|known| known.eq_ignore_ascii_case(name));
    if is(&["utf-8", "utf8", "us-ascii"]) {
        Some(String::from_utf8_lossy(&bytes).into_owned())
    } else if is(&["iso-8859-1", "iso-8859-15", "windows-1252"]) {
        Some(bytes.into_iter().map(char::from).collect())
    } else {
        None
    }
}

fn quoted(encoded: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut index = 0;
    while let Some(byte) = encoded.get(index) {
        let pair = encoded
            .get(index + 1..index + 3)
            .and_then(|pair| Some((hex(pair[0])?, hex(pair[1])?)));
        match (byte, pair) {
            (b'=', Some((high, low))) => {
                bytes.push(high << 4 | low);
                index += 2;
            }
            (b'_', _) => bytes.push(b' '),
            _ => bytes.push(*byte),
        }
        index += 1;
    }
    bytes
}

fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

fn base64(encoded: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(encoded.len() * 3 / 4);
    let (mut held, mut bits) = (0_u32, 0);
    for digit in encoded {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => continue,
        };
        held = held << 6 | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits).to_le_bytes()[0]);
        }
    }
    bytes
}
