//! Adds, attaches and verifies send connectors of OVHcloud Exchange.

#[cfg(feature = "web")]
pub mod browser;
pub mod config;
pub mod json;
pub mod mail;
pub mod ovh;
pub mod run;
pub mod text;
#[cfg(feature = "web")]
pub mod ui;
pub mod wizard;
