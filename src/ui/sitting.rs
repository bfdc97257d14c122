//! What all screens share: where the user is, the keys of this sitting, the words.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use super::draft::Draft;
use super::frame::{Frame, wipe_storage};
use super::session::Session;
use crate::browser::{clock, handover, page, storage, vault};
use crate::config::Config;
use crate::json;
use crate::ovh::auth::{Credential, Logout};
use crate::ovh::exchange::Platform;
use crate::ovh::{Endpoint, Error};
use crate::record::{Deed, Entry, Record};
use crate::run::pace::Pace;
use crate::run::turns::Turns;
use crate::text::{Text, fill};
use crate::wizard::notice::Notice;
use crate::wizard::{Event, Screen, Stage, Wizard};

pub mod by_hand;
mod calls;
mod checked;
pub mod drive;
pub mod layer;
mod users;
pub mod work;

pub use checked::Checked;
use drive::Carried;
use layer::Layers;
use users::Users;
use work::Work;

const WIZARD: &str = "wizard";
/// The address of the API that the wizard is about.
const API: &str = "api";
const RECORD: &str = "record";

/// What a sitting stands on, in one place: every screen carries a handle to the sitting.
struct Ground {
    endpoint: Rc<Endpoint>,
    /// The keys; `None` on the way without any.
    session: Option<Session>,
    record: RwSignal<Kept>,
}

/// What was done.
#[derive(Clone, Default)]
pub struct Kept {
    pub record: Arc<Record>,
    /// Whether the record, as it is, is in the person's hands.
    pub is_saved: bool,
    /// Whether the person wanted to leave, and was shown the record instead.
    pub is_leaving: bool,
    /// Whether the browser has kept all of it, so that a reload does not lose it.
    pub is_stored: bool,
}

/// One sitting of one person. A copy is another handle to the same, which lives as long as the page.
#[derive(Clone, Copy)]
pub struct Sitting(&'static Shared);

/// What a sitting holds.
pub struct Shared {
    pub frame: Frame,
    wizard: RwSignal<Arc<Wizard>>,
    ground: StoredValue<Ground, LocalStorage>,
    /// Whether the keys outlive a reload.
    pub are_keys_kept: bool,
    /// Whether where the user is outlives a reload.
    pub is_kept: RwSignal<bool>,
    pub credential: RwSignal<Option<Credential>>,
    /// The names of the platform's connectors, as far as they are known.
    pub names: RwSignal<BTreeMap<u64, String>>,
    /// The jobs that a loop carries at the moment.
    pub carried: StoredValue<Carried>,
    /// What is known of who uses which connector.
    pub users: Users,
    turns: StoredValue<Turns>,
    pub work: Work,
    /// Where somebody wanted back to from a job at work: they are asked first.
    pub back_wanted: RwSignal<Option<Screen>>,
    /// What lies over the current screen.
    pub layers: Layers,
    /// What the check of a mail came to, as long as its screen is there.
    pub answer: StoredValue<Option<Rc<Checked>>, LocalStorage>,
}

impl Deref for Sitting {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        self.0
    }
}

impl Sitting {
    pub fn new(frame: Frame, session: Session, are_keys_kept: bool) -> Self {
        let endpoint = session.endpoint.clone();
        Self::start(frame, endpoint, Some(session), are_keys_kept)
    }

    /// A sitting without keys, which calls nobody.
    pub fn by_hand(frame: Frame, endpoint: Endpoint) -> Self {
        let sitting = Self::start(frame, Rc::new(endpoint), None, true);
        sitting.on(Event::ConsoleChosen);
        sitting
    }

