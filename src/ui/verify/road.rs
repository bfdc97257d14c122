//! The way of a mail, drawn from its first server to its last, and the same as a table.

use leptos::prelude::*;

use super::judged::Judged;
use crate::browser::{intl, page};
use crate::mail::date::Date;
use crate::mail::journey::{Journey, Side, Station, Stretch};
use crate::text::{Text, fill};
use crate::ui::dom::{El, el, spawn, text_signal, words};
use crate::ui::kit::{button, more};

/// More servers than these are not drawn; the copied table has them all.
const MOST: usize = 60;

/// The drawing with its table; nothing where no server is known.
pub fn road(t: &'static Text, judged: &Judged) -> Vec<El> {
    let journey = &judged.journey;
    if journey.stretches.is_empty() {
        return Vec::new();
    }
    let mut clock = Clock::new(t);
    let told: Vec<_> = journey
        .stretches
        .iter()
        .map(|stretch| Told::of(t, stretch, &mut clock))
        .collect();
    let shown = journey.stations.iter().take(MOST).enumerate();
    let stations = shown.map(|(index, station)| {
        let before = index.checked_sub(1).map(|before| &journey.stations[before]);
        let stretch = journey.stretches.get(index).zip(told.get(index));
        let is_last = index + 1 == MOST.min(journey.stations.len());
        draw_station(t, station, before, stretch.filter(|_| !is_last))
    });
    let drawing = el("ol").class("road").children(stations.collect());
    let length = match journey.seconds {
        Some(seconds @ 1..) => {
            let time = intl::duration(t.language, seconds.unsigned_abs());
            fill(t.road_took(), &[("time", &time)])
        }
        _ => t.road_order().to_owned(),
    };
    let mut figure = el("figure")
        .class("way")
        .child(words("figcaption", &length))
        .child(drawing);
    if journey.stations.len() > MOST {
        let all = journey.stations.len().to_string();
        let cut = fill(t.road_cut(), &[("shown", &MOST.to_string()), ("all", &all)]);
        figure = figure.child(words("p", &cut).class("hint"));
    }
    vec![words("h2", t.road_title()), figure, table(t, judged, &told)]
}

/// What is said of one stretch, in words.
struct Told {
    /// The time alone, with the day where it is another one than before.
    time: String,
    /// Day, time and zone.
    whole_time: String,
    after: String,
    encryption: &'static str,
}

impl Told {
    fn of(t: &Text, stretch: &Stretch, clock: &mut Clock) -> Self {
        let span = |seconds: i64| intl::duration(t.language, seconds.unsigned_abs());
        let after = match stretch.seconds {
            None => String::new(),
            Some(0) => t.stretch_at_once().to_owned(),
            Some(seconds) if seconds > 0 => fill(t.stretch_after(), &[("time", &span(seconds))]),
            Some(seconds) => fill(t.stretch_back(), &[("time", &span(seconds))]),
        };
        let (time, whole_time) = match stretch.date {
            Some(date) => clock.tell(t, date),
            None => (t.time_missing().to_owned(), t.time_missing().to_owned()),
        };
        let encryption = match stretch.encrypted {
            Some(true) => t.encrypted(),
            Some(false) => t.not_encrypted(),
            None => t.encryption_not_told(),
        };
        Self {
            time,
            whole_time,
            after,
            encryption,
        }
    }
}

/// Points in time in the reader's words: in the reader's zone, or as written where none is given.
struct Clock {
    language: &'static str,
    zoned: Option<Formats>,
    unzoned: Option<Formats>,
    last_day: String,
}

struct Formats {
    day: intl::Format,
    time: intl::Format,
    whole_time: intl::Format,
}

impl Formats {
    fn new(language: &str, zone: &[(&str, &str)]) -> Self {
        let format = |style: &[(&str, &str)]| {
            intl::Format::new("DateTimeFormat", language, &[style, zone].concat())
        };
        // The zone is named where there is one to be named.
        let whole = if zone.is_empty() { "long" } else { "medium" };
        Self {
            day: format(&[("dateStyle", "medium")]),
            time: format(&[("timeStyle", "medium")]),
            whole_time: format(&[("dateStyle", "medium"), ("timeStyle", whole)]),
        }
    }
}

impl Clock {
    fn new(t: &Text) -> Self {
        Self {
            language: t.language,
            zoned: None,
            unzoned: None,
            last_day: String::new(),
        }
    }

