//! One of many, as a list that opens.

use crate::ui::dom::{El, el, text_signal, value_of, words};

/// A list to choose from: pairs of a value and its words. The hint may follow signals; `change` hears
/// of each choice.
pub fn select_field(
    id: &'static str,
    label: &str,
    hint: impl Fn() -> String + 'static,
    options: Vec<(&str, &str)>,
    chosen: String,
    change: impl Fn(String) + 'static,
) -> El {
    let option = |(value, name)| words("option", name).attr("value", value);
    let hint_id = [id, "-hint"].concat();
    let select = el("select")
        .id(id)
        .attr("aria-describedby", &hint_id)
        .children(options.into_iter().map(option).collect())
        .bind(text_signal(chosen))
        .on("change", move |event| change(value_of(&event)));
    el("div")
        .class("field")
        .child(words("label", label).attr("for", id))
        .child(el("p").class("hint").id(&hint_id).live_text(hint))
        .child(select)
}
