//! The only module that touches the browser. It decides nothing of the work.

pub mod alarm;
pub mod carried;
pub mod clock;
pub mod download;
pub mod fetch;
pub mod handover;
pub mod intl;
pub mod ledger;
pub mod lock;
pub mod page;
pub mod storage;
pub mod url;
pub mod vault;

use wasm_bindgen::{JsValue, UnwrapThrowExt as _};

/// The window. A page without one cannot run this program.
fn window() -> web_sys::Window {
    web_sys::window().unwrap_throw()
}

/// A promise's value, or what it was rejected with.
async fn settle(promise: js_sys::Promise) -> Result<JsValue, JsValue> {
    wasm_bindgen_futures::JsFuture::from(promise).await
}
