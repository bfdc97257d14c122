//! Dates and plurals, as the browser words them in a language.

use js_sys::{Array, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

/// A point in time (ISO 8601) in the reader's words and time zone; as it is where it is no date.
pub fn date(language: &str, iso: &str) -> String {
    let date = js_sys::Date::new(&JsValue::from_str(iso));
    if date.get_time().is_nan() {
        return iso.to_owned();
    }
    let options = Object::new();
    for (name, style) in [("dateStyle", "long"), ("timeStyle", "short")] {
        let _ = Reflect::set(&options, &name.into(), &style.into());
    }
    String::from(date.to_locale_string(language, &options))
}

/// A whole number with the language's separators.
pub fn number(language: &str, number: usize) -> String {
    let number = js_sys::Number::from(u32::try_from(number).unwrap_or(u32::MAX));
    String::from(number.to_locale_string(language))
}

/// The plural category of a number: `one`, `few`, `other` and so on.
pub fn plural(language: &str, count: usize) -> String {
    let locales = Array::of1(&language.into());
    let rules = Intl::PluralRules::new(&locales, &Object::new());
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    String::from(rules.select(f64::from(count)))
}
