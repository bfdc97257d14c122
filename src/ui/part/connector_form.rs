//! Step 1, the form for a new connector, filled in from the provider's letter.

use leptos::prelude::*;

use super::server;
use crate::mail::provider::{self, Provider};
use crate::ovh::exchange::{Mechanism, Platform, SendConnector};
use crate::ovh::shown::PLACEHOLDER;
use crate::text::Text;
use crate::ui::dom::{El, after, el, flag, text_signal, words};
use crate::ui::draft::Draft;
use crate::ui::kit::{
    Choice, Complaint, Complaints, actions, button, check_field, choices, form, hint, mended,
    no_complaints, submit_button, summary, text_field,
};
use crate::ui::sitting::{Sitting, by_hand};
use crate::ui::wording::{self, place};
use crate::wizard::connector_form::{ConnectorForm, Field, Problem};
use crate::wizard::{Event, Screen};

mod provider_list;

use provider_list::{credentials_hint, ports_hint, provider_field};

/// The fields as signals, one each, so that typing in one redraws nothing else.
#[derive(Clone, Copy)]
struct Fields {
    provider: RwSignal<String>,
    display_name: RwSignal<String>,
    smart_host: RwSignal<String>,
    port: RwSignal<String>,
    mechanism: RwSignal<String>,
    user: RwSignal<String>,
    password: RwSignal<String>,
    require_tls: RwSignal<bool>,
    max_send_size: RwSignal<String>,
}

impl Fields {
    fn new(form: ConnectorForm) -> Self {
        Self {
            provider: text_signal(form.provider),
            display_name: text_signal(form.display_name),
            smart_host: text_signal(form.smart_host),
            port: text_signal(form.port),
            mechanism: text_signal(form.mechanism.as_str().to_owned()),
            user: text_signal(form.user),
            password: text_signal(form.password),
            require_tls: flag(form.require_tls),
            max_send_size: text_signal(form.max_send_size),
        }
    }

    fn mechanism(self) -> Mechanism {
        self.mechanism
            .with(|word| Mechanism::read(word))
            .unwrap_or_default()
    }

    fn chosen_provider(self) -> Option<&'static Provider> {
        self.provider.with(|name| provider::named(name))
    }

    fn form(self) -> ConnectorForm {
        ConnectorForm {
            provider: self.provider.get(),
            display_name: self.display_name.get(),
            smart_host: self.smart_host.get(),
            port: self.port.get(),
            mechanism: self.mechanism(),
            user: self.user.get(),
            password: self.password.get(),
            require_tls: self.require_tls.get(),
            max_send_size: self.max_send_size.get(),
        }
    }

    /// Takes over what a provider fills in.
    fn fill_in(self, form: ConnectorForm) {
        self.provider.set(form.provider);
        self.smart_host.set(form.smart_host);
        self.port.set(form.port);
        self.mechanism.set(form.mechanism.as_str().to_owned());
        self.max_send_size.set(form.max_send_size);
    }
}

/// The form as it was left, or as it begins.
fn fields(sitting: Sitting, start: &ConnectorForm) -> ConnectorForm {
    let stored = Draft::Connector
        .load()
        .and_then(|json| ConnectorForm::from_json(&json));
    let mut form = stored.unwrap_or_else(|| start.clone());
    // Back from the review, the password is still there.
    let wizard = sitting.now();
    let password = wizard.review().and_then(|valid| valid.password.clone());
    form.password = password.unwrap_or_default();
    form
}

