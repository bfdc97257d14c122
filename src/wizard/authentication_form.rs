//! The form that changes how the platform shows the relay who it is. OVHcloud takes mechanism, user
//! and password together and shows neither of the last two, so that both are typed anew.

use super::connector_form::{Field, Kind, Problem, authentication_problems};
use crate::json::{self, Object};
use crate::ovh::exchange::{ChangeAuthentication, Mechanism, Platform, SendConnector};
use crate::printable::is_printable;

/// What is in the three fields. Stored as it is typed, but for the password.
#[derive(Clone, PartialEq, Eq)]
pub struct AuthenticationForm {
    pub mechanism: Mechanism,
    pub user: String,
    pub password: String,
}

impl AuthenticationForm {
    /// The form as it begins: with the mechanism that is there, as nothing else can be read.
    pub fn of(connector: &SendConnector) -> Self {
        Self {
            mechanism: connector.mechanism().unwrap_or_default(),
            user: String::new(),
            password: String::new(),
        }
    }

    /// The form as text to keep, without the password.
    pub fn to_json(&self) -> String {
        Object::new()
            .with("mechanism", self.mechanism.as_str().into())
            .with("user", self.user.as_str().into())
            .to_text()
    }

    /// The form back from [`AuthenticationForm::to_json`].
    pub fn from_json(text: &str) -> Option<Self> {
        let value = json::parse(text)?;
        let fields = value.as_object()?;
        Some(Self {
            mechanism: Mechanism::read(&json::text(fields, "mechanism")?)?,
            user: json::text(fields, "user")?,
            password: String::new(),
        })
    }

    /// The request that changes the authentication of the connector `id`, which is `connector`.
    ///
    /// # Errors
    /// Every problem, in the order of the form. A mechanism that needs the encryption that this
    /// connector has switched off is a problem of the mechanism: the switch is in the other form.
    pub fn validate(
        &self,
        platform: &Platform,
        id: u64,
        connector: &SendConnector,
    ) -> Result<ChangeAuthentication, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut wrong = |field, kind| problems.push(Problem { field, kind });
        let is_open = connector.require_tls == Some(false);
        if self.mechanism == Mechanism::BasicOverTls && is_open {
            wrong(Field::Mechanism, Kind::MechanismNeedsTls);
        }
        let user = self.user.trim();
        if !is_printable(user) {
            wrong(Field::User, Kind::Unprintable);
        }
        for (field, kind) in authentication_problems(self.mechanism, user, &self.password) {
            wrong(field, kind);
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Ok(ChangeAuthentication {
            platform: platform.clone(),
            id,
            mechanism: self.mechanism,
            user: given(user),
            password: given(&self.password),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::AuthenticationForm;
    use crate::ovh::exchange::{ChangeAuthentication, Mechanism, Platform, SendConnector};
    use crate::wizard::connector_form::{Field, Kind, Problem};

    const PASSWORD: &str = " pass word ";

    fn platform() -> Platform {
        Platform {
            organization: "private-zz111111-1".into(),
            service: "private-zz111111-1".into(),
        }
    }

    fn connector(mechanism: &str, require_tls: Option<bool>) -> SendConnector {
        SendConnector {
            require_tls,
            smart_host_auth_mechanism: Some(mechanism.into()),
            ..SendConnector::default()
        }
    }

    fn check(
        mechanism: Mechanism,
        [user, password]: [&str; 2],
        require_tls: Option<bool>,
        expected: &[(Field, Kind)],
    ) {
        let form = AuthenticationForm {
            mechanism,
            user: user.into(),
            password: password.into(),
        };
        let there = connector("none", require_tls);
        let problems = form.validate(&platform(), 29, &there).err();
        let problem = |&(field, kind): &(Field, Kind)| Problem { field, kind };
        let expected: Vec<_> = expected.iter().map(problem).collect();
        assert_eq!(problems.unwrap_or_default(), expected, "{mechanism:?}");
    }

    #[test]
    fn combinations_that_cannot_work_are_refused() {
        use Kind::{Empty, MechanismNeedsTls, NotWithoutAuthentication, Unprintable};
        use Mechanism::{Basic, BasicOverTls, None as Without};
        let (both, none) = (["apikey", PASSWORD], ["", ""]);
        check(Basic, both, Some(false), &[]);
        check(BasicOverTls, both, Some(true), &[]);
        check(BasicOverTls, both, None, &[]);
        check(Without, none, Some(false), &[]);
        let needs_tls = (Field::Mechanism, MechanismNeedsTls);
        check(BasicOverTls, both, Some(false), &[needs_tls]);
        let user = (Field::User, NotWithoutAuthentication);
        let password = (Field::Password, NotWithoutAuthentication);
        check(Without, both, None, &[user, password]);
        check(Without, ["", PASSWORD], None, &[password]);
        let empty = [(Field::User, Empty), (Field::Password, Empty)];
        check(Basic, none, None, &empty);
        let without = (Field::User, Kind::PasswordWithoutUser);
        check(Basic, [" ", PASSWORD], None, &[without]);
        let without = (Field::Password, Kind::UserWithoutPassword);
        check(Basic, ["apikey", ""], None, &[without]);
        let user = (Field::User, Unprintable);
        check(Basic, ["api\u{202e}key", PASSWORD], None, &[user]);
    }

    #[test]
    fn begins_with_the_mechanism_alone_and_keeps_no_password() {
        let mut form = AuthenticationForm::of(&connector("basicAuth", Some(true)));
        assert!(form.mechanism == Mechanism::Basic && form.user.is_empty());
        form.user = " apikey ".into();
        form.password = PASSWORD.into();
        let kept = form.to_json();
        assert!(!kept.contains("pass word"));
        let expected = ChangeAuthentication {
            platform: platform(),
            id: 29,
            mechanism: Mechanism::Basic,
            user: Some("apikey".into()),
            password: Some(PASSWORD.into()),
        };
        let there = connector("basicAuth", Some(true));
        assert!(form.validate(&platform(), 29, &there) == Ok(expected));
        form.password = String::new();
        assert!(AuthenticationForm::from_json(&kept) == Some(form));
        let unknown = AuthenticationForm::of(&connector("externalAuthoritative", None));
        assert!(unknown.mechanism == Mechanism::BasicOverTls);
    }
}
