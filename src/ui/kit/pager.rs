//! The way from one page of a long list to the next.

use leptos::prelude::*;

use super::button;
use crate::text::{Text, fill};
use crate::ui::dom::{El, el};
use crate::ui::wording;

/// Buttons and the place in the list, where it has more than one page. `page` counts from 0.
pub fn pager(
    t: &'static Text,
    rows: usize,
    page: RwSignal<usize>,
    count: impl Fn() -> usize + Send + Sync + 'static,
) -> El {
    // The page shown and the last one.
    let place = Memo::new(move |_| {
        let last = count().saturating_sub(1) / rows;
        (page.get().min(last), last, count())
    });
    let shown = move || {
        let (now, _, all) = place.get();
        let first = now * rows;
        let shown = [first + 1, all.min(first + rows), all].map(|n| wording::number(t, n));
        let values = [
            ("first", &*shown[0]),
            ("last", &*shown[1]),
            ("all", &*shown[2]),
        ];
        fill(t.page_shows(), &values)
    };
    // Both stay where they are: whoever pressed one presses it again.
    let to = move |label: &str, onward: bool| {
        let wanted = move |(now, last, _): (usize, usize, usize)| {
            if onward {
                (now < last).then_some(now + 1)
            } else {
                now.checked_sub(1)
            }
        };
        let step = move || {
            if let Some(wanted) = wanted(place.get_untracked()) {
                page.set(wanted);
            }
        };
        button(label, step).live_attr("aria-disabled", move || {
            wanted(place.get()).is_none().then(|| "true".to_owned())
        })
    };
    el("nav")
        .class("pager")
        .attr("aria-label", t.pages())
        .live_attr("hidden", move || (place.get().1 == 0).then(String::new))
        .children(vec![
            to(t.page_before(), false),
            el("span").attr("aria-live", "polite").live_text(shown),
            to(t.page_next(), true),
        ])
}
