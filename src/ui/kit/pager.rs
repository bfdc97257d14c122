//! The way from one page of a long list to the next.

use leptos::prelude::*;

use super::button;
use crate::text::{Text, fill};
use crate::ui::dom::{El, el, words};
use crate::ui::wording;

/// Buttons and the place in the list, where it has more than one page. `page` counts from 0.
pub fn pager(
    t: &'static Text,
    rows: usize,
    page: RwSignal<usize>,
    count: impl Fn() -> usize + 'static,
) -> El {
    let content = move || {
        let all = count();
        if all <= rows {
            return Vec::new();
        }
        let last = (all - 1) / rows;
        let now = page.get().min(last);
        let first = now * rows;
        let shown = [first + 1, all.min(first + rows), all].map(|n| wording::number(t, n));
        let values = [
            ("first", &*shown[0]),
            ("last", &*shown[1]),
            ("all", &*shown[2]),
        ];
        let to = move |label: &str, wanted: usize, is_there: bool| {
            let step = button(label, move || page.set(wanted));
            if is_there {
                step
            } else {
                step.attr("disabled", "")
            }
        };
        vec![
            to(t.page_before(), now.saturating_sub(1), now > 0),
            words("span", &fill(t.page_shows(), &values)),
            to(t.page_next(), now + 1, now < last),
        ]
    };
    el("nav")
        .class("pager")
        .attr("aria-label", t.pages())
        .live(content)
}
