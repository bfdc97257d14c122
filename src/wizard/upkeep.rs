//! Looking after what is there: which connector is looked at, and the one change on its way.

use super::{Event, Screen, Wizard};
use crate::ovh::exchange::{ChangeAuthentication, SendConnector};
use crate::run::changing::{Changing, Ending, Seen, Stage, Wish};

/// Kept over a reload, but for the request with the password.
#[derive(Clone, Default)]
pub struct Upkeep {
    /// The connector that is looked at, as it was read last.
    pub(super) subject: Option<SendConnector>,
    pub(super) changing: Option<Changing>,
    /// The screen of the three steps that was left for what is beside them.
    pub(super) left: Option<Screen>,
    /// The screen that the change began on.
    pub(super) origin: Option<Screen>,
    /// The screen that a job over many addresses was wanted from, and leads back to.
    pub(super) job_for: Option<Screen>,
    /// What a change of the authentication sends, for as long as it may be sent.
    pub(super) authentication: Option<ChangeAuthentication>,
}

impl Upkeep {
    pub fn subject(&self) -> Option<&SendConnector> {
        self.subject.as_ref()
    }

    pub fn changing(&self) -> Option<&Changing> {
        self.changing.as_ref()
    }

    pub fn authentication(&self) -> Option<&ChangeAuthentication> {
        self.authentication.as_ref()
    }

    /// The screen that waits for the end of the job over many addresses.
    pub fn job_for(&self) -> Option<Screen> {
        self.job_for
    }

    /// Whether a change may be halfway: no other is begun before it is seen to its end.
    pub fn is_changing(&self) -> bool {
        self.changing.as_ref().is_some_and(|job| !job.is_over())
    }

    fn look_at(&mut self, connector: SendConnector) {
        self.subject = Some(connector);
        self.job_for = None;
    }

    fn begin(
        &mut self,
        changing: Changing,
        authentication: Option<ChangeAuthentication>,
        origin: Screen,
    ) {
        self.changing = Some(changing);
        self.authentication = authentication;
        self.origin = Some(origin);
    }

    /// After a reload: the password is gone, and what was in flight is in doubt.
    pub(super) fn interrupted(mut self) -> Self {
        self.changing = self.changing.map(Changing::interrupted);
        self.authentication = None;
        self
    }

    /// Where the end of the change leads back to.
    fn way_back(&self) -> Screen {
        let changing = self.changing.as_ref();
        match changing.map(|job| (job.wish(), job.stage())) {
            // The deletion of a connector may wait for it.
            Some((Wish::Default { .. }, _)) if self.origin == Some(Screen::Delete) => {
                Screen::Delete
            }
            Some((Wish::Default { .. }, _)) => Screen::Domains,
            Some((Wish::Delete { .. }, Stage::Done) | (_, Stage::Ended(Ending::Gone))) => {
                Screen::Connectors
            }
            // What was typed is still there.
            Some((_, Stage::Ended(_) | Stage::Looking)) => self.origin.unwrap_or(Screen::Details),
            _ => Screen::Details,
        }
    }
}

impl Wizard {
    /// What happened to what is there.
    pub(super) fn on_upkeep(&mut self, event: Event) {
        match event {
            Event::LookedAt(connector) => {
                self.upkeep.look_at(connector);
                self.screen = self.nearest(Screen::Details);
            }
            Event::ConnectorGone(id) => {
                self.forget_connector(id);
                self.screen = self.nearest(self.screen);
            }
            Event::ChangeBegan(changing, authentication) => {
                let is_free = self.adding.is_none() && !self.upkeep.is_changing();
                if is_free && self.platform.is_some() {
                    self.upkeep.begin(changing, authentication, self.screen);
                    self.screen = Screen::Changing;
                }
            }
            Event::ChangeMoved(changing) => self.move_change(changing),
            Event::ChangeDropped => self.drop_change(),
            _ => {}
        }
    }

    /// A change went on, or came to its end; then the connector is known as it is now.
    fn move_change(&mut self, changing: Changing) {
        if self.upkeep.changing.is_none() {
            return;
        }
        if !changing.may_be_sent() {
            self.upkeep.authentication = None;
        }
        let id = match changing.wish() {
            Wish::Edit { id, .. } | Wish::Authenticate { id, .. } | Wish::Delete { id, .. } => {
                Some(*id)
            }
            Wish::Default { .. } => None,
        };
        let is_ours = id.is_some() && id == self.connector.as_ref().and_then(|own| own.id);
        // What is out may still be refused.
        let may_be_made = changing.was_sent() && *changing.stage() != Stage::Sent;
        if is_ours && may_be_made {
            // What a mail has proved is how it was.
            self.verified = None;
        }
        if *changing.stage() == Stage::Done || changing.stage() == &Stage::Ended(Ending::Gone) {
            match (changing.seen(), id) {
                (Some(Seen::Connector(now)), Some(id)) => self.learn(&SendConnector {
                    id: Some(id),
                    ..now.clone()
                }),
                (None, Some(id)) => self.forget_connector(id),
                _ => {}
            }
        }
        self.upkeep.changing = Some(changing);
        // What was looked at may be gone.
        if self.signed_in {
            self.screen = self.nearest(self.screen);
        }
    }

    /// The end of a change was seen.
    fn drop_change(&mut self) {
        if self
            .upkeep
            .changing
            .as_ref()
            .is_some_and(Changing::can_be_dropped)
        {
            let back = self.upkeep.way_back();
            self.upkeep.changing = None;
            self.upkeep.authentication = None;
            self.screen = self.nearest(back);
        }
    }

    /// Takes the connector for a job over many addresses; the screen follows with the plan.
    pub(super) fn want_job(&mut self, connector: SendConnector, back: Screen) {
        if self.has_unfinished_job() {
            self.screen = self.nearest(Screen::Attaching);
        } else if self.platform.is_some() && !self.is_adding() {
            let screen = self.screen;
            self.take_connector(connector);
            self.upkeep.job_for = Some(back);
            self.screen = screen;
        }
    }

    /// Where the user is once the job over many addresses is out of sight.
    pub(super) fn after_job(&self) -> Screen {
        let is_in_sight = matches!(self.screen, Screen::Plan | Screen::Attaching);
        let back = self.upkeep.job_for.filter(|_| is_in_sight);
        back.unwrap_or(self.screen)
    }

    /// A connector is as it was just read, wherever it is remembered.
    fn learn(&mut self, connector: &SendConnector) {
        let known = [&mut self.connector, &mut self.upkeep.subject];
        for known in known.into_iter().flatten() {
            if known.id == connector.id {
                known.clone_from(connector);
            }
        }
    }

    /// A connector is not there any more.
    fn forget_connector(&mut self, id: u64) {
        let is_it =
            |known: &Option<SendConnector>| known.as_ref().and_then(|known| known.id) == Some(id);
        if is_it(&self.upkeep.subject) {
            self.upkeep.subject = None;
            self.upkeep.job_for = None;
        }
        if is_it(&self.connector) && !self.has_unfinished_job() {
            self.leave_connector();
            self.connector = None;
        }
    }
}
