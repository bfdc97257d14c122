//! Content that OVHcloud is asked for first: waiting, there, or failed with a way on.

use leptos::prelude::*;

use crate::browser::{clock, page};
use crate::ovh::Error;
use crate::ui::dom::{El, after, counter, el, spawn, words};
use crate::ui::kit::{Tone, busy, button, failure, notice, ovh_says};
use crate::ui::sitting::Sitting;
use crate::ui::wording;

/// A wait that is longer is told, in milliseconds.
const NOTICEABLE: u64 = 1_500;

/// Asks once more.
#[derive(Clone, Copy)]
pub struct Again(RwSignal<u32>);

impl Again {
    pub fn ask(self) {
        self.0.update(|times| *times += 1);
    }
}

/// Shows `waiting` until `load` is through, then what it brought, or why it failed.
pub fn loading<T, Loading>(
    sitting: Sitting,
    waiting: &'static str,
    load: impl Fn() -> Loading + 'static,
    show: impl Fn(T, Again) -> Vec<El> + 'static,
) -> El
where
    T: 'static,
    Loading: Future<Output = Result<T, Error>> + 'static,
{
    let again = Again(counter());
    let loaded = StoredValue::new_local(None::<Result<T, Error>>);
    // The content is taken out once; the signal says that there is something to take.
    let arrived = counter();
    after(move || {
        let turn = again.0.get();
        arrived.set(0);
        let answer = load();
        // Whoever sees nothing is told of a wait that is one, and of its end.
        let is_told = StoredValue::new(false);
        spawn(async move {
            clock::sleep_until(clock::millis() + NOTICEABLE).await;
            let is_this = again.0.try_get_untracked() == Some(turn);
            if is_this && arrived.try_get_untracked() == Some(0) {
                is_told.try_set_value(true);
                page::announce(waiting);
            }
        });
        spawn(async move {
            let answer = answer.await;
            if answer.is_ok() && is_told.try_get_value() == Some(true) {
                page::announce(sitting.words().arrived());
            }
            // Nothing is left to show it in where the user has gone on.
            if loaded
                .try_update_value(|loaded| *loaded = Some(answer))
                .is_some()
            {
                arrived.try_update(|times| *times += 1);
            }
        });
    });
    el("div").live(move || {
        arrived.track();
        match loaded.try_update_value(Option::take).flatten() {
            None => vec![busy(waiting)],
            Some(Ok(content)) => show(content, again),
            Some(Err(error)) => vec![failed(sitting, &error, move || again.ask())],
        }
    })
}

/// A call that failed, with the way on: new keys where the keys are what fails, else once more.
pub fn failed(sitting: Sitting, error: &Error, retry: impl FnMut() + 'static) -> El {
    let t = sitting.words();
    let button = if error.concerns_all_calls() {
        sign_in_again(sitting, error)
    } else {
        button(t.try_again(), retry)
    };
    failure(t, error, button)
}

/// What OVHcloud did not accept, and why, with the way back.
pub fn refused(sitting: Sitting, title: &str, error: &Error, back: El) -> El {
    let t = sitting.words();
    let explained = wording::error(t, error);
    let mut content = vec![
        words("p", explained.title)
            .text(". ")
            .text(explained.advice),
    ];
    content.extend(ovh_says(t, error));
    if error.concerns_all_calls() {
        content.push(sign_in_again(sitting, error));
    }
    content.push(back);
    notice(Tone::Bad, title, content)
}

/// The way out where the keys are what fails.
pub fn sign_in_again(sitting: Sitting, error: &Error) -> El {
    let error = error.clone();
    let again = button(sitting.words().sign_in_again(), move || {
        sitting.keys_failed(error.clone());
    });
    again.class("main")
}