/// The form; what is typed outlives a reload, but for the password.
pub fn new_connector(
    sitting: Sitting,
    t: &'static Text,
    platform: Platform,
    existing: Vec<SendConnector>,
) -> El {
    let start = ConnectorForm::starting_from(&sitting.config().connector);
    let form_before = fields(sitting, &start);
    let password_hint = password_hint(
        t,
        Draft::Connector.load().is_some(),
        &form_before.user,
        &form_before.password,
    );
    let fields = Fields::new(form_before);
    let complaints = no_complaints();
    keep_draft(fields);
    let (host, _) = place(t, Field::SmartHost);
    after(move || {
        // A provider fills it in without a key being pressed.
        fields.smart_host.track();
        mended(host, complaints);
    });
    after(move || {
        // Fields that are not there any more want nothing.
        if fields.mechanism() == Mechanism::None {
            mended(place(t, Field::User).0, complaints);
            mended(place(t, Field::Password).0, complaints);
        }
    });
    let line = |kind, field, hint, value| {
        let (id, label) = place(t, field);
        text_field(kind, id, label, hint, value, complaints)
    };
    let (mechanism_id, mechanism_label) = place(t, Field::Mechanism);
    let (tls_id, tls_label) = place(t, Field::RequireTls);
    let mechanism = choices(
        mechanism_id,
        mechanism_label,
        mechanisms(t),
        fields.mechanism,
        complaints,
    );
    let tls = fields.require_tls;
    let tls = check_field(tls_id, tls_label, t.require_tls_hint(), tls, complaints);
    let name = fields.display_name;
    let size = fields.max_send_size;
    form({
        let platform = platform.clone();
        move || submit(sitting, t, fields, &platform, &existing, complaints)
    })
    .class("card")
    .child(summary(t, complaints))
    .child(words("h2", t.from_the_letter()))
    .child(provider_field(t, fields, start))
    .child(line(
        "text",
        Field::SmartHost,
        t.smart_host_hint(),
        fields.smart_host,
    ))
    .child(line("number", Field::Port, t.port_hint(), fields.port))
    .child(ports_hint(t, fields))
    .child(mechanism)
    .child(credentials_hint(t, fields))
    .child(credentials(
        sitting,
        t,
        fields,
        password_hint,
        platform,
        complaints,
    ))
    .child(tls)
    .child(words("h2", t.for_yourself()))
    .child(line(
        "text",
        Field::DisplayName,
        t.display_name_hint(),
        name,
    ))
    .child(line(
        "number",
        Field::MaxSendSize,
        t.max_send_size_hint(),
        size,
    ))
    .child(actions(vec![
        submit_button(t.to_review(), t.to_review(), flag(false)),
        button(t.back(), move || {
            if sitting.is_by_hand() {
                by_hand::back(sitting);
            } else {
                sitting.on(Event::WentTo(Screen::Platform));
            }
        }),
    ]))
}

/// Stores what is typed. The first run only subscribes: an untouched form is no draft.
fn keep_draft(fields: Fields) {
    let mut before = None;
    after(move || {
        let form = fields.form();
        let old = before.replace(form.clone());
        if old.is_some_and(|old| old != form) {
            Draft::Connector.save(&form.to_json());
        }
    });
}

fn submit(
    sitting: Sitting,
    t: &'static Text,
    fields: Fields,
    platform: &Platform,
    existing: &[SendConnector],
    complaints: Complaints,
) {
    let mut form = untrack(|| fields.form());
    if sitting.is_by_hand() {
        // It is typed where it is sent from, and nowhere here.
        PLACEHOLDER.clone_into(&mut form.password);
    }
    if form.mechanism == Mechanism::None {
        // They are not on the screen, and come back with another choice.
        form.user = String::new();
        form.password = String::new();
    }
    match form.validate(platform, existing) {
        Ok(valid) => {
            complaints.set(Vec::new());
            sitting.on(Event::ProviderChosen(form.provider()));
            sitting.on(Event::FormSubmitted(valid));
        }
        Err(problems) => {
            complaints.set(complain(t, problems));
        }
    }
}

/// What is wrong, in words and by field.
pub fn complain(t: &Text, problems: Vec<Problem>) -> Vec<Complaint> {
    let complaint = |problem: Problem| {
        let (id, label) = place(t, problem.field);
        let words = wording::form_problem(t, problem).to_owned();
        Complaint { id, label, words }
    };
    problems.into_iter().map(complaint).collect()
}

/// The mechanisms to choose from.
pub fn mechanisms(t: &Text) -> Vec<Choice> {
    let all = [Mechanism::BasicOverTls, Mechanism::Basic, Mechanism::None];
    let choice = |mechanism: Mechanism| {
        let (label, about) = wording::mechanism(t, mechanism);
        Choice {
            value: mechanism.as_str().to_owned(),
            label: label.to_owned(),
            about: about.to_owned(),
        }
    };
    all.map(choice).into()
}

/// What is said of a password, or why it is to be typed again where the rest of a form comes back
/// without it.
pub fn password_hint(t: &Text, is_back: bool, user: &str, password: &str) -> &'static str {
    if is_back && !user.is_empty() && password.is_empty() {
        t.password_again()
    } else {
        t.password_hint()
    }
}

/// User and password; or, where there are none, what the provider has to know instead.
fn credentials(
    sitting: Sitting,
    t: &'static Text,
    fields: Fields,
    password_hint: &'static str,
    platform: Platform,
    complaints: Complaints,
) -> El {
    let signs_in = Memo::new(move |_| fields.mechanism() != Mechanism::None);
    el("div").live(move || {
        if !signs_in.get() {
            return vec![server::addresses(sitting, t, platform.clone())];
        }
        let line = |kind, field, hint, value| {
            let (id, label) = place(t, field);
            text_field(kind, id, label, hint, value, complaints)
        };
        let user = line("text", Field::User, t.user_hint(), fields.user);
        if sitting.is_by_hand() {
            return vec![user, hint(t.by_hand_password())];
        }
        vec![
            user,
            line("password", Field::Password, password_hint, fields.password),
        ]
    })
}
