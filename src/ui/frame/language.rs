//! The language: which is wanted, where its words come from, and the choice of another.

use leptos::prelude::*;

use super::Frame;
use crate::browser::{fetch, page, storage};
use crate::config::Config;
use crate::text::{self, LANGUAGES, Text};
use crate::ui::dom::{El, el, flag, spawn, text_signal, value_of, words};

const LANGUAGE: &str = "language";

/// The language that the page begins in.
pub fn wanted(config: &Config) -> &'static str {
    text::choose(
        storage::load(LANGUAGE).as_deref(),
        config.language.as_deref(),
        &page::preferred_languages(),
    )
}

/// The list of languages.
pub fn choice(frame: Frame, t: &'static Text) -> Vec<El> {
    let languages = LANGUAGES.iter().map(|&(code, name)| {
        let option = words("option", name).attr("value", code).attr("lang", code);
        if code == t.language {
            option.attr("selected", "")
        } else {
            option
        }
    });
    let (chosen, has_failed) = (text_signal(t.language.to_owned()), flag(false));
    let choice = el("select")
        .id("language")
        .attr("aria-label", t.language_label())
        .children(languages.collect())
        .bind(chosen)
        .on("change", move |event| {
            let code = value_of(&event);
            spawn(async move {
                let is_loaded = switch_language(frame, &code).await;
                if !is_loaded {
                    // What is chosen is what is on the screen.
                    chosen.try_set(t.language.to_owned());
                }
                has_failed.try_set(!is_loaded);
            });
        });
    let failed = move || {
        let words = if has_failed.get() {
            t.language_failed()
        } else {
            ""
        };
        words.to_owned()
    };
    let status = el("span").class("hint").attr("role", "status");
    vec![choice, status.live_text(failed)]
}

/// Switches to another language; false where its file cannot be loaded, and everything stays as it
/// is.
async fn switch_language(frame: Frame, code: &str) -> bool {
    let Some(language) = text::find(code) else {
        return false;
    };
    let Some(words) = load(language, frame.words().is_whole).await else {
        return false;
    };
    storage::save(LANGUAGE, language);
    page::set_language(language);
    frame.text.set(words);
    // The list of languages is drawn anew too.
    leptos::task::tick().await;
    page::focus("language");
    true
}

/// Forgets everything but the language.
pub fn wipe_storage() {
    let language = storage::load(LANGUAGE);
    storage::wipe();
    if let Some(language) = language {
        storage::save(LANGUAGE, &language);
    }
}

/// The words of a language, all of them or those of the sign-in; none where a file cannot be loaded.
pub async fn load(language: &'static str, is_whole: bool) -> Option<&'static Text> {
    let first = part("text-", language).await?;
    let rest = if is_whole {
        Some(part("more-text-", language).await?)
    } else {
        None
    };
    Text::read(language, first, rest).map(|text| &*Box::leak(Box::new(text)))
}

async fn part(name: &str, language: &str) -> Option<String> {
    let (file, integrity) = page::named_file(&[name, language].concat())?;
    let text = fetch::own_file(&file, integrity.as_deref()).await;
    text.ok()
}
