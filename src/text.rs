//! Every word on the screen, one JSON file a language in `text/`, read into one struct.
//!
//! A new language is one more file there; what it lacks, a test names.

/// The languages there are: code, and the name that its readers know.
pub const LANGUAGES: &[(&str, &str)] = &[("en", "English"), ("de", "Deutsch")];

macro_rules! texts {
    ($($name:ident)*) => {
        /// The words of one language. They live as long as the page, so that every screen may hold
        /// them; a page loads each language once.
        pub struct Text {
            /// The language's code, such as `de`.
            pub language: &'static str,
            $(pub $name: &'static str,)*
        }

        /// The names of all texts.
        pub const NAMES: &[&str] = &[$(stringify!($name)),*];

        impl Text {
            /// Reads a language file; `None` where it is no JSON or lacks a text.
            pub fn read(language: &'static str, json: &str) -> Option<Self> {
                let file = crate::json::parse(json)?;
                let texts = file.as_object()?;
                let take = |name: &str| -> Option<&'static str> {
                    crate::json::text(texts, name).map(|text| &*text.leak())
                };
                Some(Self { language, $($name: take(stringify!($name))?,)* })
            }
        }
    };
}

mod names;

pub use names::{NAMES, Text};

/// The language to begin with: the one chosen before, the deployment's, or the first of the
/// reader's that there is.
pub fn choose(chosen: Option<&str>, deployment: Option<&str>, reader: &[String]) -> &'static str {
    let mut wanted = chosen
        .into_iter()
        .chain(reader.iter().map(String::as_str))
        .chain(deployment);
    wanted.find_map(find).unwrap_or(LANGUAGES[0].0)
}

/// The language for a code such as `de-AT`.
pub fn find(code: &str) -> Option<&'static str> {
    let language = code.split('-').next().unwrap_or_default();
    LANGUAGES
        .iter()
        .map(|&(code, _)| code)
        .find(|known| known.eq_ignore_ascii_case(language))
}

/// A text with its `{placeholders}` filled in.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        let value = values.iter().find(|(known, _)| *known == name);
        filled.push_str(value.map_or("", |(_, value)| value));
        rest = after;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests;
