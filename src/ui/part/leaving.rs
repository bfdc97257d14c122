//! Leaving for good: the question before it, the ways out, and the record in the person's hands.

use leptos::prelude::*;

use crate::browser::{clock, download, page};
use crate::text::Text;
use crate::ui::dom::{El, el, spawn, words};
use crate::ui::kit::{HEADING, Tone, actions, button, notice};
use crate::ui::sitting::{Kept, Sitting, work};
use crate::ui::wording::Spoken;
use crate::wizard::{Event, Screen};

/// The id of the question; it takes the focus.
pub const QUESTION: &str = "leaving";
/// In milliseconds.
const BEFORE_LEAVING: u64 = 1_000;

/// Whether anything was done.
pub fn has_entries(sitting: Sitting) -> bool {
    sitting
        .record()
        .with(|kept| !kept.record.entries.is_empty())
}

/// The way to the record.
pub fn link(sitting: Sitting, t: &Text) -> El {
    button(t.record(), move || {
        sitting.on(Event::WentTo(Screen::Record));
    })
}

/// Leaves for good; not before a record that is nowhere else was offered, and a job or a change in
/// its middle named.
pub fn leave(sitting: Sitting) {
    let now = sitting.now();
    if now.has_unfinished_job() {
        // What it has done so far goes on the record.
        work::pause(sitting);
    }
    let kept = sitting.record().get_untracked();
    if !is_at_risk(&kept) && !now.is_halfway() {
        return spawn(sitting.sign_out());
    }
    if !kept.is_leaving {
        // Where a connector is on its way, nothing leads away from it: it is asked there.
        sitting.on(Event::WentTo(Screen::Record));
        sitting.record().update(|kept| kept.is_leaving = true);
    }
    spawn(async {
        leptos::task::tick().await;
        page::focus(QUESTION);
    });
}

/// The place of the question to whoever wants to leave.
pub fn question(sitting: Sitting, t: &'static Text) -> El {
    // A job at work changes the wizard all the time: the question stands still.
    let is_asked = Memo::new(move |_| sitting.record().with(|kept| kept.is_leaving));
    let is_at_risk = Memo::new(move |_| sitting.record().with(is_at_risk));
    let has_job = Memo::new(move |_| sitting.wizard().has_unfinished_job());
    let has_change = Memo::new(move |_| sitting.wizard().has_unfinished_change());
    let ask = move || {
        let job = has_job.get().then(|| t.record_leaving_job());
        let change = has_change.get().then(|| t.record_leaving_change());
        let record = is_at_risk.get().then(|| t.record_leaving_text());
        let said = [job, change, record].into_iter().flatten();
        let mut content: Vec<El> = said.map(|said| words("p", said)).collect();
        let is_halfway = job.is_some() || change.is_some();
        let title = if is_at_risk.get() && !is_halfway {
            t.record_leaving()
        } else {
            t.leaving_halfway()
        };
        // From a connector that is on its way nothing leads away.
        let to_job = job.is_some() && sitting.now().screen() == Screen::Record;
        let label = if to_job {
            t.leaving_to_job()
        } else {
            t.back_stay()
        };
        let stay = button(label, move || {
            sitting.record().update(|kept| kept.is_leaving = false);
            if to_job {
                sitting.on(Event::WentTo(Screen::Attaching));
            } else {
                page::focus(HEADING);
            }
        });
        let mut buttons = ways_out(sitting, t, is_at_risk.get());
        // What is in its middle is better waited for.
        let place = if is_halfway { 0 } else { buttons.len() };
        buttons.insert(place, stay);
        let buttons = buttons.into_iter().enumerate();
        let class = |place| if place == 0 { "main" } else { "" };
        content.extend(buttons.map(|(place, button)| button.class(class(place))));
        let asked = notice(Tone::Warning, title, content);
        asked.id(QUESTION).attr("tabindex", "-1")
    };
    el("div").live(move || is_asked.get().then(ask).into_iter().collect())
}

/// Whether signing out loses something of it.
pub fn is_at_risk(kept: &Kept) -> bool {
    !kept.is_saved && !kept.record.entries.is_empty()
}

/// The buttons that sign out, or leave where nobody is signed in; each says what becomes of the record,
/// and the first loses nothing of it.
pub fn ways_out(sitting: Sitting, t: &Text, is_at_risk: bool) -> Vec<El> {
    let go = move || spawn(sitting.sign_out());
    if !is_at_risk {
        let label = if sitting.is_by_hand() {
            t.leave()
        } else {
            t.sign_out()
        };
        return vec![button(label, go)];
    }
    let [save, leave] = if sitting.is_by_hand() {
        [t.save_and_leave(), t.leave_unsaved()]
    } else {
        [t.save_and_sign_out(), t.sign_out_unsaved()]
    };
    let save_and_go = move || {
        if hand_out(sitting) {
            spawn(async move {
                // The browser reads the file from this page, which is about to go.
                clock::sleep_until(clock::millis() + BEFORE_LEAVING).await;
                sitting.sign_out().await;
            });
        }
    };
    vec![button(save, save_and_go), button(leave, go)]
}

/// The ways to keep it, where there is something in it.
pub fn keepsakes(sitting: Sitting, t: &'static Text) -> Vec<El> {
    if !has_entries(sitting) {
        return Vec::new();
    }
    vec![
        words("p", t.record_offer()),
        actions(vec![save_button(sitting, t), link(sitting, t)]),
    ]
}

pub fn save_button(sitting: Sitting, t: &'static Text) -> El {
    button(t.save_record(), move || {
        hand_out(sitting);
    })
}

/// Hands the record to the person; false where the browser makes no file of it.
fn hand_out(sitting: Sitting) -> bool {
    let t = sitting.words();
    let record = sitting.record().get_untracked().record;
    let text = record.to_text(&Spoken::new(t, &record));
    let text = [t.record_title(), "\n\n", &text].concat();
    let name = [t.record_file(), ".txt"].concat();
    let is_saved = download::save(&name, "text/plain;charset=utf-8", &text);
    if is_saved {
        sitting.record().update(|kept| kept.is_saved = true);
    }
    is_saved
}
