//! Which screens are open: the one that is wanted, or what has to be settled before it.

use super::{Screen, Stage, Wizard};

impl Wizard {
    pub(super) fn go_to(&mut self, wanted: Screen) {
        let before = self.screen;
        self.screen = self.nearest(wanted);
        let is_step = (Screen::Connector..=Screen::Done).contains(&before);
        if self.screen.is_upkeep() && is_step {
            self.upkeep.left = Some(before);
        }
        if self.screen == Screen::Addresses {
            // Whoever chooses others has left what the last job was for.
            self.upkeep.job_for = None;
        }
    }

    /// The screen nearest before the wanted one for which everything is settled. A job that is not
    /// at its end is never left out of sight: its screen comes first.
    pub(super) fn nearest(&self, wanted: Screen) -> Screen {
        if self.console.is_some() {
            return match wanted {
                Screen::Verify | Screen::Done if self.connector.is_some() => wanted,
                Screen::Record => Screen::Record,
                _ => Screen::Console,
            };
        }
        let wanted = wanted.max(Screen::Platform);
        if self.is_adding() {
            return Screen::Adding;
        }
        if wanted == Screen::Record {
            return Screen::Record;
        }
        if self.platform.is_none() || matches!(wanted, Screen::Platform | Screen::Console) {
            return Screen::Platform;
        }
        if self.adding.is_some() {
            return Screen::Adding;
        }
        if wanted.is_upkeep() {
            return self.nearest_upkeep(wanted);
        }
        match wanted {
            later if later > Screen::Adding && self.connector.is_none() => Screen::Connector,
            Screen::Addresses | Screen::Plan if self.has_unfinished_job() => Screen::Attaching,
            Screen::Plan | Screen::Attaching if self.job == Some(Stage::Planned) => Screen::Plan,
            Screen::Plan => Screen::Addresses,
            Screen::Review | Screen::Adding if self.review.is_some() => Screen::Review,
            Screen::Review | Screen::Adding => Screen::Connector,
            Screen::Attaching if self.job.is_none() => Screen::Addresses,
            fine => fine,
        }
    }

    /// The same beside the way, where a change has to be seen to its end before another begins.
    fn nearest_upkeep(&self, wanted: Screen) -> Screen {
        let has_subject = self.upkeep.subject().is_some();
        match wanted {
            Screen::Changing if self.upkeep.changing().is_none() => {
                self.nearest_upkeep(Screen::Details)
            }
            Screen::Edit | Screen::Authenticate | Screen::Delete if self.upkeep.is_changing() => {
                Screen::Changing
            }
            Screen::Details | Screen::Edit | Screen::Authenticate | Screen::Delete
                if !has_subject =>
            {
                Screen::Connectors
            }
            fine => fine,
        }
    }

    /// The way back to the three steps: where they were left, or else the first that is not done.
    pub fn back_to_steps(&self) -> Screen {
        let next = if self.connector.is_some() {
            Screen::Addresses
        } else {
            Screen::Connector
        };
        self.nearest(self.upkeep.left.unwrap_or(next))
    }

    /// Whether the screen is one that looks after what is there, beside the way.
    pub fn is_beside_the_way(&self) -> bool {
        self.screen().is_upkeep()
    }
}

impl Screen {
    pub(super) fn is_upkeep(self) -> bool {
        (Self::Connectors..=Self::Changing).contains(&self)
    }
}
