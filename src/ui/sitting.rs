//! What all screens share: where the user is, the keys of this sitting, the words.

use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use serde_json::Value;

use crate::browser::{clock, fetch, page, storage, vault};
use crate::config::{Complaint, Config};
use crate::ovh::auth::{Credential, CurrentCredential, Logout, RequestCredential, Time};
use crate::ovh::keys::ConsumerKey;
use crate::ovh::{self, Call, Clock, Endpoint, Error, Keys, Request, Signing};
use crate::text::Text;
use crate::wizard::{Event, Screen, Wizard};

const WIZARD: &str = "wizard";
const ENDPOINT: &str = "endpoint";
const AWAITING: &str = "awaiting";

/// One sitting of one person. A copy is another handle to the same.
#[derive(Clone, Copy)]
pub struct Sitting {
    wizard: RwSignal<Arc<Wizard>>,
    session: StoredValue<Option<Session>, LocalStorage>,
    config: StoredValue<Rc<Config>, LocalStorage>,
    /// What was wrong in `config.json`.
    pub complaints: StoredValue<Vec<Complaint>>,
    pub text: RwSignal<&'static Text>,
    pub credential: RwSignal<Option<Credential>>,
    /// How signing in or out went, for the sign-in screen.
    pub notice: RwSignal<SignInNotice>,
    /// The jobs that a loop carries at the moment.
    pub carried: StoredValue<[bool; 2]>,
}

/// Why the sign-in screen is on the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SignInNotice {
    #[default]
    Nothing,
    /// Back from OVHcloud's page, and the key is not confirmed.
    NotConfirmed,
    /// The keys did not outlive the reload.
    KeysLost,
    /// The keys no longer work.
    KeysFailed(Error),
    /// Signed out, and OVHcloud ended the key.
    SignedOut,
    /// Signed out here, and the key still works elsewhere.
    SignedOutHere,
}

#[derive(Clone)]
struct Session {
    endpoint: Endpoint,
    keys: Rc<Keys>,
    clock: Rc<Cell<Clock>>,
    /// Whether the keys outlive a reload.
    sealed: bool,
}

impl Sitting {
    pub fn new(config: Config, complaints: Vec<Complaint>, text: &'static Text) -> Self {
        let stored = storage::load(WIZARD);
        let wizard: Option<Wizard> = stored.and_then(|json| Wizard::from_json_text(&json));
        Self {
            wizard: RwSignal::new(Arc::new(wizard.unwrap_or_default().restored())),
            session: StoredValue::new_local(None),
            config: StoredValue::new_local(Rc::new(config)),
            complaints: StoredValue::new(complaints),
            text: RwSignal::new(text),
            credential: RwSignal::default(),
            notice: RwSignal::default(),
            carried: StoredValue::new([false; 2]),
        }
    }

    pub fn config(self) -> Rc<Config> {
        self.config.get_value()
    }

