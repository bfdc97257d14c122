use std::collections::BTreeMap;

use super::{Assigned, Deed, Entry, Label, Record, Words};
use crate::json::parse;
use crate::ovh::exchange::{
    Account, AddConnector, ConnectorChanges, Mechanism, Platform, SendConnector, Service, Task,
};
use crate::run::Next;
use crate::run::adding::{self, Adding};
use crate::run::assigning::{self, Assigning, Goal, Pace};
use crate::run::changing::{Changing, Heard, Question, Seen, Wish};
use crate::run::order::{Order, Purpose};
use crate::wizard::authentication_form::AuthenticationForm;
use crate::wizard::connector_form::{ConnectorForm, Field};
use crate::wizard::difference::Setting;
use crate::wizard::{Chosen, Event, Verified, Wizard};

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
}

/// A job that gave the connector to addresses that had these before.
fn assigned(job: u64, purpose: Purpose, before: &[Option<u64>]) -> Deed {
    let addresses = before.iter().zip(1..).map(|(&before, number)| Assigned {
        address: format!("{number}@mydomain.ovh"),
        before,
        now: 29,
        is_seen: before != Some(30),
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
        let assigned = assigned(1, purpose, &[Some(0), None, Some(30)]);
        let lines = [
            name[0],
            name[1],
            "Addresses: 3",
            "1@mydomain.ovh: #0 -> Newsletter",
            "2@mydomain.ovh: Newsletter",
            "3@mydomain.ovh: #30 -> Newsletter?",
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

#[test]
fn only_what_was_changed_is_recorded() {
    let changes = ConnectorChanges {
        port: Some(25),
        ..ConnectorChanges::default()
    };
    let wish = || Wish::Edit {
        id: 29,
        first: connector(),
        changes: changes.clone(),
    };
    let job = done(
        wish(),
        seen(connector()),
        Heard::Taken(None),
        seen(with_port(25)),
    );
    let edited = Deed::Edited {
        before: connector(),
        after: with_port(25),
    };
    assert_eq!(Deed::of_change(&job), Some(edited));
    assert_eq!(Deed::of_change(&Changing::new(wish())), None);
    // It was so already.
    let mut job = Changing::new(wish());
    assert_eq!(job.next(0), Next::Send(Question::Look));
    job.heard(0, seen(with_port(25)));
    assert_eq!(Deed::of_change(&job), None);

    let order = Order {
        platform: platform(),
        purpose: Purpose::Attach,
        connector: connector(),
        begun: 1,
    };
    let goals = ["a@x.org", "b@x.org"].map(|address| Goal {
        address: address.into(),
        wanted: 29,
    });
    let mut job = Assigning::new(goals, Pace::default(), 1);
    assert_eq!(Deed::of_order(&order, job.items()), None);
    let (mut now, mut written) = (0, false);
    for _ in 0..100 {
        match job.next(now) {
            Next::Finished => break,
            Next::Wait { until } => now = until,
            Next::Send(assigning::Question::Read { index }) => {
                // The second has it before anything is sent.
                let is_there = index == 1 || written;
                let account = Account {
                    send_connector_id: Some(if is_there { 29 } else { 31 }),
                    ..Account::default()
                };
                job.read(now, index, Ok(account));
            }
            Next::Send(assigning::Question::Write { index, .. }) => {
                written = true;
                job.written(now, index, Ok(()));
                // Whoever leaves now has sent it, and seen nothing.
                let Some(Deed::Assigned { addresses, .. }) = Deed::of_order(&order, job.items())
                else {
                    panic!("nothing of {:?}", job.items())
                };
                let sent = addresses
                    .iter()
                    .map(|address| (address.before, address.is_seen));
                assert_eq!(sent.collect::<Vec<_>>(), [(Some(31), false)]);
            }
        }
    }
    let assigned = Deed::Assigned {
        job: 1,
        purpose: Purpose::Attach,
        connector: connector(),
        addresses: vec![Assigned {
            address: "a@x.org".into(),
            before: Some(31),
            now: 29,
            is_seen: true,
        }],
    };
    assert_eq!(Deed::of_order(&order, job.items()), Some(assigned));
}

/// Whatever is typed into the forms that take a password: the record of it has none, because it is
/// made of what OVHcloud shows. A new deed has to be added here before it compiles.
#[test]
fn no_secret_comes_into_it() {
    let form = ConnectorForm {
        display_name: "Newsletter".into(),
        smart_host: "smtp.example.com".into(),
        user: [SECRET, "-user"].concat(),
        password: SECRET.into(),
        ..ConnectorForm::default()
    };
    let adding: AddConnector = form
        .validate(&platform(), &[])
        .unwrap_or_else(|_| panic!("a valid form"));
    assert!(adding.password.as_deref() == Some(SECRET));
    let form = AuthenticationForm {
        mechanism: Mechanism::Basic,
        user: [SECRET, "-user"].concat(),
        password: SECRET.into(),
    };
    let request = form.validate(&platform(), 29, &connector());
    let mechanism = request.unwrap_or_else(|_| panic!("a valid form")).mechanism;
    let wish = Wish::Authenticate {
        id: 29,
        first: connector(),
        mechanism,
    };
    let basic = SendConnector {
        smart_host_auth_mechanism: Some("basicAuth".into()),
        ..connector()
    };
    let taken = Heard::Taken(Some(Task::default()));
    let job = done(wish, seen(connector()), taken, seen(basic));
    let made_of = |deed: &Deed| match deed {
        // What OVHcloud shows of a connector, numbers, addresses and words of ours.
        Deed::Added(SendConnector { .. })
        | Deed::Deleted(SendConnector { .. })
        | Deed::Edited { .. }
        | Deed::Authenticated {
            mechanism: Mechanism::None | Mechanism::Basic | Mechanism::BasicOverTls,
            ..
        }
        | Deed::Assigned { .. }
        | Deed::Default { .. }
        | Deed::Verified { .. } => true,
    };
    let shown = SendConnector {
        display_name: Some(adding.display_name),
        smart_host: Some(adding.smart_host),
        ..connector()
    };
    let deeds = [
        Some(Deed::Added(shown)),
        Deed::of_change(&job),
        Some(Deed::Verified {
            connector: connector(),
            sender: None,
            verdict: Verified::Used,
        }),
    ];
    let entries: Vec<Entry> = deeds.into_iter().flatten().map(entry).collect();
    assert!(entries.len() == 3 && entries.iter().all(|entry| made_of(&entry.deed)));
    let record = Record { entries };
    for text in [
        record.to_text(&Plain),
        record.to_json().to_string(),
        format!("{record:?}"),
    ] {
        assert!(
            text.contains("Newsletter") && !text.contains("hush"),
            "{text}"
        );
    }
    assert_eq!(
        record
            .to_text(&Plain)
            .matches(&format!("{:?}", Label::Setting(Field::Mechanism)))
            .count(),
        2
    );
}

#[test]
fn an_entry_that_tells_more_takes_the_place_of_one_before() {
    let mut record = Record::default();
    let mut note = |deed: Deed| {
        record.note(entry(deed));
        record.entries.len()
    };
    let verified = |verdict| Deed::Verified {
        connector: connector(),
        sender: None,
        verdict,
    };
    // The same connector is told of at each step of its adding.
    assert_eq!(note(Deed::Added(connector())), 1);
    assert_eq!(note(Deed::Added(connector())), 1);
    let attach = Purpose::Attach;
    assert_eq!(note(assigned(5, attach, &[Some(0)])), 2);
    assert_eq!(note(verified(Verified::NotUsed)), 3);
    // The job paused, and went on while something else was done.
    assert_eq!(note(assigned(5, attach, &[Some(0), Some(3)])), 3);
    assert_eq!(note(assigned(6, attach, &[Some(29)])), 4);
    assert_eq!(note(verified(Verified::Unclear)), 5);
    assert_eq!(note(verified(Verified::Unclear)), 5);
    assert_eq!(note(verified(Verified::Used)), 6);
    let elsewhere = Entry {
        platform: Platform {
            service: "other".into(),
            ..platform()
        },
        ..entry(Deed::Added(connector()))
    };
    record.note(elsewhere);
    assert_eq!(record.entries.len(), 7);
    let Deed::Assigned { addresses, .. } = &record.entries[1].deed else {
        panic!("{:?}", record.entries[1])
    };
    assert_eq!(addresses.len(), 2);
}

#[test]
fn what_happens_in_the_wizard_is_noted() {
    let chosen = Event::PlatformChosen(Chosen {
        platform: platform(),
        service: Service::default(),
    });
    let wizard = Wizard::default().on(Event::SignedIn).on(chosen);
    let deeds = |wizard: &Wizard, event: Event| Deed::of_event(wizard, &event);
    let sender = || Some("anna@mydomain.ovh".to_owned());
    let judged = || Event::HeaderJudged(Verified::Used, sender());
    assert_eq!(deeds(&wizard, judged()), [], "of no connector");
    let wizard = wizard.on(Event::ConnectorReady(connector()));
    let verified = Deed::Verified {
        connector: connector(),
        sender: sender(),
        verdict: Verified::Used,
    };
    assert_eq!(deeds(&wizard, judged()), [verified]);
    let request = ConnectorForm {
        display_name: "Newsletter".into(),
        smart_host: "smtp.example.com".into(),
        user: "apikey".into(),
        password: SECRET.into(),
        ..ConnectorForm::default()
    };
    let request = request.validate(&platform(), &[]);
    let request = request.unwrap_or_else(|_| panic!("a valid form"));
    let mut job = Adding::new(&request, vec![]);
    assert_eq!(deeds(&wizard, Event::AddMoved(job.clone())), []);
    job.next(0);
    job.heard(0, adding::Heard::Task(Task::default()));
    let answers = [
        adding::Heard::List(vec![29]),
        adding::Heard::Connector(connector()),
    ];
    let mut answers = answers.into_iter();
    for now in (0..60_000).step_by(1_000) {
        match job.next(now) {
            Next::Finished => break,
            Next::Wait { .. } => {}
            Next::Send(adding::Question::Tasks) => job.heard(now, adding::Heard::Tasks(vec![])),
            Next::Send(_) => job.heard(now, answers.next().expect("an answer")),
        }
    }
    assert_eq!(
        deeds(&wizard, Event::AddMoved(job)),
        [Deed::Added(connector())]
    );
}
