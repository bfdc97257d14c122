//! The flows of the page through its public API, natively.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod client;
mod mail;
mod practice;
mod signature;
