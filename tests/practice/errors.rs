//! OVHcloud's refusals in OVHcloud's words. The older body has `errorCode` and `httpCode`, the
//! newer has `class`; both are met in the field, so both are sent here.

use serde_json::{Map, Value};

/// A call that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub status: u16,
    /// JSON, unless `html`.
    pub body: String,
    pub html: bool,
    /// Seconds, for 429.
    pub retry_after: Option<u64>,
}

fn reason(status: u16) -> &'static str {
    match status {
        400 => "400 Bad Request",
        403 => "403 Forbidden",
        404 => "404 Not Found",
        409 => "409 Conflict",
        _ => "500 Internal Server Error",
    }
}

fn refuse(status: u16, code: Option<&str>, class: Option<&str>, message: &str) -> Refusal {
    let mut body = Map::new();
    if let Some(class) = class {
        body.insert("class".into(), class.into());
    }
    if let Some(code) = code {
        body.insert("errorCode".into(), code.into());
        body.insert("httpCode".into(), reason(status).into());
    }
    body.insert("message".into(), message.into());
    Refusal {
        status,
        body: Value::Object(body).to_string(),
        html: false,
        retry_after: None,
    }
}

pub fn invalid_key() -> Refusal {
    let class = Some("Client::Forbidden");
    refuse(403, Some("INVALID_KEY"), class, "Invalid application key")
}

pub fn not_signed_in() -> Refusal {
    refuse(401, None, None, "You must login first")
}

pub fn no_such_credential() -> Refusal {
    let class = Some("Client::Forbidden");
    let message = "This credential does not exist";
    refuse(403, Some("NOT_CREDENTIAL"), class, message)
}

pub fn out_of_time() -> Refusal {
    let class = Some("Client::BadRequest");
    refuse(400, Some("QUERY_TIME_OUT"), class, "Query out of time")
}

pub fn wrong_signature() -> Refusal {
    let class = Some("Client::BadRequest");
    refuse(400, Some("INVALID_SIGNATURE"), class, "Invalid signature")
}

pub fn credential_not_valid() -> Refusal {
    let class = Some("Client::Forbidden");
    let message = "This credential is not valid";
    refuse(403, Some("INVALID_CREDENTIAL"), class, message)
}

pub fn not_granted() -> Refusal {
    let class = Some("Client::Forbidden");
    let message = "This call has not been granted";
    refuse(403, Some("NOT_GRANTED_CALL"), class, message)
}

pub fn no_such_url() -> Refusal {
    let class = Some("Client::NotFound");
    refuse(404, None, class, "Got an invalid (or empty) URL")
}

pub fn no_such_service() -> Refusal {
    let class = Some("Client::NotFound");
    refuse(404, None, class, "This service does not exist")
}

pub fn no_such_object(field: &str, value: &str) -> Refusal {
    let message = format!("The requested object ({field} = {value}) does not exist");
    refuse(404, Some("NOT_FOUND"), None, &message)
}

/// 400; the message names the field.
pub fn bad_field(message: &str) -> Refusal {
    refuse(400, None, Some("Client::BadRequest"), message)
}

pub fn bad_body() -> Refusal {
    let message = "Received bad data: the body is not a JSON object";
    refuse(400, Some("BAD_REQUEST"), None, message)
}

pub fn in_progress(what: &str, function: &str) -> Refusal {
    let message = format!("This {what} is already being processed: {function}, please try later");
    refuse(409, Some("ActionInProgress"), None, &message)
}

/// The wording is not known.
pub fn not_in_service(state: &str) -> Refusal {
    let message = if state == "suspended" {
        "This service is suspended"
    } else {
        "This service is in maintenance, please try later"
    };
    refuse(403, None, Some("Client::Forbidden"), message)
}

pub fn suspended(address: &str) -> Refusal {
    let message = format!("The account {address} is suspended and can not be changed");
    refuse(403, None, Some("Client::Forbidden"), &message)
}

pub fn built_in() -> Refusal {
    let message = "The default send connector can not be changed";
    refuse(403, None, Some("Client::Forbidden"), message)
}

pub fn over_pace(seconds: u64) -> Refusal {
    Refusal {
        retry_after: Some(seconds),
        ..refuse(429, None, None, "Too many requests, please try later")
    }
}

pub fn broken() -> Refusal {
    let class = Some("Server::InternalServerError");
    refuse(500, None, class, "Internal server error")
}

pub fn unavailable() -> Refusal {
    Refusal {
        status: 503,
        body: "<html><body><h1>503 Service Unavailable</h1>\n\
               No server is available to handle this request.\n</body></html>\n"
            .into(),
        html: true,
        retry_after: None,
    }
}
