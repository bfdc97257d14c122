//! Step 3: a test mail, its header, and the verdict with the line that decides it.

use std::rc::Rc;

use leptos::prelude::*;
use web_sys::File;

use crate::browser::carried::{self, Carried};
use crate::browser::page;
use crate::mail::file::{self, Kind};
use crate::mail::header::{self, LIMIT};
use crate::mail::judged::{Judged, LONGEST, beginning};
use crate::mail::verdict::{Question, Verdict};
use crate::text::{Text, fill};
use crate::ui::dom::{El, after, counter, el, flag, spawn, text_signal, words};
use crate::ui::draft::Draft;
use crate::ui::kit::{
    Complaint, Complaints, about, actions, described, form, heading, lead, more, no_complaints,
    submit_button, summary, text_field,
};
use crate::ui::sitting::{Checked, Sitting};
use crate::wizard::{Event, Verified};

mod line;
mod marked;
mod proofs;
mod road;
mod verdict;

const ID: &str = "header";
const FILE: &str = "header-file";
const VERDICT: &str = "verdict";
/// Of a file or a text, twice as much as is read of a header: in UTF-16 a letter has two bytes.
const MOST: usize = 2 * LIMIT;
/// Of a text that is no header, so much is put into the field.
const GLIMPSE: usize = 1_000;
/// A header that is longer is pasted again after a reload.
const LONGEST_DRAFT: usize = 200_000;
/// Longer senders do not come on record: no address is so long (RFC 5321 section 4.5.3.1).
const LONGEST_SENDER: usize = 320;
/// Addresses that are named to send from.
const NAMED: usize = 3;

pub fn verify(sitting: Sitting) -> Vec<El> {
    let t = sitting.words();
    let attached = sitting.now().attached().to_vec();
    let from = match attached.as_slice() {
        [] => t.verify_from_any().to_owned(),
        [one] => fill(t.verify_from(), &[("addresses", one)]),
        some => {
            let named: Vec<&str> = some.iter().take(NAMED).map(String::as_str).collect();
            let more = if some.len() > NAMED { " …" } else { "" };
            fill(
                t.verify_from_one(),
                &[("addresses", &(named.join(", ") + more))],
            )
        }
    };
    let desk = Desk::new(sitting, t);
    let step = |title: &str| el("li").child(words("h2", title));
    let steps = el("ol")
        .class("steps")
        .child(
            step(t.verify_send())
                .child(words("p", &from))
                .child(words("p", t.verify_to())),
        )
        .child(
            step(t.verify_find())
                .child(words("p", t.verify_find_text()))
                .children(mail_programs(t)),
        )
        .child(step(t.verify_paste()).child(paste_header(desk)));
    let verdict = el("div")
        .id(VERDICT)
        .attr("tabindex", "-1")
        .attr("role", "region")
        .live_attr("aria-label", move || Some(desk.label()))
        .live(move || desk.show());
    let drop = drop_place(desk).child(steps).child(verdict);
    vec![heading(t.verify_title()), lead(t.verify_lead()), drop]
}

fn mail_programs(t: &Text) -> Vec<El> {
    let programs = [
        ("Gmail", t.find_gmail()),
        ("Outlook.com, Outlook Web (OWA)", t.find_owa()),
        (t.outlook_new(), t.find_outlook_new()),
        (t.outlook_classic(), t.find_outlook_classic()),
        ("Thunderbird", t.find_thunderbird()),
        ("Apple Mail (Mac)", t.find_apple()),
        ("Roundcube", t.find_roundcube()),
        ("Zimbra", t.find_zimbra()),
    ];
    programs
        .map(|(name, how)| more(name, vec![words("p", how)]))
        .into()
}

/// The field for the header, and all that fills it.
#[derive(Clone, Copy)]
struct Desk {
    sitting: Sitting,
    t: &'static Text,
    pasted: RwSignal<String>,
    sender: RwSignal<String>,
    complaints: Complaints,
    /// Counts the answers.
    answers: RwSignal<u32>,
}

impl Desk {
    fn new(sitting: Sitting, t: &'static Text) -> Self {
        Self {
            sitting,
            t,
            pasted: text_signal(Draft::Header.load().unwrap_or_default()),
            sender: text_signal(Draft::SenderDomain.load().unwrap_or_default()),
            complaints: no_complaints(),
            answers: counter(),
        }
    }

    fn show(self) -> Vec<El> {
        self.answers.track();
        let answer = self.sitting.answer.get_value();
        answer.map_or_else(Vec::new, |answer| {
            verdict::show(self.sitting, self.t, &answer)
        })
    }

    /// The name of the result, which takes the focus: it says at once what it is.
    fn label(self) -> String {
        self.answers.track();
        let answer = self.sitting.answer.get_value();
        let title = answer.map(|answer| verdict::title(self.t, &answer));
        let title = title.map_or_else(String::new, |title| [": ", title].concat());
        [self.t.verdict_label(), &title].concat()
    }

    /// Judges what stands in the field.
    fn check(self) {
        let text = self.pasted.get_untracked();
        if text.trim().is_empty() {
            self.sitting.answer.set_value(None);
            self.complaints.set(vec![Complaint {
                id: ID,
                label: self.t.header_label(),
                words: self.t.header_empty().to_owned(),
            }]);
            self.answers.update(|count| *count += 1);
        } else {
            self.judge(&text);
        }
    }

