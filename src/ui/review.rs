//! Step 1, the last look before anything is sent.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::details::Row;
use super::kit::{Action, Failure, Heading};
use super::sitting::sitting;
use super::wording;
use crate::ovh::Error;
use crate::ovh::exchange::ListConnectors;
use crate::run::adding::Adding;
use crate::text::fill;
use crate::wizard::{Event, Screen};

#[component]
pub fn Review() -> impl IntoView {
    let sitting = sitting();
    let t = sitting.words();
    let Some(valid) = sitting
        .wizard()
        .with_untracked(|wizard| wizard.review().cloned())
    else {
        return ().into_any();
    };
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<Error>);
    let call = StoredValue::new(valid.clone());
    // The list as it is now is what the new connector is told by afterwards.
    let send = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failed.set(None);
        spawn_local(async move {
            let call = call.get_value();
            match sitting.ask(&ListConnectors(&call.platform)).await {
                Ok(before) => {
                    sitting.on(Event::AddBegan(Adding::new(&call, before)));
                    super::drive::carry_on(sitting);
                }
                Err(error) => {
                    failed.set(Some(error));
                    busy.set(false);
                }
            }
        });
    };
    let yes_no = |yes| if yes { t.yes } else { t.no };
    let password = if valid.password.is_some() {
        t.password_given
    } else {
        t.none_given
    };
    view! {
        <Heading words=t.review_title/>
        <p class="lead">{fill(t.review_lead, &[("platform", &valid.platform.service)])}</p>
        {move || failed.get().map(|error| view! { <Failure error retry=send/> })}
        <dl class="details card">
            <Row name=t.display_name value=valid.display_name/>
            <Row name=t.smart_host value=valid.smart_host/>
            <Row name=t.port value=valid.port.to_string()/>
            <Row name=t.mechanism value=wording::mechanism(t, valid.smart_host_auth_mechanism).0/>
            <Row name=t.user value=valid.user.unwrap_or_else(|| t.none_given.to_owned())/>
            <Row name=t.password value=password/>
            <Row name=t.require_tls value=yes_no(valid.require_tls)/>
            <Row name=t.max_send_size value=fill(t.megabytes, &[("size", &valid.max_send_size.to_string())])/>
        </dl>
        <p>{t.review_effect}</p>
        <p class="actions">
            <Action words=t.add_now busy run=send/>
            <Action words=t.change quiet=true run=move || sitting.on(Event::WentTo(Screen::Connector))/>
        </p>
    }
    .into_any()
}
