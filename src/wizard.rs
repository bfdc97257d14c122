//! Where the user is and what is settled: one value that changes only by [`Wizard::on`], and
//! by [`Wizard::restored`] after a reload.

pub mod authentication_form;
mod by_hand;
pub mod connector_form;
pub mod console;
pub mod delete_form;
pub mod difference;
pub mod edit_form;
pub mod idle;
pub mod key_form;
pub mod notice;
mod stored;
pub mod upkeep;
mod way;

use std::collections::BTreeSet;

use console::Console;

use crate::mail::provider::{self, Provider};
use crate::mail::verdict::Verdict;
use crate::ovh::exchange::{AddConnector, ChangeAuthentication, Platform, SendConnector, Service};
use crate::run::adding::Adding;
use crate::run::changing::Changing;
use upkeep::Upkeep;

/// One screen at a time, in the order of the way; behind it those that look after what is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Screen {
    #[default]
    SignIn,
    Platform,
    Connector,
    Review,
    Adding,
    Ready,
    Addresses,
    Plan,
    Attaching,
    Verify,
    Done,
    Connectors,
    Details,
    Edit,
    Authenticate,
    Delete,
    Domains,
    Tasks,
    Changing,
    /// What was done, whenever it is wanted.
    Record,
    /// The way through OVHcloud's console, without keys.
    Console,
}

/// The way through the three steps, without any secret but the form under review, which is never
/// stored.
#[derive(Clone, Default)]
pub struct Wizard {
    screen: Screen,
    signed_in: bool,
    platform: Option<Chosen>,
    review: Option<AddConnector>,
    /// The provider that the form was last submitted for.
    wanted_provider: Option<&'static Provider>,
    adding: Option<Adding>,
    /// A request to add one was given up that may have been carried out, or still be.
    may_be_there: bool,
    connector: Option<SendConnector>,
    /// The job over many addresses; the job itself is kept beside the wizard.
    job: Option<Stage>,
    /// The provider that the user chose for the connector, where it was added here.
    provider: Option<&'static Provider>,
    /// Every address that this sitting attached, to the connector as it is now.
    attached: Vec<String>,
    verified: Option<Verified>,
    upkeep: Upkeep,
    /// The way without keys, where the browser may not call OVHcloud.
    console: Option<Console>,
}

/// The platform that is worked on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    pub platform: Platform,
    pub service: Service,
}

/// Where the job over many addresses is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Nothing is changed before the user has seen the plan.
    Planned,
    Running,
    /// Paused, or halted by what went wrong: it can go on.
    Resting,
    Ended,
}

/// What the check of a header came to, for the last screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verified {
    Used,
    NotUsed,
    Unclear,
}

impl From<Verdict> for Verified {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Used { .. } => Self::Used,
            Verdict::NotUsed | Verdict::OtherRoad | Verdict::OtherConnector => Self::NotUsed,
            // A forged mail tells nothing of the true ones.
            Verdict::Forged
            | Verdict::NotAttached
            | Verdict::CannotTell(_)
            | Verdict::NotAHeader => Self::Unclear,
        }
    }
}

/// What happened.
pub enum Event {
    /// The keys were accepted. Whoever signs in again in the middle goes on where they were.
    SignedIn,
    /// The keys are lost or no longer work; everything else is kept.
    KeysFailed,
    /// A platform was chosen. Another than before: everything after it begins anew.
    PlatformChosen(Chosen),
    /// The provider that the form is submitted for, right before it is.
    ProviderChosen(Option<&'static Provider>),
    /// The form was filled in without a mistake.
    FormSubmitted(AddConnector),
    /// The connector is about to be sent, with the ids that were there before.
    AddBegan(Adding),
    /// The job of adding went on, or ended.
    AddMoved(Adding),
    /// The job of adding ended without a connector, and the user wants the form back.
    AddGivenUp,
    /// The connector to work with is there, added or chosen.
    ConnectorReady(SendConnector),
    /// A screen beside the way wants addresses attached to this connector, or detached from it; the
    /// end of that leads back there.
    JobWanted(SendConnector, Screen),
    /// Addresses were chosen, and what to do with them.
    JobPlanned,
    /// The plan is to be carried out, or a rest is over.
    JobBegan,
    /// The job paused, was halted or came to its end; with the addresses that it settled, and the
    /// connector of each (0: none).
    JobRested {
        settled: Vec<(String, u64)>,
        has_ended: bool,
    },
    /// A job on this platform was kept from before, with the connector that it was for.
    JobFound(SendConnector, Stage),
    /// The plan was dropped, or the end of a job seen.
    JobDropped,
    /// The user goes on by hand, through OVHcloud's console.
    ConsoleChosen,
    /// Something was done on that way.
    ConsoleMoved(Box<Console>),
    /// The header of a mail was judged; with its sender, where it names one.
    HeaderJudged(Verified, Option<String>),
    /// A connector is to be looked at, as it was just read.
    LookedAt(SendConnector),
    /// A connector is not there any more: the list, just read, has it not.
    ConnectorGone(u64),
    /// A change is about to be made; that of an authentication with what it sends.
    ChangeBegan(Changing, Option<ChangeAuthentication>),
    /// The change went on, or ended.
    ChangeMoved(Changing),
    /// The end of the change was seen.
    ChangeDropped,
    /// The user asked for a screen: a link, the browser's back button, or "continue".
    WentTo(Screen),
    /// The user is done: nothing is kept.
    SignedOut,
}

impl Wizard {
    /// What is on the screen. Without keys that is the sign-in, whatever comes after it, but for the
    /// way that needs none.
    pub fn screen(&self) -> Screen {
        if self.signed_in || self.console.is_some() {
            self.screen
        } else {
            Screen::SignIn
        }
    }

