//! What is said where the job is in another tab.

use leptos::prelude::*;

use crate::text::Text;
use crate::ui::dom::{El, words};
use crate::ui::kit::{Tone, button, notice};
use crate::ui::sitting::Sitting;
use crate::ui::sitting::work::{self, Others};
use crate::wizard::{Screen, Stage};

/// What is said while another tab has the job, and after it has left it.
pub fn elsewhere(sitting: Sitting, t: &Text) -> Vec<El> {
    match sitting.work.others.get() {
        Others::Away => Vec::new(),
        Others::AtWork => {
            let advice = words("p", t.elsewhere_advice());
            vec![notice(Tone::Warning, t.elsewhere(), vec![advice])]
        }
        Others::Left => {
            let show = button(t.left_show(), move || work::show_left(sitting));
            let mut content = vec![words("p", t.left_advice())];
            let wizard = sitting.wizard();
            if wizard.job() == Some(Stage::Ended) && wizard.screen() == Screen::Attaching {
                content.push(words("p", t.left_replaces()));
            }
            content.push(show);
            vec![notice(Tone::Hint, t.left(), content)]
        }
    }
}
