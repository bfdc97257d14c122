//! The second program's frame: the screen that the wizard is on, and the way to and from it.

use leptos::prelude::*;

use super::dom::{El, after, spawn};
use super::frame::{Parts, station};
use super::kit::{HEADING, busy, button};
use super::sitting::Sitting;
use super::{
    adding, addresses, attaching, connector, console, details, done, idle, plan, platform, record,
    review, upkeep, verify, wording, work,
};
use crate::browser::page;
use crate::text::{Text, fill};
use crate::wizard::{Event, Screen};

/// Puts the page together.
pub fn mount(sitting: Sitting) {
    let screen = Memo::new(move |_| sitting.wizard().screen());
    let is_beside = Memo::new(move |_| sitting.wizard().is_beside_the_way());
    // By hand, nothing can be looked after: nobody is asked.
    let has_platform =
        Memo::new(move |_| sitting.wizard().platform().is_some() && !sitting.is_by_hand());
    let has_record = Memo::new(move |_| record::has_entries(sitting));
    sitting.frame.mount(Parts {
        title: Box::new(move |t| wording::screen(t, screen.get())),
        progress: Box::new(move |t| work::progress(sitting, t)),
        way: Box::new(move |t| {
            if is_beside.get() {
                t.to_upkeep()
            } else {
                t.way_label()
            }
        }),
        stations: Box::new(move |t| stations(sitting, t, screen.get())),
        tools: Box::new(move |t| {
            let leave = if sitting.is_by_hand() {
                t.leave()
            } else {
                t.sign_out()
            };
            let leave = button(leave, move || record::leave(sitting));
            let link = has_record.get().then(|| record::link(sitting, t));
            let aside = aside(sitting, t, is_beside.get(), has_platform.get());
            aside.into_iter().chain(link).chain([leave]).collect()
        }),
        main: Box::new(move |_| show(sitting, screen.get())),
        has_keys: !sitting.is_by_hand(),
        connected: Box::new(move || {
            let t = sitting.frame.text.get();
            let says = if sitting.is_by_hand() {
                t.not_connected()
            } else {
                t.connected_to()
            };
            fill(says, &[("api", &sitting.api())])
        }),
    });
    if !sitting.is_by_hand() {
        idle::watch(sitting);
    }
    // After the new screen is there, it takes the focus; the first one leaves it where it is.
    let mut before = None;
    after(move || {
        let now = screen.get();
        if before.replace(now).is_some_and(|before| before != now) {
            // In another language `main` is drawn behind this.
            spawn(async {
                leptos::task::tick().await;
                page::scroll_to_top();
                page::focus(HEADING);
                // A question, where there is one, comes first.
                page::focus(record::QUESTION);
            });
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
        Screen::Record => record::record(sitting),
        Screen::Console => console::console(sitting),
    }
}

/// The way to what is beside the three steps, and back.
fn aside(sitting: Sitting, t: &'static Text, is_beside: bool, has_platform: bool) -> Option<El> {
    let label = match (is_beside, has_platform) {
        (true, _) => t.to_the_steps(),
        (false, true) => t.to_upkeep(),
        (false, false) => return None,
    };
    Some(button(label, move || {
        let screen = if is_beside {
            sitting.now().back_to_steps()
        } else {
            Screen::Connectors
        };
        sitting.on(Event::WentTo(screen));
    }))
}

/// The stations of the way; those behind the user lead back.
fn stations(sitting: Sitting, t: &'static Text, now: Screen) -> Vec<El> {
    if sitting.now().is_beside_the_way() {
        return upkeep::places(sitting, t, now);
    }
    if sitting.is_by_hand() {
        return stations_by_hand(sitting, t, now);
    }
    let stations = [
        (t.way_sign_in(), Screen::SignIn, Screen::SignIn),
        (t.way_platform(), Screen::Platform, Screen::Platform),
        (t.way_add(), Screen::Connector, Screen::Ready),
        (t.way_attach(), Screen::Addresses, Screen::Attaching),
        (t.way_verify(), Screen::Verify, Screen::Done),
    ];
    let show = |(name, first, last): (&'static str, Screen, Screen)| {
        // The record lies beside the way: from there one goes back to where one was.
        if now == Screen::Record {
            return station(name, "", None);
        }
        let is_now = (first..=last).contains(&now);
        let class = if is_now {
            "now"
        } else if last < now {
            "past"
        } else {
            ""
        };
        let is_past = last < now && first != Screen::SignIn;
        // What is done ends the way, and leads back to its last step.
        let leads_back = is_past || is_now && now == Screen::Done;
        // Where some are attached, a mail can be checked.
        let leads_on = now == Screen::Addresses
            && first == Screen::Verify
            && !sitting.now().attached().is_empty();
        let go: Box<dyn FnMut()> = Box::new(move || sitting.on(Event::WentTo(first)));
        station(name, class, (leads_back || leads_on).then_some(go))
    };
    stations.map(show).into()
}

/// On the way by hand there are two.
fn stations_by_hand(sitting: Sitting, t: &'static Text, now: Screen) -> Vec<El> {
    let is_checking = matches!(now, Screen::Verify | Screen::Done);
    let class = |is_now| if is_now { "now" } else { "" };
    let back: Box<dyn FnMut()> = Box::new(move || sitting.on(Event::WentTo(Screen::Console)));
    vec![
        station(
            t.by_hand_title(),
            class(now == Screen::Console),
            (now != Screen::Console).then_some(back),
        ),
        station(t.way_verify(), class(is_checking), None),
    ]
}
