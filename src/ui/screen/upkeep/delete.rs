//! Deleting a connector: who still uses it, the way to give them another, and what confirms it.

mod confirm;
mod dependants;

use leptos::prelude::*;

use super::domains::change;
use super::{show_job, subject};
use crate::ovh::Error;
use crate::ovh::exchange::{Platform, SendConnector};
use crate::text::Text;
use crate::ui::dom::{El, el, flag, text_signal, words};
use crate::ui::kit::{
    Complaints, HEADING, Tone, actions, button, heading, lead, no_complaints, notice,
};
use crate::ui::part::asking::loading;
use crate::ui::part::connectors::{gone, load_connectors};
use crate::ui::part::elsewhere::elsewhere;
use crate::ui::sitting::work::job_uses;
use crate::ui::sitting::{Sitting, layer};
use crate::ui::wording;
use crate::wizard::delete_form::{DeleteForm, Dependants};
use crate::wizard::{Event, Screen};

pub fn delete(sitting: Sitting) -> Vec<El> {
    let t = sitting.words();
    let Some((platform, subject)) = subject(sitting) else {
        return Vec::new();
    };
    let id = subject.id.unwrap_or_default();
    let load = {
        let platform = platform.clone();
        move || read(sitting, platform.clone(), id)
    };
    let show = move |(found, others): Found, _| match found {
        None => vec![gone(sitting, t)],
        Some(connector) if connector.is_built_in() => vec![built_in(sitting, t)],
        Some(connector) => Deleting::begin(sitting, t, platform.clone(), connector, others),
    };
    vec![
        heading(t.delete_title()),
        lead(&wording::connector_title(t, &subject)),
        el("div").live(move || elsewhere(sitting, t)),
        loading(sitting, t.connector_loading(), load, show),
    ]
}

/// The connector as it is now, `None` where it is gone; and those that its addresses could move to.
type Found = (Option<SendConnector>, Vec<SendConnector>);

async fn read(sitting: Sitting, platform: Platform, id: u64) -> Result<Found, Error> {
    let all = load_connectors(sitting, platform).await?;
    let (own, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|known| known.id == Some(id));
    let usable = others.into_iter().filter(SendConnector::is_usable);
    Ok((own.into_iter().next(), usable.collect()))
}

fn built_in(sitting: Sitting, t: &'static Text) -> El {
    let back = button(t.to_connectors(), move || {
        sitting.go_back(Event::WentTo(Screen::Connectors));
    });
    let advice = words("p", t.built_in_hint());
    notice(Tone::Hint, t.built_in(), vec![advice, back])
}

/// What is on the screen.
#[derive(Clone, PartialEq, Eq)]
enum View {
    Form,
    Review,
    /// Another default for this domain.
    Domain(String),
}

struct What {
    platform: Platform,
    connector: SendConnector,
    others: Vec<SendConnector>,
}

#[derive(Clone, Copy)]
struct Deleting {
    sitting: Sitting,
    t: &'static Text,
    id: u64,
    what: StoredValue<What, LocalStorage>,
    view: RwSignal<View>,
    /// Who is known to use it, followed as it is read.
    dependants: Memo<Dependants>,
    name: RwSignal<String>,
    anyway: RwSignal<bool>,
    complaints: Complaints,
}

impl Deleting {
    fn begin(
        sitting: Sitting,
        t: &'static Text,
        platform: Platform,
        connector: SendConnector,
        others: Vec<SendConnector>,
    ) -> Vec<El> {
        let id = connector.id.unwrap_or_default();
        let users = sitting.users;
        users.know_domains(sitting);
        // While a job has most of the pace, that would take ten times as long.
        if !sitting.now().has_unfinished_job() {
            users.know_addresses(sitting);
        }
        let dependants = Memo::new(move |_| {
            users.addresses(|addresses| {
                users.domains(|domains| Dependants::of(id, addresses, domains))
            })
        });
        let state = Self {
            sitting,
            t,
            id,
            what: StoredValue::new_local(What {
                platform,
                connector,
                others,
            }),
            view: RwSignal::new(View::Form),
            dependants,
            name: text_signal(String::new()),
            anyway: flag(false),
            complaints: no_complaints(),
        };
        layer::follow(sitting, state.view, View::Form, [confirm::REVIEW, HEADING]);
        vec![el("div").live(move || match state.view.get() {
            View::Form => state.form(),
            View::Review => state.review(),
            View::Domain(domain) => {
                let back = move || state.view.set(View::Form);
                change(sitting, t, &domain, back)
            }
        })]
    }

    fn form(self) -> Vec<El> {
        let Self { sitting, t, .. } = self;
        let is_pending = self.what.with_value(|what| what.connector.pending_task());
        let pending = is_pending.map(|_| {
            let tasks = button(t.place_tasks(), move || {
                sitting.on(Event::WentTo(Screen::Tasks));
            });
            let content = vec![words("p", t.pending_advice()), tasks];
            notice(Tone::Hint, t.pending(), content)
        });
        let has_job = Memo::new(move |_| sitting.wizard().has_unfinished_job());
        let confirming = el("div").live(move || {
            if has_job.get() && job_uses(sitting, self.id) {
                let advice = words("p", t.delete_job_advice());
                let content = vec![advice, show_job(sitting, t)];
                return vec![
                    notice(Tone::Warning, t.delete_job(), content),
                    actions(vec![self.back()]),
                ];
            }
            self.confirming()
        });
        let mut content: Vec<El> = pending.into_iter().collect();
        content.extend(self.dependants());
        content.push(confirming);
        content
    }

    fn back(self) -> El {
        let sitting = self.sitting;
        button(self.t.back(), move || {
            sitting.go_back(Event::WentTo(Screen::Details));
        })
    }

    fn typed(self) -> DeleteForm {
        untrack(|| DeleteForm {
            name: self.name.get(),
            anyway: self.anyway.get(),
        })
    }
}
