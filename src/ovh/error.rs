//! Everything that can go wrong with a call, sorted by what the user can do about it.

use serde_json::Value;

use super::{Method, Response};
use crate::json::{self, Object};

/// Why a call has no result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Nothing answers, not even the time: check the network.
    #[error("offline")]
    Offline,
    /// The server answers, but the browser withholds this call: cross-origin rules, or a lost
    /// answer.
    #[error("no answer that the browser hands over")]
    Blocked,
    /// The page's own policy lets no call out to this address: nothing was sent.
    #[error("outside of the page's policy")]
    OutsidePolicy,
    /// The page's own server, which was to pass the call on, answered by itself.
    #[error("not passed on")]
    NotPassedOn,
    /// The time in the signature is too far from OVHcloud's.
    #[error("clock skewed")]
    ClockSkewed,
    /// The application key is unknown here, or belongs to another region.
    #[error("application key unknown")]
    ApplicationUnknown,
    /// The signature does not fit: the application secret is wrong.
    #[error("secret wrong")]
    SecretWrong,
    /// The consumer key is unknown, or belongs to another application key.
    #[error("consumer key unknown")]
    ConsumerUnknown,
    /// The consumer key is not confirmed yet, was refused, has expired or was revoked: OVHcloud
    /// gives one answer for all four.
    #[error("consumer key not valid")]
    ConsumerNotValid,
    /// The keys, or the person behind them, may not do this.
    #[error("right missing: {method} {path}")]
    RightMissing { method: String, path: String },
    /// There is no such thing, or no longer.
    #[error("not found")]
    NotFound,
    /// Something else is being done to the same object: wait and go on.
    #[error("in use")]
    InUse { words: String },
    /// Too many calls: wait, for so many seconds where OVHcloud said it and the browser shows it.
    #[error("too many calls")]
    TooFast { retry_after: Option<u32> },
    /// OVHcloud has trouble of its own.
    #[error("unavailable: {status}")]
    Unavailable { status: u16 },
    /// OVHcloud refuses what was asked, in its own words.
    #[error("refused: {status} {words}")]
    Refused { status: u16, words: String },
    /// The answer is not what the API documents.
    #[error("unreadable answer")]
    Unreadable,
}

/// What has no more bytes than this says nothing, and may stand in any word.
const HARMLESS: usize = 3;

/// The words by which the errors that carry nothing are stored.
const PLAIN: &[(Error, &str)] = &[
    (Error::Offline, "offline"),
    (Error::Blocked, "blocked"),
    (Error::OutsidePolicy, "outsidePolicy"),
    (Error::NotPassedOn, "notPassedOn"),
    (Error::ClockSkewed, "clockSkewed"),
    (Error::ApplicationUnknown, "applicationUnknown"),
    (Error::SecretWrong, "secretWrong"),
    (Error::ConsumerUnknown, "consumerUnknown"),
    (Error::ConsumerNotValid, "consumerNotValid"),
    (Error::NotFound, "notFound"),
    (Error::Unreadable, "unreadable"),
];

impl Error {
    /// The same where OVHcloud's words quote none of these: an error is shown and kept.
    #[must_use]
    pub fn without(mut self, secrets: &[String]) -> Self {
        if let Self::Refused { words, .. } | Self::InUse { words } = &mut self {
            for secret in secrets.iter().filter(|secret| secret.len() > HARMLESS) {
                let mut escaped = String::new();
                json::write_text(secret, &mut escaped);
                *words = words.replace(secret, "…");
                *words = words.replace(escaped.trim_matches('"'), "…");
            }
        }
        self
    }

