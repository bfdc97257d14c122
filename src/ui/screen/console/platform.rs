//! Which platform: its two names, as the console wants them.

use leptos::prelude::*;

use super::instructions::instructions;
use crate::ovh::Call as _;
use crate::ovh::exchange::{ListOrganizations, Platform};
use crate::text::Text;
use crate::ui::dom::{El, flag, text_signal, words};
use crate::ui::kit::{
    Complaint, actions, form, more, no_complaints, submit_button, summary, text_field,
};
use crate::ui::sitting::Sitting;
use crate::ui::sitting::by_hand::go;
use crate::wizard::console::{Console, Event};

const ORGANIZATION: &str = "organization";
const SERVICE: &str = "service";

pub fn platform(sitting: Sitting, t: &'static Text, now: &Console) -> Vec<El> {
    let known = now.platform().cloned();
    let (organization, service) = known
        .map(|known| (known.organization, known.service))
        .unwrap_or_default();
    // What was left empty comes back empty, so that it follows the other when that is mended.
    let service = if service == organization {
        String::new()
    } else {
        service
    };
    let [organization, service] = [organization, service].map(text_signal);
    let complaints = no_complaints();
    let submit = move || {
        let [organization, service] = [organization, service]
            .map(|typed| typed.with_untracked(|typed| typed.trim().to_owned()));
        let is_name = |name: &str| {
            !name.is_empty()
                && name
                    .bytes()
                    .all(|byte| byte.is_ascii_graphic() && byte != b'/')
        };
        let fields = [
            (ORGANIZATION, t.hand_organization(), &organization),
            (SERVICE, t.hand_service(), &service),
        ];
        let may_stay_empty = |id: &str, name: &str| id == SERVICE && name.is_empty();
        let wrong = fields
            .into_iter()
            .filter(|(id, _, name)| !is_name(name) && !may_stay_empty(id, name));
        let wrong: Vec<Complaint> = wrong
            .map(|(id, label, _)| Complaint {
                id,
                label,
                words: t.hand_platform_wrong().to_owned(),
            })
            .collect();
        if wrong.is_empty() {
            // On Private and Trusted Exchange both names are the same.
            let service = if service.is_empty() {
                organization.clone()
            } else {
                service
            };
            let platform = Platform {
                organization,
                service,
            };
            let _ = go(sitting, Event::PlatformNamed(platform));
        } else {
            complaints.set(wrong);
        }
    };
    let line = |id, label, hint, value| text_field("text", id, label, hint, value, complaints);
    let find = instructions(t, &sitting.endpoint(), &ListOrganizations.request());
    vec![
        form(submit)
            .class("card")
            .child(summary(t, complaints))
            .child(line(
                ORGANIZATION,
                t.hand_organization(),
                t.hand_organization_hint(),
                organization,
            ))
            .child(line(
                SERVICE,
                t.hand_service(),
                t.hand_service_hint(),
                service,
            ))
            .child(actions(vec![submit_button(
                t.go_on(),
                t.go_on(),
                flag(false),
            )])),
        more(
            t.hand_find_platform(),
            vec![words("p", t.hand_find_platform_text()), find],
        ),
    ]
}
