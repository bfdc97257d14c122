//! The calls below `/email/exchange`: one struct per operation, its answer beside it.
//!
//! Answers are read leniently: OVHcloud documents every property as optional, and adds values to
//! its enumerations. Field names and types follow its published schema of June 2024 and later.

mod account;
mod connector;
mod platform;
mod task;

pub use account::{Account, ChangeAccount, ListAccounts, ReadAccount, SpamAndVirus};
pub use connector::{AddConnector, ListConnectors, Mechanism, ReadConnector, SendConnector};
pub use platform::{
    ListDomains, ListOrganizations, ListServices, Offer, Platform, ReadServer, ReadService, Server,
    Service,
};
pub use task::{ListTasks, Progress, ReadTask, Task};
