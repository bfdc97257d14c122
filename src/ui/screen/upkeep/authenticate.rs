//! How the platform shows the relay who it is: a form of its own, since OVHcloud takes mechanism,
//! user and password together and shows neither of the last two.

use leptos::prelude::*;

use super::{not_allowed, on_its_way, one, subject};
use crate::ovh::Call as _;
use crate::ovh::exchange::{ChangeAuthentication, Mechanism, Platform, SendConnector};
use crate::run::changing::{Changing, Wish};
use crate::text::Text;
use crate::ui::dom::{El, after, el, flag, text_signal, words};
use crate::ui::draft::Draft;
use crate::ui::kit::{
    Complaints, actions, button, choices, details, form, heading, hint, lead, main_button,
    no_complaints, submit_button, summary, text_field,
};
use crate::ui::part::asking::loading;
use crate::ui::part::connector_form::{complain, mechanisms, password_hint};
use crate::ui::part::connectors::gone;
use crate::ui::part::{server, shown};
use crate::ui::sitting::{Sitting, drive, layer};
use crate::ui::wording::{self, place};
use crate::wizard::authentication_form::AuthenticationForm;
use crate::wizard::connector_form::Field;
use crate::wizard::{Event, Screen};

const REVIEW: &str = "review";

pub fn authenticate(sitting: Sitting) -> Vec<El> {
    let t = sitting.words();
    let Some((platform, subject)) = subject(sitting) else {
        return Vec::new();
    };
    let id = subject.id.unwrap_or_default();
    let load = {
        let platform = platform.clone();
        move || one::read(sitting, platform.clone(), id)
    };
    let show = move |found: Option<SendConnector>, _| match found {
        Some(connector) => begin(sitting, t, platform.clone(), connector),
        None => vec![gone(sitting, t)],
    };
    vec![
        heading(t.authenticate_title()),
        lead(&wording::connector_title(t, &subject)),
        el("div").live(move || on_its_way(sitting, t)),
        loading(sitting, t.connector_loading(), load, show),
    ]
}

/// The fields as signals; the password is in none of what is kept.
#[derive(Clone, Copy)]
struct Fields {
    mechanism: RwSignal<String>,
    user: RwSignal<String>,
    password: RwSignal<String>,
}

impl Fields {
    fn mechanism(self) -> Mechanism {
        self.mechanism
            .with(|word| Mechanism::read(word))
            .unwrap_or_default()
    }

    fn form(self) -> AuthenticationForm {
        AuthenticationForm {
            mechanism: self.mechanism(),
            user: self.user.get(),
            password: self.password.get(),
        }
    }
}

#[derive(Clone, Copy)]
struct Authenticating {
    sitting: Sitting,
    t: &'static Text,
    what: StoredValue<(Platform, SendConnector), LocalStorage>,
    fields: Fields,
    complaints: Complaints,
    reviewed: RwSignal<bool>,
    /// What is to be sent, with the password; it goes with the screen.
    request: StoredValue<Option<ChangeAuthentication>, LocalStorage>,
}

fn begin(
    sitting: Sitting,
    t: &'static Text,
    platform: Platform,
    connector: SendConnector,
) -> Vec<El> {
    let id = connector.id.unwrap_or_default().to_string();
    let kept = Draft::Authentication.load();
    let kept = kept.as_deref().and_then(|kept| kept.split_once(' '));
    let kept =
        kept.and_then(|(of, form)| (of == id).then(|| AuthenticationForm::from_json(form))?);
    let form = kept.unwrap_or_else(|| AuthenticationForm::of(&connector));
    let fields = Fields {
        mechanism: text_signal(form.mechanism.as_str().to_owned()),
        user: text_signal(form.user),
        password: text_signal(form.password),
    };
    let state = Authenticating {
        sitting,
        t,
        what: StoredValue::new_local((platform, connector)),
        fields,
        complaints: no_complaints(),
        reviewed: flag(false),
        request: StoredValue::new_local(None),
    };
    let mut before = None;
    after(move || {
        let form = fields.form();
        let old = before.replace(form.clone());
        if old.is_some_and(|old| old != form) {
            Draft::Authentication.save(&[&id, " ", &form.to_json()].concat());
        }
    });
    layer::follow(sitting, state.reviewed, false, [REVIEW, "mechanism"]);
    vec![el("div").live(move || {
        if state.reviewed.get() {
            state.review()
        } else {
            state.form()
        }
    })]
}

