//! A list that people have: pasted or dropped, looked through, and chosen from.

use std::rc::Rc;

use leptos::prelude::*;

use super::desk::Desk;
use crate::browser::carried::{self, Carried};
use crate::browser::{clock, url};
use crate::csv;
use crate::list::{Entry, Index, List, Review};
use crate::text::fill;
use crate::ui::dom::{El, after, counter, el, flag, spawn, text_signal, words};
use crate::ui::draft::Draft;
use crate::ui::kit::{Tone, actions, button, check_field, hint, more, notice};
use crate::ui::wording;

const ID: &str = "list";
/// Entries of one kind that are shown.
const SHOWN: usize = 100;
/// Rows between two looks at the clock, and how long the page may be kept from anything else.
const STRIDE: usize = 20;
const LONGEST_TASK: u64 = 24;
/// A longer file, in bytes, is no list of addresses.
const LARGEST_FILE: usize = 20_000_000;
/// A longer text, in bytes, is not put into the field: to lay it out takes the browser longer than
/// all the rest.
const LONGEST_SHOWN: usize = 20_000;
/// The list outlives a change of language and a reload, unless it has more bytes than a browser keeps.
const LONGEST_KEPT: usize = 1_000_000;

/// How a text is read, and what it comes to.
#[derive(Clone, Copy)]
struct Reading {
    desk: Desk,
    index: StoredValue<Option<Rc<Index>>, LocalStorage>,
    /// What stands in the field.
    typed: RwSignal<String>,
    text: RwSignal<String>,
    /// Whether the text is one too long for the field.
    is_aside: RwSignal<bool>,
    /// `None` until a text is there.
    list: RwSignal<Option<List>>,
    review: StoredValue<Option<Review>, LocalStorage>,
    reviewed: RwSignal<u32>,
    /// Counts up; whatever works for an older number stops.
    turn: StoredValue<u32>,
    is_too_large: RwSignal<bool>,
}

impl Reading {
    /// Takes a whole list, in place of what was there.
    fn put(self, text: String) {
        let is_aside = text.len() > LONGEST_SHOWN;
        if self.is_aside.try_set(is_aside).is_some() {
            return;
        }
        if is_aside {
            self.typed.set(String::new());
            self.text.set(text);
        } else {
            self.typed.set(text);
        }
    }

    /// Takes what is typed, keeps it, and looks it through.
    fn follow(self) {
        after(move || {
            let typed = self.typed.get();
            // The field is empty, too, where its text was put aside.
            if !typed.is_empty() || !self.is_aside.get_untracked() {
                self.is_aside.set(false);
                self.text.set(typed);
            }
        });
        after(move || {
            self.text.with(|text| {
                if text.is_empty() || text.len() > LONGEST_KEPT || !Draft::List.save(text) {
                    Draft::List.forget();
                }
            });
        });
        after(move || {
            let guess = self
                .text
                .with(|text| (!text.trim().is_empty()).then(|| List::guess(text)));
            self.list.set(guess);
        });
        after(move || {
            self.list.track();
            spawn(async move { review(&self).await });
        });
    }
}

/// What is said of a list too long for the field.
fn aside(reading: &Reading) -> Vec<El> {
    let (t, reading) = (reading.desk.t, *reading);
    if !reading.is_aside.get() {
        return Vec::new();
    }
    let lines = reading.text.with(|text| text.lines().count());
    let said = wording::count(t, lines, t.list_taken_one(), t.list_taken());
    let remove = button(t.list_remove(), move || {
        reading.is_aside.set(false);
        reading.text.set(String::new());
    });
    vec![words("p", &said), actions(vec![remove])]
}

