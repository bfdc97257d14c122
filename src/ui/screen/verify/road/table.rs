//! The way as a table, for whoever cannot see the drawing and for copying.

use super::{MOST, Told, part};
use crate::csv;
use crate::mail::journey::{Journey, Side};
use crate::mail::judged::Judged;
use crate::text::Text;
use crate::ui::dom::{El, el, words};
use crate::ui::kit::more;
use crate::ui::part::shown::copy_button;

const COLUMNS: usize = 7;

/// One handover as the cells of the table.
fn row(t: &Text, judged: &Judged, index: usize, told: &Told) -> [String; COLUMNS] {
    let Journey {
        stations,
        stretches,
        ..
    } = &judged.journey;
    let (from, to, stretch) = (&stations[index], &stations[index + 1], &stretches[index]);
    let name = |name: Option<&String>| name.map_or(t.station_unnamed(), |name| name).to_owned();
    let mut sender = name(from.also.as_ref().or(from.name.as_ref()));
    if let Some(address) = &from.address {
        sender = [&sender, " [", address, "]"].concat();
    }
    let side = if stretch.is_connector {
        Side::Connector
    } else if stretch.crosses {
        Side::Sender
    } else {
        to.side
    };
    let part = match side {
        Side::Recipient => t.part_of_recipient(),
        side => part(t, side).1,
    };
    let line = judged.line(&stretch.range);
    [
        sender,
        name(to.name.as_ref()),
        told.whole_time.clone(),
        told.span.clone(),
        told.encryption.to_owned(),
        part.to_owned(),
        line.map(|line| line.to_string()).unwrap_or_default(),
    ]
}

/// The table, folded away, with a button that copies all of it.
pub fn table(t: &'static Text, judged: &Judged, told: &[Told]) -> El {
    let columns: [&str; COLUMNS] = [
        t.column_from(),
        t.column_to(),
        t.column_taken(),
        t.column_after(),
        t.column_encryption(),
        t.column_part(),
        t.column_line(),
    ];
    let rows: Vec<_> = told
        .iter()
        .enumerate()
        .map(|(index, told)| row(t, judged, index, told))
        .collect();
    let names = columns.map(str::to_owned);
    let copied = csv::to_paste(
        [&names]
            .into_iter()
            .chain(&rows)
            .map(<[String; COLUMNS]>::as_slice),
    );
    let head = columns.map(|name| words("th", name).attr("scope", "col"));
    let head = el("thead").child(el("tr").children(head.into()));
    let body = rows.into_iter().take(MOST).map(|row| {
        let cells = row.iter().map(|cell| words("td", cell));
        el("tr").children(cells.collect())
    });
    let table = el("table")
        .child(words("caption", t.road_title()).class("visually-hidden"))
        .child(head)
        .child(el("tbody").children(body.collect()));
    let table = el("div")
        .class("scroll")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", t.road_title())
        .child(table);
    more(t.road_table(), vec![table, copying(t, copied)])
}

/// Copies the table as text with tabs, which every spreadsheet takes apart again.
fn copying(t: &'static Text, table: String) -> El {
    let [copy, said] = copy_button(t, t.copy_table(), move || table.clone());
    el("p").class("actions").child(copy).child(said)
}
