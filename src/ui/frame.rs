//! What stands around every screen: the name, the way, the language, signing out, help.

use leptos::prelude::*;

use super::dom::{El, after, append_to_page, el, keep, spawn, value_of, words};
use super::kit::{HEADING, Tone, button, link, notice};
use super::sitting::Sitting;
use super::start::switch_language;
use super::{
    adding, addresses, attaching, connector, details, done, platform, review, sign_in, verify,
    wording,
};
use crate::browser::page;
use crate::text::{LANGUAGES, Text, fill};
use crate::wizard::{Event, Screen};

/// Puts the whole page together. Another language draws it anew.
pub fn frame(sitting: Sitting) {
    let screen = Memo::new(move |_| sitting.wizard().screen());
    let announced = RwSignal::new("");
    let mut before = None;
    // The first screen leaves the focus where a fresh page has it; every later one takes it.
    keep(move || {
        let now = screen.get();
        let t = sitting.text.get();
        let title = wording::screen(t, now);
        page::set_title(&[title, " – ", t.app_name()].concat());
        if before.replace(now).is_some_and(|before| before != now) {
            announced.set(title);
        }
    });
    let status = el("p")
        .class("visually-hidden")
        .attr("role", "status")
        .live_text(move || announced.get().to_owned());
    let main = el("main").live(move || {
        let t = sitting.text.get();
        let screen = screen.get();
        let mut content = Vec::new();
        content.extend(config_complaints(sitting, t));
        content.extend(show(sitting, screen));
        content
    });
    append_to_page(&[
        el("header").live(move || header(sitting, sitting.text.get(), screen)),
        main,
        el("footer").live(move || footer(sitting, sitting.text.get())),
        status,
    ]);
    // After the new screen is there.
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
        Screen::SignIn => sign_in::sign_in(sitting),
        Screen::Platform => platform::platform(sitting),
        Screen::Connector => connector::connector(sitting),
        Screen::Review => review::review(sitting),
        Screen::Adding => adding::adding(sitting),
        Screen::Ready => details::ready(sitting),
        Screen::Addresses => addresses::addresses(sitting),
        Screen::Attaching => attaching::attaching(sitting),
        Screen::Verify => verify::verify(sitting),
        Screen::Done => done::done(sitting),
    }
}

fn header(sitting: Sitting, t: &'static Text, screen: Memo<Screen>) -> Vec<El> {
    let languages = LANGUAGES.iter().map(|&(code, name)| {
        let option = words("option", name).attr("value", code).attr("lang", code);
        if code == t.language {
            option.attr("selected", "")
        } else {
            option
        }
    });
    let select = el("select")
        .id("language")
        .attr("aria-label", t.language_label())
        .children(languages.collect())
        .on("change", move |event| {
            let code = value_of(&event);
            spawn(async move { switch_language(sitting, &code).await });
        });
    let signed_in = Memo::new(move |_| sitting.wizard().is_signed_in());
    let sign_out = el("span").live(move || {
        let leave = move || spawn(sitting.sign_out());
        let shown = signed_in.get().then(|| button(t.sign_out(), leave));
        shown.into_iter().collect()
    });
    let way = el("ol").live(move || stations(sitting, t, screen.get()));
    vec![
        words("p", t.app_name()).class("name"),
        el("div").class("tools").child(select).child(sign_out),
        el("nav").attr("aria-label", t.way_label()).child(way),
    ]
}

/// The stations of the way; those behind the user lead back.
fn stations(sitting: Sitting, t: &'static Text, now: Screen) -> Vec<El> {
    let stations = [
        (t.way_sign_in(), Screen::SignIn, Screen::SignIn),
        (t.way_platform(), Screen::Platform, Screen::Platform),
        (t.way_add(), Screen::Connector, Screen::Ready),
        (t.way_attach(), Screen::Addresses, Screen::Attaching),
        (t.way_verify(), Screen::Verify, Screen::Done),
    ];
    let station = |(name, first, last): (&'static str, Screen, Screen)| {
        if (first..=last).contains(&now) {
            let here = words("span", name);
            return el("li")
                .class("now")
                .attr("aria-current", "step")
                .child(here);
        }
        let class = if last < now { "past" } else { "" };
        let content = if last < now && first != Screen::SignIn {
            button(name, move || sitting.on(Event::WentTo(first)))
        } else {
            words("span", name)
        };
        el("li").class(class).child(content)
    };
    stations.map(station).into()
}

/// What the administrator has to mend in `config.json`.
fn config_complaints(sitting: Sitting, t: &Text) -> Option<El> {
    let complaints = sitting.complaints.get_value();
    if complaints.is_empty() {
        return None;
    }
    let items = complaints
        .iter()
        .map(|complaint| words("li", &wording::config(t, complaint)));
    let list = el("ul").children(items.collect());
    Some(notice(Tone::Warning, t.config_problems(), vec![list]))
}

fn footer(sitting: Sitting, t: &'static Text) -> Vec<El> {
    let help = sitting.config().help.clone().map(|help| match help.url {
        Some(url) => el("p").child(link(&url, &help.text)),
        None => words("p", &help.text),
    });
    let connected = el("p").live_text(move || {
        sitting.wizard();
        let endpoint = sitting.endpoint();
        let api = endpoint.map(|endpoint| fill(t.connected_to(), &[("api", &endpoint.address)]));
        api.unwrap_or_default()
    });
    let keys = words("p", t.about_keys());
    help.into_iter().chain([keys, connected]).collect()
}
