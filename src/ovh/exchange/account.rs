//! E-mail accounts, and the connector that each sends through.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Platform, json};
use crate::ovh::{Call, Method, Request, path};

/// `GET …/account`: the primary addresses of a platform.
pub struct ListAccounts<'a>(pub &'a Platform);

impl Call for ListAccounts<'_> {
    type Output = Vec<String>;

    fn request(&self) -> Request {
        Request::get(self.0.path() + "/account")
    }
}

/// `GET …/account/{primaryEmailAddress}`
pub struct ReadAccount<'a> {
    pub platform: &'a Platform,
    pub address: &'a str,
}

/// An account, of its properties those that attaching needs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Account {
    pub primary_email_address: Option<String>,
    /// 0 or absent: OVHcloud's own servers send.
    pub send_connector_id: Option<u64>,
    pub task_pending_id: Option<u64>,
    pub state: Option<String>,
    pub spam_and_virus_configuration: Option<SpamAndVirus>,
}

impl Account {
    /// The attached connector, `None` where OVHcloud's own servers send.
    pub fn connector(&self) -> Option<u64> {
        self.send_connector_id.filter(|&id| id != 0)
    }

    pub fn has_pending_task(&self) -> bool {
        self.task_pending_id.unwrap_or(0) != 0
    }
}

/// The filters of an account, sent back as they were read but for `deleteVirus`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SpamAndVirus(BTreeMap<String, serde_json::Value>);

impl SpamAndVirus {
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

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    send_connector_id: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    spam_and_virus_configuration: Option<&'a SpamAndVirus>,
}

impl Call for ChangeAccount<'_> {
    type Output = ();

    fn request(&self) -> Request {
        let mut at = self.platform.path() + "/account";
        path::push(&mut at, self.address);
        Request {
            method: Method::Put,
            path: at,
            body: json(&Body {
                send_connector_id: self.connector,
                spam_and_virus_configuration: self.filters.as_ref(),
            }),
        }
    }
}
