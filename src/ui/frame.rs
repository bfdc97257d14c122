//! What both programs begin with, and what stands around every screen of theirs: the name, the way,
//! the language, help.

mod language;

pub use language::wipe_storage;

use std::rc::Rc;

use leptos::prelude::*;

use super::dom::{El, append_to_page, el, keep, words};
use super::kit::{Tone, button, link, notice};
use super::wording;
use crate::browser::fetch::{self, NoFile};
use crate::browser::{handover, page};
use crate::config::{self, Config, Flaw};
use crate::text::Text;

/// What both programs begin with. A copy is another handle to the same.
#[derive(Clone, Copy)]
pub struct Frame {
    pub text: RwSignal<&'static Text>,
    config: StoredValue<Rc<Config>, LocalStorage>,
    flaws: StoredValue<Vec<Flaw>>,
}

/// What is different in each program; all of it follows signals, and the language.
pub struct Parts {
    pub title: Box<dyn Fn(&'static Text) -> &'static str>,
    /// How far a job is, for the title of the window; empty where there is none.
    pub progress: Box<dyn Fn(&'static Text) -> String>,
    /// What the stations are called together.
    pub way: Box<dyn Fn(&'static Text) -> &'static str>,
    pub stations: Part,
    pub tools: Part,
    pub main: Part,
    /// Whether there are keys that the foot has to speak of.
    pub has_keys: bool,
    /// What the foot says of the connection.
    pub connected: Box<dyn Fn() -> String>,
}

type Part = Box<dyn Fn(&'static Text) -> Vec<El>>;

impl Frame {
    /// Loads the settings and the words, all of them or those of the sign-in; where either cannot be
    /// read, the page says that it cannot start.
    pub async fn load(is_whole: bool) -> Option<Self> {
        let (config, flaws) = match fetch::own_file("config.json", None).await {
            Ok(json) => config::read(&json),
            Err(NoFile::NotThere) => config::without(),
            // It may say where the calls have to go: nothing is done before that is known.
            Err(NoFile::Unread) => {
                handover::report_failed_start();
                return None;
            }
        };
        let language = language::wanted(&config);
        let Some(words) = language::load(language, is_whole).await else {
            handover::report_failed_start();
            return None;
        };
        page::set_language(language);
        Some(Self::new(config, flaws, words))
    }

    fn new(config: Config, flaws: Vec<Flaw>, text: &'static Text) -> Self {
        Self {
            text: RwSignal::new(text),
            config: StoredValue::new_local(Rc::new(config)),
            flaws: StoredValue::new(flaws),
        }
    }

    pub fn config(self) -> Rc<Config> {
        self.config.get_value()
    }

    pub fn words(self) -> &'static Text {
        self.text.get_untracked()
    }

    /// Puts the page together.
    pub fn mount(self, parts: Parts) {
        let Parts {
            title,
            progress,
            way: called,
            stations,
            tools,
            main,
            has_keys,
            connected,
        } = parts;
        let mut before = "";
        let mut shown = String::new();
        keep(move || {
            let t = self.text.get();
            let now = title(t);
            let progress = progress(t);
            let gap = if progress.is_empty() { "" } else { " " };
            let whole = [&progress, gap, now, " – ", t.app_name()].concat();
            if shown != whole {
                page::set_title(&whole);
                shown = whole;
            }
            // A screen that the person came to is read out, the first one they know.
            let before = std::mem::replace(&mut before, now);
            if !before.is_empty() && before != now {
                page::announce(now);
            }
        });
        let name = el("p")
            .class("name")
            .live_text(move || self.text.get().app_name().to_owned());
        let tools = el("span").live(move || tools(self.text.get()));
        let language = el("span").live(move || language::choice(self, self.text.get()));
        let way = el("ol").live(move || stations(self.text.get()));
        let nav = el("nav")
            .live_attr("aria-label", move || {
                Some(called(self.text.get()).to_owned())
            })
            .child(way);
        let header = el("header")
            .child(name)
            .child(el("div").class("tools").child(language).child(tools))
            .child(nav);
        let main = el("main").live(move || {
            let t = self.text.get();
            let mut content = main(t);
            content.splice(0..0, self.config_complaints(t));
            content
        });
        let connected = el("p").live_text(connected);
        let footer = el("footer")
            .child(el("div").live(move || self.foot(self.text.get(), has_keys)))
            .child(connected);
        let status = el("p")
            .class("visually-hidden")
            .id(page::ANNOUNCER)
            .attr("role", "status");
        append_to_page(&[header, main, footer, status]);
    }

    /// What the administrator has to mend in `config.json`.
    fn config_complaints(self, t: &Text) -> Option<El> {
        let flaws = self.flaws.get_value();
        if flaws.is_empty() {
            return None;
        }
        let items = flaws
            .iter()
            .map(|flaw| words("li", &wording::config(t, flaw)));
        let list = el("ul").children(items.collect());
        Some(notice(Tone::Warning, t.config_problems(), vec![list]))
    }

    fn foot(self, t: &'static Text, has_keys: bool) -> Vec<El> {
        let help = self.config().help.clone().map(|help| match help.url {
            Some(url) => el("p").child(link(&url, &help.text)),
            None => words("p", &help.text),
        });
        let about = if page::is_secure() {
            t.about_keys()
        } else {
            t.about_keys_in_clear()
        };
        let keys = has_keys.then(|| words("p", about));
        help.into_iter().chain(keys).collect()
    }
}

/// One station of the way: `now`, `past` or neither, and a way back to it.
pub fn station(name: &'static str, class: &str, back: Option<Box<dyn FnMut()>>) -> El {
    let content = match back {
        Some(back) => button(name, back),
        None => words("span", name),
    };
    let item = el("li").class(class).child(content);
    if class == "now" {
        item.attr("aria-current", "step")
    } else {
        item
    }
}
