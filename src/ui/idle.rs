//! Where nobody uses the page, asks whether somebody is there, and locks it. A job that is at work
//! is never cut.

use leptos::prelude::*;

use super::dom::{after, append_to_page, el, flag, spawn, words};
use super::frame::Frame;
use super::kit::main_button;
use super::sitting::{Sitting, drive};
use crate::browser::{clock, page, storage};
use crate::wizard::idle::{Idle, Rest};

const DIALOG: &str = "idle";
const TITLE: &str = "idle-title";
const TEXT: &str = "idle-text";

/// Between two looks at the clock, in milliseconds: a computer that slept tells nobody.
const BETWEEN_LOOKS: u64 = 5_000;

/// When the page was used last, for the time in which it is not there: a tab that the browser put
/// away and brings back is none that somebody has just opened.
const USED_AT: &str = "used-at";

/// As far as is known from before a reload.
fn known(frame: Frame) -> Option<Idle> {
    let now = clock::millis();
    let used_at = storage::load(USED_AT).and_then(|text| text.parse().ok());
    Idle::new(used_at.unwrap_or(now), frame.config().lock_after_minutes)
}

/// Whether nobody used the page for too long before it was loaded again.
pub fn is_over(frame: Frame) -> bool {
    known(frame).is_some_and(|mut idle| idle.rest(clock::millis()) == Rest::Over)
}

/// Whoever signs in is there.
pub fn begin_anew() {
    storage::forget(USED_AT);
}

/// Watches over a sitting with keys until it ends.
pub fn watch(sitting: Sitting) {
    let Some(idle) = known(sitting.frame) else {
        return;
    };
    let (idle, is_asked) = (StoredValue::new(idle), flag(false));
    let look = move |is_used: bool| {
        let now = clock::millis();
        let rest = idle.try_update_value(|idle| {
            if is_at_work(sitting) {
                idle.worked(now);
            } else if is_used {
                idle.used(now);
            }
            idle.rest(now)
        });
        let is_in = sitting.now().is_signed_in();
        let asks = rest == Some(Rest::Asked) && is_in;
        if is_asked.get_untracked() != asks {
            is_asked.set(asks);
        }
        if rest == Some(Rest::Over) && is_in {
            sitting.lock();
        }
        is_in
    };
    // Only an answer counts as one: a question that went at a movement of the mouse would let the click
    // that was meant for it fall on what lies below.
    page::on_use(move || {
        look(!is_asked.get_untracked());
    });
    let question = move || {
        let t = sitting.frame.text.get();
        let stay = main_button(t.idle_stay(), move || {
            look(true);
        });
        vec![
            words("h2", t.idle_title()).id(TITLE),
            words("p", t.idle_text()).id(TEXT),
            stay,
        ]
    };
    let dialog = el("dialog")
        .id(DIALOG)
        .attr("role", "alertdialog")
        .attr("aria-labelledby", TITLE)
        .attr("aria-describedby", TEXT)
        // By the escape key, too.
        .on("close", move |_| {
            look(true);
        })
        .live(question);
    append_to_page(&[dialog]);
    after(move || page::show_dialog(DIALOG, is_asked.get()));
    spawn(async move {
        while look(false) {
            let used_at = idle.try_with_value(|idle| idle.used_at().to_string());
            storage::save(USED_AT, &used_at.unwrap_or_default());
            clock::sleep_until(clock::millis() + BETWEEN_LOOKS).await;
        }
    });
}

fn is_at_work(sitting: Sitting) -> bool {
    sitting.work.is_carried() || drive::is_carrying(sitting) || sitting.users.is_reading()
}
