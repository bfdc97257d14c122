//! What holds for whatever was pasted, for the tests and for `tests/fuzz.rs`.

use send_connector_wizard::mail::header;
use send_connector_wizard::mail::verdict::Judgement;

/// Every Received line is a hop or is named; every range can be quoted.
pub fn assert_nothing_lost(text: &str, judgement: &Judgement) {
    let header = header::read(text);
    let received = header.all("received").count();
    assert_eq!(
        received,
        judgement.evidence.hops.len() + judgement.evidence.not_understood.len()
    );
    let signs = judgement.reasons.iter().map(|reason| &reason.range);
    let hops = judgement.evidence.hops.iter().map(|hop| &hop.range);
    for range in judgement
        .road
        .deciding
        .iter()
        .chain(&judgement.evidence.not_understood)
        .chain(signs)
        .chain(hops)
    {
        assert!(
            text.get(range.clone()).is_some_and(|line| !line.is_empty()),
            "{range:?}"
        );
    }
}
