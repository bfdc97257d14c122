//! The pages that play OVHcloud's own: creating keys, creating an application, and confirming a
//! consumer key.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Form, Query, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use super::Shared;
use super::access::Rule;
use super::keys::State as KeyState;
use super::pages::{Pairs, Words, escape, given, listed, page};

/// The rights among the pairs of a query or a form: `METHOD=path`.
fn rules(pairs: &Pairs) -> Vec<Rule> {
    let known = |name: &str| ["GET", "POST", "PUT", "DELETE", "PATCH"].contains(&name);
    let rules = pairs.iter().filter(|(name, _)| known(name));
    rules.map(|(name, path)| Rule::new(name, path)).collect()
}

fn rights(words: Words, rules: &[Rule]) -> String {
    if rules.is_empty() {
        let none = words.say(
            "No rights are asked for.",
            "Es sind keine Rechte angefragt.",
        );
        return format!("<p>{none}</p>\n");
    }
    let item = |rule: &Rule| {
        let path = escape(&rule.path);
        format!("<li><code>{} {path}</code></li>\n", rule.method)
    };
    let items: String = rules.iter().map(item).collect();
    format!(
        "<h2>{}</h2>\n<ul>\n{items}</ul>\n",
        words.say("Rights", "Rechte")
    )
}

fn name_field(words: Words) -> String {
    format!(
        "<label for=\"name\">{}</label>\n\
         <input id=\"name\" name=\"name\" required maxlength=\"50\" autocomplete=\"off\">\n",
        words.say("Application name", "Name der Anwendung")
    )
}

pub async fn token_form(Query(query): Query<Pairs>, headers: HeaderMap) -> Response {
    let words = Words::of(&headers);
    let rules = rules(&query);
    let hidden = |rule: &Rule| {
        let (method, path) = (escape(&rule.method), escape(&rule.path));
        format!("<input type=\"hidden\" name=\"{method}\" value=\"{path}\">\n")
    };
    let kept: String = rules.iter().map(hidden).collect();
    let validities = [
        ("86400", words.say("1 day", "1 Tag")),
        ("2592000", words.say("30 days", "30 Tage")),
        ("0", words.say("Unlimited", "Unbegrenzt")),
    ];
    let option =
        |(seconds, label): (&str, &str)| format!("<option value=\"{seconds}\">{label}</option>\n");
    let options: String = validities.into_iter().map(option).collect();
    let body = format!(
        "{}<form method=\"post\" action=\"/practice/createToken\">\n{kept}{}\
         <label for=\"validity\">{}</label>\n\
         <select id=\"validity\" name=\"validity\">\n{options}</select>\n\
         <p><button>{}</button></p>\n</form>\n",
        rights(words, &rules),
        name_field(words),
        words.say("Validity", "Gültigkeit"),
        words.say("Create keys", "Schlüssel erstellen"),
    );
    page(
        words,
        words.say("Create API keys", "API-Schlüssel erstellen"),
        &body,
        None,
    )
}

pub async fn make_token(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    Form(form): Form<Pairs>,
) -> Response {
    let words = Words::of(&headers);
    let rules = rules(&form);
    let asked = form.iter().find(|(name, _)| name == "validity");
    let seconds: u64 = asked.and_then(|(_, value)| value.parse().ok()).unwrap_or(0);
    let validity = (seconds > 0).then(|| Duration::from_secs(seconds.min(366 * 86_400)));
    let now = shared.now();
    let shown = rights(words, &rules);
    let (key, secret, consumer) = {
        let keys = &mut shared.world().keys;
        let (key, secret) = keys.make_application();
        let consumer = keys.make_validated(&key, rules, validity, now);
        (key, secret, consumer)
    };
    let made = listed(&[
        ("Application key", &key),
        ("Application secret", &secret),
        ("Consumer key", &consumer),
    ]);
    let once = words.say(
        "They are shown this once. Copy all three now.",
        "Sie werden nur dieses eine Mal angezeigt. Kopieren Sie alle drei jetzt.",
    );
    let title = words.say("Your keys", "Ihre Schlüssel");
    page(words, title, &format!("<p>{once}</p>\n{made}{shown}"), None)
}

