//! Walks the hops from the oldest to the newest, to the first that shows how the mail left.

use super::connector::{self, Side};
use super::way::{Leg, Way};
use crate::mail::address;
use crate::mail::provider::Provider;
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

/// What the walk came by, as places among the hops.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Seen {
    /// The provider's own hop on the way.
    pub(super) inner: Option<usize>,
    /// The hops of the connector's servers, up to the one that shows how the mail left.
    pub(super) connector: Vec<usize>,
    /// The newest hop of the provider's that is the recipient's.
    pub(super) gateway: Option<usize>,
    /// A hop that names the provider without right.
    pub(super) claimed: Option<usize>,
    /// The mail was handed to the provider from outside OVHcloud.
    pub(super) elsewhere: bool,
    /// A gateway took the mail from somebody who may be the sender's Exchange.
    pub(super) either: bool,
    /// Nothing but an address, or a name of the sender's, tells from where the connector's servers got
    /// the mail.
    pub(super) vague: bool,
}

struct Walk<'a> {
    way: &'a Way<'a>,
    seen: Seen,
    /// The newest hop so far whose taker is the connector, or another provider.
    inner: Option<usize>,
    other: Option<(usize, &'static Provider)>,
    /// The oldest hop into the connector's servers, and where the mail came from there.
    entry: Option<(usize, Origin)>,
    /// OVHcloud's servers took the mail from outside: what they send on is forwarded.
    arrived: bool,
    /// It went from one organisation to another, neither of them OVHcloud nor the connector's.
    strayed: bool,
}

pub(super) fn find(way: &Way<'_>) -> (Option<Exit>, Seen) {
    let mut walk = Walk {
        way,
        seen: Seen::default(),
        inner: None,
        other: None,
        entry: None,
        arrived: false,
        strayed: false,
    };
    let exit = (0..way.legs.len()).find_map(|index| walk.step(index));
    let own = exit.and_then(|exit| walk.ovh_above(exit));
    (own.map(Exit::Ovh).or(exit), walk.seen)
}

impl Exit {
    fn place(self) -> usize {
        match self {
            Self::Connector(index)
            | Self::WhiteLabel(index)
            | Self::Ovh(index)
            | Self::Provider(index, _) => index,
        }
    }
}

