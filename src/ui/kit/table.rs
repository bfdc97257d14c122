//! A table whose rows become cards where there is little room.

use crate::ui::dom::{El, el, words};

/// A table by its name, its columns and the cells of each row, of which the first names the row. The
/// roles are said out loud: what is laid out as a card is no table to a browser any more.
pub fn table(name: &str, columns: &[&str], rows: Vec<Vec<El>>) -> El {
    let head = columns.iter().map(|column| {
        words("th", column)
            .attr("scope", "col")
            .attr("role", "columnheader")
    });
    let head = el("tr").attr("role", "row").children(head.collect());
    let rows = rows.into_iter().map(|cells| {
        let cells = cells.into_iter().zip(columns).enumerate();
        let cells = cells.map(|(place, (content, column))| {
            let cell = if place == 0 {
                el("th").attr("scope", "row").attr("role", "rowheader")
            } else {
                el("td").attr("role", "cell")
            };
            cell.attr("data-column", column).child(content)
        });
        el("tr").attr("role", "row").children(cells.collect())
    });
    el("table")
        .class("cards")
        .attr("role", "table")
        .attr("aria-label", name)
        .child(el("thead").attr("role", "rowgroup").child(head))
        .child(
            el("tbody")
                .attr("role", "rowgroup")
                .children(rows.collect()),
        )
}
