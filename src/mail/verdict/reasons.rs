//! What speaks for a verdict and what against it, each with the field that says so.

use super::connector::{self, Connector};
use super::road::{self, Road};
use super::{Evidence, Reason, Sign, Verdict};
use crate::mail::address;
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
            Verdict::Used { white_label: true } => away.insert(0, reason(Sign::OtherHost)),
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

fn pointing(evidence: &Evidence<'_>, connector: &Connector<'_>, road: &Road) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let mut add = |sign, range: &std::ops::Range<usize>| {
        if reasons.len() < 40 {
            reasons.push(Reason {
                sign,
                range: range.clone(),
            });
        }
    };
    if let Some(range) = &road.seen.inner {
        add(Sign::InnerHop, range);
    }
    let found = &evidence.authentication;
    if let Some(path) = &found.return_path
        && (connector.has_envelope(&path.address) || connector.has_rewritten(&path.address))
    {
        add(Sign::ReturnPath, &path.range);
    }
    if let Some((Outcome::Pass, range)) = &road.spf {
        add(Sign::SpfPassed, range);
    }
    let owns = |domain: &str| connector.has_host(domain) && !connector.is_senders;
    for dkim in &found.dkim {
        if dkim.outcome == Outcome::Pass
            && dkim.domain.as_deref().is_some_and(owns)
            && is_recipients(evidence, road, dkim.receiver.as_deref())
        {
            add(Sign::DkimPassed, &dkim.range);
        }
    }
    for signature in &found.signatures {
        if owns(&signature.domain) {
            add(Sign::DkimSigned, &signature.range);
        }
    }
    if let Some(provider) = connector.provider {
        for field in &evidence.header.fields {
            if connector::is_mark(field.name, field.value, provider) {
                add(Sign::ProviderField, &field.range);
            }
        }
    }
    if let Some(range) = road::connector_field(evidence) {
        add(Sign::ConnectorField, &range);
    }
    reasons
}

fn doubting(evidence: &Evidence<'_>, road: &Road) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let mut add = |sign, range: &std::ops::Range<usize>| {
        if reasons.len() < 40 {
            reasons.push(Reason {
                sign,
                range: range.clone(),
            });
        }
    };
    if let Some((Outcome::Fail | Outcome::SoftFail, range)) = &road.spf {
        add(Sign::SpfFailed, range);
    }
    if let Some(range) = &road.seen.claimed {
        add(Sign::NameOnlyClaimed, range);
    }
    for range in &road.seen.gateways {
        add(Sign::RecipientsGateway, range);
    }
    if let Some(index) = road.boundary {
        let hop = &evidence.hops[index];
        if road.broken {
            add(Sign::BrokenChain, &hop.range);
        }
        if road.forwarded {
            add(Sign::Forwarded, &hop.range);
        }
        if road.seen.elsewhere {
            add(Sign::SubmittedElsewhere, &hop.range);
        }
        if hop
            .address
            .as_ref()
            .is_some_and(|address| address.value.is_none())
        {
            add(Sign::ImpossibleAddress, &hop.range);
        }
    }
    for range in &evidence.not_understood {
        add(Sign::Unreadable, range);
    }
    reasons
}

/// The finding is the recipient's own: its server is one of those that took the mail.
fn is_recipients(evidence: &Evidence<'_>, road: &Road, receiver: Option<&str>) -> bool {
    let newer = &evidence.hops[road.boundary.unwrap_or(0)..];
    receiver.is_none_or(|receiver| {
        let domain = address::registrable(receiver);
        newer
            .iter()
            .filter_map(|hop| hop.by.as_deref())
            .any(|by| address::is_under(by, domain))
    })
}
