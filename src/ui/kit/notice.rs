//! Something the user has to know, in words, never by colour alone.

use crate::ovh::Error;
use crate::text::Text;
use crate::ui::dom::{El, el, words};
use crate::ui::wording::{self, Tone};

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
pub fn failure(t: &Text, error: &Error, button: El) -> El {
    let explained = wording::error(t, error);
    let mut content = vec![words("p", explained.advice)];
    content.extend(ovh_says(t, error));
    content.push(button);
    notice(Tone::Bad, explained.title, content)
}

/// OVHcloud's own words, where there are any.
pub fn ovh_says(t: &Text, error: &Error) -> Option<El> {
    let quoted = wording::quoted(error)?;
    // Not its words, but what it takes to go on.
    let label = match error {
        Error::RightMissing { .. } => t.missing_right(),
        _ => t.ovh_says(),
    };
    let line = words("p", label).text(" ");
    // In whichever language the page is, OVHcloud says it in English.
    Some(line.child(words("q", &quoted).attr("lang", "en")))
}
