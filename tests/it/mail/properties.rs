//! What must hold for any bytes, tried with a small seeded generator. `MAIL_CASES` sets how many.

use std::fmt::Write;

use send_connector_wizard::mail::header;
use send_connector_wizard::mail::provider;
use send_connector_wizard::mail::verdict::{Question, Verdict, judge};

use super::{Case, assert_nothing_lost, cases};

/// Pseudo-random numbers, the same for the same seed (Marsaglia's xorshift).
pub struct Seed(pub u64);

impl Seed {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[3]
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() >> 16).unwrap_or(0) % limit.max(1)
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

fn count() -> usize {
    let told = std::env::var("MAIL_CASES")
        .ok()
        .and_then(|count| count.parse().ok());
    told.unwrap_or(100_000)
}

const PIECES: &[&str] = &[
    "Received: ",
    "received:",
    "from ",
    "by ",
    "with ",
    "id ",
    "for ",
    ";",
    "(",
    ")",
    "[",
    "]",
    "<",
    ">",
    "\"",
    "\\",
    "\n",
    "\r\n",
    "\r",
    "\n ",
    "\n\t",
    "\n\n",
    " ",
    "\t",
    "> ",
    "&lt;",
    "&amp;",
    "&",
    "smtp.sendgrid.net",
    "(SG)",
    "8.mo550.mail-out.ovh.net",
    "mx.postkiste.example",
    "[192.0.2.1]",
    "IPv6:2001:db8::1",
    "fe80::1%4",
    "11.22.333.44",
    "::",
    ":",
    "helo=",
    "HELO ",
    "@",
    "=",
    "Tue, 12 Mar 2024 08:14:03 +0000",
    "Mar",
    "12",
    "2024",
    "08:14:03",
    "-0800",
    "2024-03-12",
    "From: a@b.example\n",
    "Return-Path: <",
    "SRS0=a=b=c=d@e",
    "Received-SPF: fail ",
    "client-ip=",
    "Authentication-Results: ",
    "spf=pass",
    "dkim=pass",
    "header.d=",
    "x-mclm-sbr-processed: true\n",
    "=?utf-8?q?a=41?=",
    "=?",
    "?b?",
    "?=",
    "\u{feff}",
    "é",
    "\u{2028}",
    "🐦",
    "\0",
    "</pre>",
    "<pre>",
    ".",
    "..",
    "%",
    "-",
    "0",
    "99999",
];

