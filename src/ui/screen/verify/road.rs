//! The way of a mail, drawn from its first server to its last, and the same as a table.

use crate::browser::intl;
use crate::mail::journey::{Side, Station, Stretch};
use crate::mail::judged::Judged;
use crate::text::{Text, fill};
use crate::ui::dom::{El, el, words};
use crate::ui::kit::breakable;

mod table;
mod told;

use table::table;
use told::{Clock, Told};

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
    let mut title = el("p").class("station").child(breakable("strong", name));
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
    let is_open = stretch.encrypted == Some(false);
    let is_odd = stretch.seconds.is_some_and(|seconds| seconds < 0);
    let facts = [
        (told.time.as_str(), ""),
        (&told.after, if is_odd { "odd" } else { "" }),
        (told.encryption, if is_open { "open" } else { "" }),
    ];
    let facts = facts.into_iter().filter(|(words, _)| !words.is_empty());
    let facts = facts.map(|(fact, class)| words("span", fact).class(class));
    let facts = el("p").class("stretch").children(facts.collect());
    let through = if stretch.is_connector { " through" } else { "" };
    let open = if is_open { " open" } else { "" };
    item.child(stop.child(facts))
        .class(&[class, through, open].concat())
}

/// The class and the name of a part of the way.
fn part(t: &Text, side: Side) -> (&'static str, &'static str) {
    match side {
        Side::Sender => ("", t.part_sender()),
        Side::Connector => ("connector", t.part_connector()),
        Side::Recipient => ("recipient", t.part_recipient()),
        Side::Unknown => ("", ""),
    }
}
