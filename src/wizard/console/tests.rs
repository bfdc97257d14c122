use super::{Console, Event, Problem, Step};
use crate::json::parse;
use crate::ovh::exchange::{AddConnector, Mechanism, Platform};
use crate::run::order::Purpose;

const PASSWORD: &str = "Marker-Of-A-Password";
const BELOW: &str = "/email/exchange/private-zz111111-1/service/private-zz111111-1";

/// A time in milliseconds since 1970.
const BEGUN: u64 = 1_700_000_000_000;

fn platform() -> Platform {
    Platform {
        organization: "private-zz111111-1".into(),
        service: "private-zz111111-1".into(),
    }
}

fn adding() -> AddConnector {
    AddConnector {
        platform: platform(),
        display_name: "Newsletter".into(),
        smart_host: "smtp.example.com".into(),
        port: 587,
        require_tls: true,
        smart_host_auth_mechanism: Mechanism::BasicOverTls,
        max_send_size: 100,
        user: Some("apikey".into()),
        password: Some(PASSWORD.into()),
    }
}

fn pasted(text: &str) -> Event {
    Event::Pasted(text.into())
}

fn addresses(purpose: Purpose) -> Event {
    Event::AddressesNamed {
        addresses: vec!["a@x.org".into(), "b@x.org".into()],
        purpose,
        now: BEGUN,
    }
}

const CONNECTOR: &str =
    r#"{"id":29,"displayName":"Newsletter","smartHost":"SMTP.example.com","state":"ok"}"#;

/// The console after these events, kept and taken back after each.
fn after(events: impl IntoIterator<Item = Event>) -> Console {
    events
        .into_iter()
        .fold(Console::default(), |console, event| {
            let console = console.on(event);
            let console = console.unwrap_or_else(|problem| panic!("{problem:?}"));
            let text = console.to_json().to_string();
            assert!(!text.contains(PASSWORD), "{text}");
            let back = parse(&text).and_then(|value| Console::from_json(&value));
            assert!(back.as_ref() == Some(&console), "{text}");
            console
        })
}

fn to_add() -> Vec<Event> {
    vec![
        Event::PlatformNamed(platform()),
        pasted("[\n  3\n]"),
        Event::FormSubmitted(adding()),
    ]
}

fn to_addresses() -> Vec<Event> {
    let mut events = to_add();
    events.extend([pasted("[3, 29]"), pasted(CONNECTOR)]);
    events
}

fn calls(console: &Console) -> Vec<String> {
    let requests = console.requests().into_iter();
    requests
        .map(|request| {
            let path = request.path.replace(BELOW, "…");
            [request.method.as_str(), " ", &path, " ", &request.body].concat()
        })
        .collect()
}

fn refused(events: Vec<Event>, text: &str) -> Problem {
    match after(events).on(pasted(text)) {
        Ok(_) => panic!("{text} is taken"),
        Err(problem) => problem,
    }
}