    /// Sorts an answer whose status is not a success.
    pub fn from_answer(answer: &Response, method: Method, path: &str) -> Self {
        // The fields of both shapes of error body; a page of HTML has none of them.
        let body = json::parse(&answer.body).unwrap_or_default();
        let field = |name| body.get(name).and_then(Value::as_str).unwrap_or_default();
        let (code, words) = (field("errorCode"), field("message").to_owned());
        let right_missing = || Self::RightMissing {
            method: method.as_str().to_owned(),
            path: path.to_owned(),
        };
        match answer.status {
            400 if code == "QUERY_TIME_OUT" || words == "Query out of time" => Self::ClockSkewed,
            400 if code == "INVALID_SIGNATURE" || words == "Invalid signature" => Self::SecretWrong,
            401 => Self::ConsumerUnknown,
            403 => match code {
                "INVALID_KEY" => Self::ApplicationUnknown,
                "NOT_CREDENTIAL" | "MISSING_CREDENTIAL" => Self::ConsumerUnknown,
                "INVALID_CREDENTIAL" => Self::ConsumerNotValid,
                "NOT_GRANTED_CALL" | "FORBIDDEN" => right_missing(),
                // Newer bodies carry a class for the code, the same for all five.
                _ => match words.as_str() {
                    "Invalid application key" | "This application key is invalid" => {
                        Self::ApplicationUnknown
                    }
                    "This credential does not exist" => Self::ConsumerUnknown,
                    "This credential is not valid" => Self::ConsumerNotValid,
                    "This call has not been granted" | "User not granted for this request" => {
                        right_missing()
                    }
                    _ => Self::Refused { status: 403, words },
                },
            },
            404 | 460 => Self::NotFound,
            409 => Self::InUse { words },
            429 => Self::TooFast {
                retry_after: answer.retry_after,
            },
            408 | 500.. => Self::Unavailable {
                status: answer.status,
            },
            status => Self::Refused { status, words },
        }
    }

    /// The error, to be stored: its kind in one word, and what it carries.
    pub fn to_json(&self) -> Value {
        let object = Object::new();
        let object = match self {
            Self::RightMissing { method, path } => object
                .with("kind", "rightMissing".into())
                .with("method", method.as_str().into())
                .with("path", path.as_str().into()),
            Self::InUse { words } => object
                .with("kind", "inUse".into())
                .with("words", words.as_str().into()),
            Self::TooFast { retry_after } => object
                .with("kind", "tooFast".into())
                .with("retryAfter", (*retry_after).into()),
            Self::Unavailable { status } => object
                .with("kind", "unavailable".into())
                .with("status", (*status).into()),
            Self::Refused { status, words } => object
                .with("kind", "refused".into())
                .with("status", (*status).into())
                .with("words", words.as_str().into()),
            plain => {
                let known = PLAIN.iter().find(|(error, _)| error == plain);
                object.with("kind", known.map(|(_, word)| *word).into())
            }
        };
        object.into_value()
    }

    /// The error back from [`Error::to_json`].
    pub fn from_json(value: &Value) -> Option<Self> {
        let fields = value.as_object()?;
        let words = || json::text(fields, "words");
        let status = || json::short(fields, "status");
        Some(match json::text(fields, "kind")?.as_str() {
            "rightMissing" => Self::RightMissing {
                method: json::text(fields, "method")?,
                path: json::text(fields, "path")?,
            },
            "inUse" => Self::InUse { words: words()? },
            "tooFast" => Self::TooFast {
                retry_after: json::count(fields, "retryAfter"),
            },
            "unavailable" => Self::Unavailable { status: status()? },
            "refused" => Self::Refused {
                status: status()?,
                words: words()?,
            },
            plain => {
                let known = PLAIN.iter().find(|(_, word)| *word == plain);
                known.map(|(error, _)| error.clone())?
            }
        })
    }

    /// Whether a change may have been made although no usable answer came: only reading tells.
    pub fn leaves_doubt(&self) -> bool {
        matches!(
            self,
            Self::Offline
                | Self::Blocked
                | Self::NotPassedOn
                | Self::Unavailable { .. }
                | Self::Unreadable
        )
    }

    /// Whether the browser, or what stands around the page, lets no call through to OVHcloud.
    pub fn bars_the_way(&self) -> bool {
        matches!(
            self,
            Self::Blocked | Self::OutsidePolicy | Self::NotPassedOn
        )
    }

    /// Whether every other call with these keys would fail alike.
    pub fn concerns_all_calls(&self) -> bool {
        matches!(
            self,
            Self::ClockSkewed
                | Self::ApplicationUnknown
                | Self::SecretWrong
                | Self::ConsumerUnknown
                | Self::ConsumerNotValid
                | Self::RightMissing { .. }
        )
    }

    /// Whether OVHcloud asks for a rest that nobody watches to its end: more than a minute.
    pub fn is_long_rest(&self) -> bool {
        matches!(self, Self::TooFast { retry_after: Some(seconds) } if *seconds > 60)
    }

