//! Where a long job stands, kept beyond the tab: local storage, a text for each piece of the job.
//! Nothing secret is in it. It is written at once, so that a piece is there before what it tells of
//! is sent.

use std::collections::BTreeSet;

use web_sys::Storage;

const PREFIX: &str = "job ";

/// Keeps one piece of the job that has this name; false where storage is full or denied.
pub fn save(job: &str, piece: &str, text: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(&place(job, piece), text).is_ok())
}

pub fn load(job: &str, piece: &str) -> Option<String> {
    storage()?.get_item(&place(job, piece)).ok()?
}

/// Forgets one piece of a job, which is possible even where storage is full.
pub fn forget_piece(job: &str, piece: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&place(job, piece));
    }
}

/// Forgets all pieces of a job.
pub fn forget(job: &str) {
    for name in names(&place(job, "")) {
        if let Some(storage) = storage() {
            let _ = storage.remove_item(&name);
        }
    }
}

/// The names of all jobs that are kept.
pub fn jobs() -> BTreeSet<String> {
    let names = names(PREFIX).into_iter();
    let jobs = names.filter_map(|name| {
        let (job, _piece) = name.strip_prefix(PREFIX)?.rsplit_once(' ')?;
        Some(job.to_owned())
    });
    jobs.collect()
}

fn place(job: &str, piece: &str) -> String {
    [PREFIX, job, " ", piece].concat()
}

/// What is stored under names that begin so.
fn names(prefix: &str) -> Vec<String> {
    let Some(storage) = storage() else {
        return Vec::new();
    };
    let names = (0..storage.length().unwrap_or(0)).filter_map(|index| storage.key(index).ok()?);
    names.filter(|name| name.starts_with(prefix)).collect()
}

fn storage() -> Option<Storage> {
    super::window().local_storage().ok()?
}
