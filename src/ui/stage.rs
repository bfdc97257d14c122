//! The second program's frame: the screen that the wizard is on, and the way to and from it.

use leptos::prelude::*;

use super::dom::{El, after, spawn};
use super::frame::{Parts, station};
use super::kit::{HEADING, busy, button};
use super::sitting::Sitting;
use super::{
    adding, addresses, attaching, connector, details, done, plan, platform, review, upkeep, verify,
    wording, work,
};
use crate::browser::page;
use crate::text::{Text, fill};
use crate::wizard::{Event, Screen};

/// Puts the page together.
pub fn mount(sitting: Sitting) {
    let screen = Memo::new(move |_| sitting.wizard().screen());
    let is_beside = Memo::new(move |_| sitting.wizard().is_beside_the_way());
    let has_platform = Memo::new(move |_| sitting.wizard().platform().is_some());
    sitting.frame.mount(Parts {
        title: Box::new(move |t| wording::screen(t, screen.get())),
        progress: Box::new(move |t| work::progress(sitting, t)),
        stations: Box::new(move |t| stations(sitting, t, screen.get())),
        tools: Box::new(move |t| {
            let leave = move || spawn(sitting.sign_out());
            let mut tools = vec![button(t.sign_out(), leave)];
            tools.splice(0..0, aside(sitting, t, is_beside.get(), has_platform.get()));
            tools
        }),
        main: Box::new(move |_| show(sitting, screen.get())),
        connected: Box::new(move || {
            let t = sitting.frame.text.get();
            fill(t.connected_to(), &[("api", &sitting.api())])
        }),
    });
    // After the new screen is there, it takes the focus; the first one leaves it where it is.
    let mut before = None;
    after(move || {
        let now = screen.get();
        if before.replace(now).is_some_and(|before| before != now) {
            page::scroll_to_top();
            page::focus(HEADING);
        }
    });
}

fn show(sitting: Sitting, screen: Screen) -> Vec<El> {
    match screen {
        // The other program's, which is on its way.
        Screen::SignIn => vec![busy(sitting.words().leaving())],
        Screen::Platform => platform::platform(sitting),
        Screen::Connector => connector::connector(sitting),
        Screen::Review => review::review(sitting),
        Screen::Adding => adding::adding(sitting),
        Screen::Ready => details::ready(sitting),
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
    }
}

/// The way to what is beside the three steps, and back.
fn aside(sitting: Sitting, t: &'static Text, is_beside: bool, has_platform: bool) -> Option<El> {
    let (label, screen) = match (is_beside, has_platform) {
        (true, _) => (t.to_the_steps(), Screen::Ready),
        (false, true) => (t.to_upkeep(), Screen::Connectors),
        (false, false) => return None,
    };
    Some(button(label, move || sitting.on(Event::WentTo(screen))))
}

/// The stations of the way; those behind the user lead back.
fn stations(sitting: Sitting, t: &'static Text, now: Screen) -> Vec<El> {
    if now > Screen::Done {
        return upkeep::places(sitting, t, now);
    }
    let stations = [
        (t.way_sign_in(), Screen::SignIn, Screen::SignIn),
        (t.way_platform(), Screen::Platform, Screen::Platform),
        (t.way_add(), Screen::Connector, Screen::Ready),
        (t.way_attach(), Screen::Addresses, Screen::Attaching),
        (t.way_verify(), Screen::Verify, Screen::Done),
    ];
    let show = |(name, first, last): (&'static str, Screen, Screen)| {
        if (first..=last).contains(&now) {
            return station(name, "now", None);
        }
        if last > now {
            return station(name, "", None);
        }
        let back: Box<dyn FnMut()> = Box::new(move || sitting.on(Event::WentTo(first)));
        station(name, "past", (first != Screen::SignIn).then_some(back))
    };
    stations.map(show).into()
}
