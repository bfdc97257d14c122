//! What was done in this sitting: when, on which platform, with which connector and addresses, what
//! was there before, and what a test mail showed. To be printed and kept.
//!
//! No part of it can hold a password, a key or a user name: its types have no place for one. The
//! words are handed in, so that it can be read in any language.

mod noted;
mod stored;

use std::collections::BTreeMap;

use crate::ovh::exchange::{ConnectorChanges, Mechanism, Platform, SendConnector};
use crate::printable::printable;
use crate::run::assigning::{Failure, Item, State};
use crate::run::changing::{Changing, Seen, Stage, Wish};
use crate::run::order::{Order, Purpose};
use crate::wizard::Verified;
use crate::wizard::connector_form::Field;
use crate::wizard::difference::{Setting, meanwhile, settings};

/// Everything that was done, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    pub entries: Vec<Entry>,
}

/// One thing that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Milliseconds since 1970.
    pub at: u64,
    pub platform: Platform,
    pub deed: Deed,
    /// What the connectors that are told of by their number were called then, as far as it was known.
    pub names: BTreeMap<u64, String>,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    Added(SendConnector),
    Edited {
        before: SendConnector,
        after: SendConnector,
    },
    /// User and password are not known to anybody but who typed them.
    Authenticated {
        connector: SendConnector,
        mechanism: Mechanism,
    },
    Deleted(SendConnector),
    Assigned {
        /// Tells one job from another: when it began.
        job: u64,
        purpose: Purpose,
        /// The connector that the person worked with.
        connector: SendConnector,
        addresses: Vec<Assigned>,
    },
    /// The connector that new addresses of a domain begin with, 0 for none.
    Default {
        domain: String,
        /// `None` where nobody looked.
        before: Option<u64>,
        now: u64,
    },
    /// A test mail was judged.
    Verified {
        connector: SendConnector,
        /// The mail's sender, where its header names one.
        sender: Option<String>,
        verdict: Verified,
    },
}

/// One address whose connector was changed; 0 for none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assigned {
    pub address: String,
    /// `None` where nobody looked.
    pub before: Option<u64>,
    pub now: u64,
    /// OVHcloud has shown it so; else it was sent, and may have been done.
    pub is_seen: bool,
    /// A setting of its filters was sent with it, because OVHcloud refused it without.
    pub with_filters: bool,
}

/// What a line is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    Platform,
    Connector,
    /// A connector's number at OVHcloud.
    Number,
    Setting(Field),
    Addresses,
    Domain,
    Sender,
    Verdict,
}

/// One line: what it is about, and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub label: String,
    pub value: String,
}

/// The words of one language.
pub trait Words {
    /// A time in milliseconds since 1970.
    fn time(&self, at: u64) -> String;
    /// What was done, as the head of its lines.
    fn deed(&self, deed: &Deed) -> String;
    fn label(&self, label: Label) -> String;
    fn setting(&self, setting: &Setting) -> String;
    fn verdict(&self, verdict: Verified) -> String;
    /// A connector by its number, 0 for OVHcloud's own servers.
    fn connector(&self, id: u64) -> String;
    /// A secret that another took the place of.
    fn renewed(&self) -> String;
    /// Something that was one way and is another now.
    fn change(&self, before: &str, now: &str) -> String;
    /// A change that was sent, and that nobody has seen to be done.
    fn unseen(&self, change: &str) -> String;
    /// A change that a setting of the address's filters was sent with.
    fn with_filters(&self, change: &str) -> String;
}

impl Record {
    /// When something was changed last that the way of this sender's mail depends on (any sender's
    /// where none is named), in milliseconds since 1970: the connector, or who is attached to it.
    pub fn changed_at(
        &self,
        platform: &Platform,
        connector: u64,
        sender: Option<&str>,
    ) -> Option<u64> {
        let here = self
            .entries
            .iter()
            .filter(|entry| entry.platform == *platform);
        let changed = here.filter_map(|entry| entry.deed.changes_way(entry.at, connector, sender));
        changed.max()
    }

    /// The whole as plain text: for each entry its head and its lines, and a line left free.
    pub fn to_text(&self, words: &dyn Words) -> String {
        let mut text = String::new();
        for entry in &self.entries {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&entry.head(words));
            text.push('\n');
            for line in entry.lines(words) {
                text.push_str(&[&line.label, ": ", &line.value, "\n"].concat());
            }
        }
        text
    }
}

impl Entry {
    pub fn head(&self, words: &dyn Words) -> String {
        [&words.time(self.at), " – ", words.deed(&self.deed).as_str()].concat()
    }

