//! The domains of a platform, and the connector that new addresses on each begin with.

use serde_json::Value;

use super::Platform;
use crate::json::{self, Object};
use crate::ovh::{Call, Method, Request, path};

/// `GET …/domain`: the domains of a platform.
pub struct ListDomains<'a>(pub &'a Platform);

impl Call for ListDomains<'_> {
    type Output = Vec<String>;

    fn request(&self) -> Request {
        Request::get(self.0.path() + "/domain")
    }

    fn read(answer: &Value) -> Option<Vec<String>> {
        json::texts(answer)
    }
}

/// `GET …/domain/{domainName}`
pub struct ReadDomain<'a> {
    pub platform: &'a Platform,
    pub name: &'a str,
}

/// A domain, of its properties those that its default needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Domain {
    pub name: Option<String>,
    pub state: Option<String>,
    /// 0 or absent: new addresses begin with OVHcloud's own servers.
    pub send_connector_id_default: Option<u64>,
    pub task_pending_id: Option<u64>,
}

impl Domain {
    /// The domain from the API's object; `None` where it is none.
    pub fn from_json(value: &Value) -> Option<Self> {
        let fields = value.as_object()?;
        Some(Self {
            name: json::text(fields, "name"),
            state: json::text(fields, "state"),
            send_connector_id_default: json::whole(fields, "sendConnectorIdDefault"),
            task_pending_id: json::whole(fields, "taskPendingId"),
        })
    }

    /// The API's object.
    pub fn to_json(&self) -> Value {
        Object::new()
            .with("name", self.name.as_deref().into())
            .with("state", self.state.as_deref().into())
            .with(
                "sendConnectorIdDefault",
                self.send_connector_id_default.into(),
            )
            .with("taskPendingId", self.task_pending_id.into())
            .into_value()
    }

    /// The connector that new addresses begin with, `None` for OVHcloud's own servers.
    pub fn connector(&self) -> Option<u64> {
        self.send_connector_id_default.filter(|&id| id != 0)
    }

    /// The task that works on it.
    pub fn pending_task(&self) -> Option<u64> {
        self.task_pending_id.filter(|&id| id != 0)
    }
}

impl Call for ReadDomain<'_> {
    type Output = Domain;

    fn request(&self) -> Request {
        Request::get(below(self.platform, self.name))
    }

    fn read(answer: &Value) -> Option<Domain> {
        Domain::from_json(answer)
    }
}

/// `PUT …/domain/{domainName}/changeDefaultSBR` with nothing but the connector's id, 0 for none:
/// OVHcloud's guide leaves `sbrDefault` empty. Concerns addresses that are created later. Answers
/// `null` and starts a task that only the domain shows.
pub struct ChangeDomainDefault<'a> {
    pub platform: &'a Platform,
    pub domain: &'a str,
    pub connector: u64,
}

impl Call for ChangeDomainDefault<'_> {
    type Output = ();

    fn request(&self) -> Request {
        Request {
            method: Method::Put,
            path: below(self.platform, self.domain) + "/changeDefaultSBR",
            body: Object::new()
                .with("sendConnectorIdDefault", self.connector.into())
                .to_text(),
        }
    }

    fn read(answer: &Value) -> Option<()> {
        answer.is_null().then_some(())
    }
}

fn below(platform: &Platform, domain: &str) -> String {
    let mut at = platform.path() + "/domain";
    path::push(&mut at, domain);
    at
}