impl Authenticating {
    fn form(self) -> Vec<El> {
        let Self {
            sitting,
            t,
            fields,
            complaints,
            ..
        } = self;
        let (mechanism_id, mechanism_label) = place(t, Field::Mechanism);
        let mechanism = choices(
            mechanism_id,
            mechanism_label,
            mechanisms(t),
            fields.mechanism,
            complaints,
        );
        let platform = self.what.with_value(|(platform, _)| platform.clone());
        let signs_in = Memo::new(move |_| fields.mechanism() != Mechanism::None);
        let typed = untrack(|| fields.form());
        let is_back = Draft::Authentication.load().is_some();
        let password_hint = password_hint(t, is_back, &typed.user, &typed.password);
        let credentials = el("div").live(move || {
            if !signs_in.get() {
                return vec![server::addresses(sitting, t, platform.clone())];
            }
            let line = |kind, field, hint, value| {
                let (id, label) = place(t, field);
                text_field(kind, id, label, hint, value, complaints)
            };
            vec![
                line("text", Field::User, t.user_hint(), fields.user),
                line("password", Field::Password, password_hint, fields.password),
            ]
        });
        let right = self.what.with_value(|(platform, connector)| {
            let request = ChangeAuthentication {
                platform: platform.clone(),
                id: connector.id.unwrap_or_default(),
                mechanism: Mechanism::None,
                user: None,
                password: None,
            };
            not_allowed(sitting, t, &request.request())
        });
        let fields = form(move || self.submit())
            .class("card")
            .child(summary(t, complaints))
            .child(hint(t.authenticate_hint()))
            .child(mechanism)
            .child(credentials)
            .child(actions(vec![
                submit_button(t.to_review(), t.to_review(), flag(false)),
                button(t.back(), move || {
                    Draft::Authentication.forget();
                    sitting.go_back(Event::WentTo(Screen::Details));
                }),
            ]));
        right.into_iter().chain([fields]).collect()
    }

    fn submit(self) {
        let mut form = untrack(|| self.fields.form());
        if form.mechanism == Mechanism::None {
            // They are not on the screen, and come back with another choice.
            (form.user, form.password) = (String::new(), String::new());
        }
        let result = self.what.with_value(|(platform, connector)| {
            form.validate(platform, connector.id.unwrap_or_default(), connector)
        });
        match result {
            Ok(request) => {
                self.complaints.set(Vec::new());
                self.request.set_value(Some(request));
                self.reviewed.set(true);
            }
            Err(problems) => self.complaints.set(complain(self.t, problems)),
        }
    }

    fn review(self) -> Vec<El> {
        let Self { sitting, t, .. } = self;
        let Some(request) = self.request.get_value() else {
            return Vec::new();
        };
        let none = || t.none_given().to_owned();
        let password = request
            .password
            .as_ref()
            .map(|_| t.password_given().to_owned());
        let rows = vec![
            (
                t.mechanism(),
                wording::mechanism(t, request.mechanism).0.to_owned(),
            ),
            (t.user(), request.user.clone().unwrap_or_else(none)),
            (t.password(), password.unwrap_or_else(none)),
        ];
        vec![
            words("h2", t.authenticate_review())
                .id(REVIEW)
                .attr("tabindex", "-1"),
            details(rows),
            words("p", t.authenticate_effect()),
            shown::calls(sitting, &[request.request()]),
            actions(vec![
                main_button(t.authenticate_send(), move || self.send()),
                button(t.back_to_form(), move || self.reviewed.set(false)),
            ]),
        ]
    }

    fn send(self) {
        let Some(request) = self.request.try_update_value(Option::take).flatten() else {
            return;
        };
        let first = self.what.with_value(|(_, connector)| connector.clone());
        let wish = Wish::Authenticate {
            id: request.id,
            first,
            mechanism: request.mechanism,
        };
        self.sitting
            .on(Event::ChangeBegan(Changing::new(wish), Some(request)));
        drive::carry_on(self.sitting);
    }
}
