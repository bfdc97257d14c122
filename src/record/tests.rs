mod noted;
mod secrets;

use std::collections::BTreeMap;

use super::{Assigned, Deed, Entry, Label, Record, Words};
use crate::json::parse;
use crate::ovh::exchange::{Mechanism, Platform, SendConnector, Task};
use crate::run::Next;
use crate::run::changing::{Changing, Heard, Question, Seen, Wish};
use crate::run::order::Purpose;
use crate::wizard::Verified;
use crate::wizard::difference::Setting;

const SECRET: &str = "hush-7f3a";

fn platform() -> Platform {
    Platform {
        organization: "private-zz111111-1".into(),
        service: "private-zz111111-1".into(),
    }
}

fn connector() -> SendConnector {
    SendConnector {
        id: Some(29),
        display_name: Some("Newsletter".into()),
        smart_host: Some("smtp.example.com".into()),
        port: Some(587),
        require_tls: Some(true),
        smart_host_auth_mechanism: Some("basicAuthRequireTLS".into()),
        ..SendConnector::default()
    }
}

fn with_port(port: u64) -> SendConnector {
    SendConnector {
        port: Some(port),
        ..connector()
    }
}

/// Bare words, so that what is said is what is tested.
struct Plain;

impl Words for Plain {
    fn time(&self, at: u64) -> String {
        at.to_string()
    }

    fn deed(&self, deed: &Deed) -> String {
        let debug = format!("{deed:?}");
        let end = debug.find([' ', '(', '{']).unwrap_or(debug.len());
        debug[..end].to_owned()
    }

    fn label(&self, label: Label) -> String {
        format!("{label:?}")
    }

    fn setting(&self, setting: &Setting) -> String {
        format!("{setting:?}")
    }

    fn verdict(&self, verdict: Verified) -> String {
        format!("{verdict:?}")
    }

    fn connector(&self, id: u64) -> String {
        format!("#{id}")
    }

    fn renewed(&self) -> String {
        "renewed".to_owned()
    }

    fn change(&self, before: &str, now: &str) -> String {
        [before, " -> ", now].concat()
    }

    fn unseen(&self, change: &str) -> String {
        [change, "?"].concat()
    }

    fn with_filters(&self, change: &str) -> String {
        [change, " with filters"].concat()
    }
}

/// A job that gave the connector to addresses that had these before.
fn assigned(job: u64, purpose: Purpose, before: &[Option<u64>]) -> Deed {
    let addresses = before.iter().zip(1..).map(|(&before, number)| Assigned {
        address: format!("{number}@mydomain.ovh"),
        before,
        now: 29,
        is_seen: before != Some(30),
        with_filters: before == Some(31),
    });
    Deed::Assigned {
        job,
        purpose,
        connector: connector(),
        addresses: addresses.collect(),
    }
}

fn entry(deed: Deed) -> Entry {
    Entry::new(1_700_000_000_000, platform(), deed, &BTreeMap::new())
}

fn check(deed: Deed, expected: &[&str]) {
    let record = Record {
        entries: vec![entry(deed)],
    };
    let text = record.to_text(&Plain);
    let lines: Vec<&str> = text.lines().skip(2).collect();
    assert_eq!(lines, expected);
    let stored = record.to_json().to_string();
    let back = parse(&stored).and_then(|value| Record::from_json(&value));
    assert_eq!(back, Some(record), "{stored}");
}

