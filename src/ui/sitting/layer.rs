//! What lies over a screen for a while, the review over its form: the focus goes along, and the
//! browser's Back takes it away before it leads to another screen.

use leptos::prelude::*;

use super::Sitting;
use crate::browser::page;
use crate::ui::dom::after;

/// Takes one away; false where it was not there any more.
type Close = Box<dyn Fn() -> bool>;

/// Those of the screen that were put there, the uppermost last, and some that are gone since.
#[derive(Clone, Copy)]
pub struct Layers(StoredValue<Vec<Close>, LocalStorage>);

impl Layers {
    pub fn new() -> Self {
        Self(StoredValue::new_local(Vec::new()))
    }

    fn open(self, close: Close) {
        self.0.update_value(|layers| layers.push(close));
    }

    /// Takes the uppermost away; false where the screen itself is seen.
    pub fn close(self) -> bool {
        let next = || self.0.try_update_value(Vec::pop).flatten();
        std::iter::from_fn(next).any(|close| close())
    }

    /// They went with their screen.
    pub fn forget(self) {
        self.0.set_value(Vec::new());
    }
}

/// Whatever `layer` holds besides `none` lies over the screen. With it the focus goes to `above`,
/// and back to `below`; both are ids.
pub fn follow<T>(sitting: Sitting, layer: RwSignal<T>, none: T, [above, below]: [&'static str; 2])
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let mut was_there = None;
    after(move || {
        let is_there = layer.with(|now| *now != none);
        if is_there {
            let none = none.clone();
            let close = move || {
                let held = layer.try_get_untracked();
                let is_there = held.is_some_and(|held| held != none);
                if is_there {
                    layer.set(none.clone());
                }
                is_there
            };
            sitting.layers.open(Box::new(close));
        }
        if was_there.replace(is_there).unwrap_or_default() != is_there {
            page::focus(if is_there { above } else { below });
        }
    });
}
