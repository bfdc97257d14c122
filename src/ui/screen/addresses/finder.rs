//! Looking for addresses, and choosing all that were found.

use leptos::prelude::*;

use super::desk::Desk;
use crate::browser::page;
use crate::roster::{Filter, Now, Roster};
use crate::text::{Text, fill};
use crate::ui::dom::{El, after, el, flag, text_signal, value_of, words};
use crate::ui::draft::Draft;
use crate::ui::kit::{button, check_field, text_field};
use crate::ui::part::asking::failed;
use crate::ui::wording;

/// In the selection of a connector: any, or none.
const ANY: &str = "";
const NONE: &str = "0";

pub fn finder(desk: Desk) -> Vec<El> {
    let t = desk.t;
    let drafted = Draft::Find.load().unwrap_or_default();
    let (text, domain) = (text_signal(drafted), text_signal(ANY.to_owned()));
    let through = text_signal(ANY.to_owned());
    let only_chosen = flag(false);
    after(move || {
        text.with(|text| Draft::Find.save(text));
    });
    after(move || {
        let wanted = Filter {
            text: text.get(),
            domain: Some(domain.get()).filter(|domain| domain != ANY),
            now: read_through(&through.get()),
            only_chosen: only_chosen.get(),
        };
        if desk.filter.with_untracked(|filter| *filter != wanted) {
            desk.page.set(0);
            desk.filter.set(wanted);
        }
    });
    tell(desk);
    let domains = desk.with(|roster| {
        let domains = roster.domains().into_iter();
        domains
            .map(|(name, count)| {
                (
                    name.to_owned(),
                    [name, " (", &count.to_string(), ")"].concat(),
                )
            })
            .collect::<Vec<_>>()
    });
    let is_one_domain = domains.len() < 2;
    let all_domains = (ANY.to_owned(), t.any_domain().to_owned());
    let domains: Vec<_> = [all_domains].into_iter().chain(domains).collect();
    let connectors = move || {
        let known = desk.sitting.names.get().into_iter();
        let fixed = [
            (ANY.to_owned(), t.any_connector().to_owned()),
            (NONE.to_owned(), t.own_servers().to_owned()),
        ];
        let known = known.map(|(id, name)| (id.to_string(), name));
        fixed.into_iter().chain(known).collect::<Vec<_>>()
    };
    let complaints = desk.complaints;
    vec![
        el("div")
            .class("finder")
            .child(text_field(
                "search",
                "filter",
                t.addresses_filter(),
                "",
                text,
                complaints,
            ))
            .maybe((!is_one_domain).then(|| {
                select(
                    "domain",
                    t.domain(),
                    domain,
                    Box::new(move || domains.clone()),
                )
            }))
            .child(select(
                "through",
                t.sends_through(),
                through,
                Box::new(connectors),
            )),
        check_field("only-chosen", t.only_chosen(), "", only_chosen, complaints),
        el("p").id("addresses-count").live_text(move || found(desk)),
        el("div").live(move || problem(desk)),
        el("p").class("actions small").live(move || choosing(desk)),
    ]
}

fn read_through(value: &str) -> Option<Now> {
    match value {
        ANY => None,
        id => Some(Now::Through(id.parse().ok().filter(|id| *id != 0))),
    }
}

fn select(
    id: &str,
    label: &str,
    value: RwSignal<String>,
    choices: Box<dyn Fn() -> Vec<(String, String)>>,
) -> El {
    let options = move || {
        let options = choices().into_iter();
        options
            .map(|(id, label)| {
                let option = words("option", &label).attr("value", &id);
                // A list that is drawn anew, as another name is known, keeps what was chosen.
                if value.with_untracked(|chosen| *chosen == id) {
                    option.attr("selected", "")
                } else {
                    option
                }
            })
            .collect()
    };
    el("div")
        .class("field")
        .child(words("label", label).attr("for", id))
        .child(
            el("select")
                .id(id)
                .live(options)
                .bind(value)
                // Not every way of choosing tells of an input as well.
                .on("change", move |event| value.set(value_of(&event))),
        )
}

fn found(desk: Desk) -> String {
    desk.chosen.track();
    desk.learned.track();
    desk.filter.track();
    let t = desk.t;
    let (total, count) = desk.with(|roster| (roster.addresses().len(), roster.count()));
    let matching = desk.matching.with(|matching| matching.len());
    let text = match matching {
        0 => t.addresses_no_match(),
        1 if total > 1 => t.addresses_found_one(),
        all if all == total => t.addresses_all(),
        _ => t.addresses_found(),
    };
    let values = [
        ("found", &*wording::number(t, matching)),
        ("total", &*wording::number(t, total)),
    ];
    let chosen = match count {
        0 => t.addresses_none_chosen().to_owned(),
        count => wording::count(t, count, t.addresses_chosen_one(), t.addresses_chosen()),
    };
    let mut words = vec![fill(text, &values), chosen];
    let hidden = desk.hidden().len();
    if hidden > 0 {
        let count = wording::number(t, hidden);
        words.insert(1, fill(t.addresses_hidden(), &[("count", &count)]));
    }
    words.join(" ")
}

/// Has it said what was found; while addresses are looked at one by one, only at the beginning and
/// at the end.
fn tell(desk: Desk) {
    let mut said = None;
    after(move || {
        let words = found(desk);
        let asked = (desk.filter.get_untracked(), desk.with(Roster::count));
        let is_looking = !desk.hidden().is_empty();
        let before = said.replace((words.clone(), asked.clone(), is_looking));
        let is_news = |(said, before, was_looking)| {
            said != words && !(is_looking && was_looking && before == asked)
        };
        if before.is_some_and(is_news) {
            page::announce(&words);
        }
    });
}

/// Why it is not found out how the rest sends.
fn problem(desk: Desk) -> Vec<El> {
    let problem = desk.problem.get().filter(|_| desk.is_waited_for());
    let again = move || desk.again.update(|times| *times += 1);
    let show = |error| failed(desk.sitting, &error, again);
    problem.map(show).into_iter().collect()
}

fn choosing(desk: Desk) -> Vec<El> {
    desk.chosen.track();
    let t = desk.t;
    let matching = desk.matching.get();
    let (count, rest) = desk.with(|roster| {
        let rest = matching
            .iter()
            .filter(|&&position| !roster.is_chosen(position));
        (roster.count(), rest.count())
    });
    let mut buttons = Vec::new();
    if rest > 0 {
        let label = all_label(t, matching.len());
        buttons.push(button(&label, move || {
            desk.choose(&desk.matching.get_untracked(), true);
        }));
    }
    if count > 0 {
        buttons.push(button(t.choose_none(), move || {
            let chosen: Vec<usize> = desk.with(|roster| roster.chosen().collect());
            desk.choose(&chosen, false);
        }));
    }
    buttons
}

fn all_label(t: &Text, count: usize) -> String {
    wording::count(t, count, t.choose_all_one(), t.choose_all())
}
