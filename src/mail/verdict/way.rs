//! The hops with what is known of their ends.

use std::ops::Range;

use super::Evidence;
use super::connector::{self, Connector, Side};
use crate::mail::address::{self, Ip};
use crate::mail::header::Header;
use crate::mail::received::Hop;
use crate::mail::scan;

/// The way of the mail, and who is asked about.
pub(super) struct Way<'a> {
    pub(super) header: &'a Header<'a>,
    pub(super) evidence: &'a Evidence,
    pub(super) connector: &'a Connector<'a>,
    /// Oldest first, as the hops.
    pub(super) legs: Vec<Leg<'a>>,
}

/// A hop, and whose servers stand at its ends.
pub(super) struct Leg<'a> {
    pub(super) hop: &'a Hop,
    pub(super) sender: Side,
    pub(super) taker: Side,
    /// The sending host's name, and the taking host's; empty where there is none.
    pub(super) name: &'a str,
    pub(super) by: &'a str,
    /// The mail goes from one organisation's servers to another's.
    pub(super) crossing: bool,
    /// A person handed the mail in, not a server.
    pub(super) submission: bool,
    /// Somebody signed in with an account, from an address of the internet that is no server of the
    /// house that took the mail, nor of a house that the connector's servers are.
    pub(super) hand_in: bool,
}

impl<'a> Way<'a> {
    pub(super) fn new(
        header: &'a Header<'a>,
        evidence: &'a Evidence,
        connector: &'a Connector<'a>,
    ) -> Self {
        let mut legs = Vec::with_capacity(evidence.hops.len());
        for hop in &evidence.hops {
            legs.push(Leg::new(hop, connector));
        }
        Self {
            header,
            evidence,
            connector,
            legs,
        }
    }

    #[cfg_attr(target_family = "wasm", inline(never))]
    pub(super) fn leg(&self, index: usize) -> &Leg<'a> {
        &self.legs[index]
    }

    /// The newest of these hops in which the mail changed hands.
    #[cfg_attr(target_family = "wasm", inline(never))]
    pub(super) fn newest_crossing(&self, hops: Range<usize>) -> Option<usize> {
        hops.rev().find(|index| self.leg(*index).crossing)
    }

    /// The oldest hop behind this one in which the mail changed hands.
    #[cfg_attr(target_family = "wasm", inline(never))]
    pub(super) fn next_crossing(&self, index: usize) -> Option<usize> {
        (index + 1..self.legs.len()).find(|newer| self.leg(*newer).crossing)
    }

    /// The host stands under the domain of one of the mail's senders.
    #[cfg_attr(target_family = "wasm", inline(never))]
    pub(super) fn is_senders(&self, host: &str) -> bool {
        self.evidence.senders.iter().any(|sender| {
            let home = address::registrable(address::domain(sender));
            address::is_under(host, home)
        })
    }

    pub(super) fn range(&self, index: Option<usize>) -> Option<&'a Range<usize>> {
        self.legs.get(index?).map(|leg| &leg.hop.range)
    }

    /// The hop that follows goes on where this one ended, as far as their names tell.
    pub(super) fn joins(&self, index: usize) -> bool {
        let by = self.leg(index).by;
        self.legs.get(index + 1).is_none_or(|next| {
            next.name.is_empty()
                || next.hop.address.is_none_or(Ip::is_private)
                || !scan::has(by, b'.')
                || connector::is_kin(by, next.name)
        })
    }

    /// Nothing but the sender's own domain points to the connector: other servers stand under it too.
    pub(super) fn is_only_of_senders_domain(&self) -> bool {
        let own = self.connector.smart_host;
        let mut legs = self.legs.iter();
        self.connector.is_under_senders_domain()
            && !legs.any(|leg| scan::is(leg.name, own) || scan::is(leg.by, own))
    }

    /// The newest hop behind this one in which somebody signed in and handed the mail in anew: what the
    /// lines below it say, they may have written. Where the server hides from where, nobody can tell.
    pub(super) fn begins_anew(&self, index: usize) -> Option<usize> {
        let mut newer = (index + 1..self.legs.len()).rev();
        newer.find(|newer| self.leg(*newer).hand_in)
    }
}

impl<'a> Leg<'a> {
    fn new(hop: &'a Hop, connector: &Connector<'_>) -> Self {
        let (sender, taker) = (connector.sender_of(hop), connector.taker_of(hop));
        let name = connector::sender_name(hop);
        let by = hop.by();
        let protocol = scan::until(hop.with(), b" ");
        let submission = is_submission(protocol);
        let private = hop.address.is_some_and(Ip::is_private) || sender == Side::Local;
        let one_side = sender == taker && sender != Side::Stranger;
        let kin = !name.is_empty() && scan::has(by, b'.') && connector::is_kin(name, by);
        // A name that was looked up shows the house; one that was only claimed does not.
        let looked_up = kin && !hop.reverse().is_empty();
        let known = one_side || looked_up || taker == Side::Connector;
        Self {
            hop,
            sender,
            taker,
            name,
            by,
            crossing: !private && !submission && !one_side && !kin,
            submission,
            hand_in: scan::is_any(protocol, WITH_ACCOUNT)
                && hop.address.is_some()
                && !private
                && !known,
        }
    }
}

/// The protocols of RFC 3848 and RFC 6531 by which a mail is handed in with an account, and what Exim
/// once wrote. By LMTP it is put into a mailbox.
const WITH_ACCOUNT: &str = "esmtpsa esmtpa smtpa utf8smtpsa utf8smtpa asmtp";

/// An account signed in, or a web page was used: RFC 3848 puts an A behind such protocols.
fn is_submission(protocol: &str) -> bool {
    matches!(protocol.as_bytes().last(), Some(b'a' | b'A'))
        || scan::is(protocol, "asmtp")
        || scan::after(protocol, "http").is_some()
}
