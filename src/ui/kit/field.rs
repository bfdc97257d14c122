//! Fields with a label, a hint, and what is wrong with them.

use leptos::prelude::*;

use super::{Complaints, words_for};
use crate::ui::dom::{El, el, is_ticked, words};

/// A line of text; `kind` is the input's type, `number` a text field for digits.
pub fn text_field(
    kind: &str,
    id: &'static str,
    label: &str,
    hint: &str,
    value: RwSignal<String>,
    complaints: Complaints,
) -> El {
    let (class, kind, inputmode) = match kind {
        "number" => ("field short", "text", "numeric"),
        other => ("field", other, "text"),
    };
    // A password manager is not to offer or to keep what belongs to OVHcloud and the provider.
    let autocomplete = if kind == "password" {
        "new-password"
    } else {
        "off"
    };
    let input = el("input")
        .attr("type", kind)
        .attr("autocomplete", autocomplete)
        .attr("autocapitalize", "off")
        .attr("spellcheck", "false")
        .attr("inputmode", inputmode)
        .bind(value);
    el("div")
        .class(class)
        .child(words("label", label).attr("for", id))
        .children(about(id, hint, complaints))
        .child(described(input, id, complaints))
}

/// A box to tick.
pub fn check_field(
    id: &'static str,
    label: &str,
    hint: &str,
    value: RwSignal<bool>,
    complaints: Complaints,
) -> El {
    let input = el("input")
        .attr("type", "checkbox")
        .ticked(move || value.get())
        .on("change", move |event| value.set(is_ticked(&event)));
    el("div")
        .class("field check")
        .child(described(input, id, complaints))
        .child(words("label", label).attr("for", id))
        .children(about(id, hint, complaints))
}

/// Ties a field to its hint and to what is wrong with it.
pub fn described(field: El, id: &'static str, complaints: Complaints) -> El {
    field
        .id(id)
        // What is being mended is no longer wrong until it is looked at again.
        .on("input", move |_| mended(id, complaints))
        .attr("aria-describedby", &[id, "-hint ", id, "-problem"].concat())
        .live_attr("aria-invalid", move || {
            Some((!words_for(complaints, id).is_empty()).to_string())
        })
}

/// Takes back what was said about one field.
pub fn mended(id: &'static str, complaints: Complaints) {
    if complaints.with_untracked(|all| all.iter().any(|complaint| complaint.id == id)) {
        complaints.update(|all| all.retain(|complaint| complaint.id != id));
    }
}

/// The hint of a field, and the place for what is wrong with it.
pub fn about(id: &'static str, hint: &str, complaints: Complaints) -> Vec<El> {
    let hint = words("p", hint).class("hint").id(&[id, "-hint"].concat());
    vec![hint, problem(id, complaints)]
}

pub fn problem(id: &'static str, complaints: Complaints) -> El {
    el("p")
        .class("problem")
        .id(&[id, "-problem"].concat())
        .live_text(move || words_for(complaints, id))
}
