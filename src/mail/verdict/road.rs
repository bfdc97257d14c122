//! Follows the hops from the oldest to the newest, to the first that shows how the mail left.

use std::ops::Range;

use super::connector::{self, Connector, Side};
use super::{Confidence, Evidence, Unclear, Verdict};
use crate::mail::address;
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
    /// What SPF says about the hop at the boundary.
    pub(super) spf: Option<(Outcome, Range<usize>)>,
    /// Provider hops that are the recipient's.
    pub(super) gateways: Vec<Range<usize>>,
    /// The provider's own hop on the way.
    pub(super) inner: Option<Range<usize>>,
    /// Hops that name the provider without right.
    pub(super) claimed: Option<Range<usize>>,
    pub(super) broken: bool,
    pub(super) forwarded: bool,
    pub(super) elsewhere: bool,
}

/// The first hop that shows how the mail left.
enum Exit {
    Connector(usize),
    /// By a host of another name, right behind the provider's inner hop.
    WhiteLabel(usize),
    Ovh(usize),
    Provider(usize, &'static Provider),
}

pub(super) fn follow(evidence: &Evidence<'_>, connector: &Connector<'_>) -> Road {
    let mut road = Road {
        verdict: Verdict::NotAHeader,
        confidence: Confidence::Sure,
        via: None,
        deciding: Vec::new(),
        boundary: None,
        spf: None,
        gateways: Vec::new(),
        inner: None,
        claimed: None,
        broken: false,
        forwarded: false,
        elsewhere: false,
    };
    if let Some(verdict) = unreadable(evidence, connector) {
        road.verdict = verdict;
        return road;
    }
    let sides: Vec<_> = evidence
        .hops
        .iter()
        .map(|hop| (connector.sender_of(hop), connector.taker_of(hop)))
        .collect();
    match exit(evidence, connector, &sides, &mut road) {
        Some(Exit::Connector(index)) => road.used(evidence, index, false),
        Some(Exit::WhiteLabel(index)) => road.white_label(evidence, index),
        Some(Exit::Ovh(index)) => {
            road.at(evidence, index);
            road.verdict = Verdict::NotUsed;
            road.confidence = Confidence::Sure;
        }
        Some(Exit::Provider(index, provider)) => {
            road.other_provider(evidence, &sides, index, provider)
        }
        None => road.unproven(evidence, connector, &sides),
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
    ];
    let received = evidence.header.first("received").is_some();
    let usual = USUAL
        .iter()
        .filter(|name| evidence.header.first(name).is_some())
        .count();
    if !received && usual < 2 {
        return Some(Verdict::NotAHeader);
    }
    let unclear = if connector.is_empty() {
        Unclear::NoConnector
    } else if !received {
        if evidence.header.cut {
            Unclear::TooLong
        } else {
            Unclear::NoReceived
        }
    } else if evidence.hops.is_empty() {
        if usual == 0 && !evidence.not_understood.is_empty() && evidence.header.fields.len() < 3 {
            return Some(Verdict::NotAHeader);
        }
        Unclear::Unreadable
    } else {
        return None;
    };
    Some(Verdict::CannotTell(unclear))
}

/// Walks to the first hop that shows how the mail left.
fn exit(
    evidence: &Evidence<'_>,
    connector: &Connector<'_>,
    sides: &[(Side, Side)],
    road: &mut Road,
) -> Option<Exit> {
    let mut inner = None;
    let mut other_inner = None;
    let mut entry: Option<usize> = None;
    // OVHcloud's servers took the mail from outside: what they send on is forwarded.
    let mut arrived = false;
    for (index, hop) in evidence.hops.iter().enumerate() {
        let (sender, taker) = sides[index];
        let crossing = is_crossing(hop, sender, taker);
        let after_inner = index > 0 && inner == Some(index - 1);
        let passes_on = taker == Side::Connector && !connector.may_be_recipients();
        match sender {
            Side::OvhOut if taker != Side::OvhOut && !passes_on && !arrived => {
                return Some(Exit::Ovh(index));
            }
            Side::OvhInside if crossing && taker == Side::Stranger && !arrived => {
                return Some(Exit::Ovh(index));
            }
            Side::Connector if taker != Side::Connector => {
                if connector.may_be_recipients() && is_recipients(evidence, sides, entry, hop) {
                    road.gateways.push(hop.range.clone());
                } else {
                    road.inner = inner.map(|inner: usize| evidence.hops[inner].range.clone());
                    road.elsewhere = entry
                        .is_some_and(|entry| comes_from_outside(evidence, sides[entry].0, entry));
                    return Some(Exit::Connector(index));
                }
            }
            Side::Stranger | Side::Provider(_)
                if crossing && after_inner && taker != Side::Connector =>
            {
                road.inner = inner.map(|inner: usize| evidence.hops[inner].range.clone());
                return Some(Exit::WhiteLabel(index));
            }
            Side::Provider(other) if taker != sender && taker != Side::Connector => {
                let before = (0..index).find(|before| sides[*before].1 == sender);
                if !(other.trace.gateway && is_recipients(evidence, sides, before, hop)) {
                    return Some(Exit::Provider(index, other));
                }
            }
            Side::Stranger if crossing => {
                if let Some((at, other)) = other_inner
                    && index == at + 1
                    && !Provider::is_gateway(other)
                {
                    return Some(Exit::Provider(index, other));
                }
            }
            _ => {}
        }
        arrived |= taker == Side::OvhInside
            && crossing
            && matches!(sender, Side::Stranger | Side::Provider(_));
        if taker == Side::Connector {
            entry = entry.or(Some(index));
            let outside =
                connector.may_be_recipients() && comes_from_outside(evidence, sender, index);
            inner = (!outside).then_some(index);
        }
        if let Side::Provider(other) = taker {
            other_inner = Some((index, other));
        }
        let claims = connector::claimed_name(hop).is_some_and(|name| connector.has_host(name));
        if claims && sender != Side::Connector && hop.reverse.is_some() {
            road.claimed = Some(hop.range.clone());
        }
    }
    None
}

impl Provider {
    fn is_gateway(&self) -> bool {
        self.trace.gateway
    }
}

/// The mail goes from one organisation's servers to another's.
fn is_crossing(hop: &Hop, sender: Side, taker: Side) -> bool {
    if matches!(sender, Side::Local) || is_submission(hop) {
        return false;
    }
    let by = hop.by.as_deref().unwrap_or("");
    match connector::sender_name(hop) {
        _ if sender == taker && sender != Side::Stranger => false,
        Some(name) if by.contains('.') => {
            !address::registrable(name).eq_ignore_ascii_case(address::registrable(by))
        }
        _ => true,
    }
}

/// A person handed the mail in, not a server.
fn is_submission(hop: &Hop) -> bool {
    hop.with.as_deref().is_some_and(|with| {
        let word = with.split(' ').next().unwrap_or(with);
        [
            "esmtpa",
            "esmtpsa",
            "asmtp",
            "http",
            "https",
            "lmtpa",
            "utf8smtpsa",
            "utf8smtpa",
        ]
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known))
    })
}

