//! The page: one function per screen, and the kit they are made of.
//!
//! A screen holds what is being typed, asks the sitting, and reports what happened; where that
//! leads is the wizard's affair. The page is two programs: [`start_entry`] signs in, [`start_page`]
//! does the rest.

mod adding;
mod addresses;
mod asking;
mod attaching;
mod connector;
mod connector_form;
mod console;
mod details;
pub mod dom;
mod done;
mod draft;
mod drive;
mod entry;
mod frame;
mod idle;
mod keeping;
pub mod kit;
mod layer;
mod picture;
mod plan;
mod platform;
mod record;
mod review;
mod server;
mod session;
mod shown;
mod sign_in;
mod sitting;
mod stage;
mod start;
mod upkeep;
mod verify;
mod wording;
mod work;

pub use entry::start_entry;
pub use start::start_page;
