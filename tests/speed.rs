//! How long reading and judging a header takes, with the limits that it must keep: `make bench`.

#![allow(
    clippy::disallowed_methods,
    reason = "a benchmark reads the clock; it runs on no page"
)]

use std::fs;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use send_connector_wizard::mail::header;
use send_connector_wizard::mail::verdict::{Question, judge};

const HEADERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/headers");
/// For the reader, in megabytes a second.
const SLOWEST_READER: u128 = 100;
/// For reading and judging a header of 10 KB.
const LONGEST_JUDGING: Duration = Duration::from_millis(1);
/// For anything at all that is pasted.
const LONGEST_ANSWER: Duration = Duration::from_millis(200);

fn main() -> ExitCode {
    let headers = headers();
    let fits = [reader(&headers), judging(&headers), hurtful()];
    if fits.contains(&false) {
        eprintln!("slower than allowed");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// The project's own headers, one after the other.
fn headers() -> String {
    let files = fs::read_dir(HEADERS).into_iter().flatten().flatten();
    let texts = files.filter_map(|file| fs::read(file.path()).ok());
    texts
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .flat_map(|text| {
            text.lines()
                .map(|line| line.to_owned() + "\n")
                .collect::<Vec<_>>()
        })
        .filter(|line| !line.trim().is_empty())
        .collect()
}

/// The first bytes of a text, up to the end of a character.
fn first(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes).rev().find(|&end| text.is_char_boundary(end));
    &text[..end.unwrap_or_default()]
}

fn question() -> Question<'static> {
    Question {
        smart_host: "smtp-relay.brevo.com",
        ..Question::default()
    }
}

fn reader(headers: &str) -> bool {
    let big = headers.repeat(header::LIMIT / headers.len() + 1);
    let big = first(&big, header::LIMIT);
    let begun = Instant::now();
    let fields: usize = (0..50).map(|_| header::read(big).fields.len()).sum();
    let rate = 50 * big.len() as u128 / begun.elapsed().as_micros().max(1);
    println!("reader: {rate} MB/s over {fields} fields; at least {SLOWEST_READER}");
    rate >= SLOWEST_READER
}

fn judging(headers: &str) -> bool {
    let text = first(headers, 10_240);
    let begun = Instant::now();
    for _ in 0..1_000 {
        std::hint::black_box(judge(text, &question()));
    }
    let took = begun.elapsed() / 1_000;
    println!("judging 10 KB of hops: {took:?}; at most {LONGEST_JUDGING:?}");
    took <= LONGEST_JUDGING
}

fn hurtful() -> bool {
    let mut longest = Duration::ZERO;
    for line in [
        "Received: from a.example by b.example; Tue, 12 Mar 2024 08:14:03 +0000\n",
        "Received: from [[[[ <<<< ((( \"\"\" by\n",
        "Authentication-Results: x.example; spf=pass; dkim=pass; dkim=pass\n",
        "From: a@b.example\n",
        "a:\n",
        " \n",
        "(",
    ] {
        let text = line.repeat(1_000_000);
        let begun = Instant::now();
        std::hint::black_box(judge(&text, &question()));
        longest = longest.max(begun.elapsed());
    }
    println!("a million lines of anything: {longest:?}; at most {LONGEST_ANSWER:?}");
    longest <= LONGEST_ANSWER
}
