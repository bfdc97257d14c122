//! Step 2, before anything is changed: what would be, how many calls it takes and how long.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::browser::clock;
use crate::ovh::Call;
use crate::ovh::exchange::ChangeAccount;
use crate::run::assigning::{Assigning, Counts, Item, State};
use crate::run::order::{Order, Purpose};
use crate::text::{Text, fill};
use crate::ui::dom::{El, el, words};
use crate::ui::kit::{
    Tone, actions, button, details, heading, hint, lead, main_button, more, not_kept, notice,
};
use crate::ui::part::elsewhere::elsewhere;
use crate::ui::part::shown;
use crate::ui::part::standstill::{self, Standstill};
use crate::ui::sitting::{Sitting, work};
use crate::ui::wording;
use crate::wizard::{Event, Screen};

/// Addresses that are named one by one; of more there is a table once it begins.
const NAMED: usize = 10;
/// Failures that are shown.
const FAILURES: usize = 20;
/// Calls that are shown; all of them are copied.
const SHOWN: usize = 100;

pub fn plan(sitting: Sitting) -> Vec<El> {
    let t = sitting.words();
    // Another tab may have the job, or it is on its way from where it is kept.
    let is_there = Memo::new(move |_| {
        sitting.work.moved.track();
        sitting.work.read(|_, _| ()).is_some()
    });
    vec![
        heading(t.plan_title()),
        el("div").live(move || elsewhere(sitting, t)),
        el("div").live(move || {
            if is_there.get() {
                job(sitting, t)
            } else {
                Vec::new()
            }
        }),
    ]
}

fn job(sitting: Sitting, t: &'static Text) -> Vec<El> {
    let order = sitting.work.read(|order, _| order.clone());
    let Some(order) = order else {
        return Vec::new();
    };
    let purpose = order.purpose;
    let counts = Memo::new(move |_| {
        sitting.work.moved.track();
        sitting
            .work
            .read(|_, machine| machine.counts())
            .unwrap_or_default()
    });
    // The buttons are drawn anew only where others are needed: one of them may have the focus.
    let is_nothing_left = Memo::new(move |_| {
        let counts = counts.get();
        looked_at(counts) == counts.all() && counts.to_write == 0
    });
    let stands = Memo::new(move |before: Option<&Option<Standstill>>| {
        sitting.work.moved.track();
        let before = before.and_then(Option::as_ref);
        let stands = sitting
            .work
            .read(|_, machine| Standstill::of(machine, before));
        stands.flatten()
    });
    let looked = move || {
        let counts = counts.get();
        (looked_at(counts).to_string(), counts.all().to_string())
    };
    let progress = move || {
        let counts = counts.get();
        let [done, all] = [looked_at(counts), counts.all()].map(|n| wording::number(t, n));
        fill(t.plan_looked(), &[("done", &done), ("all", &all)])
    };
    let bar = el("progress")
        .id("plan-progress")
        .live_attr("max", move || Some(looked().1))
        .live_attr("value", move || Some(looked().0));
    vec![
        lead(&wording::asked(t, &order, counts.get_untracked().all())),
        el("p")
            .class("progress")
            .child(el("label").attr("for", "plan-progress").live_text(progress))
            .child(bar),
        el("div").live(move || {
            let stands = stands.get();
            let show = |stands| standstill::show(sitting, t, stands, Vec::new());
            stands.iter().map(show).collect()
        }),
        not_kept(t, sitting.work.is_kept),
        el("div").live(move || {
            counts.track();
            sitting
                .work
                .read(|order, machine| numbers(sitting, t, order, machine))
                .unwrap_or_default()
        }),
        el("div").live(move || calls(sitting, t)),
        el("div").live(move || {
            let counts = is_nothing_left.get().then(|| counts.get_untracked());
            choices(sitting, t, purpose, counts)
        }),
    ]
}

fn looked_at(counts: Counts) -> usize {
    counts.all() - counts.to_read - counts.reading
}

