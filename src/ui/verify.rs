//! Step 3: a test mail, its header, and the verdict with the line that decides it.

use leptos::prelude::*;

use super::dom::{El, after, counter, el, flag, text_signal, words};
use super::kit::{
    Complaint, about, actions, button, described, form, heading, lead, main_button, more,
    no_complaints, notice, submit_button, summary, text_field,
};
use super::sitting::{HEADER_DRAFT, Sitting};
use super::wording::{self, NextStep};
use crate::browser::{page, storage};
use crate::mail::verdict::{Judgement, Question, judge};
use crate::text::{Text, fill};
use crate::wizard::{Event, Screen};

const ID: &str = "header";
const VERDICT: &str = "verdict";
/// A header that is longer is pasted again after a reload.
const LONGEST_DRAFT: usize = 200_000;
const SENDER: &str = "draft-sender-domain";

pub fn verify(sitting: Sitting) -> Vec<El> {
    let t = sitting.words();
    let attached = sitting.now().attached().to_vec();
    let from = match attached.as_slice() {
        [] => t.verify_from_any().to_owned(),
        some => fill(t.verify_from(), &[("addresses", &some.join(", "))]),
    };
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
        .child(step(t.verify_paste()).children(paste_header(sitting, t)));
    vec![heading(t.verify_title()), lead(t.verify_lead()), steps]
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

/// A judgement with the lines that decide it, cut out of what was pasted.
struct Judged {
    judgement: Judgement,
    deciding: Vec<String>,
}

fn paste_header(sitting: Sitting, t: &'static Text) -> Vec<El> {
    let pasted = text_signal(storage::load(HEADER_DRAFT).unwrap_or_default());
    let sender = text_signal(storage::load(SENDER).unwrap_or_default());
    let shown = counter();
    let judged = StoredValue::new_local(None::<Judged>);
    let complaints = no_complaints();
    after(move || {
        pasted.with(|pasted| {
            if pasted.len() <= LONGEST_DRAFT {
                storage::save(HEADER_DRAFT, pasted);
            }
        });
    });
    after(move || {
        sender.with(|sender| storage::save(SENDER, sender));
    });
    let check = move || {
        let text = pasted.get_untracked();
        judged.set_value(None);
        complaints.set(Vec::new());
        if text.trim().is_empty() {
            complaints.set(vec![Complaint {
                id: ID,
                label: t.header_label(),
                words: t.header_empty().to_owned(),
            }]);
        } else {
            let result = judge_for(sitting, &text, &sender.get_untracked());
            sitting.on(Event::HeaderJudged(wording::verified(
                result.judgement.verdict,
            )));
            judged.set_value(Some(result));
            page::focus(VERDICT);
        }
        shown.update(|times| *times += 1);
    };
    let field = el("textarea")
        .class("code")
        .attr("rows", "10")
        .attr("wrap", "off")
        .attr("spellcheck", "false")
        .attr("autocomplete", "off")
        .bind(pasted);
    let verdict = move || {
        shown.track();
        judged.with_value(|judged| {
            judged
                .iter()
                .map(|judged| show(sitting, t, judged))
                .collect()
        })
    };
    let sender_field = text_field(
        "text",
        "sender-domain",
        t.sender_domain(),
        t.sender_domain_hint(),
        sender,
        complaints,
    );
    vec![
        form(check)
            .child(summary(t, complaints))
            .child(
                el("div")
                    .class("field")
                    .child(words("label", t.header_label()).attr("for", ID))
                    .children(about(ID, t.header_hint(), complaints))
                    .child(described(field, ID, complaints)),
            )
            .child(more(t.sender_domain_title(), vec![sender_field]))
            .child(actions(vec![submit_button(
                t.check(),
                t.check(),
                flag(false),
            )])),
        el("div")
            .id(VERDICT)
            .attr("tabindex", "-1")
            .attr("role", "region")
            .attr("aria-label", t.verdict_label())
            .live(verdict),
    ]
}

fn judge_for(sitting: Sitting, text: &str, sender: &str) -> Judged {
    let sender = sender.trim();
    let wizard = sitting.now();
    let connector = wizard.connector();
    let question = Question {
        smart_host: connector
            .and_then(|known| known.smart_host.as_deref())
            .unwrap_or_default(),
        own_domain: (!sender.is_empty()).then_some(sender),
        attached: wizard.attached(),
        ..Question::default()
    };
    let judgement = judge(text, &question);
    let line = |range: &std::ops::Range<usize>| {
        let line = text.get(range.clone()).unwrap_or_default();
        line.trim().to_owned()
    };
    let deciding = judgement.deciding.iter().map(line).collect();
    Judged {
        judgement,
        deciding,
    }
}

fn show(sitting: Sitting, t: &'static Text, judged: &Judged) -> El {
    let explained = wording::verdict(t, &judged.judgement);
    let mut content = vec![words("p", &explained.meaning)];
    if !judged.deciding.is_empty() {
        let several = judged.deciding.len() > 1;
        let says = if several {
            t.deciding_many()
        } else {
            t.deciding()
        };
        content.push(words("p", says));
        let quote = |line: &String| el("blockquote").child(words("code", line));
        content.extend(judged.deciding.iter().map(quote));
    }
    let finish = move || sitting.on(Event::WentTo(Screen::Done));
    let next = match explained.next {
        NextStep::Finish => vec![main_button(t.finish(), finish)],
        NextStep::Addresses => vec![
            button(t.back_to_addresses(), move || {
                sitting.on(Event::WentTo(Screen::Addresses));
            }),
            button(t.finish_anyway(), finish),
        ],
        NextStep::PasteAgain => vec![
            button(t.paste_again(), || page::focus(ID)),
            button(t.finish_anyway(), finish),
        ],
    };
    content.push(actions(next));
    notice(explained.tone, explained.title, content)
}
