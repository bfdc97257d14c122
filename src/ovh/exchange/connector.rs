//! Send connectors: list, one, add.

use serde::{Deserialize, Serialize};

use super::{Platform, Task, json};
use crate::ovh::{Call, Method, Request};

/// `GET …/sendConnector`: the ids of a platform's connectors.
pub struct ListConnectors<'a>(pub &'a Platform);

impl Call for ListConnectors<'_> {
    type Output = Vec<u64>;

    fn request(&self) -> Request {
        Request::get(self.0.path() + "/sendConnector")
    }
}

/// `GET …/sendConnector/{id}`
pub struct ReadConnector<'a> {
    pub platform: &'a Platform,
    pub id: u64,
}

/// A send connector as OVHcloud shows it; user and password are never shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SendConnector {
    pub id: Option<u64>,
    pub display_name: Option<String>,
    /// `None` on connectors built in by OVHcloud.
    pub smart_host: Option<String>,
    pub port: Option<u64>,
    #[serde(rename = "requireTLS")]
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
    /// Whether it is there for good and nothing is being done to it.
    pub fn is_settled(&self) -> bool {
        self.task_pending_id.unwrap_or(0) == 0
            && self.state.as_deref().is_none_or(|state| state == "ok")
    }

    /// Whether OVHcloud built it in, so that it is no relay of anybody's.
    pub fn is_built_in(&self) -> bool {
        self.default == Some(true) || self.smart_host.is_none()
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
}

/// How the platform shows the relay who it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mechanism {
    #[serde(rename = "none")]
    None,
    #[serde(rename = "basicAuth")]
    Basic,
    #[default]
    #[serde(rename = "basicAuthRequireTLS")]
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
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AddConnector {
    #[serde(skip)]
    pub platform: Platform,
    pub display_name: String,
    pub smart_host: String,
    pub port: u16,
    #[serde(rename = "requireTLS")]
    pub require_tls: bool,
    pub smart_host_auth_mechanism: Mechanism,
    /// Megabytes.
    pub max_send_size: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
}

impl Call for AddConnector {
    type Output = Task;

    fn request(&self) -> Request {
        Request {
            method: Method::Post,
            path: self.platform.path() + "/sendConnector",
            body: json(self),
        }
    }
}
