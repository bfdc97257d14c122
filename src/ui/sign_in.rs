//! Signing in: the keys, pasted all at once or one by one, or asked for at OVHcloud.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::kit::{
    Action, Choice, Choices, Complaint, Failure, Heading, Notice, Summary, TextField, Tone,
    words_for,
};
use super::picture::Picture;
use super::sitting::{SignInNotice, Sitting, sitting};
use super::wording;
use crate::ovh::auth::RIGHTS;
use crate::ovh::keys::{Keys, Kind};
use crate::ovh::{Endpoint, Error};
use crate::text::{Text, fill};
use crate::wizard::key_form::{KeyForm, Signer};

#[component]
pub fn SignIn() -> impl IntoView {
    let sitting = sitting();
    let t = sitting.words();
    view! {
        <Heading words=t.sign_in_title/>
        <Welcome sitting t/>
        <KeysForm sitting t/>
        <section class="about">
            <h2>{t.what_is_title}</h2>
            <p>{t.what_is_text}</p>
            <Picture/>
        </section>
    }
    .into_any()
}

/// Why somebody is here who was further on before.
#[component]
fn Welcome(sitting: Sitting, t: &'static Text) -> impl IntoView {
    move || {
        let notice = match sitting.notice.get() {
            SignInNotice::Nothing => {
                return view! {
                    <p class="lead">{t.sign_in_lead}</p>
                    <ul class="needs">
                        <li>{t.need_letter}</li>
                        <li>{t.need_account}</li>
                        <li>{t.need_time}</li>
                    </ul>
                }
                .into_any();
            }
            SignInNotice::NotConfirmed => (Tone::Warning, t.not_confirmed, t.not_confirmed_advice),
            SignInNotice::KeysLost => (Tone::Warning, t.keys_lost, t.keys_lost_advice),
            SignInNotice::SignedOut => (Tone::Good, t.signed_out, t.signed_out_text),
            SignInNotice::SignedOutHere => {
                (Tone::Warning, t.signed_out_here, t.signed_out_here_text)
            }
            SignInNotice::KeysFailed(error) => {
                let words = wording::error(t, &error);
                (Tone::Bad, words.title, words.advice)
            }
        };
        let confirm_again =
            (sitting.notice.get_untracked() == SignInNotice::NotConfirmed).then(|| {
                let again = move || spawn_local(sitting.resume());
                view! { <Action words=t.check_again run=again/> }
            });
        view! {
            <Notice tone=notice.0 title=notice.1>
                <p>{notice.2}</p>
                {confirm_again}
            </Notice>
        }
        .into_any()
    }
}

const APPLICATION: &str = "application-key";
const SECRET: &str = "application-secret";
const CONSUMER: &str = "consumer-key";

fn place(t: &'static Text, kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Application => (APPLICATION, t.application_key),
        Kind::Secret => (SECRET, t.application_secret),
        Kind::Consumer => (CONSUMER, t.consumer_key),
    }
}

#[component]
fn KeysForm(sitting: Sitting, t: &'static Text) -> impl IntoView {
    let config = sitting.config();
    let endpoints = StoredValue::new(config.endpoints.clone());
    let chosen = RwSignal::new(config.default_endpoint.to_string());
    let endpoint = Signal::derive(move || {
        let index = chosen.with(|index| index.parse().unwrap_or(0));
        endpoints.with_value(|all: &Vec<Endpoint>| all.get(index).or(all.first()).cloned())
    });
    let application = RwSignal::new(String::new());
    let secret = RwSignal::new(String::new());
    let consumer = RwSignal::new(String::new());
    let complaints = RwSignal::new(Vec::new());
    let failed = RwSignal::new(None::<Failed>);
    let busy = RwSignal::new(false);

    let submit = move || {
        let form = KeyForm {
            application: application.get_untracked(),
            secret: secret.get_untracked(),
            consumer: consumer.get_untracked(),
        };
        failed.set(None);
        let (Some(endpoint), false) = (endpoint.get_untracked(), busy.get_untracked()) else {
            return;
        };
        match form.validate() {
            Err(problems) => complaints.set(
                problems
                    .into_iter()
                    .map(|(kind, problem)| {
                        let (id, label) = place(t, kind);
                        let words = wording::key_problem(t, kind, problem);
                        Complaint { id, label, words }
                    })
                    .collect(),
            ),
            Ok(signer) => {
                complaints.set(Vec::new());
                busy.set(true);
                spawn_local(async move {
                    failed.set(enter(sitting, endpoint, signer).await);
                    busy.set(false);
                });
            }
        }
    };
    let apis = endpoints.with_value(|all| {
        (all.len() > 1).then(|| {
            let choices = all.iter().enumerate().map(|(index, endpoint)| Choice {
                value: index.to_string(),
                label: endpoint.name.clone(),
                about: endpoint.address.clone(),
            });
            view! {
                <details class="more">
                    <summary>{t.api_choice}</summary>
                    <Choices id="api" label=t.api_label choices=choices.collect() chosen/>
                </details>
            }
        })
    });
    view! {
        <form
            class="card"
            on:submit=move |event| {
                event.prevent_default();
                submit();
            }
        >
            <h2>{t.keys_title}</h2>
            <Summary complaints/>
            {move || failed.get().map(|failed| failed.view(t, submit))}
            <p>{t.keys_why}</p>
            {apis}
            <KeysPages t endpoint/>
            <PasteBox t application secret consumer/>
            <TextField id=APPLICATION label=t.application_key hint=t.application_key_hint
                value=application problem=words_for(complaints, APPLICATION)/>
            <TextField id=SECRET label=t.application_secret hint=t.application_secret_hint kind="password"
                value=secret problem=words_for(complaints, SECRET)/>
            <TextField id=CONSUMER label=t.consumer_key hint=t.consumer_key_hint kind="password"
                value=consumer problem=words_for(complaints, CONSUMER)/>
            <p class="actions">
                <button type="submit" class="main" aria-busy=move || busy.get().to_string()>
                    {move || if busy.get() { t.signing_in } else { t.sign_in }}
                </button>
            </p>
        </form>
    }
    .into_any()
}

