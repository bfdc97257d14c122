//! The way through OVHcloud's API console, for a browser that may not call OVHcloud: what to run
//! there next, and what its answers mean. Nothing is sent from here, and nothing secret is in it.

mod answer;
mod stored;

use answer::{Answer, NoAnswer};

use crate::ovh::exchange::{
    AddConnector, ChangeAccount, ListConnectors, Platform, ReadAccount, ReadConnector,
    SendConnector,
};
use crate::ovh::shown::PLACEHOLDER;
use crate::ovh::{Call as _, Request};
use crate::run::order::Purpose;

/// What is to be done next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Step {
    /// Naming the platform.
    #[default]
    Platform,
    /// Reading which connectors there are: the new one is told by what was not there before.
    Before,
    /// Filling in the form, or naming a connector that is there.
    Form,
    /// Adding the connector, and reading the list again.
    Add,
    /// Reading the connector.
    Check,
    /// Naming addresses.
    Addresses,
    /// Changing an address and reading it, one after the other.
    Assign,
    Finished,
}

/// How far somebody is.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Console {
    step: Step,
    platform: Option<Platform>,
    before: Vec<u64>,
    /// The connector to add; its password is [`PLACEHOLDER`].
    adding: Option<AddConnector>,
    /// The numbers that the connector may have.
    candidates: Vec<u64>,
    connector: Option<SendConnector>,
    purpose: Option<Purpose>,
    addresses: Vec<String>,
    /// How many of them are done.
    done: usize,
    /// When they were named, in milliseconds since 1970.
    begun: u64,
}

/// What the person did.
pub enum Event {
    PlatformNamed(Platform),
    /// An answer was copied from the console.
    Pasted(String),
    FormSubmitted(AddConnector),
    /// A connector that is there, by its number.
    ConnectorNamed(u64),
    AddressesNamed {
        addresses: Vec<String>,
        purpose: Purpose,
        /// In milliseconds since 1970.
        now: u64,
    },
    WentBack,
}

/// Why what was pasted leads no further.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    Empty,
    /// A part of a web page.
    Html,
    Unreadable,
    /// OVHcloud refused, in its own words.
    Refused(String),
    /// An answer to something else.
    OtherAnswer,
    /// The answer to the first of two calls: it was taken, and the second one is wanted.
    AnswerToFirst,
    /// No connector is new in the list.
    NothingNew,
    /// Another connector than the one that was added, or was named.
    OtherConnector,
    /// OVHcloud's own connector, that nothing can be attached to.
    BuiltIn,
    /// The connector is there, in this state.
    NotReady(String),
    OtherAddress,
    /// The address is still being worked on.
    Pending,
    /// The address has another connector, and nothing is being done to it.
    NotTaken,
}

impl From<NoAnswer> for Problem {
    fn from(no_answer: NoAnswer) -> Self {
        match no_answer {
            NoAnswer::Empty => Self::Empty,
            NoAnswer::Html => Self::Html,
            NoAnswer::Unreadable => Self::Unreadable,
        }
    }
}

impl Console {
    pub fn step(&self) -> Step {
        self.step
    }

    pub fn platform(&self) -> Option<&Platform> {
        self.platform.as_ref()
    }

    /// The connectors that were there before.
    pub fn before(&self) -> &[u64] {
        &self.before
    }

    pub fn connector(&self) -> Option<&SendConnector> {
        self.connector.as_ref()
    }

    /// What the addresses are named for.
    pub fn purpose(&self) -> Purpose {
        self.purpose.unwrap_or(Purpose::Attach)
    }

    /// The address that is next, how many are done, and how many there are.
    pub fn address(&self) -> Option<(&str, usize, usize)> {
        let address = self.addresses.get(self.done)?;
        Some((address, self.done, self.addresses.len()))
    }

    /// The addresses that were named, while some of them are left.
    pub fn named(&self) -> &[String] {
        if self.done < self.addresses.len() {
            &self.addresses
        } else {
            &[]
        }
    }

    /// The addresses that the console showed as wanted.
    pub fn done(&self) -> &[String] {
        self.addresses.get(..self.done).unwrap_or_default()
    }

    /// When the addresses were named, in milliseconds since 1970.
    pub fn begun(&self) -> u64 {
        self.begun
    }

    /// The connector that the addresses are to have, 0 for none.
    pub fn wanted(&self) -> u64 {
        let id = self.connector.as_ref().and_then(|connector| connector.id);
        match self.purpose() {
            Purpose::Attach => id.unwrap_or(0),
            Purpose::Detach | Purpose::Undo => 0,
        }
    }

    /// What to run in the console at this step, in its order; the answer to the last is wanted.
    pub fn requests(&self) -> Vec<Request> {
        let Some(platform) = &self.platform else {
            return Vec::new();
        };
        let list = ListConnectors(platform).request();
        match self.step {
            Step::Before => vec![list],
            Step::Add => {
                let adding = self.adding.iter().map(AddConnector::request);
                adding.chain([list]).collect()
            }
            Step::Check => {
                let read = |&id: &u64| ReadConnector { platform, id }.request();
                self.candidates.iter().map(read).collect()
            }
            Step::Assign => {
                let Some((address, ..)) = self.address() else {
                    return Vec::new();
                };
                let change = ChangeAccount {
                    platform,
                    address,
                    connector: self.wanted(),
                    filters: None,
                };
                let read = ReadAccount { platform, address };
                vec![change.request(), read.request()]
            }
            Step::Platform | Step::Form | Step::Addresses | Step::Finished => Vec::new(),
        }
    }