/// A gateway's servers are the recipient's where a stranger handed the mail to them.
fn is_recipients(
    evidence: &Evidence<'_>,
    sides: &[(Side, Side)],
    entry: Option<usize>,
    hop: &Hop,
) -> bool {
    let inbound = connector::sender_name(hop).is_some_and(|name| name.contains("inbound"));
    inbound || entry.is_some_and(|entry| comes_from_outside(evidence, sides[entry].0, entry))
}

/// The hop's sender is neither OVHcloud's Exchange nor the sender's own domain.
fn comes_from_outside(evidence: &Evidence<'_>, sender: Side, index: usize) -> bool {
    let hop = &evidence.hops[index];
    match sender {
        Side::Connector | Side::Local | Side::OvhInside => false,
        Side::OvhOut | Side::Provider(_) => true,
        Side::Stranger => !connector::sender_name(hop).is_some_and(|name| {
            evidence.senders.iter().any(|sender| {
                let home = address::registrable(address::domain(sender));
                address::is_under(name, home)
            })
        }),
    }
}

impl Road {
    /// Puts the boundary at this hop.
    fn at(&mut self, evidence: &Evidence<'_>, index: usize) {
        let hop = &evidence.hops[index];
        self.boundary = Some(index);
        self.deciding.push(hop.range.clone());
        self.via = connector::sender_name(hop)
            .map(String::from)
            .or_else(|| hop.address.as_ref().map(|address| address.text.clone()));
        self.spf = spf_at(evidence, index);
        self.broken = !joins(evidence, index);
        self.forwarded = evidence.hops[index + 1..].iter().any(|hop| {
            let by = hop.by.as_deref().unwrap_or("");
            by.contains('.')
                && connector::sender_name(hop).is_some_and(|name| {
                    !address::registrable(name).eq_ignore_ascii_case(address::registrable(by))
                })
                && hop
                    .address
                    .as_ref()
                    .is_some_and(|address| !address.is_private())
        });
    }

