mod answers;
mod upkeep;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::fmt::Debug;
use std::marker::PhantomData;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use super::auth::{CurrentCredential, Logout, PendingCredential, RequestCredential, Time};
use super::exchange::{
    AddConnector, ChangeAccount, ListAccounts, ListConnectors, ListDomains, ListOrganizations,
    ListServices, ListTasks, Mechanism, Platform, ReadAccount, ReadConnector, ReadDomain,
    ReadServer, ReadService, ReadTask, SpamAndVirus,
};
use super::keys::{ApplicationKey, ConsumerKey, Secret};
use super::{
    Call, Clock, Endpoint, Error, Keys, Method, NoAnswer, Response, Signed, Signing, ask,
    ask_on_time, endpoint, seconds_to_wait, sign,
};
use crate::json::parse;

const APPLICATION: &str = "PracticeAppKey01";
const SECRET: &str = "PracticeSecret00PracticeSecret00";
const CONSUMER: &str = "PracticeConsumerKeyForEverybody0";
const NOW: u64 = 1_457_018_875;
const EUROPE: &str = "https://eu.api.ovh.com/1.0";
const PLATFORM: &str = "/email/exchange/private-zz111111-1/service/private-zz111111-1";
const OUT_OF_TIME: &str = r#"{"errorCode":"QUERY_TIME_OUT","message":"Query out of time"}"#;

type Answer = Result<Response, NoAnswer>;
const SILENCE: Answer = Err(NoAnswer::Silence);
type Headers = Vec<(&'static str, String)>;

/// The other end of the line: what was sent, and what is still to be answered.
struct Line {
    sent: RefCell<Vec<(Method, String, Headers, String)>>,
    /// Which of them were probes.
    probes: RefCell<Vec<bool>>,
    answers: RefCell<VecDeque<Answer>>,
}

impl Line {
    fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        Self {
            sent: RefCell::default(),
            probes: RefCell::default(),
            answers: RefCell::new(answers.into_iter().collect()),
        }
    }

    fn send(&self, signed: Signed) -> Answer {
        let sent = (signed.method, signed.url, signed.headers, signed.body);
        self.sent.borrow_mut().push(sent);
        self.probes.borrow_mut().push(signed.is_probe);
        let answer = self.answers.borrow_mut().pop_front();
        answer.unwrap_or_else(|| panic!("a call too many"))
    }

    /// The URLs that were sent to, in order.
    fn urls(&self) -> Vec<String> {
        let sent = self.sent.borrow();
        sent.iter().map(|(_, url, ..)| url.clone()).collect()
    }
}

fn ready<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("waits, though every answer is there"),
    }
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "an answer beside those that never came"
)]
fn says(status: u16, body: &str) -> Answer {
    let body = body.into();
    Ok(Response {
        status,
        body,
        retry_after: None,
    })
}

fn keys() -> Keys {
    Keys {
        application: ApplicationKey(APPLICATION.into()),
        secret: Secret::new(SECRET.into()),
        consumer: ConsumerKey::new(CONSUMER.into()),
    }
}

fn europe() -> Endpoint {
    endpoint::known().swap_remove(0)
}

fn platform() -> Platform {
    Platform {
        organization: "private-zz111111-1".into(),
        service: "private-zz111111-1".into(),
    }
}

fn connector(user: Option<&str>) -> AddConnector {
    AddConnector {
        platform: platform(),
        display_name: "Büro \"Nord\"".into(),
        smart_host: "smtp-relay.example.com".into(),
        port: 587,
        require_tls: true,
        smart_host_auth_mechanism: Mechanism::BasicOverTls,
        max_send_size: 100,
        user: user.map(Into::into),
        password: user.map(|_| "pass \\ word".into()),
    }
}

/// Asks at `endpoint` and compares the one request that leaves, header by header.
fn check_at<C: Call>(endpoint: &Endpoint, call: &C, method: Method, path: &str, body: &str) {
    let line = Line::new([says(200, "null")]);
    let _ = ready(ask(endpoint, &keys(), NOW, call, async |signed| {
        line.send(signed)
    }));
    let mut headers: Headers = Vec::new();
    if !body.is_empty() {
        headers.push(("Content-Type", "application/json".into()));
    }
    if C::SIGNING != Signing::Nothing {
        headers.push(("X-Ovh-Application", APPLICATION.into()));
    }
    if C::SIGNING == Signing::Full {
        let keys = keys();
        let url = [&endpoint.address, path].concat();
        headers.push(("X-Ovh-Consumer", CONSUMER.into()));
        headers.push(("X-Ovh-Timestamp", NOW.to_string()));
        headers.push((
            "X-Ovh-Signature",
            sign::signature(&keys.secret, &keys.consumer, method, &url, body, NOW),
        ));
    }
    let to = [endpoint.through.as_deref().unwrap_or(EUROPE), path].concat();
    let expected = (method, to, headers, body.to_owned());
    assert_eq!(*line.sent.borrow(), [expected]);
}

