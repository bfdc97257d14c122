//! Bytes of a file as text, in the encodings that spreadsheets save.

/// The characters that Windows-1252 has in place of Latin-1's controls, from 0x80; see the WHATWG
/// Encoding Standard, index windows-1252.
const WINDOWS: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";

/// The text of some bytes: UTF-16 where its mark stands in front, else UTF-8, else Windows-1252,
/// which holds Latin-1.
pub fn decode(bytes: &[u8]) -> String {
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => std::str::from_utf8(bytes).map_or_else(
            |_| bytes.iter().copied().map(windows).collect(),
            ToOwned::to_owned,
        ),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let pairs = bytes.as_chunks::<2>().0.iter();
    let units: Vec<u16> = pairs.map(|pair| unit(*pair)).collect();
    String::from_utf16_lossy(&units)
}

fn windows(byte: u8) -> char {
    let in_table = usize::from(byte).checked_sub(0x80);
    let found = in_table.and_then(|index| WINDOWS.chars().nth(index));
    found.unwrap_or(char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::{WINDOWS, decode};

    #[test]
    fn every_encoding_that_spreadsheets_save_is_read() {
        assert_eq!(decode("Grüße €".as_bytes()), "Grüße €");
        assert_eq!(decode(b"Gr\xfc\xdfe \x80 \x93x\x94"), "Grüße € “x”");
        assert_eq!(decode(b"\xff\xfeG\0\xfc\0\r\0\n\0"), "Gü\r\n");
        assert_eq!(decode(b"\xfe\xff\0G\0\xfc"), "Gü");
        assert_eq!(decode(b"\xff\xfe\x00\xd8x\0a"), "\u{fffd}x");
        assert_eq!(decode(b""), "");
        assert_eq!(WINDOWS.chars().count(), 32);
    }
}
