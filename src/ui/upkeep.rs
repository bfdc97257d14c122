//! Looking after what is there, beside the three steps: the connectors of a platform, the defaults of
//! its domains, what OVHcloud is working on.

mod authenticate;
mod changing;
mod connectors;
mod delete;
mod domains;
mod edit;
mod one;
mod tasks;
mod users;

pub use authenticate::authenticate;
pub use changing::changing;
pub use connectors::connectors;
pub use delete::delete;
pub use domains::domains;
pub use edit::edit;
pub use one::one;
pub use tasks::tasks;
pub use users::Users;

use std::ops::RangeInclusive;

use leptos::prelude::*;

use super::dom::{El, words};
use super::frame::station;
use super::kit::{Tone, button, notice};
use super::sitting::Sitting;
use crate::ovh::Request;
use crate::text::Text;
use crate::wizard::{Event, Screen};

/// The places beside the way.
pub fn places(sitting: Sitting, t: &'static Text, now: Screen) -> Vec<El> {
    let place = |name, screens: RangeInclusive<Screen>| {
        let first = *screens.start();
        if screens.contains(&now) {
            return station(name, "now", None);
        }
        let go: Box<dyn FnMut()> = Box::new(move || sitting.on(Event::WentTo(first)));
        station(name, "", Some(go))
    };
    vec![
        place(t.place_connectors(), Screen::Connectors..=Screen::Delete),
        place(t.place_domains(), Screen::Domains..=Screen::Domains),
        place(t.place_tasks(), Screen::Tasks..=Screen::Tasks),
    ]
}

/// Forgets what was typed for a change that is made.
pub fn forget_drafts() {
    authenticate::forget_draft();
    edit::forget_draft();
}

/// A change that is still on its way, with the way to it: until it ends, no other begins.
pub fn on_its_way(sitting: Sitting, t: &'static Text) -> Vec<El> {
    if !sitting.wizard().upkeep().is_changing() {
        return Vec::new();
    }
    let go = button(t.change_show(), move || {
        sitting.on(Event::WentTo(Screen::Changing));
    });
    vec![notice(Tone::Hint, t.change_on_its_way(), vec![go])]
}

/// What these keys may not do, said before it is tried.
pub fn not_allowed(sitting: Sitting, t: &'static Text, request: &Request) -> Option<El> {
    let lacks = sitting
        .credential
        .with(|known| known.as_ref().is_some_and(|known| known.lacks(request)));
    lacks.then(|| {
        let call = [request.method.as_str(), " ", &request.path].concat();
        let content = vec![words("p", t.not_allowed_advice()), words("code", &call)];
        notice(Tone::Warning, t.not_allowed(), content)
    })
}
