//! Changing and deleting a send connector that is there.

use serde_json::Value;

use super::{Mechanism, Platform, SendConnector, Task};
use crate::json::{self, Fields, Object};
use crate::ovh::{Call, Method, Request};

/// What is to be changed about a connector; what is `None` stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConnectorChanges {
    pub display_name: Option<String>,
    pub smart_host: Option<String>,
    pub port: Option<u16>,
    pub require_tls: Option<bool>,
    /// Megabytes.
    pub max_send_size: Option<u16>,
}

impl ConnectorChanges {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether mails take no notice: a name is for people.
    pub fn concern_no_mail(&self) -> bool {
        let rest = Self {
            display_name: None,
            ..self.clone()
        };
        rest.is_empty()
    }

    /// Whether a connector already is as it would be after these changes.
    pub fn are_in(&self, connector: &SendConnector) -> bool {
        fn fits<T: PartialEq>(wanted: Option<&T>, there: Option<&T>) -> bool {
            wanted.is_none_or(|wanted| there == Some(wanted))
        }
        let host = |host: &String| {
            let there = connector.smart_host.as_ref();
            there.is_some_and(|there| there.eq_ignore_ascii_case(host))
        };
        fits(self.display_name.as_ref(), connector.display_name.as_ref())
            && self.smart_host.as_ref().is_none_or(host)
            && fits(self.port.map(u64::from).as_ref(), connector.port.as_ref())
            && fits(self.require_tls.as_ref(), connector.require_tls.as_ref())
            && fits(
                self.max_send_size.map(u64::from).as_ref(),
                connector.max_send_size.as_ref(),
            )
    }

    fn object(&self) -> Object {
        Object::new()
            .with("displayName", self.display_name.as_deref().into())
            .with("smartHost", self.smart_host.as_deref().into())
            .with("port", self.port.into())
            .with("requireTLS", self.require_tls.into())
            .with("maxSendSize", self.max_send_size.into())
    }

    /// The changes as the API writes them, to be stored.
    pub fn to_json(&self) -> Value {
        self.object().into_value()
    }

    /// The changes back from [`ConnectorChanges::to_json`].
    pub fn from_json(value: &Value) -> Option<Self> {
        let fields: &Fields = value.as_object()?;
        Some(Self {
            display_name: json::text(fields, "displayName"),
            smart_host: json::text(fields, "smartHost"),
            port: json::short(fields, "port"),
            require_tls: json::truth(fields, "requireTLS"),
            max_send_size: json::short(fields, "maxSendSize"),
        })
    }
}

/// `PUT …/sendConnector/{id}` with nothing but what changes. Answers `null` and starts a task that
/// only the connector shows.
pub struct ChangeConnector<'a> {
    pub platform: &'a Platform,
    pub id: u64,
    pub changes: &'a ConnectorChanges,
}

impl Call for ChangeConnector<'_> {
    type Output = ();

    fn request(&self) -> Request {
        Request {
            method: Method::Put,
            path: path(self.platform, self.id),
            body: self.changes.object().to_text(),
        }
    }

    fn read(answer: &Value) -> Option<()> {
        answer.is_null().then_some(())
    }
}

/// `POST …/sendConnector/{id}/changeAuthentication`: answers with a task. Has no `Debug`, as it
/// holds the password.
#[derive(Clone, PartialEq, Eq)]
pub struct ChangeAuthentication {
    pub platform: Platform,
    pub id: u64,
    pub mechanism: Mechanism,
    /// `None` without authentication. OVHcloud never shows which one is set.
    pub user: Option<String>,
    pub password: Option<String>,
}

impl Call for ChangeAuthentication {
    type Output = Task;

    fn request(&self) -> Request {
        let body = Object::new()
            .with("smartHostAuthMechanism", self.mechanism.as_str().into())
            .with("user", self.user.as_deref().into())
            .with("password", self.password.as_deref().into());
        Request {
            method: Method::Post,
            path: path(&self.platform, self.id) + "/changeAuthentication",
            body: body.to_text(),
        }
    }

    fn read(answer: &Value) -> Option<Task> {
        Task::from_json(answer)
    }
}

/// `DELETE …/sendConnector/{id}`: answers with a task.
pub struct DeleteConnector<'a> {
    pub platform: &'a Platform,
    pub id: u64,
}

impl Call for DeleteConnector<'_> {
    type Output = Task;

    fn request(&self) -> Request {
        Request {
            method: Method::Delete,
            path: path(self.platform, self.id),
            body: String::new(),
        }
    }

    fn read(answer: &Value) -> Option<Task> {
        Task::from_json(answer)
    }
}

fn path(platform: &Platform, id: u64) -> String {
    [&platform.path(), "/sendConnector/", &id.to_string()].concat()
}
