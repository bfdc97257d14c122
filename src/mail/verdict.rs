//! Judges from a header whether a mail took the way through a send connector. The hop that handed
//! the mail over decides, with the envelope sender, SPF and the inner hop; fields that anybody can
//! add only support.

use std::ops::Range;

use super::address;
use super::authentication::{self, Authentication};
use super::header::{self, Header};
use super::received::Hop;

mod connector;
mod exit;
mod reasons;
mod road;
mod sender;
mod way;

use connector::Connector;
pub use road::Road;
use sender::Sender;
use way::Way;

/// What is asked: did this mail take the way through this connector?
#[derive(Debug, Clone, Copy, Default)]
pub struct Question<'a> {
    pub smart_host: &'a str,
    /// The provider's name, where the user chose one.
    pub provider: Option<&'a str>,
    /// The domain that the user says the provider sends from.
    pub own_domain: Option<&'a str>,
    /// The addresses attached to the connector; empty if that is not known.
    pub attached: &'a [String],
    /// The address that the mail was sent from, as the user says.
    pub from: Option<&'a str>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Verdict {
    /// Through the connector; with `white_label`, by a host of another name.
    Used {
        white_label: bool,
    },
    /// Left through OVHcloud's own servers.
    NotUsed,
    /// Left through somebody else's servers.
    OtherRoad,
    /// The provider's marks without the provider's handover: forged, or sent a second time.
    Forged,
    /// Through a connector, but not this one.
    OtherConnector,
    /// The sender is not attached to the connector.
    NotAttached,
    CannotTell(Unclear),
    #[default]
    NotAHeader,
}

/// Why a header does not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unclear {
    /// No Received line at all: a copy from the sender's own folder, or only a part of the header.
    NoReceived,
    /// Received lines, but none that could be read.
    Unreadable,
    /// No sender: only a part of the header.
    NoSender,
    /// The mail never left the servers that it started on.
    NeverLeft,
    /// The address that handed the mail over was blotted out.
    BlottedOut,
    /// A host handed it over of which nothing is known; it may be the provider's.
    UnknownHost,
    /// Others passed it on before it came to a server for which no SPF speaks: forged or forwarded.
    PassedOn,
    /// The provider filters for recipients too, and its hops may be the recipient's.
    EitherSide,
    /// The header is longer than is read.
    TooLong,
    /// Neither a smart host nor a provider to look for.
    NoConnector,
    /// It is a server's report that some mail could not be delivered.
    Report,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    Unsure,
    Likely,
    #[default]
    Sure,
}

/// One thing that speaks for a verdict, or against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    pub sign: Sign,
    /// It speaks for the verdict, not against it.
    pub supports: bool,
    /// The field in the pasted text.
    pub range: Range<usize>,
}

/// Up to [`Sign::ConnectorField`] they point to the connector, from there on away from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// A host of the connector handed the mail to the recipient's side.
    HandedOver,
    /// A server of the connector took the mail on its way.
    InnerHop,
    /// The envelope sender is the provider's.
    ReturnPath,
    SpfPassed,
    /// A signature of the provider's domain was found sound.
    DkimPassed,
    /// The provider's domain signed; nobody says whether soundly.
    DkimSigned,
    /// A field that the provider adds, and anybody can.
    ProviderField,
    /// The visible sender is an address that the provider puts in the place of one whose domain it does
    /// not know.
    SenderReplaced,
    /// `x-mclm-sbr-processed: true`: OVHcloud applied some connector.
    ConnectorField,
    SpfFailed,
    /// OVHcloud's own sending servers handed the mail over.
    OwnServers,
    /// Somebody else's host handed the mail over.
    OtherHost,
    /// The host called itself by the provider's name, its address says otherwise.
    NameOnlyClaimed,
    /// The lines of two servers do not join.
    BrokenChain,
    /// The mail was forwarded after it arrived.
    Forwarded,
    /// Behind the handover somebody signed in and handed the mail in: the lines below may be theirs.
    BegunAnew,
    /// The provider's servers on the recipient's side.
    RecipientsGateway,
    /// The mail was handed to the provider from outside OVHcloud.
    SubmittedElsewhere,
    /// The address is none that can exist.
    ImpossibleAddress,
    /// The sender is not among the addresses attached.
    SenderNotAttached,
}

