//! What is kept of a job: its table as a file, and on paper.

use crate::browser::{download, page};
use crate::csv;
use crate::text::Text;
use crate::ui::dom::{El, el, words};
use crate::ui::kit::button;
use crate::ui::sitting::Sitting;
use crate::ui::{record, wording};

pub fn keepsakes(sitting: Sitting, t: &'static Text) -> Vec<El> {
    let save = move || {
        let name = sitting.work.read(|order, _| order.platform.service.clone());
        let name = [&name.unwrap_or_default(), ".csv"].concat();
        download::save(&name, "text/csv;charset=utf-8", &as_table(sitting, t));
    };
    vec![
        words("h2", t.keep_result()),
        el("p")
            .class("actions")
            .child(button(t.save_csv(), save))
            .child(button(t.print(), page::print))
            .child(record::link(sitting, t)),
    ]
}

/// The whole table: address, what it has now, what it had, how it stands.
fn as_table(sitting: Sitting, t: &'static Text) -> String {
    let head = [t.address(), t.state(), t.wanted(), t.before()].map(ToOwned::to_owned);
    let rows = sitting.work.read(|_, machine| {
        let named = |id: u64| sitting.connector_name(t, Some(id).filter(|id| *id != 0));
        let row = |item: &crate::run::assigning::Item| {
            vec![
                item.address.to_string(),
                wording::item(t, item).1,
                named(item.wanted),
                item.before.map_or_else(String::new, named),
            ]
        };
        machine.items().iter().map(row).collect::<Vec<_>>()
    });
    let rows = rows.unwrap_or_default();
    // Excel takes the comma for a part of a number where the language does.
    let separator = if t.language == "en" { ',' } else { ';' };
    csv::write([head.to_vec()].into_iter().chain(rows), separator)
}