fn check<C: Call>(call: &C, method: Method, path: &str, body: &str) {
    check_at(&europe(), call, method, path, body);
}

/// Reads one answer to `call`.
fn heard<C: Call>(call: &C, status: u16, body: &str) -> Result<C::Output, Error> {
    let line = Line::new([says(status, body)]);
    ready(ask(&europe(), &keys(), NOW, call, async |signed| {
        line.send(signed)
    }))
}

#[test]
fn only_the_calls_for_time_and_credential_are_not_signed() {
    assert_eq!(Time::SIGNING, Signing::Nothing);
    assert_eq!(RequestCredential::SIGNING, Signing::Application);
    assert_eq!(CurrentCredential::SIGNING, Signing::Full);
    assert_eq!(Logout::SIGNING, Signing::Full);
    assert_eq!(AddConnector::SIGNING, Signing::Full);
    check(&Time, Method::Get, "/auth/time", "");
    let call = RequestCredential {
        redirection: "https://intranet.example/exchange/".into(),
    };
    let body = concat!(
        r#"{"accessRules":[{"method":"GET","path":"/auth/currentCredential"},"#,
        r#"{"method":"POST","path":"/auth/logout"},{"method":"GET","path":"/email/exchange"},"#,
        r#"{"method":"GET","path":"/email/exchange/*"},"#,
        r#"{"method":"POST","path":"/email/exchange/*/service/*/sendConnector"},"#,
        r#"{"method":"PUT","path":"/email/exchange/*/service/*/account/*"},"#,
        r#"{"method":"PUT","path":"/email/exchange/*/service/*/sendConnector/*"},"#,
        r#"{"method":"DELETE","path":"/email/exchange/*/service/*/sendConnector/*"},"#,
        r#"{"method":"POST","path":"/email/exchange/*/service/*/sendConnector/*/changeAuthentication"},"#,
        r#"{"method":"PUT","path":"/email/exchange/*/service/*/domain/*/changeDefaultSBR"}],"#,
        r#""redirection":"https://intranet.example/exchange/"}"#,
    );
    check(&call, Method::Post, "/auth/credential", body);
    check(
        &CurrentCredential,
        Method::Get,
        "/auth/currentCredential",
        "",
    );
    check(&Logout, Method::Post, "/auth/logout", "");
}

#[test]
fn reading_calls_go_to_the_documented_paths() {
    let (get, platform) = (Method::Get, &platform());
    let below = |rest: &str| [PLATFORM, rest].concat();
    check(&ListOrganizations, get, "/email/exchange", "");
    let organization = "a b/c";
    check(
        &ListServices { organization },
        get,
        "/email/exchange/a%20b%2Fc/service",
        "",
    );
    check(&ReadService(platform), get, PLATFORM, "");
    check(&ListDomains(platform), get, &below("/domain"), "");
    let name = "mydomain.ovh";
    let domain = ReadDomain { platform, name };
    check(&domain, get, &below("/domain/mydomain.ovh"), "");
    check(&ReadServer(platform), get, &below("/server"), "");
    check(&ListAccounts(platform), get, &below("/account"), "");
    check(&ListConnectors(platform), get, &below("/sendConnector"), "");
    check(&ListTasks(platform), get, &below("/task"), "");
    let id = 29;
    let connector = ReadConnector { platform, id };
    check(&connector, get, &below("/sendConnector/29"), "");
    let id = 113_924_189;
    let task = ReadTask { platform, id };
    check(&task, get, &below("/task/113924189"), "");
    for (address, escaped) in [
        ("newsletter@mydomain.ovh", "newsletter@mydomain.ovh"),
        ("a+b@mydomain.ovh", "a+b@mydomain.ovh"),
        ("o'neill@mydomain.ovh", "o%27neill@mydomain.ovh"),
        ("jürgen@x.org", "j%C3%BCrgen@x.org"),
        ("../../me?a=1#b", "..%2F..%2Fme%3Fa=1%23b"),
    ] {
        let path = below("/account/") + escaped;
        check(&ReadAccount { platform, address }, get, &path, "");
    }
}

