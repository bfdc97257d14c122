//! Exchange platforms: what there is, on which offer, with which domains and which server.

use serde_json::Value;

use crate::json::{self, Object};
use crate::ovh::{Call, Request, path};

/// One platform. Its two names are the same on Private and Trusted Exchange; the API takes both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Platform {
    pub organization: String,
    pub service: String,
}

impl Platform {
    /// The platform back from [`Platform::to_json`].
    pub fn from_json(value: &Value) -> Option<Self> {
        let fields = value.as_object()?;
        Some(Self {
            organization: json::text(fields, "organization")?,
            service: json::text(fields, "service")?,
        })
    }

    /// The two names, to be stored.
    pub fn to_json(&self) -> Value {
        Object::new()
            .with("organization", self.organization.as_str().into())
            .with("service", self.service.as_str().into())
            .into_value()
    }

    /// `/email/exchange/{organizationName}/service/{exchangeService}`
    pub(super) fn path(&self) -> String {
        let mut at = String::from("/email/exchange");
        path::push(&mut at, &self.organization);
        at.push_str("/service");
        path::push(&mut at, &self.service);
        at
    }
}

/// `GET /email/exchange`: the names of the organisations.
pub struct ListOrganizations;

impl Call for ListOrganizations {
    type Output = Vec<String>;

    fn request(&self) -> Request {
        Request::get("/email/exchange".into())
    }

    fn read(answer: &Value) -> Option<Vec<String>> {
        json::texts(answer)
    }
}

/// `GET /email/exchange/{organizationName}/service`: the services of one organisation.
pub struct ListServices<'a> {
    pub organization: &'a str,
}

impl Call for ListServices<'_> {
    type Output = Vec<String>;

    fn request(&self) -> Request {
        let mut at = String::from("/email/exchange");
        path::push(&mut at, self.organization);
        at.push_str("/service");
        Request::get(at)
    }

    fn read(answer: &Value) -> Option<Vec<String>> {
        json::texts(answer)
    }
}

/// `GET …/service/{exchangeService}`
pub struct ReadService<'a>(pub &'a Platform);

/// A platform's own properties, of those that this app shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Service {
    pub display_name: Option<String>,
    pub domain: Option<String>,
    pub offer: Option<String>,
    pub state: Option<String>,
    /// Megabytes.
    pub max_send_size: Option<u64>,
}

impl Call for ReadService<'_> {
    type Output = Service;

    fn request(&self) -> Request {
        Request::get(self.0.path())
    }

    fn read(answer: &Value) -> Option<Service> {
        Service::from_json(answer)
    }
}

/// What a platform was sold as; which of the API's words stands for which offer is inferred from
/// the platforms' names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    Private,
    Trusted,
    Hosted,
    Reseller,
    Unknown,
}

/// How a platform as a whole is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition<'a> {
    Good,
    /// OVHcloud works on it: changes may be refused, and pass later.
    InMaintenance,
    /// Switched off, as for an unpaid bill: nothing can be changed until that is settled.
    Suspended,
    /// A word of the API that is not known.
    Other(&'a str),
}

impl Service {
    /// The service from the API's object; `None` where it is none.
    pub fn from_json(value: &Value) -> Option<Self> {
        let fields = value.as_object()?;
        Some(Self {
            display_name: json::text(fields, "displayName"),
            domain: json::text(fields, "domain"),
            offer: json::text(fields, "offer"),
            state: json::text(fields, "state"),
            max_send_size: json::whole(fields, "maxSendSize"),
        })
    }

    /// The API's object.
    pub fn to_json(&self) -> Value {
        Object::new()
            .with("displayName", self.display_name.as_deref().into())
            .with("domain", self.domain.as_deref().into())
            .with("offer", self.offer.as_deref().into())
            .with("state", self.state.as_deref().into())
            .with("maxSendSize", self.max_send_size.into())
            .into_value()
    }

    /// Whether it takes changes at the moment; where nothing is said of it, it counts as good.
    pub fn condition(&self) -> Condition<'_> {
        match self.state.as_deref() {
            None | Some("ok") => Condition::Good,
            Some("inMaintenance") => Condition::InMaintenance,
            Some("suspended") => Condition::Suspended,
            Some(other) => Condition::Other(other),
        }
    }

    pub fn offer(&self) -> Offer {
        match self.offer.as_deref() {
            Some("dedicated") => Offer::Private,
            Some("dedicatedCluster") => Offer::Trusted,
            Some("hosted") => Offer::Hosted,
            Some("provider") => Offer::Reseller,
            _ => Offer::Unknown,
        }
    }
}

impl Offer {
    /// Whether send connectors are meant for this offer. On others OVHcloud's administrators may
    /// switch a connector off at any time, says its guide.
    pub fn has_connectors(self) -> bool {
        matches!(self, Self::Private | Self::Trusted)
    }
}

/// `GET …/server`
pub struct ReadServer<'a>(pub &'a Platform);

/// The addresses that a platform sends from: what a provider without passwords must allow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Server {
    pub ip: Option<String>,
    pub ip_v6: Option<String>,
}

impl Call for ReadServer<'_> {
    type Output = Server;

    fn request(&self) -> Request {
        Request::get(self.0.path() + "/server")
    }

    fn read(answer: &Value) -> Option<Server> {
        let fields = answer.as_object()?;
        Some(Server {
            ip: json::text(fields, "ip"),
            ip_v6: json::text(fields, "ipV6"),
        })
    }
}
