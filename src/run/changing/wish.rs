//! What is to be changed, how it was when that was decided, and what a reading says about it.

use crate::ovh::exchange::{ConnectorChanges, Domain, Mechanism, SendConnector, Work};

/// One change of something that is there. The password of a new authentication is not in it: it is
/// in the request alone, which whoever sends holds in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    Edit {
        id: u64,
        first: SendConnector,
        changes: ConnectorChanges,
    },
    Authenticate {
        id: u64,
        first: SendConnector,
        mechanism: Mechanism,
    },
    Delete {
        id: u64,
        first: SendConnector,
    },
    /// The connector that new addresses on a domain begin with, 0 for none.
    Default {
        domain: String,
        first: u64,
        wanted: u64,
    },
}

/// The object of a change as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    Connector(SendConnector),
    Domain(Domain),
}

impl Seen {
    pub(super) fn pending_task(&self) -> Option<u64> {
        match self {
            Self::Connector(connector) => connector.pending_task(),
            Self::Domain(domain) => domain.pending_task(),
        }
    }

    /// Whether nothing is being done to it.
    pub(super) fn is_settled(&self) -> bool {
        match self {
            Self::Connector(connector) => connector.is_settled(),
            Self::Domain(domain) => {
                domain.pending_task().is_none()
                    && matches!(domain.state.as_deref(), None | Some("ok" | "suspended"))
            }
        }
    }
}

/// What a reading before the change says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// As it was when the change was decided.
    AsFirst,
    /// As it shall be.
    AsWanted,
    /// Somebody else has changed it.
    Different,
}

impl Wish {
    /// What OVHcloud calls this.
    pub(super) fn work(&self) -> Work {
        match self {
            Self::Edit { .. } | Self::Authenticate { .. } => Work::ChangeConnector,
            Self::Delete { .. } => Work::DeleteConnector,
            Self::Default { .. } => Work::ChangeDomain,
        }
    }

    /// Whether what is sent holds a password.
    pub fn has_password(&self) -> bool {
        matches!(self, Self::Authenticate { .. })
    }

    pub(super) fn compare(&self, seen: &Seen) -> Found {
        let (is_wanted, is_first) = match (self, seen) {
            (Self::Edit { first, changes, .. }, Seen::Connector(now)) => {
                (changes.are_in(now), has_same_settings(first, now))
            }
            // A new password shows in the date alone.
            (Self::Authenticate { first, .. }, Seen::Connector(now)) => {
                let is_untouched = first.last_update_date == now.last_update_date;
                (false, is_untouched && has_same_settings(first, now))
            }
            (Self::Delete { first, .. }, Seen::Connector(now)) => {
                (false, has_same_settings(first, now))
            }
            (Self::Default { first, wanted, .. }, Seen::Domain(now)) => {
                let now = now.connector().unwrap_or(0);
                (now == *wanted, now == *first)
            }
            _ => (false, false),
        };
        match (is_wanted, is_first) {
            (true, _) => Found::AsWanted,
            (false, true) => Found::AsFirst,
            (false, false) => Found::Different,
        }
    }

    /// Whether the object shows the change; `is_done` where OVHcloud said so of its task.
    pub(super) fn is_in(&self, seen: &Seen, is_done: bool) -> bool {
        match (self, seen) {
            (
                Self::Authenticate {
                    first, mechanism, ..
                },
                Seen::Connector(now),
            ) => {
                let is_proven = is_done
                    || first.mechanism() != Some(*mechanism)
                    || first.last_update_date != now.last_update_date;
                is_proven && now.mechanism() == Some(*mechanism)
            }
            _ => self.compare(seen) == Found::AsWanted,
        }
    }

    /// Whether no reading can tell if the change is there: a password leaves no trace.
    pub(super) fn is_unprovable(&self, seen: Option<&Seen>) -> bool {
        match (self, seen) {
            (Self::Authenticate { mechanism, .. }, Some(Seen::Connector(now))) => {
                now.mechanism() == Some(*mechanism)
            }
            _ => false,
        }
    }

    /// The same wish, by somebody who knows how the object is now.
    pub(super) fn begin_from(&mut self, seen: &Seen) {
        match (self, seen) {
            (
                Self::Edit { first, .. }
                | Self::Authenticate { first, .. }
                | Self::Delete { first, .. },
                Seen::Connector(now),
            ) => first.clone_from(now),
            (Self::Default { first, .. }, Seen::Domain(now)) => {
                *first = now.connector().unwrap_or(0);
            }
            _ => {}
        }
    }
}

fn has_same_settings(one: &SendConnector, other: &SendConnector) -> bool {
    let same_host = match (&one.smart_host, &other.smart_host) {
        (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
        (one, other) => one == other,
    };
    same_host
        && one.display_name == other.display_name
        && one.port == other.port
        && one.require_tls == other.require_tls
        && one.max_send_size == other.max_send_size
        && one.smart_host_auth_mechanism == other.smart_host_auth_mechanism
}
