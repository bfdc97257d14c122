//! What a fuzzer calls: judges bytes and checks that nothing is lost. As a program it does so with
//! the files named: `cargo run --example fuzz --no-default-features -- FILE…` repeats a finding.
//! A harness includes this file by its path and calls `check`.

use send_connector_wizard::mail::header;
use send_connector_wizard::mail::verdict::{Question, judge};

#[path = "it/mail/nothing_lost.rs"]
mod nothing_lost;

const SMART_HOSTS: [&str; 8] = [
    "smtp-relay.brevo.com",
    "smtp.sendgrid.net",
    "smtp.mailgun.org",
    "relay.mimecast.com",
    "smtp-relay.example.com",
    "192.0.2.1",
    "mx.y.example",
    "",
];

/// The first byte chooses what is asked; the rest is pasted.
pub fn check(bytes: &[u8]) {
    let Some((choice, pasted)) = bytes.split_first() else {
        return;
    };
    let question = Question {
        smart_host: SMART_HOSTS[usize::from(choice % 8)],
        own_domain: (choice & 8 != 0).then_some("y.example"),
        from: (choice & 16 != 0).then_some("a@b.example"),
        ..Question::default()
    };
    let text = header::decode(pasted);
    nothing_lost::assert_nothing_lost(&text, &judge(&text, &question));
    header::decode_words(&text);
}

#[allow(dead_code, reason = "a harness has its own beginning")]
fn main() -> std::io::Result<()> {
    for path in std::env::args_os().skip(1) {
        check(&std::fs::read(&path)?);
        println!("{}: nothing lost", path.display());
    }
    Ok(())
}