    fn spf_refused(&self) -> bool {
        matches!(self.spf, Some((Outcome::Fail | Outcome::SoftFail, _)))
    }

    fn spf_passed(&self) -> bool {
        matches!(self.spf, Some((Outcome::Pass, _)))
    }

    fn used(&mut self, evidence: &Evidence<'_>, index: usize, white_label: bool) {
        self.at(evidence, index);
        if self.broken && self.spf_refused() {
            self.verdict = Verdict::Forged;
            self.confidence = Confidence::Unsure;
            return;
        }
        self.verdict = Verdict::Used { white_label };
        self.confidence = if self.broken {
            Confidence::Unsure
        } else if self.elsewhere || self.spf_refused() {
            Confidence::Likely
        } else {
            Confidence::Sure
        };
    }

    fn white_label(&mut self, evidence: &Evidence<'_>, index: usize) {
        self.at(evidence, index);
        self.deciding.extend(self.inner.clone());
        if self.spf_refused() {
            self.verdict = Verdict::Forged;
            self.confidence = Confidence::Likely;
            return;
        }
        self.verdict = Verdict::Used { white_label: true };
        self.confidence = if self.spf_passed() {
            Confidence::Sure
        } else {
            Confidence::Likely
        };
    }

    fn other_provider(
        &mut self,
        evidence: &Evidence<'_>,
        sides: &[(Side, Side)],
        index: usize,
        provider: &Provider,
    ) {
        self.at(evidence, index);
        self.via = Some(provider.name.into());
        let from_exchange = sides[..=index].iter().any(|(sender, taker)| {
            *sender == Side::OvhInside && matches!(taker, Side::Provider(_))
        });
        let processed = connector_field(evidence).is_some();
        self.verdict = if from_exchange || processed {
            Verdict::OtherConnector
        } else {
            Verdict::OtherRoad
        };
        self.confidence = Confidence::Likely;
    }

    /// No hop shows how the mail left: the envelope sender may, or it was somebody else.
    fn unproven(
        &mut self,
        evidence: &Evidence<'_>,
        connector: &Connector<'_>,
        sides: &[(Side, Side)],
    ) {
        let crossing = |index: &usize| {
            let (sender, taker) = sides[*index];
            is_crossing(&evidence.hops[*index], sender, taker)
        };
        let Some(mut index) = (0..sides.len()).rev().find(crossing) else {
            self.nothing_left(evidence);
            return;
        };
        // The recipient's own gateway stands in front of the way that is looked for.
        while let (Side::Provider(_) | Side::Connector, _) = sides[index]
            && let Some(older) = (0..index).rev().find(crossing)
        {
            index = older;
        }
        self.at(evidence, index);
        if let Some(verdict) = self.by_envelope(evidence, connector) {
            self.verdict = verdict;
            return;
        }
        let stranger = sides[index].0 == Side::Stranger;
        if stranger && (connector.is_marked || self.claimed.is_some()) {
            self.verdict = Verdict::Forged;
            self.confidence = Confidence::Likely;
            self.deciding.extend(
                self.claimed
                    .clone()
                    .filter(|claimed| !self.deciding.contains(claimed)),
            );
            return;
        }
        self.strangers(evidence, connector, index);
    }

