//! Is the mail of somebody that was asked about?

use super::connector::Connector;
use super::{Evidence, Question, Unclear, Verdict};
use crate::mail::{address, scan};

/// The mail's sender, as far as the question tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sender {
    /// One of the addresses asked about; or none was asked about, or none stands there.
    Fine,
    /// The visible one was put there by the provider.
    Given,
    Stranger,
}

impl Sender {
    pub(super) fn of(
        evidence: &Evidence,
        question: &Question<'_>,
        connector: &Connector<'_>,
    ) -> Self {
        let asked = |address: &String| {
            let is = |known: &str| scan::is(scan::trim(known), address);
            question.attached.iter().any(|known| is(known)) || question.from.is_some_and(is)
        };
        let nobody_asked = question.attached.is_empty() && question.from.is_none();
        let Some(visible) = evidence.senders.first() else {
            return Self::Fine;
        };
        if evidence.senders.iter().any(asked) {
            Self::Fine
        } else if connector.has_given(address::domain(visible)) {
            Self::Given
        } else if nobody_asked {
            Self::Fine
        } else {
            Self::Stranger
        }
    }

    /// The mail of a stranger tells nothing of the addresses asked about, whatever way it took.
    pub(super) fn settle(self, way: Verdict) -> Verdict {
        match way {
            Verdict::NotAHeader
            | Verdict::CannotTell(Unclear::NoReceived | Unclear::Report)
            | Verdict::Forged => way,
            _ if self == Self::Stranger => Verdict::NotAttached,
            _ => way,
        }
    }
}
