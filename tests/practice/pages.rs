//! The pages below `/practice/`: the keys, the pages that play OVHcloud's key pages, the inbox
//! and the log. No script at all.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Form, Path, Query, State};
use axum::http::header::{
    ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION,
    REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use super::access::Rule;
use super::keys::{self, State as KeyState};
use super::{Shared, hold, inbox};

type Pairs = Vec<(String, String)>;

pub fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/practice", get(Redirect::permanent("/practice/")))
        .route("/practice/", get(index))
        .route("/practice/style.css", get(style))
        .route("/practice/createToken", get(token_form).post(make_token))
        .route("/practice/createToken/", get(token_form).post(make_token))
        .route("/practice/createApp", get(app_form).post(make_app))
        .route("/practice/createApp/", get(app_form).post(make_app))
        .route("/practice/auth", get(confirm_form).post(confirm))
        .route("/practice/inbox", get(inbox_page))
        .route("/practice/inbox/{file}", get(inbox_file))
        .route("/practice/log", get(log))
}

/// The language of the reader; English unless German is asked for first.
#[derive(Clone, Copy)]
struct Words {
    german: bool,
}

impl Words {
    fn of(headers: &HeaderMap) -> Self {
        let asked = headers.get(ACCEPT_LANGUAGE);
        let asked = asked.and_then(|value| value.to_str().ok()).unwrap_or("");
        Self {
            german: asked.trim_start().to_lowercase().starts_with("de"),
        }
    }

