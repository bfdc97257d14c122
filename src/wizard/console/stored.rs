//! The way through the console as JSON, to be kept over a reload.

use serde_json::Value;

use super::{Console, Step};
use crate::json::{self, Object};
use crate::ovh::Call as _;
use crate::ovh::exchange::{AddConnector, Mechanism, Platform, SendConnector};
use crate::ovh::shown::PLACEHOLDER;
use crate::run::order::Purpose;

json::words!(Step {
    Platform = "platform",
    Before = "before",
    Form = "form",
    Add = "add",
    Check = "check",
    Addresses = "addresses",
    Assign = "assign",
    Finished = "finished",
});

impl Console {
    /// All of it, to be stored.
    pub fn to_json(&self) -> Value {
        let whole = |numbers: &[u64]| numbers.iter().copied().map(Value::from).collect();
        let adding = self.adding.as_ref().map(|adding| adding.request().body);
        Object::new()
            .with("step", self.step.as_str().into())
            .with(
                "platform",
                self.platform.as_ref().map(Platform::to_json).into(),
            )
            .with("before", Value::Array(whole(&self.before)))
            .with("adding", adding.and_then(|body| json::parse(&body)).into())
            .with("candidates", Value::Array(whole(&self.candidates)))
            .with(
                "connector",
                self.connector.as_ref().map(SendConnector::to_json).into(),
            )
            .with("purpose", self.purpose.map(Purpose::as_str).into())
            .with("addresses", self.addresses.as_slice().into())
            .with("done", self.done.into())
            .with("begun", self.begun.into())
            .into_value()
    }

    /// All of it back from [`Console::to_json`].
    pub fn from_json(value: &Value) -> Option<Self> {
        let fields = value.as_object()?;
        let step = Step::read(&json::text(fields, "step")?)?;
        let platform = match json::field(fields, "platform") {
            Some(platform) => Some(Platform::from_json(platform)?),
            None => None,
        };
        let adding = match (json::field(fields, "adding"), &platform) {
            (Some(adding), Some(platform)) => Some(read_adding(adding, platform)?),
            _ => None,
        };
        let connector = match json::field(fields, "connector") {
            Some(connector) => Some(SendConnector::from_json(connector)?),
            None => None,
        };
        let purpose = json::text(fields, "purpose");
        let console = Self {
            step,
            platform,
            before: json::wholes(json::field(fields, "before")?)?,
            adding,
            candidates: json::wholes(json::field(fields, "candidates")?)?,
            connector,
            purpose: purpose.and_then(|word| Purpose::read(&word)),
            addresses: json::texts(json::field(fields, "addresses")?)?,
            done: usize::try_from(json::whole(fields, "done")?).ok()?,
            begun: json::whole(fields, "begun")?,
        };
        console.is_sound().then_some(console)
    }

    /// Whether everything is there that its step builds on.
    fn is_sound(&self) -> bool {
        let has = match self.step {
            Step::Platform => true,
            Step::Before | Step::Form => self.platform.is_some(),
            Step::Add => self.adding.is_some(),
            Step::Check => self.platform.is_some() && !self.candidates.is_empty(),
            Step::Addresses => self.connector.is_some(),
            Step::Assign => self.connector.is_some() && self.address().is_some(),
            Step::Finished => self.connector.is_some() && self.done == self.addresses.len(),
        };
        has && self.done <= self.addresses.len()
    }
}

/// What was to be added, from the body that adds it.
fn read_adding(value: &Value, platform: &Platform) -> Option<AddConnector> {
    let fields = value.as_object()?;
    let mechanism = json::text(fields, "smartHostAuthMechanism")?;
    Some(AddConnector {
        platform: platform.clone(),
        display_name: json::text(fields, "displayName")?,
        smart_host: json::text(fields, "smartHost")?,
        port: json::short(fields, "port")?,
        require_tls: json::truth(fields, "requireTLS")?,
        smart_host_auth_mechanism: Mechanism::read(&mechanism)?,
        max_send_size: json::short(fields, "maxSendSize")?,
        user: json::text(fields, "user"),
        password: json::field(fields, "password").map(|_| PLACEHOLDER.to_owned()),
    })
}
