//! The place for an answer that was copied from the console, and what is said about it.

use crate::browser::page;
use crate::text::{Text, fill};
use crate::ui::dom::{El, el, flag, text_signal, words};
use crate::ui::kit::{
    Complaint, about, actions, button, described, form, no_complaints, submit_button, summary,
};
use crate::ui::sitting::Sitting;
use crate::ui::sitting::by_hand::{back, go};
use crate::ui::wording;
use crate::wizard::console::{Event, Problem, Step};
use leptos::prelude::*;

const ID: &str = "answer";

pub fn paste(sitting: Sitting, t: &'static Text, step: Step) -> El {
    let pasted = text_signal(String::new());
    let complaints = no_complaints();
    let submit = move || {
        let text = pasted.get_untracked();
        if let Err(problem) = go(sitting, Event::Pasted(text)) {
            complaints.set(vec![Complaint {
                id: ID,
                label: t.hand_answer(),
                words: explained(t, &problem),
            }]);
            page::focus(ID);
        }
    };
    let sample = match step {
        Step::Before | Step::Add => "[ 29 ]",
        Step::Check => "{ \"id\": 29, \"state\": \"ok\", … }",
        _ => "{ \"sendConnectorId\": 29, … }",
    };
    let field = el("textarea")
        .class("code")
        .attr("rows", "6")
        .attr("spellcheck", "false")
        .attr("autocomplete", "off")
        .bind(pasted);
    let looks = fill(t.hand_answer_hint(), &[("sample", sample)]);
    let field = el("div")
        .class("field")
        .child(words("label", t.hand_answer()).attr("for", ID))
        .children(about(ID, &looks, complaints))
        .child(described(field, ID, complaints));
    form(submit)
        .child(summary(t, complaints))
        .child(field)
        .child(actions(vec![
            submit_button(t.go_on(), t.go_on(), flag(false)),
            button(t.back(), move || back(sitting)),
        ]))
}

fn explained(t: &Text, problem: &Problem) -> String {
    match problem {
        Problem::Empty => t.answer_empty(),
        Problem::Html => t.answer_html(),
        Problem::Unreadable => t.answer_unreadable(),
        Problem::Refused(words) => return fill(t.answer_refused(), &[("words", words)]),
        Problem::OtherAnswer => t.answer_other(),
        Problem::AnswerToFirst => t.answer_to_first(),
        Problem::NothingNew => t.answer_nothing_new(),
        Problem::OtherConnector => t.answer_other_connector(),
        Problem::BuiltIn => t.answer_built_in(),
        Problem::NotReady(state) => {
            let state = wording::state(t, state);
            return fill(t.answer_not_ready(), &[("state", &state)]);
        }
        Problem::OtherAddress => t.answer_other_address(),
        Problem::Pending => t.answer_pending(),
        Problem::NotTaken => t.answer_not_taken(),
    }
    .to_owned()
}
