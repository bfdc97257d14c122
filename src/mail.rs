//! Reads the header of a mail, however badly it was pasted, and judges which way the mail took.
//! Knows nothing of OVHcloud's API, of any page, or of the time of day.

pub mod address;
pub mod authentication;
pub mod date;
pub mod file;
pub mod header;
pub mod journey;
pub mod judged;
pub mod provider;
pub mod received;
mod scan;
pub mod verdict;
