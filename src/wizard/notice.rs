//! Why somebody who was further on is asked for keys: kept from one program of the page to the next.

use crate::json::{self, Object};
use crate::ovh::Error;

/// How signing in or out went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Notice {
    #[default]
    Nothing,
    /// Back from OVHcloud's page, and the key is not confirmed.
    NotConfirmed,
    /// The keys did not outlive the reload.
    KeysLost,
    /// The keys no longer work.
    KeysFailed(Error),
    /// What the user works on is not found with these keys: another account's, most likely.
    OtherAccount,
    /// Nobody used the page; the keys still work.
    Locked,
    /// Signed out, and OVHcloud ended the key.
    SignedOut,
    /// Signed out here, and the key may still work elsewhere.
    SignedOutHere,
}

const FAILED: &str = "keys-failed";

impl Notice {
    fn plain() -> [(Self, &'static str); 7] {
        [
            (Self::Nothing, "nothing"),
            (Self::NotConfirmed, "not-confirmed"),
            (Self::KeysLost, "keys-lost"),
            (Self::OtherAccount, "other-account"),
            (Self::Locked, "locked"),
            (Self::SignedOut, "signed-out"),
            (Self::SignedOutHere, "signed-out-here"),
        ]
    }

    /// The notice as text to keep.
    pub fn to_json(&self) -> String {
        let object = Object::new();
        if let Self::KeysFailed(error) = self {
            return object
                .with("is", FAILED.into())
                .with("error", error.to_json())
                .to_text();
        }
        let word = Self::plain().into_iter().find(|(known, _)| known == self);
        let word = word.map_or("", |(_, word)| word);
        object.with("is", word.into()).to_text()
    }

    /// The notice back from [`Notice::to_json`].
    pub fn from_json(text: &str) -> Option<Self> {
        let value = json::parse(text)?;
        let fields = value.as_object()?;
        let is = json::text(fields, "is")?;
        if is == FAILED {
            return Error::from_json(fields.get("error")?).map(Self::KeysFailed);
        }
        let found = Self::plain().into_iter().find(|(_, word)| *word == is);
        found.map(|(notice, _)| notice)
    }
}

#[cfg(test)]
mod tests {
    use super::Notice;
    use crate::ovh::Error;

    #[test]
    fn every_notice_is_read_back() {
        let failed = Notice::KeysFailed(Error::ConsumerNotValid);
        let plain = Notice::plain().map(|(notice, _)| notice);
        for notice in plain.into_iter().chain([failed]) {
            assert_eq!(Notice::from_json(&notice.to_json()), Some(notice));
        }
        assert_eq!(Notice::from_json("{}"), None);
        assert_eq!(Notice::from_json("x"), None);
    }
}