pub async fn app_form(headers: HeaderMap) -> Response {
    let words = Words::of(&headers);
    let body = format!(
        "<form method=\"post\" action=\"/practice/createApp\">\n{}\
         <p><button>{}</button></p>\n</form>\n",
        name_field(words),
        words.say("Create application", "Anwendung erstellen"),
    );
    page(
        words,
        words.say("Create an application", "Anwendung erstellen"),
        &body,
        None,
    )
}

pub async fn make_app(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Response {
    let words = Words::of(&headers);
    let (key, secret) = shared.world().keys.make_application();
    let made = listed(&[("Application key", &key), ("Application secret", &secret)]);
    let title = words.say("Your application", "Ihre Anwendung");
    page(words, title, &made, None)
}

/// `scheme://host[:port]` of a web address, in letters that are safe within a policy.
fn origin(url: &str) -> Option<&str> {
    let start = url.find("://")? + 3;
    let length = url[start..].find(['/', '?', '#']);
    let origin = &url[..length.map_or(url.len(), |length| start + length)];
    let safe = |letter: char| letter.is_ascii_alphanumeric() || ".:/-[]".contains(letter);
    origin.chars().all(safe).then_some(origin)
}

fn unknown_token(words: Words) -> Response {
    let text = words.say(
        "This confirmation link is not known, or was used before.",
        "Dieser Bestätigungslink ist unbekannt oder wurde schon benutzt.",
    );
    let title = words.say("Nothing to confirm", "Nichts zu bestätigen");
    let mut response = page(words, title, &format!("<p>{text}</p>\n"), None);
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

pub async fn confirm_form(
    State(shared): State<Arc<Shared>>,
    Query(query): Query<Pairs>,
    headers: HeaderMap,
) -> Response {
    let words = Words::of(&headers);
    let token = given(&query, "credentialToken");
    let world = shared.world();
    let consumer = world.keys.tokens.get(token);
    let Some(credential) = consumer.and_then(|key| world.keys.credentials.get(key)) else {
        return unknown_token(words);
    };
    let target = credential.redirection.as_deref().and_then(origin);
    let body = format!(
        "<p>{}</p>\n{}<form method=\"post\" action=\"/practice/auth\">\n\
         <input type=\"hidden\" name=\"credentialToken\" value=\"{}\">\n\
         <button name=\"decision\" value=\"authorize\">{}</button>\
         <button name=\"decision\" value=\"refuse\">{}</button>\n</form>\n",
        words.say(
            "An application asks for access to your account.",
            "Eine Anwendung bittet um Zugang zu Ihrem Konto."
        ),
        rights(words, &credential.rules),
        escape(token),
        words.say("Authorize", "Erlauben"),
        words.say("Refuse", "Ablehnen"),
    );
    let title = words.say("Authorize access", "Zugang erlauben");
    page(words, title, &body, target)
}

pub async fn confirm(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    Form(form): Form<Pairs>,
) -> Response {
    let words = Words::of(&headers);
    let now = shared.now();
    let authorized = given(&form, "decision") == "authorize";
    let redirection = {
        let keys = &mut shared.world().keys;
        let consumer = keys.tokens.remove(given(&form, "credentialToken"));
        let Some(credential) = consumer.and_then(|key| keys.credentials.get_mut(&key)) else {
            return unknown_token(words);
        };
        if authorized {
            credential.state = KeyState::Validated;
            credential.expires = Some(now.plus(Duration::from_secs(86_400)));
        } else {
            credential.state = KeyState::Refused;
        }
        credential.redirection.clone()
    };
    let target = redirection.and_then(|url| HeaderValue::from_str(&url).ok());
    if let Some(target) = target {
        return (StatusCode::SEE_OTHER, [(LOCATION, target)]).into_response();
    }
    let text = if authorized {
        words.say(
            "Access is authorised. You can close this page.",
            "Der Zugang ist erlaubt. Sie können diese Seite schließen.",
        )
    } else {
        words.say(
            "Access is refused. You can close this page.",
            "Der Zugang ist abgelehnt. Sie können diese Seite schließen.",
        )
    };
    page(
        words,
        words.say("Done", "Fertig"),
        &format!("<p>{text}</p>\n"),
        None,
    )
}
