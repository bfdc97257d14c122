//! Something is on its way.

use leptos::prelude::*;

/// A line that says what is being waited for.
#[component]
pub fn Busy(#[prop(into)] words: String) -> impl IntoView {
    view! { <p class="busy">{words}</p> }.into_any()
}
