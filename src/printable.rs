//! Words that somebody else has written, so that they can only say what they show: a name that turns
//! the direction of writing could pass for another, one with a line break for a line of ours.

/// What stands for a character that nobody sees.
const HIDDEN: char = '\u{fffd}';

/// Whether a text shows all that is in it, in the order in which it is sent.
pub fn is_printable(text: &str) -> bool {
    text.chars().all(is_visible)
}

/// The text with `\u{fffd}` for each character that is not seen.
pub fn printable(text: String) -> String {
    if is_printable(&text) {
        return text;
    }
    let shown = |c: char| if is_visible(c) { c } else { HIDDEN };
    text.chars().map(shown).collect()
}

fn is_visible(c: char) -> bool {
    !c.is_control()
        && !matches!(
            c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{3164}' | '\u{feff}' | HIDDEN
        )
        && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        && !matches!(c, '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::{is_printable, printable};

    #[test]
    fn what_is_not_seen_is_marked() {
        for (text, shown) in [
            ("Büro – Größe 5 ✉", "Büro – Größe 5 ✉"),
            ("A\u{202e}B", "A\u{fffd}B"),
            ("A\u{61c}\u{e0041}B", "A\u{fffd}\u{fffd}B"),
            ("N\nVerdict: proved", "N\u{fffd}Verdict: proved"),
            ("a\u{200b}\tb", "a\u{fffd}\u{fffd}b"),
        ] {
            let once = printable(text.to_owned());
            assert_eq!(once, shown);
            assert_eq!(is_printable(text), text == shown);
            assert_eq!(printable(once), shown);
        }
    }
}
