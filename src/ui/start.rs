//! Starting a program: the settings and the words, for both; and the one that works.

use leptos::prelude::*;

use super::frame::Frame;
use super::session::Session;
use super::sitting::Sitting;
use super::{drive, idle, stage, work};
use crate::browser::fetch::{self, NoFile};
use crate::browser::{handover, page, storage, vault};
use crate::config;
use crate::ovh::Endpoint;
use crate::text::{self, Text};
use crate::wizard::notice::Notice;

const LANGUAGE: &str = "language";

/// Loads the settings and the words, all of them or those of the sign-in; where either cannot be read,
/// the page says that it cannot start.
pub async fn load_frame(is_whole: bool) -> Option<Frame> {
    let (config, flaws) = match fetch::own_file("config.json", None).await {
        Ok(json) => config::read(&json),
        Err(NoFile::NotThere) => config::without(),
        // It may say where the calls have to go: nothing is done before that is known.
        Err(NoFile::Unread) => {
            handover::report_failed_start();
            return None;
        }
    };
    let language = text::choose(
        storage::load(LANGUAGE).as_deref(),
        config.language.as_deref(),
        &page::preferred_languages(),
    );
    let Some(words) = load(language, is_whole).await else {
        handover::report_failed_start();
        return None;
    };
    page::set_language(language);
    Some(Frame::new(config, flaws, words))
}

/// Starts the program that works: with the keys of somebody who has just signed in, or of a sitting
/// that goes on after a reload; or without any, by hand.
pub async fn start_page() {
    let Some(frame) = load_frame(true).await else {
        return;
    };
    let handed = handover::take();
    let endpoints = &frame.config().endpoints;
    if let Some(address) = handed.by_hand {
        let endpoint = endpoints.iter().find(|known| known.address == address);
        return start_by_hand(frame, endpoint.cloned(), handed.is_fresh);
    }
    if handed.is_fresh {
        idle::begin_anew();
    } else if idle::is_over(frame) {
        vault::wipe().await;
        return handover::give_back(&Notice::Locked.to_json());
    }
    let session = match &handed.keys {
        Some(keys) => Session::from_sealable(keys, endpoints),
        None => Session::kept(endpoints).await,
    };
    let Some(session) = session else {
        vault::wipe().await;
        return handover::give_back(&Notice::KeysLost.to_json());
    };
    // Without the clock the first call sets it; without an answer everything else will say so.
    let _ = session.set_clock().await;
    let sitting = Sitting::new(frame, session, handed.keys.is_none());
    if !sitting.resume().await {
        return;
    }
    show(sitting, handed.is_fresh);
    drive::carry_on(sitting);
    work::look_for_kept(sitting).await;
}

fn start_by_hand(frame: Frame, endpoint: Option<Endpoint>, is_fresh: bool) {
    let Some(endpoint) = endpoint else {
        handover::forget_by_hand();
        return handover::give_back(&Notice::Nothing.to_json());
    };
    let sitting = Sitting::by_hand(frame, endpoint);
    show(sitting, is_fresh);
}

fn show(sitting: Sitting, is_fresh: bool) {
    page::reload_when_restored();
    page::on_history(move |fragment| sitting.on_history(&fragment));
    mount_to_body(move || stage::mount(sitting));
    if is_fresh {
        page::focus(super::kit::HEADING);
    }
}

/// Switches to another language; false where its file cannot be loaded, and everything stays as it
/// is.
pub async fn switch_language(frame: Frame, code: &str) -> bool {
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

async fn load(language: &'static str, is_whole: bool) -> Option<&'static Text> {
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
