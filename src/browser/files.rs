//! Files that a person chose or dropped.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Blob, BlobPropertyBag, DragEvent, Event, HtmlElement, HtmlInputElement, Url};

pub use web_sys::File;

/// The file chosen in the field that an event came from.
pub fn chosen(event: &Event) -> Option<File> {
    let field: HtmlInputElement = event.target()?.dyn_into().ok()?;
    field.files()?.item(0)
}

/// The file that was dropped; none where it was text, which the field takes by itself.
pub fn dropped(event: &Event) -> Option<File> {
    let event: &DragEvent = event.dyn_ref()?;
    event.data_transfer()?.files()?.item(0)
}

/// Hands a text to the person as a file of their downloads.
pub fn save(name: &str, kind: &str, text: &str) {
    let _ = try_save(name, kind, text);
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
    Url::revoke_object_url(&address)
}

/// The first bytes of a file; `None` where it cannot be read any more.
pub async fn read(file: &File, most: f64) -> Option<Vec<u8>> {
    let part = file.slice_with_f64_and_f64(0.0, most).ok()?;
    let buffer = super::settle(part.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}
