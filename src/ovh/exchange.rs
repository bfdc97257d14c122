//! The calls below `/email/exchange`: one struct per operation, its answer beside it.
//!
//! Answers are read leniently: OVHcloud documents every property as optional, and adds values to
//! its enumerations. Field names and types follow its published schema of June 2024 and later.

mod account;
mod connector;
mod domain;
mod platform;
mod task;
mod upkeep;

pub use account::{Account, ChangeAccount, ListAccounts, ReadAccount, SpamAndVirus};
pub use connector::{AddConnector, ListConnectors, Mechanism, ReadConnector, SendConnector};
pub use domain::{ChangeDomainDefault, Domain, ListDomains, ReadDomain};
pub use platform::{
    Condition, ListOrganizations, ListServices, Offer, Platform, ReadServer, ReadService, Server,
    Service,
};
pub use task::{ListTasks, Progress, ReadTask, Task, Work};
pub use upkeep::{ChangeAuthentication, ChangeConnector, ConnectorChanges, DeleteConnector};

/// The largest mail that a connector may be set to take, in megabytes.
pub const LARGEST_MAIL: u16 = 100;
