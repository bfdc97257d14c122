//! The record as JSON, to be kept.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Assigned, Deed, Entry, Record};
use crate::json::{self, Object};
use crate::ovh::exchange::{Mechanism, Platform, SendConnector};
use crate::run::order::Purpose;
use crate::wizard::Verified;

impl Record {
    /// The record, to be stored.
    pub fn to_json(&self) -> Value {
        Value::Array(self.entries.iter().map(Entry::to_json).collect())
    }

    /// The record back from [`Record::to_json`].
    pub fn from_json(value: &Value) -> Option<Self> {
        let entries = value.as_array()?.iter().map(Entry::from_json);
        Some(Self {
            entries: entries.collect::<Option<_>>()?,
        })
    }
}

impl Entry {
    fn to_json(&self) -> Value {
        Object::new()
            .with("at", self.at.into())
            .with("platform", self.platform.to_json())
            .with("deed", self.deed.to_json())
            .with("names", names_to_json(&self.names))
            .into_value()
    }

    fn from_json(value: &Value) -> Option<Self> {
        let fields = value.as_object()?;
        Some(Self {
            at: json::whole(fields, "at")?,
            platform: Platform::from_json(json::field(fields, "platform")?)?,
            deed: Deed::from_json(json::field(fields, "deed")?)?,
            // An older build kept none.
            names: json::field(fields, "names")
                .map_or_else(|| Some(BTreeMap::new()), read_names)?,
        })
    }
}

fn names_to_json(names: &BTreeMap<u64, String>) -> Value {
    let all = names.iter().map(|(id, name)| {
        Object::new()
            .with("id", (*id).into())
            .with("name", name.as_str().into())
            .into_value()
    });
    Value::Array(all.collect())
}

fn read_names(value: &Value) -> Option<BTreeMap<u64, String>> {
    let all = value.as_array()?.iter().map(|named| {
        let fields = named.as_object()?;
        Some((json::whole(fields, "id")?, json::text(fields, "name")?))
    });
    all.collect()
}

impl Deed {
    fn to_json(&self) -> Value {
        let object = Object::new();
        let object = match self {
            Self::Added(connector) => object
                .with("is", "added".into())
                .with("connector", connector.to_json()),
            Self::Edited { before, after } => object
                .with("is", "edited".into())
                .with("before", before.to_json())
                .with("after", after.to_json()),
            Self::Authenticated {
                connector,
                mechanism,
            } => object
                .with("is", "authenticated".into())
                .with("connector", connector.to_json())
                .with("mechanism", mechanism.as_str().into()),
            Self::Deleted(connector) => object
                .with("is", "deleted".into())
                .with("connector", connector.to_json()),
            Self::Assigned {
                job,
                purpose,
                connector,
                addresses,
            } => {
                let addresses = addresses.iter().map(Assigned::to_json).collect();
                object
                    .with("is", "assigned".into())
                    .with("job", (*job).into())
                    .with("purpose", purpose.as_str().into())
                    .with("connector", connector.to_json())
                    .with("addresses", Value::Array(addresses))
            }
            Self::Default {
                domain,
                before,
                now,
            } => object
                .with("is", "default".into())
                .with("domain", domain.as_str().into())
                .with("before", (*before).into())
                .with("now", (*now).into()),
            Self::Verified {
                connector,
                sender,
                verdict,
            } => object
                .with("is", "verified".into())
                .with("connector", connector.to_json())
                .with("sender", sender.clone().into())
                .with("verdict", verdict.as_str().into()),
        };
        object.into_value()
    }

    fn from_json(value: &Value) -> Option<Self> {
        let fields = value.as_object()?;
        let connector = |name| SendConnector::from_json(json::field(fields, name)?);
        let word = |name| json::text(fields, name);
        Some(match word("is")?.as_str() {
            "added" => Self::Added(connector("connector")?),
            "edited" => Self::Edited {
                before: connector("before")?,
                after: connector("after")?,
            },
            "authenticated" => Self::Authenticated {
                connector: connector("connector")?,
                mechanism: Mechanism::read(&word("mechanism")?)?,
            },
            "deleted" => Self::Deleted(connector("connector")?),
            "assigned" => {
                let addresses = json::list(fields, "addresses")?.iter();
                Self::Assigned {
                    job: json::whole(fields, "job")?,
                    purpose: Purpose::read(&word("purpose")?)?,
                    connector: connector("connector")?,
                    addresses: addresses.map(Assigned::from_json).collect::<Option<_>>()?,
                }
            }
            "default" => Self::Default {
                domain: word("domain")?,
                before: json::whole(fields, "before"),
                now: json::whole(fields, "now")?,
            },
            "verified" => Self::Verified {
                connector: connector("connector")?,
                sender: word("sender"),
                verdict: Verified::read(&word("verdict")?)?,
            },
            _ => return None,
        })
    }
}

impl Assigned {
    fn to_json(&self) -> Value {
        Object::new()
            .with("address", self.address.as_str().into())
            .with("before", self.before.into())
            .with("now", self.now.into())
            .with("seen", self.is_seen.into())
            .with("filters", self.with_filters.into())
            .into_value()
    }

    fn from_json(value: &Value) -> Option<Self> {
        let fields = value.as_object()?;
        Some(Self {
            is_seen: json::field(fields, "seen")?.as_bool()?,
            with_filters: json::field(fields, "filters")?.as_bool()?,
            address: json::text(fields, "address")?,
            before: json::whole(fields, "before"),
            now: json::whole(fields, "now")?,
        })
    }
}
