//! The choice of another default for one domain, the review of it, and the sending.

use leptos::prelude::*;

use crate::browser::page;
use crate::ovh::exchange::{ChangeDomainDefault, Domain, Platform, ReadDomain, SendConnector};
use crate::ovh::{Call as _, Error, Request};
use crate::run::changing::{Changing, Wish};
use crate::text::{Text, fill};
use crate::ui::dom::{El, after, el, flag, text_signal, words};
use crate::ui::kit::{
    Choice, Complaint, Complaints, Tone, actions, button, choices, form, hint, main_button,
    no_complaints, notice, submit_button, summary, table,
};
use crate::ui::part::asking::loading;
use crate::ui::part::connectors::load_connectors;
use crate::ui::part::shown;
use crate::ui::screen::upkeep::{not_allowed, on_its_way};
use crate::ui::sitting::{Sitting, drive, layer};
use crate::ui::wording;
use crate::wizard::Event;

const ID: &str = "default";
pub const TITLE: &str = "default-title";
const REVIEW: &str = "default-review";

/// All of it; `leave` leads back to where the domain was chosen.
pub fn change(
    sitting: Sitting,
    t: &'static Text,
    domain: &str,
    leave: impl Fn() + Clone + 'static,
) -> Vec<El> {
    let Some(platform) = sitting.now().platform().map(|now| now.platform.clone()) else {
        return Vec::new();
    };
    let title = fill(t.default_change_of(), &[("domain", domain)]);
    let title = words("h2", &title).id(TITLE).attr("tabindex", "-1");
    let mut is_shown = false;
    after(move || {
        if !std::mem::replace(&mut is_shown, true) {
            page::focus(TITLE);
        }
    });
    let name = domain.to_owned();
    let load = {
        let (platform, name) = (platform.clone(), name.clone());
        move || read(sitting, platform.clone(), name.clone())
    };
    let show = move |(now, connectors): (Domain, Vec<SendConnector>), _| {
        let leave = leave.clone();
        let usable = connectors.into_iter().filter(SendConnector::is_usable);
        let first = now.connector().unwrap_or(0);
        let state = Choosing {
            sitting,
            t,
            what: StoredValue::new_local(What {
                platform: platform.clone(),
                domain: name.clone(),
                now,
                usable: usable.collect(),
                leave: Box::new(leave),
            }),
            first,
            chosen: text_signal(first.to_string()),
            complaints: no_complaints(),
            reviewed: flag(false),
        };
        vec![state.show()]
    };
    vec![title, loading(sitting, t.connector_loading(), load, show)]
}

/// The domain as it is now, and what could be its default.
async fn read(
    sitting: Sitting,
    platform: Platform,
    name: String,
) -> Result<(Domain, Vec<SendConnector>), Error> {
    let call = ReadDomain {
        platform: &platform,
        name: &name,
    };
    let now = sitting.ask(&call).await?;
    Ok((now, load_connectors(sitting, platform).await?))
}

struct What {
    platform: Platform,
    domain: String,
    now: Domain,
    usable: Vec<SendConnector>,
    leave: Box<dyn Fn()>,
}

#[derive(Clone, Copy)]
struct Choosing {
    sitting: Sitting,
    t: &'static Text,
    what: StoredValue<What, LocalStorage>,
    /// The default at the beginning, 0 for none.
    first: u64,
    /// The number of the connector, as text.
    chosen: RwSignal<String>,
    complaints: Complaints,
    reviewed: RwSignal<bool>,
}

impl Choosing {
    fn show(self) -> El {
        layer::follow(self.sitting, self.reviewed, false, [REVIEW, TITLE]);
        el("div").live(move || {
            if self.reviewed.get() {
                self.review()
            } else {
                self.form()
            }
        })
    }

    fn wanted(self) -> u64 {
        untrack(|| self.chosen.with(|chosen| chosen.parse().unwrap_or(0)))
    }

    fn request(self, connector: u64) -> Request {
        self.what.with_value(|what| {
            ChangeDomainDefault {
                platform: &what.platform,
                domain: &what.domain,
                connector,
            }
            .request()
        })
    }

    fn leave(self) {
        self.what.with_value(|what| (what.leave)());
    }

    fn form(self) -> Vec<El> {
        let Self { sitting, t, .. } = self;
        let none = Choice {
            value: "0".to_owned(),
            label: t.own_servers().to_owned(),
            about: t.default_none_about().to_owned(),
        };
        let list: Vec<Choice> = self.what.with_value(|what| {
            let known = what.usable.iter().map(|known| Choice {
                value: known.id.unwrap_or_default().to_string(),
                label: wording::connector_title(t, known),
                about: wording::connector(t, known),
            });
            [none].into_iter().chain(known).collect()
        });
        let has_no_connector = (list.len() == 1).then(|| hint(t.default_no_connector()));
        let (label, is_pending) = self.what.with_value(|what| {
            let label = fill(t.default_choice(), &[("domain", &what.domain)]);
            (label, what.now.pending_task().is_some())
        });
        let pending = is_pending.then(|| {
            let advice = words("p", t.domain_pending_advice());
            notice(Tone::Hint, t.domain_pending(), vec![advice])
        });
        let fields = form(move || self.submit())
            .class("card")
            .child(summary(t, self.complaints))
            .child(choices(ID, &label, list, self.chosen, self.complaints))
            .maybe(has_no_connector)
            .child(actions(vec![
                submit_button(t.to_review(), t.to_review(), flag(false)),
                button(t.back(), move || self.leave()),
            ]));
        let notices = [not_allowed(sitting, t, &self.request(0)), pending];
        notices.into_iter().flatten().chain([fields]).collect()
    }

    fn submit(self) {
        let t = self.t;
        if self.wanted() == self.first {
            self.complaints.set(vec![Complaint {
                id: ID,
                label: t.default_now(),
                words: t.default_unchanged().to_owned(),
            }]);
        } else {
            self.complaints.set(Vec::new());
            self.reviewed.set(true);
        }
    }

    fn review(self) -> Vec<El> {
        let Self { sitting, t, .. } = self;
        let wanted = self.wanted();
        let named = |id: u64| {
            let name = sitting.connector_name(t, Some(id).filter(|id| *id != 0));
            words("span", &name)
        };
        let domain = self.what.with_value(|what| words("span", &what.domain));
        let columns = [t.domain(), t.column_before(), t.column_after_change()];
        let row = untrack(|| vec![domain, named(self.first), named(wanted)]);
        // Whoever may not begin is told why, in place of the button.
        let buttons = move || {
            if sitting.wizard().upkeep().is_changing() {
                return on_its_way(sitting, t);
            }
            vec![actions(vec![
                main_button(t.edit_send(), move || self.send()),
                button(t.back(), move || self.reviewed.set(false)),
            ])]
        };
        vec![
            words("h3", t.edit_review())
                .id(REVIEW)
                .attr("tabindex", "-1"),
            table(t.edit_review(), &columns, vec![row]),
            words("p", t.default_effect()),
            shown::calls(sitting, &[self.request(wanted)]),
            el("div").live(buttons),
        ]
    }

    fn send(self) {
        let domain = self.what.with_value(|what| what.domain.clone());
        let wish = Wish::Default {
            domain,
            first: self.first,
            wanted: self.wanted(),
        };
        self.sitting
            .on(Event::ChangeBegan(Changing::new(wish), None));
        drive::carry_on(self.sitting);
    }
}
