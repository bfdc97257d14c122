//! The settings of a connector, typed over what is there; then what that changes, and the sending.

use leptos::prelude::*;

use super::{not_allowed, on_its_way, subject};
use crate::ovh::Call as _;
use crate::ovh::exchange::{ChangeConnector, ConnectorChanges, Platform, SendConnector};
use crate::run::changing::{Changing, Wish};
use crate::text::Text;
use crate::ui::dom::{El, after, el, flag, text_signal, words};
use crate::ui::draft::Draft;
use crate::ui::kit::{
    Complaints, actions, button, check_field, form, heading, hint, lead, main_button,
    no_complaints, submit_button, summary, table, text_field,
};
use crate::ui::part::asking::loading;
use crate::ui::part::connector_form::complain;
use crate::ui::part::connectors::{gone, load_connectors};
use crate::ui::part::shown;
use crate::ui::sitting::{Sitting, drive, layer};
use crate::ui::wording::{self, place};
use crate::wizard::connector_form::Field;
use crate::wizard::difference::before_and_after;
use crate::wizard::edit_form::EditForm;
use crate::wizard::{Event, Screen};

const REVIEW: &str = "review";

pub fn edit(sitting: Sitting) -> Vec<El> {
    let t = sitting.words();
    let Some((platform, subject)) = subject(sitting) else {
        return Vec::new();
    };
    let load = {
        let platform = platform.clone();
        move || load_connectors(sitting, platform.clone())
    };
    let id = subject.id;
    let show = move |existing: Vec<SendConnector>, _| {
        let found = existing.iter().find(|known| known.id == id).cloned();
        match found {
            Some(connector) => Editing::new(sitting, t, platform.clone(), connector, existing),
            None => vec![gone(sitting, t)],
        }
    };
    vec![
        heading(t.edit_title()),
        lead(&wording::connector_title(t, &subject)),
        el("div").live(move || on_its_way(sitting, t)),
        loading(sitting, t.connector_loading(), load, show),
    ]
}

/// The fields as signals, one each, so that typing in one redraws nothing else.
#[derive(Clone, Copy)]
struct Fields {
    display_name: RwSignal<String>,
    smart_host: RwSignal<String>,
    port: RwSignal<String>,
    require_tls: RwSignal<bool>,
    max_send_size: RwSignal<String>,
}

impl Fields {
    fn new(form: EditForm) -> Self {
        Self {
            display_name: text_signal(form.display_name),
            smart_host: text_signal(form.smart_host),
            port: text_signal(form.port),
            require_tls: flag(form.require_tls),
            max_send_size: text_signal(form.max_send_size),
        }
    }

    fn form(self) -> EditForm {
        EditForm {
            display_name: self.display_name.get(),
            smart_host: self.smart_host.get(),
            port: self.port.get(),
            require_tls: self.require_tls.get(),
            max_send_size: self.max_send_size.get(),
        }
    }
}

/// What is typed outlives a reload, for the connector that it was typed over, as that is `now`.
fn stored(id: u64, now: &EditForm) -> Option<EditForm> {
    let kept = Draft::Edit.load()?;
    let mut lines = kept.lines();
    let of = lines.next()?;
    let mut form = || EditForm::from_json(lines.next()?);
    let (begun, typed) = (form()?, form()?);
    (of == id.to_string()).then(|| typed.over(&begun, now.clone()))
}

fn keep(id: u64, begun: EditForm, fields: Fields) {
    let mut before = None;
    after(move || {
        let form = fields.form();
        let old = before.replace(form.clone());
        if old.is_some_and(|old| old != form) {
            let lines = [id.to_string(), begun.to_json(), form.to_json()];
            Draft::Edit.save(&lines.join("\n"));
        }
    });
}

/// The form and the review that follows it.
#[derive(Clone, Copy)]
struct Editing {
    sitting: Sitting,
    t: &'static Text,
    what: StoredValue<(Platform, SendConnector, Vec<SendConnector>), LocalStorage>,
    fields: Fields,
    complaints: Complaints,
    /// Nothing differs from what is there.
    is_unchanged: RwSignal<bool>,
    reviewed: RwSignal<Option<ConnectorChanges>>,
}

impl Editing {
    #[expect(clippy::new_ret_no_self, reason = "it is what is shown that is wanted")]
    fn new(
        sitting: Sitting,
        t: &'static Text,
        platform: Platform,
        connector: SendConnector,
        existing: Vec<SendConnector>,
    ) -> Vec<El> {
        let id = connector.id.unwrap_or_default();
        let begun = EditForm::of(&connector);
        let form = stored(id, &begun).unwrap_or_else(|| begun.clone());
        let editing = Self {
            sitting,
            t,
            what: StoredValue::new_local((platform, connector, existing)),
            fields: Fields::new(form),
            complaints: no_complaints(),
            is_unchanged: flag(false),
            reviewed: RwSignal::new(None),
        };
        keep(id, begun, editing.fields);
        layer::follow(sitting, editing.reviewed, None, [REVIEW, "smart-host"]);
        vec![el("div").live(move || match editing.reviewed.get() {
            Some(changes) => editing.review(&changes),
            None => editing.form(),
        })]
    }

