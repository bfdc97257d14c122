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
pub use one::{gone, one};
pub use tasks::tasks;
pub use users::Users;

use domains::attach_existing;

use std::ops::RangeInclusive;

use leptos::prelude::*;

use super::dom::{El, spawn, words};
use super::draft::Draft;
use super::frame::station;
use super::kit::{Tone, button, notice};
use super::sitting::Sitting;
use super::work;
use crate::ovh::Request;
use crate::ovh::exchange::{Platform, SendConnector};
use crate::run::assigning::{Assigning, Goal};
use crate::run::changing::Wish;
use crate::run::changing::{Changing, Stage};
use crate::run::order::{Order, Purpose};
use crate::text::Text;
use crate::wizard::{Event, Screen};

/// The places beside the way.
pub fn places(sitting: Sitting, t: &'static Text, now: Screen) -> Vec<El> {
    let place = |name, screens: RangeInclusive<Screen>| {
        let first = *screens.start();
        if screens.contains(&now) {
            return station(name, "now", None).attr("aria-current", "page");
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

/// The connector that is looked at, and its platform.
fn subject(sitting: Sitting) -> Option<(Platform, SendConnector)> {
    let wizard = sitting.now();
    let platform = wizard.platform()?.platform.clone();
    Some((platform, wizard.upkeep().subject()?.clone()))
}

/// Forgets what was typed for a change that is made, and the end of a job that it leaves without
/// meaning.
pub fn clear_up(sitting: Sitting, wish: &Wish) {
    Draft::Authentication.forget();
    Draft::Edit.forget();
    if let Wish::Delete { id, .. } = wish {
        forget_jobs_of(sitting, *id);
    }
}

/// Forgets what has ended with a connector that is gone: its addresses cannot be given back to it.
fn forget_jobs_of(sitting: Sitting, id: u64) {
    if !sitting.now().has_unfinished_job() {
        let is_of_it = |order: &Order, machine: &Assigning| uses(order, machine, id);
        sitting.work.forget_former(is_of_it);
        if job_uses(sitting, id) {
            work::forget(sitting);
        }
    }
}

/// Whether the job over many addresses, if there is one, has to do with a connector.
fn job_uses(sitting: Sitting, id: u64) -> bool {
    sitting.work.read(|order, machine| uses(order, machine, id)) == Some(true)
}

/// Whether this job has to do with a connector.
fn uses(order: &Order, machine: &Assigning, id: u64) -> bool {
    let mut items = machine.items().iter();
    order.connector.id == Some(id) || items.any(|item| item.wanted == id || item.before == Some(id))
}

/// Plans a job over addresses that leads back to the screen it is wanted from. Where another is not
/// finished, that one is shown instead.
fn plan(
    sitting: Sitting,
    connector: SendConnector,
    back: Screen,
    purpose: Purpose,
    goals: Vec<Goal>,
) {
    sitting.on(Event::JobWanted(connector, back));
    if !sitting.now().has_unfinished_job() {
        spawn(work::plan(sitting, purpose, goals));
    }
}

/// What is said where another job over addresses has to be finished first.
fn job_in_the_way(sitting: Sitting, t: &'static Text) -> Option<El> {
    let is_there = sitting.wizard().has_unfinished_job();
    is_there.then(|| {
        let content = vec![words("p", t.job_unfinished_advice()), show_job(sitting, t)];
        notice(Tone::Hint, t.job_unfinished(), content)
    })
}

fn show_job(sitting: Sitting, t: &'static Text) -> El {
    button(t.job_show(), move || {
        sitting.on(Event::WentTo(Screen::Attaching));
    })
}

/// A change that is still on its way, or whose end nobody has taken note of, with the way to it:
/// until it ends, no other begins.
pub fn on_its_way(sitting: Sitting, t: &'static Text) -> Vec<El> {
    let wizard = sitting.wizard();
    let title = match wizard.upkeep().changing().map(Changing::stage) {
        None | Some(Stage::Done) => return Vec::new(),
        Some(Stage::Ended(_)) => t.change_ended(),
        Some(_) => t.change_on_its_way(),
    };
    let go = button(t.change_show(), move || {
        sitting.on(Event::WentTo(Screen::Changing));
    });
    vec![notice(Tone::Hint, title, vec![go])]
}

/// Called in what reads from OVHcloud, lets it read anew once a change has come to its end.
fn follow_changes(sitting: Sitting) -> impl Fn() {
    let is_changing = Memo::new(move |_| sitting.wizard().upkeep().is_changing());
    // Only what is read is followed.
    move || _ = is_changing.get()
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
