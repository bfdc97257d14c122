//! What a question of step 3 came to.

use crate::mail::file;
use crate::mail::judged::Judged;

/// What the check came to. It outlives a change of language.
pub enum Checked {
    Judged(Box<Judged>),
    /// The file is no mail.
    WrongFile(file::Kind),
    /// The browser did not hand the file over.
    NoFile,
}
