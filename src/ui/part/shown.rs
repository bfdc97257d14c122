//! The exact calls of a review page, folded away: as OVHcloud documents them, and as commands that
//! an administrator may check or repeat. Nothing secret is in them.

use leptos::prelude::*;

use crate::browser::page;
use crate::ovh::shown::{self, KEYS, PASSWORD};
use crate::ovh::{Endpoint, Request};
use crate::text::{Text, fill};
use crate::ui::dom::{El, el, spawn, words};
use crate::ui::kit::{button, details, hint, more};
use crate::ui::sitting::Sitting;

/// The calls that this page is about to make, in their order.
pub fn calls(sitting: Sitting, requests: &[Request]) -> El {
    let t = sitting.words();
    let endpoint = sitting.endpoint();
    let mut content = vec![hint(&without_secrets(t, requests))];
    for request in requests {
        content.extend(call(t, &endpoint, request));
    }
    more(t.calls_title(), content)
}

/// Where the keys come from, and the password where a request has one.
pub fn without_secrets(t: &Text, requests: &[Request]) -> String {
    let [application, secret, consumer] = KEYS;
    let keys = [
        ("application", application),
        ("secret", secret),
        ("consumer", consumer),
    ];
    let mut said = fill(t.calls_keys(), &keys);
    if requests.iter().any(shown::has_password) {
        said.push(' ');
        said.push_str(&fill(t.calls_password(), &[("password", PASSWORD)]));
    }
    said
}

/// One call in its three shapes.
pub fn call(t: &'static Text, endpoint: &Endpoint, request: &Request) -> Vec<El> {
    let mut content = Vec::new();
    if let Some(steps) = shown::console(endpoint, request) {
        let mut rows = vec![(steps.method.as_str(), steps.route.to_owned())];
        rows.extend(steps.parameters);
        if !steps.body.is_empty() {
            rows.push((t.calls_body(), steps.body));
        }
        content.push(words("h2", t.calls_documented()));
        content.push(details(rows).class("details card call"));
    }
    let commands = [
        (t.calls_curl(), shown::curl(endpoint, request)),
        (t.calls_python(), shown::python(endpoint, request)),
    ];
    for (title, text) in commands {
        content.push(words("h2", title));
        content.push(words("pre", &text).attr("tabindex", "0"));
        content.push(copying(t, t.copy_call(), move || text.clone()));
    }
    content
}

/// A line with a button that copies a text, and says so.
pub fn copying(t: &'static Text, label: &str, text: impl Fn() -> String + 'static) -> El {
    let [copy, said] = copy_button(t, label, text);
    el("p").child(copy).text(" ").child(said)
}

/// A button that copies a text, and the place that says so.
pub fn copy_button(t: &'static Text, label: &str, text: impl Fn() -> String + 'static) -> [El; 2] {
    let said = RwSignal::new("");
    let copy = button(label, move || {
        let text = text();
        spawn(async move {
            let is_copied = page::copy(&text).await;
            let words = if is_copied {
                t.copied()
            } else {
                t.mark_and_copy()
            };
            said.try_set(words);
            page::announce(words);
        });
    });
    let place = el("span").live_text(move || said.get().to_owned());
    [copy, place]
}
