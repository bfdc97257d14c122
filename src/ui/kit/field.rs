//! Fields with a label, a hint, and what is wrong with them.

use leptos::prelude::*;

/// A line of text. `kind` is the input's type.
#[component]
pub fn TextField(
    id: &'static str,
    label: &'static str,
    #[prop(optional)] hint: &'static str,
    value: RwSignal<String>,
    #[prop(optional, into)] problem: Signal<Option<String>>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] numeric: bool,
) -> impl IntoView {
    let autocomplete = if kind == "password" {
        "new-password"
    } else {
        "off"
    };
    let inputmode = if numeric { "numeric" } else { "text" };
    let class = if numeric { "field short" } else { "field" };
    view! {
        <div class=class>
            <label for=id>{label}</label>
            <Hint id hint problem/>
            <input
                id=id
                type=kind
                autocomplete=autocomplete
                autocapitalize="off"
                spellcheck="false"
                inputmode=inputmode
                aria-describedby=describers(id)
                aria-invalid=move || problem.with(Option::is_some).to_string()
                prop:value=value
                on:input:target=move |event| value.set(event.target().value())
            />
        </div>
    }
    .into_any()
}

/// A box to tick.
#[component]
pub fn CheckField(
    id: &'static str,
    label: &'static str,
    #[prop(optional)] hint: &'static str,
    value: RwSignal<bool>,
    #[prop(optional, into)] problem: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <div class="field check">
            <input
                id=id
                type="checkbox"
                aria-describedby=describers(id)
                aria-invalid=move || problem.with(Option::is_some).to_string()
                prop:checked=value
                on:change:target=move |event| value.set(event.target().checked())
            />
            <label for=id>{label}</label>
            <Hint id hint problem/>
        </div>
    }
    .into_any()
}

fn describers(id: &str) -> String {
    [id, "-hint ", id, "-problem"].concat()
}

#[component]
fn Hint(id: &'static str, hint: &'static str, problem: Signal<Option<String>>) -> impl IntoView {
    let hint = (!hint.is_empty()).then(|| {
        view! {
            <p class="hint" id=[id, "-hint"].concat()>
                {hint}
            </p>
        }
    });
    view! {
        {hint}
        <p class="problem" id=[id, "-problem"].concat()>
            {problem}
        </p>
    }
    .into_any()
}
