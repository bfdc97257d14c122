//! The picture of what a send connector changes: one address through it, one not.

use crate::text::Text;
use crate::ui::dom::{El, el, svg, words};

/// Drawn for a width of 340 units, so that its words stay readable on a phone.
pub fn picture(t: &Text) -> El {
    let drawing = svg("svg")
        .attr("viewBox", "0 0 340 272")
        .attr("role", "img")
        .attr("aria-label", t.picture_label())
        .child(frame("1", "80"))
        .child(caption("caption", "170", "20", t.picture_platform()))
        .children(lane(
            "10",
            "87",
            "newsletter",
            t.picture_connector(),
            t.picture_connector_where(),
            " on",
        ))
        .children(lane(
            "176",
            "253",
            "contact",
            t.picture_own(),
            t.picture_own_where(),
            "",
        ))
        .child(frame("218", "52"))
        .child(caption("strong", "170", "240", t.picture_recipient()))
        .child(caption("small", "170", "258", "john.smith@example.com"));
    el("figure")
        .class("picture")
        .child(drawing)
        .child(words("figcaption", t.picture_caption()))
}

/// One address, the servers that send for it, and the arrows between, from top to bottom.
fn lane(left: &str, middle: &str, name: &str, title: &str, about: &str, on: &str) -> Vec<El> {
    vec![
        rect(left, "30", "154", "42", &["box", on].concat()),
        caption("strong", middle, "48", name),
        caption("small", middle, "63", "@mydomain.ovh"),
        arrow(middle, "72", "114", on),
        rect(left, "116", "154", "52", &["box", on].concat()),
        caption("strong", middle, "138", title),
        caption("small", middle, "156", about),
        arrow(middle, "168", "216", on),
    ]
}

fn frame(top: &str, height: &str) -> El {
    rect("1", top, "338", height, "frame")
}

fn rect(x: &str, y: &str, width: &str, height: &str, class: &str) -> El {
    svg("rect")
        .class(class)
        .attr("x", x)
        .attr("y", y)
        .attr("width", width)
        .attr("height", height)
        .attr("rx", "7")
}

fn caption(class: &str, x: &str, y: &str, text: &str) -> El {
    svg("text")
        .class(class)
        .attr("x", x)
        .attr("y", y)
        .text(text)
}

fn arrow(x: &str, from: &str, to: &str, on: &str) -> El {
    let path = ["M", x, " ", from, " V", to, " m-5 -8 l5 8 l5 -8"].concat();
    svg("path").class(&["line", on].concat()).attr("d", &path)
}
