//! The hops with what is known of their ends.

use std::ops::Range;

use super::Evidence;
use super::connector::{self, Connector, Side};
use crate::mail::address::Ip;
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
    /// With an account, from an address of the internet. Over a web page's protocol, servers of one
    /// house pass mail on among themselves too.
    hand_in: bool,
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

    /// The newest hop behind this one in which somebody signed in and handed the mail in anew: what the
    /// lines below it say, they may have written.
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
        let signed_in = is_signed_in(hop);
        let submission = signed_in || scan::after(hop.with(), "http").is_some();
        let hidden = hop.address.is_some_and(Ip::is_private);
        let inside = hidden || submission || sender == Side::Local;
        let one_side = sender == taker && sender != Side::Stranger;
        let kin = !name.is_empty() && scan::has(by, b'.') && connector::is_kin(name, by);
        Self {
            hop,
            sender,
            taker,
            name,
            by,
            crossing: !inside && !one_side && !kin,
            submission,
            hand_in: signed_in && hop.address.is_some() && !hidden,
        }
    }
}

/// An account signed in: RFC 3848 puts an A behind such protocols. By LMTP a mail is put into a
/// mailbox, whoever signs in for it.
fn is_signed_in(hop: &Hop) -> bool {
    let protocol = scan::until(hop.with(), b" ");
    let with_account = matches!(protocol.as_bytes().last(), Some(b'a' | b'A'));
    (with_account && scan::after(protocol, "lmtp").is_none()) || scan::is(protocol, "asmtp")
}
