//! The one place that reads the time, and the one that waits.

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

/// Waits until the clock shows a time in milliseconds, or until it was set back.
pub async fn sleep_until(until: u64) {
    let pause = until.saturating_sub(millis());
    super::alarm::pause(i32::try_from(pause).unwrap_or(i32::MAX)).await;
}
