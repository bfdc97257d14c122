//! Turns the way that the hops show into a verdict.

use std::ops::Range;

use super::connector::{self, Connector, Side};
use super::exit::{self, Exit, Seen};
use super::{Confidence, Evidence, Unclear, Verdict};
use crate::mail::address::Ip;
use crate::mail::authentication::Outcome;
use crate::mail::provider::Provider;
use crate::mail::received::Hop;

/// Where the mail went, and what shows it.
pub(super) struct Road {
    pub(super) verdict: Verdict,
    pub(super) confidence: Confidence,
    pub(super) via: Option<String>,
    pub(super) deciding: Vec<Range<usize>>,
    pub(super) boundary: Option<usize>,
    pub(super) seen: Seen,
    /// What SPF says about the hop at the boundary.
    pub(super) spf: Option<(Outcome, Range<usize>)>,
    /// The hop behind the boundary begins somewhere else.
    pub(super) broken: bool,
    /// The mail crossed to yet another organisation.
    pub(super) forwarded: bool,
}

pub(super) fn follow(evidence: &Evidence<'_>, connector: &Connector<'_>) -> Road {
    let mut road = Road {
        verdict: Verdict::NotAHeader,
        confidence: Confidence::Sure,
        via: None,
        deciding: Vec::new(),
        boundary: None,
        seen: Seen::default(),
        spf: None,
        broken: false,
        forwarded: false,
    };
    if let Some(verdict) = unreadable(evidence, connector) {
        road.verdict = verdict;
        return road;
    }
    let (exit, seen) = exit::find(evidence, connector);
    road.seen = seen;
    match exit {
        Some(Exit::Connector(index)) => road.used(evidence, index),
        Some(Exit::WhiteLabel(index)) => road.white_label(evidence, index),
        Some(Exit::Ovh(index)) => {
            road.at(evidence, index);
            road.verdict = Verdict::NotUsed;
        }
        Some(Exit::Provider(index, provider)) => {
            road.other_provider(evidence, connector, index, provider);
        }
        None if evidence.header.cut => {
            road.verdict = Verdict::CannotTell(Unclear::TooLong);
        }
        None => road.unproven(evidence, connector),
    }
    if evidence.header.cut {
        // The oldest hops were not seen.
        road.confidence = road.confidence.min(Confidence::Likely);
    }
    road
}

