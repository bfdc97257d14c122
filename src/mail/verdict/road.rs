//! Turns the way that the hops show into a verdict.

use std::ops::Range;

use super::connector::{self, Side};
use super::exit::{self, Exit, Seen};
use super::way::{Leg, Way};
use super::{Confidence, Evidence, Unclear, Verdict};
use crate::mail::address::Ip;
use crate::mail::authentication::{Finding, Method, Outcome};
use crate::mail::header::Header;
use crate::mail::provider::Provider;
use crate::mail::scan;

/// Where the mail went, and what shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Road {
    /// What the way alone says, whoever the sender is.
    pub verdict: Verdict,
    pub confidence: Confidence,
    /// The host, provider or domain that the mail went through.
    pub via: Option<String>,
    /// The lines that decide, in the pasted text.
    pub deciding: Vec<Range<usize>>,
    /// The hop by which the recipient's side took the mail.
    pub boundary: Option<usize>,
    pub(super) seen: Seen,
    /// What SPF says about the hop at the boundary.
    pub(super) spf: Option<(Outcome, Range<usize>)>,
    /// What SPF speaks of is the sender's domain: where it fails, nobody has entered the servers yet.
    spf_is_senders: bool,
    /// What SPF speaks of is neither the sender's domain nor the connector's.
    pub(super) spf_is_strangers: bool,
    /// The host at the boundary is known by nothing but what it called itself.
    only_claimed: bool,
    /// The hop behind the boundary begins somewhere else.
    pub(super) broken: bool,
    /// The mail crossed to yet another organisation.
    pub(super) forwarded: bool,
    /// The hop in which somebody handed the mail in anew, behind one that shows the connector.
    pub(super) anew: Option<usize>,
}

pub(super) fn follow(way: &Way<'_>) -> Road {
    let mut road = Road::default();
    if let Some(verdict) = unreadable(way) {
        road.verdict = verdict;
        return road;
    }
    let (exit, seen) = exit::find(way);
    road.seen = seen;
    match exit {
        Some(Exit::Connector(index) | Exit::WhiteLabel(index))
            if let Some(anew) = way.begins_anew(index) =>
        {
            road.sent_anew(way, index, anew);
        }
        Some(Exit::Connector(index)) => road.used(way, index),
        Some(Exit::WhiteLabel(index)) => road.white_label(way, index),
        Some(Exit::Ovh(index)) => road.by_ovh(way, index),
        Some(Exit::Provider(index, provider)) => road.other_provider(way, index, provider),
        None if way.header.cut => {
            road.verdict = Verdict::CannotTell(Unclear::TooLong);
        }
        None => road.unproven(way),
    }
    if way.header.cut {
        // The oldest hops were not seen.
        road.confidence = road.confidence.min(Confidence::Likely);
    }
    road.settle_connector();
    road
}

/// Headers that cannot show any way.
fn unreadable(way: &Way<'_>) -> Option<Verdict> {
    const USUAL: &str = "from to subject date message-id return-path mime-version \
        dkim-signature delivered-to authentication-results received-spf content-type";
    let evidence = way.evidence;
    let header = way.header;
    let usual = scan::words(USUAL, b" ")
        .filter(|name| header.first(name).is_some())
        .count();
    let received = !evidence.hops.is_empty() || !evidence.not_understood.is_empty();
    let unclear = if evidence.hops.is_empty() && usual < 2 {
        return Some(Verdict::NotAHeader);
    } else if way.connector.is_empty() {
        Unclear::NoConnector
    } else if is_report(evidence) {
        Unclear::Report
    } else if !received {
        if header.cut {
            Unclear::TooLong
        } else {
            Unclear::NoReceived
        }
    } else if evidence.hops.is_empty() {
        Unclear::Unreadable
    } else {
        return None;
    };
    Some(Verdict::CannotTell(unclear))
}