    pub fn lines(&self, words: &dyn Words) -> Vec<Line> {
        let Platform {
            organization,
            service,
        } = &self.platform;
        let platform = if organization == service {
            service.clone()
        } else {
            [organization, "/", service].concat()
        };
        let line = |label, value| Line {
            label: words.label(label),
            value,
        };
        let mut lines = vec![line(Label::Platform, platform)];
        let change = |before: &str, now: &str| words.change(before, now);
        let called = |id: u64| {
            let name = self.names.get(&id);
            name.cloned().unwrap_or_else(|| words.connector(id))
        };
        match &self.deed {
            Deed::Added(connector) | Deed::Deleted(connector) => {
                lines.extend(named(connector, words));
                for (field, setting) in settings(connector) {
                    if field != Field::DisplayName && setting != Setting::Nothing {
                        lines.push(line(Label::Setting(field), words.setting(&setting)));
                    }
                }
            }
            Deed::Edited { before, after } => {
                lines.extend(named(before, words));
                for changed in meanwhile(before, after, &ConnectorChanges::default()) {
                    let (before, now) = (&changed.first, &changed.now);
                    let value = change(&words.setting(before), &words.setting(now));
                    lines.push(line(Label::Setting(changed.field), value));
                }
            }
            Deed::Authenticated {
                connector,
                mechanism,
            } => {
                lines.extend(named(connector, words));
                let before = connector.mechanism().filter(|before| before != mechanism);
                let now = words.setting(&Setting::Mechanism(*mechanism));
                let value = match before.map(Setting::Mechanism) {
                    Some(before) => change(&words.setting(&before), &now),
                    None => now,
                };
                lines.push(line(Label::Setting(Field::Mechanism), value));
                if *mechanism != Mechanism::None {
                    for secret in [Field::User, Field::Password] {
                        lines.push(line(Label::Setting(secret), words.renewed()));
                    }
                }
            }
            Deed::Assigned {
                connector,
                addresses,
                ..
            } => {
                lines.extend(named(connector, words));
                let count = addresses.len().to_string();
                lines.push(line(Label::Addresses, count));
                lines.extend(addresses.iter().map(|one| Line {
                    label: one.address.clone(),
                    value: one.told(words, &called),
                }));
            }
            Deed::Default {
                domain,
                before,
                now,
            } => {
                lines.push(line(Label::Domain, domain.clone()));
                let now = called(*now);
                let before = before.map(called);
                let value = before.map_or_else(|| now.clone(), |before| change(&before, &now));
                lines.push(line(Label::Connector, value));
            }
            Deed::Verified {
                connector,
                sender,
                verdict,
            } => {
                lines.extend(named(connector, words));
                if let Some(sender) = sender {
                    lines.push(line(Label::Sender, sender.clone()));
                }
                lines.push(line(Label::Verdict, words.verdict(*verdict)));
            }
        }
        let shown = |line: Line| Line {
            label: printable(line.label),
            value: printable(line.value),
        };
        lines.into_iter().map(shown).collect()
    }
}

impl Assigned {
    fn told(&self, words: &dyn Words, called: &dyn Fn(u64) -> String) -> String {
        let now = called(self.now);
        let mut told = match self.before.map(called) {
            Some(before) => words.change(&before, &now),
            None => now,
        };
        if self.with_filters {
            told = words.with_filters(&told);
        }
        if self.is_seen {
            told
        } else {
            words.unseen(&told)
        }
    }
}

fn named(connector: &SendConnector, words: &dyn Words) -> Vec<Line> {
    let line = |label, value| Line {
        label: words.label(label),
        value,
    };
    let name = connector.display_name.clone();
    let name = name.map(|name| line(Label::Connector, name));
    let number = connector.id.map(|id| line(Label::Number, id.to_string()));
    name.into_iter().chain(number).collect()
}

impl Deed {
    /// The time from which mail may take another way than before; see [`Record::changed_at`].
    fn changes_way(&self, at: u64, id: u64, sender: Option<&str>) -> Option<u64> {
        let is_it = |known: &SendConnector| known.id == Some(id);
        match self {
            Self::Added(connector)
            | Self::Edited {
                after: connector, ..
            }
            | Self::Authenticated { connector, .. } => is_it(connector).then_some(at),
            // It goes on for a while; before it began, nothing of it was so.
            Self::Assigned { job, addresses, .. } => {
                let is_sender = |one: &Assigned| {
                    sender.is_none_or(|sender| one.address.eq_ignore_ascii_case(sender))
                };
                addresses.iter().any(is_sender).then_some(*job)
            }
            Self::Deleted(_) | Self::Default { .. } | Self::Verified { .. } => None,
        }
    }

    /// What a job came to; `None` where it is not known to have changed anything.
    pub fn of_change(job: &Changing) -> Option<Self> {
        if *job.stage() != Stage::Done || !job.was_sent() {
            return None;
        }
        Some(match job.wish() {
            Wish::Edit { first, .. } => match job.seen() {
                Some(Seen::Connector(after)) => Self::Edited {
                    before: first.clone(),
                    after: after.clone(),
                },
                _ => return None,
            },
            Wish::Authenticate {
                first, mechanism, ..
            } => Self::Authenticated {
                connector: first.clone(),
                mechanism: *mechanism,
            },
            Wish::Delete { first, .. } => Self::Deleted(first.clone()),
            Wish::Default {
                domain,
                first,
                wanted,
            } => Self::Default {
                domain: domain.clone(),
                before: Some(*first),
                now: *wanted,
            },
        })
    }

    /// What a job over many addresses has changed so far, or may have; `None` where that is nothing.
    pub fn of_order(order: &Order, items: &[Item]) -> Option<Self> {
        let is_left = |item: &Item| {
            let was_in_vain = item.state == State::Failed(Failure::NotTaken);
            item.may_be_changed() && !was_in_vain
        };
        let changed = items.iter().filter(|item| is_left(item));
        let addresses: Vec<Assigned> = changed
            .map(|item| Assigned {
                address: item.address.to_string(),
                before: item.before,
                now: item.wanted,
                is_seen: item.state == State::Confirmed,
                with_filters: item.filters_sent,
            })
            .collect();
        (!addresses.is_empty()).then(|| Self::Assigned {
            job: order.begun,
            purpose: order.purpose,
            connector: order.connector.clone(),
            addresses,
        })
    }
}

#[cfg(test)]
mod tests;