pub fn pasted(desk: Desk) -> El {
    let t = desk.t;
    let reading = Reading {
        desk,
        index: StoredValue::new_local(None),
        typed: text_signal(String::new()),
        text: text_signal(String::new()),
        is_aside: flag(false),
        list: RwSignal::new(None),
        review: StoredValue::new_local(None),
        reviewed: counter(),
        turn: StoredValue::new(0),
        is_too_large: flag(false),
    };
    let draft = Draft::List.load().unwrap_or_default();
    let is_begun = !draft.is_empty();
    reading.put(draft);
    reading.follow();
    let field = el("textarea")
        .id(ID)
        .attr("rows", "5")
        .attr("spellcheck", "false")
        .attr("autocomplete", "off")
        .attr("aria-describedby", "list-hint")
        .bind(reading.typed);
    let take = move |file: web_sys::File| {
        let most = u32::try_from(LARGEST_FILE).unwrap_or(u32::MAX);
        let is_fine = file.size() <= f64::from(most);
        reading.is_too_large.set(!is_fine);
        if is_fine {
            spawn(async move {
                if let Some(bytes) = carried::beginning(&file, LARGEST_FILE).await {
                    reading.put(csv::decode(&bytes));
                }
            });
        }
    };
    let take_carried = move |event: &web_sys::Event| {
        match carried::carried(event, LARGEST_FILE) {
            Carried::File(file) => take(file),
            Carried::Text { text, .. } if text.len() > LONGEST_SHOWN => reading.put(text),
            // The field takes it by itself.
            Carried::Text { .. } | Carried::Nothing => return,
        }
        event.prevent_default();
    };
    let file = el("input")
        .id("list-file")
        .attr("type", "file")
        .attr("accept", ".csv,.txt,.tsv");
    let drop = el("div")
        .class("field drop")
        .child(words("label", t.list_label()).attr("for", ID))
        .child(hint(t.list_hint()).id("list-hint"))
        .child(field)
        .child(words("label", t.list_file()).attr("for", "list-file"))
        .child(file.on("change", move |event| {
            if let Some(file) = carried::chosen_file(&event) {
                take(file);
            }
        }))
        // Without this, a file dropped beside the field would take the page's place.
        .on("dragover", |event| event.prevent_default())
        .on("drop", move |event| take_carried(&event))
        .on("paste", move |event| take_carried(&event));
    let list = more(
        t.list_title(),
        vec![
            drop,
            el("div").live(move || {
                let too_large = reading.is_too_large.get();
                let content = || vec![words("p", t.list_too_large_advice())];
                too_large
                    .then(|| notice(Tone::Warning, t.list_too_large(), content()))
                    .into_iter()
                    .collect()
            }),
            el("div").live(move || aside(&reading)),
            el("div").live(move || columns(&reading)),
            el("div")
                .attr("role", "status")
                .live(move || shown(&reading)),
        ],
    );
    if is_begun {
        list.attr("open", "")
    } else {
        list
    }
}

/// Looks the whole text through, in pieces short enough for the page to stay awake.
async fn review(reading: &Reading) {
    let turn = reading.turn.try_update_value(|turn| {
        *turn += 1;
        *turn
    });
    let is_current = || reading.turn.try_get_value() == turn && turn.is_some();
    let list = reading.list.get_untracked();
    let Some(list) = list else {
        reading.review.set_value(None);
        reading.reviewed.update(|times| *times += 1);
        return;
    };
    let mut begun = clock::millis();
    let Some(index) = index(reading, &mut begun).await else {
        return;
    };
    if !is_current() {
        return;
    }
    let text = reading.text.get_untracked();
    let mut review = Review::default();
    for (count, row) in list.rows(&text).enumerate() {
        review.take(&list, &row, &index, url::to_ascii);
        if count % STRIDE == 0 && rest(&mut begun).await && !is_current() {
            return;
        }
    }
    if is_current() {
        reading.review.set_value(Some(review));
        reading.reviewed.update(|times| *times += 1);
    }
}

/// The addresses of the platform, which stay the same while the screen is there; none where it is
/// gone.
async fn index(reading: &Reading, begun: &mut u64) -> Option<Rc<Index>> {
    if let Some(index) = reading.index.try_get_value()? {
        return Some(index);
    }
    let mut index = Index::default();
    let count = reading.desk.with(|roster| roster.addresses().len());
    for first in (0..count).step_by(STRIDE) {
        let part = first..(first + STRIDE).min(count);
        reading.desk.try_with(|roster| {
            for position in part {
                index.add(position, roster.address(position), url::to_ascii);
            }
        })?;
        rest(begun).await;
    }
    let index = Rc::new(index);
    reading
        .index
        .try_update_value(|kept| *kept = Some(index.clone()))?;
    Some(index)
}

