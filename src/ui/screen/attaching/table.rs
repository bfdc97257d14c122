//! The addresses by state, a page at a time.

use std::sync::Arc;

use leptos::prelude::*;

use crate::run::assigning::{Assigning, Counts, Item, State};
use crate::text::Text;
use crate::ui::dom::{El, after, el, flag, text_signal, words};
use crate::ui::kit::pager;
use crate::ui::sitting::Sitting;
use crate::ui::wording;
use crate::wizard::Stage;

/// Rows on the screen at once.
const ROWS: usize = 100;

/// Which addresses are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    All,
    Open,
    Done,
    Failed,
}

const KINDS: [(Kind, &str); 4] = [
    (Kind::All, "all"),
    (Kind::Open, "open"),
    (Kind::Done, "done"),
    (Kind::Failed, "failed"),
];

impl Kind {
    fn holds(self, state: &State) -> bool {
        match self {
            Self::All => true,
            Self::Open => !state.is_end(),
            Self::Done => matches!(state, State::Confirmed | State::Already),
            Self::Failed => matches!(state, State::Failed(_) | State::Unknown(_)),
        }
    }

    fn count(self, counts: Counts) -> usize {
        match self {
            Self::All => counts.all(),
            Self::Open => counts.all() - counts.ended(),
            Self::Done => counts.confirmed + counts.already,
            Self::Failed => counts.failed + counts.unknown,
        }
    }

    fn words(self, t: &Text) -> &'static str {
        match self {
            Self::All => t.show_all(),
            Self::Open => t.show_open(),
            Self::Done => t.show_done(),
            Self::Failed => t.show_failed(),
        }
    }
}

pub fn table(sitting: Sitting, t: &'static Text, counts: Memo<Counts>) -> El {
    let work = sitting.work;
    let kind = text_signal("all".to_owned());
    let page = RwSignal::new(0_usize);
    let is_many = counts.get_untracked().all() > 10;
    let is_chosen = flag(false);
    // At the end, what is not done is what somebody looks for; unless they chose otherwise.
    let has_failed = Memo::new(move |_| {
        let is_ended = sitting.wizard().job() == Some(Stage::Ended);
        is_ended && Kind::Failed.count(counts.get()) > 0
    });
    after(move || {
        let fitting = if has_failed.get() { "failed" } else { "all" };
        if is_many && !is_chosen.get_untracked() {
            kind.set(fitting.to_owned());
            page.set(0);
        }
    });
    let shown = Memo::new(move |_| {
        let kind = kind.with(|word| {
            KINDS
                .iter()
                .find(|(_, known)| word == known)
                .map(|(k, _)| *k)
        });
        let kind = kind.unwrap_or(Kind::All);
        // Everything never changes; a part does with each step.
        if kind != Kind::All {
            work.moved.track();
        }
        let places = work.read(|_, machine| {
            let items = machine.items().iter().enumerate();
            let fitting = items.filter(|(_, item)| kind.holds(&item.state));
            fitting.map(|(place, _)| place).collect::<Vec<_>>()
        });
        Arc::new(places.unwrap_or_default())
    });
    let rows = Memo::new(move |_| {
        let first = page.get() * ROWS;
        shown.with(|shown| {
            shown
                .iter()
                .skip(first)
                .take(ROWS)
                .copied()
                .collect::<Vec<_>>()
        })
    });
    let column = |title: &str| words("th", title).attr("scope", "col");
    let table = el("table")
        .child(el("thead").child(el("tr").child(column(t.address())).child(column(t.state()))))
        .child(el("tbody").live(move || {
            let rows = rows.get();
            rows.into_iter()
                .map(|place| row(sitting, t, place))
                .collect()
        }));
    let option = |&(kind, value): &(Kind, &str)| {
        let label = move || {
            let count = wording::number(t, kind.count(counts.get()));
            [kind.words(t), " (", &count, ")"].concat()
        };
        el("option").attr("value", value).live_text(label)
    };
    let choice = el("div")
        .class("field short-list")
        .child(words("label", t.show()).attr("for", "show"))
        .child(
            el("select")
                .id("show")
                .children(KINDS.iter().map(option).collect())
                .bind(kind)
                .on("change", move |_| {
                    is_chosen.set(true);
                    page.set(0);
                }),
        );
    let all = Memo::new(move |_| shown.with(|shown| shown.len()));
    el("div")
        .class("on-screen")
        .maybe(is_many.then_some(choice))
        .child(
            el("div")
                .class("scroll states")
                .from_its_top(page)
                .attr("tabindex", "0")
                .attr("role", "region")
                .attr("aria-label", t.attaching_table())
                .child(table),
        )
        .child(pager(t, ROWS, page, move || all.get()))
}

fn row(sitting: Sitting, t: &'static Text, place: usize) -> El {
    let read = move |show: &dyn Fn(&Assigning, &Item) -> String| {
        sitting.work.moved.track();
        let shown = sitting
            .work
            .read(|_, machine| Some(show(machine, machine.items().get(place)?)));
        shown.flatten().unwrap_or_default()
    };
    let class = move |machine: &Assigning, item: &Item| {
        // Nothing turns while nobody looks.
        let is_left = machine.stands_still() && item.state == State::Sent;
        let (class, _) = wording::item(t, item);
        if is_left {
            String::new()
        } else {
            class.to_owned()
        }
    };
    let address = sitting.work.read(|_, machine| {
        machine
            .items()
            .get(place)
            .map(|item| item.address.to_string())
    });
    let address = address.flatten().unwrap_or_default();
    let state = el("td")
        .live_text(move || read(&|_, item| wording::item(t, item).1))
        .live_attr("class", move || Some(read(&class)));
    el("tr")
        .child(wording::address("th", &address).attr("scope", "row"))
        .child(state)
}
