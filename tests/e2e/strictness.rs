//! What the page refuses: another program than its own, script and style from elsewhere, calls to
//! strangers; and what it says to those for whom it cannot run.

use std::path::{Path, PathBuf};

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::browser::{ENGLISH, GERMAN, Reader, cdp};
use crate::client::Client;
use crate::journey::{dist, quick, travel, travel_to};
use crate::page::Page;
use crate::practice::{APPLICATION, CONSUMER, Options, SECRET};

/// A copy of the built page whose program differs in one byte; gone when dropped.
struct Tampered(PathBuf);

impl Tampered {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("tampered-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        for entry in std::fs::read_dir(dist()).expect("the built page") {
            let file = entry.expect("a file").path();
            let name = file
                .file_name()
                .and_then(|name| name.to_str())
                .expect("a name");
            // Its compressed siblings would be served in its place.
            if name.contains(".wasm.") {
                continue;
            }
            let mut bytes = std::fs::read(&file).expect("a file");
            if Path::new(name)
                .extension()
                .is_some_and(|ending| ending == "wasm")
            {
                let middle = bytes.len() / 2;
                bytes[middle] ^= 1;
            }
            std::fs::write(folder.join(name), bytes).expect("a copy");
        }
        Self(folder)
    }
}

impl Drop for Tampered {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_with_one_other_byte_does_not_start() {
    let tampered = Tampered::new();
    let options = Options {
        dist: Some(tampered.0.clone()),
        ..quick()
    };
    travel("tampered", ENGLISH, options, async |page, _| {
        page.open().await;
        page.says("This page did not start, to protect your keys")
            .await;
        page.says("Diese Seite ist zum Schutz Ihrer Schlüssel nicht gestartet")
            .await;
        page.picture("tampered").await;
        assert_eq!(
            page.ask("return document.querySelector('h1, input')").await,
            Value::Null
        );
        assert_ne!(page.forgiven().await, [""; 0], "the console says why");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_javascript_the_page_says_so() {
    let reader = Reader {
        scripts: false,
        ..ENGLISH
    };
    travel("no-script", reader, quick(), async |page, _| {
        page.open().await;
        let tree = cdp(&page.driver, "Accessibility.getFullAXTree", json!({})).await;
        let words = tree.to_string();
        assert!(words.contains("This page needs JavaScript"), "{words}");
        assert!(words.contains("Diese Seite braucht JavaScript"), "{words}");
        assert!(!words.contains("has not started yet"), "{words}");
        let picture = cdp(&page.driver, "Page.captureScreenshot", json!({})).await;
        page.save("no-script", &picture);
    })
    .await;
}

/// Tries something that must be blocked: it throws, or the policy's directive reports it. Of a
/// script made of text nodes Chromium tells nobody; that it does not run is what counts.
async fn blocked(page: &Page, what: &str, by: &str) {
    page.step(format!("try {what}"));
    let attempt = format!("try {{ {what} }} catch (error) {{ return error.name }} return ''");
    let thrown = page.ask(&attempt).await;
    if by == "TypeError" {
        assert_eq!(thrown, by, "{what}");
    } else {
        page.until(&format!("{by} to block {what}"), async || {
            let harm = page.harm().await;
            let reported = harm.iter().any(|line| line.starts_with(by));
            (reported || by.is_empty()).then_some(())
        })
        .await;
    }
    page.forgiven().await;
    let hurt = page.ask("return window.hurt ?? null").await;
    assert_eq!(hurt, Value::Null, "{what}");
}

#[tokio::test(flavor = "multi_thread")]
async fn script_style_and_calls_from_elsewhere_are_blocked() {
    travel("blocked", ENGLISH, quick(), async |page, _| {
        page.arrive().await;
        for (what, directive) in [
            (
                "const s = document.createElement('script'); s.text = 'hurt = 1'; document.body.append(s)",
                "require-trusted-types-for",
            ),
            (
                "const s = document.createElement('script'); s.append('hurt = 2'); document.body.append(s)",
                "",
            ),
            (
                "const s = document.createElement('script'); s.src = 'https://example.org/a.js'; document.body.append(s)",
                "TypeError",
            ),
            ("setTimeout('hurt = 1')", "require-trusted-types-for"),
            (
                "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"hurt = 1\">')",
                "TypeError",
            ),
            (
                "document.querySelector('footer').innerHTML = '<p style=\"color: red\">x</p>'",
                "TypeError",
            ),
            ("document.body.setAttribute('style', 'color: red')", "style-src"),
            ("document.body.append(Object.assign(document.createElement('style'), { textContent: 'p { color: red }' }))", "style-src"),
            ("fetch('https://example.org/').catch(() => {})", "connect-src"),
            ("new Image().src = 'https://example.org/a.png'", "img-src"),
            ("document.body.append(Object.assign(document.createElement('iframe'), { src: 'https://example.org/' }))", "frame-src"),
        ] {
            blocked(page, what, directive).await;
        }
        let red = "return getComputedStyle(document.querySelector('footer p')).color === 'rgb(255, 0, 0)'";
        assert_eq!(page.ask(red).await, false);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_header_of_the_built_page_is_sent() {
    let practice = crate::practice::start(quick()).await.expect("a free port");
    let headers = std::fs::read(dist().join("headers.json")).expect("headers.json");
    let headers: Vec<(String, String)> = serde_json::from_slice(&headers).expect("pairs");
    let names: Vec<&str> = headers.iter().map(|(name, _)| &**name).collect();
    for name in [
        "Content-Security-Policy",
        "X-Content-Type-Options",
        "Referrer-Policy",
    ] {
        assert!(names.contains(&name), "{name} is not among {names:?}");
    }
    let reply = Client::new(&practice).page("GET", "/", "");
    for (name, value) in &headers {
        let sent = reply.header(&name.to_lowercase());
        assert_eq!(sent, Some(&**value), "{name}");
    }
    let policy = reply.header("content-security-policy").expect("a policy");
    assert!(
        !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
        "{policy}"
    );
}

/// Serves the built page as a web server would whose administrator wrote this `config.json` and set up
/// nothing else.
async fn hosted_with(config: String) -> String {
    hosted(Ok(config)).await
}

/// The same where the server may have no `config.json` to give, and answers with this status.
async fn hosted(config: Result<String, StatusCode>) -> String {
    let file = async move |address: axum::http::Uri| {
        let name = address.path().trim_start_matches('/');
        let name = if name.is_empty() { "index.html" } else { name };
        let bytes = match name {
            "config.json" => config.map(String::into_bytes),
            name => std::fs::read(dist().join(name)).map_err(|_| StatusCode::NOT_FOUND),
        };
        let bytes = match bytes {
            Ok(bytes) => bytes,
            Err(status) => {
                let page = format!("<html>{status}</html>").into_bytes();
                let kind = [(axum::http::header::CONTENT_TYPE, "text/html")];
                return (status, kind, page);
            }
        };
        let kind = match name.rsplit('.').next() {
            Some("html") => "text/html",
            Some("js") => "text/javascript",
            Some("css") => "text/css",
            Some("wasm") => "application/wasm",
            Some("svg") => "image/svg+xml",
            _ => "text/plain; charset=utf-8",
        };
        let kind = [(axum::http::header::CONTENT_TYPE, kind)];
        (StatusCode::OK, kind, bytes)
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
    let listener = listener.expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    let files = axum::Router::new().fallback(file);
    tokio::spawn(async move { axum::serve(listener, files).await });
    format!("http://127.0.0.1:{port}")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_api_outside_of_the_policy_is_known_for_what_it_is() {
    let practice = crate::practice::start(quick()).await.expect("a free port");
    let api = format!("{}/1.0", practice.address());
    let config = json!({ "apis": [{ "name": "Elsewhere", "address": api }] });
    let address = hosted_with(config.to_string()).await;
    travel_to("outside-policy", ENGLISH, address, async |page| {
        page.arrive().await;
        page.fill_keys(APPLICATION, SECRET, CONSUMER).await;
        page.press("sign_in").await;
        page.notice("error_policy").await;
        page.find("button", &page.text("by_hand_begin")).await;
        let harm = page.forgiven().await;
        assert!(harm.iter().all(|line| line.starts_with("connect-src")));
        assert!(!harm.is_empty());
        page.look("policy").await;
        let calls = practice.log();
        assert!(calls.is_empty(), "nothing got out: {calls:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_administrator_forgot_is_told_where_it_is_to_be_mended() {
    let config = r#"{
      "apis": [{ "address": "https://eu.api.ovh.com/1.0", "through": "/ovh" }],
      "connector": {
        "smartHost": "smtp-relay.example.com",
        "port": "587" }
    }"#;
    let address = hosted_with(config.to_owned()).await;
    travel_to("not-set-up", ENGLISH, address, async |page| {
        page.arrive().await;
        page.notice("config_problems").await;
        let wrong = [("line", "5"), ("name", "connector.port")];
        page.says(&page.filled("config_wrong", &wrong)).await;
        page.fill_keys(APPLICATION, SECRET, CONSUMER).await;
        page.press("sign_in").await;
        page.notice("error_not_passed_on").await;
        page.look("not-passed-on").await;
        let harm = page.forgiven().await;
        assert!(harm.iter().all(|line| line.contains("404")), "{harm:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_config_json_that_is_not_there_is_told_and_one_that_is_not_given_stops_the_start() {
    let address = hosted(Err(StatusCode::NOT_FOUND)).await;
    travel_to("config-missing", GERMAN, address, async |page| {
        page.arrive().await;
        page.notice("config_problems").await;
        page.says_text("config_missing").await;
        page.look("missing").await;
        page.forgiven().await;
    })
    .await;
    let address = hosted(Err(StatusCode::FORBIDDEN)).await;
    travel_to("config-forbidden", ENGLISH, address, async |page| {
        page.open().await;
        page.says("This page could not be loaded completely").await;
        page.picture("forbidden").await;
        page.forgiven().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_did_not_come_over_https_says_that_nothing_is_encrypted() {
    let address = hosted_with("{}".to_owned()).await;
    // This computer by an address that no browser takes for its own.
    let plain = address.replace("127.0.0.1", "[::ffff:127.0.0.1]");
    travel_to("plain-http", ENGLISH, plain, async |page| {
        page.arrive().await;
        page.says_text("about_keys_in_clear").await;
        page.look("in-clear").await;
    })
    .await;
    travel_to("own-computer", ENGLISH, address, async |page| {
        page.arrive().await;
        page.says_text("about_keys").await;
    })
    .await;
}
