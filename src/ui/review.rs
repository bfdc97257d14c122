//! Step 1, the last look before anything is sent.

use leptos::prelude::*;

use super::asking::failed;
use super::dom::{El, el, flag, spawn, words};
use super::kit::{actions, button, details, heading, lead, main_button};
use super::sitting::Sitting;
use super::{drive, shown, wording};
use crate::ovh::exchange::ListConnectors;
use crate::ovh::{Call as _, Error};
use crate::run::adding::Adding;
use crate::text::fill;
use crate::wizard::{Event, Screen};

pub fn review(sitting: Sitting) -> Vec<El> {
    let t = sitting.words();
    let Some(valid) = sitting.now().review().cloned() else {
        return Vec::new();
    };
    let busy = flag(false);
    let refused = RwSignal::new(None::<Error>);
    let send = move || {
        if !busy.get_untracked() {
            busy.set(true);
            refused.set(None);
            spawn(async move {
                refused.try_set(begin(sitting).await.err());
                busy.try_set(false);
            });
        }
    };
    let calls = shown::calls(sitting, &[valid.request()]);
    let yes_no = |yes| if yes { t.yes() } else { t.no() };
    let password = if valid.password.is_some() {
        t.password_given()
    } else {
        t.none_given()
    };
    let rows = vec![
        (t.smart_host(), valid.smart_host),
        (t.port(), valid.port.to_string()),
        (
            t.mechanism(),
            wording::mechanism(t, valid.smart_host_auth_mechanism)
                .0
                .to_owned(),
        ),
        (
            t.user(),
            valid.user.unwrap_or_else(|| t.none_given().to_owned()),
        ),
        (t.password(), password.to_owned()),
        (t.require_tls(), yes_no(valid.require_tls).to_owned()),
        (t.display_name(), valid.display_name),
        (
            t.max_send_size(),
            fill(t.megabytes(), &[("size", &valid.max_send_size.to_string())]),
        ),
    ];
    let platform = valid.platform.service;
    vec![
        heading(t.review_title()),
        lead(&fill(t.review_lead(), &[("platform", &platform)])),
        el("div").live(move || {
            refused
                .get()
                .iter()
                .map(|error| failed(sitting, error, send))
                .collect()
        }),
        details(rows),
        words("p", t.review_effect()),
        calls,
        actions(vec![
            main_button(t.add_now(), send)
                .live_attr("aria-busy", move || Some(busy.get().to_string())),
            button(t.change(), move || {
                sitting.on(Event::WentTo(Screen::Connector));
            }),
        ]),
    ]
}

/// Reads the list as it is now, which the new connector is told by afterwards, and begins.
async fn begin(sitting: Sitting) -> Result<(), Error> {
    let review = sitting.now().review().cloned();
    let call = review.ok_or(Error::NotFound)?;
    let before = sitting.ask(&ListConnectors(&call.platform)).await?;
    sitting.on(Event::AddBegan(Adding::new(&call, before)));
    drive::carry_on(sitting);
    Ok(())
}
