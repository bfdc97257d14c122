//! Files that a person chose or dropped.

use js_sys::Uint8Array;
use wasm_bindgen::JsCast as _;
use web_sys::{DragEvent, Event, HtmlInputElement};

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

/// The first bytes of a file; `None` where it cannot be read any more.
pub async fn read(file: &File, most: f64) -> Option<Vec<u8>> {
    let part = file.slice_with_f64_and_f64(0.0, most).ok()?;
    let buffer = super::settle(part.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}
