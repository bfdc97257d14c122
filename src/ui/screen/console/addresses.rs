//! The connector as it is, the addresses that it is for, and the default of a domain.

use leptos::prelude::*;

use super::instructions::instructions;
use crate::browser::{clock, url};
use crate::list::{Index, List, Review, domain_in_ascii};
use crate::ovh::Call as _;
use crate::ovh::exchange::ChangeDomainDefault;
use crate::record::Deed;
use crate::run::order::Purpose;
use crate::text::{Text, fill};
use crate::ui::dom::{El, el, flag, text_signal, words};
use crate::ui::kit::{
    Choice, Complaint, about, actions, button, choices, described, details, form, more,
    no_complaints, submit_button, summary, text_field,
};
use crate::ui::part::details::rows;
use crate::ui::sitting::Sitting;
use crate::ui::sitting::by_hand::{back, go};
use crate::wizard::console::{Console, Event};

const ID: &str = "addresses";
/// Wrong ones that are named.
const NAMED: usize = 5;

pub fn addresses(sitting: Sitting, t: &'static Text, now: &Console) -> Vec<El> {
    let connector = now.connector().cloned().unwrap_or_default();
    let named = now.named();
    let typed = text_signal(named.join("\n"));
    let purpose = if named.is_empty() {
        Purpose::Attach
    } else {
        now.purpose()
    };
    let purpose = text_signal(purpose.as_str().to_owned());
    let complaints = no_complaints();
    let submit = move || {
        let purpose = purpose.with_untracked(|word| Purpose::read(word));
        match typed.with_untracked(|typed| read(typed)) {
            Ok(addresses) => {
                let purpose = purpose.unwrap_or(Purpose::Attach);
                let named = Event::AddressesNamed {
                    addresses,
                    purpose,
                    now: clock::millis(),
                };
                let _ = go(sitting, named);
            }
            Err(wrong) => complaints.set(vec![Complaint {
                id: ID,
                label: t.hand_addresses_label(),
                words: if wrong.is_empty() {
                    t.hand_addresses_none().to_owned()
                } else {
                    fill(t.hand_addresses_wrong(), &[("addresses", &wrong)])
                },
            }]),
        }
    };
    let field = el("textarea")
        .attr("rows", "6")
        .attr("spellcheck", "false")
        .bind(typed);
    let choice = |purpose: Purpose, label: &str, about: &str| Choice {
        value: purpose.as_str().to_owned(),
        label: label.to_owned(),
        about: about.to_owned(),
    };
    let ways = vec![
        choice(Purpose::Attach, t.hand_attach(), t.hand_attach_about()),
        choice(Purpose::Detach, t.hand_detach(), t.hand_detach_about()),
    ];
    vec![
        details(rows(t, connector)),
        form(submit)
            .class("card")
            .child(summary(t, complaints))
            .child(choices(
                "purpose",
                t.hand_purpose(),
                ways,
                purpose,
                complaints,
            ))
            .child(
                el("div")
                    .class("field")
                    .child(words("label", t.hand_addresses_label()).attr("for", ID))
                    .children(about(ID, t.hand_addresses_hint(), complaints))
                    .child(described(field, ID, complaints)),
            )
            .child(actions(vec![
                submit_button(t.go_on(), t.go_on(), flag(false)),
                button(t.back(), move || back(sitting)),
            ])),
    ]
}

/// The addresses of a list, each once.
///
/// # Errors
/// The first of what is none; empty where there is nothing at all.
fn read(typed: &str) -> Result<Vec<String>, String> {
    let list = List::guess(typed);
    let (mut review, nobody) = (Review::default(), Index::default());
    for row in list.rows(typed) {
        review.take(&list, &row, &nobody, url::to_ascii);
    }
    let texts = |entries: Vec<crate::list::Entry>| entries.into_iter().map(|entry| entry.text);
    let wrong: Vec<String> = texts(review.invalid).take(NAMED).collect();
    if !wrong.is_empty() {
        return Err(wrong.join(", "));
    }
    let addresses: Vec<String> = texts(review.unknown).collect();
    if addresses.is_empty() {
        return Err(String::new());
    }
    Ok(addresses)
}

/// What makes the connector the one that new addresses of a domain begin with.
pub fn default_of_domain(sitting: Sitting, t: &'static Text, now: &Console) -> El {
    const ID: &str = "domain";
    let Some(platform) = now.platform().cloned() else {
        return el("div");
    };
    let id = now.connector().and_then(|known| known.id).unwrap_or(0);
    let typed = text_signal(String::new());
    let is_noted = flag(false);
    let call = move || {
        is_noted.set(false);
        let Some(domain) = typed.with(|typed| domain_in_ascii(typed.trim(), url::to_ascii)) else {
            return Vec::new();
        };
        let call = ChangeDomainDefault {
            platform: &platform,
            domain: &domain,
            connector: id,
        };
        let how = instructions(t, &sitting.endpoint(), &call.request());
        // The answer to it is `null`, as to much else: only the person knows that it was run.
        let note = move || {
            if is_noted.get_untracked() {
                return;
            }
            sitting.note(Deed::Default {
                domain: domain.clone(),
                before: None,
                now: id,
            });
            is_noted.set(true);
        };
        vec![how, actions(vec![button(t.hand_default_done(), note)])]
    };
    let noted = move || {
        let said = if is_noted.get() {
            t.hand_default_noted()
        } else {
            ""
        };
        said.to_owned()
    };
    let hint = fill(t.hand_default_hint(), &[("id", &id.to_string())]);
    let field = text_field("text", ID, t.domain(), &hint, typed, no_complaints());
    more(
        t.hand_default(),
        vec![
            words("p", t.hand_default_text()),
            field,
            el("div").live(call),
            el("p")
                .class("said")
                .attr("role", "status")
                .live_text(noted),
        ],
    )
}
