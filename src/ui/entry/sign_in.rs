//! Signing in: the keys, pasted all at once or one by one, or asked for at OVHcloud.

use leptos::prelude::*;

use super::Entry;
use super::picture::picture;
use crate::browser::{handover, page};
use crate::ovh::auth::RIGHTS;
use crate::ovh::keys::Kind;
use crate::ovh::{Endpoint, Error};
use crate::text::{Text, fill};
use crate::ui::dom::{El, after, el, flag, spawn, text_signal, words};
use crate::ui::kit::{
    Choice, Complaint, Complaints, Tone, about, actions, button, choices, described, failure, form,
    heading, lead, link, main_button, more, no_complaints, notice, submit_button, summary,
    text_field,
};
use crate::ui::wording;
use crate::wizard::key_form::{KeyForm, Signer};
use crate::wizard::notice::Notice;

pub fn sign_in(entry: Entry, t: &'static Text) -> Vec<El> {
    after(move || {
        // Bad news is an alert.
        let said = entry.notice.with(|notice| why(t, notice));
        if let Some((_, title, advice)) = said.filter(|(tone, ..)| *tone != Tone::Bad) {
            page::announce(&[title, ". ", advice].concat());
        }
    });
    vec![
        heading(t.sign_in_title()),
        el("div").live(move || welcome(entry, t)),
        el("div").maybe(in_clear(t)),
        keys_form(entry, t),
        el("section")
            .class("about")
            .child(words("h2", t.what_is_title()))
            .child(words("p", t.what_is_text()))
            .child(picture(t)),
    ]
}

/// What whoever runs the page has to mend before anybody enters keys.
fn in_clear(t: &Text) -> Option<El> {
    let advice = || vec![words("p", t.in_clear_text())];
    (!page::is_secure()).then(|| notice(Tone::Warning, t.in_clear(), advice()))
}

/// Why somebody is here who was further on before.
fn why(t: &Text, notice: &Notice) -> Option<(Tone, &'static str, &'static str)> {
    Some(match notice {
        Notice::Nothing => return None,
        Notice::NotConfirmed => (Tone::Warning, t.not_confirmed(), t.not_confirmed_advice()),
        Notice::KeysLost => (Tone::Warning, t.keys_lost(), t.keys_lost_advice()),
        Notice::OtherAccount => (Tone::Warning, t.other_account(), t.other_account_text()),
        Notice::Locked => (Tone::Warning, t.locked(), t.locked_text()),
        Notice::SignedOut => (Tone::Good, t.signed_out(), t.signed_out_text()),
        Notice::SignedOutHere => (Tone::Warning, t.signed_out_here(), t.signed_out_here_text()),
        Notice::KeysFailed(error) => {
            let explained = wording::error(t, error);
            (Tone::Bad, explained.title, explained.advice)
        }
    })
}

/// What is needed; or why somebody is here.
fn welcome(entry: Entry, t: &'static Text) -> Vec<El> {
    let current = entry.notice.get();
    let Some((tone, title, advice)) = why(t, &current) else {
        let needs = [t.need_letter(), t.need_account(), t.need_time()];
        let needs = needs.map(|need| words("li", need)).into();
        return vec![
            lead(t.sign_in_lead()),
            el("ul").class("needs").children(needs),
        ];
    };
    let mut content = vec![words("p", advice)];
    let may_pass = matches!(&current, Notice::KeysFailed(error) if error.may_pass());
    if may_pass || matches!(current, Notice::NotConfirmed) {
        let busy = flag(false);
        content.push(main_button(t.check_again(), move || {
            if !busy.get_untracked() {
                busy.set(true);
                spawn(async move {
                    entry.resume().await;
                    busy.try_set(false);
                });
            }
        }));
    }
    vec![notice(tone, title, content)]
}

const FAILED: &str = "failed";
const APPLICATION: &str = "application-key";
const SECRET: &str = "application-secret";
const CONSUMER: &str = "consumer-key";

fn place(t: &Text, kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Application => (APPLICATION, t.application_key()),
        Kind::Secret => (SECRET, t.application_secret()),
        Kind::Consumer => (CONSUMER, t.consumer_key()),
    }
}

/// The three keys as they are typed.
#[derive(Clone, Copy)]
struct Fields {
    application: RwSignal<String>,
    secret: RwSignal<String>,
    consumer: RwSignal<String>,
}

impl Fields {
    fn form(self) -> KeyForm {
        KeyForm {
            application: self.application.get_untracked(),
            secret: self.secret.get_untracked(),
            consumer: self.consumer.get_untracked(),
        }
    }

