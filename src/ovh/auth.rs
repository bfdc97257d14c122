//! The calls below `/auth`: the time, and the life of a consumer key.

use serde_json::Value;

use super::keys::ConsumerKey;
use super::{Call, Method, Request, Signing};
use crate::json::{self, Object};

/// What this app calls, `(method, path)` each: the rights that a new key is asked for.
///
/// `*` stands for anything, slashes included; `/a` and `/a/*` are rights of their own.
pub const RIGHTS: &[(&str, &str)] = &[
    ("GET", "/auth/currentCredential"),
    ("POST", "/auth/logout"),
    ("GET", "/email/exchange"),
    ("GET", "/email/exchange/*"),
    ("POST", "/email/exchange/*/service/*/sendConnector"),
    ("PUT", "/email/exchange/*/service/*/account/*"),
    ("PUT", "/email/exchange/*/service/*/sendConnector/*"),
    ("DELETE", "/email/exchange/*/service/*/sendConnector/*"),
    (
        "POST",
        "/email/exchange/*/service/*/sendConnector/*/changeAuthentication",
    ),
    (
        "PUT",
        "/email/exchange/*/service/*/domain/*/changeDefaultSBR",
    ),
];

/// Those among them that the way from signing in to an attached address needs. The rest is for
/// looking after what is there: a key without it still does everything else.
pub const NEEDED: &[(&str, &str)] = RIGHTS.split_at(6).0;

/// `GET /auth/time`: OVHcloud's time in seconds since 1970. The one call without keys.
pub struct Time;

impl Call for Time {
    type Output = u64;
    const SIGNING: Signing = Signing::Nothing;

    fn request(&self) -> Request {
        Request::get("/auth/time".into())
    }

    fn read(answer: &Value) -> Option<u64> {
        answer.as_u64()
    }
}

/// `POST /auth/credential`: asks for a consumer key, which its owner then confirms on the page at
/// `validation_url` and comes back to `redirection`.
pub struct RequestCredential {
    pub redirection: String,
}

/// A consumer key that waits to be confirmed.
pub struct PendingCredential {
    pub validation_url: String,
    pub consumer_key: ConsumerKey,
}

impl Call for RequestCredential {
    type Output = PendingCredential;
    const SIGNING: Signing = Signing::Application;

    fn request(&self) -> Request {
        let rule = |&(method, path): &(&str, &str)| {
            let rule = Object::new().with("method", method.into());
            rule.with("path", path.into()).into_value()
        };
        let body = Object::new()
            .with(
                "accessRules",
                Value::Array(RIGHTS.iter().map(rule).collect()),
            )
            .with("redirection", self.redirection.as_str().into());
        Request {
            method: Method::Post,
            path: "/auth/credential".into(),
            body: body.to_text(),
        }
    }

    fn read(answer: &Value) -> Option<PendingCredential> {
        let fields = answer.as_object()?;
        Some(PendingCredential {
            validation_url: json::text(fields, "validationUrl")?,
            consumer_key: ConsumerKey::new(json::text(fields, "consumerKey")?),
        })
    }
}

/// `GET /auth/currentCredential`: what the consumer key may do, and until when.
pub struct CurrentCredential;

/// The state and the rights of a consumer key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Credential {
    pub status: Option<String>,
    /// ISO 8601; `None` for a key without an end.
    pub expiration: Option<String>,
    pub rules: Option<Vec<Rule>>,
}

/// One right of a consumer key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rule {
    pub method: Option<String>,
    pub path: Option<String>,
}

impl Call for CurrentCredential {
    type Output = Credential;

    fn request(&self) -> Request {
        Request::get("/auth/currentCredential".into())
    }

    fn read(answer: &Value) -> Option<Credential> {
        let fields = answer.as_object()?;
        let rules = json::list(fields, "rules");
        Some(Credential {
            status: json::text(fields, "status"),
            expiration: json::text(fields, "expiration"),
            rules: rules.map(|rules| rules.iter().filter_map(Rule::from_json).collect()),
        })
    }
}

impl Rule {
    fn from_json(value: &Value) -> Option<Self> {
        let fields = value.as_object()?;
        Some(Self {
            method: json::text(fields, "method"),
            path: json::text(fields, "path"),
        })
    }

    fn allows(&self, method: &str, path: &str) -> bool {
        let own = self.path.as_deref();
        self.method.as_deref() == Some(method) && own.is_some_and(|rule| covers(rule, path))
    }
}

impl Credential {
    /// The rights among [`NEEDED`] that this key lacks. Empty where the answer lists no rules at
    /// all: then only the calls themselves can tell. The rights for the key's own affairs are left
    /// out, since these calls are answered without.
    pub fn missing(&self) -> Vec<(&'static str, &'static str)> {
        let Some(rules) = &self.rules else {
            return Vec::new();
        };
        NEEDED
            .iter()
            .filter(|(method, path)| {
                !path.starts_with("/auth/") && !rules.iter().any(|rule| rule.allows(method, path))
            })
            .copied()
            .collect()
    }

    /// Whether this key is known to lack the right for one call. An answer that lists no rules at
    /// all says nothing: then only the call itself can tell.
    pub fn lacks(&self, request: &Request) -> bool {
        let method = request.method.as_str();
        self.rules
            .as_ref()
            .is_some_and(|rules| !rules.iter().any(|rule| rule.allows(method, &request.path)))
    }

