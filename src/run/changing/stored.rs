//! The job of changing as JSON, to be kept over a reload.

use serde_json::Value;

use super::{Changing, Ending, Reach, Seen, Stage, Wish};
use crate::json::{self, Object};
use crate::ovh::Error;
use crate::ovh::exchange::{ConnectorChanges, Domain, Mechanism, SendConnector};

json::words!(Reach {
    Nothing = "nothing",
    Sent = "sent",
    Arrived = "arrived",
    Done = "done",
});

impl Changing {
    /// The job, to be stored.
    pub fn to_json(&self) -> Value {
        Object::new()
            .with("wish", self.wish.to_json())
            .with("stage", self.stage.to_json())
            .with("seen", self.seen.as_ref().map(Seen::to_json).into())
            .with("task", self.task.into())
            .with("reach", self.reach.as_str().into())
            .with("idle", self.idle.into())
            .with("withoutTasks", self.without_tasks.into())
            .with("missing", self.missing.into())
            .with("readings", self.readings.into())
            .with("withoutTrace", self.without_trace.into())
            .with("failed", self.failed.into())
            .with("nextAt", self.next_at.into())
            .into_value()
    }

    /// The job back from [`Changing::to_json`].
    pub fn from_json(value: &Value) -> Option<Self> {
        let fields = value.as_object()?;
        let seen = match json::field(fields, "seen") {
            Some(seen) => Some(Seen::from_json(seen)?),
            None => None,
        };
        Some(Self {
            wish: Wish::from_json(json::field(fields, "wish")?)?,
            stage: Stage::from_json(json::field(fields, "stage")?)?,
            seen,
            task: json::whole(fields, "task"),
            reach: Reach::read(&json::text(fields, "reach")?)?,
            idle: json::truth(fields, "idle"),
            without_tasks: json::truth(fields, "withoutTasks")?,
            missing: json::truth(fields, "missing").unwrap_or(false),
            readings: json::count(fields, "readings")?,
            without_trace: json::count(fields, "withoutTrace")?,
            failed: json::count(fields, "failed")?,
            next_at: json::whole(fields, "nextAt")?,
        })
    }
}

impl Wish {
    fn to_json(&self) -> Value {
        let object = Object::new();
        let object = match self {
            Self::Edit { id, first, changes } => object
                .with("is", "edit".into())
                .with("id", (*id).into())
                .with("first", first.to_json())
                .with("changes", changes.to_json()),
            Self::Authenticate {
                id,
                first,
                mechanism,
            } => object
                .with("is", "authenticate".into())
                .with("id", (*id).into())
                .with("first", first.to_json())
                .with("mechanism", mechanism.as_str().into()),
            Self::Delete { id, first } => object
                .with("is", "delete".into())
                .with("id", (*id).into())
                .with("first", first.to_json()),
            Self::Default {
                domain,
                first,
                wanted,
            } => object
                .with("is", "default".into())
                .with("domain", domain.as_str().into())
                .with("first", (*first).into())
                .with("wanted", (*wanted).into()),
        };
        object.into_value()
    }

    fn from_json(value: &Value) -> Option<Self> {
        let fields = value.as_object()?;
        let id = || json::whole(fields, "id");
        let first = || SendConnector::from_json(json::field(fields, "first")?);
        Some(match json::text(fields, "is")?.as_str() {
            "edit" => Self::Edit {
                id: id()?,
                first: first()?,
                changes: ConnectorChanges::from_json(json::field(fields, "changes")?)?,
            },
            "authenticate" => Self::Authenticate {
                id: id()?,
                first: first()?,
                mechanism: Mechanism::read(&json::text(fields, "mechanism")?)?,
            },
            "delete" => Self::Delete {
                id: id()?,
                first: first()?,
            },
            "default" => Self::Default {
                domain: json::text(fields, "domain")?,
                first: json::whole(fields, "first")?,
                wanted: json::whole(fields, "wanted")?,
            },
            _ => return None,
        })
    }
}

impl Seen {
    fn to_json(&self) -> Value {
        match self {
            Self::Connector(connector) => Object::new().with("connector", connector.to_json()),
            Self::Domain(domain) => Object::new().with("domain", domain.to_json()),
        }
        .into_value()
    }

    fn from_json(value: &Value) -> Option<Self> {
        let fields = value.as_object()?;
        if let Some(domain) = json::field(fields, "domain") {
            return Domain::from_json(domain).map(Self::Domain);
        }
        let connector = json::field(fields, "connector")?;
        SendConnector::from_json(connector).map(Self::Connector)
    }
}

/// The words for the stages and endings that carry nothing.
const PLAIN: &[(Stage, &str)] = &[
    (Stage::Looking, "looking"),
    (Stage::ToSend, "toSend"),
    (Stage::Sent, "sent"),
    (Stage::Accepted, "accepted"),
    (Stage::InDoubt, "inDoubt"),
    (Stage::Done, "done"),
    (Stage::Ended(Ending::Different), "different"),
    (Stage::Ended(Ending::InUse), "inUse"),
    (Stage::Ended(Ending::NotSent), "notSent"),
    (Stage::Ended(Ending::TaskFailed), "taskFailed"),
    (Stage::Ended(Ending::TaskCancelled), "taskCancelled"),
    (Stage::Ended(Ending::NotThere), "notThere"),
    (Stage::Ended(Ending::NotSeen), "notSeen"),
    (Stage::Ended(Ending::Unproven), "unproven"),
    (Stage::Ended(Ending::NotEnded), "notEnded"),
    (Stage::Ended(Ending::Gone), "gone"),
];

impl Stage {
    fn to_json(&self) -> Value {
        let object = Object::new();
        let object = match self {
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
            "refused" => Self::Ended(Ending::Refused(error()?)),
            "unreadable" => Self::Ended(Ending::Unreadable(error()?)),
            plain => {
                let known = PLAIN.iter().find(|(_, word)| *word == plain);
                known.map(|(stage, _)| stage.clone())?
            }
        })
    }
}
