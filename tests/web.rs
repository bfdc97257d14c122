//! What can only be tested in a browser: parts of the page on their own, without the whole of it.
#![cfg(target_arch = "wasm32")]

use wasm_bindgen_test::wasm_bindgen_test_configure;

#[path = "web/markup.rs"]
mod markup;
#[path = "web/url.rs"]
mod url;
#[path = "web/vault.rs"]
mod vault;

wasm_bindgen_test_configure!(run_in_browser);
