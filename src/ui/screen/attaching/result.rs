//! What is kept of a job: its table as a file, and on paper.

use leptos::prelude::*;

use crate::browser::{download, page};
use crate::csv;
use crate::run::assigning::Item;
use crate::text::Text;
use crate::ui::dom::{El, el, flag, words};
use crate::ui::kit::button;
use crate::ui::part::leaving;
use crate::ui::sitting::Sitting;
use crate::ui::wording;

pub fn keepsakes(sitting: Sitting, t: &'static Text) -> Vec<El> {
    let save = move || {
        let name = sitting.work.read(|order, _| order.platform.service.clone());
        let name = [&name.unwrap_or_default(), ".csv"].concat();
        download::save(&name, "text/csv;charset=utf-8", &as_table(sitting, t));
    };
    // On the screen there is a page of the table at a time; on paper all of it.
    let is_on_paper = flag(false);
    page::on_print(move |is_begun| {
        is_on_paper.try_set(is_begun);
    });
    vec![
        words("h2", t.keep_result()).class("on-screen"),
        el("p")
            .class("actions")
            .child(button(t.save_csv(), save))
            .child(button(t.print(), page::print))
            .child(leaving::link(sitting, t)),
        el("div").class("on-paper").live(move || {
            let whole = is_on_paper.get().then(|| whole_table(sitting, t));
            whole.into_iter().collect()
        }),
    ]
}

fn head(t: &Text) -> [&'static str; 4] {
    [t.address(), t.state(), t.wanted(), t.before()]
}

/// Every address: what it has now, what it had, how it stands.
fn rows(sitting: Sitting, t: &Text) -> Vec<Vec<String>> {
    let rows = sitting.work.read(|_, machine| {
        let named = |id: u64| sitting.connector_name(t, Some(id).filter(|id| *id != 0));
        let row = |item: &Item| {
            vec![
                item.address.to_string(),
                wording::item(t, item).1,
                named(item.wanted),
                item.before.map_or_else(String::new, named),
            ]
        };
        machine.items().iter().map(row).collect()
    });
    rows.unwrap_or_default()
}

fn as_table(sitting: Sitting, t: &Text) -> String {
    // Excel takes the comma for a part of a number where the language does.
    let separator = if t.language == "en" { ',' } else { ';' };
    let head = head(t).map(ToOwned::to_owned).to_vec();
    csv::write([head].into_iter().chain(rows(sitting, t)), separator)
}

fn whole_table(sitting: Sitting, t: &Text) -> El {
    let column = |title: &str| words("th", title).attr("scope", "col");
    let row = |cells: Vec<String>| {
        let cells = cells.iter().map(|cell| words("td", cell));
        el("tr").children(cells.collect())
    };
    let rows = rows(sitting, t).into_iter().map(row).collect();
    let head = el("tr").children(head(t).map(column).into());
    el("table")
        .child(el("thead").child(head))
        .child(el("tbody").children(rows))
}
