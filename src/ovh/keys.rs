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

/// Looks for keys in the text of the page that shows them: one of 16 characters is the application
/// key; of those with 32, a label before them decides, and without one their order, secret first.
pub fn find(page: &str) -> Found {
    let page: String = page
        .chars()
        .filter(|&c| !is_stray(c) || c.is_whitespace())
        .collect();
    let mut found = Found::default();
    let mut before = String::new();
    for token in page.split(|c| !is_part_of_word(c)) {
        let is_key = token.is_ascii() && !is_word(token);
        let place = match token.len() {
            16 if is_key => &mut found.application,
            32 if is_key => {
                let says_consumer = last_label(&before) == Some(Kind::Consumer);
                if says_consumer || !found.secret.is_empty() {
                    &mut found.consumer
                } else {
                    &mut found.secret
                }
            }
            _ => {
                before.push_str(&token.to_ascii_lowercase());
                before.push(' ');
                continue;
            }
        };
        if place.is_empty() {
            token.clone_into(place);
        }
        before.clear();
    }
    found
}

fn last_label(before: &str) -> Option<Kind> {
    let consumer = before.rfind("consumer");
    let secret = before.rfind("secret");
    match (consumer, secret) {
        (Some(consumer), secret) if Some(consumer) > secret => Some(Kind::Consumer),
        (_, Some(_)) => Some(Kind::Secret),
        _ => None,
    }
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
