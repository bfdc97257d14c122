//! Step 1, the connector as it is, with all its details.

use leptos::prelude::*;

use super::kit::{Action, Heading, Notice, Tone};
use super::sitting::sitting;
use super::wording;
use crate::browser::intl;
use crate::ovh::exchange::SendConnector;
use crate::text::{Text, fill};
use crate::wizard::{Event, Screen};

#[component]
pub fn Ready() -> impl IntoView {
    let sitting = sitting();
    let t = sitting.words();
    let Some(connector) = sitting
        .wizard()
        .with_untracked(|wizard| wizard.connector().cloned())
    else {
        return ().into_any();
    };
    let id = connector.id.unwrap_or_default().to_string();
    view! {
        <Heading words=t.ready_title/>
        <Notice tone=Tone::Good title=fill(t.ready_number, &[("id", &id)])>
            <p>{t.ready_next}</p>
        </Notice>
        <Details t connector/>
        <p class="actions">
            <Action words=t.to_addresses run=move || sitting.on(Event::WentTo(Screen::Addresses))/>
            <Action words=t.other_connector quiet=true run=move || sitting.on(Event::WentTo(Screen::Connector))/>
        </p>
    }
    .into_any()
}

/// All that OVHcloud tells about a connector.
#[component]
fn Details(t: &'static Text, connector: SendConnector) -> impl IntoView {
    let mechanism = match connector.mechanism() {
        Some(mechanism) => wording::mechanism(t, mechanism).0.to_owned(),
        None => connector
            .smart_host_auth_mechanism
            .clone()
            .unwrap_or_default(),
    };
    let date = |iso: Option<String>| iso.map(|iso| intl::date(t.language, &iso));
    let number = |number: Option<u64>| number.map(|number| number.to_string());
    let size = number(connector.max_send_size).map(|size| fill(t.megabytes, &[("size", &size)]));
    let tls = connector
        .require_tls
        .map(|yes| if yes { t.yes } else { t.no }.to_owned());
    let rows = [
        (t.connector_id, number(connector.id)),
        (t.display_name, connector.display_name),
        (t.smart_host, connector.smart_host),
        (t.port, number(connector.port)),
        (t.mechanism, Some(mechanism)),
        (t.require_tls, tls),
        (t.max_send_size, size),
        (
            t.state,
            connector.state.map(|state| wording::state(t, &state)),
        ),
        (t.created, date(connector.creation_date)),
        (t.changed, date(connector.last_update_date)),
    ];
    let rows: Vec<_> = rows
        .into_iter()
        .map(|(name, value)| view! { <Row name value=value.unwrap_or_else(|| t.not_told.to_owned())/> })
        .collect();
    view! { <dl class="details card">{rows}</dl> }.into_any()
}

/// One line of a list of details.
#[component]
pub fn Row(name: &'static str, #[prop(into)] value: String) -> impl IntoView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
        </div>
    }
    .into_any()
}
