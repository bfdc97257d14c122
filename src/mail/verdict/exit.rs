//! Walks the hops from the oldest to the newest, to the first that shows how the mail left.

use std::ops::Range;

use super::Evidence;
use super::connector::{self, Connector, Side};
use crate::mail::address::{self, Ip};
use crate::mail::provider::Provider;
use crate::mail::received::Hop;
use crate::mail::scan;

/// The first hop that shows how the mail left.
#[derive(Clone, Copy)]
pub(super) enum Exit {
    Connector(usize),
    /// By a host of another name, right behind the provider's inner hop.
    WhiteLabel(usize),
    Ovh(usize),
    Provider(usize, &'static Provider),
}

/// What the walk came by.
#[derive(Default)]
pub(super) struct Seen {
    /// Both ends of each hop, oldest first.
    pub(super) sides: Vec<(Side, Side)>,
    /// The provider's own hop on the way.
    pub(super) inner: Option<Range<usize>>,
    /// The hops of the connector's servers, up to the one that shows how the mail left.
    pub(super) connector: Vec<usize>,
    /// Provider hops that are the recipient's.
    pub(super) gateways: Vec<Range<usize>>,
    /// A hop that names the provider without right.
    pub(super) claimed: Option<Range<usize>>,
    /// The mail was handed to the provider from outside OVHcloud.
    pub(super) elsewhere: bool,
    /// A gateway took the mail from somebody who may be the sender's Exchange.
    pub(super) either: bool,
}

struct Walk<'a> {
    evidence: &'a Evidence<'a>,
    connector: &'a Connector<'a>,
    seen: Seen,
    /// The newest hop so far whose taker is the connector, or another provider.
    inner: Option<usize>,
    other: Option<(usize, &'static Provider)>,
    /// The oldest hop into the connector's servers, and where the mail came from there.
    entry: Option<(usize, Origin)>,
    /// OVHcloud's servers took the mail from outside: what they send on is forwarded.
    arrived: bool,
}

pub(super) fn find(evidence: &Evidence<'_>, connector: &Connector<'_>) -> (Option<Exit>, Seen) {
    let sides = evidence
        .hops
        .iter()
        .map(|hop| (connector.sender_of(hop), connector.taker_of(hop)))
        .collect();
    let seen = Seen {
        sides,
        ..Seen::default()
    };
    let mut walk = Walk {
        evidence,
        connector,
        seen,
        inner: None,
        other: None,
        entry: None,
        arrived: false,
    };
    let exit = (0..evidence.hops.len()).find_map(|index| walk.step(index));
    (exit, walk.seen)
}

impl Walk<'_> {
    fn step(&mut self, index: usize) -> Option<Exit> {
        let (sender, taker) = self.seen.sides[index];
        let hop = &self.evidence.hops[index];
        let crossing = is_crossing(hop, sender, taker);
        let exit = match sender {
            _ if taker == sender && sender != Side::Stranger => None,
            Side::Stranger if taker != Side::Connector && self.is_of_inner(index) => {
                self.name_inner();
                Some(Exit::Connector(index))
            }
            Side::OvhOut => self.by_ovh(index, taker),
            Side::OvhInside if crossing && taker == Side::Stranger && !self.arrived => {
                Some(Exit::Ovh(index))
            }
            Side::Connector => self.by_connector(index),
            Side::Stranger | Side::Provider(_) if crossing => self.by_another(index),
            _ => None,
        };
        if self.is_connectors(index) {
            self.seen.connector.push(index);
        }
        if exit.is_none() {
            let arrives = crossing && !self.is_first(index);
            self.arrived |= taker == Side::OvhInside && arrives && sender != Side::OvhInside;
            self.remember(index);
        }
        exit
    }

    /// A server of the connector took the mail or handed it on; the recipient's gateway does not
    /// count.
    fn is_connectors(&self, index: usize) -> bool {
        let (sender, taker) = self.seen.sides[index];
        let origin = || {
            self.entry
                .map_or_else(|| self.origin(index), |(_, origin)| origin)
        };
        let received = taker == Side::Connector
            && (!self.connector.may_be_recipients() || is_sending(origin()));
        let range = &self.evidence.hops[index].range;
        received || (sender == Side::Connector && !self.seen.gateways.contains(range))
    }

