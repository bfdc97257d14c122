//! Every word on the screen: a folder for each language in `text/`, loaded on demand into one struct.
//!
//! What is served is the texts alone, a line each, in the order of [`NAMES`]: `dist` makes it,
//! and the page names it by its content, so that the two cannot differ. A new language is one more
//! folder and one more line in [`LANGUAGES`]; what it lacks, a test names.

/// The languages there are: code, and the name that its readers know.
pub const LANGUAGES: &[(&str, &str)] = &[("en", "English"), ("de", "Deutsch")];

macro_rules! texts {
    ($($name:ident)*) => {
        /// The names of all texts.
        pub const NAMES: [&str; [$(stringify!($name)),*].len()] = [$(stringify!($name)),*];

        #[allow(non_camel_case_types, reason = "the places are named after the texts")]
        enum Place { $($name),* }

        /// Each text by its name.
        impl Text {
            $(pub fn $name(&self) -> &'static str { self.words[Place::$name as usize] })*
        }
    };
}

/// The words of one language. They live as long as the page, so that every screen may hold them; a
/// page loads each language once.
pub struct Text {
    /// The language's code, such as `de`.
    pub language: &'static str,
    words: [&'static str; NAMES.len()],
}

impl Text {
    /// Reads what [`lines`] makes of a language; `None` where the number of texts is another.
    pub fn read(language: &'static str, lines: String) -> Option<Self> {
        let mut lines = lines.leak().split('\n');
        let mut words = [""; NAMES.len()];
        for word in &mut words {
            *word = lines.next()?;
        }
        lines.next().is_none().then_some(Self { language, words })
    }
}

mod names;

pub use names::NAMES;

/// The texts of a language file as they are served: a line each, in the order of [`NAMES`].
///
/// # Errors
/// The name of the text that is missing or has a line break in it.
pub fn lines(texts: impl Fn(&str) -> Option<String>) -> Result<String, &'static str> {
    let mut lines = Vec::with_capacity(NAMES.len());
    for name in NAMES {
        let text = texts(name).filter(|text| !text.contains('\n'));
        lines.push(text.ok_or(name)?);
    }
    Ok(lines.join("\n"))
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