    pub fn is_signed_in(&self) -> bool {
        self.signed_in
    }

    pub fn platform(&self) -> Option<&Chosen> {
        self.platform.as_ref()
    }

    pub fn review(&self) -> Option<&AddConnector> {
        self.review.as_ref()
    }

    pub fn adding(&self) -> Option<&Adding> {
        self.adding.as_ref()
    }

    /// Whether OVHcloud may still be at work on a connector that was given up here.
    pub fn may_be_there(&self) -> bool {
        self.may_be_there
    }

    pub fn connector(&self) -> Option<&SendConnector> {
        self.connector.as_ref()
    }

    pub fn job(&self) -> Option<Stage> {
        self.job
    }

    /// The provider of the connector: the one chosen when it was added, or else the one whose smart
    /// host it names.
    pub fn provider(&self) -> Option<&'static Provider> {
        let host = || self.connector.as_ref()?.smart_host.as_deref();
        self.provider
            .or_else(|| provider::of_smart_host(host().unwrap_or_default()))
    }

    pub fn attached(&self) -> &[String] {
        &self.attached
    }

    pub fn console(&self) -> Option<&Console> {
        self.console.as_ref()
    }

    pub fn verified(&self) -> Option<Verified> {
        self.verified
    }

    pub fn upkeep(&self) -> &Upkeep {
        &self.upkeep
    }

    /// Goes on where it was; what was refused for the keys' sake is asked for anew.
    fn take_keys(&mut self) {
        self.signed_in = true;
        if self.adding.as_ref().is_some_and(Adding::wants_other_keys) {
            self.adding = None;
            self.screen = Screen::Review;
        }
        self.adding = self.adding.take().map(Adding::with_other_keys);
        let changing = self.upkeep.changing.take();
        self.upkeep.changing = changing.map(Changing::with_other_keys);
        self.screen = self.nearest(self.screen);
    }

    /// The wizard after an event. An event that does not fit where the user is (an answer that
    /// comes after they signed out, say) changes nothing.
    #[must_use]
    pub fn on(mut self, event: Event) -> Self {
        match event {
            Event::SignedIn => self.take_keys(),
            Event::KeysFailed => {
                // Nobody will hear the answer to a call that is out.
                self = self.interrupted();
                self.signed_in = false;
            }
            Event::SignedOut => return Self::default(),
            Event::ConsoleChosen => {
                if !self.signed_in && self.console.is_none() {
                    self = Self::default();
                    self.take_console(Console::default());
                }
            }
            _ if self.console.is_some() => self.on_console(event),
            _ if !self.signed_in => return self,
            Event::ConsoleMoved(_) => {}
            Event::PlatformChosen(_) if self.is_adding() => {}
            Event::PlatformChosen(_) if self.upkeep.is_changing() => {
                self.screen = self.nearest(Screen::Changing);
            }
            // A job at work keeps its platform and its connector: it is shown instead.
            Event::PlatformChosen(chosen)
                if self.job == Some(Stage::Running)
                    && self.platform.as_ref().map(|old| &old.platform)
                        != Some(&chosen.platform) =>
            {
                self.screen = self.nearest(Screen::Attaching);
            }
            Event::ConnectorReady(connector)
                if self.has_unfinished_job()
                    && self.connector.as_ref().map(|old| old.id) != Some(connector.id) =>
            {
                self.screen = self.nearest(Screen::Attaching);
            }
            Event::PlatformChosen(chosen) => {
                if self.platform.as_ref().map(|old| &old.platform) != Some(&chosen.platform) {
                    self = Self {
                        signed_in: true,
                        ..Self::default()
                    };
                }
                self.platform = Some(chosen);
                self.screen = self.nearest(Screen::Connector);
            }
            Event::ProviderChosen(provider) => self.wanted_provider = provider,
            Event::FormSubmitted(valid) => {
                if self.platform.as_ref().map(|chosen| &chosen.platform) == Some(&valid.platform) {
                    self.review = Some(valid);
                    self.screen = self.nearest(Screen::Review);
                }
            }
            Event::AddBegan(adding) => {
                let review = self.review.as_ref();
                // Whoever went back to change something has not asked for this any more.
                let is_wanted = self.screen == Screen::Review && self.adding.is_none();
                if is_wanted && review.is_some_and(|valid| adding.is_for(valid)) {
                    self.adding = Some(adding);
                    self.screen = Screen::Adding;
                }
            }
            Event::AddMoved(adding) => {
                if self.adding.is_some() {
                    if !adding.may_need_form() {
                        // The password has done its work.
                        self.review = None;
                    }
                    self.adding = Some(adding);
                }
            }
            Event::AddGivenUp => {
                if let Some(adding) = self.adding.take_if(|job| job.has_ended()) {
                    self.may_be_there |= adding.leaves_doubt();
                    self.screen = self.nearest(Screen::Review);
                }
            }
            Event::ConnectorReady(connector) => {
                if self.platform.is_some() {
                    self.take_connector(connector);
                }
            }
            Event::JobWanted(connector, back) => self.want_job(connector, back),
            Event::JobPlanned
            | Event::JobBegan
            | Event::JobRested { .. }
            | Event::JobFound(..)
            | Event::JobDropped => self.on_job(event),
            Event::HeaderJudged(verified, _) => self.judged(verified),
            Event::LookedAt(_)
            | Event::ConnectorGone(_)
            | Event::ChangeBegan(..)
            | Event::ChangeMoved(_)
            | Event::ChangeDropped => self.on_upkeep(event),
            Event::WentTo(screen) => self.go_to(screen),
        }
        self
    }

