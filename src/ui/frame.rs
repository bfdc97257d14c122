//! What stands around every screen: the name, the way, the language, signing out, help.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::adding::AddingScreen;
use super::addresses::Addresses;
use super::attaching::AttachingScreen;
use super::connector::Connector;
use super::details::Ready;
use super::done::Done;
use super::kit::{HEADING, Notice, Tone};
use super::platform::PlatformScreen;
use super::review::Review;
use super::sign_in::SignIn;
use super::sitting::{Sitting, sitting};
use super::start::switch_language;
use super::verify::Verify;
use super::wording;
use crate::browser::page;
use crate::text::{LANGUAGES, Text, fill};
use crate::wizard::{Event, Screen, Wizard};

/// The whole page. Another language draws it anew.
#[component]
pub fn Frame() -> impl IntoView {
    let sitting = sitting();
    let screen = Memo::new(move |_| sitting.wizard().with(Wizard::screen));
    // The first screen leaves the focus where a fresh page has it; every later one takes it.
    Effect::new(move |before: Option<Screen>| {
        let now = screen.get();
        let t = sitting.text.get();
        let title = wording::screen(t, now);
        page::set_title(&[title, " – ", t.app_name].concat());
        if before.is_some_and(|before| before != now) {
            sitting.announced.set(title.to_owned());
            page::scroll_to_top();
            page::focus(HEADING);
        }
        now
    });
    move || {
        let t = sitting.text.get();
        view! {
            <Header t/>
            <main id="main">
                <ConfigComplaints t/>
                {move || show(screen.get())}
            </main>
            <Footer t/>
            <p class="visually-hidden" role="status">
                {sitting.announced}
            </p>
        }
        .into_any()
    }
}

fn show(screen: Screen) -> AnyView {
    match screen {
        Screen::SignIn => view! { <SignIn/> }.into_any(),
        Screen::Platform => view! { <PlatformScreen/> }.into_any(),
        Screen::Connector => view! { <Connector/> }.into_any(),
        Screen::Review => view! { <Review/> }.into_any(),
        Screen::Adding => view! { <AddingScreen/> }.into_any(),
        Screen::Ready => view! { <Ready/> }.into_any(),
        Screen::Addresses => view! { <Addresses/> }.into_any(),
        Screen::Attaching => view! { <AttachingScreen/> }.into_any(),
        Screen::Verify => view! { <Verify/> }.into_any(),
        Screen::Done => view! { <Done/> }.into_any(),
    }
}

#[component]
fn Header(t: &'static Text) -> impl IntoView {
    let sitting = sitting();
    let languages: Vec<_> = LANGUAGES
        .iter()
        .map(|&(code, name)| {
            view! {
                <option value=code lang=code selected=code == t.language>
                    {name}
                </option>
            }
        })
        .collect();
    let switch =
        move |code: String| spawn_local(async move { switch_language(sitting, &code).await });
    let signed_in = Memo::new(move |_| sitting.wizard().with(Wizard::is_signed_in));
    let leave = move |_| spawn_local(sitting.sign_out());
    view! {
        <header>
            <p class="name">{t.app_name}</p>
            <div class="tools">
                <label class="visually-hidden" for="language">
                    {t.language_label}
                </label>
                <select id="language" on:change:target=move |event| switch(event.target().value())>
                    {languages}
                </select>
                {move || {
                    signed_in
                        .get()
                        .then(|| {
                            view! {
                                <button type="button" class="quiet" on:click=leave>
                                    {t.sign_out}
                                </button>
                            }
                        })
                }}
            </div>
            <Way t/>
        </header>
    }
    .into_any()
}

/// The stations of the way, each with the screen it begins with and the last one that belongs to
/// it.
fn stations(t: &'static Text) -> [(&'static str, Screen, Screen); 5] {
    [
        (t.way_sign_in, Screen::SignIn, Screen::SignIn),
        (t.way_platform, Screen::Platform, Screen::Platform),
        (t.way_add, Screen::Connector, Screen::Ready),
        (t.way_attach, Screen::Addresses, Screen::Attaching),
        (t.way_verify, Screen::Verify, Screen::Done),
    ]
}

#[component]
fn Way(t: &'static Text) -> impl IntoView {
    let sitting = sitting();
    let screen = Memo::new(move |_| sitting.wizard().with(Wizard::screen));
    let items = move || {
        let now = screen.get();
        stations(t)
            .into_iter()
            .map(|(name, first, last)| {
                let is_past = last < now && first != Screen::SignIn;
                let is_now = (first..=last).contains(&now);
                let class = if is_now {
                    "now"
                } else if last < now {
                    "past"
                } else {
                    ""
                };
                let content = if is_past {
                    let go = move |_| sitting.on(Event::WentTo(first));
                    view! {
                        <button type="button" on:click=go>
                            {name}
                        </button>
                    }
                    .into_any()
                } else {
                    view! { <span>{name}</span> }.into_any()
                };
                view! {
                    <li class=class aria-current=is_now.then_some("step")>
                        {content}
                    </li>
                }
            })
            .collect::<Vec<_>>()
    };
    view! {
        <nav aria-label=t.way_label>
            <ol>{items}</ol>
        </nav>
    }
    .into_any()
}

/// What the administrator has to mend in `config.json`.
#[component]
fn ConfigComplaints(t: &'static Text) -> impl IntoView {
    let complaints = sitting().complaints.get_value();
    (!complaints.is_empty()).then(|| {
        let items: Vec<_> = complaints
            .iter()
            .map(|complaint| view! { <li>{wording::config(t, complaint)}</li> })
            .collect();
        view! {
            <Notice tone=Tone::Warning title=t.config_problems>
                <ul>{items}</ul>
            </Notice>
        }
        .into_any()
    })
}

#[component]
fn Footer(t: &'static Text) -> impl IntoView {
    let sitting: Sitting = sitting();
    let help = sitting.config().help.clone().map(|help| {
        let text = help.text;
        match help.url {
            Some(url) => view! {
                <p>
                    <a href=url target="_blank" rel="noopener">
                        {text}
                    </a>
                </p>
            }
            .into_any(),
            None => view! { <p>{text}</p> }.into_any(),
        }
    });
    let endpoint = move || {
        sitting.wizard().track();
        sitting
            .endpoint()
            .map(|endpoint| fill(t.connected_to, &[("api", &endpoint.address)]))
    };
    view! {
        <footer>
            {help} <p>{t.about_keys}</p> <p>{endpoint}</p>
        </footer>
    }
    .into_any()
}
