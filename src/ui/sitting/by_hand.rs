//! Moving on the way by hand, and back in the browser's history.

use super::Sitting;
use crate::browser::page;
use crate::wizard::console::{self, Event, Step};
use crate::wizard::{self, Screen};

/// One step back.
pub fn back(sitting: Sitting) {
    let _ = go(sitting, Event::WentBack);
}

/// Goes on, or says why an answer leads no further.
pub fn go(sitting: Sitting, event: Event) -> Result<(), console::Problem> {
    let console = sitting.now().console().cloned().unwrap_or_default();
    let console = console.on(event)?;
    let has_step_before = console.step() != Step::Platform;
    sitting.on(wizard::Event::ConsoleMoved(Box::new(console)));
    if has_step_before {
        expect_back();
    }
    Ok(())
}

/// By hand all steps are one screen. Behind the first step, that screen is in the history twice:
/// whoever goes back comes to it once more, and then to the step before.
fn expect_back() {
    if !expects_back() {
        page::set_fragment(Screen::Console.as_str(), true);
    }
}

pub fn expects_back() -> bool {
    page::is_before(Screen::Console.as_str())
}
