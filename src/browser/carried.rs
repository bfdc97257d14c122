//! What a person chose, dropped or pasted: a file or a text. No more of it is read than is wanted, and
//! reading asks nobody.

use js_sys::{Function, JsString, Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Blob, DataTransfer, Event, File, HtmlInputElement};

/// What an event carries.
pub enum Carried {
    File(File),
    Text {
        /// The beginning, as far as it was wanted.
        text: String,
        is_cut: bool,
    },
    Nothing,
}

/// The file that was just chosen.
pub fn chosen_file(event: &Event) -> Option<File> {
    let field: HtmlInputElement = event.target()?.unchecked_into();
    field.files()?.get(0)
}

/// What was dropped or pasted; of a text, the first `most` letters.
pub fn carried(event: &Event, most: usize) -> Carried {
    try_carried(event, limit(most)).unwrap_or(Carried::Nothing)
}

fn try_carried(event: &Event, most: u32) -> Option<Carried> {
    let is_drop = event.type_() == "drop";
    let name = if is_drop {
        "dataTransfer"
    } else {
        "clipboardData"
    };
    let data: DataTransfer = Reflect::get(event, &name.into()).ok()?.dyn_into().ok()?;
    let file = data.files().and_then(|files| files.get(0));
    // A mail dragged out of a program comes as a file with a summary; a copied text may come with a
    // picture of itself.
    if is_drop && file.is_some() {
        return file.map(Carried::File);
    }
    // Taken as the browser's own text: made into the program's, 50 MB of it would take long.
    let read: Function = Reflect::get(&data, &"getData".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let text: JsString = read
        .call1(&data, &"text/plain".into())
        .ok()?
        .dyn_into()
        .ok()?;
    if text.length() > 0 {
        return Some(Carried::Text {
            text: text.slice(0, most).into(),
            is_cut: text.length() > most,
        });
    }
    file.map(Carried::File)
}

fn limit(most: usize) -> u32 {
    u32::try_from(most).unwrap_or(u32::MAX)
}

/// The first bytes of a file; `None` where the browser does not hand them over.
pub async fn beginning(file: &File, most: usize) -> Option<Vec<u8>> {
    let part: Blob = file.slice_with_f64_and_f64(0.0, limit(most).into()).ok()?;
    let buffer: JsValue = super::settle(part.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}
