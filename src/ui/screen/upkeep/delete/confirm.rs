//! What confirms a deletion: the name of the connector, typed; then the review and the sending.

use leptos::prelude::*;

use super::{Deleting, View};
use crate::ovh::exchange::DeleteConnector;
use crate::ovh::{Call as _, Request};
use crate::run::changing::{Changing, Wish};
use crate::text::fill;
use crate::ui::dom::{El, after, el, flag, words};
use crate::ui::kit::{
    Complaint, actions, button, check_field, details, form, main_button, submit_button, summary,
    text_field,
};
use crate::ui::part::shown;
use crate::ui::screen::upkeep::not_allowed;
use crate::ui::screen::upkeep::usage::usage_rows;
use crate::ui::sitting::drive;
use crate::ui::wording;
use crate::wizard::Event;
use crate::wizard::delete_form::{Dependants, Hold, Problem, expected};

pub(super) const REVIEW: &str = "delete-review";
const NAME: &str = "delete-name";
const ANYWAY: &str = "delete-anyway";

impl Deleting {
    fn request(self) -> Request {
        let id = self.id;
        self.what.with_value(|what| {
            let platform = &what.platform;
            DeleteConnector { platform, id }.request()
        })
    }

    fn expected(self) -> String {
        self.what.with_value(|what| expected(&what.connector))
    }

    pub(super) fn confirming(self) -> Vec<El> {
        let Self {
            sitting,
            t,
            complaints,
            ..
        } = self;
        let typed = fill(t.delete_name_hint(), &[("name", &self.expected())]);
        let hold = Memo::new(move |_| self.dependants.with(Dependants::hold));
        let mut before = None;
        after(move || {
            // What was ticked was something else.
            let now = hold.get();
            if before.replace(now).is_some_and(|before| before != now) {
                self.anyway.set(false);
            }
        });
        let anyway = el("div").live(move || {
            let hint = match hold.get() {
                None => return Vec::new(),
                Some(Hold::Addresses) => t.delete_anyway_hint(),
                Some(Hold::Domains) => t.delete_anyway_domains(),
                Some(Hold::Unsure) => t.delete_anyway_unsure(),
            };
            let label = t.delete_anyway();
            vec![check_field(ANYWAY, label, hint, self.anyway, complaints)]
        });
        let fields = form(move || self.submit())
            .class("card")
            .child(words("h2", t.delete_confirm()))
            .child(summary(t, complaints))
            .child(text_field(
                "text",
                NAME,
                t.delete_name(),
                &typed,
                self.name,
                complaints,
            ))
            .child(anyway)
            .child(actions(vec![
                submit_button(t.to_review(), t.to_review(), flag(false)),
                self.back(),
            ]));
        let right = not_allowed(sitting, t, &self.request());
        right.into_iter().chain([fields]).collect()
    }

    fn submit(self) {
        let t = self.t;
        let form = self.typed();
        let result = self.what.with_value(|what| {
            let dependants = self.dependants.get_untracked();
            form.validate(&what.connector, &dependants)
        });
        let complain = |problem| match problem {
            Problem::NameEmpty => (NAME, t.delete_name(), t.delete_name_empty().to_owned()),
            Problem::NameDiffers => {
                let name = self.expected();
                let words = fill(t.delete_name_differs(), &[("name", &name)]);
                (NAME, t.delete_name(), words)
            }
            Problem::NotTicked => (ANYWAY, t.delete_anyway(), t.delete_not_ticked().to_owned()),
        };
        let complaints = result.err().unwrap_or_default().into_iter().map(complain);
        let complaints: Vec<Complaint> = complaints
            .map(|(id, label, words)| Complaint { id, label, words })
            .collect();
        let is_fine = complaints.is_empty();
        self.complaints.set(complaints);
        if is_fine {
            self.view.set(View::Review);
        }
    }

    pub(super) fn review(self) -> Vec<El> {
        let Self { sitting, t, id, .. } = self;
        let (name, about) = self.what.with_value(|what| {
            let connector = &what.connector;
            (
                wording::connector_title(t, connector),
                wording::connector(t, connector),
            )
        });
        let rows = vec![(t.display_name(), name), (t.smart_host(), about)];
        vec![
            words("h2", t.delete_review())
                .id(REVIEW)
                .attr("tabindex", "-1"),
            details(rows).children(usage_rows(sitting, t, id)),
            words("p", t.delete_review_text()),
            shown::calls(sitting, &[self.request()]),
            actions(vec![
                main_button(t.delete_send(), move || self.send()).class("main danger"),
                button(t.back(), move || self.view.set(View::Form)),
            ]),
        ]
    }

    fn send(self) {
        let first = self.what.with_value(|what| what.connector.clone());
        let wish = Wish::Delete { id: self.id, first };
        self.sitting
            .on(Event::ChangeBegan(Changing::new(wish), None));
        drive::carry_on(self.sitting);
    }
}
