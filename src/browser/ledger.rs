//! Where a long job stands, kept beyond the tab: local storage, a text for each piece of the job.
//! Nothing secret is in it. It is written at once, so that a piece is there before what it tells of
//! is sent.

use web_sys::Storage;

const PREFIX: &str = "job ";

/// Keeps one piece of the job that has this name; false where storage is full or denied.
pub fn save(job: &str, piece: &str, text: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(&place(job, piece), text).is_ok())
}

pub fn load(job: &str, piece: &str) -> Option<String> {
    storage()?.get_item(&place(job, piece)).ok()?
}

/// Forgets all pieces of a job.
pub fn forget(job: &str) {
    forget_all(&place(job, ""));
}

/// Forgets every job.
pub fn wipe() {
    forget_all(PREFIX);
}

fn place(job: &str, piece: &str) -> String {
    [PREFIX, job, " ", piece].concat()
}

fn forget_all(prefix: &str) {
    let Some(storage) = storage() else { return };
    let names = (0..storage.length().unwrap_or(0)).filter_map(|index| storage.key(index).ok()?);
    let names: Vec<String> = names.filter(|name| name.starts_with(prefix)).collect();
    for name in names {
        let _ = storage.remove_item(&name);
    }
}

fn storage() -> Option<Storage> {
    super::window().local_storage().ok()?
}
