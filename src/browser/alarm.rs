//! Pauses that last as long in a tab in the background as in one that is looked at: a worker counts
//! them (`boot/alarm.js`). Where there can be none, the page's own timers do.

use std::cell::RefCell;

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{MessageEvent, Worker};

use super::{page, settle, window};

/// The worker, and who waits for it.
enum Alarm {
    NotAsked,
    There(Worker),
    /// It could not be loaded.
    None,
}

thread_local! {
    static ALARM: RefCell<Alarm> = const { RefCell::new(Alarm::NotAsked) };
    static WAITING: RefCell<Vec<(u32, Function)>> = const { RefCell::new(Vec::new()) };
}

/// Waits so many milliseconds, or less where the worker breaks off.
pub async fn pause(milliseconds: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        if !ask_worker(milliseconds, &resolve) {
            let _ = window()
                .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
        }
    });
    let _ = settle(promise).await;
}

fn ask_worker(milliseconds: i32, resolve: &Function) -> bool {
    ALARM.with_borrow_mut(|alarm| {
        if let Alarm::NotAsked = alarm {
            *alarm = start().map_or(Alarm::None, Alarm::There);
        }
        let Alarm::There(worker) = alarm else {
            return false;
        };
        let id = WAITING.with_borrow_mut(|waiting| {
            let id = waiting.last().map_or(0, |(last, _)| last.wrapping_add(1));
            waiting.push((id, resolve.clone()));
            id
        });
        let message = Array::of2(&id.into(), &milliseconds.into());
        worker.post_message(&message).is_ok()
    })
}

fn start() -> Option<Worker> {
    let (file, _) = page::named_file("alarm")?;
    let worker = Worker::new(&file).ok()?;
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| {
        let id = event.data().as_f64();
        let over = WAITING.with_borrow_mut(|waiting| {
            let place = waiting
                .iter()
                .position(|(known, _)| Some(f64::from(*known)) == id)?;
            Some(waiting.remove(place).1)
        });
        if let Some(over) = over {
            let _ = over.call0(&JsValue::NULL);
        }
    });
    worker.set_onmessage(Some(heard.into_js_value().unchecked_ref()));
    let failed = Closure::<dyn FnMut()>::new(|| {
        ALARM.set(Alarm::None);
        // Whoever waits looks at the clock anyway.
        for (_, over) in WAITING.take() {
            let _ = over.call0(&JsValue::NULL);
        }
    });
    worker.set_onerror(Some(failed.into_js_value().unchecked_ref()));
    Some(worker)
}