    fn fill(self, form: KeyForm) {
        self.application.set(form.application);
        self.secret.set(form.secret);
        self.consumer.set(form.consumer);
    }
}

/// The form, and what became of sending it. A copy is another handle to the same.
#[derive(Clone, Copy)]
struct KeysForm {
    entry: Entry,
    t: &'static Text,
    /// Which of the APIs, by its place in the settings.
    chosen: RwSignal<String>,
    fields: Fields,
    complaints: Complaints,
    failed: RwSignal<Option<Failed>>,
    busy: RwSignal<bool>,
}

fn keys_form(entry: Entry, t: &'static Text) -> El {
    let config = entry.frame.config();
    let keys = KeysForm {
        entry,
        t,
        chosen: text_signal(config.default_endpoint.to_string()),
        fields: Fields {
            application: text_signal(String::new()),
            secret: text_signal(String::new()),
            consumer: text_signal(String::new()),
        },
        complaints: no_complaints(),
        failed: RwSignal::new(None),
        busy: flag(false),
    };
    let send = submit_button(t.sign_in(), t.signing_in(), keys.busy);
    form(move || keys.submit())
        .class("card")
        .child(words("h2", t.keys_title()))
        .child(summary(t, keys.complaints))
        .child(
            el("div")
                .id(FAILED)
                .attr("tabindex", "-1")
                .live(move || keys.failure()),
        )
        .child(words("p", t.keys_why()))
        .maybe(api_choice(
            t,
            &config.endpoints,
            keys.chosen,
            keys.complaints,
        ))
        .child(el("div").live(move || keys_pages(t, keys.endpoint())))
        .child(paste_box(t, keys.fields, keys.complaints))
        .children(keys.three())
        .child(actions(vec![send]))
        .child(more(t.by_hand_question(), keys.by_hand()))
}

impl KeysForm {
    /// The API that is chosen; followed by whatever reads it.
    fn endpoint(self) -> Option<Endpoint> {
        let place = self.chosen.with(|place| place.parse().unwrap_or(0));
        let config = self.entry.frame.config();
        let endpoints = &config.endpoints;
        endpoints.get::<usize>(place).or(endpoints.first()).cloned()
    }

    fn three(self) -> Vec<El> {
        let Self { t, fields, .. } = self;
        let key = |kind: Kind, hint, value| {
            let (id, label) = place(t, kind);
            let shown = if kind == Kind::Application {
                "text"
            } else {
                "password"
            };
            text_field(shown, id, label, hint, value, self.complaints)
        };
        vec![
            key(
                Kind::Application,
                t.application_key_hint(),
                fields.application,
            ),
            key(Kind::Secret, t.application_secret_hint(), fields.secret),
            key(Kind::Consumer, t.consumer_key_hint(), fields.consumer),
        ]
    }

    fn submit(self) {
        let t = self.t;
        self.failed.set(None);
        self.complaints.set(Vec::new());
        let notice = self.entry.notice;
        if notice.with_untracked(|notice| *notice == Notice::SignedOut) {
            // That is over.
            notice.set(Notice::Nothing);
        }
        let endpoint = untrack(|| self.endpoint());
        let (Some(endpoint), false) = (endpoint, self.busy.get_untracked()) else {
            return;
        };
        match self.fields.form().validate() {
            Err(problems) => {
                let complaint = |(kind, problem)| {
                    let (id, label) = place(t, kind);
                    let words = wording::key_problem(t, kind, problem);
                    Complaint { id, label, words }
                };
                let complaints = problems.into_iter().map(complaint);
                self.complaints.set(complaints.collect());
            }
            Ok(signer) => {
                self.busy.set(true);
                page::announce(t.signing_in());
                spawn(async move {
                    let why = enter(self.entry, endpoint, signer).await;
                    // After signing in, this form is gone.
                    let has_failed = why.is_some();
                    self.failed.try_set(why);
                    // It stands above the fields, which a small screen has scrolled past.
                    if has_failed {
                        leptos::task::tick().await;
                        page::focus(FAILED);
                    }
                    self.busy.try_set(false);
                });
            }
        }
    }

    /// Why nobody is signed in, with the other way where this one is barred.
    fn failure(self) -> Vec<El> {
        let t = self.t;
        let failed = self.failed.get();
        let is_blocked = matches!(&failed, Some(Failed::Call(error)) if error.bars_the_way());
        let shown = failed.map(|failed| failed.show(t, move || self.submit()));
        let other_way = || notice(Tone::Hint, t.by_hand_title(), self.by_hand());
        let other_way = is_blocked.then(other_way);
        shown.into_iter().chain(other_way).collect()
    }

