//! The few pieces every screen is made of. Each requires its name, so that none is without.

mod choice;
mod field;
mod keeping;
mod notice;
mod pager;
mod select;
mod summary;
mod table;

pub use choice::{Choice, choices};
pub use field::{about, check_field, described, mended, problem, text_field};
pub use keeping::{not_kept, while_kept};
pub use notice::{failure, notice, ovh_says};
pub use pager::pager;
pub use select::select_field;
pub use summary::{Complaint, Complaints, no_complaints, summary, words_for};
pub use table::table;

pub use super::wording::Tone;

use std::cmp::Ordering;

use leptos::prelude::*;

use super::dom::{El, clicks, el, words};
use crate::browser::clock;
use crate::text::Text;

/// The id of every screen's heading: it takes the focus when the screen changes.
pub const HEADING: &str = "heading";

pub fn heading(title: &str) -> El {
    words("h1", title).id(HEADING).attr("tabindex", "-1")
}

pub fn lead(text: &str) -> El {
    words("p", text).class("lead")
}

pub fn hint(text: &str) -> El {
    words("p", text).class("hint")
}

/// A line that says what is being waited for.
pub fn busy(text: &str) -> El {
    words("p", text).class("busy")
}

/// The button that leads on.
pub fn main_button(label: &str, run: impl FnMut() + 'static) -> El {
    button(label, run).class("main")
}

/// Any other button. The second click of a double-click is not for one that came under the pointer
/// in between.
pub fn button(label: &str, mut run: impl FnMut() + 'static) -> El {
    let made_at = clock::millis();
    words("button", label)
        .attr("type", "button")
        .on("click", move |event| {
            if clicks(&event) < 2 || clock::millis() > made_at + DOUBLE_CLICK {
                run();
            }
        })
}

/// Between the two clicks of a double-click, in milliseconds, at most: the slowest that Windows offers.
const DOUBLE_CLICK: u64 = 900;

/// A button that sends the form it is in, and says while something is on its way.
pub fn submit_button(label: &'static str, busy_label: &'static str, busy: RwSignal<bool>) -> El {
    el("button")
        .attr("type", "submit")
        .class("main")
        .live_attr("aria-busy", move || Some(busy.get().to_string()))
        .live_text(move || if busy.get() { busy_label } else { label }.to_owned())
}

/// The row of buttons at the end of a screen.
pub fn actions(buttons: Vec<El>) -> El {
    el("p").class("actions").children(buttons)
}

/// A form that is never sent by the browser itself.
pub fn form(mut submit: impl FnMut() + 'static) -> El {
    el("form")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            submit();
        })
}

/// A name of a server or an address: it may be broken behind a dot and in front of the `@`, rather
/// than within a word.
pub fn breakable(tag: &str, name: &str) -> El {
    let mut element = el(tag);
    let mut from = 0;
    for (place, byte) in name.bytes().enumerate() {
        let end = match byte {
            b'.' => place + 1,
            b'@' => place,
            _ => continue,
        };
        element = element.text(&name[from..end]).child(el("wbr"));
        from = end;
    }
    element.text(&name[from..])
}

/// The stages of something that takes a while: those before `reached` are past.
pub fn stages(t: &Text, names: [&str; 3], reached: usize) -> El {
    let items = names.into_iter().enumerate().map(|(index, name)| {
        let (class, when) = match index.cmp(&reached) {
            Ordering::Less => ("past", t.stage_past()),
            Ordering::Equal => ("now", t.stage_now()),
            Ordering::Greater => ("", t.stage_later()),
        };
        // What the mark in front of it shows.
        let when = [" (", when, ")"].concat();
        words("li", name)
            .class(class)
            .child(words("span", &when).class("visually-hidden"))
    });
    el("ol").class("stages").children(items.collect())
}

/// Something that is folded away until it is wanted.
pub fn more(title: &str, content: Vec<El>) -> El {
    el("details")
        .class("more")
        .child(words("summary", title))
        .children(content)
}

/// A link to another page of the web, in a tab of its own.
pub fn link(url: &str, label: &str) -> El {
    words("a", label)
        .attr("href", url)
        .attr("target", "_blank")
        .attr("rel", "noopener")
}

/// A list of names and values.
pub fn details(rows: Vec<(&str, String)>) -> El {
    let rows = rows.into_iter().map(|(name, value)| {
        el("div")
            .child(words("dt", name))
            .child(words("dd", &value))
    });
    el("dl").class("details card").children(rows.collect())
}
