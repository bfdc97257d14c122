//! .

mod mail;
