//! E-mail accounts, and the connector that each sends through.

use serde_json::Value;

use super::Platform;
use crate::json::{self, Fields, Object};
use crate::ovh::{Call, Method, Request, path};

/// `GET …/account`: the primary addresses of a platform.
pub struct ListAccounts<'a>(pub &'a Platform);

impl Call for ListAccounts<'_> {
    type Output = Vec<String>;

    fn request(&self) -> Request {
        Request::get(self.0.path() + "/account")
    }

    fn read(answer: &Value) -> Option<Vec<String>> {
        json::texts(answer)
    }
}

/// `GET …/account/{primaryEmailAddress}`
pub struct ReadAccount<'a> {
    pub platform: &'a Platform,
    pub address: &'a str,
}

/// An account, of its properties those that attaching needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    pub primary_email_address: Option<String>,
    /// 0 or absent: OVHcloud's own servers send.
    pub send_connector_id: Option<u64>,
    pub task_pending_id: Option<u64>,
    pub state: Option<String>,
    pub spam_and_virus_configuration: Option<SpamAndVirus>,
}

impl Account {
    /// The account from the API's object; `None` where it is none.
    pub fn from_json(value: &Value) -> Option<Self> {
        let fields = value.as_object()?;
        let filters = json::field(fields, "spamAndVirusConfiguration");
        Some(Self {
            primary_email_address: json::text(fields, "primaryEmailAddress"),
            send_connector_id: json::whole(fields, "sendConnectorId"),
            task_pending_id: json::whole(fields, "taskPendingId"),
            state: json::text(fields, "state"),
            spam_and_virus_configuration: filters.and_then(SpamAndVirus::from_json),
        })
    }

    /// The attached connector, `None` where OVHcloud's own servers send.
    pub fn connector(&self) -> Option<u64> {
        self.send_connector_id.filter(|&id| id != 0)
    }

    pub fn has_pending_task(&self) -> bool {
        self.task_pending_id.unwrap_or(0) != 0
    }
}

/// The filters of an account, sent back as they were read but for `deleteVirus`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpamAndVirus(Fields);

impl SpamAndVirus {
    /// The filters from the API's object; `None` where it is none, or holds what could not be sent
    /// back as it is.
    pub fn from_json(value: &Value) -> Option<Self> {
        let fields = value.as_object()?;
        json::can_write(value).then(|| Self(fields.clone()))
    }

    /// The API's object.
    pub fn to_json(&self) -> Value {
        Value::Object(self.0.clone())
    }

    /// The same filters with mail that carries a virus deleted, without which OVHcloud's console
    /// is refused, says its guide.
    #[must_use]
    pub fn with_viruses_deleted(mut self) -> Self {
        self.0.insert("deleteVirus".into(), true.into());
        self
    }
}

impl Call for ReadAccount<'_> {
    type Output = Account;

    fn request(&self) -> Request {
        let mut at = self.platform.path() + "/account";
        path::push(&mut at, self.address);
        Request::get(at)
    }

    fn read(answer: &Value) -> Option<Account> {
        Account::from_json(answer)
    }
}

/// `PUT …/account/{primaryEmailAddress}` with nothing but the connector's id, 0 for none: OVHcloud
/// changes only what the body names. Answers `null` and starts a task that only the account shows.
pub struct ChangeAccount<'a> {
    pub platform: &'a Platform,
    pub address: &'a str,
    pub connector: u64,
    /// Sent along where the short body was refused.
    pub filters: Option<SpamAndVirus>,
}

impl Call for ChangeAccount<'_> {
    type Output = ();

    fn request(&self) -> Request {
        let mut at = self.platform.path() + "/account";
        path::push(&mut at, self.address);
        let filters = self.filters.as_ref().map(SpamAndVirus::to_json);
        let body = Object::new()
            .with("sendConnectorId", self.connector.into())
            .with("spamAndVirusConfiguration", filters.into());
        Request {
            method: Method::Put,
            path: at,
            body: body.to_text(),
        }
    }

    fn read(answer: &Value) -> Option<()> {
        answer.is_null().then_some(())
    }
}
