//! A request as somebody may send it without this page: as commands for a shell, as a program with
//! OVHcloud's own library for Python, and as fields of OVHcloud's API console. Keys are named and
//! never shown, and neither is a password.

use serde_json::Value;

use super::{Endpoint, Method, Request};
use crate::json;

/// What stands for a password in the body for the console, to be replaced by whoever pastes it.
pub const PLACEHOLDER: &str = "********";

/// The variables that the shell and Python take the keys from.
pub const KEYS: [&str; 3] = [
    "OVH_APPLICATION_KEY",
    "OVH_APPLICATION_SECRET",
    "OVH_CONSUMER_KEY",
];

/// The variable that they take the connector's password from. In the shell it goes into JSON as it
/// is, so that a `"` or `\` in it has to be written `\"` or `\\`.
pub const PASSWORD: &str = "CONNECTOR_PASSWORD";

/// The fields of a body, at any depth, that are never shown.
const SECRET: &[&str] = &["password"];

/// The routes that this app calls, with the names of their parameters as OVHcloud documents them.
const ROUTES: &[&str] = &[
    "/auth/time",
    "/auth/currentCredential",
    "/auth/logout",
    "/email/exchange",
    "/email/exchange/{organizationName}/service",
    "/email/exchange/{organizationName}/service/{exchangeService}",
    "/email/exchange/{organizationName}/service/{exchangeService}/server",
    "/email/exchange/{organizationName}/service/{exchangeService}/sendConnector",
    "/email/exchange/{organizationName}/service/{exchangeService}/sendConnector/{id}",
    "/email/exchange/{organizationName}/service/{exchangeService}/sendConnector/{id}/changeAuthentication",
    "/email/exchange/{organizationName}/service/{exchangeService}/account",
    "/email/exchange/{organizationName}/service/{exchangeService}/account/{primaryEmailAddress}",
    "/email/exchange/{organizationName}/service/{exchangeService}/domain",
    "/email/exchange/{organizationName}/service/{exchangeService}/domain/{domainName}",
    "/email/exchange/{organizationName}/service/{exchangeService}/domain/{domainName}/changeDefaultSBR",
    "/email/exchange/{organizationName}/service/{exchangeService}/task",
    "/email/exchange/{organizationName}/service/{exchangeService}/task/{id}",
];

/// A request as the steps in OVHcloud's API console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Console {
    /// The address of the console.
    pub address: String,
    pub method: Method,
    /// The route as it is listed there, with its parameters in braces.
    pub route: &'static str,
    /// The parameters of the path with what to enter.
    pub parameters: Vec<(&'static str, String)>,
    /// The fields of the body with what to enter, as JSON; a password is [`PLACEHOLDER`].
    pub fields: Vec<(String, String)>,
    /// The whole body, to be pasted; empty where there is none.
    pub body: String,
}

/// Commands for a POSIX shell with `curl`: what is pasted runs as it is once the variables [`KEYS`],
/// and [`PASSWORD`] where there is one, are set. The signature is the documented one, made of
/// OVHcloud's own time.
pub fn curl(endpoint: &Endpoint, request: &Request) -> String {
    let method = request.method.as_str();
    let [application, secret, consumer] = KEYS;
    let url = quoted(&endpoint.signed_url(&request.path));
    let time = quoted(&endpoint.signed_url("/auth/time"));
    let mut body = String::from("''");
    let mut content = String::new();
    if let Some(shown) = without_secrets(request, MARK) {
        let mut text = String::new();
        json::write(&shown, &mut text);
        let variable = ["'\"$", PASSWORD, "\"'"].concat();
        body = quoted(&text).replace(MARK, &variable);
        content.push_str(" \\\n  -H 'Content-Type: application/json' \\\n  --data-raw \"$body\"");
    }
    [
        &format!("url={url}\nbody={body}\ntime=$(curl -sS {time})\n"),
        &format!("signature=$(printf %s \"${secret}+${consumer}+{method}+$url+$body+$time\" \\\n"),
        "  | { sha1sum 2>/dev/null || shasum; } | cut -c 1-40)\n",
        &format!("curl -sS -X {method} \"$url\" \\\n"),
        &format!("  -H \"X-Ovh-Application: ${application}\" \\\n"),
        &format!("  -H \"X-Ovh-Consumer: ${consumer}\" \\\n"),
        "  -H \"X-Ovh-Timestamp: $time\" \\\n",
        "  -H \"X-Ovh-Signature: \\$1\\$$signature\"",
        &content,
        "\n",
    ]
    .concat()
}

/// Stands for a secret until it is written. No text that is typed holds this character, which is a
/// control: the forms refuse it. JSON writes it as it is.
const MARK: &str = "\u{7f}";

