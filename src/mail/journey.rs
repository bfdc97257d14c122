//! The way of a mail as it can be drawn: the servers that it passed and the stretches between them,
//! oldest first, as far as its header tells.

use std::ops::Range;

use super::date::Date;
use super::received::Hop;
use super::scan;
use super::verdict::{Judgement, Verdict};

/// Stations and stretches take turns: a station, a stretch to the next station, and so on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Journey {
    /// One more than there are stretches; none where no hop could be read.
    pub stations: Vec<Station>,
    pub stretches: Vec<Stretch>,
    /// Seconds from the first handover to the last; none where their clocks cannot be compared.
    pub seconds: Option<i64>,
}

/// A server that the mail passed, or whoever handed it to the first one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Station {
    /// The name it gave itself, or the one it was known by to the next server.
    pub name: Option<String>,
    /// The full name under which it handed the mail on, where that is another one.
    pub also: Option<String>,
    /// The internet address that the next server saw.
    pub address: Option<String>,
    pub side: Side,
}

/// Whose server it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Sender,
    /// The connector's, on the way that was proved.
    Connector,
    Recipient,
    /// It is not known where the mail changed hands.
    Unknown,
}

/// One handover: from the station before to the one after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// When the mail was taken, by the clock of the server that took it.
    pub date: Option<Date>,
    /// Seconds since the handover before; below zero where a clock runs behind. None where a date or
    /// its zone is missing.
    pub seconds: Option<i64>,
    pub encrypted: Option<bool>,
    /// It belongs to the connector's part of the way.
    pub is_connector: bool,
    /// Here the recipient's side took the mail.
    pub crosses: bool,
    /// The field in the pasted text.
    pub range: Range<usize>,
}

impl Journey {
    pub fn of(judgement: &Judgement) -> Self {
        let hops = &judgement.evidence.hops;
        if hops.is_empty() {
            return Self::default();
        }
        let stretches: Vec<_> = (0..hops.len())
            .map(|index| stretch(judgement, index))
            .collect();
        let first = stretches.iter().find_map(|stretch| stretch.date);
        let last = stretches.iter().rev().find_map(|stretch| stretch.date);
        Self {
            stations: (0..=hops.len())
                .map(|index| station(judgement, index))
                .collect(),
            seconds: between(first, last).filter(|_| stretches.len() > 1),
            stretches,
        }
    }
}

fn stretch(judgement: &Judgement, index: usize) -> Stretch {
    let hops = &judgement.evidence.hops;
    let hop = &hops[index];
    let before = index.checked_sub(1).map(|before| &hops[before]);
    Stretch {
        date: hop.date,
        seconds: between(before.and_then(|before| before.date), hop.date),
        encrypted: hop.encrypted,
        is_connector: is_connectors(judgement, index),
        crosses: judgement.road.boundary == Some(index),
        range: hop.range.clone(),
    }
}

/// A time without a zone can be compared with none.
fn between(before: Option<Date>, after: Option<Date>) -> Option<i64> {
    let (before, after) = (before?, after?);
    (before.offset.is_some() && after.offset.is_some()).then(|| after.seconds - before.seconds)
}

/// Where the way through the connector is proved: its servers' hops, up to the one that handed the
/// mail over. The same provider's servers behind that are the recipient's.
fn is_connectors(judgement: &Judgement, index: usize) -> bool {
    let road = &judgement.road;
    matches!(road.verdict, Verdict::Used { .. })
        && road.boundary.is_some_and(|boundary| index <= boundary)
        && road.is_connectors(index)
}

/// The station in front of the hop of this index; behind the last one, the mailbox's server.
fn station(judgement: &Judgement, index: usize) -> Station {
    let hops = &judgement.evidence.hops;
    let before = index.checked_sub(1).and_then(|before| hops.get(before));
    let after = hops.get(index);
    let own = before.map(Hop::by).filter(|own| !own.is_empty());
    let shown = after.and_then(sender_name);
    let side = match judgement.road.boundary {
        None => Side::Unknown,
        Some(boundary) if index > boundary => Side::Recipient,
        Some(boundary) => {
            let took = index > 0 && is_connectors(judgement, index - 1);
            let handed_over = index == boundary && is_connectors(judgement, index);
            if took || handed_over {
                Side::Connector
            } else {
                Side::Sender
            }
        }
    };
    Station {
        name: own.or(shown).map(scan::own),
        also: own
            .and(shown)
            .filter(|shown| scan::has(shown, b'.') && !own.is_some_and(|own| scan::is(own, shown)))
            .map(scan::own),
        address: after
            .map(Hop::address_text)
            .filter(|address| !address.is_empty())
            .map(scan::own),
        side,
    }
}

/// What the server that took the mail calls the one it came from: the name it looked up before the
/// one that it was told.
fn sender_name(hop: &Hop) -> Option<&str> {
    let names = [hop.reverse(), hop.helo(), hop.from()];
    let is_name = |name: &&str| !name.is_empty() && !name.starts_with('[');
    names.into_iter().find(is_name)
}

#[cfg(test)]
mod tests;
