//! The second program's frame: the screen that the wizard is on, and the way to and from it.

use std::ops::RangeInclusive;

use leptos::prelude::*;

use crate::browser::page;
use crate::run::adding::Adding;
use crate::text::{Text, fill};
use crate::ui::dom::{El, after, spawn};
use crate::ui::frame::{Parts, station};
use crate::ui::kit::{HEADING, button};
use crate::ui::part::leaving;
use crate::ui::sitting::{Sitting, work};
use crate::ui::{idle, screen, wording};
use crate::wizard::{Event, Screen, Verified};

/// Puts the page together.
pub fn mount(sitting: Sitting) {
    let screen = Memo::new(move |_| sitting.wizard().screen());
    let has_failed = Memo::new(move |_| sitting.wizard().adding().is_some_and(Adding::has_failed));
    let is_beside = Memo::new(move |_| sitting.wizard().is_beside_the_way());
    // By hand, nothing can be looked after: nobody is asked.
    let has_platform =
        Memo::new(move |_| sitting.wizard().platform().is_some() && !sitting.is_by_hand());
    let has_record = Memo::new(move |_| leaving::has_entries(sitting));
    sitting.frame.mount(Parts {
        title: Box::new(move |t| wording::screen(t, screen.get(), has_failed.get())),
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
            let leave = button(leave, move || leaving::leave(sitting));
            let link = has_record.get().then(|| leaving::link(sitting, t));
            let aside = aside(sitting, t, is_beside.get(), has_platform.get());
            aside.into_iter().chain(link).chain([leave]).collect()
        }),
        main: Box::new(move |_| screen::show(sitting, screen.get())),
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
                page::focus(leaving::QUESTION);
            });
        }
    });
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
        return places(sitting, t, now);
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
    let wizard = sitting.now();
    let is_done = |first| match first {
        Screen::SignIn => true,
        Screen::Platform => wizard.platform().is_some(),
        Screen::Connector => wizard.connector().is_some(),
        Screen::Addresses => !wizard.attached().is_empty(),
        _ => wizard.verified() == Some(Verified::Used),
    };
    let show = |(name, first, last): (&'static str, Screen, Screen)| {
        // The record lies beside the way: from there one goes back to where one was.
        if now == Screen::Record {
            let class = if is_done(first) { "past" } else { "" };
            return station(name, class, None);
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

/// The places beside the way.
fn places(sitting: Sitting, t: &'static Text, now: Screen) -> Vec<El> {
    let place = |name, screens: RangeInclusive<Screen>| {
        let first = *screens.start();
        if screens.contains(&now) {
            return station(name, "now", None).attr("aria-current", "page");
        }
        let go: Box<dyn FnMut()> = Box::new(move || sitting.on(Event::WentTo(first)));
        station(name, "", Some(go))
    };
    vec![
        place(t.place_connectors(), Screen::Connectors..=Screen::Delete),
        place(t.place_domains(), Screen::Domains..=Screen::Domains),
        place(t.place_tasks(), Screen::Tasks..=Screen::Tasks),
    ]
}
