//! Send connectors: list, one, add. `upkeep` has what is done to one that is there.

use serde_json::Value;

use super::{Platform, Task};
use crate::json::{self, Object};
use crate::ovh::{Call, Method, Request};
use crate::printable::printable;

/// `GET …/sendConnector`: the ids of a platform's connectors.
pub struct ListConnectors<'a>(pub &'a Platform);

impl Call for ListConnectors<'_> {
    type Output = Vec<u64>;

    fn request(&self) -> Request {
        Request::get(self.0.path() + "/sendConnector")
    }

    fn read(answer: &Value) -> Option<Vec<u64>> {
        json::wholes(answer)
    }
}

/// `GET …/sendConnector/{id}`
pub struct ReadConnector<'a> {
    pub platform: &'a Platform,
    pub id: u64,
}

/// A send connector as OVHcloud shows it; user and password are never shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SendConnector {
    pub id: Option<u64>,
    pub display_name: Option<String>,
    /// `None` on connectors built in by OVHcloud.
    pub smart_host: Option<String>,
    pub port: Option<u64>,
    pub require_tls: Option<bool>,
    pub smart_host_auth_mechanism: Option<String>,
    /// Megabytes.
    pub max_send_size: Option<u64>,
    pub state: Option<String>,
    /// ISO 8601.
    pub creation_date: Option<String>,
    /// ISO 8601.
    pub last_update_date: Option<String>,
    pub task_pending_id: Option<u64>,
    /// Built in: sends whatever no other connector sends.
    pub default: Option<bool>,
}

impl SendConnector {
    /// The connector from the API's object; `None` where it is none.
    pub fn from_json(value: &Value) -> Option<Self> {
        let fields = value.as_object()?;
        Some(Self {
            id: json::whole(fields, "id"),
            display_name: json::text(fields, "displayName").map(printable),
            smart_host: json::text(fields, "smartHost"),
            port: json::whole(fields, "port"),
            require_tls: json::truth(fields, "requireTLS"),
            smart_host_auth_mechanism: json::text(fields, "smartHostAuthMechanism"),
            max_send_size: json::whole(fields, "maxSendSize"),
            state: json::text(fields, "state"),
            creation_date: json::text(fields, "creationDate"),
            last_update_date: json::text(fields, "lastUpdateDate"),
            task_pending_id: json::whole(fields, "taskPendingId"),
            default: json::truth(fields, "default"),
        })
    }

    /// The API's object.
    pub fn to_json(&self) -> Value {
        let mechanism = self.smart_host_auth_mechanism.as_deref();
        Object::new()
            .with("id", self.id.into())
            .with("displayName", self.display_name.as_deref().into())
            .with("smartHost", self.smart_host.as_deref().into())
            .with("port", self.port.into())
            .with("requireTLS", self.require_tls.into())
            .with("smartHostAuthMechanism", mechanism.into())
            .with("maxSendSize", self.max_send_size.into())
            .with("state", self.state.as_deref().into())
            .with("creationDate", self.creation_date.as_deref().into())
            .with("lastUpdateDate", self.last_update_date.as_deref().into())
            .with("taskPendingId", self.task_pending_id.into())
            .with("default", self.default.into())
            .into_value()
    }

    /// Whether it has this name and leads to this host: the page adds no second one of the kind, as
    /// nobody could tell them apart.
    pub fn is_called(&self, name: &str, host: &str) -> bool {
        let there = self.smart_host.as_deref();
        self.display_name.as_deref() == Some(name)
            && there.is_some_and(|there| there.eq_ignore_ascii_case(host))
    }

    /// Whether nothing is being done to it, whatever came of it: see its state.
    pub fn is_settled(&self) -> bool {
        self.pending_task().is_none()
            && matches!(self.state.as_deref(), None | Some("ok" | "suspended"))
    }

    /// The task that works on it.
    pub fn pending_task(&self) -> Option<u64> {
        self.task_pending_id.filter(|&id| id != 0)
    }

    /// Whether it is ready to send.
    pub fn is_ready(&self) -> bool {
        self.state.as_deref().is_none_or(|state| state == "ok")
    }

    /// Whether OVHcloud built it in, so that it is no relay of anybody's.
    pub fn is_built_in(&self) -> bool {
        self.default == Some(true) || self.smart_host.is_none()
    }

    /// Whether something can be attached to it, now or soon.
    pub fn is_usable(&self) -> bool {
        !self.is_built_in() && self.state.as_deref() != Some("deleting")
    }

    pub fn mechanism(&self) -> Option<Mechanism> {
        Mechanism::read(self.smart_host_auth_mechanism.as_deref()?)
    }
}

impl Call for ReadConnector<'_> {
    type Output = SendConnector;

    fn request(&self) -> Request {
        Request::get(
            [
                &self.platform.path(),
                "/sendConnector/",
                &self.id.to_string(),
            ]
            .concat(),
        )
    }

    fn read(answer: &Value) -> Option<SendConnector> {
        SendConnector::from_json(answer)
    }
}

/// How the platform shows the relay who it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mechanism {
    None,
    Basic,
    #[default]
    BasicOverTls,
}

impl Mechanism {
    /// The API's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Basic => "basicAuth",
            Self::BasicOverTls => "basicAuthRequireTLS",
        }
    }

    pub fn read(word: &str) -> Option<Self> {
        let all = [Self::None, Self::Basic, Self::BasicOverTls];
        all.into_iter().find(|known| known.as_str() == word)
    }
}

/// `POST …/sendConnector`: answers with a task that does not carry the new connector's id. Never
/// to be sent again after a lost answer: the list tells.
#[derive(Clone, PartialEq, Eq)]
pub struct AddConnector {
    pub platform: Platform,
    pub display_name: String,
    pub smart_host: String,
    pub port: u16,
    pub require_tls: bool,
    pub smart_host_auth_mechanism: Mechanism,
    /// Megabytes.
    pub max_send_size: u16,
    pub user: Option<String>,
    pub password: Option<String>,
}

impl Call for AddConnector {
    type Output = Task;

    fn request(&self) -> Request {
        let mechanism = self.smart_host_auth_mechanism.as_str();
        let body = Object::new()
            .with("displayName", self.display_name.as_str().into())
            .with("smartHost", self.smart_host.as_str().into())
            .with("port", self.port.into())
            .with("requireTLS", self.require_tls.into())
            .with("smartHostAuthMechanism", mechanism.into())
            .with("maxSendSize", self.max_send_size.into())
            .with("user", self.user.as_deref().into())
            .with("password", self.password.as_deref().into());
        Request {
            method: Method::Post,
            path: self.platform.path() + "/sendConnector",
            body: body.to_text(),
        }
    }

    fn read(answer: &Value) -> Option<Task> {
        Task::from_json(answer)
    }
}
