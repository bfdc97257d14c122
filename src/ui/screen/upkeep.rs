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
mod usage;

pub use authenticate::authenticate;
pub use changing::changing;
pub use connectors::connectors;
pub use delete::delete;
pub use domains::domains;
pub use edit::edit;
pub use one::one;
pub use tasks::tasks;

use domains::attach_existing;

use leptos::prelude::*;

use crate::ovh::Request;
use crate::ovh::exchange::{Platform, SendConnector};
use crate::run::assigning::Goal;
use crate::run::changing::{Changing, Stage};
use crate::run::order::Purpose;
use crate::text::Text;
use crate::ui::dom::{El, spawn, words};
use crate::ui::kit::{Tone, button, notice};
use crate::ui::sitting::{Sitting, work};
use crate::wizard::{Event, Screen};

/// The connector that is looked at, and its platform.
fn subject(sitting: Sitting) -> Option<(Platform, SendConnector)> {
    let wizard = sitting.now();
    let platform = wizard.platform()?.platform.clone();
    Some((platform, wizard.upkeep().subject()?.clone()))
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
