//! The verdict: what it is, how sure, the lines that decide, what to do next; and all it rests on.

use std::ops::Range;

use leptos::prelude::*;

use super::ID;
use super::line::link;
use super::marked::marked_header;
use super::proofs::proofs;
use super::road::road;
use crate::browser::page;
use crate::mail::file::Kind;
use crate::mail::judged::Judged;
use crate::mail::verdict::{Sign, Verdict};
use crate::record::Words;
use crate::text::{Text, fill};
use crate::ui::dom::{El, el, words};
use crate::ui::kit::{Tone, actions, button, main_button, more, notice};
use crate::ui::sitting::{Checked, Sitting};
use crate::ui::wording::{self, NextStep, Spoken};
use crate::wizard::{Event, Screen};

pub fn show(sitting: Sitting, t: &'static Text, answer: &Checked) -> Vec<El> {
    let judged = match answer {
        Checked::Judged(judged) => judged,
        Checked::WrongFile(kind) => return vec![wrong_file(t, *kind)],
        Checked::NoFile => {
            let advice = vec![words("p", t.file_unreadable_advice())];
            return vec![notice(Tone::Warning, t.file_unreadable(), advice)];
        }
    };
    let mut shown = Vec::new();
    shown.extend(judged.changed_since.map(|at| older(sitting, t, at)));
    shown.push(verdict(sitting, t, judged));
    let judgement = &judged.judgement;
    if judgement.verdict == Verdict::NotAHeader {
        return shown;
    }
    shown.extend(road(t, judged));
    shown.extend(not_understood(t, judged));
    let titles = match judgement.verdict {
        // What nothing was decided of, nothing supports.
        Verdict::CannotTell(_) => [t.elsewhere_title(), t.towards_title()],
        _ => [t.supporting_title(), t.against_title()],
    };
    shown.extend(reasons(t, titles[0], judged, true));
    shown.extend(reasons(t, titles[1], judged, false));
    shown.extend(proofs(t, judged));
    shown.push(marked_header(t, judged));
    shown
}

/// What it comes to, in a few words.
pub fn title(t: &Text, answer: &Checked) -> &'static str {
    match answer {
        Checked::Judged(judged) if judged.changed_since.is_some() => t.older(),
        Checked::Judged(judged) => wording::verdict(t, &judged.judgement).title,
        Checked::WrongFile(_) => t.wrong_file(),
        Checked::NoFile => t.file_unreadable(),
    }
}

/// The mail is from before something was changed.
fn older(sitting: Sitting, t: &'static Text, changed: u64) -> El {
    let kept = sitting.record();
    let time = kept.with_untracked(|kept| Spoken::new(t, &kept.record).time(changed));
    let advice = fill(t.older_text(), &[("time", &time)]);
    notice(Tone::Warning, t.older(), vec![words("p", &advice)])
}

fn wrong_file(t: &Text, kind: Kind) -> El {
    let advice = match kind {
        Kind::Picture => t.wrong_file_picture(),
        Kind::OutlookMessage => t.wrong_file_outlook(),
        Kind::Other | Kind::Text => t.wrong_file_other(),
    };
    notice(Tone::Warning, t.wrong_file(), vec![words("p", advice)])
}

fn verdict(sitting: Sitting, t: &'static Text, judged: &Judged) -> El {
    let judgement = &judged.judgement;
    let explained = wording::verdict(t, judgement);
    let sure = wording::confidence(t, judgement);
    let mut content = vec![
        words("p", &explained.meaning),
        words("p", sure).class("confidence"),
    ];
    if judgement.rests_on(Sign::SenderReplaced) {
        let sender = judgement.sender().unwrap_or_default();
        let advice = fill(t.sender_replaced(), &[("sender", sender)]);
        content.push(words("p", &advice));
    }
    let deciding = &judgement.road.deciding;
    if !deciding.is_empty() {
        let says = if deciding.len() > 1 {
            t.deciding_many()
        } else {
            t.deciding()
        };
        content.push(words("p", says));
        content.extend(deciding.iter().map(|line| quote(t, judged, line)));
    }
    let finish = move || sitting.on(Event::WentTo(Screen::Done));
    let again = || button(t.paste_again(), || page::focus_on_all(ID));
    let next = if judged.changed_since.is_some() {
        NextStep::PasteAgain
    } else {
        explained.next
    };
    let next = match next {
        NextStep::Finish => vec![main_button(t.finish(), finish), again()],
        NextStep::Addresses => vec![
            main_button(t.back_to_addresses(), move || {
                sitting.on(Event::WentTo(Screen::Addresses));
            }),
            button(t.finish_anyway(), finish),
        ],
        NextStep::PasteAgain => vec![again().class("main"), button(t.finish_anyway(), finish)],
    };
    content.push(actions(next));
    // It says how things were, and that is neither good nor bad now.
    let tone = if judged.changed_since.is_some() {
        Tone::Hint
    } else {
        explained.tone
    };
    notice(tone, explained.title, content)
}

/// A line as it was pasted, with the way to its place in the header.
fn quote(t: &Text, judged: &Judged, line: &Range<usize>) -> El {
    let quote = el("blockquote").child(words("code", &judged.quote(line)));
    let source = link(t, judged, line);
    quote.maybe(source.map(|source| el("p").class("source").child(source)))
}

/// One sentence for each sign, with the lines that it rests on.
fn reasons(t: &Text, title: &str, judged: &Judged, supporting: bool) -> Vec<El> {
    let reasons = || {
        let all = judged.judgement.reasons.iter();
        all.filter(|reason| reason.supports == supporting)
    };
    let mut signs: Vec<Sign> = Vec::new();
    for reason in reasons() {
        if !signs.contains(&reason.sign) {
            signs.push(reason.sign);
        }
    }
    if signs.is_empty() {
        return Vec::new();
    }
    let items = signs.into_iter().map(|sign| {
        let same = reasons().filter(|reason| reason.sign == sign);
        let links = same.filter_map(|reason| link(t, judged, &reason.range));
        let mut item = el("li").text(wording::sign(t, sign));
        let mut before = " (";
        for link in links {
            item = item.text(before).child(link);
            before = ", ";
        }
        if before == ", " { item.text(")") } else { item }
    });
    vec![words("h2", title), el("ul").children(items.collect())]
}

/// Lines of servers that are no hops: none of them disappears.
fn not_understood(t: &Text, judged: &Judged) -> Option<El> {
    let lines = &judged.judgement.evidence.not_understood;
    let quotes = lines
        .iter()
        .take(MOST_QUOTED)
        .map(|line| quote(t, judged, line));
    (!lines.is_empty()).then(|| more(t.not_understood_title(), quotes.collect()))
}

/// The header below shows the others.
const MOST_QUOTED: usize = 20;
