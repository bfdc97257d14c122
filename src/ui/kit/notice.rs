//! Something the user has to know, in words, never by colour alone.

use crate::ovh::Error;
use crate::ui::dom::{El, el, words};
use crate::ui::sitting::Sitting;
use crate::ui::wording;

/// How a notice is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Good,
    Hint,
    Warning,
    Bad,
}

/// A framed message; bad news is read out at once.
pub fn notice(tone: Tone, title: &str, content: Vec<El>) -> El {
    let (class, role) = match tone {
        Tone::Good => ("notice good", "group"),
        Tone::Hint => ("notice hint", "group"),
        Tone::Warning => ("notice warning", "group"),
        Tone::Bad => ("notice bad", "alert"),
    };
    el("div")
        .class(class)
        .attr("role", role)
        .attr("aria-label", title)
        .child(words("p", title).class("title"))
        .children(content)
}

/// A call that failed: what happened, what to do, and the button for it.
pub fn failure(sitting: Sitting, error: &Error, retry: impl Fn() + 'static) -> El {
    let t = sitting.words();
    let explained = wording::error(t, error);
    let button = if error.concerns_all_calls() {
        sign_in_again(sitting, error)
    } else {
        super::button(t.try_again(), retry)
    };
    let mut content = vec![words("p", explained.advice)];
    content.extend(ovh_says(sitting, error));
    content.push(button);
    notice(Tone::Bad, explained.title, content)
}

/// OVHcloud's own words, where there are any.
pub fn ovh_says(sitting: Sitting, error: &Error) -> Option<El> {
    let quoted = wording::quoted(error)?;
    let line = words("p", sitting.words().ovh_says()).text(" ");
    Some(line.child(words("q", &quoted)))
}

/// The way out where the keys are what fails.
pub fn sign_in_again(sitting: Sitting, error: &Error) -> El {
    let error = error.clone();
    super::button(sitting.words().sign_in_again(), move || {
        sitting.keys_failed(error.clone());
    })
}
