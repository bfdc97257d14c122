//! Choosing the platform, with its offer and what OVHcloud warns of.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::kit::{
    Action, Busy, Choice, Choices, Complaint, Failure, Heading, Notice, Summary, Tone, words_for,
};
use super::sitting::{Sitting, sitting};
use super::wording;
use crate::browser::intl;
use crate::ovh::Error;
use crate::ovh::exchange::{ListOrganizations, ListServices, Platform, ReadService, Service};
use crate::text::{Text, fill};
use crate::wizard::{Chosen, Event};

const ID: &str = "platform";

#[component]
pub fn PlatformScreen() -> impl IntoView {
    let sitting = sitting();
    let t = sitting.words();
    let loaded = RwSignal::new(None::<Result<Vec<Chosen>, Error>>);
    let load = move || {
        loaded.set(None);
        spawn_local(async move { loaded.set(Some(load_platforms(sitting).await)) });
    };
    load();
    view! {
        <Heading words=t.platform_title/>
        <Rights sitting t/>
        {move || match loaded.get() {
            None => view! { <Busy words=t.platform_loading/> }.into_any(),
            Some(Err(error)) => view! { <Failure error retry=load/> }.into_any(),
            Some(Ok(platforms)) if platforms.is_empty() => {
                view! {
                    <Notice tone=Tone::Warning title=t.platform_none>
                        <p>{t.platform_none_advice}</p>
                        <Action words=t.try_again run=load/>
                    </Notice>
                }
                    .into_any()
            }
            Some(Ok(platforms)) => view! { <Choose sitting t platforms/> }.into_any(),
        }}
    }
    .into_any()
}

async fn load_platforms(sitting: Sitting) -> Result<Vec<Chosen>, Error> {
    let mut platforms = Vec::new();
    for organization in sitting.ask(&ListOrganizations).await? {
        let call = ListServices {
            organization: &organization,
        };
        for service in sitting.ask(&call).await? {
            let platform = Platform {
                organization: organization.clone(),
                service,
            };
            // A platform that cannot be read is still one to choose; its offer is unknown then.
            let service = match sitting.ask(&ReadService(&platform)).await {
                Ok(service) => service,
                Err(error) if error.concerns_all_calls() => return Err(error),
                Err(_) => Service::default(),
            };
            platforms.push(Chosen { platform, service });
        }
    }
    Ok(platforms)
}

#[component]
fn Choose(sitting: Sitting, t: &'static Text, platforms: Vec<Chosen>) -> impl IntoView {
    let before = sitting
        .wizard()
        .with_untracked(|wizard| wizard.platform().cloned());
    let position = platforms
        .iter()
        .position(|known| Some(&known.platform) == before.as_ref().map(|before| &before.platform))
        .or((platforms.len() == 1).then_some(0));
    let chosen = RwSignal::new(position.map(|index| index.to_string()).unwrap_or_default());
    let choices = platforms.iter().enumerate().map(|(index, known)| Choice {
        value: index.to_string(),
        label: known.platform.service.clone(),
        about: about(t, &known.service),
    });
    let choices: Vec<_> = choices.collect();
    let complaints = RwSignal::new(Vec::new());
    let platforms = StoredValue::new(platforms);
    let current = Signal::derive(move || {
        let index: usize = chosen.with(|index| index.parse().ok())?;
        platforms.with_value(|all| all.get(index).cloned())
    });
    let warning = move || {
        let offer = current.get()?.service.offer();
        (!offer.has_connectors()).then(|| {
            view! {
                <Notice tone=Tone::Warning title=t.offer_warning>
                    <p>{t.offer_warning_text}</p>
                </Notice>
            }
        })
    };
    let state = move || {
        let state = current.get()?.service.state?;
        (state != "ok").then(|| {
            view! {
                <Notice tone=Tone::Warning title=fill(t.platform_state, &[("state", &state)])>
                    <p>{t.platform_state_text}</p>
                </Notice>
            }
        })
    };
    let go_on = move || match current.get_untracked() {
        Some(platform) => sitting.on(Event::PlatformChosen(platform)),
        None => complaints.set(vec![Complaint {
            id: ID,
            label: t.platform_label,
            words: t.choose_one.to_owned(),
        }]),
    };
    view! {
        <Summary complaints/>
        <Choices id=ID label=t.platform_label choices chosen problem=words_for(complaints, ID)/>
        <div class="reserved">{warning} {state}</div>
        <p class="actions">
            <Action words=t.go_on run=go_on/>
        </p>
    }
    .into_any()
}

fn about(t: &'static Text, service: &Service) -> String {
    let parts = [
        Some(wording::offer(t, service.offer())),
        service.display_name.as_deref(),
        service.domain.as_deref(),
    ];
    let parts: Vec<&str> = parts
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(" · ")
}

/// What the keys may not do, or may do beyond what is needed, and until when they work.
#[component]
fn Rights(sitting: Sitting, t: &'static Text) -> impl IntoView {
    move || {
        let credential = sitting.credential.get()?;
        let missing = credential.missing();
        let missing = (!missing.is_empty()).then(|| {
            let items: Vec<_> = missing
                .into_iter()
                .map(|(method, path)| {
                    view! {
                        <li>
                            {wording::right(t, method, path)} " " <code>{method} " " {path}</code>
                        </li>
                    }
                })
                .collect();
            view! {
                <Notice tone=Tone::Warning title=t.rights_missing>
                    <ul>{items}</ul>
                    <p>{t.rights_missing_advice}</p>
                </Notice>
            }
        });
        let wide = credential
            .is_too_wide()
            .then(|| view! { <p class="hint">{t.rights_wide}</p> });
        let until = credential.expiration.map(|end| {
            let date = intl::date(t.language, &end);
            view! { <p class="hint">{fill(t.key_until, &[("date", &date)])}</p> }
        });
        let memory =
            (!sitting.are_keys_sealed()).then(|| view! { <p class="hint">{t.keys_in_memory}</p> });
        Some(view! { {missing} {until} {wide} {memory} }.into_any())
    }
}