    fn start(
        frame: Frame,
        endpoint: Rc<Endpoint>,
        session: Option<Session>,
        are_keys_kept: bool,
    ) -> Self {
        let stored = storage::load(WIZARD);
        let wizard: Option<Wizard> = stored.and_then(|json| Wizard::from_json_text(&json));
        // Without keys, nothing goes on that was begun with them.
        let wizard = wizard.filter(|known| known.console().is_some() != session.is_some());
        // What another API does not know is not gone.
        let is_same = storage::load(API).is_none_or(|api| api == endpoint.address);
        let wizard = wizard.filter(|_| is_same);
        storage::save(API, &endpoint.address);
        let record = storage::load(RECORD).and_then(|text| json::parse(&text));
        let record = record.and_then(|value| Record::from_json(&value));
        let kept = Kept {
            record: Arc::new(record.unwrap_or_default()),
            is_stored: true,
            ..Kept::default()
        };
        let pace = Pace::per_minute(frame.config().calls_per_minute);
        let shared = Shared {
            frame,
            wizard: RwSignal::new(Arc::new(wizard.unwrap_or_default().restored())),
            ground: StoredValue::new_local(Ground {
                endpoint,
                session,
                record: RwSignal::new(kept),
            }),
            are_keys_kept,
            is_kept: RwSignal::new(true),
            credential: RwSignal::default(),
            names: RwSignal::default(),
            carried: StoredValue::default(),
            users: Users::new(),
            turns: StoredValue::new(Turns::new(pace, clock::millis())),
            work: Work::new(),
            back_wanted: RwSignal::new(None),
            layers: Layers::new(),
            answer: StoredValue::new_local(None),
        };
        Self(Box::leak(Box::new(shared)))
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

    /// Whether this is the platform that is worked on: another may be chosen while one waits.
    pub fn is_on(self, platform: &Platform) -> bool {
        let now = self.now();
        now.platform().map(|now| &now.platform) == Some(platform)
    }

    /// Whether everything is done by hand, without keys.
    pub fn is_by_hand(self) -> bool {
        self.now().console().is_some()
    }

    /// The one way to change where the user is.
    #[inline(never)]
    pub fn on(self, event: Event) {
        self.on_each(vec![event]);
    }

    /// Several events that are one step of the history.
    pub fn on_each(self, events: Vec<Event>) {
        let before = self.now().screen();
        for event in events {
            self.take(event);
        }
        went(before, self.now().screen());
    }

    /// Like [`Sitting::on`], where somebody is through with a screen: if they came to it from the
    /// one that follows, that is a step back, and no new one with the old behind it.
    pub fn go_back(self, event: Event) {
        let before = self.now().screen();
        let after = self.take(event);
        if after == before || !page::step_back_to(after.as_str()) {
            went(before, after);
        }
    }

    /// Goes where the browser's history points.
    pub fn on_history(self, wanted: &str) {
        let wanted = Screen::read(wanted);
        let now = self.now();
        let after = match (now.screen(), wanted) {
            (Screen::Attaching, Some(wanted))
                if wanted != Screen::Attaching && now.job() == Some(Stage::Running) =>
            {
                self.back_wanted.set(Some(wanted));
                // A step of its own: what lies behind can be gone back to later.
                page::set_fragment(Screen::Attaching.as_str(), true);
                return;
            }
            (before, Some(wanted)) if wanted != before && self.layers.close() => {
                page::set_fragment(before.as_str(), true);
                return;
            }
            (Screen::Console, Some(Screen::Console)) => {
                // Forward leads to the second of the two, and no step on.
                if !by_hand::expects_back() {
                    by_hand::back(self);
                }
                return;
            }
            (before, Some(wanted)) => {
                if before == Screen::Plan && wanted != before && wanted <= Screen::Attaching {
                    // As by the button: else the plan would come in the way of what it led back to,
                    // the addresses or the result that it would undo.
                    work::drop(self);
                }
                self.take(Event::WentTo(wanted))
            }
            (before, None) => before,
        };
        page::set_fragment(after.as_str(), false);
    }

    /// Nobody wants back any more.
    pub fn stay(self) {
        if self.back_wanted.get_untracked().is_some() {
            self.back_wanted.set(None);
        }
    }

    fn take(self, event: Event) -> Screen {
        self.users.hear(&event, self.work);
        let before = self.now();
        let deeds = Deed::of_event(&before, &event);
        let wizard = (*before).clone().on(event);
        let screen = wizard.screen();
        if wizard.job() != Some(Stage::Running) || screen != Screen::Attaching {
            self.stay();
        }
        if screen != before.screen() {
            self.answer.set_value(None);
            self.layers.forget();
            if self.record().with_untracked(|kept| kept.is_leaving) {
                self.record().update(|kept| kept.is_leaving = false);
            }
        }
        let is_kept = keep(WIZARD, &wizard.to_json_text());
        if self.is_kept.get_untracked() != is_kept {
            self.is_kept.set(is_kept);
        }
        let platform = |wizard: &Wizard| wizard.platform().map(|now| now.platform.clone());
        if platform(&wizard) != platform(&before) {
            self.names.set(BTreeMap::new());
        }
        self.wizard.set(Arc::new(wizard));
        for deed in deeds {
            self.note(deed);
        }
        screen
    }

    /// Puts what was done on the record.
    pub fn note(self, deed: Deed) {
        let Some(chosen) = self.now().platform().cloned() else {
            return;
        };
        if !matches!(deed, Deed::Verified { .. }) {
            // A mail from before this change proves nothing of what is now.
            Draft::Header.forget();
        }
        let mut names = self.names.get_untracked();
        if let Some(connector) = self.now().connector() {
            names.extend(connector.id.zip(connector.display_name.clone()));
        }
        let entry = Entry::new(clock::millis(), chosen.platform, deed, &names);
        self.record().update(|kept| {
            Arc::make_mut(&mut kept.record).note(entry);
            kept.is_saved = false;
            let mut text = String::new();
            json::write(&kept.record.to_json(), &mut text);
            kept.is_stored = keep(RECORD, &text);
        });
    }

    /// The record, followed by whatever reads it.
    pub fn record(self) -> RwSignal<Kept> {
        self.ground.with_value(|ground| ground.record)
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

    fn session(self) -> Option<Session> {
        self.ground.with_value(|ground| ground.session.clone())
    }

    /// The API in use.
    pub fn endpoint(self) -> Rc<Endpoint> {
        self.ground.with_value(|ground| ground.endpoint.clone())
    }

    /// The address of the API in use.
    pub fn api(self) -> String {
        self.endpoint().address.clone()
    }

    /// Goes on where the sitting was; false where the keys no longer work, and the sign-in follows.
    pub async fn resume(self) -> bool {
        let Some(session) = self.session() else {
            return false;
        };
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
        page::set_fragment(self.now().screen().as_str(), false);
        true
    }

    /// The keys stopped working.
    pub fn keys_failed(self, error: Error) {
        self.drop_keys(Notice::KeysFailed(error));
    }

    /// The keys work, and do not see what the user works on.
    pub fn account_differs(self) {
        self.drop_keys(Notice::OtherAccount);
    }

    /// Forgets the keys, which go on working at OVHcloud.
    pub fn lock(self) {
        self.drop_keys(Notice::Locked);
    }

    /// Back to the sign-in, with everything but the keys kept.
    fn drop_keys(self, notice: Notice) {
        self.on(Event::KeysFailed);
        // Whoever stayed would stay without keys; what was begun is kept.
        page::ask_before_leaving(false);
        super::dom::spawn(async move {
            vault::wipe().await;
            handover::give_back(&notice.to_json());
        });
    }

    /// Ends the key at OVHcloud and wipes everything here, whether or not OVHcloud answered.
    pub async fn sign_out(self) {
        let now = self.now();
        if !now.is_signed_in() && now.console().is_none() {
            // It is on its way.
            return;
        }
        // First of all, so that no job sends or stores anything more, and so that nothing is left
        // for whoever does not wait for OVHcloud's answer.
        self.on(Event::SignedOut);
        page::ask_before_leaving(false);
        self.wipe().await;
        let notice = if self.session().is_none() {
            Notice::Nothing
        } else if self.ask(&Logout).await.is_ok() {
            Notice::SignedOut
        } else {
            Notice::SignedOutHere
        };
        // What came in between.
        self.wipe().await;
        handover::give_back(&notice.to_json());
    }

    async fn wipe(self) {
        vault::wipe().await;
        wipe_storage();
        work::forget_all(self.work).await;
    }
}

/// Stores a text; where storage is full, in place of what was pasted. False where it is in vain.
fn keep(name: &str, text: &str) -> bool {
    storage::save(name, text) || {
        Draft::Header.forget();
        storage::save(name, text)
    }
}

/// Writes a change of the screen into the history.
fn went(before: Screen, after: Screen) {
    if after != before {
        page::set_fragment(after.as_str(), !replaces(before, after));
    }
}

/// Nobody goes back into a request that was sent or a form that was settled.
fn replaces(before: Screen, after: Screen) -> bool {
    let is_settled = matches!(before, Screen::Edit | Screen::Authenticate | Screen::Delete);
    matches!(
        before,
        Screen::SignIn | Screen::Review | Screen::Adding | Screen::Plan | Screen::Changing
    ) || is_settled && after == Screen::Changing
}