/// A server wrote it, of a mail that could not be delivered.
fn is_report(evidence: &Evidence) -> bool {
    let path = &evidence.authentication.return_path;
    let no_answer = path.as_ref().is_some_and(|path| path.address.is_empty());
    evidence.senders.iter().any(|sender| {
        let user = scan::until(sender, b"@");
        scan::is(user, "mailer-daemon")
            || (no_answer
                && (scan::is(user, "postmaster")
                    || scan::after(user, "microsoftexchange").is_some()))
    })
}

impl Road {
    /// A server of the connector took the mail in the hop of this place, or handed it on.
    pub fn is_connectors(&self, index: usize) -> bool {
        self.seen.connector.contains(&index)
    }

    /// A handover that was proved is the connector's, by whatever name; of a forged one nothing is.
    fn settle_connector(&mut self) {
        let hops = &mut self.seen.connector;
        match (self.verdict, self.boundary) {
            (Verdict::Used { .. }, Some(boundary)) if !hops.contains(&boundary) => {
                hops.push(boundary);
            }
            (Verdict::Forged, _) => hops.clear(),
            _ => {}
        }
    }

    /// Puts the boundary at this hop, once, and looks at it.
    fn at(&mut self, way: &Way<'_>, index: usize) {
        let leg = way.leg(index);
        self.boundary = Some(index);
        self.deciding.push(leg.hop.range.clone());
        let name = if leg.name.is_empty() {
            leg.hop.address_text()
        } else {
            leg.name
        };
        self.via = (!name.is_empty()).then(|| scan::own(name));
        self.only_claimed = leg.hop.reverse().is_empty() && leg.sender == Side::Connector;
        if let Some(spf) = spf_at(way, index) {
            let domain = spf.domain.as_deref().unwrap_or_default();
            self.spf_is_senders = way.is_senders(domain) && !way.connector.has_given(domain);
            self.spf_is_strangers =
                !domain.is_empty() && !way.connector.has_host(domain) && !self.spf_is_senders;
            self.spf = Some((spf.outcome, spf.range.clone()));
        }
        self.broken = !way.joins(index);
        self.forwarded = way.next_crossing(index).is_some();
    }

    pub(super) fn decide(&mut self, range: Option<&Range<usize>>) {
        if let Some(range) = range
            && !self.deciding.contains(range)
        {
            self.deciding.push(range.clone());
        }
    }

    pub(super) fn spf_refused(&self) -> bool {
        matches!(self.spf, Some((Outcome::Fail | Outcome::SoftFail, _)))
    }

    fn spf_passed(&self) -> bool {
        matches!(self.spf, Some((Outcome::Pass, _))) && !self.spf_is_strangers
    }

    /// OVHcloud's servers let the mail out. Without a connector it leaves by those for outgoing mail;
    /// whom the Exchange hands it to, and who hands it on, may be the connector by another name.
    fn by_ovh(&mut self, way: &Way<'_>, index: usize) {
        let (leg, connector) = (way.leg(index), way.connector);
        let from_exchange = leg.sender == Side::OvhInside;
        let may_be = from_exchange && !connector.is_known();
        let onward = way.next_crossing(index).filter(|_| from_exchange);
        let by_stranger = onward.filter(|_| may_be && !connector::is_mailbox(leg.by));
        if may_be && connector::is_kin(leg.by, connector.smart_host) {
            self.at(way, index);
            self.verdict = Verdict::CannotTell(Unclear::EitherSide);
        } else if let Some(onward) = by_stranger {
            self.at(way, onward);
            self.decide(way.range(Some(index)));
            self.via = Some(scan::own(leg.by));
            self.verdict = Verdict::CannotTell(Unclear::UnknownHost);
        } else {
            self.at(way, index);
            self.verdict = Verdict::NotUsed;
        }
        // The name of OVHcloud's servers may only be claimed.
        let forbidden = matches!(self.spf, Some((Outcome::Fail, _)));
        let claimed = leg.hop.reverse().is_empty() && forbidden;
        if onward.is_some() || claimed || self.verdict != Verdict::NotUsed {
            self.confidence = Confidence::Likely;
        }
    }