    const fn say<'a>(self, english: &'a str, german: &'a str) -> &'a str {
        if self.german { german } else { english }
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// A whole page. A form's answer may lead on to `target`, which `form-action` must name too.
fn page(words: Words, title: &str, body: &str, target: Option<&str>) -> Response {
    let language = words.say("en", "de");
    let (keys, inbox) = (
        words.say("Keys", "Schlüssel"),
        words.say("Inbox", "Posteingang"),
    );
    let log = words.say("Log", "Protokoll");
    let back = words.say("The page itself", "Die Seite selbst");
    let html = format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title} – Practice OVHcloud</title>\n\
         <link rel=\"stylesheet\" href=\"/practice/style.css\">\n</head>\n<body>\n\
         <header><nav aria-label=\"Practice OVHcloud\">\
         <a href=\"/practice/\">{keys}</a><a href=\"/practice/inbox\">{inbox}</a>\
         <a href=\"/practice/log\">{log}</a><a href=\"/\">{back}</a></nav></header>\n\
         <main>\n<h1>{title}</h1>\n{body}</main>\n</body>\n</html>\n"
    );
    let policy = format!(
        "default-src 'none'; style-src 'self'; form-action 'self'{}; base-uri 'none'; \
         frame-ancestors 'none'",
        target
            .map(|target| format!(" {target}"))
            .unwrap_or_default()
    );
    let mut response = Html(html).into_response();
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Labels with values that can be copied.
fn listed(entries: &[(&str, &str)]) -> String {
    let entry = |(label, value): &(&str, &str)| {
        format!("<dt>{label}</dt><dd><code>{}</code></dd>\n", escape(value))
    };
    let entries: String = entries.iter().map(entry).collect();
    format!("<dl>\n{entries}</dl>\n")
}

async fn index(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Response {
    let words = Words::of(&headers);
    let intro = words.say(
        "This server plays OVHcloud, so that everything can be tried without harm. Nothing here \
         leaves this machine, and no mail is sent. These keys always work:",
        "Dieser Server spielt OVHcloud, damit sich alles gefahrlos ausprobieren lässt. Nichts \
         verlässt diesen Rechner, keine Mail wird verschickt. Diese Schlüssel gelten immer:",
    );
    let more = words.say(
        "These consumer keys show what goes wrong:",
        "Diese Consumer Keys zeigen, was schiefgehen kann:",
    );
    let own = words.say("Create keys of your own", "Eigene Schlüssel erstellen");
    let app = words.say("Create an application only", "Nur eine Anwendung erstellen");
    let inbox = words.say("Read a practice mail", "Eine Übungsmail lesen");
    let log = words.say(
        "The calls received (JSON)",
        "Die empfangenen Aufrufe (JSON)",
    );
    let good = listed(&[
        ("API", &format!("{}/1.0", shared.address)),
        ("Application key", keys::APPLICATION),
        ("Application secret", keys::SECRET),
        ("Consumer key", keys::CONSUMER),
    ]);
    let bad = listed(&[
        (words.say("Expired", "Abgelaufen"), keys::EXPIRED),
        (words.say("Never confirmed", "Nie bestätigt"), keys::PENDING),
        (
            words.say("May only read", "Darf nur lesen"),
            keys::READ_ONLY,
        ),
    ]);
    let all = keys::METHODS
        .map(|method| format!("{method}=/*"))
        .join("&amp;");
    let body = format!(
        "<p>{intro}</p>\n{good}<p>{more}</p>\n{bad}<ul>\n\
         <li><a href=\"/practice/createToken?{all}\">{own}</a></li>\n\
         <li><a href=\"/practice/createApp\">{app}</a></li>\n\
         <li><a href=\"/practice/inbox\">{inbox}</a></li>\n\
         <li><a href=\"/practice/log\">{log}</a></li>\n</ul>\n"
    );
    page(
        words,
        words.say("Practice OVHcloud", "Übungs-OVHcloud"),
        &body,
        None,
    )
}

async fn style() -> Response {
    let headers = [
        (CONTENT_TYPE, "text/css; charset=utf-8"),
        (CACHE_CONTROL, "no-cache"),
    ];
    (headers, include_str!("style.css")).into_response()
}

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

async fn token_form(Query(query): Query<Pairs>, headers: HeaderMap) -> Response {
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

async fn make_token(
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

async fn app_form(headers: HeaderMap) -> Response {
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

async fn make_app(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Response {
    let words = Words::of(&headers);
    let (key, secret) = shared.world().keys.make_application();
    let made = listed(&[("Application key", &key), ("Application secret", &secret)]);
    let title = words.say("Your application", "Ihre Anwendung");
    page(words, title, &made, None)
}

fn given<'a>(pairs: &'a Pairs, wanted: &str) -> &'a str {
    let found = pairs.iter().find(|(name, _)| name == wanted);
    found.map_or("", |(_, value)| value)
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

async fn confirm_form(
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

async fn confirm(
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

/// The header of a mail from this address as it is attached now.
fn mail_from(shared: &Shared, address: &str) -> Option<String> {
    let now = shared.now();
    let exchange = &mut shared.world().exchange;
    exchange.pass(now);
    let address = address.trim().to_lowercase();
    let (platform, connector) = exchange.find(&address)?;
    Some(inbox::header(&address, platform, connector, now))
}

async fn inbox_page(
    State(shared): State<Arc<Shared>>,
    Query(query): Query<Pairs>,
    headers: HeaderMap,
) -> Response {
    let words = Words::of(&headers);
    let address = given(&query, "address");
    let mail = mail_from(&shared, address);
    let mut body = inbox_form(&shared, words, address);
    match mail {
        Some(mail) => body.push_str(&format!(
            "<h2>{}</h2>\n<pre tabindex=\"0\">{}</pre>\n",
            words.say(
                "Header of the mail received",
                "Kopfzeilen der empfangenen Mail"
            ),
            escape(&mail)
        )),
        None if address.is_empty() => {}
        None => body.push_str(&format!(
            "<p role=\"alert\">{} <code>{}</code></p>\n",
            words.say("There is no such address:", "Diese Adresse gibt es nicht:"),
            escape(address)
        )),
    }
    page(
        words,
        words.say("Practice inbox", "Übungs-Posteingang"),
        &body,
        None,
    )
}

fn inbox_form(shared: &Shared, words: Words, address: &str) -> String {
    let world = shared.world();
    let platforms = world.exchange.platforms.iter();
    let offers: String = platforms
        .flat_map(|platform| platform.accounts.iter().take(200))
        .filter(|(_, account)| account.configured)
        .map(|(address, _)| format!("<option value=\"{address}\"></option>\n"))
        .collect();
    format!(
        "<p>{}</p>\n<form method=\"get\" action=\"/practice/inbox\">\n\
         <label for=\"address\">{}</label>\n\
         <input id=\"address\" name=\"address\" list=\"addresses\" required \
         autocomplete=\"off\" value=\"{}\">\n\
         <datalist id=\"addresses\">\n{offers}</datalist>\n<p><button>{}</button></p>\n</form>\n",
        words.say(
            "Choose an address: it sends a mail at once, the way it is attached now.",
            "Wählen Sie eine Adresse: Sie schickt sofort eine Mail, so wie sie jetzt \
             angebunden ist."
        ),
        words.say("Sender", "Absender"),
        escape(address),
        words.say("Send and read", "Senden und lesen"),
    )
}

/// `/practice/inbox/{address}.txt`: the header alone.
async fn inbox_file(State(shared): State<Arc<Shared>>, Path(file): Path<String>) -> Response {
    let address = file.strip_suffix(".txt");
    let mail = address.and_then(|address| mail_from(&shared, address));
    let headers = [
        (CONTENT_TYPE, "text/plain; charset=utf-8"),
        (CACHE_CONTROL, "no-store"),
    ];
    match mail {
        Some(mail) => (headers, mail).into_response(),
        None => (
            StatusCode::NOT_FOUND,
            headers,
            "There is no such address.\n",
        )
            .into_response(),
    }
}

async fn log(State(shared): State<Arc<Shared>>) -> Response {
    let log = hold(&shared.log);
    let entry = |entry: &super::LogEntry| {
        json!({
            "method": entry.method,
            "path": entry.path,
            "time": entry.time,
            "status": entry.status,
        })
    };
    let entries: Value = log.iter().map(entry).collect();
    ([(CACHE_CONTROL, "no-store")], Json(entries)).into_response()
}
