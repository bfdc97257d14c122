//! The wizard on the way without keys: it knows what the console way has settled, so that the check of
//! a mail and the last screen are the same.

use super::console::{self, Console};
use super::{Chosen, Event, Screen, Wizard};
use crate::ovh::exchange::{SendConnector, Service};
use crate::run::order::Purpose;

impl Wizard {
    /// What happened on the way without keys.
    pub(super) fn on_console(&mut self, event: Event) {
        match event {
            Event::ConsoleMoved(console) => self.take_console(*console),
            Event::ProviderChosen(provider) => self.wanted_provider = provider,
            Event::FormSubmitted(valid) => {
                let console = self.console.clone().unwrap_or_default();
                if let Ok(console) = console.on(console::Event::FormSubmitted(valid)) {
                    self.take_console(console);
                }
            }
            Event::HeaderJudged(verified, _) => self.judged(verified),
            Event::WentTo(screen) => self.screen = self.nearest(screen),
            _ => {}
        }
    }

    pub(super) fn take_console(&mut self, console: Console) {
        let id = |connector: Option<&SendConnector>| connector.and_then(|known| known.id);
        if id(self.connector.as_ref()) != id(console.connector()) {
            self.leave_connector();
            if console.adds_one() {
                self.provider = self.wanted_provider;
            }
        }
        self.platform = console.platform().map(|platform| Chosen {
            platform: platform.clone(),
            service: Service::default(),
        });
        self.connector = console.connector().cloned();
        let is_attached = console.purpose() == Purpose::Attach;
        self.settle_done(console.done(), is_attached);
        self.console = Some(console);
        self.screen = Screen::Console;
    }

    fn settle_done(&mut self, done: &[String], is_attached: bool) {
        let before = self.attached.len();
        self.attached.retain(|known| !done.contains(known));
        if is_attached {
            self.attached.extend_from_slice(done);
        } else if self.attached.len() < before {
            self.verified = None;
        }
    }
}
