//! The words for connectors as they are, and for what is changed about them.

use super::mechanism;
use crate::ovh::exchange::SendConnector;
use crate::run::changing::Wish;
use crate::text::{Text, fill};
use crate::wizard::connector_form::Field;
use crate::wizard::difference::Setting;

/// The name of a connector, or its number where it has none.
pub fn connector_title(t: &Text, connector: &SendConnector) -> String {
    let name = connector
        .display_name
        .clone()
        .filter(|name| !name.trim().is_empty());
    let id = connector.id.unwrap_or_default().to_string();
    match name {
        Some(name) => name,
        None => fill(t.connector_number(), &[("id", &id)]),
    }
}

/// How a connector shows the relay who it is; a mechanism that nobody knows in OVHcloud's word.
pub fn connector_mechanism(t: &Text, connector: &SendConnector) -> String {
    let known = connector.mechanism().map(|known| mechanism(t, known).0);
    let word = connector.smart_host_auth_mechanism.as_deref();
    known.or(word).unwrap_or(t.not_told()).to_owned()
}

/// The state of a connector, and whether something is being done to it.
pub fn connector_state(t: &Text, connector: &SendConnector) -> String {
    state_of(t, connector.state.as_deref(), connector.pending_task())
}

/// The state of anything, and the task that works on it.
pub fn state_of(t: &Text, state: Option<&str>, pending_task: Option<u64>) -> String {
    let state = state.map(|state| super::state(t, state));
    let state = state.unwrap_or_else(|| t.not_told().to_owned());
    match pending_task {
        Some(task) => fill(
            t.state_pending(),
            &[("state", &state), ("task", &task.to_string())],
        ),
        None => state,
    }
}

/// Something that OVHcloud may tell or not.
pub fn truth(t: &Text, is: Option<bool>) -> String {
    match is {
        Some(true) => t.yes(),
        Some(false) => t.no(),
        None => t.not_told(),
    }
    .to_owned()
}

/// The id and the label of a field.
pub fn place(t: &Text, field: Field) -> (&'static str, &'static str) {
    let id = match field {
        Field::SmartHost => "smart-host",
        Field::Port => "port",
        Field::Mechanism => "mechanism",
        Field::User => "user",
        Field::Password => "password",
        Field::RequireTls => "require-tls",
        Field::DisplayName => "display-name",
        Field::MaxSendSize => "max-send-size",
    };
    (id, self::field(t, field))
}

/// The label of a field of a connector.
pub fn field(t: &Text, field: Field) -> &'static str {
    match field {
        Field::SmartHost => t.smart_host(),
        Field::Port => t.port(),
        Field::Mechanism => t.mechanism(),
        Field::User => t.user(),
        Field::Password => t.password(),
        Field::RequireTls => t.require_tls(),
        Field::DisplayName => t.display_name(),
        Field::MaxSendSize => t.max_send_size(),
    }
}

/// What a field holds.
pub fn setting(t: &Text, setting: &Setting) -> String {
    match setting {
        Setting::Nothing => t.not_told().to_owned(),
        Setting::Text(text) => text.clone(),
        Setting::Number(number) => number.to_string(),
        Setting::Switch(is) => truth(t, Some(*is)),
        Setting::Mechanism(known) => mechanism(t, *known).0.to_owned(),
    }
}

/// What is being changed, in one sentence.
pub fn wish(t: &Text, wish: &Wish) -> String {
    let (text, name) = match wish {
        Wish::Edit { id, first, .. } => (t.wish_edit(), named(t, *id, first)),
        Wish::Authenticate { id, first, .. } => (t.wish_authenticate(), named(t, *id, first)),
        Wish::Delete { id, first } => (t.wish_delete(), named(t, *id, first)),
        Wish::Default {
            domain, wanted: 0, ..
        } => (t.wish_reset(), domain.clone()),
        Wish::Default { domain, .. } => (t.wish_default(), domain.clone()),
    };
    fill(text, &[("name", &name)])
}

fn named(t: &Text, id: u64, connector: &SendConnector) -> String {
    connector_title(
        t,
        &SendConnector {
            id: Some(id),
            ..connector.clone()
        },
    )
}
