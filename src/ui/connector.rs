//! Step 1: choosing a connector that is there, or filling in the form for a new one.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::kit::{
    Action, Busy, CheckField, Choice, Choices, Complaint, Failure, Heading, Notice, Summary,
    TextField, Tone, words_for,
};
use super::sitting::{Sitting, sitting};
use super::wording;
use crate::browser::storage;
use crate::ovh::Error;
use crate::ovh::exchange::{
    ListConnectors, Mechanism, Platform, ReadConnector, ReadServer, SendConnector, Server,
};
use crate::text::{Text, fill};
use crate::wizard::connector_form::{ConnectorForm, Field};
use crate::wizard::{Event, Screen};

const DRAFT: &str = "draft-connector";
const NEW: &str = "new";

#[component]
pub fn Connector() -> impl IntoView {
    let sitting = sitting();
    let t = sitting.words();
    let platform = sitting
        .wizard()
        .with_untracked(|wizard| wizard.platform().cloned());
    let Some(platform) = platform.map(|chosen| chosen.platform) else {
        return ().into_any();
    };
    let platform = StoredValue::new(platform);
    let loaded = RwSignal::new(None::<Result<Vec<SendConnector>, Error>>);
    let load = move || {
        loaded.set(None);
        spawn_local(async move {
            loaded.set(Some(load_connectors(sitting, &platform.get_value()).await));
        });
    };
    load();
    view! {
        <Heading words=t.connector_title/>
        <p class="lead">{t.connector_lead}</p>
        {move || match loaded.get() {
            None => view! { <Busy words=t.connector_loading/> }.into_any(),
            Some(Err(error)) => view! { <Failure error retry=load/> }.into_any(),
            Some(Ok(existing)) => {
                view! { <ChooseOrAdd sitting t platform=platform.get_value() existing/> }.into_any()
            }
        }}
    }
    .into_any()
}