    /// The words of the language in use. A change of language draws every screen anew.
    pub fn words(self) -> &'static Text {
        self.text.get_untracked()
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
            let replaces = matches!(before, Screen::SignIn | Screen::Review | Screen::Adding);
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
        let wizard = (*self.now()).clone().on(event);
        let screen = wizard.screen();
        storage::save(WIZARD, &wizard.to_json_text());
        self.wizard.set(Arc::new(wizard));
        screen
    }

    /// Asks OVHcloud.
    pub async fn ask<C: Call>(self, call: &C) -> Result<C::Output, Error> {
        let Some(session) = self.session.get_value() else {
            return Err(Error::ConsumerNotValid);
        };
        ask_with(&session, call).await
    }

    pub fn endpoint(self) -> Option<Endpoint> {
        self.session
            .with_value(|session| Some(session.as_ref()?.endpoint.clone()))
    }

    /// Whether the keys outlive a reload of the page.
    pub fn are_keys_sealed(self) -> bool {
        self.session
            .with_value(|session| session.as_ref().is_some_and(|session| session.sealed))
    }

    /// Signs in with all three keys.
    pub async fn sign_in(self, endpoint: Endpoint, keys: Keys) -> Result<(), Error> {
        let mut session = open_session(endpoint, keys).await?;
        let credential = confirm(&session).await?;
        session.sealed = vault::seal(&session.keys.to_sealable()).await;
        storage::save(ENDPOINT, &session.endpoint.address);
        self.enter(session, credential);
        Ok(())
    }

    /// Asks for a consumer key and leaves for the page on which its owner confirms it.
    ///
    /// Answers with the address to go to where the keys could not be kept meanwhile.
    pub async fn ask_for_consumer(self, endpoint: Endpoint, mut keys: Keys) -> Result<bool, Error> {
        let session = open_session(endpoint.clone(), keys.clone()).await?;
        let call = RequestCredential {
            redirection: page::own_address(),
        };
        let pending = ask_with(&session, &call).await?;
        if !is_web_address(&pending.validation_url) {
            return Err(Error::Unreadable);
        }
        keys.consumer = ConsumerKey::new(pending.consumer_key);
        if !vault::seal(&keys.to_sealable()).await {
            return Ok(false);
        }
        storage::save(ENDPOINT, &endpoint.address);
        storage::save(AWAITING, "1");
        page::leave_for(&pending.validation_url);
        Ok(true)
    }

    /// Takes up the keys that outlived a reload, or a way to OVHcloud's page and back.
    pub async fn resume(self) {
        let awaiting = storage::load(AWAITING).is_some();
        let was_signed_in = self.now().is_signed_in();
        let address = storage::load(ENDPOINT);
        let endpoints = &self.config().endpoints;
        let endpoint = endpoints
            .iter()
            .find(|known| Some(&known.address) == address.as_ref());
        let keys = vault::open()
            .await
            .and_then(|bytes| Keys::from_sealable(&bytes));
        let (Some(endpoint), Some(keys)) = (endpoint, keys) else {
            if was_signed_in {
                self.on(Event::KeysFailed);
                self.notice.set(SignInNotice::KeysLost);
            }
            return;
        };
        let mut session = Session {
            endpoint: endpoint.clone(),
            keys: Rc::new(keys),
            clock: Rc::default(),
            sealed: true,
        };
        if let Ok(time) = ask_with(&session, &Time).await {
            session.clock = Rc::new(Cell::new(Clock::set_by(time, clock::seconds())));
        }
        match confirm(&session).await {
            Ok(credential) => self.enter(session, credential),
            Err(error) if error.may_pass() && was_signed_in => {
                self.session.set_value(Some(session));
            }
            Err(Error::ConsumerNotValid) if awaiting => {
                self.notice.set(SignInNotice::NotConfirmed);
            }
            Err(error) => {
                if was_signed_in {
                    self.on(Event::KeysFailed);
                }
                self.notice.set(SignInNotice::KeysFailed(error));
            }
        }
    }

    fn enter(self, session: Session, credential: Credential) {
        storage::forget(AWAITING);
        self.session.set_value(Some(session));
        self.credential.set(Some(credential));
        self.notice.set(SignInNotice::Nothing);
        self.on(Event::SignedIn);
    }

    /// The keys stopped working: back to the sign-in, with everything else kept.
    pub fn keys_failed(self, error: Error) {
        self.session.set_value(None);
        self.notice.set(SignInNotice::KeysFailed(error));
        self.on(Event::KeysFailed);
    }

    /// Ends the key at OVHcloud and wipes everything here, whether or not OVHcloud answered.
    pub async fn sign_out(self) {
        let ended = self.ask(&Logout).await.is_ok();
        self.session.set_value(None);
        self.credential.set(None);
        vault::wipe().await;
        storage::wipe();
        self.notice.set(if ended {
            SignInNotice::SignedOut
        } else {
            SignInNotice::SignedOutHere
        });
        self.on(Event::SignedOut);
        storage::wipe();
    }
}

async fn open_session(endpoint: Endpoint, keys: Keys) -> Result<Session, Error> {
    let session = Session {
        endpoint,
        keys: Rc::new(keys),
        clock: Rc::default(),
        sealed: false,
    };
    let time = ask_with(&session, &Time).await?;
    session.clock.set(Clock::set_by(time, clock::seconds()));
    Ok(session)
}

async fn confirm(session: &Session) -> Result<Credential, Error> {
    let credential = ask_with(session, &CurrentCredential).await?;
    match credential.status.as_deref() {
        Some("pendingValidation" | "refused" | "expired") => Err(Error::ConsumerNotValid),
        _ => Ok(credential),
    }
}

async fn ask_with<C: Call>(session: &Session, call: &C) -> Result<C::Output, Error> {
    let answer = session.answer(call.request(), C::SIGNING).await?;
    C::read(&answer).ok_or(Error::Unreadable)
}

impl Session {
    /// Sends a request. Boxed, so that each of the many places that ask holds a pointer only.
    fn answer(&self, request: Request, signing: Signing) -> Answer {
        let Self {
            endpoint,
            keys,
            clock,
            ..
        } = self.clone();
        Box::pin(async move {
            let local = clock::seconds;
            let send = fetch::send;
            ovh::answer_on_time(&endpoint, &keys, &clock, &local, request, signing, &send).await
        })
    }
}

type Answer = Pin<Box<dyn Future<Output = Result<Value, Error>>>>;

fn is_web_address(url: &str) -> bool {
    url.starts_with("https://")
        || url.starts_with("http://127.0.0.1:")
        || url.starts_with("http://localhost:")
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
    (Screen::Attaching, "attaching"),
    (Screen::Verify, "verify"),
    (Screen::Done, "done"),
];

fn fragment(screen: Screen) -> &'static str {
    let found = SCREENS.iter().find(|(known, _)| *known == screen);
    found.map_or("", |(_, name)| name)
}
