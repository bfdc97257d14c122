//! The requests behind the questions, and the answers read, so that every sender asks alike.

use serde_json::Value;

use super::{Heard, Question, Seen, Wish};
use crate::ovh::exchange::{
    ChangeAuthentication, ChangeConnector, ChangeDomainDefault, DeleteConnector, ListConnectors,
    ListDomains, ListTasks, Platform, ReadConnector, ReadDomain, ReadTask,
};
use crate::ovh::{Call, Error, Request};

impl Question {
    /// What to send. `authentication` is what a wish to [`Wish::Authenticate`] came from; `None`
    /// where the change needs it and it is not there.
    pub fn request(
        &self,
        wish: &Wish,
        platform: &Platform,
        authentication: Option<&ChangeAuthentication>,
    ) -> Option<Request> {
        Some(match (self, wish) {
            (Self::Task(id), _) => ReadTask { platform, id: *id }.request(),
            (Self::Tasks, _) => ListTasks(platform).request(),
            (Self::List, Wish::Default { .. }) => ListDomains(platform).request(),
            (Self::List, _) => ListConnectors(platform).request(),
            (Self::Look, Wish::Default { domain, .. }) => {
                let name = domain;
                ReadDomain { platform, name }.request()
            }
            (
                Self::Look,
                Wish::Edit { id, .. } | Wish::Authenticate { id, .. } | Wish::Delete { id, .. },
            ) => ReadConnector { platform, id: *id }.request(),
            (Self::Change, Wish::Edit { id, changes, .. }) => ChangeConnector {
                platform,
                id: *id,
                changes,
            }
            .request(),
            (Self::Change, Wish::Authenticate { id, .. }) => {
                let own = authentication.filter(|request| request.id == *id)?;
                own.request()
            }
            (Self::Change, Wish::Delete { id, .. }) => {
                DeleteConnector { platform, id: *id }.request()
            }
            (Self::Change, Wish::Default { domain, wanted, .. }) => ChangeDomainDefault {
                platform,
                domain,
                connector: *wanted,
            }
            .request(),
        })
    }

    /// What an answer says, as JSON or as an error.
    pub fn heard(&self, wish: &Wish, answer: Result<Value, Error>) -> Heard {
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) => return Heard::Failed(error),
        };
        let heard = match (self, wish) {
            (Self::Task(_), _) => ReadTask::read(&answer).map(Heard::Task),
            (Self::Tasks, _) => ListTasks::read(&answer).map(Heard::Tasks),
            (Self::List, Wish::Default { domain, .. }) => {
                ListDomains::read(&answer).map(|all| Heard::Listed(all.contains(domain)))
            }
            (
                Self::List,
                Wish::Edit { id, .. } | Wish::Authenticate { id, .. } | Wish::Delete { id, .. },
            ) => ListConnectors::read(&answer).map(|all| Heard::Listed(all.contains(id))),
            (Self::Look, Wish::Default { .. }) => {
                ReadDomain::read(&answer).map(|domain| Heard::Seen(Seen::Domain(domain)))
            }
            (Self::Look, _) => {
                ReadConnector::read(&answer).map(|read| Heard::Seen(Seen::Connector(read)))
            }
            (Self::Change, Wish::Edit { .. }) => {
                ChangeConnector::read(&answer).map(|()| Heard::Taken(None))
            }
            (Self::Change, Wish::Default { .. }) => {
                ChangeDomainDefault::read(&answer).map(|()| Heard::Taken(None))
            }
            (Self::Change, Wish::Authenticate { .. }) => {
                ChangeAuthentication::read(&answer).map(|task| Heard::Taken(Some(task)))
            }
            (Self::Change, Wish::Delete { .. }) => {
                DeleteConnector::read(&answer).map(|task| Heard::Taken(Some(task)))
            }
        };
        heard.unwrap_or(Heard::Failed(Error::Unreadable))
    }
}