fn numbers(sitting: Sitting, t: &Text, order: &Order, machine: &Assigning) -> Vec<El> {
    let counts = machine.counts();
    let number = |count| wording::number(t, count);
    let to_change = number(counts.to_write);
    let to_change = if looked_at(counts) < counts.all() {
        fill(t.plan_so_far(), &[("count", &to_change)])
    } else {
        to_change
    };
    let mut rows = vec![(t.plan_to_change(), to_change)];
    if counts.already > 0 {
        rows.push((t.plan_already(), number(counts.already)));
    }
    if counts.failed > 0 {
        rows.push((t.plan_failed(), number(counts.failed)));
    }
    // Whom the change takes an address from, beside the connector that it is about.
    let own = order.connector.id;
    let mut taken: BTreeMap<u64, usize> = BTreeMap::new();
    for item in machine.items() {
        let before = item.before.filter(|id| *id != 0 && Some(*id) != own);
        if let (State::ToWrite, Some(before)) = (&item.state, before) {
            *taken.entry(before).or_default() += 1;
        }
    }
    let remaining = machine.remaining(clock::millis());
    rows.push((
        t.plan_calls(),
        fill(t.plan_up_to(), &[("count", &number(remaining.calls))]),
    ));
    if remaining.millis > 0 {
        let time = wording::duration(t, remaining.millis);
        rows.push((t.plan_time(), fill(t.plan_up_to(), &[("count", &time)])));
    }
    if counts.all() <= NAMED {
        let all = machine.items().iter();
        let all: Vec<&str> = all.map(|item| &*item.address).collect();
        rows.insert(0, (t.plan_addresses(), all.join(", ")));
    }
    let mut content = vec![details(rows)];
    if counts.failed > 0 {
        let failed = machine.items().iter();
        let failed = failed.filter(|item| matches!(item.state, State::Failed(_)));
        let item = |item: &Item| {
            let why = wording::item(t, item).1;
            words("li", &[&*item.address, ": ", &why].concat())
        };
        let list = failed.take(FAILURES).map(item).collect();
        content.push(el("ul").children(list));
    }
    if order.purpose == Purpose::Undo {
        let (filters, unknown) = sitting.work.left_by_undoing();
        let left = [
            (filters, t.plan_filters_stay_one(), t.plan_filters_stay()),
            (unknown, t.plan_unknown_stay_one(), t.plan_unknown_stay()),
        ];
        let left = left.into_iter().filter(|(count, ..)| *count > 0);
        content.extend(
            left.map(|(count, one, many)| words("p", &wording::count(t, count, one, many))),
        );
    }
    let taken = taken.into_iter().map(|(id, count)| {
        let name = sitting.connector_name(t, Some(id));
        let values = [("connector", &*name)];
        let (one, many) = (t.plan_taken_one(), t.plan_taken());
        words("li", &wording::count_with(t, count, one, many, &values))
    });
    let taken: Vec<El> = taken.collect();
    if !taken.is_empty() {
        let list = el("ul").children(taken);
        content.push(notice(Tone::Warning, t.plan_taken_title(), vec![list]));
    }
    content
}

/// The exact calls, for whoever wants to see or to repeat them.
fn calls(sitting: Sitting, t: &'static Text) -> Vec<El> {
    let lines = move |most: usize| {
        let lines = sitting.work.read(|order, machine| {
            let items = machine.items().iter().take(most);
            let line = |address: &str, connector| {
                let call = ChangeAccount {
                    platform: &order.platform,
                    address,
                    connector,
                    filters: None,
                };
                let request = call.request();
                [
                    request.method.as_str(),
                    " ",
                    &request.path,
                    " ",
                    &request.body,
                ]
                .concat()
            };
            items
                .map(|item| line(&item.address, item.wanted))
                .collect::<Vec<_>>()
        });
        lines.unwrap_or_default().join("\n")
    };
    let count = sitting.work.read(|_, machine| machine.items().len());
    let rest = count.unwrap_or_default().saturating_sub(SHOWN);
    let first = sitting.work.read(|order, machine| {
        let item = machine.items().first()?;
        let call = ChangeAccount {
            platform: &order.platform,
            address: &item.address,
            connector: item.wanted,
            filters: None,
        };
        Some(call.request())
    });
    let first = first.flatten().map(|request| {
        let title = hint(t.calls_first()).text(" ");
        let requests = std::slice::from_ref(&request);
        el("div")
            .child(title.text(&shown::without_secrets(t, requests)))
            .children(shown::call(t, &sitting.endpoint(), &request))
    });
    let more_lines =
        (rest > 0).then(|| hint(&wording::count(t, rest, t.list_rest_one(), t.list_rest())));
    let pre = words("pre", &lines(SHOWN)).attr("tabindex", "0");
    vec![more(
        t.plan_exact_calls(),
        vec![
            hint(t.plan_exact_calls_hint()),
            pre,
            el("div").maybe(more_lines),
            shown::copying(t, t.copy_calls(), move || lines(usize::MAX)),
            el("div").maybe(first),
        ],
    )]
}

/// The ways on; with the counts where nothing is left to change.
fn choices(
    sitting: Sitting,
    t: &'static Text,
    purpose: Purpose,
    nothing_left: Option<Counts>,
) -> Vec<El> {
    let back = button(t.back(), move || work::drop(sitting));
    let Some(counts) = nothing_left else {
        let label = match purpose {
            Purpose::Attach => t.begin_attach(),
            Purpose::Detach => t.begin_detach(),
            Purpose::Undo => t.begin_undo(),
        };
        let begin = main_button(label, move || work::begin(sitting));
        return vec![hint(t.plan_nothing_yet()), actions(vec![begin, back])];
    };
    let mut buttons = vec![back];
    if purpose == Purpose::Attach && counts.already > 0 {
        let verify = main_button(t.to_verify(), move || {
            work::begin(sitting);
            sitting.on(Event::WentTo(Screen::Verify));
        });
        buttons.insert(0, verify);
    }
    let tone = if counts.failed > 0 {
        Tone::Warning
    } else {
        Tone::Good
    };
    vec![
        notice(
            tone,
            t.plan_nothing_to_do(),
            vec![words("p", t.plan_nothing_to_do_text())],
        ),
        actions(buttons),
    ]
}
