//! One of several, as radio buttons that say what each means.

use leptos::prelude::*;

use super::Complaints;
use super::field::{mended, problem};
use crate::ui::dom::{El, el, words};

/// One possibility.
pub struct Choice {
    pub value: String,
    pub label: String,
    /// What it means, or how it differs; may be empty.
    pub about: String,
}

/// A group of radio buttons; the chosen one's value is in `chosen`.
pub fn choices(
    id: &'static str,
    label: &str,
    choices: Vec<Choice>,
    chosen: RwSignal<String>,
    complaints: Complaints,
) -> El {
    let items = choices.into_iter().enumerate().map(|(index, choice)| {
        let Choice {
            value,
            label,
            about,
        } = choice;
        let place = [id, "-", &index.to_string()].concat();
        let about_id = [&place, "-about"].concat();
        let mine = value.clone();
        let input = el("input")
            .id(&place)
            .attr("type", "radio")
            .attr("name", id)
            .attr("aria-describedby", &about_id)
            .ticked(move || chosen.with(|chosen| *chosen == mine))
            .on("change", move |_| {
                chosen.set(value.clone());
                mended(id, complaints);
            });
        el("div")
            .class("choice")
            .child(input)
            .child(words("label", &label).attr("for", &place))
            .child(words("p", &about).class("hint").id(&about_id))
    });
    el("fieldset")
        .id(id)
        .class("choices")
        .attr("tabindex", "-1")
        .attr("aria-describedby", &[id, "-problem"].concat())
        .child(words("legend", label))
        .child(problem(id, complaints))
        .children(items.collect())
}
