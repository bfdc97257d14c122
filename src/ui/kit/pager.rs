//! The way from one page of a long list to the next.

use leptos::prelude::*;

use super::button;
use crate::text::{Text, fill};
use crate::ui::dom::{El, after, el, text_signal};
use crate::ui::wording;

/// Buttons and the place in the list, where it has more than one page. `page` counts from 0.
pub fn pager(
    t: &'static Text,
    rows: usize,
    page: RwSignal<usize>,
    count: impl Fn() -> usize + Send + Sync + 'static,
) -> El {
    // The page, the last one, and how long the list is.
    let place = Memo::new(move |_| {
        let all = count();
        let last = all.saturating_sub(1) / rows;
        (page.get().min(last), last, all)
    });
    // The list may have become shorter: the rows go by `page` too.
    after(move || {
        let (now, ..) = place.get();
        if page.get() != now {
            page.set(now);
        }
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
    // Said only where somebody asked for it: a list may grow and shrink by itself.
    let said = text_signal(String::new());
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
                said.set(shown());
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
            el("span").live_text(shown),
            to(t.page_next(), true),
            el("span")
                .class("visually-hidden")
                .attr("role", "status")
                .live_text(move || said.get()),
        ])
}
