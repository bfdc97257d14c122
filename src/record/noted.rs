//! What becomes an entry, and which entry takes the place of one before.

use std::collections::BTreeMap;

use super::{Assigned, Deed, Entry, Record};
use crate::ovh::exchange::Platform;
use crate::run::adding::Stage;
use crate::wizard::console::Console;
use crate::wizard::{Event, Wizard};

impl Record {
    /// Adds an entry, in place of the one that tells of the same as far as it had come.
    pub fn note(&mut self, mut entry: Entry) {
        let last = self.entries.len().saturating_sub(1);
        let mut known = self.entries.iter_mut().enumerate();
        let same = known.find(|(place, known)| {
            known.platform == entry.platform && known.deed.is_early(&entry.deed, *place == last)
        });
        match same {
            Some((_, known)) => {
                // A name that was known before a reload may not be now.
                for (id, name) in std::mem::take(&mut known.names) {
                    entry.names.entry(id).or_insert(name);
                }
                *known = entry;
            }
            None => self.entries.push(entry),
        }
    }
}

impl Entry {
    /// An entry with the names that its connectors have now, of all that are known.
    pub fn new(at: u64, platform: Platform, deed: Deed, known: &BTreeMap<u64, String>) -> Self {
        let mut names = BTreeMap::new();
        for id in deed.numbers() {
            if let Some(name) = known.get(&id) {
                names.insert(id, name.clone());
            }
        }
        if let Deed::Assigned { connector, .. } = &deed {
            names.extend(connector.id.zip(connector.display_name.clone()));
        }
        Self {
            at,
            platform,
            deed,
            names,
        }
    }
}

impl Deed {
    /// The connectors that it tells of by their number alone.
    fn numbers(&self) -> Vec<u64> {
        match self {
            Self::Assigned { addresses, .. } => {
                let both = |assigned: &Assigned| [assigned.before, Some(assigned.now)];
                addresses.iter().flat_map(both).flatten().collect()
            }
            Self::Default { before, now, .. } => before.iter().chain([now]).copied().collect(),
            _ => Vec::new(),
        }
    }

    /// What was done by hand so far.
    fn of_console(console: &Console) -> Vec<Self> {
        let Some(connector) = console.connector() else {
            return Vec::new();
        };
        let added = console.adds_one().then(|| Self::Added(connector.clone()));
        let assigned = |address: &String| Assigned {
            address: address.clone(),
            before: None,
            now: console.wanted(),
            is_seen: true,
            // The body to paste has none of them.
            with_filters: false,
        };
        let addresses: Vec<Assigned> = console.done().iter().map(assigned).collect();
        let assigned = (!addresses.is_empty()).then(|| Self::Assigned {
            job: console.begun(),
            purpose: console.purpose(),
            connector: connector.clone(),
            addresses,
        });
        added.into_iter().chain(assigned).collect()
    }

    /// What an event tells of, in the wizard as it is before it.
    pub fn of_event(wizard: &Wizard, event: &Event) -> Vec<Self> {
        match event {
            Event::AddMoved(job) => match job.stage() {
                Stage::Ready(connector) => vec![Self::Added((**connector).clone())],
                _ => Vec::new(),
            },
            Event::ChangeMoved(job) => Self::of_change(job).into_iter().collect(),
            Event::ConsoleMoved(console) => {
                let known = wizard.console().map(Self::of_console).unwrap_or_default();
                let deeds = Self::of_console(console).into_iter();
                deeds.filter(|deed| !known.contains(deed)).collect()
            }
            Event::HeaderJudged(verdict, sender) => {
                let verified = |connector| Self::Verified {
                    connector,
                    sender: sender.clone(),
                    verdict: *verdict,
                };
                wizard
                    .connector()
                    .cloned()
                    .map(verified)
                    .into_iter()
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether a later deed tells of this one again.
    fn is_early(&self, later: &Self, is_last: bool) -> bool {
        match (self, later) {
            (Self::Added(known), Self::Added(connector)) => known.id == connector.id,
            (Self::Assigned { job: known, .. }, Self::Assigned { job, .. }) => known == job,
            _ => is_last && self == later,
        }
    }
}