/// The links to the pages that create keys.
#[component]
fn KeysPages(t: &'static Text, endpoint: Signal<Option<Endpoint>>) -> impl IntoView {
    let link = |url: String, words: &'static str| {
        view! {
            <a href=url target="_blank" rel="noopener">
                {words}
            </a>
        }
    };
    move || {
        let endpoint = endpoint.get()?;
        let Some(keys_page) = endpoint.keys_page_for(RIGHTS) else {
            return Some(view! { <p>{t.no_keys_page}</p> }.into_any());
        };
        let app_page = endpoint.app_page;
        Some(
            view! {
                <ol class="steps">
                    <li>{link(keys_page, t.keys_page_link)} " " {t.keys_page_text}</li>
                    <li>{t.keys_paste_text}</li>
                </ol>
                {app_page
                    .map(|page| {
                        view! {
                            <details class="more">
                                <summary>{t.two_keys_title}</summary>
                                <p>{t.two_keys_text} " " {link(page, t.app_page_link)}</p>
                            </details>
                        }
                    })}
            }
            .into_any(),
        )
    }
}

/// A box that takes the whole page of keys and sorts it into the fields.
#[component]
fn PasteBox(
    t: &'static Text,
    application: RwSignal<String>,
    secret: RwSignal<String>,
    consumer: RwSignal<String>,
) -> impl IntoView {
    let found = RwSignal::new(None::<usize>);
    let typed = RwSignal::new(String::new());
    let take = move |pasted: String| {
        let mut form = KeyForm::default();
        let count = form.take_from(&pasted);
        for (field, key) in [
            (application, form.application),
            (secret, form.secret),
            (consumer, form.consumer),
        ] {
            if !key.is_empty() {
                field.set(key);
            }
        }
        found.set((!pasted.trim().is_empty()).then_some(count));
        // What is in the fields below need not stay readable here.
        typed.set(if count > 0 { String::new() } else { pasted });
    };
    let result = move || match found.get() {
        None => String::new(),
        Some(0) => t.paste_found_none.to_owned(),
        Some(count) => fill(t.paste_found, &[("count", &count.to_string())]),
    };
    view! {
        <div class="field">
            <label for="paste">{t.paste_label}</label>
            <p class="hint" id="paste-hint">
                {t.paste_hint}
            </p>
            <textarea
                id="paste"
                rows="3"
                class="masked"
                autocomplete="off"
                spellcheck="false"
                aria-describedby="paste-hint paste-result"
                prop:value=typed
                on:input:target=move |event| take(event.target().value())
            ></textarea>
            <p class="hint" id="paste-result" role="status">
                {result}
            </p>
        </div>
    }
    .into_any()
}

/// Why signing in went no further.
#[derive(Clone)]
enum Failed {
    Call(Error),
    /// The way to OVHcloud's page and back needs a browser that can encrypt.
    CannotKeep,
}

async fn enter(sitting: Sitting, endpoint: Endpoint, signer: Signer) -> Option<Failed> {
    match signer {
        Signer::Complete(keys) => complete(sitting, endpoint, keys).await,
        Signer::WithoutConsumer(keys) => match sitting.ask_for_consumer(endpoint, keys).await {
            Ok(true) => None,
            Ok(false) => Some(Failed::CannotKeep),
            Err(error) => Some(Failed::Call(error)),
        },
    }
}

async fn complete(sitting: Sitting, endpoint: Endpoint, keys: Keys) -> Option<Failed> {
    match sitting.sign_in(endpoint, keys).await {
        Ok(()) => {
            super::drive::carry_on(sitting);
            None
        }
        Err(error) => Some(Failed::Call(error)),
    }
}

impl Failed {
    fn view(self, t: &'static Text, retry: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
        match self {
            // Wrong keys are mended in the fields below, anything else by trying again.
            Self::Call(error) if error.concerns_all_calls() => {
                let words = wording::error(t, &error);
                view! {
                    <Notice tone=Tone::Bad title=words.title>
                        <p>{words.advice}</p>
                    </Notice>
                }
                .into_any()
            }
            Self::Call(error) => view! { <Failure error retry/> }.into_any(),
            Self::CannotKeep => view! {
                <Notice tone=Tone::Bad title=t.cannot_keep>
                    <p>{t.cannot_keep_advice}</p>
                </Notice>
            }
            .into_any(),
        }
    }
}
