//! What speaks for a verdict and what against it, each with the field that says so.

use std::ops::Range;

use super::connector::Connector;
use super::road::{self, Road};
use super::{Evidence, Reason, Sign, Verdict};
use crate::mail::address::Ip;
use crate::mail::authentication::{Method, Outcome};

/// More reasons than these tell nobody more.
const MOST: usize = 40;

/// What points to the connector, and what points away from it.
#[derive(Default)]
struct Reasons {
    towards: Vec<Reason>,
    away: Vec<Reason>,
}

/// Sorts the signs: those that point to the connector support "used", and speak against the rest.
pub(super) fn weigh(
    evidence: &Evidence<'_>,
    connector: &Connector<'_>,
    road: &Road,
    verdict: Verdict,
) -> (Vec<Reason>, Vec<Reason>) {
    let mut reasons = Reasons::default();
    if verdict != Verdict::NotAHeader {
        reasons.of_boundary(evidence, road);
        reasons.of_hops(evidence, road);
        reasons.of_fields(evidence, connector, road);
        if verdict == Verdict::NotAttached
            && let Some(field) = evidence.header.first("from")
        {
            reasons.add(Sign::SenderNotAttached, &field.range);
        }
    }
    if matches!(verdict, Verdict::Used { .. }) {
        (reasons.towards, reasons.away)
    } else {
        (reasons.away, reasons.towards)
    }
}

impl Reasons {
    fn add(&mut self, sign: Sign, range: &Range<usize>) {
        // In the list of signs, those that point to the connector come first.
        self.add_to(sign as u8 <= Sign::ConnectorField as u8, sign, range);
    }

    #[cfg_attr(target_family = "wasm", inline(never))]
    fn add_to(&mut self, is_towards: bool, sign: Sign, range: &Range<usize>) {
        let side = if is_towards {
            &mut self.towards
        } else {
            &mut self.away
        };
        if side.len() < MOST {
            side.push(Reason {
                sign,
                range: range.clone(),
            });
        }
    }

    fn of_boundary(&mut self, evidence: &Evidence<'_>, road: &Road) {
        let Some(hop) = road.boundary.and_then(|index| evidence.hops.get(index)) else {
            return;
        };
        let impossible = |ip: &Ip| ip.number.is_none();
        let sign = match road.verdict {
            Verdict::Used { white_label: false } => Sign::HandedOver,
            Verdict::NotUsed => Sign::OwnServers,
            _ => Sign::OtherHost,
        };
        for (is_so, sign) in [
            (true, sign),
            (road.broken, Sign::BrokenChain),
            (road.forwarded, Sign::Forwarded),
            (road.seen.elsewhere, Sign::SubmittedElsewhere),
            (
                hop.address.as_ref().is_some_and(impossible),
                Sign::ImpossibleAddress,
            ),
        ] {
            if is_so {
                self.add(sign, &hop.range);
            }
        }
    }

    fn of_hops(&mut self, evidence: &Evidence<'_>, road: &Road) {
        for (index, hop) in evidence.hops.iter().enumerate() {
            if road.seen.inner == Some(index) {
                self.add(Sign::InnerHop, &hop.range);
            }
            if road.seen.claimed == Some(index) {
                self.add(Sign::NameOnlyClaimed, &hop.range);
            }
            if road.seen.gateways.contains(&index) {
                self.add(Sign::RecipientsGateway, &hop.range);
            }
        }
        if let Some(range) = &road.anew {
            self.add(Sign::BegunAnew, range);
        }
        for range in &evidence.not_understood {
            self.add(Sign::Unreadable, range);
        }
        match &road.spf {
            // On another way, another server was found to be allowed; for another domain, somebody
            // else's.
            Some((Outcome::Pass, range))
                if matches!(road.verdict, Verdict::Used { .. }) && !road.spf_is_strangers =>
            {
                self.add(Sign::SpfPassed, range);
            }
            Some((Outcome::Fail | Outcome::SoftFail, range)) => self.add(Sign::SpfFailed, range),
            _ => {}
        }
    }

    fn of_fields(&mut self, evidence: &Evidence<'_>, connector: &Connector<'_>, road: &Road) {
        let found = &evidence.authentication;
        if let Some(path) = &found.return_path
            && (connector.has_envelope(&path.address) || connector.has_rewritten(&path.address))
        {
            self.add(Sign::ReturnPath, &path.range);
        }
        let owns = |domain: &str| connector.has_host(domain) && !connector.is_senders;
        for dkim in found.of(Method::Dkim) {
            let passed = dkim.outcome == Outcome::Pass && dkim.said.own;
            if passed && dkim.domain.as_deref().is_some_and(owns) {
                self.add(Sign::DkimPassed, &dkim.range);
            }
        }
        for signature in &found.signatures {
            if !signature.is_seal && owns(&signature.domain) {
                self.add(Sign::DkimSigned, &signature.range);
            }
        }
        for field in &evidence.header.fields {
            if connector.is_mark(field) {
                self.add(Sign::ProviderField, &field.range);
            }
        }
        if let Some(range) = road::connector_field(evidence) {
            // Some connector was used: this one, or where the way shows another one, that.
            let is_towards = road.verdict != Verdict::OtherConnector;
            self.add_to(is_towards, Sign::ConnectorField, &range);
        }
    }
}