    fn judge(self, text: &str) {
        let wizard = self.sitting.now();
        let connector = wizard.connector();
        let sender = self.sender.get_untracked();
        let question = Question {
            smart_host: connector
                .and_then(|known| known.smart_host.as_deref())
                .unwrap_or_default(),
            provider: wizard.provider().map(|known| known.name),
            own_domain: Some(sender.trim()).filter(|sender| !sender.is_empty()),
            attached: wizard.attached(),
            ..Question::default()
        };
        let mut judged = Judged::new(text, &question);
        // Known are the addresses of this sitting only: a mail that took the connector was sent by
        // one that is attached, whoever attached it.
        let way = judged.judgement.road.verdict;
        if judged.judgement.verdict == Verdict::NotAttached && matches!(way, Verdict::Used { .. }) {
            let whoever = Question {
                attached: &[],
                ..question
            };
            judged = Judged::new(text, &whoever);
        }
        let verdict = judged.judgement.verdict;
        if verdict != Verdict::NotAHeader {
            let sender = judged.judgement.sender();
            let sender = sender.filter(|sender| sender.len() <= LONGEST_SENDER);
            let sender = sender.map(str::to_owned);
            judged.changed_since = self.changed_since(&judged, sender.as_deref());
            let verified = match judged.changed_since {
                // It proves how it was.
                Some(_) => Verified::Unclear,
                None => verdict.into(),
            };
            self.sitting.on(Event::HeaderJudged(verified, sender));
        }
        self.answer(Checked::Judged(Box::new(judged)));
    }

    /// When the way of the sender's mail was changed here, after this one had arrived.
    fn changed_since(self, judged: &Judged, sender: Option<&str>) -> Option<u64> {
        let wizard = self.sitting.now();
        let platform = &wizard.platform()?.platform;
        let connector = wizard.connector()?.id?;
        let record = self.sitting.record().get_untracked().record;
        let changed = record.changed_at(platform, connector, sender)?;
        judged.is_from_before(changed).then_some(changed)
    }

    fn answer(self, answer: Checked) {
        self.complaints.set(Vec::new());
        self.sitting.answer.set_value(Some(Rc::new(answer)));
        self.answers.update(|count| *count += 1);
        spawn(async {
            leptos::task::tick().await;
            page::show_from_top(VERDICT);
        });
    }

    /// Takes the header out of a text that may be a whole mail, and judges it.
    fn take_text(self, text: &str) {
        let header = header::read(beginning(text, LONGEST));
        let end = if header.fields.is_empty() {
            GLIMPSE
        } else {
            header.end
        };
        self.pasted.set(beginning(text, end).trim_end().to_owned());
        self.judge(text);
    }

    fn take_file(self, file: File) {
        spawn(async move {
            let Some(bytes) = carried::beginning(&file, MOST).await else {
                return self.answer(Checked::NoFile);
            };
            match file::kind(&bytes) {
                Kind::Text => self.take_text(&header::decode(&bytes)),
                other => self.answer(Checked::WrongFile(other)),
            }
        });
    }

    /// Takes what was dropped or pasted. What is pasted as usual the field takes itself.
    fn take(self, event: &web_sys::Event) {
        let is_drop = event.type_() == "drop";
        match carried::carried(event, MOST) {
            Carried::File(file) => self.take_file(file),
            Carried::Text { text, is_cut } if is_drop || is_cut => self.take_text(&text),
            Carried::Text { .. } | Carried::Nothing => return,
        }
        event.prevent_default();
    }
}

/// A mail may be dropped anywhere on this screen; the browser would leave the page for it.
fn drop_place(desk: Desk) -> El {
    let is_over = flag(false);
    el("div")
        .live_attr("class", move || is_over.get().then(|| "drop".to_owned()))
        .on("dragover", move |event| {
            event.prevent_default();
            is_over.set(true);
        })
        .on("dragleave", move |_| is_over.set(false))
        .on("drop", move |event| {
            is_over.set(false);
            event.prevent_default();
            desk.take(&event);
        })
}

fn paste_header(desk: Desk) -> El {
    let Desk {
        t,
        pasted,
        sender,
        complaints,
        ..
    } = desk;
    after(move || {
        pasted.with(|pasted| {
            if pasted.len() <= LONGEST_DRAFT {
                Draft::Header.save(pasted);
            } else {
                // Else the one before would come back.
                Draft::Header.forget();
            }
        });
    });
    after(move || {
        sender.with(|sender| Draft::SenderDomain.save(sender));
    });
    let field = el("textarea")
        .class("code")
        .attr("rows", "10")
        .attr("wrap", "off")
        .attr("spellcheck", "false")
        .attr("autocomplete", "off")
        .on("paste", move |event| desk.take(&event))
        .bind(pasted);
    let field = el("div")
        .class("field")
        .child(words("label", t.header_label()).attr("for", ID))
        .children(about(ID, t.header_hint(), complaints))
        .child(described(field, ID, complaints));
    let sender = text_field(
        "text",
        "sender-domain",
        t.sender_domain(),
        t.sender_domain_hint(),
        sender,
        complaints,
    );
    form(move || desk.check())
        .child(summary(t, complaints))
        .child(field)
        .child(file_field(desk))
        .child(more(t.sender_domain_title(), vec![sender]))
        .child(actions(vec![submit_button(
            t.check(),
            t.check(),
            flag(false),
        )]))
}

/// Chooses a saved mail, which is judged at once.
fn file_field(desk: Desk) -> El {
    let t = desk.t;
    let hint = [FILE, "-hint"].concat();
    let file = el("input")
        .id(FILE)
        .attr("type", "file")
        .attr("aria-describedby", &hint)
        .on("change", move |event| {
            if let Some(file) = carried::chosen_file(&event) {
                desk.take_file(file);
            }
        });
    el("div")
        .class("field")
        .child(words("label", t.file_label()).attr("for", FILE))
        .child(words("p", t.file_hint()).class("hint").id(&hint))
        .child(file)
}