    fn used(&mut self, way: &Way<'_>, index: usize) {
        self.at(way, index);
        let doubtful = self.broken || self.only_claimed;
        if doubtful && self.spf_refused() && !self.spf_is_senders {
            self.verdict = Verdict::Forged;
            self.confidence = Confidence::Unsure;
            return;
        }
        if way.leg(index).sender != Side::Connector {
            self.decide(way.range(self.seen.inner));
        }
        self.verdict = Verdict::Used { white_label: false };
        self.confidence = if self.broken || (self.only_claimed && self.spf_refused()) {
            Confidence::Unsure
        } else if self.seen.elsewhere
            || self.seen.claimed == self.boundary
            || self.seen.vague
            || self.forwarded
            || self.spf_refused()
            || (self.only_claimed && !self.spf_passed())
            || way.is_only_of_senders_domain()
        {
            Confidence::Likely
        } else {
            Confidence::Sure
        };
    }

    /// What shows the connector stands below a line in which somebody handed the mail in: it was
    /// written by them, or the mail is sent a second time.
    fn sent_anew(&mut self, way: &Way<'_>, shown: usize, anew: usize) {
        let handover = way.newest_crossing(anew..way.legs.len());
        self.at(way, handover.unwrap_or(anew));
        self.anew = Some(anew);
        self.decide(way.range(self.anew));
        self.decide(way.range(Some(shown)));
        // Servers of one house whose addresses have no names sign in to each other too.
        self.verdict = Verdict::Forged;
        self.confidence = Confidence::Unsure;
    }

    fn white_label(&mut self, way: &Way<'_>, index: usize) {
        self.at(way, index);
        self.decide(way.range(self.seen.inner));
        self.verdict = if self.spf_refused() {
            Verdict::Forged
        } else {
            Verdict::Used { white_label: true }
        };
        self.confidence = if self.broken || self.spf_is_strangers {
            Confidence::Unsure
        } else if self.spf_passed() && !self.forwarded {
            Confidence::Sure
        } else {
            Confidence::Likely
        };
    }

    fn other_provider(&mut self, way: &Way<'_>, index: usize, provider: &Provider) {
        self.at(way, index);
        self.via = Some(scan::own(provider.name));
        if self.by_envelope(way) == Some(Confidence::Likely) {
            return;
        }
        let from_exchange = way
            .legs
            .iter()
            .take(index + 1)
            .any(|leg| leg.sender == Side::OvhInside && matches!(leg.taker, Side::Provider(_)));
        let field = connector_field(way.header);
        self.verdict = if from_exchange || field.is_some() {
            Verdict::OtherConnector
        } else {
            Verdict::OtherRoad
        };
        self.confidence = Confidence::Likely;
        self.decide(field);
    }

    /// No hop shows how the mail left: the envelope sender may, or it was somebody else.
    fn unproven(&mut self, way: &Way<'_>) {
        // The newest crossing; but the recipient's own gateway stands in front of the way that is
        // looked for.
        let mut found = None;
        for (index, leg) in way.legs.iter().enumerate().rev() {
            if leg.crossing {
                found = Some(index);
                if !matches!(leg.sender, Side::Provider(_) | Side::Connector) {
                    break;
                }
            }
        }
        let Some(index) = found else {
            self.nothing_left(way);
            return;
        };
        self.at(way, index);
        if self.by_envelope(way).is_none() {
            self.by_name(way, index);
        }
    }

    /// The marks are the connector's, and no SPF lets the host at the boundary send. Where others passed
    /// the mail on before, they may have had it from the connector.
    fn refused(&self, way: &Way<'_>) -> Verdict {
        let boundary = self.boundary.unwrap_or(0);
        match way.newest_crossing(0..boundary) {
            Some(_) => Verdict::CannotTell(Unclear::PassedOn),
            None => Verdict::Forged,
        }
    }

