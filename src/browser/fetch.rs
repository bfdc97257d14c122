//! Sending requests, and reading the page's own files.

use std::cell::RefCell;

use js_sys::{Promise, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{
    AbortSignal, Event, Headers, RequestCredentials, RequestInit, RequestMode, RequestRedirect,
};

use crate::ovh::{Method, NoAnswer, Response, Signed, seconds_to_wait};

/// Longer than OVHcloud takes for anything; its own clients wait for three minutes.
const PATIENCE: u32 = 60_000;

thread_local! {
    /// The address that the page's policy last let no call out to; `None` before any call.
    static FORBIDDEN: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Sends a signed request as it is: no cookies, no cache, no redirects.
///
/// # Errors
/// [`NoAnswer`] where the browser hands over nothing at all, or nothing in a minute.
pub async fn send(signed: Signed) -> Result<Response, NoAnswer> {
    watch_policy();
    if let Ok(answer) = fetch(&signed).await {
        // Whatever was forbidden before, a redirect perhaps: calls go out, and may arrive unheard.
        FORBIDDEN.set(Some(String::new()));
        return Ok(answer);
    }
    // The browser tells of the policy in its next turn.
    let turn = Promise::new(&mut |resolve, _| {
        let _ = super::window().set_timeout_with_callback(&resolve);
    });
    let _ = super::settle(turn).await;
    let is_forbidden = FORBIDDEN.with_borrow(|address| {
        let address = address.as_deref().unwrap_or_default();
        host(address) == host(&signed.url)
    });
    Err(if is_forbidden {
        NoAnswer::Forbidden
    } else {
        NoAnswer::Silence
    })
}

/// The address up to its path.
fn host(address: &str) -> Vec<&str> {
    address.split('/').take(3).collect()
}

fn watch_policy() {
    if FORBIDDEN.with_borrow(Option::is_some) {
        return;
    }
    FORBIDDEN.set(Some(String::new()));
    let heard = Closure::<dyn FnMut(Event)>::new(|event: Event| {
        let address = Reflect::get(&event, &"blockedURI".into());
        let address = address.ok().and_then(|address| address.as_string());
        FORBIDDEN.set(Some(address.unwrap_or_default()));
    });
    let _ = super::window().add_event_listener_with_callback(
        "securitypolicyviolation",
        heard.into_js_value().unchecked_ref(),
    );
}

async fn fetch(signed: &Signed) -> Result<Response, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in &signed.headers {
        headers.set(name, value)?;
    }
    let init = RequestInit::new();
    init.set_method(signed.method.as_str());
    init.set_headers(&headers);
    init.set_credentials(RequestCredentials::Omit);
    if signed.is_probe {
        // Follows redirects: in this mode the browser insists on it.
        init.set_mode(RequestMode::NoCors);
    } else {
        init.set_mode(RequestMode::Cors);
        init.set_redirect(RequestRedirect::Error);
    }
    init.set_cache(web_sys::RequestCache::NoStore);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE)));
    if signed.method != Method::Get && !signed.body.is_empty() {
        init.set_body(&JsValue::from_str(&signed.body));
    }
    read(&signed.url, &init).await
}

/// The text of one of the page's own files, refused where its bytes are not those that `integrity`
/// names.
pub async fn own_file(path: &str, integrity: Option<&str>) -> Result<String, NoFile> {
    let init = RequestInit::new();
    if let Some(integrity) = integrity {
        init.set_integrity(integrity);
    }
    let answer = read(path, &init).await.map_err(|_| NoFile::Unread)?;
    match answer.status {
        200 => Ok(answer.body),
        404 => Err(NoFile::NotThere),
        _ => Err(NoFile::Unread),
    }
}

/// Why a file of the page's own server was not read.
pub enum NoFile {
    NotThere,
    /// The server did not answer, or did not give it.
    Unread,
}

// Without a `Request` of our own: the browser makes one in any case, and two of them cost a job over
// thousands of addresses a fourteenth of its time.
async fn read(address: &str, init: &RequestInit) -> Result<Response, JsValue> {
    let answer = super::window().fetch_with_str_and_init(address, init);
    let answer = super::settle(answer).await?;
    let answer: web_sys::Response = answer.unchecked_into();
    // Readable only from the page's own server, where the deployment sends the calls through it.
    let retry_after = answer.headers().get("retry-after").ok().flatten();
    let body = super::settle(answer.text()?).await?;
    Ok(Response {
        status: answer.status(),
        body: body.as_string().unwrap_or_default(),
        retry_after: retry_after.as_deref().and_then(seconds_to_wait),
    })
}
