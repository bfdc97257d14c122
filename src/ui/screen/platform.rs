//! Choosing the platform, with its offer and what OVHcloud warns of.

use leptos::prelude::*;

use crate::browser::intl;
use crate::ovh::Error;
use crate::ovh::exchange::{
    Condition, ListOrganizations, ListServices, Platform, ReadService, Service,
};
use crate::text::{Text, fill};
use crate::ui::dom::{El, el, spawn, words};
use crate::ui::kit::{
    Choice, Complaint, Tone, actions, button, choices, heading, hint, lead, main_button,
    no_complaints, notice, summary,
};
use crate::ui::part::asking::{Again, loading};
use crate::ui::sitting::{Sitting, work};
use crate::ui::wording;
use crate::wizard::{Chosen, Event};

const ID: &str = "platform";

pub fn platform(sitting: Sitting) -> Vec<El> {
    let t = sitting.words();
    let load = move || load_platforms(sitting);
    let show = move |platforms, again| choose(sitting, t, platforms, again);
    vec![
        heading(t.platform_title()),
        lead(t.platform_lead()),
        el("div").live(move || rights(sitting, t)),
        loading(sitting, t.platform_loading(), load, show),
    ]
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

fn choose(sitting: Sitting, t: &'static Text, platforms: Vec<Chosen>, again: Again) -> Vec<El> {
    if platforms.is_empty() {
        let retry = button(t.try_again(), move || again.ask());
        let content = vec![words("p", t.platform_none_advice()), retry];
        return vec![notice(Tone::Warning, t.platform_none(), content)];
    }
    let before = sitting.now().platform().cloned();
    let before = before.map(|chosen| chosen.platform);
    let position = platforms
        .iter()
        .position(|known| Some(&known.platform) == before.as_ref())
        .or((platforms.len() == 1).then_some(0));
    let chosen = RwSignal::new(position.map(|index| index.to_string()).unwrap_or_default());
    let list = platforms.iter().enumerate().map(|(index, known)| Choice {
        value: index.to_string(),
        label: known.platform.service.clone(),
        about: about(t, &known.service),
    });
    let list = list.collect();
    let complaints = no_complaints();
    let platforms = StoredValue::new(platforms);
    let current = move |index: &String| {
        let index: usize = index.parse().ok()?;
        platforms.with_value(|all: &Vec<Chosen>| all.get(index).cloned())
    };
    let go_on = move || match chosen.with_untracked(current) {
        Some(platform) => {
            sitting.on(Event::PlatformChosen(platform));
            spawn(work::look_for_kept(sitting));
        }
        None => complaints.set(vec![Complaint {
            id: ID,
            label: t.platform_label(),
            words: t.choose_one().to_owned(),
        }]),
    };
    vec![
        summary(t, complaints),
        choices(ID, t.platform_label(), list, chosen, complaints),
        el("div").live(move || {
            chosen
                .with(current)
                .map(|chosen| warnings(t, &chosen))
                .unwrap_or_default()
        }),
        actions(vec![main_button(t.go_on(), go_on)]),
    ]
}

fn about(t: &Text, service: &Service) -> String {
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

fn warnings(t: &Text, chosen: &Chosen) -> Vec<El> {
    let mut warnings = Vec::new();
    if !chosen.service.offer().has_connectors() {
        let content = vec![words("p", t.offer_warning_text())];
        warnings.push(notice(Tone::Warning, t.offer_warning(), content));
    }
    let (title, advice) = match chosen.service.condition() {
        Condition::Good => return warnings,
        Condition::InMaintenance => (
            t.platform_maintenance().to_owned(),
            t.platform_maintenance_text(),
        ),
        Condition::Suspended => (
            t.platform_suspended().to_owned(),
            t.platform_suspended_text(),
        ),
        Condition::Other(state) => (
            fill(t.platform_state(), &[("state", state)]),
            t.platform_state_text(),
        ),
    };
    warnings.push(notice(Tone::Warning, &title, vec![words("p", advice)]));
    warnings
}

/// What the keys may not do, or may do beyond what is needed, and until when they work.
fn rights(sitting: Sitting, t: &'static Text) -> Vec<El> {
    let Some(credential) = sitting.credential.get() else {
        return Vec::new();
    };
    let mut content = Vec::new();
    let missing = credential.missing();
    let lacks_rights = !missing.is_empty();
    if lacks_rights {
        let items = missing.into_iter().map(|(method, path)| {
            let call = words("code", &[method, " ", path].concat());
            words("li", wording::right(t, method, path))
                .text(" ")
                .child(call)
        });
        let list = el("ul").children(items.collect());
        let advice = words("p", t.rights_missing_advice());
        content.push(notice(
            Tone::Warning,
            t.rights_missing(),
            vec![list, advice],
        ));
    }
    if let Some(end) = &credential.expiration {
        content.push(hint(&fill(
            t.key_until(),
            &[("date", &intl::date(t.language, end))],
        )));
    }
    // Beside rights that are missing, it would sound like the contrary.
    if credential.is_too_wide() && !lacks_rights {
        content.push(hint(t.rights_wide()));
    }
    if !sitting.are_keys_kept {
        content.push(hint(t.keys_in_memory()));
    }
    content
}