    /// What happened to the job over many addresses.
    fn on_job(&mut self, event: Event) {
        match event {
            Event::JobPlanned if self.connector.is_some() && !self.has_unfinished_job() => {
                self.job = Some(Stage::Planned);
                self.screen = self.nearest(Screen::Plan);
            }
            Event::JobBegan if self.job.is_some() => {
                self.job = Some(Stage::Running);
                self.screen = self.nearest(Screen::Attaching);
            }
            Event::JobRested { settled, has_ended } if self.has_unfinished_job() => {
                self.settle(settled);
                self.job = Some(if has_ended {
                    Stage::Ended
                } else {
                    Stage::Resting
                });
            }
            Event::JobFound(connector, stage) if self.platform.is_some() && !self.is_adding() => {
                if self.connector.as_ref().map(|old| old.id) != Some(connector.id) {
                    self.take_connector(connector);
                }
                self.job = Some(stage);
                self.screen = self.nearest(Screen::Attaching);
            }
            Event::JobDropped => {
                self.job = None;
                self.screen = self.nearest(self.after_job());
            }
            _ => {}
        }
    }

    /// Whether a connector may be on its way: until that is known, nothing leads away from it.
    fn is_adding(&self) -> bool {
        self.adding.as_ref().is_some_and(|job| !job.has_ended())
    }

    /// Whether OVHcloud may still be at work on a connector or a default, for this page.
    pub fn has_unfinished_change(&self) -> bool {
        self.is_adding() || self.upkeep.is_changing()
    }

    /// Whether anything is in its middle: whoever leaves now is asked.
    pub fn is_halfway(&self) -> bool {
        self.has_unfinished_job() || self.has_unfinished_change()
    }

    /// Whether addresses may be changed halfway: nothing else is begun before that is seen to.
    pub fn has_unfinished_job(&self) -> bool {
        matches!(self.job, Some(Stage::Running | Stage::Resting))
    }

    fn settle(&mut self, settled: Vec<(String, u64)>) {
        let own = self.connector.as_ref().and_then(|connector| connector.id);
        let known: BTreeSet<String> = self.attached.drain(..).collect();
        let (mut attached, mut rest) = (Vec::new(), known);
        for (address, connector) in settled {
            let was_attached = rest.remove(&address);
            if Some(connector) == own {
                attached.push(address);
            } else if was_attached {
                // It may be the one whose mail has proved something.
                self.verified = None;
            }
        }
        self.attached = rest.into_iter().chain(attached).collect();
    }

    /// What one header has proved, another that tells nothing does not take away.
    fn judged(&mut self, verified: Verified) {
        let known = self.verified.filter(|_| verified == Verified::Unclear);
        self.verified = known.or(Some(verified));
    }

    /// Forgets what was done with the connector.
    fn leave_connector(&mut self) {
        self.job = None;
        self.attached = Vec::new();
        self.verified = None;
        self.provider = None;
    }

    fn take_connector(&mut self, connector: SendConnector) {
        if self.connector.as_ref().map(|old| old.id) != Some(connector.id) {
            self.leave_connector();
        }
        if self.adding.is_some() {
            self.provider = self.wanted_provider;
        }
        self.connector = Some(connector);
        self.adding = None;
        self.may_be_there = false;
        self.review = None;
        self.screen = Screen::Ready;
    }

    /// The wizard as it comes back after a reload: what was in flight is in doubt.
    #[must_use]
    pub fn restored(self) -> Self {
        let mut wizard = self.interrupted();
        wizard.screen = wizard.nearest(wizard.screen);
        wizard
    }

    fn interrupted(mut self) -> Self {
        self.adding = self.adding.map(Adding::interrupted);
        self.upkeep = self.upkeep.interrupted();
        self
    }
}

#[cfg(test)]
mod tests;