/// A program for Python with OVHcloud's library `ovh`, which signs by itself.
pub fn python(endpoint: &Endpoint, request: &Request) -> String {
    let known = match endpoint.address.as_str() {
        "https://eu.api.ovh.com/1.0" => Some("ovh-eu"),
        "https://ca.api.ovh.com/1.0" => Some("ovh-ca"),
        _ => None,
    };
    let mut text = String::from("import os\n\nimport ovh\n\n");
    if known.is_none() {
        text.push_str("ovh.client.ENDPOINTS[\"own\"] = ");
        json::write_text(&endpoint.address, &mut text);
        text.push('\n');
    }
    let name = known.unwrap_or("own");
    text.push_str(&["client = ovh.Client(\n    endpoint=\"", name, "\",\n"].concat());
    for (argument, variable) in ["application_key", "application_secret", "consumer_key"]
        .into_iter()
        .zip(KEYS)
    {
        text.push_str(&["    ", argument, "=os.environ[\"", variable, "\"],\n"].concat());
    }
    let method = request.method.as_str().to_ascii_lowercase();
    text.push_str(&[")\nprint(client.", &method, "(\n    "].concat());
    json::write_text(&request.path, &mut text);
    text.push_str(",\n");
    if let Some(Value::Object(fields)) = without_secrets(request, MARK) {
        for (name, value) in &fields {
            text.push_str(&["    ", name, "="].concat());
            write_python(value, &mut text);
            text.push_str(",\n");
        }
    }
    text.push_str("))\n");
    text
}

/// The steps in the API console; `None` where the request is to no route that this app calls.
pub fn console(endpoint: &Endpoint, request: &Request) -> Option<Console> {
    let segments: Vec<&str> = request.path.split('/').collect();
    let fits = |route: &&&str| {
        let parts: Vec<&str> = route.split('/').collect();
        let pairs = parts.iter().zip(&segments);
        parts.len() == segments.len()
            && pairs
                .into_iter()
                .all(|(part, segment)| part.starts_with('{') || part == segment)
    };
    let route = *ROUTES.iter().find(fits)?;
    let parameters = route.split('/').zip(&segments);
    let parameters = parameters.filter_map(|(part, segment)| {
        let name = part.strip_prefix('{')?.strip_suffix('}')?;
        Some((name, decoded(segment)))
    });
    let shown = without_secrets(request, PLACEHOLDER);
    let mut fields = Vec::new();
    if let Some(Value::Object(object)) = &shown {
        for (name, value) in object {
            let mut text = String::new();
            json::write(value, &mut text);
            fields.push((name.clone(), text));
        }
    }
    let lines: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("  \"{name}\": {value}"))
        .collect();
    let body = if lines.is_empty() {
        String::new()
    } else {
        ["{\n", &lines.join(",\n"), "\n}"].concat()
    };
    let (host, _) = endpoint.address.rsplit_once('/')?;
    Some(Console {
        address: [host, "/console/"].concat(),
        method: request.method,
        route,
        parameters: parameters.collect(),
        fields,
        body,
    })
}

/// Whether a request holds a password, which is left out of everything here.
pub fn has_password(request: &Request) -> bool {
    let mut text = String::new();
    if let Some(body) = without_secrets(request, MARK) {
        json::write(&body, &mut text);
    }
    text.contains(MARK)
}

/// What is secret in the body.
pub fn secrets(request: &Request) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(mut body) = json::parse(&request.body) {
        each_secret(&mut body, &mut |secret| {
            found.extend(secret.as_str().map(str::to_owned));
        });
    }
    found
}

/// The body with `mark` for whatever is secret; `None` where there is none.
fn without_secrets(request: &Request, mark: &str) -> Option<Value> {
    let mut body = json::parse(&request.body)?;
    each_secret(&mut body, &mut |secret| *secret = mark.into());
    Some(body)
}

fn each_secret(value: &mut Value, found: &mut dyn FnMut(&mut Value)) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                if SECRET.contains(&name.as_str()) {
                    found(value);
                } else {
                    each_secret(value, found);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| each_secret(item, found)),
        _ => {}
    }
}

/// A word for a POSIX shell.
fn quoted(text: &str) -> String {
    ["'", &text.replace('\'', "'\\''"), "'"].concat()
}

/// A literal of Python: its texts are written like those of JSON.
fn write_python(value: &Value, text: &mut String) {
    match value {
        Value::Null => text.push_str("None"),
        Value::Bool(true) => text.push_str("True"),
        Value::Bool(false) => text.push_str("False"),
        Value::String(words) if words == MARK => {
            text.push_str(&["os.environ[\"", PASSWORD, "\"]"].concat());
        }
        Value::Array(items) => {
            text.push('[');
            for item in items {
                write_python(item, text);
                text.push_str(", ");
            }
            text.push(']');
        }
        Value::Object(fields) => {
            text.push('{');
            for (name, value) in fields {
                json::write_text(name, text);
                text.push_str(": ");
                write_python(value, text);
                text.push_str(", ");
            }
            text.push('}');
        }
        plain => json::write(plain, text),
    }
}

/// A segment of a path as it was before [`super::path::push`].
fn decoded(segment: &str) -> String {
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.as_bytes();
    while let [first, after @ ..] = rest {
        let digits = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let escaped = digits.and_then(|two| u8::from_str_radix(two, 16).ok());
        if let Some(byte) = escaped.filter(|_| *first == b'%') {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests;
