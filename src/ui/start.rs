//! Starting a program: the settings and the words, for both; and the one that works.

use leptos::prelude::*;

use super::entry::return_here;
use super::frame::Frame;
use super::session::Session;
use super::sitting::Sitting;
use super::{drive, stage, work};
use crate::browser::{fetch, handover, page, storage, vault};
use crate::config;
use crate::text::{self, Text};
use crate::wizard::notice::Notice;

const LANGUAGE: &str = "language";

/// Loads the settings and the words; without words, the page says that it cannot start.
pub async fn load_frame() -> Option<Frame> {
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
        handover::report_failed_start();
        return None;
    };
    page::set_language(language);
    Some(Frame::new(config, complaints, words))
}

/// Starts the program that works: with the keys of somebody who has just signed in, or of a sitting
/// that goes on after a reload.
pub async fn start_page() {
    let Some(frame) = load_frame().await else {
        return;
    };
    let handed = handover::take();
    let endpoints = &frame.config().endpoints;
    let session = match &handed.keys {
        Some(keys) => Session::from_sealable(keys, endpoints),
        None => Session::kept(endpoints).await,
    };
    let Some(session) = session else {
        vault::wipe().await;
        return return_here(&Notice::KeysLost);
    };
    // Without the clock the first call sets it; without an answer everything else will say so.
    let _ = session.set_clock().await;
    let sitting = Sitting::new(frame, session, handed.keys.is_none());
    if !sitting.resume().await {
        return;
    }
    page::on_history(move |fragment| sitting.on_history(&fragment));
    mount_to_body(move || stage::mount(sitting));
    if handed.is_fresh {
        page::focus(super::kit::HEADING);
    }
    drive::carry_on(sitting);
    work::look_for_kept(sitting).await;
}

/// Switches to another language; false where its file cannot be loaded, and everything stays as it
/// is.
pub async fn switch_language(frame: Frame, code: &str) -> bool {
    let Some(language) = text::find(code) else {
        return false;
    };
    let Some(words) = load(language).await else {
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

async fn load(language: &'static str) -> Option<&'static Text> {
    let (file, integrity) = page::named_file(&["text-", language].concat())?;
    let lines = fetch::own_file(&file, integrity.as_deref()).await?;
    Text::read(language, lines).map(|text| &*Box::leak(Box::new(text)))
}
