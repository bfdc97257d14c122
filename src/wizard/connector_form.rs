//! The connector form: what was typed, and what makes it valid.

use crate::config::ConnectorDefaults;
use crate::json::{self, Object};
use crate::ovh::exchange::{AddConnector, Mechanism, Platform, SendConnector};

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
}

const LARGEST_MAIL: u16 = 100;

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
        let smart_host = self
            .smart_host
            .trim()
            .trim_end_matches('.')
            .to_ascii_lowercase();
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
        for (field, kind) in self.authentication_problems(user) {
            check(field, Err(kind));
        }
        let taken = existing.iter().any(|connector| {
            connector.display_name.as_deref() == Some(display_name)
                && connector
                    .smart_host
                    .as_deref()
                    .is_some_and(|host| host.eq_ignore_ascii_case(&smart_host))
        });
        if display_name.is_empty() {
            check(Field::DisplayName, Err(Kind::Empty));
        } else if !is_printable(display_name) {
            check(Field::DisplayName, Err(Kind::Unprintable));
        } else if taken {
            check(Field::DisplayName, Err(Kind::Taken));
        }
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

    fn authentication_problems(&self, user: &str) -> Vec<(Field, Kind)> {
        let mut problems = Vec::new();
        let (has_user, has_password) = (!user.is_empty(), !self.password.is_empty());
        if self.mechanism == Mechanism::None {
            if has_user {
                problems.push((Field::User, Kind::NotWithoutAuthentication));
            }
            if has_password {
                problems.push((Field::Password, Kind::NotWithoutAuthentication));
            }
            return problems;
        }
        match (has_user, has_password) {
            (true, true) => {}
            (false, true) => problems.push((Field::User, Kind::PasswordWithoutUser)),
            (true, false) => problems.push((Field::Password, Kind::UserWithoutPassword)),
            (false, false) => {
                problems.push((Field::User, Kind::Empty));
                problems.push((Field::Password, Kind::Empty));
            }
        }
        if self.mechanism == Mechanism::BasicOverTls && !self.require_tls {
            problems.push((Field::RequireTls, Kind::MechanismNeedsTls));
        }
        problems
    }
}

/// Whether a text shows all that is in it, in the order in which it is sent.
fn is_printable(text: &str) -> bool {
    !text.chars().any(|c| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    })
}

fn check_host(host: &str) -> Result<(), Kind> {
    if host.is_empty() {
        return Err(Kind::Empty);
    }
    if host.contains("://") {
        return Err(Kind::HasScheme);
    }
    if host.contains(char::is_whitespace) {
        return Err(Kind::HasSpace);
    }
    if host.contains('@') {
        return Err(Kind::IsEmailAddress);
    }
    if host.contains(['/', '?', '#']) {
        return Err(Kind::HasPath);
    }
    if let Some((_, port)) = host.split_once(':')
        && port.bytes().all(|b| b.is_ascii_digit())
    {
        return Err(Kind::HasPort);
    }
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let is_number = host.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let fits = if is_number {
        host.parse::<std::net::Ipv4Addr>().is_ok()
    } else {
        host.contains('.') && host.len() <= 253 && host.split('.').all(is_label)
    };
    if fits {
        Ok(())
    } else {
        Err(Kind::NotAHostName)
    }
}

fn read_port(text: &str) -> Result<u16, Kind> {
    match read_number(text)? {
        465 => Err(Kind::PortStartsEncrypted),
        port => u16::try_from(port)
            .ok()
            .filter(|&port| port > 0)
            .ok_or(Kind::OutOfRange),
    }
}

fn read_size(text: &str) -> Result<u16, Kind> {
    let size = read_number(text)?;
    let size = u16::try_from(size).map_err(|_| Kind::OutOfRange)?;
    if (1..=LARGEST_MAIL).contains(&size) {
        Ok(size)
    } else {
        Err(Kind::OutOfRange)
    }
}

fn read_number(text: &str) -> Result<u32, Kind> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Kind::Empty);
    }
    let digits = text.strip_prefix('-').unwrap_or(text);
    if !digits.bytes().all(|b| b.is_ascii_digit()) || digits.is_empty() {
        return Err(Kind::NotANumber);
    }
    text.parse().map_err(|_| Kind::OutOfRange)
}

#[cfg(test)]
mod tests;
