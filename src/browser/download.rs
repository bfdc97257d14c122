//! Files that the page makes and hands to the person.

use js_sys::Array;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlElement, Url};

/// How long what was made stays readable, in milliseconds.
const KEPT: i32 = 60_000;

/// Hands a text to the person as a file of their downloads; false where it cannot be made.
pub fn save(name: &str, kind: &str, text: &str) -> bool {
    try_save(name, kind, text).is_ok()
}

fn try_save(name: &str, kind: &str, text: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let document = super::window().document().ok_or(JsValue::UNDEFINED)?;
    let link: HtmlElement = document.create_element("a")?.unchecked_into();
    link.set_attribute("href", &address)?;
    link.set_attribute("download", name)?;
    link.click();
    // Safari begins to read only later.
    wasm_bindgen_futures::spawn_local(async move {
        super::alarm::pause(KEPT).await;
        let _ = Url::revoke_object_url(&address);
    });
    Ok(())
}
