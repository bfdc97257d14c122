//! What is said of where something stands, as long as this browser can keep that and once it cannot.

use leptos::prelude::*;

use super::{Tone, notice};
use crate::text::Text;
use crate::ui::dom::{El, el, words};

/// A warning where a reload would lose the place.
pub fn not_kept(t: &'static Text, is_kept: RwSignal<bool>) -> El {
    el("div").live(move || {
        let advice = || vec![words("p", t.not_kept_advice())];
        let warning = || notice(Tone::Warning, t.not_kept(), advice());
        (!is_kept.get()).then(warning).into_iter().collect()
    })
}

/// What is true only as long as a reload loses nothing.
pub fn while_kept(is_kept: RwSignal<bool>, words: &'static str) -> impl Fn() -> String + 'static {
    move || {
        let words = if is_kept.get() { words } else { "" };
        words.to_owned()
    }
}
