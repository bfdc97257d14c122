//! What a body may carry: the fields of each call, their types, and a refusal that names the
//! field that is wrong.

use serde_json::{Map, Value};

use super::errors::{self, Refusal};

/// A field's JSON type; all long numbers of this API are ids, sizes and ports, so not negative.
#[derive(Clone, Copy)]
pub enum Kind {
    Text,
    Long,
    Flag,
    Texts,
    OneOf(&'static [&'static str]),
    Spam,
}

#[derive(Clone, Copy)]
pub struct Field {
    name: &'static str,
    kind: Kind,
    required: bool,
    nullable: bool,
}

const fn must(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        kind,
        required: true,
        nullable: false,
    }
}

const fn may(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        kind,
        required: false,
        nullable: false,
    }
}

const fn null(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        kind,
        required: false,
        nullable: true,
    }
}

const MECHANISM: Kind = Kind::OneOf(&["basicAuth", "basicAuthRequireTLS", "none"]);
const LICENCE: Kind = Kind::OneOf(&["basic", "enterprise", "standard"]);
const PERIOD: Kind = Kind::OneOf(&["monthly", "yearly"]);

pub const SPAM: [&str; 7] = [
    "checkDKIM",
    "checkSPF",
    "deleteSpam",
    "deleteVirus",
    "putInJunk",
    "tagSpam",
    "tagVirus",
];

pub const NEW_CONNECTOR: &[Field] = &[
    must("displayName", Kind::Text),
    must("smartHost", Kind::Text),
    may("port", Kind::Long),
    may("requireTLS", Kind::Flag),
    may("maxSendSize", Kind::Long),
    may("smartHostAuthMechanism", MECHANISM),
    may("user", Kind::Text),
    may("password", Kind::Text),
];

pub const CONNECTOR: &[Field] = &[
    may("displayName", Kind::Text),
    may("smartHost", Kind::Text),
    may("port", Kind::Long),
    may("requireTLS", Kind::Flag),
    may("maxSendSize", Kind::Long),
    may("dnsRouting", Kind::Flag),
];

pub const AUTHENTICATION: &[Field] = &[
    may("smartHostAuthMechanism", MECHANISM),
    may("user", Kind::Text),
    may("password", Kind::Text),
];

pub const DOMAIN_DEFAULT: &[Field] = &[
    may("sbrDefault", Kind::Text),
    may("sendConnectorIdDefault", Kind::Long),
];

/// What is writable in an account. The rest of the model is read-only and refused by name.
pub const ACCOUNT: &[Field] = &[
    may("accountLicense", LICENCE),
    may("domain", Kind::Text),
    may("hiddenFromGAL", Kind::Flag),
    may("litigation", Kind::Flag),
    may("login", Kind::Text),
    may("outlookLicense", Kind::Flag),
    may("quota", Kind::Long),
    may("spamAndVirusConfiguration", Kind::Spam),
    may("storeCopyOfEmail", Kind::Flag),
    null("authenticationPolicyId", Kind::Long),
    null("city", Kind::Text),
    null("company", Kind::Text),
    null("countryCode", Kind::Text),
    null("deleteAtExpiration", Kind::Flag),
    null("deleteOutlookAtExpiration", Kind::Flag),
    null("description", Kind::Text),
    null("displayName", Kind::Text),
    null("fax", Kind::Text),
    null("firstName", Kind::Text),
    null("forwardingEmail", Kind::Text),
    null("initial", Kind::Text),
    null("jobDepartment", Kind::Text),
    null("jobTitle", Kind::Text),
    null("lastName", Kind::Text),
    null("litigationPeriod", Kind::Long),
    null("mailSenderDisplay", Kind::Text),
    null("mailingFilter", Kind::Texts),
    null("mobile", Kind::Text),
    null("office", Kind::Text),
    null("phone", Kind::Text),
    null("postalCode", Kind::Text),
    null("region", Kind::Text),
    null("renewOutlookPeriod", PERIOD),
    null("renewPeriod", PERIOD),
    null("sbrDestination", Kind::Text),
    null("sendConnectorId", Kind::Long),
    null("streetAddress", Kind::Text),
];

