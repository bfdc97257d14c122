//! What is being typed and outlives a reload, and no secret: all drafts, each under its name.

use crate::browser::storage;

/// One draft.
#[derive(Clone, Copy)]
pub enum Draft {
    /// The form for a new connector, without its password.
    Connector,
    /// The settings of a connector, typed over what is there.
    Edit,
    /// How the platform shows the relay who it is, without the password.
    Authentication,
    /// What addresses are looked for by.
    Find,
    /// The pasted list of addresses.
    List,
    /// The addresses that are ticked, one a line.
    Addresses,
    /// What was pasted in step 3: much, and easily pasted again.
    Header,
    /// The domain that the test mail is said to come from.
    SenderDomain,
}

impl Draft {
    fn name(self) -> &'static str {
        match self {
            Self::Connector => "draft-connector",
            Self::Edit => "draft-edit",
            Self::Authentication => "draft-authentication",
            Self::Find => "draft-find",
            Self::List => "draft-list",
            Self::Addresses => "draft-addresses",
            Self::Header => "draft-header",
            Self::SenderDomain => "draft-sender-domain",
        }
    }

    pub fn load(self) -> Option<String> {
        storage::load(self.name())
    }

    /// Keeps it; false where storage is full or denied.
    pub fn save(self, text: &str) -> bool {
        storage::save(self.name(), text)
    }

    /// Forgets it, once it is there or no longer wanted.
    pub fn forget(self) {
        storage::forget(self.name());
    }
}
