//! The way through OVHcloud's API console, for a browser that may not call OVHcloud: what to enter
//! there, step by step, and the answers pasted back.

mod addresses;
mod instructions;
mod paste;
mod platform;

use leptos::prelude::*;

use crate::browser::page;
use crate::run::order::Purpose;
use crate::text::{Text, fill};
use crate::ui::dom::{El, after, el, flag, text_signal, words};
use crate::ui::draft::Draft;
use crate::ui::kit::{
    Complaint, Tone, actions, button, form, heading, hint, lead, main_button, more, no_complaints,
    notice, submit_button, summary, text_field,
};
use crate::ui::part::connector_form::new_connector;
use crate::ui::sitting::Sitting;
use crate::ui::sitting::by_hand::{back, go};
use crate::ui::wording;
use crate::wizard::console::{Console, Event, Step};
use crate::wizard::{self, Screen};

/// The place of the step's title, which takes the focus when the step changes.
const STEP: &str = "step";
/// Steps that are numbered: the last is the end.
const STEPS: usize = 7;

pub fn console(sitting: Sitting) -> Vec<El> {
    let t = sitting.words();
    let now = Memo::new(move |_| sitting.wizard().console().cloned());
    let mut before = None;
    after(move || {
        let place = now.get().map(|now| (now.step(), now.done().len()));
        if before.replace(place).is_some_and(|before| before != place) {
            page::show_from_top(STEP);
        }
    });
    vec![
        heading(t.by_hand_title()),
        lead(t.by_hand_lead()),
        el("div").live(move || {
            let now = now.get();
            now.map_or_else(Vec::new, |now| step(sitting, t, &now))
        }),
    ]
}

fn step(sitting: Sitting, t: &'static Text, now: &Console) -> Vec<El> {
    let (number, name) = match now.step() {
        Step::Platform => (1, t.hand_platform()),
        Step::Before => (2, t.hand_before()),
        Step::Form => (3, t.hand_form()),
        Step::Add => (4, t.hand_add()),
        Step::Check => (5, t.hand_check()),
        Step::Addresses => (6, t.hand_addresses()),
        Step::Assign => (7, t.hand_assign()),
        Step::Finished => return finished(sitting, t, now),
    };
    let numbers = [("number", number), ("all", STEPS)].map(|(name, n)| (name, n.to_string()));
    let numbers = numbers.each_ref().map(|(name, n)| (*name, &**n));
    let mut content = vec![hint(&fill(t.hand_step(), &numbers)), title(name)];
    content.extend(match now.step() {
        Step::Platform => platform::platform(sitting, t, now),
        Step::Form => connector(sitting, t, now),
        Step::Addresses => addresses::addresses(sitting, t, now),
        _ => calls(sitting, t, now),
    });
    content
}

fn title(name: &str) -> El {
    words("h2", name).id(STEP).attr("tabindex", "-1")
}

/// What to run, and the place for the answer.
fn calls(sitting: Sitting, t: &'static Text, now: &Console) -> Vec<El> {
    let mut content = Vec::new();
    if let Some((address, done, all)) = now.address() {
        let values = [(done + 1).to_string(), all.to_string()];
        let values = [
            ("number", &*values[0]),
            ("all", &*values[1]),
            ("address", address),
        ];
        content.push(lead(&fill(t.hand_address(), &values)));
    }
    let requests = now.requests();
    let endpoint = sitting.endpoint();
    let alone = requests.len() == 1 || now.step() == Step::Check;
    let items = requests.iter().enumerate().map(|(place, request)| {
        let what = match (now.step(), place) {
            (Step::Add, 0) => t.hand_run_add(),
            (Step::Check, _) => t.hand_run_check(),
            (Step::Assign, 0) => t.hand_run_assign(),
            (Step::Assign, _) => t.hand_run_address(),
            _ => t.hand_run_list(),
        };
        el("li")
            .child(words("p", what))
            .child(instructions::instructions(t, &endpoint, request))
    });
    let mut items: Vec<El> = items.collect();
    if now.step() == Step::Check && requests.len() > 1 {
        content.push(words("p", t.hand_several()));
    }
    let which = if alone {
        t.hand_paste()
    } else {
        t.hand_paste_last()
    };
    let paste = el("li").child(words("p", which));
    items.push(paste.child(paste::paste(sitting, t, now.step())));
    content.push(el("ol").class("steps").children(items));
    content
}

/// The form for a new connector, or the number of one that is there.
fn connector(sitting: Sitting, t: &'static Text, now: &Console) -> Vec<El> {
    let Some(platform) = now.platform().cloned() else {
        return Vec::new();
    };
    let mut content = Vec::new();
    if !now.before().is_empty() {
        content.push(more(t.hand_known(), vec![known(sitting, t, now)]));
    }
    content.push(new_connector(sitting, t, platform, Vec::new()));
    content
}

fn known(sitting: Sitting, t: &'static Text, now: &Console) -> El {
    const ID: &str = "known";
    let there = now.before().to_vec();
    let numbers: Vec<String> = there.iter().map(u64::to_string).collect();
    let numbers = numbers.join(", ");
    let about = fill(t.hand_known_text(), &[("numbers", &numbers)]);
    let typed = text_signal(String::new());
    let complaints = no_complaints();
    let submit = move || {
        let id: Option<u64> = typed.with_untracked(|typed| typed.trim().parse().ok());
        match id.filter(|id| there.contains(id)) {
            Some(id) => {
                let _ = go(sitting, Event::ConnectorNamed(id));
            }
            None => complaints.set(vec![Complaint {
                id: ID,
                label: t.connector_id(),
                words: fill(t.hand_known_wrong(), &[("numbers", &numbers)]),
            }]),
        }
    };
    form(submit)
        .child(summary(t, complaints))
        .child(text_field(
            "number",
            ID,
            t.connector_id(),
            &about,
            typed,
            complaints,
        ))
        .child(actions(vec![submit_button(
            t.connector_take(),
            t.connector_take(),
            flag(false),
        )]))
}

fn finished(sitting: Sitting, t: &'static Text, now: &Console) -> Vec<El> {
    Draft::Connector.forget();
    let done = words("p", &now.done().join(", "));
    let is_attached = now.purpose() == Purpose::Attach;
    let (one, many) = if is_attached {
        (t.attached_one(), t.attached_many())
    } else {
        (t.detached_one(), t.detached_many())
    };
    let said = wording::count(t, now.done().len(), one, many);
    let mut content = vec![done];
    let (label, next) = if is_attached {
        content.push(words("p", t.attached_next()));
        (t.to_verify(), Screen::Verify)
    } else {
        (t.record(), Screen::Record)
    };
    let go_on = main_button(label, move || {
        sitting.on(wizard::Event::WentTo(next));
    });
    let more = button(t.hand_more(), move || back(sitting));
    vec![
        title(t.hand_finished()),
        notice(Tone::Good, &said, content),
        actions(vec![go_on, more]),
        addresses::default_of_domain(sitting, t, now),
    ]
}