/// The body as an object; an empty body is an empty object.
pub fn object(body: &[u8]) -> Result<Map<String, Value>, Refusal> {
    if body.is_empty() {
        return Ok(Map::new());
    }
    serde_json::from_slice(body).map_err(|_| errors::bad_body())
}

/// The body's fields, if it has all that it must, and nothing else.
pub fn read(body: &[u8], fields: &[Field]) -> Result<Map<String, Value>, Refusal> {
    let object = object(body)?;
    for (name, value) in &object {
        let Some(field) = fields.iter().find(|field| field.name == name) else {
            let message = format!("Parameter {name} is unknown or read-only");
            return Err(errors::bad_field(&message));
        };
        check(field, value).map_err(|message| errors::bad_field(&message))?;
    }
    for field in fields.iter().filter(|field| field.required) {
        if !object.contains_key(field.name) {
            let message = format!("Missing required parameter: {}", field.name);
            return Err(errors::bad_field(&message));
        }
    }
    Ok(object)
}

fn check(field: &Field, value: &Value) -> Result<(), String> {
    let name = field.name;
    if value.is_null() {
        if field.nullable {
            return Ok(());
        }
        return Err(format!("Parameter {name} can not be null"));
    }
    let expected = match field.kind {
        Kind::Text if !value.is_string() => "string",
        Kind::Long if !value.is_u64() => "long",
        Kind::Flag if !value.is_boolean() => "boolean",
        Kind::Texts if !texts(value) => "string[]",
        Kind::OneOf(values) => {
            let known = value.as_str().is_some_and(|value| values.contains(&value));
            let values = values.join(", ");
            return known
                .then_some(())
                .ok_or_else(|| format!("Parameter {name} must be one of: {values}"));
        }
        Kind::Spam => return spam(name, value),
        _ => return Ok(()),
    };
    Err(format!("Parameter {name} must be of type {expected}"))
}

fn texts(value: &Value) -> bool {
    value
        .as_array()
        .is_some_and(|list| list.iter().all(Value::is_string))
}

fn spam(name: &str, value: &Value) -> Result<(), String> {
    let flags = value
        .as_object()
        .ok_or_else(|| format!("Parameter {name} must be an object"))?;
    for (flag, value) in flags {
        if !SPAM.contains(&flag.as_str()) {
            return Err(format!("Parameter {name}.{flag} is unknown"));
        }
        if !value.is_boolean() {
            return Err(format!("Parameter {name}.{flag} must be of type boolean"));
        }
    }
    // The trap behind the guide's advice to tick deleteVirus; the real wording is not known.
    if flags.get("deleteVirus") == Some(&Value::Bool(false)) {
        return Err("deleteVirus can not be disabled: it must be true".into());
    }
    Ok(())
}

/// The limits of a connector's values, which types do not tell.
pub fn check_connector(body: &Map<String, Value>) -> Result<(), Refusal> {
    let refuse = |message: &str| Err(errors::bad_field(message));
    if let Some(name) = body.get("displayName").and_then(Value::as_str)
        && name.trim().is_empty()
    {
        return refuse("Parameter displayName can not be empty");
    }
    if let Some(host) = body.get("smartHost").and_then(Value::as_str)
        && !is_host(host)
    {
        return refuse("Parameter smartHost is not a valid host name");
    }
    if let Some(port) = body.get("port").and_then(Value::as_u64)
        && !(1..=65_535).contains(&port)
    {
        return refuse("Parameter port must be between 1 and 65535");
    }
    if let Some(size) = body.get("maxSendSize").and_then(Value::as_u64)
        && !(1..=100).contains(&size)
    {
        return refuse("Parameter maxSendSize must be between 1 and 100");
    }
    Ok(())
}

fn is_host(host: &str) -> bool {
    let letters = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    host.len() <= 253
        && host.contains('.')
        && host
            .split('.')
            .all(|label| !label.is_empty() && label.chars().all(letters))
}