    /// Whether a connector is added on this way, and not one that is there named.
    pub fn adds_one(&self) -> bool {
        self.adding.is_some()
    }

    /// Where somebody is after they did something; what does not fit their step changes nothing.
    ///
    /// # Errors
    /// Why an answer that was pasted leads no further.
    pub fn on(mut self, event: Event) -> Result<Self, Problem> {
        match event {
            Event::PlatformNamed(platform) => {
                if self.platform.as_ref() != Some(&platform) {
                    self = Self::default();
                }
                self.platform = Some(platform);
                self.step = Step::Before;
            }
            Event::Pasted(pasted) => self.take(Answer::read(&pasted)?)?,
            Event::FormSubmitted(mut adding) => {
                adding.password = adding.password.map(|_| PLACEHOLDER.to_owned());
                (self.adding, self.connector) = (Some(adding), None);
                self.step = Step::Add;
            }
            Event::ConnectorNamed(id) => {
                (self.adding, self.connector) = (None, None);
                self.candidates = vec![id];
                self.step = Step::Check;
            }
            Event::AddressesNamed {
                addresses,
                purpose,
                now,
            } => {
                // Whoever looked at the list again in the middle has done what they had done.
                let goes_on = purpose == self.purpose()
                    && self.done > 0
                    && !self.named().is_empty()
                    && addresses.len() > self.done
                    && addresses.starts_with(self.done());
                if !goes_on {
                    (self.done, self.begun) = (0, now);
                }
                self.addresses = addresses;
                self.purpose = Some(purpose);
                self.step = Step::Assign;
            }
            Event::WentBack => self.step = self.step_before(),
        }
        Ok(self)
    }

    fn step_before(&self) -> Step {
        match self.step {
            Step::Platform | Step::Before => Step::Platform,
            Step::Form => Step::Before,
            Step::Check if self.adding.is_some() => Step::Add,
            Step::Add | Step::Check | Step::Addresses => Step::Form,
            Step::Assign | Step::Finished => Step::Addresses,
        }
    }

    /// Takes an answer that is one.
    fn take(&mut self, answer: Answer) -> Result<(), Problem> {
        match (self.step, answer) {
            (_, Answer::Refusal(words)) => return Err(Problem::Refused(words)),
            (Step::Before, Answer::Ids(ids)) => {
                self.before = ids;
                self.step = Step::Form;
            }
            (Step::Add, Answer::Task) | (Step::Assign, Answer::Null) => {
                return Err(Problem::AnswerToFirst);
            }
            (Step::Add, Answer::Ids(mut ids)) => {
                ids.retain(|id| !self.before.contains(id));
                if ids.is_empty() {
                    return Err(Problem::NothingNew);
                }
                self.candidates = ids;
                self.step = Step::Check;
            }
            (Step::Check, Answer::Connector(connector)) => {
                self.connector = Some(self.check(connector)?);
                (self.addresses, self.done) = (Vec::new(), 0);
                self.step = Step::Addresses;
            }
            (Step::Assign, Answer::Account(account)) => {
                let Some((address, ..)) = self.address() else {
                    return Err(Problem::OtherAnswer);
                };
                let named = account.primary_email_address.as_deref();
                if named.is_some_and(|named| !named.eq_ignore_ascii_case(address)) {
                    return Err(Problem::OtherAddress);
                }
                if account.has_pending_task() {
                    return Err(Problem::Pending);
                }
                if account.send_connector_id.unwrap_or(0) != self.wanted() {
                    return Err(Problem::NotTaken);
                }
                self.done += 1;
                if self.done == self.addresses.len() {
                    self.step = Step::Finished;
                }
            }
            _ => return Err(Problem::OtherAnswer),
        }
        Ok(())
    }

    /// The connector, if it is the one that is meant and can be used.
    fn check(&self, mut connector: SendConnector) -> Result<SendConnector, Problem> {
        if connector.id.is_none() && self.candidates.len() == 1 {
            connector.id = self.candidates.first().copied();
        }
        let is_meant = |id: u64| self.candidates.contains(&id);
        let is_added = |adding: &AddConnector| {
            let host = connector.smart_host.as_deref().unwrap_or_default();
            host.eq_ignore_ascii_case(&adding.smart_host)
                && connector.display_name.as_deref() == Some(&*adding.display_name)
        };
        if !connector.id.is_some_and(is_meant) || !self.adding.as_ref().is_none_or(is_added) {
            return Err(Problem::OtherConnector);
        }
        if connector.is_built_in() {
            return Err(Problem::BuiltIn);
        }
        if !connector.is_ready() || connector.pending_task().is_some() {
            let state = connector.state.unwrap_or_default();
            return Err(Problem::NotReady(state));
        }
        Ok(connector)
    }
}

#[cfg(test)]
mod tests;
