//! Jobs that take longer than one call, as machines that do no I/O: `next(now)` says what to send
//! or how long to wait, `heard(now, answer)` takes in what came back; and how fast calls may follow
//! each other. Times are in milliseconds.

pub mod adding;
pub mod assigning;
pub mod census;
pub mod changing;
pub(crate) mod dice;
pub mod order;
pub mod pace;
mod time;
pub mod turns;
pub mod watching;

/// What a job wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next<Question> {
    /// Ask this, then tell the job what was heard.
    Send(Question),
    /// Nothing to do before this time.
    Wait {
        until: u64,
    },
    Finished,
}

const LONGEST_PAUSE: u64 = 8_000;

/// The time at which something is due, which is now where it lies too far ahead: then the clock
/// was set back, and whoever was told that it is wrong does just that.
fn due(at: u64, now: u64) -> u64 {
    if at > now + LONGEST_PAUSE { now } else { at }
}

/// The pause before reading again what has been read `times` times: short at first, since most
/// work of OVHcloud's is done in seconds, then longer, so that nothing is hammered.
fn pause(times: u32) -> u64 {
    match times {
        0 => 1_000,
        1..4 => 2_000,
        4..12 => 4_000,
        _ => LONGEST_PAUSE,
    }
}
