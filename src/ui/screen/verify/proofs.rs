//! What servers found out about the sender (SPF, DKIM, DMARC, ARC), each in a sentence that says what
//! it means for this mail.

use std::ops::Range;

use super::line::link;
use crate::mail::address;
use crate::mail::authentication::{
    Authentication, Finding, Method, Outcome, Said, Signature, is_aligned,
};
use crate::mail::judged::Judged;
use crate::text::{Text, fill};
use crate::ui::dom::{El, el, words};

/// More signatures than these tell nobody more.
const MOST: usize = 4;

pub fn proofs(t: &Text, judged: &Judged) -> Vec<El> {
    let found = &judged.judgement.evidence.authentication;
    let sender = judged.judgement.sender();
    let sender = sender.map(address::domain).unwrap_or_default();
    let mut said = spf(t, found, sender);
    said.extend(dkim(t, found, sender));
    said.extend(dmarc(t, found));
    said.extend(arc(t, found));
    if said.iter().all(|proof| proof.range.is_none()) {
        return Vec::new();
    }
    let items = said.into_iter().map(|proof| {
        let mut item = el("li").text(&proof.words);
        if let Some(link) = proof.range.and_then(|range| link(t, judged, &range)) {
            item = item.text(" (").child(link).text(")");
        }
        item
    });
    let list = el("ul").class("proofs").children(items.collect());
    vec![words("h2", t.proofs_title()), list]
}

/// A sentence, and the line that it rests on.
struct Proof {
    words: String,
    range: Option<Range<usize>>,
}

fn missing(t: &Text, name: &str) -> Vec<Proof> {
    let words = fill(t.proof_missing(), &[("name", name)]);
    vec![Proof { words, range: None }]
}

/// A sentence about a domain, with what follows it.
fn proof(
    t: &Text,
    text: &str,
    domain: &str,
    more: &str,
    said: &Said,
    range: &Range<usize>,
) -> Proof {
    let sentence = fill(text, &[("domain", domain)]);
    let mut words = sentence;
    let not_own = match &said.by {
        _ if said.own => String::new(),
        Some(by) => fill(t.proof_not_own(), &[("name", by)]),
        None => t.proof_not_own_unnamed().to_owned(),
    };
    for more in [more, &not_own] {
        if !more.is_empty() {
            words.push(' ');
            words.push_str(more);
        }
    }
    Proof {
        words,
        range: Some(range.clone()),
    }
}

/// Whether what passed is the visible sender's: that alone counts for DMARC.
fn alignment(t: &Text, outcome: Outcome, domain: &str, sender: &str) -> String {
    if outcome != Outcome::Pass || domain.is_empty() || sender.is_empty() {
        String::new()
    } else if is_aligned(domain, sender) {
        t.proof_aligned().to_owned()
    } else {
        fill(t.proof_not_aligned(), &[("domain", sender)])
    }
}

/// What the recipient's own server found; without that, what any other did.
fn first(found: &Authentication, method: Method) -> Option<&Finding> {
    let own = found.of(method).find(|finding| finding.said.own);
    own.or_else(|| found.of(method).next())
}

fn signed(found: &Authentication, is_seal: bool) -> Option<&Signature> {
    let mut all = found.signatures.iter();
    all.find(|signature| signature.is_seal == is_seal)
}

fn spf(t: &Text, found: &Authentication, sender: &str) -> Vec<Proof> {
    let Some(spf) = first(found, Method::Spf) else {
        return missing(t, "SPF");
    };
    let text = match spf.outcome {
        Outcome::Pass => t.spf_pass(),
        Outcome::Fail => t.spf_fail(),
        Outcome::SoftFail => t.spf_softfail(),
        Outcome::Neutral => t.spf_neutral(),
        Outcome::None => t.spf_none(),
        Outcome::Error => t.spf_error(),
    };
    let domain = spf.domain.as_deref().unwrap_or_default();
    let more = alignment(t, spf.outcome, domain, sender);
    vec![proof(
        t,
        text,
        or_unnamed(t, domain),
        &more,
        &spf.said,
        &spf.range,
    )]
}

/// One sentence for each domain that signed.
fn dkim(t: &Text, found: &Authentication, sender: &str) -> Vec<Proof> {
    let has_own = found.of(Method::Dkim).any(|dkim| dkim.said.own);
    let mut proofs = Vec::new();
    let mut told: Vec<(&str, Outcome)> = Vec::new();
    for dkim in found
        .of(Method::Dkim)
        .filter(|dkim| dkim.said.own || !has_own)
    {
        let domain = dkim.domain.as_deref().unwrap_or_default();
        if told.contains(&(domain, dkim.outcome)) || told.len() == MOST {
            continue;
        }
        told.push((domain, dkim.outcome));
        let text = match dkim.outcome {
            Outcome::Pass => t.dkim_pass(),
            Outcome::Fail => t.dkim_fail(),
            Outcome::None => t.dkim_none(),
            Outcome::SoftFail | Outcome::Neutral | Outcome::Error => t.dkim_error(),
        };
        let more = alignment(t, dkim.outcome, domain, sender);
        proofs.push(proof(
            t,
            text,
            or_unnamed(t, domain),
            &more,
            &dkim.said,
            &dkim.range,
        ));
    }
    if let (true, Some(signature)) = (proofs.is_empty(), signed(found, false)) {
        return vec![Proof {
            words: fill(t.dkim_unchecked(), &[("domain", &signature.domain)]),
            range: Some(signature.range.clone()),
        }];
    }
    if proofs.is_empty() {
        return missing(t, "DKIM");
    }
    proofs
}

fn dmarc(t: &Text, found: &Authentication) -> Vec<Proof> {
    let Some(dmarc) = first(found, Method::Dmarc) else {
        return missing(t, "DMARC");
    };
    let (text, more) = match (dmarc.outcome, dmarc.policy.as_deref()) {
        (Outcome::Pass, _) => (t.dmarc_pass(), ""),
        (Outcome::Fail, Some("reject" | "REJECT")) => (t.dmarc_fail(), t.dmarc_reject()),
        (Outcome::Fail, Some("quarantine" | "QUARANTINE")) => {
            (t.dmarc_fail(), t.dmarc_quarantine())
        }
        (Outcome::Fail, _) => (t.dmarc_fail(), ""),
        (Outcome::None, _) => (t.dmarc_none(), ""),
        _ => (t.dmarc_error(), ""),
    };
    vec![proof(t, text, "", more, &dmarc.said, &dmarc.range)]
}

fn arc(t: &Text, found: &Authentication) -> Vec<Proof> {
    if let Some(arc) = first(found, Method::Arc) {
        let text = match arc.outcome {
            Outcome::Pass => t.arc_pass(),
            Outcome::None => t.arc_none(),
            _ => t.arc_fail(),
        };
        return vec![proof(t, text, "", "", &arc.said, &arc.range)];
    }
    match signed(found, true) {
        Some(seal) => vec![Proof {
            words: fill(t.arc_unchecked(), &[("domain", &seal.domain)]),
            range: Some(seal.range.clone()),
        }],
        None => vec![Proof {
            words: t.arc_none().to_owned(),
            range: None,
        }],
    }
}

fn or_unnamed<'a>(t: &Text, domain: &'a str) -> &'a str {
    if domain.is_empty() {
        t.domain_unnamed()
    } else {
        domain
    }
}
