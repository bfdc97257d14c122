//! What is wrong with a form: a summary on top that takes the focus and leads to each field.

use leptos::prelude::*;

use crate::browser::page;
use crate::text::Text;
use crate::ui::dom::{El, after, el, words};

/// One field that has to be mended: its id, its label, and the words that stand at it too.
#[derive(Clone, PartialEq, Eq)]
pub struct Complaint {
    pub id: &'static str,
    pub label: &'static str,
    pub words: String,
}

/// All that is wrong with one form.
pub type Complaints = RwSignal<Vec<Complaint>>;

/// A form with which nothing is wrong yet.
#[inline(never)]
pub fn no_complaints() -> Complaints {
    RwSignal::new(Vec::new())
}

/// The words for one field, empty where nothing is wrong with it.
pub fn words_for(complaints: Complaints, id: &str) -> String {
    complaints.with(|all| {
        let found = all.iter().find(|complaint| complaint.id == id);
        found
            .map(|complaint| complaint.words.clone())
            .unwrap_or_default()
    })
}

const ID: &str = "problems";
const LIST: &str = "problems-list";

/// The list of complaints; nothing where there is none.
pub fn summary(t: &'static Text, complaints: Complaints) -> El {
    // Told once more, it is news too; but mending one field after the other must not move the focus.
    let mut before = 0;
    after(move || {
        let now = complaints.with(Vec::len);
        if now > 0 && now >= std::mem::replace(&mut before, now) {
            page::focus(ID);
        }
    });
    el("div").live(move || {
        let all = complaints.get();
        if all.is_empty() {
            return Vec::new();
        }
        let items = all.into_iter().map(|complaint| {
            let go = move |event: web_sys::Event| {
                event.prevent_default();
                page::focus(complaint.id);
            };
            let link = words("a", complaint.label)
                .attr("href", &["#", complaint.id].concat())
                .on("click", go);
            el("li").child(link).text(": ").text(&complaint.words)
        });
        let list = el("ul").id(LIST).children(items.collect());
        vec![
            el("div")
                .id(ID)
                .class("notice bad")
                // It takes the focus; as an alert it would be read out at each field that is mended.
                .attr("role", "group")
                .attr("aria-label", t.form_problems())
                .attr("aria-describedby", LIST)
                .attr("tabindex", "-1")
                .child(words("p", t.form_problems()).class("title"))
                .child(list),
        ]
    })
}
