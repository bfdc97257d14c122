//! A few components in a real browser.

#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by panicking"
)]

use leptos::prelude::*;
use send_connector_wizard::browser::{intl, vault};
use send_connector_wizard::ovh::exchange::{Platform, ReadAccount};
use send_connector_wizard::ovh::{Call as _, endpoint};
use send_connector_wizard::ui::dom::{append_to_page, el, text_signal, words};
use send_connector_wizard::ui::kit::described;
use send_connector_wizard::ui::kit::{Complaint, no_complaints};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn text_of(id: &str) -> String {
    let found = document().get_element_by_id(id);
    found
        .and_then(|element| element.text_content())
        .unwrap_or_default()
}

/// Lets everything that waits for its turn have it.
async fn turn() {
    leptos::task::tick().await;
}

fn started() -> Owner {
    // Sets Leptos up to wait for things.
    mount_to_body(|| ());
    let owner = Owner::new();
    owner.set();
    owner
}

#[wasm_bindgen_test]
async fn what_is_sealed_opens_and_what_is_wiped_is_gone() {
    assert!(vault::seal(b"one").await);
    assert!(vault::seal(b"two").await);
    let storage = window().session_storage().unwrap().unwrap();
    let stored = storage.get_item("keys").unwrap().unwrap();
    assert!(!stored.contains("two") && !stored.contains("74776f"));
    assert_eq!(vault::open().await.as_deref(), Some(&b"two"[..]));
    vault::wipe().await;
    assert_eq!(vault::open().await, None);
    assert_eq!(storage.get_item("keys").unwrap(), None);
}

/// Runs a script with the store of the keys as `keys`, and waits until it calls `done`.
async fn with_keys(script: &str) -> wasm_bindgen::JsValue {
    let script = [
        "return new Promise((done) => {",
        "  const open = indexedDB.open('send-connector-wizard', 1);",
        "  open.onsuccess = () => {",
        "    const keys = open.result.transaction('keys', 'readwrite').objectStore('keys');",
        script,
        "  };",
        "});",
    ];
    let made = js_sys::Function::new_no_args(&script.join("\n")).call0(&window().into());
    let promise: js_sys::Promise = made.unwrap().unchecked_into();
    wasm_bindgen_futures::JsFuture::from(promise).await.unwrap()
}

#[wasm_bindgen_test]
async fn a_key_that_a_closed_tab_left_behind_is_swept_away_in_time() {
    assert!(vault::seal(b"one").await);
    // One of the year 1970, and one of a tab that was begun a moment ago.
    with_keys("keys.put(0, '0000000000007ab').onsuccess = done;").await;
    let put = "keys.put(0, Date.now() - 1000 + 'ab').onsuccess = done;";
    with_keys(put).await;
    assert!(vault::seal(b"two").await);
    let count = with_keys("keys.count().onsuccess = (event) => done(event.target.result);").await;
    assert_eq!(count.as_f64(), Some(2.0));
    assert_eq!(vault::open().await.as_deref(), Some(&b"two"[..]));
    vault::wipe().await;
    with_keys("keys.clear().onsuccess = done;").await;
}

#[wasm_bindgen_test]
fn what_is_signed_is_what_the_browser_sends() {
    let platform = Platform {
        organization: "private-zz111111-1".into(),
        service: "private-zz111111-1".into(),
    };
    for endpoint in endpoint::known() {
        for address in [
            "o'neill@x.org",
            "jürgen+a/b?c#d%e@münchen.example",
            "a b;c,d@x.org",
            "..",
            "\u{200b}@x",
        ] {
            let call = ReadAccount {
                platform: &platform,
                address,
            };
            let signed = endpoint.signed_url(&call.request().path);
            let sent = web_sys::Url::new(&signed).unwrap().href();
            assert_eq!(sent, signed, "{address}");
        }
    }
}

#[wasm_bindgen_test]
async fn content_follows_its_signal_and_what_it_left_behind_is_quiet() {
    let owner = started();
    let name = text_signal("first".into());
    let seen = StoredValue::new(Vec::<String>::new());
    let content = move || {
        let mine = name.get();
        let inner = words("b", &mine).live_attr("title", move || {
            seen.update_value(|seen| seen.push([&mine, " sees ", &name.get()].concat()));
            None
        });
        vec![inner]
    };
    append_to_page(&[el("div").id("live").live(content)]);
    assert_eq!(text_of("live"), "first");
    name.set("second".into());
    turn().await;
    assert_eq!(text_of("live"), "second");
    name.set("third".into());
    turn().await;
    // The first content may hear of the second, but never of the third.
    assert!(!seen.get_value().contains(&"first sees third".to_owned()));
    drop(owner);
}

#[wasm_bindgen_test]
async fn a_field_says_what_is_wrong_until_it_is_mended() {
    let owner = started();
    let complaints = no_complaints();
    let field = described(el("input"), "port", complaints);
    append_to_page(&[field]);
    let field = document().get_element_by_id("port").unwrap();
    let invalid = || field.get_attribute("aria-invalid").unwrap();
    assert_eq!(invalid(), "false");
    complaints.set(vec![Complaint {
        id: "port",
        label: "Port",
        words: "A number.".into(),
    }]);
    turn().await;
    assert_eq!(invalid(), "true");
    let typed = web_sys::Event::new("input").unwrap();
    field
        .unchecked_ref::<web_sys::EventTarget>()
        .dispatch_event(&typed)
        .unwrap();
    turn().await;
    assert_eq!(invalid(), "false");
    assert!(complaints.with(Vec::is_empty));
    drop(owner);
}

#[wasm_bindgen_test]
fn dates_and_numbers_are_in_the_language() {
    assert!(intl::date("de", "2026-11-23T12:00:00Z").contains("November 2026"));
    assert!(intl::date("en", "2026-11-23T12:00:00Z").contains("November 23, 2026"));
    assert_eq!(intl::date("en", "no date"), "no date");
    assert_eq!(intl::plural("de", 1), "one");
    assert_eq!(intl::plural("en", 0), "other");
}
