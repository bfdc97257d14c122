//! What goes wrong by itself under `--faults`: of a hundred calls about ten.

use super::chance::Chance;

/// How one call is to go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Not performed, 500 with a JSON body.
    Broken,
    /// Not performed, 503 with an HTML page.
    Unavailable,
    /// Not performed, the connection is closed.
    Dropped,
    /// Performed, and the connection is closed without an answer.
    Lost,
    /// Performed, and answered late.
    Slow,
}

/// The fault of the next call, in the order of arrival.
pub fn next(chance: &mut Chance) -> Option<Fault> {
    match chance.below(1000) {
        0..25 => Some(Fault::Broken),
        25..50 => Some(Fault::Unavailable),
        50..70 => Some(Fault::Dropped),
        70..80 => Some(Fault::Lost),
        80..100 => Some(Fault::Slow),
        _ => None,
    }
}
