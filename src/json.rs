//! JSON as values, read field by field and written field by field.
//!
//! By hand, because the code that is derived for a dozen structs weighed three times the rest. A
//! field that is `null` or of another type counts as missing, unless its reader says otherwise.

use serde_json::{Map, Value};

/// The words by which the plain values of a type are stored, in both directions. A value without a
/// word does not compile.
macro_rules! words {
    ($type:ty { $($value:ident = $word:literal,)* }) => {
        impl $type {
            /// The word by which it is stored.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$value => $word,)*
                }
            }

            /// The value back from [`Self::as_str`].
            pub fn read(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$value),)*
                    _ => None,
                }
            }
        }
    };
}
pub(crate) use words;

/// The fields of an object.
pub type Fields = Map<String, Value>;

/// The one parser; `None` where the text is no JSON.
pub fn parse(text: &str) -> Option<Value> {
    parse_or_line(text).ok()
}

/// The same, for whoever is to mend it.
///
/// # Errors
/// The line, from 1, up to which the text is JSON.
pub fn parse_or_line(text: &str) -> Result<Value, usize> {
    serde_json::from_str(text).map_err(|error| error.line().max(1))
}

/// The one printer: appends a value as compact text. The parser's own would bring the code that
/// prints fractions, of which there are none here.
pub fn write(value: &Value, text: &mut String) {
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(true) => text.push_str("true"),
        Value::Bool(false) => text.push_str("false"),
        Value::Number(number) => text.push_str(&number.as_u64().unwrap_or_default().to_string()),
        Value::String(words) => write_text(words, text),
        Value::Array(items) => {
            let mut before = '[';
            for item in items {
                text.push(before);
                write(item, text);
                before = ',';
            }
            text.push_str(if before == '[' { "[]" } else { "]" });
        }
        Value::Object(fields) => {
            let mut before = '{';
            for (name, value) in fields {
                text.push(before);
                write_text(name, text);
                text.push(':');
                write(value, text);
                before = ',';
            }
            text.push_str(if before == '{' { "{}" } else { "}" });
        }
    }
}

/// Whether [`write`] says the same: it knows no numbers below 0 and no fractions.
pub fn can_write(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.is_u64(),
        Value::Array(items) => items.iter().all(can_write),
        Value::Object(fields) => fields.values().all(can_write),
        Value::Null | Value::Bool(_) | Value::String(_) => true,
    }
}

/// Appends words as a text of JSON, in quotes.
pub fn write_text(words: &str, text: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    text.push('"');
    for c in words.chars() {
        match c {
            '"' | '\\' => {
                text.push('\\');
                text.push(c);
            }
            '\u{0}'..='\u{1f}' => {
                let code = c as usize;
                text.push_str("\\u00");
                text.push(char::from(DIGITS[code >> 4]));
                text.push(char::from(DIGITS[code & 15]));
            }
            _ => text.push(c),
        }
    }
    text.push('"');
}

/// A field that is there and not `null`.
pub fn field<'a>(fields: &'a Fields, name: &str) -> Option<&'a Value> {
    fields.get(name).filter(|value| !value.is_null())
}

pub fn text(fields: &Fields, name: &str) -> Option<String> {
    fields.get(name)?.as_str().map(ToOwned::to_owned)
}

/// A number without a sign and without a fraction.
pub fn whole(fields: &Fields, name: &str) -> Option<u64> {
    fields.get(name)?.as_u64()
}

/// A small number, such as a count.
pub fn count(fields: &Fields, name: &str) -> Option<u32> {
    u32::try_from(whole(fields, name)?).ok()
}

/// A number of 16 bits, such as a port or a status.
pub fn short(fields: &Fields, name: &str) -> Option<u16> {
    u16::try_from(whole(fields, name)?).ok()
}

pub fn truth(fields: &Fields, name: &str) -> Option<bool> {
    fields.get(name)?.as_bool()
}

pub fn list<'a>(fields: &'a Fields, name: &str) -> Option<&'a [Value]> {
    fields.get(name)?.as_array().map(Vec::as_slice)
}

/// Whether each of these fields is a text or missing.
pub fn are_texts(fields: &Fields, names: &[&str]) -> bool {
    let mut values = names.iter().filter_map(|name| field(fields, name));
    values.all(Value::is_string)
}

