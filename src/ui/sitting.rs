//! What all screens share: where the user is, the keys of this sitting, the words.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use super::entry::return_here;
use super::frame::Frame;
use super::session::Session;
use super::start::wipe_storage;
use super::verify::Answer;
use super::work::{self, Work};
use crate::browser::{page, storage, vault};
use crate::config::Config;
use crate::ovh::auth::{Credential, Logout};
use crate::ovh::{Call, Error};
use crate::text::{Text, fill};
use crate::wizard::notice::Notice;
use crate::wizard::{Event, Screen, Wizard};

const WIZARD: &str = "wizard";
/// What was pasted in step 3: much, and easily pasted again.
pub const HEADER_DRAFT: &str = "draft-header";

/// One sitting of one person. A copy is another handle to the same.
#[derive(Clone, Copy)]
pub struct Sitting {
    pub frame: Frame,
    wizard: RwSignal<Arc<Wizard>>,
    session: StoredValue<Session, LocalStorage>,
    /// Whether the keys outlive a reload.
    pub are_keys_kept: bool,
    pub credential: RwSignal<Option<Credential>>,
    /// The names of the platform's connectors, as far as they are known.
    pub names: RwSignal<BTreeMap<u64, String>>,
    /// Whether a loop carries the adding of a connector at the moment.
    pub is_adding_carried: StoredValue<bool>,
    pub work: Work,
    /// What the check of a mail came to, as long as its screen is there.
    pub answer: StoredValue<Option<Rc<Answer>>, LocalStorage>,
}

impl Sitting {
    pub fn new(frame: Frame, session: Session, are_keys_kept: bool) -> Self {
        let stored = storage::load(WIZARD);
        let wizard: Option<Wizard> = stored.and_then(|json| Wizard::from_json_text(&json));
        Self {
            frame,
            wizard: RwSignal::new(Arc::new(wizard.unwrap_or_default().restored())),
            session: StoredValue::new_local(session),
            are_keys_kept,
            credential: RwSignal::default(),
            names: RwSignal::default(),
            is_adding_carried: StoredValue::new(false),
            work: Work::new(),
            answer: StoredValue::new_local(None),
        }
    }

    pub fn config(self) -> Rc<Config> {
        self.frame.config()
    }

    /// The words of the language in use. A change of language draws every screen anew.
    pub fn words(self) -> &'static Text {
        self.frame.words()
    }

    /// Where the user is, followed by whatever reads it.
    #[inline(never)]
    pub fn wizard(self) -> Arc<Wizard> {
        self.wizard.get()
    }

    /// Where the user is at this moment.
    #[inline(never)]
    pub fn now(self) -> Arc<Wizard> {
        self.wizard.get_untracked()
    }

    /// The one way to change where the user is.
    #[inline(never)]
    pub fn on(self, event: Event) {
        let before = self.now().screen();
        let after = self.take(event);
        if after != before {
            // Nobody goes back into a request that was sent or a form that was settled.
            let replaces = matches!(
                before,
                Screen::SignIn | Screen::Review | Screen::Adding | Screen::Plan
            );
            page::set_fragment(fragment(after), !replaces);
        }
    }

    /// Goes where the browser's history points.
    pub fn on_history(self, wanted: &str) {
        let wanted = SCREENS.iter().find(|(_, name)| *name == wanted);
        let after = match wanted {
            Some(&(screen, _)) => self.take(Event::WentTo(screen)),
            None => self.now().screen(),
        };
        page::set_fragment(fragment(after), false);
    }

    fn take(self, event: Event) -> Screen {
        let before = self.now();
        let wizard = (*before).clone().on(event);
        let screen = wizard.screen();
        if screen != before.screen() {
            self.answer.set_value(None);
        }
        keep(&wizard.to_json_text());
        self.wizard.set(Arc::new(wizard));
        screen
    }

    /// Asks OVHcloud.
    pub async fn ask<C: Call>(self, call: &C) -> Result<C::Output, Error> {
        self.session.get_value().ask(call).await
    }

    /// The name of a connector, or that of OVHcloud's own servers where there is none.
    pub fn connector_name(self, t: &Text, id: Option<u64>) -> String {
        let Some(id) = id else {
            return t.own_servers().to_owned();
        };
        let number = || fill(t.connector_number(), &[("id", &id.to_string())]);
        let name = self.names.with(|names| names.get(&id).cloned());
        name.unwrap_or_else(number)
    }

    /// The address of the API in use.
    pub fn api(self) -> String {
        self.session
            .with_value(|session| session.endpoint.address.clone())
    }

    /// Goes on where the sitting was; false where the keys no longer work, and the sign-in follows.
    pub async fn resume(self) -> bool {
        let session = self.session.get_value();
        match session.confirm().await {
            Ok(credential) => self.credential.set(Some(credential)),
            // They worked a moment ago; the next call will tell.
            Err(error) if error.may_pass() => {}
            Err(error) => {
                self.keys_failed(error);
                return false;
            }
        }
        self.on(Event::SignedIn);
        page::set_fragment(fragment(self.now().screen()), false);
        true
    }

    /// The keys stopped working: back to the sign-in, with everything else kept.
    pub fn keys_failed(self, error: Error) {
        self.on(Event::KeysFailed);
        super::dom::spawn(async move {
            vault::wipe().await;
            return_here(&Notice::KeysFailed(error));
        });
    }

    /// Ends the key at OVHcloud and wipes everything here, whether or not OVHcloud answered.
    pub async fn sign_out(self) {
        // First of all, so that no job sends or stores anything more.
        self.on(Event::SignedOut);
        let notice = if self.ask(&Logout).await.is_ok() {
            Notice::SignedOut
        } else {
            Notice::SignedOutHere
        };
        vault::wipe().await;
        wipe_storage();
        work::forget_all(self.work).await;
        return_here(&notice);
    }
}

/// Stores where the user is; where storage is full, in place of what was pasted.
fn keep(wizard: &str) {
    if !storage::save(WIZARD, wizard) {
        storage::forget(HEADER_DRAFT);
        storage::save(WIZARD, wizard);
    }
}

/// The screens as the address bar names them.
const SCREENS: &[(Screen, &str)] = &[
    (Screen::SignIn, "sign-in"),
    (Screen::Platform, "platform"),
    (Screen::Connector, "connector"),
    (Screen::Review, "review"),
    (Screen::Adding, "adding"),
    (Screen::Ready, "ready"),
    (Screen::Addresses, "addresses"),
    (Screen::Plan, "plan"),
    (Screen::Attaching, "attaching"),
    (Screen::Verify, "verify"),
    (Screen::Done, "done"),
];

fn fragment(screen: Screen) -> &'static str {
    let found = SCREENS.iter().find(|(known, _)| *known == screen);
    found.map_or("", |(_, name)| name)
}
