//! The pages below `/practice/`: the keys, the pages that play OVHcloud's key pages, the inbox
//! and the log. No script at all.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::header::{
    ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use super::{Shared, hold, inbox, key_pages, keys};

pub type Pairs = Vec<(String, String)>;

pub fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/practice", get(Redirect::permanent("/practice/")))
        .route("/practice/", get(index))
        .route("/practice/style.css", get(style))
        .route(
            "/practice/createToken",
            get(key_pages::token_form).post(key_pages::make_token),
        )
        .route(
            "/practice/createToken/",
            get(key_pages::token_form).post(key_pages::make_token),
        )
        .route(
            "/practice/createApp",
            get(key_pages::app_form).post(key_pages::make_app),
        )
        .route(
            "/practice/createApp/",
            get(key_pages::app_form).post(key_pages::make_app),
        )
        .route(
            "/practice/auth",
            get(key_pages::confirm_form).post(key_pages::confirm),
        )
        .route("/practice/inbox", get(inbox_page))
        .route("/practice/inbox/{file}", get(inbox_file))
        .route("/practice/log", get(log))
}

/// The language of the reader; English unless German is asked for first.
#[derive(Clone, Copy)]
pub struct Words {
    german: bool,
}

impl Words {
    pub fn of(headers: &HeaderMap) -> Self {
        let asked = headers.get(ACCEPT_LANGUAGE);
        let asked = asked.and_then(|value| value.to_str().ok()).unwrap_or("");
        Self {
            german: asked.trim_start().to_lowercase().starts_with("de"),
        }
    }

    pub const fn say<'a>(self, english: &'a str, german: &'a str) -> &'a str {
        if self.german { german } else { english }
    }
}

pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// A whole page. A form's answer may lead on to `target`, which `form-action` must name too.
pub fn page(words: Words, title: &str, body: &str, target: Option<&str>) -> Response {
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
pub fn listed(entries: &[(&str, &str)]) -> String {
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

pub fn given<'a>(pairs: &'a Pairs, wanted: &str) -> &'a str {
    let found = pairs.iter().find(|(name, _)| name == wanted);
    found.map_or("", |(_, value)| value)
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
    let form = inbox_form(&shared, words, address);
    let result = match mail {
        Some(mail) => format!(
            "<h2>{}</h2>\n<pre tabindex=\"0\">{}</pre>\n",
            words.say(
                "Header of the mail received",
                "Kopfzeilen der empfangenen Mail"
            ),
            escape(&mail)
        ),
        None if address.is_empty() => String::new(),
        None => format!(
            "<p role=\"alert\">{} <code>{}</code></p>\n",
            words.say("There is no such address:", "Diese Adresse gibt es nicht:"),
            escape(address)
        ),
    };
    let body = form + &result;
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
    let offers: Vec<String> = platforms
        .flat_map(|platform| platform.accounts.iter().take(200))
        .filter(|(_, account)| account.configured)
        .map(|(address, _)| format!("<option value=\"{address}\"></option>\n"))
        .collect();
    format!(
        "<p>{}</p>\n<form method=\"get\" action=\"/practice/inbox\">\n\
         <label for=\"address\">{}</label>\n\
         <input id=\"address\" name=\"address\" list=\"addresses\" required \
         autocomplete=\"off\" value=\"{}\">\n\
         <datalist id=\"addresses\">\n{}</datalist>\n<p><button>{}</button></p>\n</form>\n",
        words.say(
            "Choose an address: it sends a mail at once, the way it is attached now.",
            "Wählen Sie eine Adresse: Sie schickt sofort eine Mail, so wie sie jetzt \
             angebunden ist."
        ),
        words.say("Sender", "Absender"),
        escape(address),
        offers.concat(),
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
