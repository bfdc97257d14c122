//! How long reading and judging a header takes, with the limits that it must keep: `make bench`.

#![allow(
    clippy::disallowed_methods,
    reason = "a benchmark reads the clock; it runs on no page"
)]

use std::fs;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use mail_parser::MessageParser;
use send_connector_wizard::mail::received::Hop;
use send_connector_wizard::mail::verdict::{Question, judge};
use send_connector_wizard::mail::{authentication, header};

const HEADERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/headers");
/// For the reader, in megabytes a second.
const SLOWEST_READER: u128 = 100;
/// The text to read, in bytes, and how often.
const READ: usize = 256 << 10;
const ROUNDS: usize = 40;
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

/// Megabytes a second, of the best of several rounds.
fn rate(bytes: usize, mut read: impl FnMut() -> usize) -> u128 {
    let round = |_| {
        let begun = Instant::now();
        std::hint::black_box(read());
        begun.elapsed()
    };
    let best = (0..ROUNDS).map(round).min().unwrap_or_default();
    bytes as u128 * 1_000 / best.as_nanos().max(1)
}

/// The reader beside mail-parser, on the same text: cutting it into fields, and reading hops and
/// findings from them (mail-parser reads all that it knows, of findings nothing).
fn reader(headers: &str) -> bool {
    let text = headers.repeat(READ / headers.len() + 1);
    let text = first(&text, READ);
    assert!(!header::read(text).cut);
    let raw = MessageParser::new().default_header_raw();
    let whole = MessageParser::default();
    let theirs = |parser: &MessageParser| {
        let message = parser.parse_headers(text);
        message.map_or(0, |message| message.headers().len())
    };
    let values = || {
        let header = header::read(text);
        let hops = header.all("received").filter_map(Hop::read).count();
        hops + authentication::read(&header).signatures.len()
    };
    let fields = (
        rate(text.len(), || header::read(text).fields.len()),
        rate(text.len(), || theirs(&raw)),
    );
    let read = (
        rate(text.len(), values),
        rate(text.len(), || theirs(&whole)),
    );
    for (what, (ours, theirs)) in [("fields", fields), ("hops and findings", read)] {
        println!(
            "{what}: {ours} MB/s, mail-parser {theirs} MB/s, {} %",
            ours * 100 / theirs.max(1)
        );
    }
    println!("at least {SLOWEST_READER} MB/s, and ahead of mail-parser");
    [fields, read]
        .iter()
        .all(|(ours, theirs)| ours >= &SLOWEST_READER && ours > theirs)
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
        let took = begun.elapsed();
        println!("a million times {line:?}: {took:?}");
        longest = longest.max(took);
    }
    println!("a million lines of anything: {longest:?}; at most {LONGEST_ANSWER:?}");
    longest <= LONGEST_ANSWER
}
