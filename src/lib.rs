//! Adds, attaches and verifies send connectors of OVHcloud Exchange, as a page of static files.
//!
//! In reading order:
//!
//! - [`ovh`] – requests and answers of OVHcloud's API as values: keys, signature, clock, one struct
//!   per call, errors sorted by what the user can do. It sends nothing itself.
//! - [`mail`] – reads the header of a mail and judges which way the mail took.
//! - [`list`], [`csv`], [`roster`] – addresses as people have them and as a platform has them.
//! - [`run`] – the jobs that take more than one call, as machines: adding a connector, changing or
//!   deleting one, setting the connector of many addresses, finding out who uses which, watching
//!   OVHcloud's tasks. They say what to ask next and hear what came back. And the pace of it all.
//! - [`wizard`] – where the user is and what is settled; the forms, and what makes them valid.
//! - [`record`] – what was done, to print and to keep.
//! - [`config`] – what a deployment may set. [`text`] – every word on the screen, by language.
//! - [`json`] – reading and writing JSON by name. [`printable`] – what others wrote, made safe to show.
//! - `browser` – the only module that touches the browser: fetch, clock, storage, the page.
//! - `ui` – the screens, drawn from all of the above, in two programs: `entry.rs` signs in, `main.rs`
//!   does the rest: the three steps, what looks after what is there, the way by hand without keys.
//!   `boot.js` starts the one that is needed and hands over between them.
//!
//! What must stay true:
//!
//! - `mail` knows nothing of OVHcloud's API, `ovh` nothing of mail headers; neither knows Leptos.
//! - Only `browser::clock` reads the time; everything else is told it.
//! - Only `ovh::sign` reads the keys, and `Keys::to_sealable`, for `browser::vault`; only `ovh::shown`
//!   looks for a password in a request, to leave it out of what is shown and kept. Nothing that can
//!   be shown or stored holds one, but for the sealed keys in `browser::vault`.
//! - `ui` builds no URL of the API and matches no HTTP status; `browser` decides nothing of
//!   the work.
//! - Only `Wizard::on` changes the screen, and `Wizard::restored` after a reload; only the jobs in `run` decide what is sent next. A job is
//!   stored before anything of it is sent, as far as the browser can store; one tab at a time adds a
//!   connector to a platform, and one holds a job over many addresses, where the browser has locks
//!   (over https, or on this computer).
//! - Without the feature `web`, nothing of the browser compiles: `cargo test --no-default-features`
//!   fails where a pure module touches it.

#[cfg(feature = "web")]
pub mod browser;
pub mod config;
pub mod csv;
pub mod json;
pub mod list;
pub mod mail;
pub mod ovh;
pub mod printable;
pub mod record;
pub mod roster;
pub mod run;
pub mod text;
#[cfg(feature = "web")]
pub mod ui;
pub mod wizard;
