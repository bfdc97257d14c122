//! Dates and plurals, as the browser words them in a language.

use js_sys::{Array, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};

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

/// One way of wording numbers or points in time. Making one takes the browser far longer than using
/// it.
pub struct Format(Option<Function>);

impl Format {
    /// The format of this class (`DateTimeFormat`, `NumberFormat`) with these options.
    pub fn new(class: &str, language: &str, options: &[(&str, &str)]) -> Self {
        Self(format(class, language, options).ok())
    }

    /// A number, or milliseconds since 1970, in words.
    pub fn words(&self, number: f64) -> String {
        let words = self.0.as_ref().and_then(|format| {
            let words = format.call1(&JsValue::NULL, &number.into()).ok()?;
            words.as_string()
        });
        words.unwrap_or_default()
    }
}

fn format(class: &str, language: &str, options: &[(&str, &str)]) -> Result<Function, JsValue> {
    let wanted = Object::new();
    for (name, value) in options {
        Reflect::set(&wanted, &(*name).into(), &(*value).into())?;
    }
    let classes = Reflect::get(&js_sys::global(), &"Intl".into())?;
    let class: Function = Reflect::get(&classes, &class.into())?.unchecked_into();
    let format = Reflect::construct(&class, &Array::of2(&language.into(), &wanted))?;
    Ok(Reflect::get(&format, &"format".into())?.unchecked_into())
}

/// A span of time in words, in its two largest units.
pub fn duration(language: &str, seconds: u64) -> String {
    const UNITS: &[(&str, u64)] = &[
        ("day", 86_400),
        ("hour", 3_600),
        ("minute", 60),
        ("second", 1),
    ];
    let first = UNITS.iter().position(|(_, length)| seconds >= *length);
    let first = first.unwrap_or(UNITS.len() - 1);
    let mut rest = seconds;
    let mut words = String::new();
    for (unit, length) in UNITS.iter().skip(first).take(2) {
        let count = u32::try_from(rest / length).unwrap_or(u32::MAX);
        rest %= length;
        if count > 0 || words.is_empty() {
            let options = [("style", "unit"), ("unit", unit), ("unitDisplay", "long")];
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(&Format::new("NumberFormat", language, &options).words(count.into()));
        }
    }
    words
}