/// Text of pieces that headers are made of, with arbitrary bytes between them.
fn text(seed: &mut Seed) -> String {
    let mut bytes = Vec::new();
    for _ in 0..seed.below(60) {
        if seed.below(6) == 0 {
            bytes.push(seed.byte());
        } else {
            bytes.extend_from_slice(seed.pick(PIECES).as_bytes());
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

const HOSTS: &[&str] = &[
    "smtp.sendgrid.net",
    "smtp-relay.brevo.com",
    "relay.mimecast.com",
    "smtp-relay.example.com",
    "192.0.2.1",
    "",
    ".",
    "ü",
];

#[test]
fn any_bytes_are_answered_and_nothing_is_lost() {
    let mut seed = Seed(0x5eed);
    for _ in 0..count() {
        let text = text(&mut seed);
        let question = Question {
            smart_host: seed.pick::<&str>(HOSTS),
            own_domain: Some("b.example"),
            ..Question::default()
        };
        assert_nothing_lost(&text, &judge(&text, &question));
        header::decode_words(&text);
    }
}

#[test]
fn every_byte_is_in_a_field_or_a_stray_line() {
    let mut seed = Seed(0xface);
    for _ in 0..count() {
        let text = text(&mut seed);
        let header = header::read(&text);
        let mut ranges: Vec<_> = header
            .fields
            .iter()
            .map(|field| &field.range)
            .chain(&header.strays)
            .collect();
        ranges.sort_by_key(|range| range.start);
        let mut end = 0;
        for range in ranges {
            // Between fields there is nothing but space, marks of quoting, and markup in front.
            let between = &text[end..range.start];
            let skipped = between
                .split('<')
                .next()
                .unwrap_or("")
                .trim_matches(['>', ' ', '\t', '\r', '\n', '\u{feff}']);
            let plain = skipped.replace("&gt;", "");
            assert!(
                plain.trim().trim_matches('>').trim().is_empty(),
                "{text:?} lost {between:?}"
            );
            end = range.end;
        }
    }
}

#[test]
fn unfolding_loses_no_byte() {
    let solid = |text: &str| {
        text.bytes()
            .filter(|byte| !matches!(byte, b'\r' | b'\n' | b' '))
            .collect::<Vec<_>>()
    };
    let mut seed = Seed(0xf01d);
    for _ in 0..count() {
        // Behind a Received no other header begins, which might be a quoted one.
        let rest = text(&mut seed);
        let rest = rest.trim_start_matches('>');
        let text = format!("Received: by a\nX-First: {rest}");
        for field in &header::read(&text).fields {
            assert_eq!(solid(field.value), solid(&field.unfolded()), "{text:?}");
        }
    }
}

/// The headers of the collection with their texts, each read once.
fn collection() -> Vec<(Case, String)> {
    cases()
        .into_iter()
        .map(|case| {
            let text = case.text();
            (case, text)
        })
        .collect()
}

#[test]
fn a_providers_fields_never_make_used_of_not_used() {
    let marks: Vec<_> = provider::all()
        .iter()
        .flat_map(|provider| provider.trace.marks.split_whitespace())
        .collect();
    let collection = collection();
    let asked: Vec<_> = collection
        .iter()
        .flat_map(|(case, text)| HOSTS.iter().map(move |host| (case, text, *host)))
        .map(|(case, text, smart_host)| {
            let question = Question {
                smart_host,
                provider: None,
                ..case.question()
            };
            (case, text, question, judge(text, &question).verdict)
        })
        .collect();
    let mut seed = Seed(0xf1e1);
    for _ in 0..count() {
        let (case, text, question, before) = seed.pick(&asked);
        let mut marked = String::new();
        for _ in 0..=seed.below(4) {
            let mark = seed.pick(&marks).replace('*', "a").replace('=', ": ");
            let line = if mark.contains(": ") {
                mark
            } else {
                mark + ": 1"
            };
            marked.push_str(&line);
            marked.push('\n');
        }
        let after = judge(&(marked + text), question).verdict;
        let used = |verdict| matches!(verdict, Verdict::Used { .. });
        if *before == Verdict::NotUsed {
            assert_eq!(after, *before, "{}", case.file);
        }
        let weak = text.contains("(SG)") || text.contains(" by 3f9c01d27be4");
        assert!(
            used(*before) || !used(after) || weak,
            "{} with {}: {after:?}",
            case.file,
            question.smart_host
        );
    }
}

#[test]
fn hops_on_the_recipients_side_change_no_verdict() {
    let collection = collection();
    let told: Vec<_> = collection
        .iter()
        .filter(|(case, _)| !case.file.starts_with("paste"))
        .map(|(case, text)| (case, text, judge(text, &case.question())))
        .filter(|(_, _, before)| before.road.boundary.is_some())
        .filter(|(_, _, before)| {
            before
                .evidence
                .hops
                .last()
                .is_some_and(|hop| !hop.by().is_empty())
        })
        .collect();
    assert!(told.len() > 40, "{} headers", told.len());
    let mut seed = Seed(0x40b5);
    for _ in 0..count() {
        let (case, text, before) = seed.pick(&told);
        let newest = before
            .evidence
            .hops
            .last()
            .map(|hop| hop.by().to_owned())
            .unwrap();
        let mut hops = String::new();
        let mut from = newest;
        for step in 0..=seed.below(4) {
            let by = match seed.below(3) {
                0 => "localhost".to_owned(),
                1 => format!("store{step}.intern.local"),
                _ => format!(
                    "store{step}.{}",
                    from.split_once('.').map_or("lan", |(_, domain)| domain)
                ),
            };
            let address = seed.pick(&["10.1.2.3", "127.0.0.1", "fd00::12", "192.168.0.4"]);
            hops = format!(
                "Received: from {from} ({from} [{address}])\n\tby {by} (Postfix) with LMTP id {step}; Tue, 12 Mar 2024 08:15:00 +0000\n{hops}"
            );
            from = by;
        }
        let after = judge(&(hops.clone() + text), &case.question());
        assert_eq!(after.verdict, before.verdict, "{} under\n{hops}", case.file);
    }
}

/// What a sender may write below the handover to make a mail look as if it had taken a connector:
/// lines that begin or end at a provider's servers, or claim to.
fn forged_hops(seed: &mut Seed) -> String {
    const ENDS: &[&str] = &[
        "o4.ptr7731.outbound-mail.sendgrid.net",
        "geopod-ismtpd-3",
        "gw.d.sender-sib.com",
        "eu-smtp-delivery-141.mimecast.com",
        "m42-7.eu.mailgun.net",
        "3f9c01d27be4",
        "mx7.kranich-druck.example",
        "out.kuriermail.co.uk",
        "smtp-relay.example.com",
        "EX4.atelier.local",
        "8.mo550.mail-out.ovh.net",
    ];
    let mut hops = String::new();
    for step in 0..=seed.below(3) {
        let (from, by) = (seed.pick(ENDS), seed.pick(ENDS));
        let address = seed.pick(&["203.0.113.201", "10.1.2.3", "192.0.2.25"]);
        let software = seed.pick(&["Postfix", "SG", "PPE Hosted ESMTP Server"]);
        let with = seed.pick(&["ESMTPS", "ESMTPSA", "HTTP"]);
        _ = write!(
            hops,
            "\nReceived: from {from} ({from} [{address}])\n\tby {by} ({software}) with {with} id {step}; Tue, 12 Mar 2024 08:13:00 +0000"
        );
    }
    hops
}

#[test]
fn hops_below_ovhclouds_own_handover_never_make_used() {
    let collection = collection();
    let left: Vec<_> = collection
        .iter()
        .filter(|(case, text)| {
            let judged = judge(text, &case.question());
            let crossing = judged
                .road
                .boundary
                .and_then(|index| judged.evidence.hops.get(index));
            let own = |host: &str| host.ends_with(".ovh.net");
            judged.verdict == Verdict::NotUsed
                && crossing.is_some_and(|hop| own(hop.reverse()) && !own(hop.by()))
        })
        .collect();
    assert!(left.len() > 8, "{} headers", left.len());
    let mut seed = Seed(0xf04e);
    for _ in 0..count() {
        let (case, text) = seed.pick(&left);
        let question = Question {
            smart_host: seed.pick::<&str>(HOSTS),
            provider: None,
            ..case.question()
        };
        let oldest = judge(text, &question)
            .evidence
            .hops
            .first()
            .map(|hop| hop.range.end);
        let (above, below) = text.split_at(oldest.unwrap_or_default());
        let hops = forged_hops(&mut seed);
        let after = judge(&format!("{above}{hops}{below}"), &question).verdict;
        assert!(
            !matches!(after, Verdict::Used { .. }),
            "{} with {}: {after:?} over{hops}",
            case.file,
            question.smart_host
        );
    }
}
