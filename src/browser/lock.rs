//! A name that one tab of this browser holds at a time (Web Locks).

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::{settle, window};

/// Held until it is dropped, or the tab is closed.
pub struct Lock {
    /// `None` in a browser without locks.
    release: Option<Function>,
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some(release) = &self.release {
            let _ = release.call0(&JsValue::NULL);
        }
    }
}

/// Takes a name if no other tab holds it.
pub async fn take(name: &str) -> Option<Lock> {
    request(name, true).await
}

/// Takes a name as soon as no other tab holds it.
pub async fn wait_for(name: &str) -> Option<Lock> {
    request(name, false).await
}

async fn request(name: &str, only_if_free: bool) -> Option<Lock> {
    let locks: JsValue = Reflect::get(&window().navigator(), &"locks".into()).ok()?;
    let Ok(Ok(request)) = Reflect::get(&locks, &"request".into()).map(JsCast::dyn_into::<Function>)
    else {
        return Some(Lock { release: None });
    };
    let options = Object::new();
    let _ = Reflect::set(&options, &"ifAvailable".into(), &only_if_free.into());
    let mut asked = Err(JsValue::UNDEFINED);
    let answer = Promise::new(&mut |answer, _| {
        // What this returns is waited for before the name is free again.
        let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
            if lock.is_null() {
                let _ = answer.call1(&JsValue::NULL, &JsValue::NULL);
                return JsValue::NULL;
            }
            let held = Promise::new(&mut |release, _| {
                let _ = answer.call1(&JsValue::NULL, &release);
            });
            held.into()
        });
        asked = request.call3(&locks, &name.into(), &options, &granted);
    });
    // What was asked for ends with the lock, or at once where the browser refuses: a page that may
    // keep nothing may have no locks either.
    let Ok(asked) = asked else {
        return Some(Lock { release: None });
    };
    match settle(Promise::race(&Array::of2(&answer, &asked))).await {
        Ok(release) => release.dyn_into().ok().map(|release| Lock {
            release: Some(release),
        }),
        Err(_) => Some(Lock { release: None }),
    }
}