    /// The way for a browser that may not call OVHcloud.
    fn by_hand(self) -> Vec<El> {
        let t = self.t;
        let go = button(t.by_hand_begin(), move || {
            if let Some(endpoint) = untrack(|| self.endpoint()) {
                handover::give_by_hand(&endpoint.address);
            }
        });
        vec![words("p", t.by_hand_offer()), go]
    }
}

fn api_choice(
    t: &Text,
    endpoints: &[Endpoint],
    chosen: RwSignal<String>,
    complaints: Complaints,
) -> Option<El> {
    let list = endpoints
        .iter()
        .enumerate()
        .map(|(index, endpoint)| Choice {
            value: index.to_string(),
            label: endpoint.name.clone(),
            about: endpoint.address.clone(),
        });
    let group = choices("api", t.api_label(), list.collect(), chosen, complaints);
    (endpoints.len() > 1).then(|| more(t.api_choice(), vec![group]))
}

/// The links to the pages that create keys.
fn keys_pages(t: &'static Text, endpoint: Option<Endpoint>) -> Vec<El> {
    let keys_page = endpoint
        .as_ref()
        .and_then(|endpoint| endpoint.keys_page_for(RIGHTS));
    let Some(keys_page) = keys_page else {
        return vec![words("p", t.no_keys_page())];
    };
    let open = el("li")
        .child(link(&keys_page, t.keys_page_link()))
        .text(" ")
        .text(t.keys_page_text());
    let mut content = vec![
        el("ol")
            .class("steps")
            .child(open)
            .child(words("li", t.keys_paste_text())),
    ];
    if let Some(app_page) = endpoint.and_then(|endpoint| endpoint.app_page) {
        let how = words("p", t.two_keys_text())
            .text(" ")
            .child(link(&app_page, t.app_page_link()));
        content.push(more(t.two_keys_title(), vec![how]));
    }
    content
}

/// A box that takes the whole page of keys and sorts it into the fields.
fn paste_box(t: &'static Text, fields: Fields, complaints: Complaints) -> El {
    const ID: &str = "paste";
    let typed = text_signal(String::new());
    let found = RwSignal::new(None::<usize>);
    after(move || {
        let pasted = typed.get();
        if pasted.trim().is_empty() {
            return;
        }
        let mut form = fields.form();
        let count = form.take_from(&pasted);
        if count > 0 {
            fields.fill(form);
            complaints.set(Vec::new());
            // What is in the fields now need not stay readable here.
            typed.set(String::new());
        }
        found.set(Some(count));
    });
    let result = move || match found.get() {
        None => String::new(),
        Some(0) => t.paste_found_none().to_owned(),
        Some(count) => fill(t.paste_found(), &[("count", &count.to_string())]),
    };
    let none = no_complaints();
    let field = el("textarea")
        .class("masked")
        .attr("rows", "3")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .bind(typed);
    el("div")
        .class("field")
        .child(words("label", t.paste_label()).attr("for", ID))
        .children(about(ID, t.paste_hint(), none))
        .child(described(field, ID, none))
        .child(
            el("p")
                .class("hint")
                .attr("role", "status")
                .live_text(result),
        )
}

/// Why signing in went no further.
#[derive(Clone)]
enum Failed {
    Call(Error),
    /// The way to OVHcloud's page and back needs a browser that can encrypt.
    CannotKeep,
}

async fn enter(entry: Entry, endpoint: Endpoint, signer: Signer) -> Option<Failed> {
    let result = match signer {
        Signer::Complete(keys) => entry.sign_in(endpoint, keys).await.map(|()| true),
        Signer::WithoutConsumer(keys) => entry.ask_for_consumer(endpoint, keys).await,
    };
    match result {
        Ok(true) => None,
        Ok(false) => Some(Failed::CannotKeep),
        Err(error) => Some(Failed::Call(error)),
    }
}

impl Failed {
    fn show(self, t: &'static Text, retry: impl Fn() + 'static) -> El {
        let (title, advice) = match self {
            // Wrong keys are mended in the fields below, anything else by trying again.
            Self::Call(error) if error.concerns_all_calls() => {
                let explained = wording::error(t, &error);
                (explained.title, explained.advice)
            }
            Self::Call(error) => return failure(t, &error, button(t.try_again(), retry)),
            Self::CannotKeep => (t.cannot_keep(), t.cannot_keep_advice()),
        };
        notice(Tone::Bad, title, vec![words("p", advice)])
    }
}
