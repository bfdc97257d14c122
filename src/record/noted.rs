//! What becomes an entry, and which entry takes the place of one before.

use super::{Deed, Entry, Record};
use crate::run::adding::Stage;
use crate::wizard::{Event, Wizard};

impl Record {
    /// Adds an entry, in place of the one that tells of the same as far as it had come.
    pub fn note(&mut self, entry: Entry) {
        let last = self.entries.len().saturating_sub(1);
        let mut known = self.entries.iter_mut().enumerate();
        let same = known.find(|(place, known)| {
            known.platform == entry.platform && known.deed.is_early(&entry.deed, *place == last)
        });
        match same {
            Some((_, known)) => *known = entry,
            None => self.entries.push(entry),
        }
    }
}

impl Deed {
    /// What an event tells of, in the wizard as it is before it.
    pub fn of_event(wizard: &Wizard, event: &Event) -> Vec<Self> {
        match event {
            Event::AddMoved(job) => match job.stage() {
                Stage::Ready(connector) => vec![Self::Added((**connector).clone())],
                _ => Vec::new(),
            },
            Event::ChangeMoved(job) => Self::of_change(job).into_iter().collect(),
            Event::ConsoleMoved(console) => console.deeds(),
            Event::HeaderJudged(verdict) => {
                let verified = |connector| Self::Verified {
                    connector,
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
