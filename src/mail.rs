//! Stub.
pub mod verdict;