    /// What the host at the boundary is called, and what the mail says of the provider.
    fn by_name(&mut self, way: &Way<'_>, index: usize) {
        let is_named = way.connector.is_marked || self.seen.claimed.is_some();
        if way.leg(index).sender != Side::Stranger || !is_named {
            self.strangers(way, index);
        } else if !self.spf_passed() && connector_field(way.header).is_none() {
            self.verdict = self.refused(way);
            self.confidence = Confidence::Likely;
            self.decide(way.range(self.seen.claimed));
        } else if self.spf_passed()
            && way.connector.provider.is_none()
            && self.seen.claimed == Some(index)
        {
            // The sender lets a server send that calls itself as the connector does.
            self.verdict = Verdict::Used { white_label: false };
            self.confidence = Confidence::Likely;
        } else {
            self.verdict = Verdict::CannotTell(Unclear::UnknownHost);
            self.confidence = Confidence::Likely;
        }
    }

    fn nothing_left(&mut self, way: &Way<'_>) {
        let blotted = |leg: &Leg<'_>| leg.hop.address.is_some_and(Ip::is_unspecified);
        let unclear = if way.legs.iter().any(blotted) {
            Unclear::BlottedOut
        } else {
            Unclear::NeverLeft
        };
        self.verdict = Verdict::CannotTell(unclear);
        self.confidence = Confidence::Likely;
    }

    /// The envelope sender is the provider's: SPF decides whether with right.
    fn by_envelope(&mut self, way: &Way<'_>) -> Option<Confidence> {
        let connector = way.connector;
        let path = way.evidence.authentication.return_path.as_ref()?;
        let rewritten =
            connector.has_rewritten(&path.address) && connector.is_marked && self.spf_passed();
        if !connector.has_envelope(&path.address) && !rewritten {
            return None;
        }
        let own = self
            .via
            .as_deref()
            .is_some_and(|via| connector.has_host(via));
        self.verdict = if self.spf_refused() {
            self.refused(way)
        } else {
            Verdict::Used { white_label: !own }
        };
        self.confidence = if self.spf_refused() || self.spf_passed() {
            Confidence::Likely
        } else {
            Confidence::Unsure
        };
        self.decide(Some(&path.range));
        if let Some((_, range)) = self.spf.clone() {
            self.decide(Some(&range));
        }
        Some(self.confidence)
    }

    /// A host handed the mail over that is neither the connector's nor OVHcloud's.
    fn strangers(&mut self, way: &Way<'_>, index: usize) {
        let name = way.leg(index).name;
        let senders = &way.evidence.senders;
        let mailbox = connector::is_mailbox(name);
        // An address says nothing of the names that its server has.
        let by_address = Ip::read(way.connector.smart_host).is_some();
        let senders_own = !by_address && way.is_senders(name);
        let known = mailbox || way.connector.is_known() || senders_own;
        self.confidence = if name.is_empty() {
            Confidence::Unsure
        } else {
            Confidence::Likely
        };
        self.verdict = if senders.is_empty() {
            Verdict::CannotTell(Unclear::NoSender)
        } else if self.seen.either && !mailbox {
            Verdict::CannotTell(Unclear::EitherSide)
        } else if !known {
            Verdict::CannotTell(Unclear::UnknownHost)
        } else if let Some(field) = connector_field(way.header) {
            self.decide(Some(field));
            Verdict::OtherConnector
        } else {
            Verdict::OtherRoad
        };
    }
}

/// `x-mclm-sbr-processed: true`, known from one published header: it supports, and no more.
pub(super) fn connector_field<'h>(header: &'h Header<'_>) -> Option<&'h Range<usize>> {
    let field = header.first("x-mclm-sbr-processed")?;
    scan::is(scan::trim(field.value), "true").then_some(&field.range)
}

/// What the server that took the mail at this hop found out about the envelope sender.
fn spf_at<'a>(way: &Way<'a>, index: usize) -> Option<&'a Finding> {
    let hop = way.leg(index).hop;
    let newer = way.evidence.hops.get(index..).unwrap_or_default();
    way.evidence.authentication.of(Method::Spf).find(|spf| {
        let same = match (spf.client, hop.address) {
            (Some(client), Some(address)) => client == address,
            _ => spf.range.start < hop.range.start || connector::is_own(newer, &spf.said, 0),
        };
        same && spf.said.instance.is_none()
    })
}
