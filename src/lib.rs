//! Adds, attaches and verifies send connectors of OVHcloud Exchange.

pub mod mail;
