//! One module per screen, or per family of screens; none knows another.

mod adding;
mod addresses;
mod attaching;
mod connector;
mod console;
mod done;
mod plan;
mod platform;
mod ready;
mod record;
mod review;
mod upkeep;
mod verify;

use super::dom::El;
use super::kit::busy;
use super::sitting::Sitting;
use crate::wizard::Screen;

/// What is on a screen.
pub fn show(sitting: Sitting, screen: Screen) -> Vec<El> {
    match screen {
        // The other program's, which is on its way.
        Screen::SignIn => vec![busy(sitting.words().leaving())],
        Screen::Platform => platform::platform(sitting),
        Screen::Connector => connector::connector(sitting),
        Screen::Review => review::review(sitting),
        Screen::Adding => adding::adding(sitting),
        Screen::Ready => ready::ready(sitting),
        Screen::Addresses => addresses::addresses(sitting),
        Screen::Plan => plan::plan(sitting),
        Screen::Attaching => attaching::attaching(sitting),
        Screen::Verify => verify::verify(sitting),
        Screen::Done => done::done(sitting),
        Screen::Connectors => upkeep::connectors(sitting),
        Screen::Details => upkeep::one(sitting),
        Screen::Edit => upkeep::edit(sitting),
        Screen::Authenticate => upkeep::authenticate(sitting),
        Screen::Delete => upkeep::delete(sitting),
        Screen::Domains => upkeep::domains(sitting),
        Screen::Tasks => upkeep::tasks(sitting),
        Screen::Changing => upkeep::changing(sitting),
        Screen::Record => record::record(sitting),
        Screen::Console => console::console(sitting),
    }
}
