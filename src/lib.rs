//! Adds, attaches and verifies send connectors of OVHcloud Exchange.

pub mod config;
pub mod ovh;
pub mod run;
pub mod wizard;