    /// OVHcloud's servers for outgoing mail handed it over. A relay that filters for no recipient may
    /// stand behind them, and is then the way out.
    fn by_ovh(&self, index: usize, taker: Side) -> Option<Exit> {
        let passes_on = taker == Side::Connector && !self.connector.may_be_recipients();
        (!passes_on && !self.arrived).then_some(Exit::Ovh(index))
    }

    fn by_connector(&mut self, index: usize) -> Option<Exit> {
        let hop = &self.evidence.hops[index];
        let origin = self.entry.map(|(_, origin)| origin);
        if self.connector.may_be_recipients() && is_recipients(origin, hop) {
            self.seen.gateways.push(hop.range.clone());
            self.seen.either |=
                origin == Some(Origin::Senders) || self.connector.provider.is_none();
            return None;
        }
        let named = |entry: usize| connector::sender_name(&self.evidence.hops[entry]).is_some();
        self.seen.elsewhere = matches!(origin, Some(Origin::Submitted | Origin::Outside))
            && self.entry.is_some_and(|(entry, _)| named(entry));
        self.name_inner();
        Some(Exit::Connector(index))
    }

    /// A stranger's or another provider's host handed the mail on.
    fn by_another(&mut self, index: usize) -> Option<Exit> {
        let (sender, taker) = self.seen.sides[index];
        let hop = &self.evidence.hops[index];
        let follows = |before: usize| before + 1 == index;
        if taker == Side::Connector {
            return None;
        }
        if self.inner.is_some_and(follows) {
            self.name_inner();
            return Some(Exit::WhiteLabel(index));
        }
        match (sender, self.other) {
            (Side::Provider(provider), _) => {
                let entry = (0..index).find(|before| self.seen.sides[*before].1 == sender);
                let theirs = provider.trace.gateway
                    && is_recipients(entry.map(|entry| self.origin(entry)), hop);
                (!theirs).then_some(Exit::Provider(index, provider))
            }
            (_, Some((before, provider))) if follows(before) && !provider.trace.gateway => {
                Some(Exit::Provider(index, provider))
            }
            _ => None,
        }
    }

    /// The hop goes on from the provider's inner hop, under another name of the same house.
    fn is_of_inner(&self, index: usize) -> bool {
        let hops = &self.evidence.hops;
        self.inner.is_some_and(|inner| {
            let by = hops[inner].by.as_deref().filter(|by| scan::has(by, b'.'));
            inner + 1 == index
                && connector::sender_name(&hops[index])
                    .is_some_and(|name| by.is_some_and(|by| connector::is_kin(name, by)))
        })
    }

    fn remember(&mut self, index: usize) {
        let (sender, taker) = self.seen.sides[index];
        let hop = &self.evidence.hops[index];
        match taker {
            Side::Connector => {
                let origin = self.origin(index);
                self.entry = self.entry.or(Some((index, origin)));
                let theirs = self.connector.may_be_recipients() && !is_sending(origin);
                self.inner = (!theirs).then_some(index);
            }
            Side::Provider(provider) => self.other = Some((index, provider)),
            _ => {}
        }
        let claims = connector::claimed_name(hop).is_some_and(|name| self.connector.has_host(name));
        if claims && sender != Side::Connector && hop.reverse.is_some() {
            self.seen.claimed = Some(hop.range.clone());
        }
    }

    fn name_inner(&mut self) {
        self.seen.inner = self
            .inner
            .map(|inner| self.evidence.hops[inner].range.clone());
    }

    fn origin(&self, index: usize) -> Origin {
        let hop = &self.evidence.hops[index];
        let side = self.seen.sides[index].0;
        let name = connector::sender_name(hop);
        // No server but an Exchange calls itself so on the internet.
        let local = name.is_some_and(|name| address::is_under(name, "local"));
        let senders = name.is_some_and(|name| is_senders(self.evidence, name));
        match side {
            // What OVHcloud sends on after it arrived there is a recipient's.
            Side::OvhInside if self.arrived => Origin::Outside,
            Side::Connector | Side::Local | Side::OvhInside => Origin::Inside,
            Side::Stranger if local || self.follows_exchange(index) => Origin::Inside,
            // Where mail arrives for a recipient, nobody signs in.
            Side::Stranger if senders && is_submission(hop) => Origin::Inside,
            Side::Stranger if senders => Origin::Senders,
            _ if is_submission(hop) => Origin::Submitted,
            Side::Stranger if name.is_none() && self.connector.is_smart_host(hop) => {
                Origin::Submitted
            }
            _ => Origin::Outside,
        }
    }

