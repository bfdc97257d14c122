//! Who uses a connector, as far as it is known, and the button that finds it out.

use crate::text::{Text, fill};
use crate::ui::dom::{El, el, words};
use crate::ui::kit::{actions, button, hint};
use crate::ui::sitting::Sitting;
use crate::ui::wording;

/// Both as rows of a list of names and values.
pub fn usage_rows(sitting: Sitting, t: &'static Text, id: u64) -> Vec<El> {
    let row = |name: &str, value: Box<dyn Fn() -> String>| {
        el("div")
            .child(words("dt", name))
            .child(el("dd").live_text(value))
    };
    vec![
        row(
            t.used_by(),
            Box::new(move || addresses_using(sitting, t, id)),
        ),
        row(
            t.default_for(),
            Box::new(move || domains_using(sitting, t, id)),
        ),
    ]
}

/// How many addresses send through a connector, as far as they were counted.
pub fn addresses_using(sitting: Sitting, t: &Text, id: u64) -> String {
    sitting.users.addresses(|census| {
        let Some(census) = census else {
            return t.not_counted().to_owned();
        };
        let count = census.those(|own| *own == id).count();
        let words = wording::count(t, count, t.addresses_count_one(), t.addresses_count());
        if census.is_whole() {
            return words;
        }
        fill(t.at_least(), &[("count", &words)])
    })
}

/// The domains on which new addresses begin with a connector, as far as they were read.
pub fn domains_using(sitting: Sitting, t: &Text, id: u64) -> String {
    sitting.users.domains(|census| {
        let Some(census) = census else {
            return t.not_told().to_owned();
        };
        let names: Vec<&str> = census
            .those(|domain| domain.connector() == Some(id))
            .collect();
        match (names.is_empty(), census.is_whole(), census.is_through()) {
            (false, ..) => names.join(", "),
            (_, true, _) => t.no_domain().to_owned(),
            (_, _, false) => t.still_looking().to_owned(),
            _ => t.not_readable().to_owned(),
        }
    })
}

/// The button that counts the addresses, and how far that is.
pub fn counting(sitting: Sitting, t: &'static Text) -> El {
    let told = sitting.users.addresses(|census| {
        let census = census?;
        Some((census.asked(), census.all().len(), census.is_through()))
    });
    let count = move || sitting.users.count_addresses(sitting);
    match told {
        None => el("div")
            .child(hint(t.count_hint()))
            .child(actions(vec![button(t.count_now(), count)])),
        Some((asked, all, false)) => {
            let [done, of] = [asked, all].map(|n| wording::number(t, n));
            let line = fill(t.count_progress(), &[("done", &done), ("all", &of)]);
            el("p")
                .class("progress")
                .child(words("label", &line).attr("for", "counted"))
                .child(
                    el("progress")
                        .id("counted")
                        .attr("max", &all.max(1).to_string())
                        .attr("value", &asked.to_string()),
                )
        }
        Some((.., true)) => actions(vec![button(t.count_again(), count)]),
    }
}
