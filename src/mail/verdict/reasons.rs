//! What speaks for a verdict and what against it, each with the field that says so.

use std::ops::Range;

use super::connector::Connector;
use super::road::{self, Road};
use super::sender::Sender;
use super::{Evidence, Reason, Sign, Verdict};
use crate::mail::authentication::{Authentication, Method, Outcome};
use crate::mail::header::Header;

/// More reasons than these tell nobody more.
const MOST: usize = 80;

/// Collects what speaks for the verdict and what against it.
struct Reasons {
    found: Vec<Reason>,
    verdict: Verdict,
}

/// Sorts the signs: those that point to the connector support "used", and speak against the rest.
pub(super) fn weigh(
    header: &Header<'_>,
    evidence: &Evidence,
    connector: &Connector<'_>,
    road: &Road,
    verdict: Verdict,
    sender: Sender,
) -> Vec<Reason> {
    let mut reasons = Reasons {
        found: Vec::new(),
        verdict,
    };
    if verdict != Verdict::NotAHeader {
        if let Some(field) = header.first("from") {
            let is_stranger = verdict == Verdict::NotAttached;
            let is_replaced = sender == Sender::Given && matches!(verdict, Verdict::Used { .. });
            reasons.add_if(is_stranger, Sign::SenderNotAttached, &field.range);
            reasons.add_if(is_replaced, Sign::SenderReplaced, &field.range);
        }
        reasons.of_boundary(evidence, road);
        reasons.of_hops(evidence, road);
        reasons.of_spf(road);
        reasons.of_evidence(&evidence.authentication, connector);
        reasons.of_fields(header, connector);
    }
    reasons.found
}

impl Reasons {
    #[cfg_attr(target_family = "wasm", inline(never))]
    fn add_if(&mut self, is_so: bool, sign: Sign, range: &Range<usize>) {
        if is_so && self.found.len() < MOST {
            let supports = match self.verdict {
                // Some connector was used: this one, or the one that the way shows.
                Verdict::OtherConnector if sign == Sign::ConnectorField => true,
                Verdict::Used { .. } => sign.is_towards(),
                _ => !sign.is_towards(),
            };
            self.found.push(Reason {
                sign,
                supports,
                range: range.clone(),
            });
        }
    }

    fn of_boundary(&mut self, evidence: &Evidence, road: &Road) {
        let Some(hop) = road.boundary.and_then(|index| evidence.hops.get(index)) else {
            return;
        };
        let sign = match road.verdict {
            Verdict::Used { white_label: false } => Sign::HandedOver,
            Verdict::NotUsed => Sign::OwnServers,
            _ => Sign::OtherHost,
        };
        let is_impossible = hop.address.is_some_and(|address| !address.is_possible());
        self.add_if(true, sign, &hop.range);
        self.add_if(road.broken, Sign::BrokenChain, &hop.range);
        self.add_if(road.forwarded, Sign::Forwarded, &hop.range);
        self.add_if(road.seen.elsewhere, Sign::SubmittedElsewhere, &hop.range);
        self.add_if(is_impossible, Sign::ImpossibleAddress, &hop.range);
    }

    fn of_spf(&mut self, road: &Road) {
        if let Some((outcome, range)) = &road.spf {
            // On another way, another server was found to be allowed; for another domain, somebody
            // else's.
            let passed = *outcome == Outcome::Pass
                && matches!(road.verdict, Verdict::Used { .. })
                && !road.spf_is_strangers;
            self.add_if(passed, Sign::SpfPassed, range);
            self.add_if(road.spf_refused(), Sign::SpfFailed, range);
        }
    }

    fn of_hops(&mut self, evidence: &Evidence, road: &Road) {
        for (index, hop) in evidence.hops.iter().enumerate() {
            let (index, seen) = (Some(index), &road.seen);
            self.add_if(seen.inner == index, Sign::InnerHop, &hop.range);
            self.add_if(seen.claimed == index, Sign::NameOnlyClaimed, &hop.range);
            self.add_if(seen.gateway == index, Sign::RecipientsGateway, &hop.range);
            self.add_if(road.anew == index, Sign::BegunAnew, &hop.range);
        }
    }

    fn of_evidence(&mut self, found: &Authentication, connector: &Connector<'_>) {
        if let Some(path) = &found.return_path {
            let is_theirs =
                connector.has_envelope(&path.address) || connector.has_rewritten(&path.address);
            self.add_if(is_theirs, Sign::ReturnPath, &path.range);
        }
        let owns = |domain: &str| connector.has_host(domain) && !connector.is_senders;
        for dkim in found.of(Method::Dkim) {
            let passed = dkim.outcome == Outcome::Pass && dkim.said.own;
            let owned = dkim.domain.as_deref().is_some_and(owns);
            self.add_if(passed && owned, Sign::DkimPassed, &dkim.range);
        }
        for signature in &found.signatures {
            let owned = !signature.is_seal && owns(&signature.domain);
            self.add_if(owned, Sign::DkimSigned, &signature.range);
        }
    }

    fn of_fields(&mut self, header: &Header<'_>, connector: &Connector<'_>) {
        for field in &header.fields {
            self.add_if(connector.is_mark(field), Sign::ProviderField, &field.range);
        }
        if let Some(range) = road::connector_field(header) {
            self.add_if(true, Sign::ConnectorField, range);
        }
    }
}
