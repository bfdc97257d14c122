//! The page, in rooms: each may know those before it, and knows nothing of those behind.
//!
//! - `dom` – elements. `draft` – what is being typed.
//! - `wording` – which words stand for what. `kit` – the few pieces every screen is made of.
//! - `frame` – what both programs begin with, and what stands around every screen.
//! - `session` – the keys. `sitting` – what all screens share, the jobs and the loops that carry them.
//! - `part` – what several screens are made of. `screen` – the screens.
//! - `idle` – locks the page where nobody uses it.
//! - `entry` and `page` – the two programs: [`start_entry`] signs in, [`start_page`] does the rest.
//!
//! A screen holds what is being typed, asks the sitting, and reports what happened; where that
//! leads is the wizard's affair.

pub mod dom;
mod draft;
mod wording;

pub mod kit;

mod frame;
mod session;
mod sitting;

mod part;
mod screen;

mod idle;

mod entry;
mod page;

pub use entry::start_entry;
pub use page::start_page;
