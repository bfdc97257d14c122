//! The page: one function per screen, and the kit they are made of.
//!
//! A screen holds what is being typed, asks the sitting, and reports what happened; where that
//! leads is the wizard's affair.

mod adding;
mod addresses;
mod attaching;
mod connector;
mod connector_form;
mod details;
mod dom;
mod done;
mod drive;
mod frame;
mod kit;
mod picture;
mod platform;
mod review;
mod sign_in;
mod sitting;
mod start;
mod verify;
mod wording;

pub use start::start;
