//! The lines of the shown header: where each is, and the way there.

use std::ops::Range;

use crate::browser::page;
use crate::mail::judged::Judged;
use crate::text::{Text, fill};
use crate::ui::dom::{El, words};

/// A link to a line in the shown header; nothing for a line that is not shown.
pub fn link(t: &Text, judged: &Judged, range: &Range<usize>) -> Option<El> {
    if range.end > judged.text.len() {
        return None;
    }
    let number = judged.line(range)?.to_string();
    let place = place(&number);
    let link = words("a", &fill(t.line_link(), &[("number", &number)]))
        .attr("href", &["#", &place].concat());
    Some(link.on("click", move |event| {
        event.prevent_default();
        page::reveal(&place);
    }))
}

/// The id of the line with this number in the shown header.
pub fn place(number: &str) -> String {
    ["line-", number].concat()
}
