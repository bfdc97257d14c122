//! The three keys of one sitting, and reading them from whatever was pasted.

use std::fmt;

/// Names the application; OVHcloud's guide calls it public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApplicationKey(pub String);

/// The application secret: has no `Display` and no way into JSON, and its `Debug` shows nothing.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(String);

/// The consumer key: as secret as the application secret, because it carries the rights.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ConsumerKey(String);

macro_rules! redacted {
    ($($name:ident),*) => {$(
        impl $name {
            pub fn new(text: String) -> Self {
                Self(text)
            }

            pub(super) fn expose(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )*};
}
redacted!(Secret, ConsumerKey);

/// What signs a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    pub application: ApplicationKey,
    pub secret: Secret,
    pub consumer: ConsumerKey,
}

impl Keys {
    /// The keys as bytes to be encrypted before they are stored; see `browser::vault`.
    pub fn to_sealable(&self) -> Vec<u8> {
        [
            &self.application.0,
            self.secret.expose(),
            self.consumer.expose(),
        ]
        .join("\n")
        .into_bytes()
    }

    /// The keys back from [`Keys::to_sealable`].
    pub fn from_sealable(bytes: &[u8]) -> Option<Self> {
        let mut parts = std::str::from_utf8(bytes).ok()?.split('\n');
        Some(Self {
            application: ApplicationKey(parts.next()?.to_owned()),
            secret: Secret::new(parts.next()?.to_owned()),
            consumer: ConsumerKey::new(parts.next()?.to_owned()),
        })
    }
}

/// Which of the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Application,
    Secret,
    Consumer,
}

impl Kind {
    /// Characters of such a key, as OVHcloud's command line checks them.
    pub fn length(self) -> usize {
        match self {
            Self::Application => 16,
            Self::Secret | Self::Consumer => 32,
        }
    }
}

/// What is wrong with one pasted key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    Empty,
    /// Something other than letters and digits is in it.
    Characters,
    Length {
        found: usize,
    },
    /// It has the length of an application key, or an application key the length of the others.
    OtherKey,
    /// The same text was given as secret and as consumer key.
    Same,
}

/// Reads one key: drops spaces, line breaks, quotation marks and invisible characters.
///
/// # Errors
/// The reason why it cannot be such a key.
pub fn read(kind: Kind, pasted: &str) -> Result<String, Problem> {
    let key: String = pasted.chars().filter(|&c| !is_stray(c)).collect();
    let length = key.chars().count();
    if key.is_empty() {
        Err(Problem::Empty)
    } else if !key.chars().all(|c| c.is_ascii_alphanumeric()) {
        Err(Problem::Characters)
    } else if length == kind.length() {
        Ok(key)
    } else if length == 16 || length == 32 {
        Err(Problem::OtherKey)
    } else {
        Err(Problem::Length { found: length })
    }
}

/// The keys found in the text of a whole page, each empty where it was not there.
#[derive(Default, PartialEq, Eq)]
pub struct Found {
    pub application: String,
    pub secret: String,
    pub consumer: String,
}

/// What may be a key, and the label that stands before it, with the letters between them.
struct Candidate<'a> {
    key: &'a str,
    label: Option<(Kind, usize)>,
}

/// Looks for keys in the text of the page that shows them: of those of the right length, the one
/// right after its label; without labels their order decides, secret before consumer key.
pub fn find(page: &str) -> Found {
    let page: String = page
        .chars()
        .filter(|&c| !is_stray(c) || c.is_whitespace())
        .collect();
    let (mut short, mut long) = (Vec::new(), Vec::new());
    let mut before = String::new();
    for token in page.split(|c| !is_part_of_word(c)) {
        let is_key = token.is_ascii() && !is_word(token);
        let candidates = match token.len() {
            16 if is_key => &mut short,
            32 if is_key => &mut long,
            _ => {
                before.push_str(&token.to_ascii_lowercase());
                before.push(' ');
                continue;
            }
        };
        candidates.push(Candidate {
            key: token,
            label: last_label(&before),
        });
        before.clear();
    }
    let mut found = Found {
        application: named(&mut short, Kind::Application).unwrap_or_default(),
        secret: named(&mut long, Kind::Secret).unwrap_or_default(),
        consumer: named(&mut long, Kind::Consumer).unwrap_or_default(),
    };
    // Beside keys with labels, what has another's or none is something else.
    let is_labelled = |key: &String| !key.is_empty();
    let are_labelled = [&found.secret, &found.consumer]
        .into_iter()
        .all(is_labelled);
    let mut next_long = long.into_iter().filter(|_| !are_labelled);
    let mut next_short = short.into_iter();
    let places = [&mut found.secret, &mut found.consumer];
    for place in places.into_iter().filter(|place| place.is_empty()) {
        if let Some(next) = next_long.next() {
            next.key.clone_into(place);
        }
    }
    if let Some(next) = next_short.next().filter(|_| found.application.is_empty()) {
        next.key.clone_into(&mut found.application);
    }
    found
}

/// Takes out the key with this label nearest before it.
fn named(candidates: &mut Vec<Candidate<'_>>, kind: Kind) -> Option<String> {
    let distance = |candidate: &Candidate<'_>| {
        let (label, distance) = candidate.label?;
        (label == kind).then_some(distance)
    };
    let all = candidates.iter().enumerate();
    let labelled = all.filter_map(|(place, candidate)| Some((distance(candidate)?, place)));
    let (_, place) = labelled.min()?;
    Some(candidates.remove(place).key.to_owned())
}

/// The last label in a text, and how many letters stand after it.
fn last_label(before: &str) -> Option<(Kind, usize)> {
    let labels = [
        ("application key", Kind::Application),
        ("app key", Kind::Application),
        ("applicationkey", Kind::Application),
        ("appkey", Kind::Application),
        ("secret", Kind::Secret),
        ("consumer", Kind::Consumer),
    ];
    let mut last = None;
    for (label, kind) in labels {
        // Of bytes, as the search in a text brings code that weighs more than all of this.
        let mut parts = before.as_bytes().windows(label.len());
        if let Some(start) = parts.rposition(|part| part == label.as_bytes()) {
            let distance = before.len() - start - label.len();
            if last.is_none_or(|(_, nearer)| distance < nearer) {
                last = Some((kind, distance));
            }
        }
    }
    last
}

/// Whether 16 or 32 ASCII characters are an ordinary word: no digit, and capitals only in front or
/// throughout.
fn is_word(token: &str) -> bool {
    let rest = token.get(1..).unwrap_or_default();
    token.bytes().all(|b| b.is_ascii_alphabetic())
        && (rest.bytes().all(|b| b.is_ascii_lowercase())
            || rest.bytes().all(|b| b.is_ascii_uppercase()))
}

/// Letters of the Latin scripts and digits. Other scripts set no space before a key.
fn is_part_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || ('\u{c0}'..='\u{24f}').contains(&c)
}

fn is_stray(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '"' | '\'' | '`' | '\u{ad}' | '\u{feff}')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2018}'..='\u{201f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
}

#[cfg(test)]
mod tests;
