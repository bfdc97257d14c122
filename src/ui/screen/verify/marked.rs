//! The pasted header with its lines numbered and those marked that decide: a text field cannot mark.

use super::line::place;
use crate::mail::judged::Judged;
use crate::text::Text;
use crate::ui::dom::{El, el, words};
use crate::ui::kit::more;

/// A header of so many lines is shown without being asked for.
const SHORT: usize = 25;

pub fn marked_header(t: &Text, judged: &Judged) -> El {
    let mut lines = el("pre")
        .class("pasted")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", t.header_label());
    let mut at = 0;
    for field in &judged.fields {
        let range = field.range.clone();
        let (Some(between), Some(line)) = (
            judged.text.get(at..range.start),
            judged.text.get(range.clone()),
        ) else {
            break;
        };
        at = range.end;
        let number = field.line.to_string();
        let tag = if field.decides { "mark" } else { "span" };
        let line = words(tag, line)
            .id(&place(&number))
            .attr("tabindex", "-1")
            .attr("data-line", &number);
        lines = lines.text(between).child(line);
    }
    let lines = lines.text(judged.text.get(at..).unwrap_or_default());
    let title = if judged.judgement.road.deciding.is_empty() {
        t.shown_title()
    } else {
        t.marked_title()
    };
    let shown = more(title, vec![lines]);
    let is_short = judged.text.bytes().filter(|byte| *byte == b'\n').count() < SHORT;
    if is_short {
        shown.attr("open", "")
    } else {
        shown
    }
}