/// Lets the page do something else where it was kept from it for long enough; whether it did.
async fn rest(begun: &mut u64) -> bool {
    let is_long = clock::millis() > *begun + LONGEST_TASK;
    if is_long {
        clock::sleep_until(0).await;
        *begun = clock::millis();
    }
    is_long
}

/// How the table is read, to be corrected where the guess is wrong.
fn columns(reading: &Reading) -> Vec<El> {
    let (t, reading) = (reading.desk.t, *reading);
    let Some(list) = reading.list.get() else {
        return Vec::new();
    };
    let change = move |how: &dyn Fn(&mut List)| {
        reading.list.update(|list| {
            if let Some(list) = list {
                how(list);
            }
        });
    };
    let mut content = Vec::new();
    if list.columns.len() > 1 {
        let current = list
            .column
            .map_or_else(String::new, |column| column.to_string());
        let choose = text_signal(current.clone());
        let names = list.columns.iter().enumerate().map(|(place, name)| {
            let values = [("number", &*(place + 1).to_string()), ("name", name)];
            words("option", &fill(t.list_column_name(), &values)).attr("value", &place.to_string())
        });
        let all = words("option", t.list_all_columns()).attr("value", "");
        let select = el("select")
            .id("list-column")
            .child(all)
            .children(names.collect());
        after(move || {
            let column = choose.get();
            if column != current {
                change(&|list| list.column = column.parse().ok());
            }
        });
        content.push(
            el("div")
                .class("field")
                .child(words("label", t.list_column()).attr("for", "list-column"))
                .child(select.bind(choose)),
        );
    }
    if list.has_header || list.columns.len() > 1 {
        let has_header = flag(list.has_header);
        let first = list.columns.join(" · ");
        after(move || {
            let wanted = has_header.get();
            if wanted != list.has_header {
                change(&|list| list.has_header = wanted);
            }
        });
        let label = t.list_has_header();
        content.push(check_field(
            "list-header",
            label,
            &first,
            has_header,
            reading.desk.complaints,
        ));
    }
    content
}

fn shown(reading: &Reading) -> Vec<El> {
    reading.reviewed.track();
    let (t, reading) = (reading.desk.t, *reading);
    reading.review.with_value(|review| {
        let Some(review) = review else {
            return Vec::new();
        };
        let found = review.found.len();
        let mut content = vec![words(
            "p",
            &wording::count(t, found, t.list_found_one(), t.list_found()),
        )];
        let kinds = [
            (&review.unknown, t.list_unknown_one(), t.list_unknown()),
            (&review.invalid, t.list_invalid_one(), t.list_invalid()),
            (&review.doubled, t.list_doubled_one(), t.list_doubled()),
        ];
        for (entries, one, many) in kinds {
            if !entries.is_empty() {
                let title = wording::count(t, entries.len(), one, many);
                content.push(more(&title, vec![listed(&reading, entries)]));
            }
        }
        if found > 0 {
            let label = wording::count(t, found, t.choose_all_one(), t.list_choose());
            let choose = move || {
                let found = reading.review.with_value(|review| {
                    review
                        .as_ref()
                        .map(|review| review.found.clone())
                        .unwrap_or_default()
                });
                reading.desk.choose(&found, true);
            };
            content.push(actions(vec![button(&label, choose)]));
        }
        content
    })
}

fn listed(reading: &Reading, entries: &[Entry]) -> El {
    let t = reading.desk.t;
    let item = |entry: &Entry| {
        let line = wording::number(t, entry.line);
        let text: String = entry.text.chars().take(200).collect();
        words("li", &fill(t.list_line(), &[("line", &line)]))
            .text(" ")
            .child(words("code", &text))
    };
    let list = el("ul").children(entries.iter().take(SHOWN).map(item).collect());
    let rest = entries.len().saturating_sub(SHOWN);
    let more = (rest > 0).then(|| hint(&wording::count(t, rest, t.list_rest_one(), t.list_rest())));
    el("div").child(list).maybe(more)
}
