//! Something the user has to know, in words, never by colour alone.

use leptos::prelude::*;

use crate::ovh::Error;
use crate::ui::sitting::sitting;
use crate::ui::wording;

/// How a notice is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Good,
    Hint,
    Warning,
    Bad,
}

/// A framed message. A warning and worse is read out at once.
#[component]
pub fn Notice(
    tone: Tone,
    #[prop(into)] title: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let class = match tone {
        Tone::Good => "notice good",
        Tone::Hint => "notice hint",
        Tone::Warning => "notice warning",
        Tone::Bad => "notice bad",
    };
    let role = if tone == Tone::Bad { "alert" } else { "group" };
    let label = title.clone();
    view! {
        <div class=class role=role aria-label=label>
            <p class="title">{title}</p>
            {children.map(|children| children())}
        </div>
    }
    .into_any()
}

/// A call that failed: what happened, what to do, and the button for it.
#[component]
pub fn Failure(error: Error, retry: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let sitting = sitting();
    let t = sitting.words();
    let words = wording::error(t, &error);
    let quoted = wording::quoted(&error).map(|quoted| {
        view! {
            <p>
                {t.ovh_says} " " <q>{quoted}</q>
            </p>
        }
    });
    let for_keys = error.concerns_all_calls();
    let again = move |_| {
        if for_keys {
            sitting.keys_failed(error.clone());
        } else {
            retry();
        }
    };
    let label = if for_keys {
        t.sign_in_again
    } else {
        t.try_again
    };
    view! {
        <Notice tone=Tone::Bad title=words.title>
            <p>{words.advice}</p>
            {quoted}
            <button type="button" on:click=again>
                {label}
            </button>
        </Notice>
    }
    .into_any()
}
