//! What several screens share: larger pieces than the kit's, which know what the page is about.

pub mod asking;
pub mod connector_form;
pub mod connectors;
pub mod details;
pub mod elsewhere;
pub mod leaving;
pub mod server;
pub mod shown;
pub mod standstill;