    /// Whether the key may do more than this app ever asks.
    pub fn is_too_wide(&self) -> bool {
        self.rules.iter().flatten().any(|rule| {
            let (method, path) = (rule.method.as_deref(), rule.path.as_deref());
            !RIGHTS.iter().any(|(ours, allowed)| {
                method == Some(ours) && path.is_some_and(|path| covers(allowed, path))
            })
        })
    }
}

/// Whether a rule's path, with `*` for anything, covers a path (whose own `*` are plain text here).
fn covers(rule: &str, path: &str) -> bool {
    let mut parts = rule.split('*');
    let Some(mut rest) = parts.next().and_then(|first| path.strip_prefix(first)) else {
        return false;
    };
    let mut open = false;
    for part in parts {
        open = part.is_empty();
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    open || rest.is_empty() || rule.contains('*') && path.ends_with(last_part(rule))
}

fn last_part(rule: &str) -> &str {
    rule.rsplit('*').next().unwrap_or_default()
}

/// `POST /auth/logout`: ends the consumer key.
pub struct Logout;

impl Call for Logout {
    type Output = ();

    fn request(&self) -> Request {
        Request {
            method: Method::Post,
            path: "/auth/logout".into(),
            body: String::new(),
        }
    }

    fn read(answer: &Value) -> Option<()> {
        answer.is_null().then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Credential, NEEDED, RIGHTS, Rule, covers};
    use crate::ovh::Call;
    use crate::ovh::exchange::{
        ChangeAuthentication, ChangeConnector, ChangeDomainDefault, ConnectorChanges,
        DeleteConnector, Mechanism, Platform, ReadConnector,
    };

    fn with(rules: &[(&str, &str)]) -> Credential {
        Credential {
            rules: Some(
                rules
                    .iter()
                    .map(|(method, path)| Rule {
                        method: Some((*method).into()),
                        path: Some((*path).into()),
                    })
                    .collect(),
            ),
            ..Credential::default()
        }
    }

    #[test]
    fn a_star_covers_slashes_and_the_bare_path_is_its_own() {
        for (rule, path, expected) in [
            ("/*", "/email/exchange", true),
            ("/email/exchange", "/email/exchange", true),
            ("/email/exchange", "/email/exchange/a", false),
            ("/email/exchange/*", "/email/exchange/a/service/b", true),
            ("/email/exchange/*", "/email/exchange", false),
            ("/sms/*/jobs", "/sms/a/b/jobs", true),
            ("/sms/*/jobs", "/sms/jobs", false),
            ("/sms/*/jobs", "/sms/a/jobs/jobs", true),
            ("/sms/*/jobs", "/sms/a/jobs/1", false),
        ] {
            assert_eq!(covers(rule, path), expected, "{rule} {path}");
        }
    }

    #[test]
    fn names_what_is_missing_and_what_is_too_much() {
        assert_eq!(with(RIGHTS).missing(), []);
        assert!(!with(RIGHTS).is_too_wide());
        let all = [
            ("GET", "/*"),
            ("POST", "/*"),
            ("PUT", "/*"),
            ("DELETE", "/*"),
        ];
        assert_eq!(with(&all).missing(), []);
        assert!(with(&all).is_too_wide());
        assert_eq!(
            with(&[("GET", "/email/exchange/*"), ("GET", "/email/exchange")]).missing(),
            NEEDED[4..]
        );
        assert_eq!(Credential::default().missing(), []);
    }

    #[test]
    fn a_key_made_for_the_three_steps_lacks_only_what_came_later() {
        let platform = Platform {
            organization: "p".into(),
            service: "p".into(),
        };
        let (platform, changes) = (&platform, &ConnectorChanges::default());
        let id = 29;
        let authenticate = ChangeAuthentication {
            platform: platform.clone(),
            id,
            mechanism: Mechanism::None,
            user: None,
            password: None,
        };
        let later = [
            ChangeConnector {
                platform,
                id,
                changes,
            }
            .request(),
            DeleteConnector { platform, id }.request(),
            authenticate.request(),
            ChangeDomainDefault {
                platform,
                domain: "mydomain.ovh",
                connector: id,
            }
            .request(),
        ];
        let (old, new) = (with(NEEDED), with(RIGHTS));
        assert_eq!(old.missing(), []);
        assert!(!old.is_too_wide());
        for request in &later {
            assert!(old.lacks(request) && !new.lacks(request), "{request:?}");
            assert!(!Credential::default().lacks(request));
        }
        let read = ReadConnector { platform, id }.request();
        assert!(!old.lacks(&read) && with(&[]).lacks(&read));
        // One right taken away stops one call and no other.
        for left_out in 0..later.len() {
            let rules: Vec<_> = RIGHTS.to_vec();
            let rules = rules.iter().copied().enumerate();
            let rules: Vec<_> = rules
                .filter(|(place, _)| *place != NEEDED.len() + left_out)
                .map(|(_, rule)| rule)
                .collect();
            let stopped: Vec<_> = later.iter().map(|call| with(&rules).lacks(call)).collect();
            let stops = stopped.iter().filter(|lacks| **lacks).count();
            assert_eq!((stops, stopped[left_out]), (1, true), "{left_out}");
        }
    }
}
