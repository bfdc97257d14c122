//! What becomes an entry, and in the place of which other one.

use std::collections::BTreeMap;

use super::{
    Assigned, Deed, Entry, Record, SECRET, assigned, connector, done, entry, platform, seen,
    with_port,
};
use crate::ovh::Error;
use crate::ovh::exchange::{
    Account, AddConnector, ConnectorChanges, Mechanism, Platform, SendConnector, Service, Task,
};
use crate::run::Next;
use crate::run::adding::{self, Adding};
use crate::run::assigning::{self, Assigning, Goal};
use crate::run::changing::{Changing, Heard, Question, Wish};
use crate::run::order::{Order, Purpose};
use crate::run::pace::Pace;
use crate::wizard::connector_form::ConnectorForm;
use crate::wizard::{Chosen, Event, Verified, Wizard, console};

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
            with_filters: false,
        }],
    };
    assert_eq!(Deed::of_order(&order, job.items()), Some(assigned));
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
fn a_name_once_noted_outlives_that_the_page_knows_it_no_more() {
    let called = |id: u64, name: &str| (id, name.to_owned());
    let told = |before: &[Option<u64>], known: &[(u64, String)]| {
        let known = known.iter().cloned().collect();
        let deed = assigned(5, Purpose::Attach, before);
        Entry::new(1_700_000_000_000, platform(), deed, &known)
    };
    let mut record = Record::default();
    record.note(told(&[Some(31)], &[called(31, "Gateway")]));
    // After a reload the page knows others. What it has learned anew counts.
    let known = [called(33, "Shop")];
    record.note(told(&[Some(31), Some(33)], &known));
    let [entry] = record.entries.as_slice() else {
        panic!("{:?}", record.entries)
    };
    let name = |id| entry.names.get(&id).map(String::as_str);
    assert_eq!(name(31), Some("Gateway"));
    assert_eq!(name(33), Some("Shop"));
    record.note(told(&[Some(31), Some(33)], &[called(31, "Gateway, old")]));
    let [entry] = record.entries.as_slice() else {
        panic!("{:?}", record.entries)
    };
    let name = |id| entry.names.get(&id).map(String::as_str);
    assert_eq!(name(31), Some("Gateway, old"));
    assert_eq!(name(33), Some("Shop"));
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

/// The first of two addresses is changed, and read as this says; of the second nothing is to be done.
fn played(read: impl Fn(u32) -> Result<Account, Error>) -> Assigning {
    let goals = ["a@x.org", "b@x.org"].map(|address| Goal {
        address: address.into(),
        wanted: 29,
    });
    let mut job = Assigning::new(goals, Pace::default(), 1);
    let (mut now, mut readings) = (1_000_000, 0);
    for _ in 0..2_000 {
        match job.next(now) {
            Next::Finished => break,
            Next::Wait { until } => now = until,
            Next::Send(assigning::Question::Read { index: 0 }) => {
                readings += 1;
                job.read(now, 0, read(readings));
            }
            Next::Send(assigning::Question::Read { index }) => {
                let there = Account {
                    send_connector_id: Some(29),
                    ..Account::default()
                };
                job.read(now, index, Ok(there));
            }
            Next::Send(assigning::Question::Write { index, .. }) => job.written(now, index, Ok(())),
        }
    }
    job
}

#[test]
fn what_ovhcloud_took_is_on_record_and_can_be_undone_whatever_is_seen_of_it() {
    let order = Order {
        platform: platform(),
        purpose: Purpose::Attach,
        connector: connector(),
        begun: 1,
    };
    let before = |task: Option<u64>| Account {
        send_connector_id: Some(31),
        task_pending_id: task,
        ..Account::default()
    };
    let check = |job: Assigning| {
        assert_eq!(job.counts().failed, 1);
        assert!(job.can_be_undone());
        assert_eq!(job.undo()[0].wanted, 31);
        let Some(Deed::Assigned { addresses, .. }) = Deed::of_order(&order, job.items()) else {
            panic!("not on record: {job:?}")
        };
        assert_eq!(addresses.len(), 1);
        assert!(!addresses[0].is_seen);
    };
    // Without an end, and refused to be read.
    check(played(|readings| Ok(before((readings > 1).then_some(5)))));
    check(played(|readings| match readings {
        1 => Ok(before(None)),
        _ => Err(Error::Refused {
            status: 403,
            words: "suspended".into(),
        }),
    }));
}

#[test]
fn it_is_known_since_when_mail_may_take_another_way() {
    let id = connector().id.unwrap();
    let other = SendConnector {
        id: Some(id + 1),
        ..connector()
    };
    let authenticated = |connector| Deed::Authenticated {
        connector,
        mechanism: Mechanism::Basic,
    };
    let changed = |deeds: Vec<(u64, Deed)>, sender| {
        let mut record = Record::default();
        for (at, deed) in deeds {
            record.note(Entry::new(at, platform(), deed, &BTreeMap::new()));
        }
        record.changed_at(&platform(), id, sender)
    };
    let anna = Some("Anna@x.org");
    let attached = Deed::Assigned {
        job: 500,
        purpose: Purpose::Attach,
        connector: connector(),
        addresses: vec![Assigned {
            address: "anna@x.org".into(),
            before: Some(0),
            now: id,
            is_seen: true,
            with_filters: false,
        }],
    };
    assert_eq!(changed(Vec::new(), anna), None);
    // From its beginning on a job may have changed this address.
    let job = vec![(900, attached)];
    assert_eq!(changed(job.clone(), anna), Some(500));
    assert_eq!(changed(job.clone(), None), Some(500));
    assert_eq!(changed(job, Some("ben@x.org")), None);
    let both = vec![
        (1_000, authenticated(connector())),
        (2_000, authenticated(other)),
    ];
    assert_eq!(changed(both, anna), Some(1_000));
    assert_eq!(
        changed(vec![(3_000, Deed::Deleted(connector()))], anna),
        None
    );
}

#[test]
fn by_hand_each_thing_is_noted_once_with_its_time() {
    let read = r#"{"id":29,"displayName":"N","smartHost":"smtp.example.com","state":"ok"}"#;
    let named = |address: &str, now| console::Event::AddressesNamed {
        addresses: vec![address.into()],
        purpose: Purpose::Attach,
        now,
    };
    let pasted = |text: &str| console::Event::Pasted(text.into());
    let place = |organization: &str| Platform {
        organization: organization.into(),
        ..platform()
    };
    let to_connector = |organization| {
        vec![
            console::Event::PlatformNamed(place(organization)),
            pasted("[29]"),
            console::Event::ConnectorNamed(29),
            pasted(read),
        ]
    };
    let mut steps = to_connector("a");
    steps.extend([named("a@x.org", 1_000), pasted("{ sendConnectorId: 29 }")]);
    steps.extend([console::Event::WentBack, console::Event::WentBack]);
    steps.extend(to_connector("b"));
    steps.extend(to_connector("a"));
    steps.extend([named("b@x.org", 2_000), pasted("{ sendConnectorId: 29 }")]);
    let mut wizard = Wizard::default().on(Event::ConsoleChosen);
    let mut record = Record::default();
    for (place, step) in steps.into_iter().enumerate() {
        let console = wizard.console().cloned().unwrap_or_default();
        let console = console.on(step).expect("what fits");
        let event = Event::ConsoleMoved(Box::new(console));
        let deeds = Deed::of_event(&wizard, &event);
        wizard = wizard.on(event);
        let platform = &wizard.platform().expect("one is named").platform;
        for deed in deeds {
            let at = 10_000 + place as u64;
            record.note(Entry::new(at, platform.clone(), deed, &BTreeMap::new()));
        }
    }
    let times: Vec<u64> = record.entries.iter().map(|entry| entry.at).collect();
    assert_eq!(times, [10_005, 10_017], "going back does nothing");
    let changed = |address| record.changed_at(&place("a"), 29, Some(address));
    assert_eq!(changed("a@x.org"), Some(1_000));
    assert_eq!(changed("b@x.org"), Some(2_000));
}

#[test]
fn what_was_done_by_hand_is_told_as_far_as_it_was_seen() {
    let adding = AddConnector {
        platform: platform(),
        display_name: "N".into(),
        smart_host: "smtp.example.com".into(),
        port: 587,
        require_tls: true,
        smart_host_auth_mechanism: Mechanism::None,
        max_send_size: 100,
        user: None,
        password: None,
    };
    let pasted = |text: &str| console::Event::Pasted(text.into());
    let steps = [
        console::Event::PlatformNamed(platform()),
        pasted("[3]"),
        console::Event::FormSubmitted(adding),
        pasted("[3, 29]"),
        pasted(r#"{"id":29,"displayName":"N","smartHost":"smtp.example.com","state":"ok"}"#),
        console::Event::AddressesNamed {
            addresses: vec!["a@x.org".into(), "b@x.org".into()],
            purpose: Purpose::Attach,
            now: 1_000,
        },
        pasted("{ sendConnectorId: 29 }"),
    ];
    let start = console::Console::default();
    let done = steps
        .into_iter()
        .fold(start, |console, step| console.on(step).expect("what fits"));
    let wizard = Wizard::default().on(Event::ConsoleChosen);
    let deeds = Deed::of_event(&wizard, &Event::ConsoleMoved(Box::new(done)));
    let [
        Deed::Added(added),
        Deed::Assigned {
            job,
            connector,
            addresses,
            ..
        },
    ] = &deeds[..]
    else {
        panic!("{deeds:?}")
    };
    assert_eq!((added.id, connector.id, *job), (Some(29), Some(29), 1_000));
    let expected = Assigned {
        address: "a@x.org".into(),
        before: None,
        now: 29,
        is_seen: true,
        with_filters: false,
    };
    assert_eq!(addresses, &[expected]);
}
