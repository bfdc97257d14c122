//! What speaks for a verdict and what against it, each with the field that says so.

use std::ops::Range;

use super::connector::{self, Connector};
use super::road::{self, Road};
use super::{Evidence, Reason, Sign, Verdict};
use crate::mail::authentication::Outcome;

/// Sorts the signs: those that point to the connector support "used", and speak against the rest.
pub(super) fn weigh(
    evidence: &Evidence<'_>,
    connector: &Connector<'_>,
    road: &Road,
    verdict: Verdict,
) -> (Vec<Reason>, Vec<Reason>) {
    if matches!(verdict, Verdict::NotAHeader) {
        return (Vec::new(), Vec::new());
    }
    let mut towards = pointing(evidence, connector, road);
    let mut away = doubting(evidence, road);
    if verdict == Verdict::NotAttached
        && let Some(field) = evidence.header.first("from")
    {
        away.push(Reason {
            sign: Sign::SenderNotAttached,
            range: field.range.clone(),
        });
    }
    if let Some(index) = road.boundary {
        let reason = |sign| Reason {
            sign,
            range: evidence.hops[index].range.clone(),
        };
        match road.verdict {
            Verdict::Used { white_label: false } => towards.insert(0, reason(Sign::HandedOver)),
            Verdict::NotUsed => away.insert(0, reason(Sign::OwnServers)),
            _ => away.insert(0, reason(Sign::OtherHost)),
        }
    }
    if matches!(verdict, Verdict::Used { .. }) {
        (towards, away)
    } else {
        (away, towards)
    }
}

/// More reasons than these tell nobody more.
const MOST: usize = 40;

fn add(reasons: &mut Vec<Reason>, sign: Sign, range: &Range<usize>) {
    if reasons.len() < MOST {
        reasons.push(Reason {
            sign,
            range: range.clone(),
        });
    }
}

fn pointing(evidence: &Evidence<'_>, connector: &Connector<'_>, road: &Road) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if let Some(range) = &road.seen.inner {
        add(&mut reasons, Sign::InnerHop, range);
    }
    let found = &evidence.authentication;
    if let Some(path) = &found.return_path
        && (connector.has_envelope(&path.address) || connector.has_rewritten(&path.address))
    {
        add(&mut reasons, Sign::ReturnPath, &path.range);
    }
    // On another way, another server was found to be allowed.
    if let Some((Outcome::Pass, range)) = &road.spf
        && matches!(road.verdict, Verdict::Used { .. })
    {
        add(&mut reasons, Sign::SpfPassed, range);
    }
    let owns = |domain: &str| connector.has_host(domain) && !connector.is_senders;
    for dkim in &found.dkim {
        let passed = dkim.outcome == Outcome::Pass && dkim.said.own;
        if passed && dkim.domain.as_deref().is_some_and(owns) {
            add(&mut reasons, Sign::DkimPassed, &dkim.range);
        }
    }
    for signature in &found.signatures {
        if owns(&signature.domain) {
            add(&mut reasons, Sign::DkimSigned, &signature.range);
        }
    }
    if let Some(provider) = connector.provider {
        for field in &evidence.header.fields {
            if connector::is_mark(field.name, field.value, provider) {
                add(&mut reasons, Sign::ProviderField, &field.range);
            }
        }
    }
    if road.verdict != Verdict::OtherConnector {
        add_connector_field(&mut reasons, evidence);
    }
    reasons
}

/// Some connector was used: this one, or where the way shows another one, that.
fn add_connector_field(reasons: &mut Vec<Reason>, evidence: &Evidence<'_>) {
    if let Some(range) = road::connector_field(evidence) {
        add(reasons, Sign::ConnectorField, &range);
    }
}

fn doubting(evidence: &Evidence<'_>, road: &Road) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if road.verdict == Verdict::OtherConnector {
        add_connector_field(&mut reasons, evidence);
    }
    if let Some((Outcome::Fail | Outcome::SoftFail, range)) = &road.spf {
        add(&mut reasons, Sign::SpfFailed, range);
    }
    if let Some(range) = &road.seen.claimed {
        add(&mut reasons, Sign::NameOnlyClaimed, range);
    }
    for range in &road.seen.gateways {
        add(&mut reasons, Sign::RecipientsGateway, range);
    }
    if let Some(hop) = road.boundary.and_then(|index| evidence.hops.get(index)) {
        let impossible = hop
            .address
            .as_ref()
            .is_some_and(|address| address.groups.is_none());
        for (is_so, sign) in [
            (road.broken, Sign::BrokenChain),
            (road.forwarded, Sign::Forwarded),
            (road.seen.elsewhere, Sign::SubmittedElsewhere),
            (impossible, Sign::ImpossibleAddress),
        ] {
            if is_so {
                add(&mut reasons, sign, &hop.range);
            }
        }
    }
    for range in &evidence.not_understood {
        add(&mut reasons, Sign::Unreadable, range);
    }
    reasons
}