    /// The Exchange took the mail in the hop before: what hands it on is the Exchange, even where
    /// nobody could put a name to its address.
    fn follows_exchange(&self, index: usize) -> bool {
        let Some(before) = index.checked_sub(1) else {
            return false;
        };
        let by = self.evidence.hops[before].by.as_deref().unwrap_or("");
        let nameless = connector::sender_name(&self.evidence.hops[index]).is_none();
        match self.seen.sides[before].1 {
            Side::OvhInside => !self.arrived,
            // Any company's Exchange may be called so, and its mail pass a recipient's gateway.
            _ if self.connector.provider.is_some() => nameless && connector::is_hosted(by),
            _ => nameless && address::is_under(by, "local"),
        }
    }

    /// The sender's own program hands the mail in: an address without a name, before all other
    /// hops, and not at the door where mail arrives.
    fn is_first(&self, index: usize) -> bool {
        let hop = &self.evidence.hops[index];
        let by = hop.by.as_deref().unwrap_or("");
        index == 0 && connector::sender_name(hop).is_none() && !connector::is_door(by)
    }
}

/// Where a provider got the mail from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// OVHcloud's Exchange, or the provider itself.
    Inside,
    /// Somebody with an account at the provider.
    Submitted,
    /// A host of the sender's domain: it may be the Exchange, or bring mail to a recipient.
    Senders,
    Outside,
}

/// A gateway's servers are the recipient's where somebody else than the Exchange handed the mail to
/// them.
fn is_recipients(origin: Option<Origin>, hop: &Hop) -> bool {
    let inbound =
        connector::sender_name(hop).is_some_and(|name| scan::behind(name, "inbound").is_some());
    inbound || origin.is_some_and(|origin| !is_sending(origin))
}

fn is_sending(origin: Origin) -> bool {
    matches!(origin, Origin::Inside | Origin::Submitted)
}

/// The host stands under the domain of the mail's sender.
pub(super) fn is_senders(evidence: &Evidence<'_>, name: &str) -> bool {
    evidence
        .senders
        .iter()
        .any(|sender| address::is_under(name, address::registrable(address::domain(sender))))
}

/// The mail goes from one organisation's servers to another's.
pub(super) fn is_crossing(hop: &Hop, sender: Side, taker: Side) -> bool {
    let hidden = hop.address.as_ref().is_some_and(Ip::is_private);
    if hidden || sender == Side::Local || is_submission(hop) {
        return false;
    }
    let by = hop.by.as_deref().unwrap_or("");
    match connector::sender_name(hop) {
        _ if sender == taker && sender != Side::Stranger => false,
        Some(name) if scan::has(by, b'.') => !connector::is_kin(name, by),
        _ => true,
    }
}

/// A person handed the mail in, not a server.
fn is_submission(hop: &Hop) -> bool {
    hop.with.as_deref().is_some_and(|with| {
        scan::is_any(
            scan::until(with, b" "),
            &[
                "esmtpa",
                "esmtpsa",
                "asmtp",
                "http",
                "https",
                "lmtpa",
                "utf8smtpsa",
                "utf8smtpa",
            ],
        )
    })
}

/// The hop that follows goes on where this one ended, as far as their names tell.
pub(super) fn joins(evidence: &Evidence<'_>, index: usize) -> bool {
    let Some(next) = evidence.hops.get(index + 1) else {
        return true;
    };
    let (Some(by), Some(name)) = (
        evidence.hops[index].by.as_deref(),
        connector::sender_name(next),
    ) else {
        return true;
    };
    let hidden = next.address.as_ref().is_none_or(Ip::is_private);
    hidden || !scan::has(by, b'.') || connector::is_kin(by, name)
}
