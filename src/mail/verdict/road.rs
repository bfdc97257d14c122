//! Turns the way that the hops show into a verdict.

use std::ops::Range;

use super::connector::{self, Side};
use super::exit::{self, Exit, Seen};
use super::way::{Leg, Way};
use super::{Confidence, Evidence, Unclear, Verdict};
use crate::mail::address::Ip;
use crate::mail::authentication::{Finding, Method, Outcome};
use crate::mail::provider::Provider;
use crate::mail::scan;

/// Where the mail went, and what shows it.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Road {
    pub(super) verdict: Verdict,
    pub(super) confidence: Confidence,
    pub(super) via: Option<String>,
    pub(super) deciding: Vec<Range<usize>>,
    pub(super) boundary: Option<usize>,
    pub(super) seen: Seen,
    /// What SPF says about the hop at the boundary.
    pub(super) spf: Option<(Outcome, Range<usize>)>,
    /// What SPF speaks of is neither the sender's domain nor the connector's.
    pub(super) spf_is_strangers: bool,
    /// The host at the boundary is known by nothing but what it called itself.
    only_claimed: bool,
    /// The hop behind the boundary begins somewhere else.
    pub(super) broken: bool,
    /// The mail crossed to yet another organisation.
    pub(super) forwarded: bool,
    /// The hop behind the boundary in which somebody handed the mail in anew.
    pub(super) anew: Option<Range<usize>>,
}

pub(super) fn follow(way: &Way<'_>) -> Road {
    let mut road = Road {
        verdict: Verdict::NotAHeader,
        confidence: Confidence::Sure,
        via: None,
        deciding: Vec::new(),
        boundary: None,
        seen: Seen::default(),
        spf: None,
        spf_is_strangers: false,
        only_claimed: false,
        broken: false,
        forwarded: false,
        anew: None,
    };
    if let Some(verdict) = unreadable(way) {
        road.verdict = verdict;
        return road;
    }
    let (exit, seen) = exit::find(way);
    road.seen = seen;
    match exit {
        Some(Exit::Connector(index)) => road.used(way, index),
        Some(Exit::WhiteLabel(index)) => road.white_label(way, index),
        Some(Exit::Ovh(index)) => {
            road.at(way, index);
            road.verdict = Verdict::NotUsed;
        }
        Some(Exit::Provider(index, provider)) => road.other_provider(way, index, provider),
        None if way.evidence.header.cut => {
            road.verdict = Verdict::CannotTell(Unclear::TooLong);
        }
        None => road.unproven(way),
    }
    if way.evidence.header.cut {
        // The oldest hops were not seen.
        road.confidence = road.confidence.min(Confidence::Likely);
    }
    road
}

