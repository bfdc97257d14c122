//! The form that changes a connector: what was typed over what is there, of which only what differs
//! is checked and sent.

use super::connector_form::{
    Field, Kind, Problem, check_host, check_name, plain_host, read_port, read_size,
};
use crate::json::{self, Object};
use crate::ovh::exchange::{ConnectorChanges, Mechanism, SendConnector};

/// What is in the five fields. Stored as it is typed; nothing secret is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditForm {
    pub display_name: String,
    pub smart_host: String,
    pub port: String,
    pub require_tls: bool,
    pub max_send_size: String,
}

impl EditForm {
    /// The form as it begins: filled with what is there.
    pub fn of(connector: &SendConnector) -> Self {
        let number = |number: Option<u64>| number.map_or(String::new(), |n| n.to_string());
        Self {
            display_name: connector.display_name.clone().unwrap_or_default(),
            smart_host: connector.smart_host.clone().unwrap_or_default(),
            port: number(connector.port),
            require_tls: connector.require_tls.unwrap_or_default(),
            max_send_size: number(connector.max_send_size),
        }
    }

    /// What was typed over `begun`, over what is there `now`: a field that nobody touched follows.
    #[must_use]
    pub fn over(self, begun: &Self, now: Self) -> Self {
        let text = |typed: String, begun: &str, now| if typed == begun { now } else { typed };
        Self {
            display_name: text(self.display_name, &begun.display_name, now.display_name),
            smart_host: text(self.smart_host, &begun.smart_host, now.smart_host),
            port: text(self.port, &begun.port, now.port),
            require_tls: if self.require_tls == begun.require_tls {
                now.require_tls
            } else {
                self.require_tls
            },
            max_send_size: text(self.max_send_size, &begun.max_send_size, now.max_send_size),
        }
    }

    /// The form as text to keep.
    pub fn to_json(&self) -> String {
        Object::new()
            .with("displayName", self.display_name.as_str().into())
            .with("smartHost", self.smart_host.as_str().into())
            .with("port", self.port.as_str().into())
            .with("requireTLS", self.require_tls.into())
            .with("maxSendSize", self.max_send_size.as_str().into())
            .to_text()
    }

    /// The form back from [`EditForm::to_json`].
    pub fn from_json(text: &str) -> Option<Self> {
        let value = json::parse(text)?;
        let fields = value.as_object()?;
        Some(Self {
            display_name: json::text(fields, "displayName")?,
            smart_host: json::text(fields, "smartHost")?,
            port: json::text(fields, "port")?,
            require_tls: json::truth(fields, "requireTLS")?,
            max_send_size: json::text(fields, "maxSendSize")?,
        })
    }