    /// The time, with its day where that is a new one; and both with the zone.
    fn tell(&mut self, t: &Text, date: Date) -> (String, String) {
        let Some(millis) = millis(date) else {
            return (t.time_missing().to_owned(), t.time_missing().to_owned());
        };
        let has_zone = date.offset.is_some();
        let language = self.language;
        let formats = if has_zone {
            self.zoned
                .get_or_insert_with(|| Formats::new(language, &[]))
        } else {
            let utc = [("timeZone", "UTC")];
            self.unzoned
                .get_or_insert_with(|| Formats::new(language, &utc))
        };
        let day = formats.day.words(millis);
        let mut time = formats.time.words(millis);
        let mut whole_time = formats.whole_time.words(millis);
        if day != self.last_day {
            time = [&day, ", ", &time].concat();
            self.last_day = day;
        }
        if !has_zone {
            for time in [&mut time, &mut whole_time] {
                *time = fill(t.time_without_zone(), &[("time", time)]);
            }
        }
        (time, whole_time)
    }
}

/// Milliseconds since 1970, where a browser can show them.
fn millis(date: Date) -> Option<f64> {
    const LAST: u64 = 8_640_000_000_000;
    #[allow(
        clippy::cast_precision_loss,
        reason = "far fewer digits than are exact"
    )]
    (date.seconds.unsigned_abs() <= LAST).then_some(date.seconds as f64 * 1000.0)
}

fn draw_station(
    t: &Text,
    station: &Station,
    before: Option<&Station>,
    stretch: Option<(&Stretch, &Told)>,
) -> El {
    let (class, part) = part(t, station.side);
    let mut item = el("li");
    if before.is_none_or(|before| before.side != station.side) && !part.is_empty() {
        item = item.child(words("p", part).class("part"));
    }
    let name = station.name.as_deref().unwrap_or(t.station_unnamed());
    let mut title = el("p").class("station").child(words("strong", name));
    if let Some(address) = &station.address {
        title = title.text(" ").child(words("span", address));
    }
    let mut stop = el("div").class("stop").child(title);
    if let Some(also) = &station.also {
        let also = fill(t.station_also(), &[("name", also)]);
        stop = stop.child(words("p", &also).class("hint"));
    }
    let Some((stretch, told)) = stretch else {
        return item.child(stop).class(class);
    };
    let facts = [
        (told.time.as_str(), ""),
        (
            &told.after,
            if stretch.seconds < Some(0) { "odd" } else { "" },
        ),
        (
            told.encryption,
            if stretch.encrypted == Some(false) {
                "open"
            } else {
                ""
            },
        ),
    ];
    let facts = facts.into_iter().filter(|(words, _)| !words.is_empty());
    let facts = facts.map(|(fact, class)| words("span", fact).class(class));
    let facts = el("p").class("stretch").children(facts.collect());
    let marks = [
        (class, !class.is_empty()),
        ("through", stretch.is_connector),
        ("open", stretch.encrypted == Some(false)),
    ];
    let marks: Vec<_> = marks.iter().filter(|(_, is_so)| *is_so).collect();
    let marks: Vec<_> = marks.into_iter().map(|(mark, _)| *mark).collect();
    item.child(stop.child(facts)).class(&marks.join(" "))
}

fn part(t: &Text, side: Side) -> (&'static str, &'static str) {
    match side {
        Side::Sender => ("", t.part_sender()),
        Side::Connector => ("connector", t.part_connector()),
        Side::Recipient => ("recipient", t.part_recipient()),
        Side::Unknown => ("", ""),
    }
}

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
        told.after.clone(),
        told.encryption.to_owned(),
        part.to_owned(),
        line.map(|line| line.to_string()).unwrap_or_default(),
    ]
}

fn table(t: &'static Text, judged: &Judged, told: &[Told]) -> El {
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
    let mut copied = columns.join("\t");
    for row in &rows {
        copied.push('\n');
        copied.push_str(&row.join("\t").replace(['\n', '\r'], " "));
    }
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
    more(t.road_table(), vec![table, copy_button(t, copied)])
}

/// Copies the table as text with tabs, which every spreadsheet takes apart again.
fn copy_button(t: &'static Text, table: String) -> El {
    let table = StoredValue::new_local(table);
    let said = text_signal(String::new());
    let copy = move || {
        spawn(async move {
            let copied = page::copy(&table.get_value()).await;
            let words = if copied { t.copied() } else { t.not_copied() };
            said.try_set(words.to_owned());
        });
    };
    el("p")
        .class("actions")
        .child(button(t.copy_table(), copy))
        .child(
            el("span")
                .attr("role", "status")
                .live_text(move || said.get()),
        )
}