#[test]
fn every_deed_is_told_and_read_back() {
    let name = ["Connector: Newsletter", "Number: 29"];
    let all_of_it = [
        name[0],
        name[1],
        "Setting(SmartHost): Text(\"smtp.example.com\")",
        "Setting(Port): Number(587)",
        "Setting(Mechanism): Mechanism(BasicOverTls)",
        "Setting(RequireTls): Switch(true)",
    ];
    check(Deed::Added(connector()), &all_of_it);
    check(Deed::Deleted(connector()), &all_of_it);
    let edited = Deed::Edited {
        before: connector(),
        after: with_port(25),
    };
    let port = "Setting(Port): Number(587) -> Number(25)";
    check(edited, &[name[0], name[1], port]);
    let authenticated = Deed::Authenticated {
        connector: connector(),
        mechanism: Mechanism::None,
    };
    let mechanism = "Setting(Mechanism): Mechanism(BasicOverTls) -> Mechanism(None)";
    check(authenticated, &[name[0], name[1], mechanism]);
    let authenticated = Deed::Authenticated {
        connector: connector(),
        mechanism: Mechanism::BasicOverTls,
    };
    let lines = [
        name[0],
        name[1],
        "Setting(Mechanism): Mechanism(BasicOverTls)",
        "Setting(User): renewed",
        "Setting(Password): renewed",
    ];
    check(authenticated, &lines);
    for purpose in [Purpose::Attach, Purpose::Detach, Purpose::Undo] {
        let assigned = assigned(1, purpose, &[Some(0), None, Some(30), Some(31)]);
        let lines = [
            name[0],
            name[1],
            "Addresses: 4",
            "1@mydomain.ovh: #0 -> Newsletter",
            "2@mydomain.ovh: Newsletter",
            "3@mydomain.ovh: #30 -> Newsletter?",
            "4@mydomain.ovh: #31 -> Newsletter with filters",
        ];
        check(assigned, &lines);
    }
    for (before, said) in [(Some(29), "Connector: #29 -> #0"), (None, "Connector: #0")] {
        let default = Deed::Default {
            domain: "mydomain.ovh".into(),
            before,
            now: 0,
        };
        check(default, &["Domain: mydomain.ovh", said]);
    }
    for verdict in [Verified::Used, Verified::NotUsed, Verified::Unclear] {
        let verified = |sender: Option<&str>| Deed::Verified {
            connector: connector(),
            sender: sender.map(str::to_owned),
            verdict,
        };
        let said = format!("Verdict: {verdict:?}");
        check(verified(None), &[name[0], name[1], &said]);
        let from = "Sender: anna@mydomain.ovh";
        check(
            verified(Some("anna@mydomain.ovh")),
            &[name[0], name[1], from, &said],
        );
    }
    for damaged in ["{}", "[{}]", r#"[{"at":1,"deed":{"is":"dreamt"}}]"#] {
        let value = parse(damaged).unwrap_or_default();
        assert_eq!(Record::from_json(&value), None, "{damaged}");
    }
}

#[test]
fn an_entry_keeps_the_names_of_its_time() {
    let known = [(29, "Newsletter"), (30, "Invoices"), (31, "Nobody's")];
    let known: BTreeMap<u64, String> = known.map(|(id, name)| (id, name.to_owned())).into();
    let attached = assigned(1, Purpose::Attach, &[Some(30), Some(0)]);
    let default = Deed::Default {
        domain: "mydomain.ovh".into(),
        before: Some(29),
        now: 30,
    };
    let entries = [attached, default].map(|deed| Entry::new(1, platform(), deed, &known));
    assert_eq!(entries[0].names.len(), 2, "{:?}", entries[0].names);
    let record = Record {
        entries: entries.into(),
    };
    let stored = record.to_json().to_string();
    let back = parse(&stored).and_then(|value| Record::from_json(&value));
    assert_eq!(back.as_ref(), Some(&record));
    let text = record.to_text(&Plain);
    for line in [
        "1@mydomain.ovh: Invoices -> Newsletter?",
        "2@mydomain.ovh: #0 -> Newsletter",
        "Connector: Newsletter -> Invoices",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    // What an older build kept has none.
    let older = stored.replace("\"names\":", "\"was\":");
    let older = parse(&older).and_then(|value| Record::from_json(&value));
    let entries = older.expect("a record").entries;
    assert!(entries.iter().all(|entry| entry.names.is_empty()));
}

#[test]
fn no_name_forges_a_line() {
    let named = SendConnector {
        display_name: Some("N\nVerdict: proved\u{202e}".into()),
        ..connector()
    };
    let record = Record {
        entries: vec![entry(Deed::Deleted(named))],
    };
    let text = record.to_text(&Plain);
    assert!(text.contains("N\u{fffd}Verdict: proved\u{fffd}"), "{text}");
}

/// A job that was sent and seen to be done.
fn done(wish: Wish, before: Heard, answer: Heard, after: Heard) -> Changing {
    let mut job = Changing::new(wish);
    let mut answers = [before, answer, after].into_iter();
    let mut now = 0;
    for _ in 0..20 {
        match job.next(now) {
            Next::Finished => break,
            Next::Wait { until } => now = until,
            Next::Send(Question::Task(_)) => {
                let status = Some("done".into());
                job.heard(
                    now,
                    Heard::Task(Task {
                        status,
                        ..Task::default()
                    }),
                );
            }
            Next::Send(_) => job.heard(now, answers.next().expect("an answer")),
        }
    }
    job
}

fn seen(connector: SendConnector) -> Heard {
    Heard::Seen(Seen::Connector(connector))
}
