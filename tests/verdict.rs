//! Reads a mail's header from standard input and prints what it says about a connector, as one line
//! of JSON: `--connector HOST [--provider NAME] [--domain DOMAIN] [--from ADDRESS]`.

use std::io::{Read, Write};

use send_connector_wizard::mail::date::Date;
use send_connector_wizard::mail::header;
use send_connector_wizard::mail::received::Hop;
use send_connector_wizard::mail::verdict::{Question, judge};
use serde_json::{Value, json};

fn main() -> std::io::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let option = |name: &str| {
        let at = words.iter().position(|word| word == name)?;
        words.get(at + 1).map(String::as_str)
    };
    let question = Question {
        smart_host: option("--connector").unwrap_or_default(),
        provider: option("--provider"),
        own_domain: option("--domain"),
        attached: &[],
        from: option("--from"),
    };
    let mut bytes = Vec::new();
    let mut input = std::io::stdin().lock();
    input
        .by_ref()
        .take(2 * header::LIMIT as u64)
        .read_to_end(&mut bytes)?;
    // What is beyond the limit is still taken, so that the writer's pipe does not break.
    std::io::copy(&mut input, &mut std::io::sink())?;
    let text = header::decode(&bytes);
    let judgement = judge(&text, &question);
    let quote = |range: &std::ops::Range<usize>| text.get(range.clone()).unwrap_or_default();
    let answer = json!({
        "verdict": judgement.verdict.name(),
        "via": judgement.road.via,
        "confidence": format!("{:?}", judgement.road.confidence).to_lowercase(),
        "deciding": judgement.road.deciding.iter().map(quote).collect::<Vec<_>>(),
        "hops": judgement.evidence.hops.iter().map(row).collect::<Vec<_>>(),
        "not_understood": judgement.evidence.not_understood.iter().map(quote).collect::<Vec<_>>(),
    });
    writeln!(std::io::stdout().lock(), "{answer}")
}

fn row(hop: &Hop) -> Value {
    let part = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    json!({
        "from": part(hop.from()),
        "helo": part(hop.helo()),
        "reverse": part(hop.reverse()),
        "address": part(hop.address_text()),
        "by": part(hop.by()),
        "with": part(hop.with()),
        "id": part(hop.id()),
        "for": part(hop.for_()),
        "date": hop.date.map(written),
    })
}

fn written(date: Date) -> String {
    let civil = date.civil();
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
        civil.year, civil.month, civil.day, civil.hour, civil.minute, civil.second
    )
}
