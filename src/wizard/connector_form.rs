//! The connector form: what was typed, and what makes it valid. The forms that change a connector
//! share its fields and its rules.

mod rules;

pub(super) use rules::{
    authentication_problems, check_host, check_name, plain_host, read_port, read_size,
};

use crate::config::ConnectorDefaults;
use crate::json::{self, Object};
use crate::ovh::exchange::{AddConnector, LARGEST_MAIL, Mechanism, Platform, SendConnector};
use crate::printable::is_printable;

mod preset;

pub use preset::{host_form, whole_hosts};

/// What is in the eight fields, and the provider chosen above them. Stored as it is typed, but for
/// the password.
#[derive(Clone, PartialEq, Eq)]
pub struct ConnectorForm {
    /// The provider's name; empty for one that is not in the list.
    pub provider: String,
    pub display_name: String,
    pub smart_host: String,
    pub port: String,
    pub mechanism: Mechanism,
    pub user: String,
    pub password: String,
    pub require_tls: bool,
    pub max_send_size: String,
}

/// Which field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    SmartHost,
    Port,
    Mechanism,
    User,
    Password,
    RequireTls,
    DisplayName,
    MaxSendSize,
}

/// What is wrong with one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Problem {
    pub field: Field,
    pub kind: Kind,
}

/// How a field can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Empty,
    NotANumber,
    /// Outside 1 to 65535, or 1 to 100 for the size.
    OutOfRange,
    /// 465 is for connections encrypted from the first byte; a send connector begins in the clear.
    PortStartsEncrypted,
    HasScheme,
    HasPath,
    HasSpace,
    HasPort,
    IsEmailAddress,
    NotAHostName,
    PasswordWithoutUser,
    UserWithoutPassword,
    /// User or password, though the mechanism is "none".
    NotWithoutAuthentication,
    /// The mechanism wants encryption, and it is switched off.
    MechanismNeedsTls,
    /// A connector with this name and this server is there already.
    Taken,
    /// A control character, or one that turns the direction of the text.
    Unprintable,
    /// A name that no list could show.
    TooLong,
}

impl Default for ConnectorForm {
    fn default() -> Self {
        Self {
            provider: String::new(),
            display_name: String::new(),
            smart_host: String::new(),
            port: String::from("587"),
            mechanism: Mechanism::default(),
            user: String::new(),
            password: String::new(),
            require_tls: true,
            max_send_size: LARGEST_MAIL.to_string(),
        }
    }
}

impl ConnectorForm {
    /// The form as text to keep, without the password.
    pub fn to_json(&self) -> String {
        Object::new()
            .with("provider", self.provider.as_str().into())
            .with("displayName", self.display_name.as_str().into())
            .with("smartHost", self.smart_host.as_str().into())
            .with("port", self.port.as_str().into())
            .with("mechanism", self.mechanism.as_str().into())
            .with("user", self.user.as_str().into())
            .with("requireTLS", self.require_tls.into())
            .with("maxSendSize", self.max_send_size.as_str().into())
            .to_text()
    }

    /// The form back from [`ConnectorForm::to_json`]; a field that is missing is as in a new form.
    pub fn from_json(json: &str) -> Option<Self> {
        let value = json::parse(json)?;
        let fields = value.as_object()?;
        let new = Self::default();
        let mechanism = json::text(fields, "mechanism");
        Some(Self {
            provider: json::text(fields, "provider").unwrap_or(new.provider),
            display_name: json::text(fields, "displayName").unwrap_or(new.display_name),
            smart_host: json::text(fields, "smartHost").unwrap_or(new.smart_host),
            port: json::text(fields, "port").unwrap_or(new.port),
            mechanism: mechanism
                .and_then(|word| Mechanism::read(&word))
                .unwrap_or(new.mechanism),
            user: json::text(fields, "user").unwrap_or(new.user),
            password: new.password,
            require_tls: json::truth(fields, "requireTLS").unwrap_or(new.require_tls),
            max_send_size: json::text(fields, "maxSendSize").unwrap_or(new.max_send_size),
        })
    }

    /// The form as a deployment wants it to begin.
    pub fn starting_from(defaults: &ConnectorDefaults) -> Self {
        let mut form = Self::default();
        if let Some(name) = &defaults.display_name {
            form.display_name.clone_from(name);
        }
        if let Some(host) = &defaults.smart_host {
            form.smart_host.clone_from(host);
        }
        if let Some(port) = defaults.port {
            form.port = port.to_string();
        }
        if let Some(size) = defaults.max_send_size {
            form.max_send_size = size.to_string();
        }
        form
    }

    /// The request that adds this connector.
    ///
    /// # Errors
    /// Every problem, at most one a field, in the order of the form.
    pub fn validate(
        &self,
        platform: &Platform,
        existing: &[SendConnector],
    ) -> Result<AddConnector, Vec<Problem>> {
        let mut problems = Vec::new();
        let smart_host = plain_host(&self.smart_host);
        let display_name = self.display_name.trim();
        let user = self.user.trim();
        let mut check = |field, result: Result<u16, Kind>| {
            result.unwrap_or_else(|kind| {
                problems.push(Problem { field, kind });
                0
            })
        };
        check(Field::SmartHost, check_host(&smart_host).map(|()| 0));
        let port = check(Field::Port, read_port(&self.port));
        if !is_printable(user) {
            check(Field::User, Err(Kind::Unprintable));
        }
        for (field, kind) in authentication_problems(self.mechanism, user, &self.password) {
            check(field, Err(kind));
        }
        if self.mechanism == Mechanism::BasicOverTls && !self.require_tls {
            check(Field::RequireTls, Err(Kind::MechanismNeedsTls));
        }
        let name = check_name(display_name, &smart_host, existing.iter());
        check(Field::DisplayName, name.map(|()| 0));
        let max_send_size = check(Field::MaxSendSize, read_size(&self.max_send_size));
        if !problems.is_empty() {
            return Err(problems);
        }
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Ok(AddConnector {
            platform: platform.clone(),
            display_name: display_name.to_owned(),
            smart_host,
            port,
            require_tls: self.require_tls,
            smart_host_auth_mechanism: self.mechanism,
            max_send_size,
            user: given(user),
            password: given(&self.password),
        })
    }
}

#[cfg(test)]
mod tests;
