//! The words on the screen, by the names they have in `src/text`.

use std::collections::HashMap;

/// The words of one language.
pub struct Words(HashMap<String, String>);

impl Words {
    pub fn of(language: &str) -> Self {
        let file = match language {
            "de" => include_str!("../../src/text/de.json"),
            _ => include_str!("../../src/text/en.json"),
        };
        Self(serde_json::from_str(file).expect("texts"))
    }

    pub fn get(&self, name: &str) -> &str {
        let text = self.0.get(name);
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
