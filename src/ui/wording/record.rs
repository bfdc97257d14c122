//! The words of the record.

use std::collections::BTreeMap;

use super::{mechanism, place};
use crate::browser::intl;
use crate::ovh::exchange::SendConnector;
use crate::record::{Deed, Label, Record, Words};
use crate::run::order::Purpose;
use crate::text::{Text, fill};
use crate::wizard::Verified;
use crate::wizard::difference::Setting;

/// One language, and the names of the connectors that the record tells of.
pub struct Spoken {
    t: &'static Text,
    time: intl::Format,
    names: BTreeMap<u64, String>,
}

impl Spoken {
    pub fn new(t: &'static Text, record: &Record) -> Self {
        let style = [("dateStyle", "long"), ("timeStyle", "short")];
        let mut names = BTreeMap::new();
        let connectors = record.entries.iter().filter_map(|entry| of(&entry.deed));
        for connector in connectors {
            if let (Some(id), Some(name)) = (connector.id, &connector.display_name) {
                names.insert(id, name.clone());
            }
        }
        Self {
            t,
            time: intl::Format::new("DateTimeFormat", t.language, &style),
            names,
        }
    }
}

/// The connector that a deed is about, as it was known last.
fn of(deed: &Deed) -> Option<&SendConnector> {
    match deed {
        Deed::Added(connector)
        | Deed::Deleted(connector)
        | Deed::Edited {
            after: connector, ..
        }
        | Deed::Authenticated { connector, .. }
        | Deed::Assigned { connector, .. }
        | Deed::Verified { connector, .. } => Some(connector),
        Deed::Default { .. } => None,
    }
}

impl Words for Spoken {
    fn time(&self, at: u64) -> String {
        #[allow(
            clippy::cast_precision_loss,
            reason = "a time of these centuries is exact"
        )]
        let at = at as f64;
        self.time.words(at)
    }

    fn deed(&self, deed: &Deed) -> String {
        let t = self.t;
        match deed {
            Deed::Added(_) => t.deed_added(),
            Deed::Edited { .. } => t.deed_edited(),
            Deed::Authenticated { .. } => t.deed_authenticated(),
            Deed::Deleted(_) => t.deed_deleted(),
            Deed::Assigned { purpose, .. } => match purpose {
                Purpose::Attach => t.deed_attached(),
                Purpose::Detach => t.deed_detached(),
                Purpose::Undo => t.deed_undone(),
            },
            Deed::Default { .. } => t.deed_default(),
            Deed::Verified { .. } => t.deed_verified(),
        }
        .to_owned()
    }

    fn label(&self, label: Label) -> String {
        let t = self.t;
        match label {
            Label::Platform => t.platform_label(),
            Label::Connector => t.connector_choice(),
            Label::Number => t.connector_id(),
            Label::Setting(field) => place(t, field).1,
            Label::Addresses => t.record_addresses(),
            Label::Domain => t.domain(),
            Label::Sender => t.record_sender(),
            Label::Verdict => t.verdict_label(),
        }
        .to_owned()
    }

    fn setting(&self, setting: &Setting) -> String {
        let t = self.t;
        match setting {
            Setting::Nothing => t.not_told().to_owned(),
            Setting::Text(text) => text.clone(),
            Setting::Number(number) => number.to_string(),
            Setting::Switch(true) => t.yes().to_owned(),
            Setting::Switch(false) => t.no().to_owned(),
            Setting::Mechanism(known) => mechanism(t, *known).0.to_owned(),
        }
    }

    fn verdict(&self, verdict: Verified) -> String {
        let t = self.t;
        match verdict {
            Verified::Used => t.done_used(),
            Verified::NotUsed => t.done_not_used(),
            Verified::Unclear => t.done_unclear(),
        }
        .to_owned()
    }

    fn connector(&self, id: u64) -> String {
        let number = || fill(self.t.connector_number(), &[("id", &id.to_string())]);
        match id {
            0 => self.t.own_servers().to_owned(),
            id => self.names.get(&id).cloned().unwrap_or_else(number),
        }
    }

    fn renewed(&self) -> String {
        self.t.record_renewed().to_owned()
    }

    fn change(&self, before: &str, now: &str) -> String {
        [before, " → ", now].concat()
    }

    fn unseen(&self, change: &str) -> String {
        fill(self.t.record_unseen(), &[("change", change)])
    }

    fn with_filters(&self, change: &str) -> String {
        fill(self.t.record_with_filters(), &[("change", change)])
    }
}
