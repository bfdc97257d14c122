//! The end: what was done, and leaving no key behind.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::details::Row;
use super::kit::{Action, Heading, Notice, Tone};
use super::sitting::sitting;
use super::wording;
use crate::wizard::{Event, Screen, Verified};

#[component]
pub fn Done() -> impl IntoView {
    let sitting = sitting();
    let t = sitting.words();
    let (platform, connector, attached, verified) = sitting.wizard().with_untracked(|wizard| {
        (
            wizard.platform().cloned(),
            wizard.connector().cloned().unwrap_or_default(),
            wizard.attached().to_vec(),
            wizard.verified(),
        )
    });
    let verdict = match verified {
        Some(Verified::Used) => t.done_used,
        Some(Verified::NotUsed) => t.done_not_used,
        Some(Verified::Unclear) => t.done_unclear,
        None => t.done_not_checked,
    };
    let tone = if verified == Some(Verified::Used) {
        Tone::Good
    } else {
        Tone::Warning
    };
    let advice = (tone == Tone::Warning).then(|| {
        view! { <Action words=t.to_verify quiet=true run=move || sitting.on(Event::WentTo(Screen::Verify))/> }
    });
    let id = connector.id.unwrap_or_default().to_string();
    let name = wording::connector(t, &connector);
    let addresses = if attached.is_empty() {
        t.none_given.to_owned()
    } else {
        attached.join(", ")
    };
    view! {
        <Heading words=t.done_title/>
        <Notice tone=tone title=verdict>{advice}</Notice>
        <dl class="details card">
            <Row name=t.platform_label value=platform.map(|chosen| chosen.platform.service).unwrap_or_default()/>
            <Row name=t.display_name value=connector.display_name.clone().unwrap_or_default()/>
            <Row name=t.smart_host value=name/>
            <Row name=t.connector_id value=id/>
            <Row name=t.done_addresses value=addresses/>
        </dl>
        <p>{t.done_sign_out}</p>
        <p class="actions">
            <Action words=t.sign_out run=move || spawn_local(sitting.sign_out())/>
            <Action words=t.more_addresses quiet=true run=move || sitting.on(Event::WentTo(Screen::Addresses))/>
        </p>
    }
    .into_any()
}
