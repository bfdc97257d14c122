//! One page of the addresses, each with a box to tick and how it sends now.

use leptos::prelude::*;

use super::ID;
use super::desk::Desk;
use crate::roster::Now;
use crate::ui::dom::{El, el, is_ticked, words};
use crate::ui::kit::{mended, problem};
use crate::ui::wording;

pub fn table(desk: Desk) -> El {
    let t = desk.t;
    let rows = move || {
        desk.rows()
            .into_iter()
            .map(|place| row(desk, place))
            .collect()
    };
    let column = |title: &str| words("th", title).attr("scope", "col");
    let head = el("tr")
        .child(
            el("th")
                .attr("scope", "col")
                .class("tick")
                .child(words("span", t.chosen()).class("visually-hidden")),
        )
        .child(column(t.address()))
        .child(column(t.sends_through()));
    el("div")
        .id(ID)
        .class("addresses")
        .from_its_top(desk.page)
        .attr("role", "group")
        .attr("tabindex", "-1")
        .attr("aria-label", t.addresses_label())
        .attr("aria-describedby", "addresses-count addresses-problem")
        .child(problem(ID, desk.complaints))
        .child(
            el("table")
                .child(el("thead").child(head))
                .child(el("tbody").live(rows)),
        )
}

fn row(desk: Desk, place: usize) -> El {
    let address = desk.with(|roster| roster.address(place).to_owned());
    let id = ["address-", &place.to_string()].concat();
    let input = el("input")
        .id(&id)
        .attr("type", "checkbox")
        // The places where the label may be broken would be read as spaces.
        .attr("aria-label", &address)
        .ticked(move || {
            desk.chosen.track();
            desk.with(|roster| roster.is_chosen(place))
        })
        .on("change", move |event| {
            mended(ID, desk.complaints);
            desk.choose(&[place], is_ticked(&event));
        });
    let label = wording::address("label", &address).attr("for", &id);
    el("tr")
        .child(el("td").class("tick").child(input))
        .child(el("th").attr("scope", "row").child(label))
        .child(
            el("td")
                .live_text(move || sends(desk, place))
                .live_attr("class", move || class(desk, place)),
        )
}

fn now(desk: Desk, place: usize) -> Now {
    desk.learned.track();
    desk.with(|roster| roster.now(place))
}

fn sends(desk: Desk, place: usize) -> String {
    let t = desk.t;
    match now(desk, place) {
        Now::Unknown => "…".to_owned(),
        Now::Unreadable => t.not_readable().to_owned(),
        Now::Through(id) => desk.sitting.connector_name(t, id),
    }
}

fn class(desk: Desk, place: usize) -> Option<String> {
    let wanted = desk.sitting.now().connector().and_then(|known| known.id);
    let is_wanted = wanted.is_some() && now(desk, place) == Now::Through(wanted);
    is_wanted.then(|| "good".to_owned())
}