/// Headers that cannot show any way.
fn unreadable(evidence: &Evidence<'_>, connector: &Connector<'_>) -> Option<Verdict> {
    const USUAL: &[&str] = &[
        "from",
        "to",
        "subject",
        "date",
        "message-id",
        "return-path",
        "mime-version",
        "dkim-signature",
        "delivered-to",
        "authentication-results",
        "received-spf",
        "content-type",
    ];
    let header = &evidence.header;
    let usual = USUAL
        .iter()
        .filter(|name| header.first(name).is_some())
        .count();
    let received = !evidence.hops.is_empty() || !evidence.not_understood.is_empty();
    let unclear = if evidence.hops.is_empty() && usual < 2 {
        return Some(Verdict::NotAHeader);
    } else if connector.is_empty() {
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
        let is_connectors = |index: &usize| {
            self.seen.connector.contains(index) || (handed_over && self.boundary == Some(*index))
        };
        if self.verdict == Verdict::Forged {
            return Vec::new();
        }
        (0..count).filter(is_connectors).collect()
    }

    /// Puts the boundary at this hop.
    fn at(&mut self, evidence: &Evidence<'_>, index: usize) {
        let hop = &evidence.hops[index];
        self.boundary = Some(index);
        self.deciding.push(hop.range.clone());
        self.via = connector::sender_name(hop)
            .map(String::from)
            .or_else(|| hop.address.as_ref().map(|address| address.text.clone()));
        self.spf = spf_at(evidence, index);
        self.broken = !exit::joins(evidence, index);
        self.forwarded = (index + 1..evidence.hops.len()).any(|newer| {
            let (sender, taker) = self.seen.sides[newer];
            exit::is_crossing(&evidence.hops[newer], sender, taker)
        });
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
        matches!(self.spf, Some((Outcome::Pass, _)))
    }

    fn used(&mut self, evidence: &Evidence<'_>, index: usize) {
        self.at(evidence, index);
        if self.broken && self.spf_refused() {
            self.verdict = Verdict::Forged;
            self.confidence = Confidence::Unsure;
            return;
        }
        if self.seen.sides[index].0 != Side::Connector {
            self.decide(self.seen.inner.clone());
        }
        self.verdict = Verdict::Used { white_label: false };
        self.confidence = if self.broken {
            Confidence::Unsure
        } else if self.seen.elsewhere || self.spf_refused() {
            Confidence::Likely
        } else {
            Confidence::Sure
        };
    }

    fn white_label(&mut self, evidence: &Evidence<'_>, index: usize) {
        self.at(evidence, index);
        self.decide(self.seen.inner.clone());
        let refused = self.spf_refused();
        self.verdict = if refused {
            Verdict::Forged
        } else {
            Verdict::Used { white_label: true }
        };
        self.confidence = if self.spf_passed() {
            Confidence::Sure
        } else {
            Confidence::Likely
        };
    }

    fn other_provider(
        &mut self,
        evidence: &Evidence<'_>,
        connector: &Connector<'_>,
        index: usize,
        provider: &Provider,
    ) {
        self.at(evidence, index);
        self.via = Some(provider.name.into());
        if self.by_envelope(evidence, connector) == Some(Confidence::Likely) {
            return;
        }
        let from_exchange = self.seen.sides[..=index].iter().any(|(sender, taker)| {
            *sender == Side::OvhInside && matches!(taker, Side::Provider(_))
        });
        let field = connector_field(evidence);
        self.verdict = if from_exchange || field.is_some() {
            Verdict::OtherConnector
        } else {
            Verdict::OtherRoad
        };
        self.confidence = Confidence::Likely;
        self.decide(field);
    }

    /// No hop shows how the mail left: the envelope sender may, or it was somebody else.
    fn unproven(&mut self, evidence: &Evidence<'_>, connector: &Connector<'_>) {
        let sides = &self.seen.sides;
        let crossing = |index: &usize| {
            let (sender, taker) = sides[*index];
            exit::is_crossing(&evidence.hops[*index], sender, taker)
        };
        let Some(mut index) = (0..sides.len()).rev().find(crossing) else {
            self.nothing_left(evidence);
            return;
        };
        // The recipient's own gateway stands in front of the way that is looked for.
        while matches!(sides[index].0, Side::Provider(_) | Side::Connector)
            && let Some(older) = (0..index).rev().find(crossing)
        {
            index = older;
        }
        let stranger = sides[index].0 == Side::Stranger;
        self.at(evidence, index);
        if self.by_envelope(evidence, connector).is_some() {
            return;
        }
        if stranger && (connector.is_marked || self.seen.claimed.is_some()) {
            self.verdict = Verdict::Forged;
            self.confidence = Confidence::Likely;
            self.decide(self.seen.claimed.clone());
        } else {
            self.strangers(evidence, connector, index);
        }
    }

    fn nothing_left(&mut self, evidence: &Evidence<'_>) {
        let blotted = |hop: &Hop| hop.address.as_ref().is_some_and(Ip::is_unspecified);
        let unclear = if evidence.hops.iter().any(blotted) {
            Unclear::BlottedOut
        } else {
            Unclear::NeverLeft
        };
        self.verdict = Verdict::CannotTell(unclear);
        self.confidence = Confidence::Likely;
    }

    /// The envelope sender is the provider's: SPF decides whether with right.
    fn by_envelope(
        &mut self,
        evidence: &Evidence<'_>,
        connector: &Connector<'_>,
    ) -> Option<Confidence> {
        let path = evidence.authentication.return_path.as_ref()?;
        let rewritten =
            connector.has_rewritten(&path.address) && connector.is_marked && self.spf_passed();
        if !connector.has_envelope(&path.address) && !rewritten {
            return None;
        }
        let via = self.via.as_deref();
        let used = Verdict::Used {
            white_label: !via.is_some_and(|via| connector.has_host(via)),
        };
        let (verdict, confidence) = if self.spf_refused() {
            (Verdict::Forged, Confidence::Likely)
        } else if self.spf_passed() {
            (used, Confidence::Likely)
        } else {
            (used, Confidence::Unsure)
        };
        self.verdict = verdict;
        self.confidence = confidence;
        self.decide(Some(path.range.clone()));
        self.decide(self.spf.clone().map(|(_, range)| range));
        Some(confidence)
    }

    /// A host handed the mail over that is neither the connector's nor OVHcloud's.
    fn strangers(&mut self, evidence: &Evidence<'_>, connector: &Connector<'_>, index: usize) {
        let name = connector::sender_name(&evidence.hops[index]).unwrap_or("");
        let known =
            connector.is_known() || connector::is_mailbox(name) || exit::is_senders(evidence, name);
        self.confidence = if name.is_empty() {
            Confidence::Unsure
        } else {
            Confidence::Likely
        };
        self.verdict = if evidence.senders.is_empty() {
            Verdict::CannotTell(Unclear::NoSender)
        } else if self.seen.either && !connector::is_mailbox(name) {
            Verdict::CannotTell(Unclear::EitherSide)
        } else if !known {
            Verdict::CannotTell(Unclear::UnknownHost)
        } else if let Some(field) = connector_field(evidence) {
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
fn spf_at(evidence: &Evidence<'_>, index: usize) -> Option<(Outcome, Range<usize>)> {
    let hop = &evidence.hops[index];
    let found = evidence.authentication.spf.iter().find(|spf| {
        let same = match (&spf.client, &hop.address) {
            (Some(client), Some(address)) => Some(client.is_same(address)),
            _ => None,
        };
        let above = spf.range.start < hop.range.start;
        let own = || above || connector::is_own(&evidence.hops[index..], &spf.said, 0);
        spf.said.instance.is_none() && same.unwrap_or_else(own)
    })?;
    Some((found.outcome, found.range.clone()))
}