    /// What is to be changed about `connector`; nothing at all where nothing differs. A field that
    /// was left as it is may be as odd as it likes: it is not sent. `existing` are the connectors
    /// of the platform, this one among them.
    ///
    /// # Errors
    /// Every problem, at most one a field, in the order of the form.
    pub fn validate(
        &self,
        connector: &SendConnector,
        existing: &[SendConnector],
    ) -> Result<ConnectorChanges, Vec<Problem>> {
        let begun = Self::of(connector);
        let mut problems = Vec::new();
        let mut wrong = |field, kind| problems.push(Problem { field, kind });
        let mut changes = ConnectorChanges::default();

        let host = plain_host(&self.smart_host);
        if host != plain_host(&begun.smart_host) {
            match check_host(&host) {
                Ok(()) => changes.smart_host = Some(host.clone()),
                Err(kind) => wrong(Field::SmartHost, kind),
            }
        }
        if self.port.trim() != begun.port {
            match read_port(&self.port) {
                Ok(port) if connector.port == Some(port.into()) => {}
                Ok(port) => changes.port = Some(port),
                Err(kind) => wrong(Field::Port, kind),
            }
        }
        if self.require_tls != begun.require_tls {
            let needs_tls = connector.mechanism() == Some(Mechanism::BasicOverTls);
            if needs_tls && !self.require_tls {
                wrong(Field::RequireTls, Kind::MechanismNeedsTls);
            }
            changes.require_tls = Some(self.require_tls);
        }
        let name = self.display_name.trim();
        let is_renamed = name != begun.display_name.trim();
        if is_renamed || changes.smart_host.is_some() {
            let others = existing.iter().filter(|other| other.id != connector.id);
            match check_name(name, &host, others) {
                Ok(()) if is_renamed => changes.display_name = Some(name.to_owned()),
                // The name was there before, however it is.
                Err(Kind::Empty | Kind::Unprintable | Kind::TooLong) if !is_renamed => {}
                Ok(()) => {}
                Err(kind) => wrong(Field::DisplayName, kind),
            }
        }
        if self.max_send_size.trim() != begun.max_send_size {
            match read_size(&self.max_send_size) {
                Ok(size) if connector.max_send_size == Some(size.into()) => {}
                Ok(size) => changes.max_send_size = Some(size),
                Err(kind) => wrong(Field::MaxSendSize, kind),
            }
        }
        if problems.is_empty() {
            Ok(changes)
        } else {
            Err(problems)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::EditForm;
    use crate::ovh::exchange::{ConnectorChanges, SendConnector};
    use crate::wizard::connector_form::{Field, Kind, Problem};

    fn connector() -> SendConnector {
        SendConnector {
            id: Some(29),
            display_name: Some("Newsletter".into()),
            smart_host: Some("SMTP.example.com".into()),
            port: Some(587),
            require_tls: Some(true),
            smart_host_auth_mechanism: Some("basicAuthRequireTLS".into()),
            max_send_size: Some(100),
            ..SendConnector::default()
        }
    }

    fn other() -> SendConnector {
        SendConnector {
            id: Some(30),
            display_name: Some("Invoices".into()),
            smart_host: Some("smtp.example.com".into()),
            ..SendConnector::default()
        }
    }

    /// Types something over a connector and compares what would be sent, or what is wrong.
    fn check(
        connector: &SendConnector,
        typed: impl Fn(&mut EditForm),
        expected: Result<ConnectorChanges, &[(Field, Kind)]>,
    ) {
        let mut form = EditForm::of(connector);
        typed(&mut form);
        let result = form.validate(connector, &[connector.clone(), other()]);
        let expected = expected.map_err(|problems| {
            let problem = |&(field, kind): &(Field, Kind)| Problem { field, kind };
            problems.iter().map(problem).collect::<Vec<_>>()
        });
        assert_eq!(result, expected, "{form:?}");
        assert_eq!(EditForm::from_json(&form.to_json()), Some(form));
    }

    #[test]
    fn only_what_differs_is_sent() {
        let none = ConnectorChanges::default;
        check(&connector(), |_| {}, Ok(none()));
        check(
            &connector(),
            |form| {
                form.display_name = " Newsletter ".into();
                form.smart_host = "smtp.EXAMPLE.com.".into();
                form.port = " 0587".into();
                form.max_send_size = "100 ".into();
            },
            Ok(none()),
        );
        let changed = ConnectorChanges {
            display_name: Some("Post".into()),
            smart_host: Some("relay.example.org".into()),
            port: Some(25),
            max_send_size: Some(7),
            ..none()
        };
        check(
            &connector(),
            |form| {
                form.display_name = "Post".into();
                form.smart_host = "Relay.example.org".into();
                form.port = "25".into();
                form.max_send_size = "7".into();
            },
            Ok(changed),
        );
        let open = SendConnector {
            smart_host_auth_mechanism: Some("none".into()),
            ..connector()
        };
        let off = ConnectorChanges {
            require_tls: Some(false),
            ..none()
        };
        check(&open, |form| form.require_tls = false, Ok(off));
    }

    #[test]
    fn a_name_may_be_as_long_as_a_list_can_show() {
        let named =
            |length: usize| move |form: &mut EditForm| form.display_name = "ä".repeat(length);
        let changed = ConnectorChanges {
            display_name: Some("ä".repeat(100)),
            ..ConnectorChanges::default()
        };
        check(&connector(), named(100), Ok(changed));
        check(
            &connector(),
            named(101),
            Err(&[(Field::DisplayName, Kind::TooLong)]),
        );
        let long = SendConnector {
            display_name: Some("a".repeat(200)),
            ..connector()
        };
        let moved = |form: &mut EditForm| form.smart_host = "other.example.com".into();
        let changed = ConnectorChanges {
            smart_host: Some("other.example.com".into()),
            ..ConnectorChanges::default()
        };
        check(&long, moved, Ok(changed));
    }

    #[test]
    fn what_is_typed_must_be_valid_and_what_was_there_need_not() {
        let odd = SendConnector {
            id: Some(29),
            display_name: None,
            smart_host: Some("old_host".into()),
            port: Some(465),
            max_send_size: Some(500),
            ..SendConnector::default()
        };
        check(&odd, |_| {}, Ok(ConnectorChanges::default()));
        let host = ConnectorChanges {
            smart_host: Some("smtp.example.com".into()),
            ..ConnectorChanges::default()
        };
        let typed = |form: &mut EditForm| form.smart_host = "smtp.example.com".into();
        check(&odd, typed, Ok(host));
        check(
            &connector(),
            |form| {
                form.display_name = " ".into();
                form.smart_host = "smtp://x".into();
                form.port = "465".into();
                form.require_tls = false;
                form.max_send_size = "101".into();
            },
            Err(&[
                (Field::SmartHost, Kind::HasScheme),
                (Field::Port, Kind::PortStartsEncrypted),
                (Field::RequireTls, Kind::MechanismNeedsTls),
                (Field::DisplayName, Kind::Empty),
                (Field::MaxSendSize, Kind::OutOfRange),
            ]),
        );
        let empty = |form: &mut EditForm| form.port = String::new();
        check(&connector(), empty, Err(&[(Field::Port, Kind::Empty)]));
        // The name of another connector with this server.
        let taken: &[_] = &[(Field::DisplayName, Kind::Taken)];
        let name = |form: &mut EditForm| form.display_name = "Invoices".into();
        check(&connector(), name, Err(taken));
        let elsewhere = SendConnector {
            display_name: Some("Invoices".into()),
            smart_host: Some("other.example.com".into()),
            ..connector()
        };
        check(&elsewhere, |_| {}, Ok(ConnectorChanges::default()));
        check(&elsewhere, typed, Err(taken));
    }

    #[test]
    fn what_was_typed_takes_back_nothing_that_somebody_else_changed() {
        let begun = EditForm::of(&connector());
        let typed = EditForm {
            display_name: "Other".into(),
            ..begun.clone()
        };
        // Come back to later: the port is another by now.
        let now = SendConnector {
            port: Some(2525),
            require_tls: Some(!begun.require_tls),
            ..connector()
        };
        let form = typed.clone().over(&begun, EditForm::of(&now));
        let expected = EditForm {
            port: "2525".into(),
            require_tls: !begun.require_tls,
            ..typed
        };
        assert_eq!(form, expected);
    }
}
