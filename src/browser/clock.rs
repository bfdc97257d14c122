//! The one place that reads the time, and the one that waits.

use wasm_bindgen::UnwrapThrowExt as _;

/// Milliseconds since 1970, by this computer's clock.
#[allow(
    clippy::disallowed_methods,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the clock is read here and nowhere else; it shows a positive whole number"
)]
pub fn millis() -> u64 {
    js_sys::Date::now() as u64
}

/// Seconds since 1970, by this computer's clock.
pub fn seconds() -> u64 {
    millis() / 1_000
}

/// Waits until the clock shows a time in milliseconds.
pub async fn sleep_until(until: u64) {
    let pause = until.saturating_sub(millis());
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let pause = i32::try_from(pause).unwrap_or(i32::MAX);
        super::window()
            .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, pause)
            .unwrap_throw();
    });
    let _ = super::settle(promise).await;
}