    /// Whether the same question is worth asking again by itself, after a pause.
    pub fn may_pass(&self) -> bool {
        self.leaves_doubt() || matches!(self, Self::TooFast { .. } | Self::InUse { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::{Error, PLAIN};
    use crate::json::parse;
    use crate::ovh::{Method, Response};

    #[expect(
        clippy::needless_pass_by_value,
        reason = "what is expected is written in place"
    )]
    fn check(status: u16, body: &str, expected: Error) {
        let answer = Response {
            status,
            body: body.into(),
            retry_after: Some(7),
        };
        let path = "/email/exchange";
        assert_eq!(
            Error::from_answer(&answer, Method::Get, path),
            expected,
            "{body}"
        );
    }

    fn too_fast(retry_after: Option<u32>) -> Error {
        Error::TooFast { retry_after }
    }

    fn right_missing() -> Error {
        Error::RightMissing {
            method: "GET".into(),
            path: "/email/exchange".into(),
        }
    }

    #[test]
    fn sorts_both_shapes_of_body() {
        check(
            400,
            r#"{"errorCode":"INVALID_SIGNATURE","httpCode":"400 Bad Request","message":"Invalid signature"}"#,
            Error::SecretWrong,
        );
        check(
            400,
            r#"{"class":"Client::BadRequest","message":"Invalid signature"}"#,
            Error::SecretWrong,
        );
        check(
            400,
            r#"{"errorCode":"QUERY_TIME_OUT","message":"Query out of time"}"#,
            Error::ClockSkewed,
        );
        check(
            403,
            r#"{"errorCode":"INVALID_KEY"}"#,
            Error::ApplicationUnknown,
        );
        check(
            403,
            r#"{"class":"Client::Forbidden","message":"This application key is invalid"}"#,
            Error::ApplicationUnknown,
        );
        check(
            403,
            r#"{"errorCode":"NOT_CREDENTIAL"}"#,
            Error::ConsumerUnknown,
        );
        check(
            403,
            r#"{"message":"This credential is not valid"}"#,
            Error::ConsumerNotValid,
        );
        check(
            403,
            r#"{"errorCode":"NOT_GRANTED_CALL","message":"This call has not been granted"}"#,
            right_missing(),
        );
        check(
            403,
            r#"{"class":"Client::Forbidden","message":"User not granted for this request"}"#,
            right_missing(),
        );
        check(
            401,
            r#"{"message":"You must login first"}"#,
            Error::ConsumerUnknown,
        );
        check(
            404,
            r#"{"message":"This service does not exist"}"#,
            Error::NotFound,
        );
        check(
            409,
            r#"{"message":"please try later"}"#,
            Error::InUse {
                words: "please try later".into(),
            },
        );
        check(429, "", too_fast(Some(7)));
    }

    #[test]
    fn every_error_comes_back_from_where_it_was_stored() {
        let words = || String::from("no \"port\"");
        let carrying = [
            right_missing(),
            Error::InUse { words: words() },
            too_fast(None),
            too_fast(Some(30)),
            Error::Unavailable { status: 503 },
            Error::Refused {
                status: 400,
                words: words(),
            },
        ];
        let plain = PLAIN.iter().map(|(error, _)| error.clone());
        for error in plain.chain(carrying) {
            assert_eq!(Error::from_json(&error.to_json()), Some(error));
        }
        for json in [r#"{"kind":"sad"}"#, r#"{"kind":"refused"}"#, "{}", "7"] {
            let value = parse(json).unwrap_or_default();
            assert_eq!(Error::from_json(&value), None, "{json}");
        }
    }

    #[test]
    fn reads_pages_that_are_no_json() {
        check(
            503,
            "<html>Service Unavailable</html>",
            Error::Unavailable { status: 503 },
        );
        check(408, "", Error::Unavailable { status: 408 });
        check(
            400,
            "<html>",
            Error::Refused {
                status: 400,
                words: String::new(),
            },
        );
        check(
            403,
            "[1]",
            Error::Refused {
                status: 403,
                words: String::new(),
            },
        );
        check(
            400,
            r#"{"message":"port must be a number"}"#,
            Error::Refused {
                status: 400,
                words: "port must be a number".into(),
            },
        );
    }

    #[test]
    fn knows_when_a_change_may_have_happened() {
        assert!(Error::Blocked.leaves_doubt());
        assert!(Error::Unavailable { status: 500 }.leaves_doubt());
        assert!(!Error::OutsidePolicy.leaves_doubt());
        assert!(!too_fast(None).leaves_doubt());
        assert!(
            !Error::Refused {
                status: 400,
                words: String::new()
            }
            .leaves_doubt()
        );
    }
}
