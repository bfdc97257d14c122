//! The second of the page's two programs: the one that works.

mod stage;

use leptos::prelude::*;

use super::frame::Frame;
use super::idle;
use super::session::Session;
use super::sitting::{Sitting, drive, work};
use crate::browser::{handover, page, vault};
use crate::ovh::Endpoint;
use crate::wizard::notice::Notice;

/// Starts the program that works: with the keys of somebody who has just signed in, or of a sitting
/// that goes on after a reload; or without any, by hand.
pub async fn start_page() {
    let Some(frame) = Frame::load(true).await else {
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
