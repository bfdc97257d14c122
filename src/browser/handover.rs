//! From the program that signs in to the one that works: `boot.js` starts the second when it hears of
//! the first, and carries the keys between them only where the browser could not keep them. What goes
//! back waits in the storage while the page starts anew.

use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{CustomEvent, CustomEventInit};

use super::{page, storage};

/// Why somebody was brought back.
const NOTICE: &str = "notice";
/// The API whose console is used by hand; `boot.js` knows the name.
const BY_HAND: &str = "by-hand";

/// What the second program finds.
pub struct Handover {
    /// Whether somebody signed in just now, rather than having reloaded the page.
    pub is_fresh: bool,
    /// The keys, where they are kept nowhere else.
    pub keys: Option<Vec<u8>>,
    /// The address of the API whose console is used, by somebody without keys.
    pub by_hand: Option<String>,
}

/// Ends the first program. The keys come along only where they could not be sealed.
pub fn give(keys: Option<&[u8]>) {
    let detail = keys.map_or(JsValue::NULL, |keys| Uint8Array::from(keys).into());
    tell("signed-in", &detail);
}

/// Ends the first program for the way without keys: through the console of the API at this address.
pub fn give_by_hand(address: &str) {
    storage::save(BY_HAND, address);
    tell("signed-in", &address.into());
}

/// The way without keys ends: the page starts with the first program again.
pub fn forget_by_hand() {
    storage::forget(BY_HAND);
}

/// Takes what the first program left, which is gone afterwards, but for the way without keys: it goes
/// on after a reload.
pub fn take() -> Handover {
    let answer: JsValue = Object::new().into();
    tell("keys-wanted", &answer);
    let read = |name: &str| Reflect::get(&answer, &name.into()).unwrap_or_default();
    let left = read("keys");
    Handover {
        is_fresh: read("fresh").is_truthy(),
        by_hand: left.as_string().or_else(|| storage::load(BY_HAND)),
        keys: left.dyn_into().ok().map(|keys: Uint8Array| keys.to_vec()),
    }
}

/// Ends the second program: brings somebody back to the first, told why.
pub fn give_back(notice: &str) {
    storage::save(NOTICE, notice);
    page::reload();
}

/// Takes what the second program told, which is gone afterwards.
pub fn given_back() -> Option<String> {
    let notice = storage::load(NOTICE);
    storage::forget(NOTICE);
    notice
}

/// Tells `boot.js` that the program runs and a file it needs cannot be loaded.
pub fn report_failed_start() {
    tell("failed-start", &"unreachable".into());
}

fn tell(name: &str, detail: &JsValue) {
    let init = CustomEventInit::new();
    init.set_detail(detail);
    if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &init) {
        let _ = super::window().dispatch_event(&event);
    }
}
