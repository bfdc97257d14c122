//! What the parts of the screen share: the addresses, what is looked for, what changed.

use std::sync::Arc;

use leptos::prelude::*;

use crate::ovh::Error;
use crate::roster::{Filter, Now, Roster};
use crate::text::Text;
use crate::ui::dom::{after, counter};
use crate::ui::draft::Draft;
use crate::ui::kit::{Complaints, no_complaints};
use crate::ui::sitting::Sitting;

/// Rows on the screen at once.
pub const ROWS: usize = 100;

/// A copy is another handle to the same.
#[derive(Clone, Copy)]
pub struct Desk {
    pub sitting: Sitting,
    pub t: &'static Text,
    roster: StoredValue<Roster, LocalStorage>,
    /// The choice changed.
    pub chosen: RwSignal<u32>,
    /// More is known of how addresses send.
    pub learned: RwSignal<u32>,
    /// Why it is not read any more how addresses send.
    pub problem: RwSignal<Option<Error>>,
    /// That is to be read again.
    pub again: RwSignal<u32>,
    pub filter: RwSignal<Filter>,
    pub page: RwSignal<usize>,
    pub matching: Memo<Arc<Vec<usize>>>,
    pub complaints: Complaints,
}

impl Desk {
    pub fn new(sitting: Sitting, t: &'static Text, roster: Roster) -> Self {
        let roster = StoredValue::new_local(roster);
        let (chosen, learned) = (counter(), counter());
        let filter = RwSignal::new(Filter::default());
        let matching = Memo::new(move |_| {
            filter.with(|filter| {
                if filter.only_chosen {
                    chosen.track();
                }
                if filter.now.is_some() {
                    learned.track();
                }
                Arc::new(roster.with_value(|roster| roster.matching(filter)))
            })
        });
        let desk = Self {
            sitting,
            t,
            roster,
            chosen,
            learned,
            problem: RwSignal::new(None),
            again: counter(),
            filter,
            page: RwSignal::new(0),
            matching,
            complaints: no_complaints(),
        };
        let drafted = Draft::Addresses.load().unwrap_or_default();
        desk.roster.update_value(|roster| {
            let known: Vec<usize> = drafted.lines().filter_map(|a| roster.position(a)).collect();
            roster.choose(known, true);
        });
        after(move || {
            chosen.track();
            let lines = desk.chosen_addresses();
            Draft::Addresses.save(&lines.join("\n"));
        });
        desk
    }

    pub fn with<T>(self, read: impl FnOnce(&Roster) -> T) -> T {
        self.roster.with_value(read)
    }

    /// The same for who waited meanwhile; none where the screen is gone.
    pub fn try_with<T>(self, read: impl FnOnce(&Roster) -> T) -> Option<T> {
        self.roster.try_with_value(read)
    }

    pub fn choose(self, positions: &[usize], is_chosen: bool) {
        self.roster
            .update_value(|roster| roster.choose(positions.iter().copied(), is_chosen));
        self.chosen.update(|times| *times += 1);
    }

    /// Takes in how an address sends; false where the screen is no longer there.
    pub fn learn(self, position: usize, now: Now) -> bool {
        let is_there = self
            .roster
            .try_update_value(|roster| roster.learn(position, now));
        is_there.is_some() && self.learned.try_update(|times| *times += 1).is_some()
    }

    pub fn chosen_addresses(self) -> Vec<String> {
        self.with(|roster| {
            let chosen = roster.chosen();
            chosen
                .map(|position| roster.address(position).to_owned())
                .collect()
        })
    }

    /// The positions on the page that is shown.
    pub fn rows(self) -> Vec<usize> {
        let first = self.page.get() * ROWS;
        self.matching.with(|matching| on_page(matching, first))
    }

    /// Those of which it has to be known how they send: the rows of the page, or, where that is what is
    /// looked for, whatever else fits. None where the screen is gone.
    pub fn to_know(self) -> Option<Vec<usize>> {
        let first = self.page.try_get_untracked()? * ROWS;
        let matching = self.matching.try_get_untracked()?;
        let mut rows = on_page(&matching, first);
        rows.extend(self.hidden());
        Some(rows)
    }

    /// Whether somebody looks for addresses by how they send.
    pub fn is_waited_for(self) -> bool {
        let filter = self.filter.try_get_untracked();
        filter.is_some_and(|filter| filter.now.is_some())
    }

    /// Those that may fit: it is looked for how they send, and not known yet.
    pub fn hidden(self) -> Vec<usize> {
        let filter = self.filter.get_untracked();
        if filter.now.is_none() {
            return Vec::new();
        }
        let any = Filter {
            now: None,
            ..filter
        };
        self.with(|roster| {
            let all = roster.matching(&any).into_iter();
            all.filter(|place| roster.now(*place) == Now::Unknown)
                .collect()
        })
    }
}

fn on_page(matching: &[usize], first: usize) -> Vec<usize> {
    matching.iter().skip(first).take(ROWS).copied().collect()
}
