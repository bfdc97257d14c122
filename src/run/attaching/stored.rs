//! The job of attaching as JSON, to be kept over a reload.

use serde_json::Value;

use super::{Attaching, Failure, Item, State};
use crate::json::{self, Object};
use crate::ovh::Error;
use crate::ovh::exchange::SpamAndVirus;
use crate::run::pace::Pace;

impl Attaching {
    /// The job, to be stored.
    pub fn to_json(&self) -> Value {
        let items = self.items.iter().map(Item::to_json).collect();
        let halted = self.halted.as_ref().map(Error::to_json);
        Object::new()
            .with("connector", self.connector.into())
            .with("items", Value::Array(items))
            .with("pace", self.pace.to_json())
            .with("halted", halted.into())
            .into_value()
    }

    /// The job back from [`Attaching::to_json`].
    pub fn from_json(value: &Value) -> Option<Self> {
        let fields = value.as_object()?;
        let items = json::list(fields, "items")?.iter();
        Some(Self {
            connector: json::whole(fields, "connector")?,
            items: items.map(Item::from_json).collect::<Option<_>>()?,
            pace: Pace::from_json(json::field(fields, "pace")?)?,
            halted: json::field(fields, "halted").and_then(Error::from_json),
        })
    }
}

impl Item {
    fn to_json(&self) -> Value {
        let filters = self.filters.as_ref().map(SpamAndVirus::to_json);
        Object::new()
            .with("address", self.address.as_str().into())
            .with("state", self.state.to_json())
            .with("before", self.before.into())
            .with("filtersSent", self.filters_sent.into())
            .with("sent", self.sent.into())
            .with("filters", filters.into())
            .with("nextAt", self.next_at.into())
            .with("readings", self.readings.into())
            .with("withoutTrace", self.without_trace.into())
            .with("failures", self.failures.into())
            .into_value()
    }

    fn from_json(value: &Value) -> Option<Self> {
        let fields = value.as_object()?;
        let filters = json::field(fields, "filters");
        Some(Self {
            address: json::text(fields, "address")?,
            state: State::from_json(json::field(fields, "state")?)?,
            before: json::whole(fields, "before"),
            filters_sent: json::truth(fields, "filtersSent")?,
            sent: json::truth(fields, "sent")?,
            filters: filters.and_then(SpamAndVirus::from_json),
            next_at: json::whole(fields, "nextAt")?,
            readings: json::count(fields, "readings")?,
            without_trace: json::count(fields, "withoutTrace")?,
            failures: json::count(fields, "failures")?,
        })
    }
}

/// The words for the states that carry nothing.
const PLAIN: &[(State, &str)] = &[
    (State::ToRead, "toRead"),
    (State::ToConfirm, "toConfirm"),
    (State::Attached, "attached"),
    (State::Already, "already"),
    (State::Failed(Failure::NotTaken), "notTaken"),
    (State::Failed(Failure::Unconfirmed), "unconfirmed"),
];

impl State {
    fn to_json(&self) -> Value {
        let object = Object::new();
        let with_filters = |object: Object, filters: &Option<SpamAndVirus>| {
            object.with(
                "filters",
                filters.as_ref().map(SpamAndVirus::to_json).into(),
            )
        };
        let object = match self {
            Self::ToWrite { filters } => with_filters(object.with("is", "toWrite".into()), filters),
            Self::Writing { filters } => with_filters(object.with("is", "writing".into()), filters),
            Self::Failed(Failure::Answer(error)) => object
                .with("is", "failed".into())
                .with("error", error.to_json()),
            plain => {
                let known = PLAIN.iter().find(|(state, _)| state == plain);
                object.with("is", known.map(|(_, word)| *word).into())
            }
        };
        object.into_value()
    }

    fn from_json(value: &Value) -> Option<Self> {
        let fields = value.as_object()?;
        let filters = || json::field(fields, "filters").and_then(SpamAndVirus::from_json);
        Some(match json::text(fields, "is")?.as_str() {
            "toWrite" => Self::ToWrite { filters: filters() },
            "writing" => Self::Writing { filters: filters() },
            "failed" => {
                let error = Error::from_json(json::field(fields, "error")?)?;
                Self::Failed(Failure::Answer(error))
            }
            plain => {
                let known = PLAIN.iter().find(|(_, word)| *word == plain);
                known.map(|(state, _)| state.clone())?
            }
        })
    }
}
