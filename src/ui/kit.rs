//! The few pieces every screen is made of. Each requires its name, so that none is without.

mod busy;
mod choice;
mod field;
mod notice;
mod summary;

pub use busy::Busy;
pub use choice::{Choice, Choices};
pub use field::{CheckField, TextField};
pub use notice::{Failure, Notice, Tone};
pub use summary::{Complaint, Summary, words_for};

use leptos::prelude::*;

/// The heading of a screen: it takes the focus when the screen changes.
pub const HEADING: &str = "heading";

#[component]
pub fn Heading(words: &'static str) -> impl IntoView {
    view! {
        <h1 id=HEADING tabindex="-1">
            {words}
        </h1>
    }
}

/// A button that leads on. While `busy` it says so and does nothing.
#[component]
pub fn Action(
    words: &'static str,
    #[prop(optional)] quiet: bool,
    #[prop(optional, into)] busy: Signal<bool>,
    run: impl Fn() + 'static,
) -> impl IntoView {
    let class = if quiet { "quiet" } else { "main" };
    let run = move |_| {
        if !busy.get_untracked() {
            run();
        }
    };
    view! {
        <button type="button" class=class aria-busy=move || busy.get().to_string() on:click=run>
            {words}
        </button>
    }
}
