//! Every word on the screen: a folder for each language in `text/`, loaded on demand into one struct.
//!
//! What is served is the texts alone, a line each, in the order of [`NAMES`], in two files: the
//! sign-in needs only the first. `dist` makes them, and the page names them by their content, so that
//! the two cannot differ. A new language is one more folder and one more line in [`LANGUAGES`]; what
//! it lacks, a test names. Only what is said before any of them is there (`index.html`) and the practice OVHcloud have their words in both languages on the spot.

/// The languages there are: code, and the name that its readers know.
pub const LANGUAGES: &[(&str, &str)] = &[("en", "English"), ("de", "Deutsch")];

macro_rules! texts {
    (first { $($first:ident)* } rest { $($rest:ident)* }) => {
        /// How many texts the sign-in needs; they come first.
        pub const FIRST: usize = [$(stringify!($first)),*].len();

        /// The names of all texts.
        pub const NAMES: [&str; FIRST + [$(stringify!($rest)),*].len()] =
            [$(stringify!($first),)* $(stringify!($rest)),*];

        #[allow(non_camel_case_types, reason = "the places are named after the texts")]
        enum Place { $($first,)* $($rest),* }

        /// Each text by its name.
        impl Text {
            $(pub fn $first(&self) -> &'static str { self.words[Place::$first as usize] })*
            $(pub fn $rest(&self) -> &'static str { self.words[Place::$rest as usize] })*
        }
    };
}

/// The words of one language. They live as long as the page, so that every screen may hold them, and
/// are loaded at each choice of the language: a second one costs some ten thousand bytes.
pub struct Text {
    /// The language's code, such as `de`.
    pub language: &'static str,
    /// Whether all texts are there, not only those of the sign-in.
    pub is_whole: bool,
    words: [&'static str; NAMES.len()],
}

impl Text {
    /// Reads what [`lines`] makes of a language, the first part alone or both; `None` where the
    /// number of texts is another.
    pub fn read(language: &'static str, first: String, rest: Option<String>) -> Option<Self> {
        let is_whole = rest.is_some();
        let mut words = [""; NAMES.len()];
        let (first_words, rest_words) = words.split_at_mut(FIRST);
        take(first, first_words)?;
        if let Some(rest) = rest {
            take(rest, rest_words)?;
        }
        Some(Self {
            language,
            is_whole,
            words,
        })
    }
}

/// Takes a line for each word.
fn take(lines: String, words: &mut [&'static str]) -> Option<()> {
    let mut lines = lines.leak().split('\n');
    for word in words {
        *word = lines.next()?;
    }
    lines.next().is_none().then_some(())
}

mod names;

pub use names::{FIRST, NAMES};

/// The texts of a language as they are served: a line each, in the order of [`NAMES`]; those of the
/// sign-in, and the rest.
///
/// # Errors
/// The name of the text that is missing or has a line break in it.
pub fn lines(texts: impl Fn(&str) -> Option<String>) -> Result<[String; 2], &'static str> {
    let mut lines = Vec::with_capacity(NAMES.len());
    for name in NAMES {
        let text = texts(name).filter(|text| !text.contains('\n'));
        lines.push(text.ok_or(name)?);
    }
    let (first, rest) = lines.split_at(FIRST);
    Ok([first.join("\n"), rest.join("\n")])
}

/// The language to begin with: the one chosen before, the first of the reader's that there
/// is, or the deployment's.
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
