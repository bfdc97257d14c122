//! What outlives a reload and ends with the tab: session storage, and never a secret in the clear.

/// The text kept under a name.
pub fn load(name: &str) -> Option<String> {
    storage()?.get_item(name).ok()?
}

/// Keeps a text; false where storage is full or denied, and a reload would lose it.
pub fn save(name: &str, text: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(name, text).is_ok())
}

/// Forgets one text.
pub fn forget(name: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(name);
    }
}

/// Forgets everything.
pub fn wipe() {
    if let Some(storage) = storage() {
        let _ = storage.clear();
    }
}

fn storage() -> Option<web_sys::Storage> {
    super::window().session_storage().ok()?
}
