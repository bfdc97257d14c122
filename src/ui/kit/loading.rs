//! Content that OVHcloud is asked for first: waiting, there, or failed with a way to go on.

use leptos::prelude::*;

use super::{busy, failure};
use crate::ovh::Error;
use crate::ui::dom::{El, after, counter, el, spawn};
use crate::ui::sitting::Sitting;

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
        again.0.track();
        arrived.set(0);
        let answer = load();
        spawn(async move {
            let answer = answer.await;
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
            Some(Err(error)) => vec![failure(sitting, &error, move || again.ask())],
        }
    })
}
