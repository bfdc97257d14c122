//! One address as people write it.

use super::ToAscii;

/// RFC 5321, 4.5.3.1.
const LONGEST_LOCAL_PART: usize = 64;
const LONGEST: usize = 254;

/// An address that can exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Two spellings of one address are the same here: small letters, the domain in ASCII.
    pub to_compare: String,
}

impl Address {
    /// Reads one address and nothing else.
    pub fn read(text: &str, to_ascii: ToAscii) -> Option<Self> {
        let (local, domain) = text.rsplit_once('@')?;
        let is_fine = !local.is_empty()
            && local.len() <= LONGEST_LOCAL_PART
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && local.chars().all(is_letter);
        let domain = domain_in_ascii(domain, to_ascii)?;
        let to_compare = [&local.to_lowercase(), "@", &domain].concat();
        (is_fine && to_compare.len() <= LONGEST).then_some(Self { to_compare })
    }
}

/// A domain that can exist, in small letters and in ASCII.
pub fn domain_in_ascii(text: &str, to_ascii: ToAscii) -> Option<String> {
    let domain = text.to_lowercase();
    let domain = if domain.is_ascii() {
        domain
    } else {
        to_ascii(&domain)?
    };
    is_domain(&domain).then_some(domain)
}

/// What a local part is made of, outside of quotes (RFC 5321 with RFC 6531).
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c)
}

fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    domain.contains('.') && domain.split('.').all(is_label)
}

/// The addresses in a cell: `a@x`, `Name <a@x>`, `a@x (Name)`, `mailto:a@x`, `SMTP:a@x` as a
/// directory exports it, several with commas, semicolons or spaces between them. Whatever holds an
/// `@` is returned, sound or not; the words around it are left out.
pub fn addresses_in(cell: &str) -> Vec<String> {
    // Most cells are an address and nothing else.
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_+.".contains(&byte);
    if let Some((local, domain)) = cell.split_once('@')
        && [local, domain]
            .iter()
            .all(|part| part.bytes().all(is_plain))
        && bare(cell) == cell
    {
        return vec![cell.to_owned()];
    }
    let cell = without_invisible(cell);
    let mut found = Vec::new();
    let mut outside = String::new();
    let mut rest = cell.as_str();
    while let Some((before, after)) = rest.split_once('<')
        && let Some((inside, after)) = after.split_once('>')
    {
        let inside: String = inside.split_whitespace().collect();
        if inside.contains('@') {
            found.push(bare(&inside).to_owned());
        }
        outside.push_str(before);
        outside.push(' ');
        rest = after;
    }
    outside.push_str(rest);
    let words = joined(&outside);
    let words = words.split([' ', ',', ';', '(', ')', '[', ']', '<', '>', '"']);
    for word in words.map(bare).filter(|word| word.contains('@')) {
        // Many programs write the address as the name, too.
        if !found.iter().any(|known| known.eq_ignore_ascii_case(word)) {
            found.push(word.to_owned());
        }
    }
    found
}

/// Without what is not to be seen and comes along from web pages and word processors.
fn without_invisible(text: &str) -> String {
    let is_invisible = |c: &char| matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}');
    text.chars().filter(|c| !is_invisible(c)).collect()
}

/// The words with one space between them, and none around an `@`.
fn joined(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").replace(" @", "@").replace("@ ", "@")
}

/// An address without what programs put around it. A sentence ends with a dot; nothing begins with
/// one.
fn bare(word: &str) -> &str {
    let quotes = ['\'', ':', '„', '“', '”', '‘', '’'];
    let mut word = word.trim_matches(quotes);
    word = word.trim_end_matches(|c| c == '.' || quotes.contains(&c));
    for scheme in ["mailto:", "smtp:"] {
        if let Some((head, rest)) = word.split_at_checked(scheme.len())
            && head.eq_ignore_ascii_case(scheme)
        {
            word = rest.split('?').next().unwrap_or(rest);
        }
    }
    word
}