impl Sign {
    fn is_towards(self) -> bool {
        self as u8 <= Self::ConnectorField as u8
    }
}

/// The answer, with what it rests on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judgement {
    pub verdict: Verdict,
    pub road: Road,
    pub reasons: Vec<Reason>,
    pub evidence: Evidence,
}

/// What a header holds that a judgement can rest on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Oldest first.
    pub hops: Vec<Hop>,
    /// Received lines that are no hops, oldest first.
    pub not_understood: Vec<Range<usize>>,
    pub authentication: Authentication,
    /// The addresses of the From fields, then those of the Sender fields.
    pub senders: Vec<String>,
}

impl Verdict {
    /// The verdict's short name, the same in every language.
    pub fn name(self) -> &'static str {
        match self {
            Self::Used { .. } => "used",
            Self::NotUsed => "not-used",
            Self::OtherRoad => "other-road",
            Self::Forged => "forged",
            Self::OtherConnector => "other-connector",
            Self::NotAttached => "not-attached",
            Self::CannotTell(_) => "cannot-tell",
            Self::NotAHeader => "not-a-header",
        }
    }
}

/// More Received lines than this are listed, not read: no mail travels so far.
const MOST_HOPS: usize = 300;
/// More senders than these are noise.
const MOST_SENDERS: usize = 8;

/// Judges the text that somebody pasted. Always answers.
pub fn judge(text: &str, question: &Question<'_>) -> Judgement {
    if cfg!(feature = "bare") {
        return std::hint::black_box(Judgement::default());
    }
    let header = header::read(text);
    let mut evidence = Evidence::of(&header);
    let connector = Connector::new(question, &header, &evidence);
    let mut road = road::follow(&Way::new(&header, &evidence, &connector));
    evidence.mark_own(road.boundary);
    let sender = Sender::of(&evidence, question, &connector);
    let verdict = sender.settle(road.verdict);
    if sender == Sender::Given {
        // Whose place it took, nobody says.
        road.confidence = road.confidence.min(Confidence::Likely);
    }
    let reasons = reasons::weigh(&header, &evidence, &connector, &road, verdict, sender);
    if verdict == Verdict::NotAttached {
        road.confidence = Confidence::Sure;
        road.deciding.clear();
        road.decide(header.first("from").map(|field| &field.range));
    }
    Judgement {
        verdict,
        road,
        reasons,
        evidence,
    }
}

impl Judgement {
    /// The sender's address in the header.
    pub fn sender(&self) -> Option<&str> {
        self.evidence.senders.first().map(String::as_str)
    }

    /// Whether this is among the reasons.
    pub fn rests_on(&self, sign: Sign) -> bool {
        self.reasons.iter().any(|reason| reason.sign == sign)
    }
}

impl Evidence {
    fn of(header: &Header<'_>) -> Self {
        let mut found = Self {
            hops: Vec::new(),
            not_understood: Vec::new(),
            authentication: authentication::read(header),
            senders: Vec::new(),
        };
        for field in header.fields.iter().rev() {
            if field.is("received") {
                let few = found.hops.len() + found.not_understood.len() < MOST_HOPS;
                if few && let Some(hop) = Hop::read(field) {
                    found.hops.push(hop);
                } else {
                    found.not_understood.push(field.range.clone());
                }
            }
        }
        for name in ["from", "sender"] {
            for field in header.all(name).take(MOST_SENDERS) {
                if let Some(sender) = address::mailbox(&field.text()) {
                    found.senders.push(sender);
                }
            }
        }
        found
    }

    /// Tells what the recipient's own servers found out, given the hop by which they took the mail;
    /// where that is not known, the newest.
    fn mark_own(&mut self, boundary: Option<usize>) {
        let boundary = boundary.unwrap_or(self.hops.len().saturating_sub(1));
        let newer = self.hops.get(boundary..).unwrap_or_default();
        self.authentication
            .mark_own(&|said, place| connector::is_own(newer, said, place));
    }
}

#[cfg(test)]
mod tests;