async fn load_connectors(
    sitting: Sitting,
    platform: &Platform,
) -> Result<Vec<SendConnector>, Error> {
    let mut connectors = Vec::new();
    for id in sitting.ask(&ListConnectors(platform)).await? {
        match sitting.ask(&ReadConnector { platform, id }).await {
            Ok(mut connector) => {
                connector.id = Some(id);
                connectors.push(connector);
            }
            // It went away between the two calls.
            Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(connectors)
}

#[component]
fn ChooseOrAdd(
    sitting: Sitting,
    t: &'static Text,
    platform: Platform,
    existing: Vec<SendConnector>,
) -> impl IntoView {
    let usable: Vec<_> = existing
        .iter()
        .filter(|known| !known.is_built_in())
        .cloned()
        .collect();
    let settled = sitting
        .wizard()
        .with_untracked(|wizard| wizard.connector().and_then(|known| known.id));
    let position = usable
        .iter()
        .position(|known| settled.is_some() && known.id == settled);
    let has_draft = storage::load(DRAFT).is_some();
    let start = match position {
        Some(index) if !has_draft => index.to_string(),
        _ => NEW.to_owned(),
    };
    let chosen = RwSignal::new(start);
    let mut choices: Vec<_> = usable
        .iter()
        .enumerate()
        .map(|(index, known)| Choice {
            value: index.to_string(),
            label: known.display_name.clone().unwrap_or_default(),
            about: wording::connector(t, known),
        })
        .collect();
    choices.push(Choice {
        value: NEW.to_owned(),
        label: t.connector_new.to_owned(),
        about: t.connector_new_about.to_owned(),
    });
    let usable = StoredValue::new(usable);
    let any = usable.with_value(|usable| !usable.is_empty());
    let existing = StoredValue::new(existing);
    let platform = StoredValue::new(platform);
    let is_new = Memo::new(move |_| chosen.with(|chosen| chosen == NEW));
    view! {
        {any.then(|| view! { <Choices id="connector" label=t.connector_choice choices chosen/> })}
        {move || {
            if is_new.get() {
                view! { <Form sitting t platform=platform.get_value() existing=existing.get_value()/> }
                    .into_any()
            } else {
                let take = move || {
                    let index: usize = chosen.with_untracked(|index| index.parse().unwrap_or(0));
                    if let Some(connector) = usable.with_value(|all| all.get(index).cloned()) {
                        sitting.on(Event::ConnectorReady(connector));
                    }
                };
                view! {
                    <p class="actions">
                        <Action words=t.connector_take run=take/>
                    </p>
                }
                    .into_any()
            }
        }}
    }
    .into_any()
}

fn place(t: &'static Text, field: Field) -> (&'static str, &'static str) {
    match field {
        Field::SmartHost => ("smart-host", t.smart_host),
        Field::Port => ("port", t.port),
        Field::Mechanism => ("mechanism", t.mechanism),
        Field::User => ("user", t.user),
        Field::Password => ("password", t.password),
        Field::RequireTls => ("require-tls", t.require_tls),
        Field::DisplayName => ("display-name", t.display_name),
        Field::MaxSendSize => ("max-send-size", t.max_send_size),
    }
}

/// The fields as signals, one each, so that typing in one redraws nothing else.
#[derive(Clone, Copy)]
struct Draft {
    display_name: RwSignal<String>,
    smart_host: RwSignal<String>,
    port: RwSignal<String>,
    mechanism: RwSignal<String>,
    user: RwSignal<String>,
    password: RwSignal<String>,
    require_tls: RwSignal<bool>,
    max_send_size: RwSignal<String>,
}

impl Draft {
    fn new(form: ConnectorForm) -> Self {
        Self {
            display_name: RwSignal::new(form.display_name),
            smart_host: RwSignal::new(form.smart_host),
            port: RwSignal::new(form.port),
            mechanism: RwSignal::new(mechanism_value(form.mechanism).to_owned()),
            user: RwSignal::new(form.user),
            password: RwSignal::new(form.password),
            require_tls: RwSignal::new(form.require_tls),
            max_send_size: RwSignal::new(form.max_send_size),
        }
    }

    fn form(self) -> ConnectorForm {
        ConnectorForm {
            display_name: self.display_name.get(),
            smart_host: self.smart_host.get(),
            port: self.port.get(),
            mechanism: self.mechanism.with(|value| mechanism(value)),
            user: self.user.get(),
            password: self.password.get(),
            require_tls: self.require_tls.get(),
            max_send_size: self.max_send_size.get(),
        }
    }
}

const MECHANISMS: [(Mechanism, &str); 3] = [
    (Mechanism::BasicOverTls, "tls"),
    (Mechanism::Basic, "plain"),
    (Mechanism::None, "none"),
];

fn mechanism_value(mechanism: Mechanism) -> &'static str {
    let found = MECHANISMS.iter().find(|(known, _)| *known == mechanism);
    found.map_or("", |(_, value)| value)
}

fn mechanism(value: &str) -> Mechanism {
    let found = MECHANISMS.iter().find(|(_, known)| *known == value);
    found.map_or(Mechanism::default(), |(mechanism, _)| *mechanism)
}

#[component]
fn Form(
    sitting: Sitting,
    t: &'static Text,
    platform: Platform,
    existing: Vec<SendConnector>,
) -> impl IntoView {
    let stored = storage::load(DRAFT).and_then(|json| serde_json::from_str(&json).ok());
    let mut form: ConnectorForm =
        stored.unwrap_or_else(|| ConnectorForm::starting_from(&sitting.config().connector));
    // Back from the review, the password is still there.
    if let Some(password) = sitting
        .wizard()
        .with_untracked(|wizard| wizard.review().and_then(|valid| valid.password.clone()))
    {
        form.password = password;
    }
    let draft = Draft::new(form);
    // The first run only subscribes: an untouched form is no draft.
    Effect::new(move |before: Option<ConnectorForm>| {
        let form = draft.form();
        if before.is_some_and(|before| before != form)
            && let Ok(json) = serde_json::to_string(&form)
        {
            storage::save(DRAFT, &json);
        }
        form
    });
    let complaints = RwSignal::new(Vec::new());
    let address_platform = StoredValue::new(platform.clone());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match untrack(|| draft.form()).validate(&platform, &existing) {
            Ok(valid) => {
                complaints.set(Vec::new());
                sitting.on(Event::FormSubmitted(valid));
            }
            Err(problems) => complaints.set(
                problems
                    .into_iter()
                    .map(|problem| {
                        let (id, label) = place(t, problem.field);
                        let words = wording::form_problem(t, problem).to_owned();
                        Complaint { id, label, words }
                    })
                    .collect(),
            ),
        }
    };
    let problem = move |field| words_for(complaints, place(t, field).0);
    let choices = MECHANISMS.map(|(mechanism, value)| {
        let (label, about) = wording::mechanism(t, mechanism);
        Choice {
            value: value.to_owned(),
            label: label.to_owned(),
            about: about.to_owned(),
        }
    });
    let signs_in =
        Memo::new(move |_| draft.mechanism.with(|value| mechanism(value)) != Mechanism::None);
    view! {
        <form class="card" on:submit=submit>
            <Summary complaints/>
            <h2>{t.from_the_letter}</h2>
            <TextField id="smart-host" label=t.smart_host hint=t.smart_host_hint
                value=draft.smart_host problem=problem(Field::SmartHost)/>
            <TextField id="port" label=t.port hint=t.port_hint numeric=true
                value=draft.port problem=problem(Field::Port)/>
            <Choices id="mechanism" label=t.mechanism choices=choices.to_vec()
                chosen=draft.mechanism problem=problem(Field::Mechanism)/>
            {move || {
                if signs_in.get() {
                    view! {
                        <TextField id="user" label=t.user hint=t.user_hint
                            value=draft.user problem=problem(Field::User)/>
                        <TextField id="password" label=t.password hint=t.password_hint kind="password"
                            value=draft.password problem=problem(Field::Password)/>
                    }
                        .into_any()
                } else {
                    draft.user.set(String::new());
                    draft.password.set(String::new());
                    view! { <ServerAddresses sitting t platform=address_platform.get_value()/> }.into_any()
                }
            }}
            <CheckField id="require-tls" label=t.require_tls hint=t.require_tls_hint
                value=draft.require_tls problem=problem(Field::RequireTls)/>
            <h2>{t.for_yourself}</h2>
            <TextField id="display-name" label=t.display_name hint=t.display_name_hint
                value=draft.display_name problem=problem(Field::DisplayName)/>
            <TextField id="max-send-size" label=t.max_send_size hint=t.max_send_size_hint numeric=true
                value=draft.max_send_size problem=problem(Field::MaxSendSize)/>
            <p class="actions">
                <button type="submit" class="main">
                    {t.to_review}
                </button>
                <Action words=t.back quiet=true run=move || sitting.on(Event::WentTo(Screen::Platform))/>
            </p>
        </form>
    }
    .into_any()
}

/// Forgets the form that became a connector.
pub fn forget_draft() {
    storage::forget(DRAFT);
}

/// Where a provider has no passwords, it has to know the addresses that the platform sends from.
#[component]
fn ServerAddresses(sitting: Sitting, t: &'static Text, platform: Platform) -> impl IntoView {
    let server = RwSignal::new(None::<Server>);
    spawn_local(async move { server.set(sitting.ask(&ReadServer(&platform)).await.ok()) });
    let addresses = move || {
        let server = server.get()?;
        let known: Vec<_> = [server.ip, server.ip_v6].into_iter().flatten().collect();
        let words = fill(t.server_addresses, &[("addresses", &known.join(", "))]);
        (!known.is_empty()).then(|| view! { <p>{words}</p> })
    };
    view! {
        <Notice tone=Tone::Hint title=t.server_title>
            <p>{t.server_text}</p>
            {addresses}
        </Notice>
    }
    .into_any()
}