impl Walk<'_> {
    fn step(&mut self, index: usize) -> Option<Exit> {
        let leg = self.way.leg(index);
        let exit = match leg.sender {
            _ if leg.taker == leg.sender && leg.sender != Side::Stranger => None,
            Side::Stranger if leg.taker != Side::Connector && self.is_of_inner(leg.name, index) => {
                self.seen.inner = self.inner;
                Some(Exit::Connector(index))
            }
            Side::OvhOut | Side::OvhInside => self.leaves_ovh(index).then_some(Exit::Ovh(index)),
            Side::Connector => self.by_connector(index),
            Side::Stranger | Side::Provider(_) if leg.crossing => self.by_another(index),
            _ => None,
        };
        if self.is_connectors(index) {
            self.seen.connector.push(index);
        }
        if exit.is_none() {
            self.remember(index);
        }
        exit
    }

    /// OVHcloud's own servers let the mail out, and not as one that had arrived there.
    fn leaves_ovh(&self, index: usize) -> bool {
        let leg = self.way.leg(index);
        let leaves = match leg.sender {
            // A relay that filters for no recipient may stand behind OVHcloud's servers for
            // outgoing mail, and is then the way out.
            Side::OvhOut => leg.taker != Side::Connector || self.way.connector.may_be_recipients(),
            // A server that calls itself otherwise where it takes the mail than where it hands it over
            // is the connector's.
            Side::OvhInside => {
                leg.crossing && leg.taker == Side::Stranger && !self.connector_follows(index)
            }
            _ => false,
        };
        leaves && !self.arrived
    }

    /// The next hop goes out from the connector, or inside to it.
    fn connector_follows(&self, index: usize) -> bool {
        self.way.legs.get(index + 1).is_some_and(|next| {
            next.sender == Side::Connector
                || (next.sender == Side::Local && next.taker == Side::Connector)
        })
    }

    /// The hop above the exit by which the mail nevertheless left OVHcloud: what stands below that
    /// one, the sender may have written.
    fn ovh_above(&mut self, exit: Exit) -> Option<usize> {
        (exit.place()..self.way.legs.len()).find(|index| {
            self.note_arrival(*index);
            let leg = self.way.leg(*index);
            *index > exit.place()
                && leg.crossing
                && leg.taker != leg.sender
                && self.leaves_ovh(*index)
        })
    }

    /// What is handed in anew has not arrived before, whatever lines it brings along.
    fn note_arrival(&mut self, index: usize) {
        self.arrived = !self.way.leg(index).hand_in && (self.arrived || self.arrives(index));
    }

    /// OVHcloud's servers took the mail from outside.
    fn arrives(&self, index: usize) -> bool {
        let leg = self.way.leg(index);
        let enters = leg.taker == Side::OvhInside && leg.sender != Side::OvhInside;
        enters && leg.crossing && !self.is_handed_in(index)
    }

    /// A server of the connector took the mail or handed it on; the recipient's gateway does not
    /// count.
    fn is_connectors(&self, index: usize) -> bool {
        let leg = self.way.leg(index);
        let origin = || {
            self.entry
                .map_or_else(|| self.origin(index), |(_, origin)| origin)
        };
        let received = leg.taker == Side::Connector
            && (!self.way.connector.may_be_recipients() || is_sending(origin()));
        received || (leg.sender == Side::Connector && self.seen.gateway != Some(index))
    }

    fn by_connector(&mut self, index: usize) -> Option<Exit> {
        let connector = self.way.connector;
        let leg = self.way.leg(index);
        if connector.is_under_senders_domain() && !scan::is(leg.name, connector.smart_host) {
            // A provider is known by more than the sender's domain.
            if let Side::Provider(provider) = leg.taker
                && !provider.trace.gateway
            {
                return None;
            }
            if let Some(provider) = self.provider_before(index) {
                return Some(Exit::Provider(index, provider));
            }
        }
        let origin = self.entry.map(|(_, origin)| origin);
        if connector.may_be_recipients() && is_recipients(origin, leg.name) {
            self.seen.gateway = Some(index);
            self.seen.either |= origin == Some(Origin::Senders) || connector.provider.is_none();
            return None;
        }
        if let Some((entry, origin)) = self.entry {
            let leg = self.way.leg(entry);
            let nameless = leg.name.is_empty();
            if matches!(origin, Origin::Submitted | Origin::Outside) {
                self.seen.elsewhere = !nameless || is_written_there(leg);
                self.seen.vague = nameless && !scan::is(leg.by, connector.smart_host);
            } else {
                let by_name = !leg.submission && self.way.is_senders(leg.name);
                self.seen.vague = connector.may_be_recipients() && by_name;
            }
        }
        self.seen.elsewhere |= self.strayed;
        self.seen.inner = self.inner;
        Some(Exit::Connector(index))
    }

    /// A stranger's or another provider's host handed the mail on.
    fn by_another(&mut self, index: usize) -> Option<Exit> {
        let leg = self.way.leg(index);
        if leg.taker == Side::Connector {
            return None;
        }
        if self.inner.is_some_and(|inner| inner + 1 == index) {
            self.seen.inner = self.inner;
            return Some(Exit::WhiteLabel(index));
        }
        let provider = match leg.sender {
            Side::Provider(provider) => {
                let entry = self.way.legs.iter().take(index);
                let entry = entry
                    .take_while(|before| before.taker != leg.sender)
                    .count();
                let origin = (entry < index).then(|| self.origin(entry));
                let theirs = provider.trace.gateway && is_recipients(origin, leg.name);
                (!theirs).then_some(provider)
            }
            _ => self.provider_before(index),
        };
        provider.map(|provider| Exit::Provider(index, provider))
    }

    /// Another provider, none that filters for recipients, that took the mail in the hop before.
    fn provider_before(&self, index: usize) -> Option<&'static Provider> {
        let (before, provider) = self.other?;
        (before + 1 == index && !provider.trace.gateway).then_some(provider)
    }

    /// The hop goes on from the provider's inner hop, and this name in it is of the same house.
    fn is_of_inner(&self, name: &str, index: usize) -> bool {
        self.inner.is_some_and(|inner| {
            let by = self.way.leg(inner).by;
            inner + 1 == index
                && !name.is_empty()
                && scan::has(by, b'.')
                && connector::is_kin(name, by)
        })
    }

    fn remember(&mut self, index: usize) {
        let leg = self.way.leg(index);
        self.note_arrival(index);
        self.strayed |= leg.crossing && leg.sender == Side::Stranger && leg.taker == Side::Stranger;
        match leg.taker {
            Side::Connector => {
                let origin = self.origin(index);
                self.entry = self.entry.or(Some((index, origin)));
                let theirs = self.way.connector.may_be_recipients() && !is_sending(origin);
                self.inner = (!theirs).then_some(index);
            }
            Side::Provider(provider) => self.other = Some((index, provider)),
            // The inner hop's house hands the mail on from one of its servers to the next.
            _ if self.is_of_inner(leg.by, index) => self.inner = Some(index),
            _ => {}
        }
        let claims = self
            .way
            .connector
            .has_host(connector::claimed_name(leg.hop));
        if claims && leg.sender != Side::Connector && !leg.hop.reverse().is_empty() {
            self.seen.claimed = Some(index);
        }
    }

    fn origin(&self, index: usize) -> Origin {
        let leg = self.way.leg(index);
        // No server but an Exchange calls itself so on the internet.
        let local = address::is_under(leg.name, "local");
        let senders = self.way.is_senders(leg.name);
        match leg.sender {
            _ if is_written_there(leg) => Origin::Submitted,
            // What OVHcloud sends on after it arrived there is a recipient's.
            Side::OvhInside if self.arrived => Origin::Outside,
            Side::Connector | Side::Local | Side::OvhInside => Origin::Inside,
            Side::Stranger if local || self.follows_exchange(index) => Origin::Inside,
            // Where mail arrives for a recipient, nobody signs in.
            Side::Stranger if senders && leg.submission => Origin::Inside,
            Side::Stranger if senders => Origin::Senders,
            _ if leg.submission => Origin::Submitted,
            // A server gives a name where it hands mail to a recipient's; of a known gateway it is
            // seen that it writes down none.
            Side::Stranger
                if leg.name.is_empty()
                    && (scan::is(leg.by, self.way.connector.smart_host)
                        || (index == 0 && self.way.connector.provider.is_none())) =>
            {
                Origin::Submitted
            }
            _ => Origin::Outside,
        }
    }

    /// The Exchange took the mail in the hop before: what hands it on is the Exchange, even where
    /// nobody could put a name to its address, or the name is one of the sender's own.
    fn follows_exchange(&self, index: usize) -> bool {
        let Some(before) = index.checked_sub(1) else {
            return false;
        };
        let before = self.way.leg(before);
        let leg = self.way.leg(index);
        let nameless = leg.name.is_empty();
        if before.taker == Side::OvhInside {
            return !self.arrived;
        }
        // Any company's Exchange may be called so, and its mail pass a recipient's gateway.
        match self.way.connector.provider {
            Some(_) => {
                let by_name = !leg.hop.reverse().is_empty() && self.way.is_senders(leg.name);
                (nameless || by_name) && connector::is_hosted(before.by)
            }
            None => nameless && address::is_under(before.by, "local"),
        }
    }

    /// The sender's own program hands the mail in: an address without a name, and not at the door
    /// where mail arrives.
    fn is_handed_in(&self, index: usize) -> bool {
        let leg = self.way.leg(index);
        leg.name.is_empty() && !connector::is_door(leg.by)
    }
}

/// The mail was written at the provider: on its web page, by a program, or in Outlook with an account
/// there. No connector does that.
fn is_written_there(leg: &Leg<'_>) -> bool {
    let by = |protocol| scan::after(leg.hop.with(), protocol).is_some();
    leg.taker == Side::Connector && (by("http") || by("mapi"))
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
/// them. Where no line tells who did, their name may.
fn is_recipients(origin: Option<Origin>, name: &str) -> bool {
    match origin {
        Some(origin) => !is_sending(origin),
        None => scan::behind(name, "inbound").is_some(),
    }
}

fn is_sending(origin: Origin) -> bool {
    matches!(origin, Origin::Inside | Origin::Submitted)
}