#[test]
fn the_way_leads_from_the_platform_to_the_last_address() {
    let add = after(to_add());
    assert_eq!(add.step(), Step::Add);
    let calls_to_add = calls(&add);
    assert_eq!(calls_to_add.len(), 2);
    assert!(calls_to_add[0].starts_with("POST …/sendConnector {\"displayName\":\"Newsletter\""));
    assert!(calls_to_add[0].ends_with("\"user\":\"apikey\",\"password\":\"********\"}"));
    assert_eq!(calls_to_add[1], "GET …/sendConnector ");

    let mut events = to_add();
    events.push(pasted("[29, 3]"));
    let check = after(events);
    assert_eq!(calls(&check), ["GET …/sendConnector/29 "]);

    let mut events = to_addresses();
    events.push(addresses(Purpose::Attach));
    let attach = after(events);
    let change = "PUT …/account/a@x.org {\"sendConnectorId\":29}";
    assert_eq!(calls(&attach), [change, "GET …/account/a@x.org "]);

    let mut events = to_addresses();
    events.extend([
        addresses(Purpose::Attach),
        pasted(r#"{"primaryEmailAddress":"A@x.org","sendConnectorId":29,"taskPendingId":0}"#),
        pasted("{ primaryEmailAddress: \"b@x.org\"\n sendConnectorId: 29 }"),
    ]);
    let finished = after(events);
    assert_eq!(finished.step(), Step::Finished);
    assert_eq!(finished.done(), ["a@x.org", "b@x.org"]);
    assert_eq!(calls(&finished), [""; 0]);
}

#[test]
fn detaching_sends_nought() {
    let mut events = to_addresses();
    events.push(addresses(Purpose::Detach));
    let detach = after(events);
    assert_eq!(
        calls(&detach)[0],
        "PUT …/account/a@x.org {\"sendConnectorId\":0}"
    );
    let detached = detach.on(pasted("{ primaryEmailAddress: \"a@x.org\" }"));
    assert!(detached.is_ok_and(|console| console.done() == ["a@x.org"]));
}

#[test]
fn a_connector_that_is_there_is_named_by_its_number() {
    let events = || {
        let mut events = to_add();
        events.truncate(2);
        events.push(Event::ConnectorNamed(3));
        events
    };
    assert_eq!(calls(&after(events())), ["GET …/sendConnector/3 "]);
    let other = r#"{"id":4,"displayName":"Other","smartHost":"smtp.example.com"}"#;
    assert_eq!(refused(events(), other), Problem::OtherConnector);
    let built_in = r#"{"id":3,"displayName":"Default","smartHost":null,"default":true}"#;
    assert_eq!(refused(events(), built_in), Problem::BuiltIn);
    let named = r#"{"displayName":"Other","smartHost":"smtp.example.com","state":"ok"}"#;
    let console = after(events()).on(pasted(named));
    let console = console.unwrap_or_else(|problem| panic!("{problem:?}"));
    assert_eq!(console.connector().and_then(|known| known.id), Some(3));
    assert!(!console.adds_one(), "it was added by somebody else");
}

#[test]
fn what_leads_no_further_is_named() {
    let start = || vec![Event::PlatformNamed(platform())];
    for (text, problem) in [
        ("", Problem::Empty),
        ("<html>", Problem::Html),
        ("it worked", Problem::Unreadable),
        ("null", Problem::OtherAnswer),
        (CONNECTOR, Problem::OtherAnswer),
        (
            r#"{"message":"The requested object (x) does not exist"}"#,
            Problem::Refused("The requested object (x) does not exist".into()),
        ),
    ] {
        assert_eq!(refused(start(), text), problem, "{text}");
    }
    let task = r#"{"id":7,"function":"addSendConnector","status":"todo"}"#;
    assert_eq!(refused(to_add(), task), Problem::AnswerToFirst);
    assert_eq!(refused(to_add(), "[3]"), Problem::NothingNew);
    assert_eq!(refused(to_add(), "[]"), Problem::NothingNew);

    let found = || {
        let mut events = to_add();
        events.push(pasted("[3, 29, 30]"));
        events
    };
    let creating = CONNECTOR.replace("ok", "creating");
    assert_eq!(
        refused(found(), &creating),
        Problem::NotReady("creating".into())
    );
    let other = CONNECTOR.replace("Newsletter", "Other");
    assert_eq!(refused(found(), &other), Problem::OtherConnector);
    assert_eq!(calls(&after(found())).len(), 2, "either may be the one");

    let assigning = || {
        let mut events = to_addresses();
        events.push(addresses(Purpose::Attach));
        events
    };
    for (text, problem) in [
        ("null", Problem::AnswerToFirst),
        (
            r#"{"primaryEmailAddress":"b@x.org","sendConnectorId":29}"#,
            Problem::OtherAddress,
        ),
        (
            r#"{"sendConnectorId":29,"taskPendingId":8}"#,
            Problem::Pending,
        ),
        (
            r#"{"sendConnectorId":3,"taskPendingId":0}"#,
            Problem::NotTaken,
        ),
        ("[29]", Problem::OtherAnswer),
    ] {
        assert_eq!(refused(assigning(), text), problem, "{text}");
    }
}

#[test]
fn going_back_loses_nothing_and_another_platform_begins_anew() {
    let mut events = to_addresses();
    events.push(Event::WentBack);
    let form = after(events);
    assert_eq!((form.step(), form.before()), (Step::Form, &[3][..]));
    let mut steps = vec![];
    let mut console = after(to_add());
    for _ in 0..4 {
        console = console.on(Event::WentBack).unwrap_or_default();
        steps.push(console.step());
    }
    assert_eq!(
        steps,
        [Step::Form, Step::Before, Step::Platform, Step::Platform]
    );
    let other = Platform {
        service: "other".into(),
        ..platform()
    };
    let other = console.on(Event::PlatformNamed(other)).unwrap_or_default();
    assert_eq!((other.step(), other.before()), (Step::Before, &[][..]));
}

#[test]
fn a_list_that_is_looked_at_again_goes_on_where_it_was() {
    let named = |list: &[&str], purpose| Event::AddressesNamed {
        addresses: list.iter().map(|&address| address.into()).collect(),
        purpose,
        now: BEGUN,
    };
    let mut halfway = to_addresses();
    halfway.push(named(&["a@x.org", "b@x.org"], Purpose::Attach));
    halfway.push(pasted(
        r#"{"primaryEmailAddress":"a@x.org","sendConnectorId":29}"#,
    ));
    halfway.push(Event::WentBack);
    let halfway = after(halfway);
    assert_eq!(halfway.named(), ["a@x.org", "b@x.org"]);
    for (list, purpose, next) in [
        (&["a@x.org", "b@x.org"][..], Purpose::Attach, ("b@x.org", 1)),
        (
            &["a@x.org", "c@x.org", "b@x.org"],
            Purpose::Attach,
            ("c@x.org", 1),
        ),
        // Another list, another wish: all of it anew.
        (&["b@x.org", "a@x.org"], Purpose::Attach, ("b@x.org", 0)),
        (&["a@x.org"], Purpose::Attach, ("a@x.org", 0)),
        (&["a@x.org", "b@x.org"], Purpose::Detach, ("a@x.org", 0)),
    ] {
        let again = halfway.clone().on(named(list, purpose)).expect("a list");
        let (address, done, all) = again.address().expect("one is left");
        assert_eq!(((address, done), all), (next, list.len()), "{list:?}");
    }
    let rest = halfway.on(named(&["a@x.org", "b@x.org"], Purpose::Attach));
    let rest = rest.and_then(|console| {
        console.on(pasted(
            r#"{"primaryEmailAddress":"b@x.org","sendConnectorId":29}"#,
        ))
    });
    let rest = rest.expect("the last");
    assert_eq!((rest.step(), rest.named()), (Step::Finished, &[][..]));
    let once_more = rest.on(named(&["a@x.org", "b@x.org"], Purpose::Attach));
    let first = once_more.expect("a list");
    assert_eq!(first.address(), Some(("a@x.org", 0, 2)));
}

#[test]
fn what_is_damaged_is_not_taken_back() {
    for damaged in [
        "{}",
        r#"{"step":"dreamt"}"#,
        r#"{"step":"assign","before":[],"candidates":[],"addresses":[],"done":0,"begun":0}"#,
        r#"{"step":"platform","before":[],"candidates":[],"addresses":[],"done":3,"begun":0}"#,
    ] {
        let value = parse(damaged).unwrap_or_default();
        assert!(Console::from_json(&value).is_none(), "{damaged}");
    }
}
