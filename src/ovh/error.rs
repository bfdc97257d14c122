//! Everything that can go wrong with a call, sorted by what the user can do about it.

use serde::{Deserialize, Serialize};

use super::{Method, Response};

/// Why a call has no result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Error {
    /// Nothing answers, not even the time: check the network.
    #[error("offline")]
    Offline,
    /// The server answers, but the browser withholds this call: cross-origin rules, or a lost
    /// answer.
    #[error("no answer that the browser hands over")]
    Blocked,
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
    /// Too many calls: wait.
    #[error("too many calls")]
    TooFast,
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

/// The fields of both shapes of error body; a page of HTML has none of them.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Body {
    error_code: Option<String>,
    message: Option<String>,
}

impl Error {
    /// Sorts an answer whose status is not a success.
    pub fn from_answer(answer: &Response, method: Method, path: &str) -> Self {
        let body: Body = serde_json::from_str(&answer.body).unwrap_or_default();
        let words = body.message.unwrap_or_default();
        let code = body.error_code.as_deref().unwrap_or_default();
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
            429 => Self::TooFast,
            408 | 500.. => Self::Unavailable {
                status: answer.status,
            },
            status => Self::Refused { status, words },
        }
    }

    /// Whether a change may have been made although no usable answer came: only reading tells.
    pub fn leaves_doubt(&self) -> bool {
        matches!(
            self,
            Self::Offline | Self::Blocked | Self::Unavailable { .. } | Self::Unreadable
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

    /// Whether the same question is worth asking again by itself, after a pause.
    pub fn may_pass(&self) -> bool {
        self.leaves_doubt() || matches!(self, Self::TooFast | Self::InUse { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::Error;
    use crate::ovh::{Method, Response};

    #[expect(
        clippy::needless_pass_by_value,
        reason = "what is expected is written in place"
    )]
    fn check(status: u16, body: &str, expected: Error) {
        let answer = Response {
            status,
            body: body.into(),
        };
        let path = "/email/exchange";
        assert_eq!(
            Error::from_answer(&answer, Method::Get, path),
            expected,
            "{body}"
        );
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
        check(429, "", Error::TooFast);
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
        assert!(!Error::TooFast.leaves_doubt());
        assert!(
            !Error::Refused {
                status: 400,
                words: String::new()
            }
            .leaves_doubt()
        );
    }
}