#[test]
fn changing_calls_send_exactly_this_and_nothing_more() {
    let platform = platform();
    let change = |connector, filters| ChangeAccount {
        platform: &platform,
        address: "newsletter@mydomain.ovh",
        connector,
        filters,
    };
    let filters = parse(r#"{"tagSpam":true,"deleteVirus":false,"checkSPF":false}"#);
    let filters = filters.and_then(|filters| SpamAndVirus::from_json(&filters));
    for (call, body) in [
        (change(29, None), r#"{"sendConnectorId":29}"#),
        (change(0, None), r#"{"sendConnectorId":0}"#),
        (
            change(29, filters.map(SpamAndVirus::with_viruses_deleted)),
            concat!(
                r#"{"sendConnectorId":29,"spamAndVirusConfiguration":"#,
                r#"{"tagSpam":true,"deleteVirus":true,"checkSPF":false}}"#
            ),
        ),
    ] {
        let path = [PLATFORM, "/account/newsletter@mydomain.ovh"].concat();
        check(&call, Method::Put, &path, body);
    }
    let path = [PLATFORM, "/sendConnector"].concat();
    let open = concat!(
        r#"{"displayName":"Büro \"Nord\"","smartHost":"smtp-relay.example.com","port":587,"#,
        r#""requireTLS":true,"smartHostAuthMechanism":"basicAuthRequireTLS","maxSendSize":100"#
    );
    let with_user = [open, r#","user":"apikey","password":"pass \\ word"}"#].concat();
    check(&connector(Some("apikey")), Method::Post, &path, &with_user);
    check(&connector(None), Method::Post, &path, &[open, "}"].concat());
}

#[test]
fn through_a_server_of_ones_own_the_real_address_is_signed() {
    let endpoint = Endpoint {
        through: Some("/ovh".into()),
        ..europe()
    };
    check_at(
        &endpoint,
        &ListOrganizations,
        Method::Get,
        "/email/exchange",
        "",
    );
}

/// What a call comes to that gets these answers, and how many were asked for.
fn outcome<C: Call>(call: &C, answers: &[Answer]) -> Option<Error> {
    let line = Line::new(answers.iter().cloned());
    let send = async |signed| line.send(signed);
    let result = ready(ask(&europe(), &keys(), NOW, call, send));
    assert_eq!(line.answers.borrow().len(), 0, "an answer was not wanted");
    let last = line.urls().len() - 1;
    if last > 0 {
        let (method, url, headers, body) = line.sent.borrow_mut().swap_remove(last);
        let time = [EUROPE, "/auth/time"].concat();
        assert_eq!(
            (method, url, headers, &*body),
            (Method::Get, time, vec![], "")
        );
    }
    assert_eq!(line.probes.take(), [false, true][..=last]);
    result.err()
}

#[test]
fn a_missing_network_and_a_browser_that_forbids_are_told_apart() {
    let list = &ListOrganizations;
    assert_eq!(outcome(list, &[SILENCE, SILENCE]), Some(Error::Offline));
    // Opaque, readable, or trouble: something answers.
    for time in [says(0, ""), says(200, "1457018875"), says(503, "<html>")] {
        let answers = [SILENCE, time];
        assert_eq!(outcome(list, &answers), Some(Error::Blocked));
        assert_eq!(outcome(&Time, &answers), Some(Error::Blocked));
    }
    assert_eq!(outcome(&Time, &[SILENCE, SILENCE]), Some(Error::Offline));
}

#[test]
fn a_host_that_the_policy_of_the_page_forbids_is_not_asked_again() {
    let forbidden = Err(NoAnswer::Forbidden);
    let call = &ListOrganizations;
    let outcomes = [vec![forbidden.clone()], vec![SILENCE, forbidden]];
    for answers in outcomes {
        assert_eq!(outcome(call, &answers), Some(Error::OutsidePolicy));
    }
}

#[test]
fn what_the_pages_own_server_says_is_not_taken_for_ovhcloud() {
    let through = Endpoint {
        through: Some("/ovh".into()),
        ..europe()
    };
    let check = |endpoint: &Endpoint, status, body: &str| {
        let line = Line::new([says(status, body)]);
        let send = async |signed| line.send(signed);
        let keys = keys();
        let asked = ask(endpoint, &keys, NOW, &ListOrganizations, send);
        ready(asked).err()
    };
    for (status, body) in [
        (401, "<html>401 Authorization Required"),
        (403, "<html>"),
        (404, "<html>"),
        (404, ""),
        (405, "no"),
        (200, " <!doctype html>"),
    ] {
        let error = check(&through, status, body);
        assert_eq!(error, Some(Error::NotPassedOn), "{status} {body}");
        assert_ne!(check(&europe(), status, body), error, "{status} {body}");
    }
    let known = r#"{"message":"This service does not exist"}"#;
    assert_eq!(check(&through, 404, known), Some(Error::NotFound));
    let busy = check(&through, 503, "<html>");
    assert_eq!(busy, Some(Error::Unavailable { status: 503 }));
}

#[test]
fn nobody_is_asked_why_an_answer_among_others_is_missing() {
    let lost = Err(NoAnswer::Lost);
    assert_eq!(outcome(&ListOrganizations, &[lost]), Some(Error::Blocked));
}

/// Asks with a local clock at 1 000, and says the time of every signature.
fn on_time(answers: &[Answer]) -> (Result<Vec<String>, Error>, Vec<String>, Vec<String>, i64) {
    let line = Line::new(answers.iter().cloned());
    let clock = Cell::new(Clock::default());
    let result = ready(ask_on_time(
        &europe(),
        &keys(),
        &clock,
        || 1_000,
        &ListOrganizations,
        async |signed| line.send(signed),
    ));
    assert_eq!(line.answers.borrow().len(), 0, "an answer was not wanted");
    let sent = line.sent.borrow();
    let headers = sent.iter().flat_map(|(_, _, headers, _)| headers.clone());
    let times = headers.filter(|(name, _)| *name == "X-Ovh-Timestamp");
    let times = times.map(|(_, time)| time).collect();
    let paths = line.urls().into_iter();
    let paths = paths.map(|url| url[EUROPE.len()..].to_owned()).collect();
    (result, paths, times, clock.get().ahead())
}

#[test]
fn a_wrong_clock_is_corrected_once_and_never_again() {
    let (list, time) = ("/email/exchange", "/auth/time");
    let late = || says(400, OUT_OF_TIME);
    let (result, paths, times, ahead) = on_time(&[says(200, r#"["a"]"#)]);
    assert_eq!((result, ahead), (Ok(vec!["a".into()]), 0));
    assert_eq!((paths, times), (vec![list.into()], vec!["1000".into()]));

    let (result, paths, times, ahead) = on_time(&[late(), says(200, "1480"), says(200, "[]")]);
    assert_eq!((result, ahead), (Ok(vec![]), 480));
    assert_eq!(paths, [list, time, list]);
    assert_eq!(times, ["1000", "1480"]);

    let (result, paths, _, _) = on_time(&[late(), says(200, "1480"), late()]);
    assert_eq!(result, Err(Error::ClockSkewed));
    assert_eq!(paths, [list, time, list]);

    let (result, _, _, ahead) = on_time(&[late(), says(200, "<html>")]);
    assert_eq!((result, ahead), (Err(Error::Unreadable), 0));
    let (result, ..) = on_time(&[late(), SILENCE, SILENCE]);
    assert_eq!(result, Err(Error::Offline));
}

struct Probe<T>(PhantomData<T>);
impl<T: Debug> Probe<T> {
    const HAS_DEBUG: bool = true;
}
trait Plain {
    const HAS_DEBUG: bool = false;
}
impl<T> Plain for Probe<T> {}

#[test]
fn nothing_that_holds_a_secret_can_be_printed() {
    // Without the first of these the others would prove nothing.
    const {
        assert!(Probe::<Keys>::HAS_DEBUG);
        assert!(!Probe::<AddConnector>::HAS_DEBUG);
        assert!(!Probe::<Signed>::HAS_DEBUG);
        assert!(!Probe::<PendingCredential>::HAS_DEBUG);
        assert!(!Probe::<super::keys::Found>::HAS_DEBUG);
    }
    let keys = keys();
    let shown = format!("{keys:?} {:?} {:#?}", keys.secret, keys.consumer);
    assert!(!shown.contains(SECRET) && !shown.contains(CONSUMER));
    assert_eq!(format!("{:?}", keys.secret), "Secret(…)");
    for status in [400, 401, 403, 404, 409, 429, 500] {
        let error = heard(&connector(Some("apikey")), status, "{}").err();
        let shown = format!("{error:?}");
        assert!(!shown.contains("pass") && !shown.contains(CONSUMER));
    }
    let call = connector(Some("apikey"));
    assert!(!format!("{:?}", call.request()).contains("word"));
    // OVHcloud quotes what it refuses.
    let quoting = r#"{"message":"Invalid value \"pass \\ word\" for password"}"#;
    for status in [400, 403, 409] {
        let words = match heard(&call, status, quoting).err() {
            Some(Error::Refused { words, .. } | Error::InUse { words }) => words,
            other => panic!("{other:?}"),
        };
        assert_eq!(words, "Invalid value \"…\" for password");
    }
}

#[test]
fn a_time_to_wait_is_read_where_it_is_a_number_of_seconds() {
    for (header, expected) in [
        ("120", Some(120)),
        (" 7 ", Some(7)),
        ("0", Some(0)),
        ("-1", None),
        ("", None),
        ("99999999999", None),
        ("Fri, 31 Dec 1999 23:59:59 GMT", None),
    ] {
        assert_eq!(seconds_to_wait(header), expected, "{header}");
    }
}
