//! The job of adding as JSON, to be kept over a reload.

use serde_json::Value;

use super::{Adding, Ending, Stage};
use crate::json::{self, Object};
use crate::ovh::Error;
use crate::ovh::exchange::SendConnector;

impl Adding {
    /// The job, to be stored.
    pub fn to_json(&self) -> Value {
        Object::new()
            .with("displayName", self.display_name.as_str().into())
            .with("smartHost", self.smart_host.as_str().into())
            .with("before", self.before.as_slice().into())
            .with("stage", self.stage.to_json())
            .with("task", self.task.into())
            .with("arrived", self.arrived.into())
            .with("idle", self.idle.into())
            .with("readings", self.readings.into())
            .with("withoutTrace", self.without_trace.into())
            .with("failed", self.failed.into())
            .with("nextAt", self.next_at.into())
            .into_value()
    }

    /// The job back from [`Adding::to_json`].
    pub fn from_json(value: &Value) -> Option<Self> {
        let fields = value.as_object()?;
        Some(Self {
            display_name: json::text(fields, "displayName")?,
            smart_host: json::text(fields, "smartHost")?,
            before: json::wholes(json::field(fields, "before")?)?,
            stage: Stage::from_json(json::field(fields, "stage")?)?,
            task: json::whole(fields, "task"),
            arrived: json::truth(fields, "arrived")?,
            idle: json::truth(fields, "idle"),
            readings: json::count(fields, "readings")?,
            without_trace: json::count(fields, "withoutTrace")?,
            failed: json::count(fields, "failed")?,
            next_at: json::whole(fields, "nextAt")?,
        })
    }
}

/// The words for the stages and endings that carry nothing.
const PLAIN: &[(Stage, &str)] = &[
    (Stage::ToSend, "toSend"),
    (Stage::Sent, "sent"),
    (Stage::Accepted, "accepted"),
    (Stage::InDoubt, "inDoubt"),
    (Stage::Ended(Ending::TaskFailed), "taskFailed"),
    (Stage::Ended(Ending::NotArrived), "notArrived"),
    (Stage::Ended(Ending::NotSeen), "notSeen"),
];

impl Stage {
    fn to_json(&self) -> Value {
        let object = Object::new();
        let object = match self {
            Self::Appearing { id, candidates } => object
                .with("is", "appearing".into())
                .with("id", (*id).into())
                .with("candidates", candidates.as_slice().into()),
            Self::Ready(connector) => object
                .with("is", "ready".into())
                .with("connector", connector.to_json()),
            Self::Ended(Ending::Refused(error)) => object
                .with("is", "refused".into())
                .with("error", error.to_json()),
            Self::Ended(Ending::Unreadable(error)) => object
                .with("is", "unreadable".into())
                .with("error", error.to_json()),
            plain => {
                let known = PLAIN.iter().find(|(stage, _)| stage == plain);
                object.with("is", known.map(|(_, word)| *word).into())
            }
        };
        object.into_value()
    }

    fn from_json(value: &Value) -> Option<Self> {
        let fields = value.as_object()?;
        let error = || Error::from_json(json::field(fields, "error")?);
        Some(match json::text(fields, "is")?.as_str() {
            "appearing" => Self::Appearing {
                id: json::whole(fields, "id")?,
                candidates: json::wholes(json::field(fields, "candidates")?)?,
            },
            "ready" => {
                let connector = json::field(fields, "connector")?;
                Self::Ready(Box::new(SendConnector::from_json(connector)?))
            }
            "refused" => Self::Ended(Ending::Refused(error()?)),
            "unreadable" => Self::Ended(Ending::Unreadable(error()?)),
            plain => {
                let known = PLAIN.iter().find(|(_, word)| *word == plain);
                known.map(|(stage, _)| stage.clone())?
            }
        })
    }
}