/// Headers that cannot show any way.
fn unreadable(way: &Way<'_>) -> Option<Verdict> {
    const USUAL: &str = "from to subject date message-id return-path mime-version \
        dkim-signature delivered-to authentication-results received-spf content-type";
    let evidence = way.evidence;
    let header = &evidence.header;
    let usual = scan::words(USUAL, b" ")
        .filter(|name| header.first(name).is_some())
        .count();
    let received = !evidence.hops.is_empty() || !evidence.not_understood.is_empty();
    let unclear = if evidence.hops.is_empty() && usual < 2 {
        return Some(Verdict::NotAHeader);
    } else if way.connector.is_empty() {
        Unclear::NoConnector
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

impl Road {
    /// The hops of the connector among so many.
    pub(super) fn connector_hops(&self, count: usize) -> Vec<usize> {
        let handed_over = matches!(self.verdict, Verdict::Used { .. });
        let mut hops = Vec::new();
        for index in 0..count {
            let at_boundary = handed_over && self.boundary == Some(index);
            let seen = self.seen.connector.contains(&index);
            if self.verdict != Verdict::Forged && (seen || at_boundary) {
                hops.push(index);
            }
        }
        hops
    }

    /// Puts the boundary at this hop.
    fn at(&mut self, way: &Way<'_>, index: usize) {
        let leg = way.leg(index);
        self.boundary = Some(index);
        self.deciding.push(leg.hop.range.clone());
        let address = leg
            .hop
            .address
            .as_ref()
            .map(|address| address.text.as_str());
        let name = Some(leg.name).filter(|name| !name.is_empty());
        self.via = name.or(address).map(scan::own);
        self.only_claimed = leg.hop.reverse().is_empty() && leg.sender == Side::Connector;
        if let Some(spf) = spf_at(way, index) {
            let domain = spf.domain.as_deref().unwrap_or_default();
            self.spf_is_strangers = !domain.is_empty()
                && !way.connector.has_host(domain)
                && !exit::is_senders(&way.evidence.senders, domain);
            self.spf = Some((spf.outcome, spf.range.clone()));
        }
        self.broken = !way.joins(index);
        self.forwarded = way.legs.iter().skip(index + 1).any(|newer| newer.crossing);
        self.anew = way.begins_anew(index).map(|hop| hop.range.clone());
    }

    fn name_inner(&mut self, way: &Way<'_>) {
        self.decide(
            self.seen
                .inner
                .map(|inner| way.leg(inner).hop.range.clone()),
        );
    }

    fn decide(&mut self, range: Option<Range<usize>>) {
        if let Some(range) = range
            && !self.deciding.contains(&range)
        {
            self.deciding.push(range);
        }
    }

    fn spf_refused(&self) -> bool {
        matches!(self.spf, Some((Outcome::Fail | Outcome::SoftFail, _)))
    }

    fn spf_passed(&self) -> bool {
        matches!(self.spf, Some((Outcome::Pass, _))) && !self.spf_is_strangers
    }

    fn used(&mut self, way: &Way<'_>, index: usize) {
        self.at(way, index);
        if (self.broken || self.anew.is_some() || self.only_claimed) && self.spf_refused() {
            self.verdict = Verdict::Forged;
            self.confidence = Confidence::Unsure;
            return;
        }
        if way.leg(index).sender != Side::Connector {
            self.name_inner(way);
        }
        self.verdict = Verdict::Used { white_label: false };
        self.confidence = if self.broken || self.anew.is_some() {
            Confidence::Unsure
        } else if self.seen.elsewhere
            || self.seen.nameless
            || self.forwarded
            || self.spf_refused()
            || (self.only_claimed && !self.spf_passed())
        {
            Confidence::Likely
        } else {
            Confidence::Sure
        };
    }

    fn white_label(&mut self, way: &Way<'_>, index: usize) {
        self.at(way, index);
        self.name_inner(way);
        self.verdict = if self.spf_refused() {
            Verdict::Forged
        } else {
            Verdict::Used { white_label: true }
        };
        self.confidence = if self.broken || self.anew.is_some() || self.spf_is_strangers {
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
        let field = connector_field(way.evidence);
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
        if self.by_envelope(way).is_some() {
            return;
        }
        let stranger = way.leg(index).sender == Side::Stranger;
        if stranger && (way.connector.is_marked || self.seen.claimed.is_some()) {
            self.verdict = Verdict::Forged;
            self.confidence = Confidence::Likely;
            let claimed = self
                .seen
                .claimed
                .map(|claimed| way.leg(claimed).hop.range.clone());
            self.decide(claimed);
        } else {
            self.strangers(way, index);
        }
    }

    fn nothing_left(&mut self, way: &Way<'_>) {
        let blotted = |leg: &Leg<'_>| leg.hop.address.as_ref().is_some_and(Ip::is_unspecified);
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
            Verdict::Forged
        } else {
            Verdict::Used { white_label: !own }
        };
        self.confidence = if self.spf_refused() || self.spf_passed() {
            Confidence::Likely
        } else {
            Confidence::Unsure
        };
        self.decide(Some(path.range.clone()));
        self.decide(self.spf.clone().map(|(_, range)| range));
        Some(self.confidence)
    }

    /// A host handed the mail over that is neither the connector's nor OVHcloud's.
    fn strangers(&mut self, way: &Way<'_>, index: usize) {
        let name = way.leg(index).name;
        let senders = &way.evidence.senders;
        let mailbox = connector::is_mailbox(name);
        let known = mailbox || way.connector.is_known() || exit::is_senders(senders, name);
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
        } else if let Some(field) = connector_field(way.evidence) {
            self.decide(Some(field));
            Verdict::OtherConnector
        } else {
            Verdict::OtherRoad
        };
    }
}

/// `x-mclm-sbr-processed: true`, known from one published header: it supports, and no more.
pub(super) fn connector_field(evidence: &Evidence<'_>) -> Option<Range<usize>> {
    let field = evidence.header.first("x-mclm-sbr-processed")?;
    field
        .value
        .trim_ascii()
        .eq_ignore_ascii_case("true")
        .then(|| field.range.clone())
}

/// What the server that took the mail at this hop found out about the envelope sender.
fn spf_at<'a>(way: &Way<'a>, index: usize) -> Option<&'a Finding> {
    let hop = way.leg(index).hop;
    let newer = way.evidence.hops.get(index..).unwrap_or_default();
    way.evidence.authentication.of(Method::Spf).find(|spf| {
        let same = match (&spf.client, &hop.address) {
            (Some(client), Some(address)) => client.is_same(address),
            _ => spf.range.start < hop.range.start || connector::is_own(newer, &spf.said, 0),
        };
        same && spf.said.instance.is_none()
    })
}
