//! The wizard as JSON text, to be kept over a reload: all of it but the form under review.

use serde_json::Value;

use super::console::Console;
use super::{Chosen, Screen, Stage, Verified, Wizard};
use crate::json::{self, Object};
use crate::mail::provider::{self, Provider};
use crate::ovh::exchange::{Platform, SendConnector, Service};
use crate::run::adding::Adding;
use crate::run::changing::Changing;

// The address bar names the screens by the same words.
json::words!(Screen {
    SignIn = "sign-in",
    Platform = "platform",
    Connector = "connector",
    Review = "review",
    Adding = "adding",
    Ready = "ready",
    Addresses = "addresses",
    Plan = "plan",
    Attaching = "attaching",
    Verify = "verify",
    Done = "done",
    Connectors = "connectors",
    Details = "details",
    Edit = "edit",
    Authenticate = "authentication",
    Delete = "delete",
    Domains = "domains",
    Tasks = "tasks",
    Changing = "changing",
    Record = "record",
    Console = "by-hand",
});

json::words!(Stage {
    Planned = "planned",
    Running = "running",
    Resting = "resting",
    Ended = "ended",
});

json::words!(Verified {
    Used = "used",
    NotUsed = "not-used",
    Unclear = "unclear",
});

impl Wizard {
    /// The wizard as text to keep. Nothing secret is in it.
    pub fn to_json_text(&self) -> String {
        let name = |provider: Option<&'static Provider>| provider.map(|provider| provider.name);
        Object::new()
            .with("screen", self.screen.as_str().into())
            .with("signed_in", self.signed_in.into())
            .with(
                "platform",
                self.platform.as_ref().map(Chosen::to_json).into(),
            )
            .with("wanted_provider", name(self.wanted_provider).into())
            .with("provider", name(self.provider).into())
            .with("may_be_there", self.may_be_there.into())
            .with("adding", self.adding.as_ref().map(Adding::to_json).into())
            .with(
                "connector",
                self.connector.as_ref().map(SendConnector::to_json).into(),
            )
            .with("job", self.job.map(Stage::as_str).into())
            .with("attached", self.attached.as_slice().into())
            .with("verified", self.verified.map(Verified::as_str).into())
            .with(
                "subject",
                self.upkeep
                    .subject
                    .as_ref()
                    .map(SendConnector::to_json)
                    .into(),
            )
            .with(
                "changing",
                self.upkeep.changing.as_ref().map(Changing::to_json).into(),
            )
            .with("origin", self.upkeep.origin.map(Screen::as_str).into())
            .with("left", self.upkeep.left.map(Screen::as_str).into())
            .with("job_for", self.upkeep.job_for.map(Screen::as_str).into())
            .with(
                "console",
                self.console.as_ref().map(Console::to_json).into(),
            )
            .to_text()
    }

    /// The wizard back from [`Wizard::to_json_text`]; `None` where a part of it is damaged or
    /// another build's, so that no job is forgotten while the rest goes on.
    pub fn from_json_text(text: &str) -> Option<Self> {
        let value = json::parse(text)?;
        let fields = value.as_object()?;
        let mut wizard = Self {
            signed_in: json::truth(fields, "signed_in").unwrap_or_default(),
            may_be_there: json::truth(fields, "may_be_there").unwrap_or_default(),
            ..Self::default()
        };
        if let Some(screen) = json::field(fields, "screen") {
            wizard.screen = Screen::read(screen.as_str()?)?;
        }
        if let Some(chosen) = json::field(fields, "platform") {
            wizard.platform = Some(Chosen::from_json(chosen)?);
        }
        let provider = |name| provider::named(&json::text(fields, name)?);
        wizard.wanted_provider = provider("wanted_provider");
        wizard.provider = provider("provider");
        if let Some(job) = json::field(fields, "adding") {
            wizard.adding = Some(Adding::from_json(job)?);
        }
        if let Some(connector) = json::field(fields, "connector") {
            wizard.connector = Some(SendConnector::from_json(connector)?);
        }
        if let Some(job) = json::field(fields, "job") {
            wizard.job = Some(Stage::read(job.as_str()?)?);
        }
        if let Some(addresses) = json::field(fields, "attached") {
            wizard.attached = json::texts(addresses)?;
        }
        if let Some(verified) = json::field(fields, "verified") {
            wizard.verified = Some(Verified::read(verified.as_str()?)?);
        }
        if let Some(connector) = json::field(fields, "subject") {
            wizard.upkeep.subject = Some(SendConnector::from_json(connector)?);
        }
        if let Some(job) = json::field(fields, "changing") {
            wizard.upkeep.changing = Some(Changing::from_json(job)?);
        }
        if let Some(screen) = json::field(fields, "origin") {
            wizard.upkeep.origin = Some(Screen::read(screen.as_str()?)?);
        }
        if let Some(screen) = json::field(fields, "left") {
            wizard.upkeep.left = Some(Screen::read(screen.as_str()?)?);
        }
        if let Some(screen) = json::field(fields, "job_for") {
            wizard.upkeep.job_for = Some(Screen::read(screen.as_str()?)?);
        }
        if let Some(console) = json::field(fields, "console") {
            wizard.console = Some(Console::from_json(console)?);
        }
        Some(wizard)
    }
}

impl Chosen {
    fn to_json(&self) -> Value {
        Object::new()
            .with("platform", self.platform.to_json())
            .with("service", self.service.to_json())
            .into_value()
    }

    fn from_json(value: &Value) -> Option<Self> {
        let fields = value.as_object()?;
        Some(Self {
            platform: Platform::from_json(json::field(fields, "platform")?)?,
            service: Service::from_json(json::field(fields, "service")?)?,
        })
    }
}
