//! What is wrong with a form: a summary on top that takes the focus and leads to each field.

use leptos::prelude::*;

use crate::browser::page;
use crate::ui::sitting::sitting;

/// One field that has to be mended: its id, its label, and the words that stand at it too.
#[derive(Clone, PartialEq, Eq)]
pub struct Complaint {
    pub id: &'static str,
    pub label: &'static str,
    pub words: String,
}

/// The words for one field, if something is wrong with it.
pub fn words_for(complaints: RwSignal<Vec<Complaint>>, id: &'static str) -> Signal<Option<String>> {
    Signal::derive(move || {
        complaints.with(|all| {
            let found = all.iter().find(|complaint| complaint.id == id);
            found.map(|complaint| complaint.words.clone())
        })
    })
}

const ID: &str = "problems";

/// The list of complaints; nothing where there is none.
#[component]
pub fn Summary(complaints: RwSignal<Vec<Complaint>>) -> impl IntoView {
    let t = sitting().words();
    Effect::new(move || {
        if complaints.with(|all| !all.is_empty()) {
            page::focus(ID);
        }
    });
    move || {
        let all = complaints.get();
        (!all.is_empty()).then(|| {
            let items: Vec<_> = all
                .into_iter()
                .map(|Complaint { id, label, words }| {
                    let go = move |event: leptos::ev::MouseEvent| {
                        event.prevent_default();
                        page::focus(id);
                    };
                    view! {
                        <li>
                            <a href=["#", id].concat() on:click=go>
                                {label}
                            </a>
                            ": "
                            {words}
                        </li>
                    }
                })
                .collect();
            view! {
                <div id=ID class="notice bad" role="alert" tabindex="-1">
                    <p class="title">{t.form_problems}</p>
                    <ul>{items}</ul>
                </div>
            }
            .into_any()
        })
    }
}
