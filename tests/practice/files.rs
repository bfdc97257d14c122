//! The built page from `dist`, with the headers a careful web server sends. `config.json` is made
//! here, so that the page knows this practice OVHcloud and no other.

use std::path::{Path, PathBuf};

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, HOST, VARY,
};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::routes::decode;

/// The headers of the page where `dist` brings no `headers.json` of its own.
const HEADERS: [(&str, &str); 4] = [
    (
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self'; connect-src 'self' https://eu.api.ovh.com https://ca.api.ovh.com \
         https://api.eu.ovhcloud.com https://api.ca.ovhcloud.com; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
         trusted-types default",
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
];

const NOT_BUILT: &str = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
    <title>The page is not built</title>\
    <link rel=\"stylesheet\" href=\"/practice/style.css\"></head><body><main>\
    <h1>The page is not built</h1>\
    <p>Run <code>make serve</code>: it builds the page and starts this server again.</p>\
    <p>The practice OVHcloud works without it: \
    <a href=\"/practice/\">keys, inbox and log</a>.</p></main></body></html>\n";

pub struct Files {
    dist: Option<PathBuf>,
    /// Calls a minute that the page is told to keep to, 0 for no limit.
    pace: u32,
    /// Whether the API has one name only, `127.0.0.1`: on `localhost`, the page is of another origin.
    is_elsewhere: bool,
}

impl Files {
    pub const fn new(dist: Option<PathBuf>, pace: u32, is_elsewhere: bool) -> Self {
        Self {
            dist,
            pace,
            is_elsewhere,
        }
    }

    /// Answers a request for a file of the page.
    pub fn serve(&self, request: &Request, port: u16) -> Response {
        let method = request.method();
        if method != Method::GET && method != Method::HEAD {
            return self.finish(plain(StatusCode::METHOD_NOT_ALLOWED), port);
        }
        let path = decode(request.uri().path());
        let response = match path.as_str() {
            "/config.json" => self.config(request, port),
            "/" => self.index(request, port),
            _ => self.file(path.trim_start_matches('/'), request),
        };
        self.finish(response, port)
    }

    /// The page, whose policy names the API where that is elsewhere.
    fn index(&self, request: &Request, port: u16) -> Response {
        let page = self.dist.as_ref().filter(|_| self.is_elsewhere);
        let page = page.and_then(|dist| std::fs::read_to_string(dist.join("index.html")).ok());
        match page {
            Some(page) => ([(CONTENT_TYPE, HTML)], self.policy(&page, port)).into_response(),
            None => self.file("index.html", request),
        }
    }

    /// A policy that lets calls out to the API, as whoever hosts the page has to write it.
    fn policy(&self, text: &str, port: u16) -> String {
        let wanted = format!("connect-src 'self' http://127.0.0.1:{port}");
        if self.is_elsewhere {
            text.replace("connect-src 'self'", &wanted)
        } else {
            text.to_owned()
        }
    }

    fn file(&self, name: &str, request: &Request) -> Response {
        let missing = || match name {
            "index.html" => (StatusCode::OK, [(CONTENT_TYPE, HTML)], NOT_BUILT).into_response(),
            _ => plain(StatusCode::NOT_FOUND),
        };
        let Some(dist) = self.dist.as_deref().filter(|_| is_inside(name)) else {
            return missing();
        };
        let path = dist.join(name);
        let accepted = request.headers().get(ACCEPT_ENCODING);
        let accepted = accepted.and_then(|value| value.to_str().ok()).unwrap_or("");
        let Some((bytes, encoding)) = read(&path, accepted) else {
            return missing();
        };
        let mut response = Response::new(Body::from(bytes));
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type(name)));
        headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(keep(name)));
        if let Some(encoding) = encoding {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        response
    }

    /// Adds the page's security headers.
    fn finish(&self, mut response: Response, port: u16) -> Response {
        for (name, value) in self.headers() {
            let name = HeaderName::from_bytes(name.as_bytes());
            let value = HeaderValue::from_str(&self.policy(&value, port));
            if let (Ok(name), Ok(value)) = (name, value) {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }

    /// The page's settings. Asked for by the name localhost, it names localhost, so that all stays
    /// on one origin; but not where the API is to be elsewhere.
    fn config(&self, request: &Request, port: u16) -> Response {
        let local = format!("localhost:{port}");
        let host = request.headers().get(HOST);
        let named =
            host.is_some_and(|host| host.as_bytes() == local.as_bytes()) && !self.is_elsewhere;
        let name = if named { "localhost" } else { "127.0.0.1" };
        let address = format!("http://{name}:{port}");
        let config = json!({
            "apis": [{
                "name": "Practice",
                "address": format!("{address}/1.0"),
                "keysPage": format!("{address}/practice/createToken"),
                "appPage": format!("{address}/practice/createApp"),
            }],
            "defaultApi": "Practice",
            "callsPerMinute": self.pace,
            "help": {
                "text": "This is a practice OVHcloud. Its keys and its inbox are on one page.",
                "url": "/practice/",
            },
        });
        let headers = [
            (CONTENT_TYPE, "application/json"),
            (CACHE_CONTROL, "no-cache"),
        ];
        (headers, config.to_string()).into_response()
    }

    fn headers(&self) -> Vec<(String, String)> {
        if let Some(dist) = &self.dist
            && let Ok(bytes) = std::fs::read(dist.join("headers.json"))
            && let Ok(headers) = serde_json::from_slice(&bytes)
        {
            return headers;
        }
        let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        HEADERS.into_iter().map(owned).collect()
    }
}

const HTML: &str = "text/html; charset=utf-8";

fn plain(status: StatusCode) -> Response {
    let reason = status.canonical_reason().unwrap_or_default();
    (status, format!("{reason}\n")).into_response()
}

/// No empty name, no `..`, no other root: nothing outside of `dist`.
fn is_inside(name: &str) -> bool {
    let hidden = |part: &str| part.is_empty() || part.starts_with('.');
    !name.contains(['\\', '\0', ':']) && !name.split('/').any(hidden)
}

/// The file, compressed if there is such a sibling and the browser takes it.
fn read(path: &Path, accepted: &str) -> Option<(Vec<u8>, Option<&'static str>)> {
    for (encoding, ending) in [("br", ".br"), ("gzip", ".gz")] {
        if accepts(accepted, encoding) {
            let mut sibling = path.as_os_str().to_owned();
            sibling.push(ending);
            if let Ok(bytes) = std::fs::read(sibling) {
                return Some((bytes, Some(encoding)));
            }
        }
    }
    std::fs::read(path).ok().map(|bytes| (bytes, None))
}

fn accepts(accepted: &str, encoding: &str) -> bool {
    accepted.split(',').any(|offer| {
        let (name, weight) = offer.split_once(';').unwrap_or((offer, ""));
        let refused = matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000");
        name.trim() == encoding && !refused
    })
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => HTML,
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webmanifest" => "application/manifest+json",
        "woff2" => "font/woff2",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// For how long a browser may keep the file: for ever if its name changes with its content.
fn keep(name: &str) -> &'static str {
    let mut words = name.split(|letter: char| !letter.is_ascii_alphanumeric());
    let hash = |word: &str| {
        word.len() >= 8
            && word.chars().all(|letter| letter.is_ascii_hexdigit())
            && word.chars().any(|letter| letter.is_ascii_digit())
    };
    if words.any(hash) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    }
}