    fn form(self) -> Vec<El> {
        let Self {
            t,
            fields,
            complaints,
            ..
        } = self;
        let line = |kind, field, hint, value| {
            let (id, label) = place(t, field);
            text_field(kind, id, label, hint, value, complaints)
        };
        let (tls_id, tls_label) = place(t, Field::RequireTls);
        let tls = check_field(
            tls_id,
            tls_label,
            t.require_tls_hint(),
            fields.require_tls,
            complaints,
        );
        let right = self.what.with_value(|(platform, connector, _)| {
            let request = request(platform, connector, &ConnectorChanges::default());
            not_allowed(self.sitting, t, &request)
        });
        let fields = form(move || self.submit())
            .class("card")
            .child(summary(t, complaints))
            .child(line(
                "text",
                Field::SmartHost,
                t.smart_host_hint(),
                fields.smart_host,
            ))
            .child(line("number", Field::Port, t.port_hint(), fields.port))
            .child(tls)
            .child(line(
                "text",
                Field::DisplayName,
                t.display_name_hint(),
                fields.display_name,
            ))
            .child(line(
                "number",
                Field::MaxSendSize,
                t.max_send_size_hint(),
                fields.max_send_size,
            ))
            .child(hint(t.edit_authentication_hint()))
            .child(
                el("p")
                    .class("problem")
                    .attr("role", "status")
                    .live_text(move || {
                        let unchanged = if self.is_unchanged.get() {
                            t.edit_unchanged()
                        } else {
                            ""
                        };
                        unchanged.to_owned()
                    }),
            )
            .child(actions(vec![
                submit_button(t.to_review(), t.to_review(), flag(false)),
                button(t.back(), move || {
                    Draft::Edit.forget();
                    self.sitting.go_back(Event::WentTo(Screen::Details));
                }),
            ]));
        right.into_iter().chain([fields]).collect()
    }

    fn submit(self) {
        let form = untrack(|| self.fields.form());
        let result = self
            .what
            .with_value(|(_, connector, existing)| form.validate(connector, existing));
        self.is_unchanged.set(false);
        match result {
            Ok(changes) if changes.is_empty() => {
                self.complaints.set(Vec::new());
                self.is_unchanged.set(true);
            }
            Ok(changes) => {
                self.complaints.set(Vec::new());
                self.reviewed.set(Some(changes));
            }
            Err(problems) => self.complaints.set(complain(self.t, problems)),
        }
    }

    fn review(self, changes: &ConnectorChanges) -> Vec<El> {
        let Self { sitting, t, .. } = self;
        let (fields, request) = self.what.with_value(|(platform, connector, _)| {
            (
                before_and_after(connector, changes),
                request(platform, connector, changes),
            )
        });
        let plain = |text: &str| words("span", text);
        let rows = fields.into_iter().map(|field| {
            vec![
                plain(wording::field(t, field.field)),
                plain(&wording::setting(t, &field.before)),
                plain(&wording::setting(t, &field.after)),
            ]
        });
        let columns = [
            t.column_setting(),
            t.column_before(),
            t.column_after_change(),
        ];
        let effect = edit_effect(t, changes);
        let changes = changes.clone();
        let send = move || self.send(changes.clone());
        vec![
            words("h2", t.edit_review())
                .id(REVIEW)
                .attr("tabindex", "-1"),
            table(t.edit_review(), &columns, rows.collect()),
            words("p", effect),
            shown::calls(sitting, &[request]),
            actions(vec![
                main_button(t.edit_send(), send),
                button(t.back_to_form(), move || self.reviewed.set(None)),
            ]),
        ]
    }

    fn send(self, changes: ConnectorChanges) {
        let first = self.what.with_value(|(_, connector, _)| connector.clone());
        let wish = Wish::Edit {
            id: first.id.unwrap_or_default(),
            first,
            changes,
        };
        self.sitting
            .on(Event::ChangeBegan(Changing::new(wish), None));
        drive::carry_on(self.sitting);
    }
}

/// What a change means for the mails.
pub fn edit_effect(t: &Text, changes: &ConnectorChanges) -> &'static str {
    if changes.concern_no_mail() {
        t.rename_effect()
    } else {
        t.change_effect()
    }
}

fn request(
    platform: &Platform,
    connector: &SendConnector,
    changes: &ConnectorChanges,
) -> crate::ovh::Request {
    let id = connector.id.unwrap_or_default();
    ChangeConnector {
        platform,
        id,
        changes,
    }
    .request()
}
