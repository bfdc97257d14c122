//! Headers in, verdicts out: the project's own collection, samples that may stand beside the
//! checkout, what must hold for any bytes, and input that is out to hurt.

#![allow(
    clippy::disallowed_methods,
    reason = "how long an answer takes is what is tested"
)]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use send_connector_wizard::mail::header;
use send_connector_wizard::mail::provider;
use send_connector_wizard::mail::verdict::{Judgement, Question, Verdict, judge};

mod differential;
mod nothing_lost;
mod properties;

use nothing_lost::assert_nothing_lost;

/// One line of `tests/headers/expect.tsv`.
struct Case {
    file: String,
    connector: String,
    provider: Option<String>,
    domain: Option<String>,
    sender: Option<String>,
    verdict: String,
    deciding: String,
}

impl Case {
    fn question(&self) -> Question<'_> {
        Question {
            smart_host: &self.connector,
            provider: self.provider.as_deref(),
            own_domain: self.domain.as_deref(),
            attached: &[],
            from: self.sender.as_deref(),
        }
    }

    fn text(&self) -> String {
        let bytes = fs::read(headers().join(&self.file)).unwrap();
        header::decode(&bytes).into_owned()
    }
}

fn headers() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/headers")
}

fn cases() -> Vec<Case> {
    let table = fs::read_to_string(headers().join("expect.tsv")).unwrap();
    let some = |cell: &str| (!cell.is_empty()).then(|| cell.to_owned());
    table
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            Case {
                file: cells[0].into(),
                connector: cells[1].into(),
                provider: some(cells[2]),
                domain: some(cells[3]),
                sender: some(cells[4]),
                verdict: cells[5].into(),
                deciding: cells[6].into(),
            }
        })
        .collect()
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_header_of_the_collection_gets_its_verdict() {
    let cases = cases();
    assert!(cases.len() >= 60, "{} headers", cases.len());
    let mut wrong = String::new();
    for case in &cases {
        let text = case.text();
        let judgement = judge(&text, &case.question());
        let deciding: Vec<_> = judgement
            .road
            .deciding
            .iter()
            .map(|range| on_one_line(&text[range.clone()]))
            .collect();
        let found =
            case.deciding.is_empty() || deciding.iter().any(|line| line.contains(&case.deciding));
        if judgement.verdict.name() != case.verdict || !found {
            let got = judgement.verdict;
            _ = writeln!(
                wrong,
                "{}: {got:?}, not {}; by {deciding:?}",
                case.file, case.verdict
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_file_of_the_collection_has_its_line() {
    let cases = cases();
    for entry in fs::read_dir(headers()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let known = name == "expect.tsv" || cases.iter().any(|case| case.file == name);
        assert!(known, "{name} is not in expect.tsv");
    }
}

/// Whatever stands in its row: a provider is found where its server hands the mail over, not where
/// OVHcloud's does under the provider's fields, and not where a stranger calls itself by its name.
#[test]
fn every_provider_is_told_from_its_absence_and_its_imitation() {
    let known: Vec<_> = provider::all()
        .iter()
        .filter(|provider| !provider.trace.hosts.is_empty())
        .collect();
    assert!(known.len() > 14, "{} providers", known.len());
    for provider in known {
        let domain = provider.trace.hosts.split(' ').next().unwrap();
        let fields: String = provider
            .trace
            .marks
            .split_whitespace()
            .map(|mark| mark.replace('*', "a").replace('=', ": "))
            .map(|mark| mark.clone() + if mark.contains(": ") { "\n" } else { ": 1\n" })
            .collect();
        let check = |handed_over: &str, expected: &str| {
            let text = format!(
                "Received: from {handed_over} by mx2.postkiste.example with ESMTPS id 2; Tue, 12 Mar 2024 08:14:09 +0000\n\
                 Received: from EX4.atelier.local (unknown [10.1.2.3]) by mx1.{domain} with ESMTPS id 1; Tue, 12 Mar 2024 08:14:06 +0000\n\
                 From: <newsletter@atelier-morel.example>\n{fields}"
            );
            // Without the provider, its servers took nothing.
            let text = match expected {
                "used" => text,
                _ => text.replace(&format!("mx1.{domain}"), "EX5.atelier.local"),
            };
            let question = Question {
                provider: Some(provider.name),
                ..Question::default()
            };
            let verdict = judge(&text, &question).verdict;
            assert_eq!(verdict.name(), expected, "{} in\n{text}", provider.name);
        };
        check(
            &format!("out1.{domain} (out1.{domain} [203.0.113.9])"),
            "used",
        );
        check(
            "8.mo550.mail-out.ovh.net (8.mo550.mail-out.ovh.net [203.0.113.150])",
            "not-used",
        );
        check(
            &format!("out1.{domain} (host-9.kabel.example [203.0.113.9])"),
            "forged",
        );
    }
}

#[test]
fn nothing_is_lost_of_the_collection() {
    for case in cases() {
        let text = case.text();
        assert_nothing_lost(&text, &judge(&text, &case.question()));
    }
}

/// Where the samples are: `MAIL_SAMPLES`, or beside the checkout.
fn samples() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/mail");
    let folder = std::env::var_os("MAIL_SAMPLES").map_or(beside, PathBuf::from);
    folder.is_dir().then_some(folder)
}

fn judged(folder: &Path, file: &str, smart_host: &str) -> Judgement {
    let bytes = fs::read(folder.join(file)).unwrap();
    let text = header::decode(&bytes);
    let judgement = judge(
        &text,
        &Question {
            smart_host,
            ..Question::default()
        },
    );
    assert_nothing_lost(&text, &judgement);
    judgement
}

#[test]
fn every_sample_is_read() {
    let Some(folder) = samples() else {
        eprintln!("no header samples were there to read (MAIL_SAMPLES)");
        return;
    };
    let mut read = 0;
    let mut hops = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if Path::new(&name)
            .extension()
            .is_some_and(|extension| extension == "txt")
        {
            let judgement = judged(&folder, &name, "smtp.sendgrid.net");
            assert!(!judgement.evidence.hops.is_empty(), "{name}");
            assert_ne!(judgement.verdict, Verdict::NotAHeader, "{name}");
            read += 1;
            hops += judgement.evidence.hops.len();
        }
    }
    eprintln!("{read} header samples read, {hops} hops");
}

#[test]
fn samples_get_their_verdicts() {
    let Some(folder) = samples() else { return };
    let Ok(table) = fs::read_to_string(folder.join("expect.tsv")) else {
        return;
    };
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let hosts: &[&str] = match cells[1] {
            "any" => &[
                "smtp.mailgun.org",
                "smtp.sendgrid.net",
                "smtp-relay.example.com",
            ],
            host => &[host],
        };
        for host in hosts {
            let verdict = judged(&folder, cells[0], host).verdict;
            let right = match cells[2] {
                "used" => matches!(verdict, Verdict::Used { .. }),
                "cannot tell" => matches!(verdict, Verdict::CannotTell(_)),
                "not shown" => matches!(verdict, Verdict::OtherConnector | Verdict::CannotTell(_)),
                _ => true,
            };
            assert!(
                right,
                "{} with {host}: {verdict:?}, not {}",
                cells[0], cells[2]
            );
        }
    }
}

/// An answer, whatever it is; how long it takes stands in `tests/speed.rs`.
fn judge_alone(text: &str) -> Verdict {
    let question = Question {
        smart_host: "smtp-relay.brevo.com",
        ..Question::default()
    };
    judge(text, &question).verdict
}

#[test]
fn hurtful_input_is_answered() {
    let check = |what: &str, text: &str, expected: Verdict| {
        assert_eq!(judge_alone(text), expected, "{what}");
    };
    check("nothing", "", Verdict::NotAHeader);
    check(
        "only a body",
        "Bonjour,\n\nà demain.\n",
        Verdict::NotAHeader,
    );
    check(
        "one line of 10 MB",
        &"x".repeat(10 << 20),
        Verdict::NotAHeader,
    );
    check(
        "a field of 10 MB",
        &format!("Received: {}", "(".repeat(10 << 20)),
        Verdict::NotAHeader,
    );
    check(
        "a picture",
        &String::from_utf8_lossy(&[0x89, b'P', b'N', b'G', 0, 0xff, 0x0d, 0x0a].repeat(100_000)),
        Verdict::NotAHeader,
    );
    let nested = format!(
        "Received: from a.example {}x{} by b.example; Tue, 12 Mar 2024 08:14:03 +0000\nFrom: a@b.example\nTo: c@d.example\n",
        "(".repeat(1000),
        ")".repeat(1000)
    );
    judge_alone(&nested);
    for line in [
        "Received: from a.example by b.example; Tue, 12 Mar 2024 08:14:03 +0000\n",
        "Received: from [[[[ <<<< ((( \"\"\" by\n",
        "Received-SPF: pass (x: domain of a@b.example) client-ip=192.0.2.1\n",
        "Authentication-Results: x.example; spf=pass; dkim=pass; dkim=pass\n",
        "X-sib-id: 1\n",
        "Return-Path: <a@b.example>\n",
        "From: a@b.example\n",
        "a:\n",
        " \n",
        "(",
        "A-B: 1 ",
        "A Received: by a ",
    ] {
        judge_alone(&line.repeat(1_000_000));
        let long = format!(
            "{}:{}\nFrom: a@b.example\nTo: c@d.example\n",
            line.split(':').next().unwrap(),
            line.trim_end().repeat(60_000)
        );
        judge_alone(&long);
    }
}

#[test]
fn fifty_megabytes_of_noise_are_answered_quickly() {
    let mut seed = properties::Seed(7);
    let noise: Vec<u8> = (0..50 << 20).map(|_| seed.byte()).collect();
    let text = header::decode(&noise);
    judge_alone(&text);
}
