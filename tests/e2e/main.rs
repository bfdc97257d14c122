//! The journeys: what people do with the page, in a real browser, against the practice OVHcloud.
//!
//! `DIST` names the built page; `CHROMEDRIVER`, `CHROMIUM` and `AXE` name the tools that
//! `.ci/tools test` sets up. Pictures of every screen are left in `target/screens`, by reader and journey.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a journey that can not go on has failed, and it waits by this machine's clock"
)]

mod browser;
mod checks;
#[allow(dead_code, reason = "the practice tests use more of it")]
#[path = "../it/practice/client.rs"]
mod client;
mod idle;
mod journey;
mod page;
#[path = "../practice/server.rs"]
mod practice;
mod record;
mod steps;
mod words;

mod bad_input;
mod console;
mod deleting;
mod domains;
mod faults;
mod keyboard;
mod keys;
mod languages;
mod lists;
mod mails;
mod many;
mod midway;
mod platforms;
mod presets;
mod quickness;
mod recorded;
mod reloads;
mod results;
mod secrets;
mod setbacks;
mod strictness;
mod tabs;
mod tasks;
mod three_steps;
mod upkeep;
mod verdicts;
mod ways_back;

// The client knows it by this name.
use practice as server;
