//! What keeps a job from going on, for a while or until somebody mends it.

use super::asking::sign_in_again;
use crate::browser::clock;
use crate::ovh::Error;
use crate::run::assigning::Assigning;
use crate::text::Text;
use crate::ui::dom::{El, words};
use crate::ui::kit::{Tone, button, notice, ovh_says};
use crate::ui::sitting::{Sitting, work};
use crate::ui::wording;

/// A pause that is longer than this is told, in milliseconds.
const LONG: u64 = 2_000;

/// Why nothing goes on.
#[derive(Clone, PartialEq)]
pub enum Standstill {
    /// It waits for something to pass, and tries again by itself.
    Holding {
        why: Error,
        /// A rest that OVHcloud asked for is kept, whoever presses what.
        is_owed: bool,
    },
    /// Every further call would fail alike.
    Halted(Error),
}

impl Standstill {
    /// What there is now, where `before` was told last: a wait that takes long enough to wonder is
    /// told until something goes well again.
    pub fn of(machine: &Assigning, before: Option<&Self>) -> Option<Self> {
        if let Some(error) = machine.halted() {
            return Some(Self::Halted(error.clone()));
        }
        let now = clock::millis();
        let holding = machine.holding(now);
        let is_long = holding.is_some_and(|held| held.until > now + LONG);
        let was_told = matches!(before, Some(Self::Holding { .. }));
        let why = holding.map(|held| held.why).or(machine.trouble());
        let why = why.filter(|_| is_long || was_told)?;
        // Not to be drawn anew for the moment in which it is tried whether the rest was enough.
        let is_rest = matches!(why, Error::TooFast { .. });
        Some(Self::Holding {
            why: why.clone(),
            is_owed: is_rest || holding.is_some_and(|held| held.is_owed),
        })
    }
}

/// What it is, and what can be done about it, with more to press.
pub fn show(sitting: Sitting, t: &'static Text, standstill: &Standstill, more: Vec<El>) -> El {
    let go_on = move |label| button(label, move || work::go_on(sitting, |_| {}));
    let (error, tone, kept) = match standstill {
        Standstill::Holding { why, .. } => (why, Tone::Warning, t.holding_text()),
        Standstill::Halted(error) => (error, Tone::Bad, t.halted_text()),
    };
    let explained = wording::error(t, error);
    let (title, advice) = match standstill {
        Standstill::Holding { is_owed: true, .. } => (t.error_too_fast(), t.holding_owed()),
        Standstill::Halted(Error::NotFound) => (t.halted_not_found(), t.halted_not_found_advice()),
        _ => (explained.title, explained.advice),
    };
    let mut content = vec![words("p", advice).text(" ").text(kept)];
    content.extend(ovh_says(t, error));
    match standstill {
        Standstill::Holding { is_owed, .. } if !is_owed => content.push(go_on(t.try_now())),
        Standstill::Holding { .. } => {}
        Standstill::Halted(error) => {
            if error.concerns_all_calls() {
                content.push(sign_in_again(sitting, error));
            }
            content.push(go_on(t.resume()));
        }
    }
    content.extend(more);
    notice(tone, title, content)
}