    fn nothing_left(&mut self, evidence: &Evidence<'_>) {
        let blotted = |hop: &Hop| {
            hop.address
                .as_ref()
                .is_some_and(super::super::address::Ip::is_unspecified)
        };
        let unclear = if evidence.hops.iter().any(blotted) {
            Unclear::BlottedOut
        } else {
            Unclear::NeverLeft
        };
        self.verdict = Verdict::CannotTell(unclear);
        self.confidence = Confidence::Likely;
    }

    /// The envelope sender is the provider's, and SPF does not speak against the host.
    fn by_envelope(
        &mut self,
        evidence: &Evidence<'_>,
        connector: &Connector<'_>,
    ) -> Option<Verdict> {
        let path = evidence.authentication.return_path.as_ref()?;
        let whole = connector.has_envelope(&path.address);
        let form =
            connector.has_rewritten(&path.address) && connector.is_marked && self.spf_passed();
        if !whole && !form {
            return None;
        }
        self.deciding.push(path.range.clone());
        self.deciding
            .extend(self.spf.clone().map(|(_, range)| range));
        match self.spf {
            Some((Outcome::Pass, _)) => {
                self.confidence = Confidence::Likely;
                Some(Verdict::Used { white_label: true })
            }
            Some((Outcome::Fail | Outcome::SoftFail, _)) => {
                self.confidence = Confidence::Likely;
                Some(Verdict::Forged)
            }
            _ => {
                self.confidence = Confidence::Unsure;
                Some(Verdict::Used { white_label: true })
            }
        }
    }

    /// A host handed the mail over that is neither the connector's nor OVHcloud's.
    fn strangers(&mut self, evidence: &Evidence<'_>, connector: &Connector<'_>, index: usize) {
        let hop = &evidence.hops[index];
        let name = connector::sender_name(hop).unwrap_or("");
        let senders = evidence
            .senders
            .iter()
            .any(|sender| address::is_under(name, address::registrable(address::domain(sender))));
        let known = connector.provider.is_some() || connector::is_mailbox(name) || senders;
        self.confidence = Confidence::Likely;
        self.verdict = if evidence.senders.is_empty() {
            Verdict::CannotTell(Unclear::NoSender)
        } else if !self.gateways.is_empty() && name.is_empty() {
            Verdict::CannotTell(Unclear::EitherSide)
        } else if !known {
            Verdict::CannotTell(Unclear::UnknownHost)
        } else if let Some(field) = connector_field(evidence) {
            self.deciding.push(field);
            Verdict::OtherConnector
        } else {
            Verdict::OtherRoad
        };
        if name.is_empty() {
            self.confidence = Confidence::Unsure;
        }
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
    let newer = &evidence.hops[index..];
    let found = evidence.authentication.spf.iter().find(|spf| {
        let same = match (&spf.client, &hop.address) {
            (Some(client), Some(address)) => Some(client.is_same(address)),
            _ => None,
        };
        let own = spf.receiver.as_deref().is_some_and(|receiver| {
            let receiver = address::registrable(receiver.rsplit('@').next().unwrap_or(receiver));
            newer
                .iter()
                .filter_map(|hop| hop.by.as_deref())
                .any(|by| address::is_under(by, receiver))
        });
        same == Some(true) || (same.is_none() && (own || spf.range.start < hop.range.start))
    })?;
    Some((found.outcome, found.range.clone()))
}

/// The hop that follows goes on where this one ended, as far as their names tell.
fn joins(evidence: &Evidence<'_>, index: usize) -> bool {
    let Some(next) = evidence.hops.get(index + 1) else {
        return true;
    };
    let (Some(by), Some(name)) = (
        evidence.hops[index].by.as_deref(),
        connector::sender_name(next),
    ) else {
        return true;
    };
    let hidden = next
        .address
        .as_ref()
        .is_none_or(super::super::address::Ip::is_private);
    let first = |host: &str| host.split('.').next().unwrap_or(host).to_ascii_lowercase();
    hidden
        || !by.contains('.')
        || address::registrable(by).eq_ignore_ascii_case(address::registrable(name))
        || first(by) == first(name)
}