/// A list of nothing but texts.
pub fn texts(value: &Value) -> Option<Vec<String>> {
    let items = value.as_array()?.iter();
    items
        .map(|item| item.as_str().map(ToOwned::to_owned))
        .collect()
}

/// A list of nothing but numbers without a sign and without a fraction.
pub fn wholes(value: &Value) -> Option<Vec<u64>> {
    value.as_array()?.iter().map(Value::as_u64).collect()
}

/// An object that is being written.
#[derive(Default)]
pub struct Object(Vec<(&'static str, Value)>);

impl Object {
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a field; one that is `null` is left out. The name needs no escapes.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: Value) -> Self {
        if !value.is_null() {
            self.0.push((name, value));
        }
        self
    }

    pub fn into_value(self) -> Value {
        let mut fields = Fields::new();
        for (name, value) in self.0 {
            fields.insert(name.to_owned(), value);
        }
        Value::Object(fields)
    }

    /// The object as compact text, its fields in the order in which they were added.
    pub fn to_text(&self) -> String {
        let mut text = String::from("{");
        for (name, value) in &self.0 {
            if text.len() > 1 {
                text.push(',');
            }
            text.push('"');
            text.push_str(name);
            text.push_str("\":");
            write(value, &mut text);
        }
        text.push('}');
        text
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{Object, are_texts, count, field, list, parse, short, text, texts, truth};
    use super::{whole, wholes, write};

    #[test]
    fn a_field_of_another_type_counts_as_missing() {
        let value = parse(r#"{"a":"x","b":7,"c":true,"d":null,"e":[1],"f":-1,"g":70000}"#);
        let value = value.unwrap();
        let fields = value.as_object().unwrap();
        assert_eq!(text(fields, "a").as_deref(), Some("x"));
        assert_eq!(whole(fields, "b"), Some(7));
        assert_eq!(truth(fields, "c"), Some(true));
        assert_eq!(list(fields, "e").map(<[_]>::len), Some(1));
        assert_eq!(
            (count(fields, "g"), short(fields, "g")),
            (Some(70_000), None)
        );
        for name in ["d", "f", "z"] {
            assert_eq!(text(fields, name), None);
            assert_eq!(whole(fields, name), None);
            assert_eq!(truth(fields, name), None);
            assert_eq!(list(fields, name), None);
        }
        assert_eq!((text(fields, "b"), whole(fields, "a")), (None, None));
        assert!(field(fields, "d").is_none() && field(fields, "f").is_some());
        assert!(are_texts(fields, &["a", "d", "z"]) && !are_texts(fields, &["a", "b"]));
    }

    #[test]
    fn what_is_written_is_read_back() {
        for json in [
            "null",
            "[]",
            "{}",
            "[true,false,null,0,18446744073709551615]",
            r#"{"a":{"b":["x","ä\u0000\n\"\\\t\u001f"]}}"#,
        ] {
            let value = parse(json).unwrap();
            let mut text = String::new();
            write(&value, &mut text);
            assert_eq!(parse(&text), Some(value), "{text}");
        }
    }

    #[test]
    fn a_list_is_read_whole_or_not_at_all() {
        let read = |json: &str| parse(json).unwrap_or_default();
        assert_eq!(texts(&read(r#"["a"]"#)), Some(vec!["a".into()]));
        assert_eq!(texts(&read(r#"["a",1]"#)), None);
        assert_eq!(wholes(&read("[1, 2]")), Some(vec![1, 2]));
        assert_eq!(wholes(&read("[1, null]")), None);
        assert_eq!(wholes(&read("{}")), None);
        assert_eq!(parse("{"), None);
    }

    #[test]
    fn an_object_keeps_its_order_and_leaves_out_what_is_not_there() {
        let object = || {
            Object::new()
                .with("b", "ü\"\\\n".into())
                .with("c", Value::Null)
                .with("a", 3.into())
        };
        assert_eq!(object().to_text(), r#"{"b":"ü\"\\\u000a","a":3}"#);
        assert_eq!(parse(&object().to_text()), Some(object().into_value()));
        assert_eq!(Object::new().to_text(), "{}");
    }
}
