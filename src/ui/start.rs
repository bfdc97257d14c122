//! Starting the page: settings, words, and the keys of a sitting that goes on.

use leptos::prelude::*;

use super::frame::frame;
use super::sitting::Sitting;
use crate::browser::{fetch, page, storage};
use crate::config;
use crate::text::{self, Text};

const LANGUAGE: &str = "language";

/// Loads what the first screen needs and puts it on the page.
pub async fn start() {
    let (config, complaints) = match fetch::own_file("config.json", None).await {
        Some(json) => config::read(&json),
        None => Default::default(),
    };
    let language = text::choose(
        storage::load(LANGUAGE).as_deref(),
        config.language.as_deref(),
        &page::preferred_languages(),
    );
    let Some(words) = load(language).await else {
        page::report_failed_start();
        return;
    };
    page::set_language(language);
    let sitting = Sitting::new(config, complaints, words);
    sitting.resume().await;
    page::on_history(move |fragment| sitting.on_history(&fragment));
    mount_to_body(move || frame(sitting));
    super::drive::carry_on(sitting);
}

/// Switches to another language; where its file cannot be loaded, everything stays as it is.
pub async fn switch_language(sitting: Sitting, code: &str) {
    if let Some(language) = text::find(code)
        && let Some(words) = load(language).await
    {
        storage::save(LANGUAGE, language);
        page::set_language(language);
        sitting.text.set(words);
        page::focus("language");
    }
}

async fn load(language: &'static str) -> Option<&'static Text> {
    let (file, integrity) = page::named_file(&["text-", language].concat())?;
    let lines = fetch::own_file(&file, integrity.as_deref()).await?;
    Text::read(language, lines).map(|text| &*Box::leak(Box::new(text)))
}
