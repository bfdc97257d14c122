//! The words on the screen, by the names they have in `src/text`.

use std::collections::HashMap;
use std::path::Path;

/// The words of one language.
pub struct Words {
    texts: HashMap<String, String>,
    /// What stands between the thousands of a number.
    pub thousands: char,
}

impl Words {
    pub fn of(language: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/text");
        let parts = std::fs::read_dir(folder.join(language)).expect("a language");
        let texts = parts.flat_map(|part| {
            let text = std::fs::read_to_string(part.expect("a file").path()).expect("texts");
            let texts: HashMap<String, String> = serde_json::from_str(&text).expect("texts");
            texts
        });
        Self {
            texts: texts.collect(),
            thousands: if language == "de" { '.' } else { ',' },
        }
    }

    pub fn get(&self, name: &str) -> &str {
        let text = self.texts.get(name);
        text.unwrap_or_else(|| panic!("there is no text {name}"))
    }

    /// A text with its `{placeholders}` filled in.
    pub fn fill(&self, name: &str, values: &[(&str, &str)]) -> String {
        let mut text = self.get(name).to_owned();
        for (placeholder, value) in values {
            text = text.replace(&format!("{{{placeholder}}}"), value);
        }
        assert!(!text.contains('{'), "{name} lacks a value: {text}");
        text
    }
}
