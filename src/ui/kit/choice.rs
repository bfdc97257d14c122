//! One of several, as radio buttons that say what each means.

use leptos::prelude::*;

/// One possibility.
#[derive(Clone)]
pub struct Choice {
    pub value: String,
    pub label: String,
    /// What it means, or how it differs; may be empty.
    pub about: String,
}

/// A group of radio buttons; the chosen one's value is in `chosen`.
#[component]
pub fn Choices(
    id: &'static str,
    label: &'static str,
    choices: Vec<Choice>,
    chosen: RwSignal<String>,
    #[prop(optional, into)] problem: Signal<Option<String>>,
) -> impl IntoView {
    let items: Vec<_> = choices
        .into_iter()
        .enumerate()
        .map(
            |(
                index,
                Choice {
                    value,
                    label,
                    about,
                },
            )| {
                let place = [id, "-", &index.to_string()].concat();
                let about_id = [&place, "-about"].concat();
                let mine = value.clone();
                let is_chosen = move || chosen.with(|chosen| *chosen == mine);
                view! {
                    <div class="choice">
                        <input
                            id=place.clone()
                            type="radio"
                            name=id
                            aria-describedby=about_id.clone()
                            prop:checked=is_chosen
                            on:change=move |_| chosen.set(value.clone())
                        />
                        <label for=place>{label}</label>
                        <p class="hint" id=about_id>
                            {about}
                        </p>
                    </div>
                }
            },
        )
        .collect();
    view! {
        <fieldset id=id tabindex="-1" class="choices" aria-describedby=[id, "-problem"].concat()>
            <legend>{label}</legend>
            <p class="problem" id=[id, "-problem"].concat()>
                {problem}
            </p>
            {items}
        </fieldset>
    }
    .into_any()
}
