//! A sitting through the public API, from the keys to an attached address, with nothing faked but
//! the wire and the time.

use std::cell::{Cell, RefCell};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use send_connector_wizard::ovh::auth::CurrentCredential;
use send_connector_wizard::ovh::exchange::{
    ChangeAccount, ListAccounts, ListConnectors, ListOrganizations, ListServices, ListTasks,
    Platform, ReadAccount, ReadConnector, ReadService, ReadTask,
};
use send_connector_wizard::ovh::{
    Call, Clock, Error, Method, NoAnswer, Response, Signed, ask_on_time, endpoint, sign,
};
use send_connector_wizard::run::Next;
use send_connector_wizard::run::adding::{Adding, Heard, Question, Stage};
use send_connector_wizard::run::assigning::{self, Assigning, Goal, State};
use send_connector_wizard::run::pace::Pace;
use send_connector_wizard::wizard::connector_form::ConnectorForm;
use send_connector_wizard::wizard::key_form::{KeyForm, Signer};
use send_connector_wizard::wizard::{Chosen, Event, Screen, Wizard};

const SECRET: &str = "PracticeSecret00PracticeSecret00";
const CONSUMER: &str = "PracticeConsumerKeyForEverybody0";
const BELOW: &str = "/email/exchange/private-zz111111-1/service/private-zz111111-1";

/// OVHcloud as one platform sees it: its clock is eight minutes ahead, its work is done at once,
/// and the answer to the request for a connector is lost.
#[derive(Default)]
struct Desk {
    connectors: RefCell<Vec<u64>>,
    attached: Cell<u64>,
    calls: RefCell<Vec<String>>,
}

const AHEAD: u64 = 480;

impl Desk {
    fn send(&self, signed: &Signed) -> Result<Response, NoAnswer> {
        let path = signed.url.strip_prefix("https://eu.api.ovh.com/1.0");
        let path = path.expect("the API's own address");
        let call = format!("{} {}", signed.method.as_str(), path.replace(BELOW, "…"));
        self.calls.borrow_mut().push(call.clone());
        if call == "GET /auth/time" {
            assert!(signed.headers.is_empty());
            return answer(200, &(LOCAL + AHEAD).to_string());
        }
        let header = |wanted| {
            let found = signed.headers.iter().find(|(name, _)| *name == wanted);
            found.map(|(_, value)| value.as_str()).expect(wanted)
        };
        let time: u64 = header("X-Ovh-Timestamp").parse().expect("seconds");
        if time != LOCAL + AHEAD {
            return answer(400, r#"{"errorCode":"QUERY_TIME_OUT"}"#);
        }
        let expected = sign::signature(
            &send_connector_wizard::ovh::keys::Secret::new(SECRET.into()),
            &send_connector_wizard::ovh::keys::ConsumerKey::new(CONSUMER.into()),
            signed.method,
            &signed.url,
            &signed.body,
            time,
        );
        assert_eq!(header("X-Ovh-Signature"), expected);
        self.answer(&call, &signed.body)
    }

    fn answer(&self, call: &str, body: &str) -> Result<Response, NoAnswer> {
        let account = "…/account/newsletter@mydomain.ovh";
        match call.split_once(' ').expect("a method and a path") {
            ("GET", "/auth/currentCredential") => answer(200, r#"{"status":"validated"}"#),
            ("GET", "/email/exchange" | "/email/exchange/private-zz111111-1/service") => {
                answer(200, r#"["private-zz111111-1"]"#)
            }
            ("GET", "…") => answer(200, r#"{"offer":"dedicated","state":"ok"}"#),
            ("GET", "…/sendConnector") => answer(200, &format!("{:?}", self.connectors.borrow())),
            ("POST", "…/sendConnector") => {
                assert!(body.contains(r#""password":"pass word""#));
                self.connectors.borrow_mut().push(29);
                answer(504, "<html>Gateway Timeout</html>")
            }
            ("GET", "…/sendConnector/29") => answer(
                200,
                r#"{"id":29,"displayName":"Newsletter","smartHost":"smtp.example.com","state":"ok"}"#,
            ),
            ("GET", "…/account") => answer(200, r#"["newsletter@mydomain.ovh"]"#),
            ("GET", path) if path == account => {
                let id = self.attached.get();
                answer(
                    200,
                    &format!(r#"{{"sendConnectorId":{id},"taskPendingId":0}}"#),
                )
            }
            ("PUT", path) if path == account => {
                assert_eq!(body, r#"{"sendConnectorId":29}"#);
                self.attached.set(29);
                answer(200, "null")
            }
            other => panic!("{other:?}"),
        }
    }
}

/// This computer's clock, in seconds since 1970.
const LOCAL: u64 = 1_457_018_875;

#[expect(
    clippy::unnecessary_wraps,
    reason = "an answer beside those that never came"
)]
fn answer(status: u16, body: &str) -> Result<Response, NoAnswer> {
    let body = body.into();
    Ok(Response {
        status,
        body,
        retry_after: None,
    })
}

struct Sitting {
    desk: Desk,
    keys: send_connector_wizard::ovh::Keys,
    clock: Cell<Clock>,
}

impl Sitting {
    fn ask<C: Call>(&self, call: &C) -> Result<C::Output, Error> {
        let europe = &endpoint::known()[0];
        let answer = pin!(ask_on_time(
            europe,
            &self.keys,
            &self.clock,
            || LOCAL,
            call,
            async |signed| self.desk.send(&signed)
        ));
        match { answer }.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(answer) => answer,
            Poll::Pending => panic!("the desk answers at once"),
        }
    }

    fn add(&self, form: &ConnectorForm, platform: &Platform) -> Adding {
        let valid = form.validate(platform, &[]).expect("a valid form");
        let before = self.ask(&ListConnectors(platform)).expect("a list");
        let mut job = Adding::new(&valid, before);
        let mut now = 0;
        loop {
            let question = match job.next(now) {
                Next::Finished => return job,
                Next::Wait { until } => {
                    now = until;
                    continue;
                }
                Next::Send(question) => question,
            };
            let heard = match question {
                Question::Add => self.ask(&valid).map(Heard::Task),
                Question::Task(id) => self.ask(&ReadTask { platform, id }).map(Heard::Task),
                Question::Tasks => self.ask(&ListTasks(platform)).map(Heard::Tasks),
                Question::List => self.ask(&ListConnectors(platform)).map(Heard::List),
                Question::Connector(id) => self
                    .ask(&ReadConnector { platform, id })
                    .map(Heard::Connector),
            };
            job.heard(now, heard.unwrap_or_else(Heard::Failed));
        }
    }

    fn attach(&self, mut job: Assigning, platform: &Platform) -> Assigning {
        let mut now = 0;
        let items = job.items().to_vec();
        loop {
            match job.next(now) {
                Next::Finished => return job,
                Next::Wait { until } => now = until,
                Next::Send(assigning::Question::Read { index }) => {
                    let address = &items[index].address;
                    let answer = self.ask(&ReadAccount { platform, address });
                    job.read(now, index, answer);
                }
                Next::Send(assigning::Question::Write { index, filters }) => {
                    let answer = self.ask(&ChangeAccount {
                        platform,
                        address: &items[index].address,
                        connector: items[index].wanted,
                        filters,
                    });
                    job.written(now, index, answer);
                }
            }
        }
    }
}

#[test]
fn from_the_keys_to_an_attached_address() {
    let mut typed = KeyForm::default();
    let page = format!("Key PracticeAppKey01\nSecret {SECRET}\nConsumer Key {CONSUMER}");
    assert_eq!(typed.take_from(&page), 3);
    let Ok(Signer::Complete(keys)) = typed.validate() else {
        panic!("three keys")
    };
    let sitting = Sitting {
        desk: Desk::default(),
        keys,
        clock: Cell::default(),
    };
    let credential = sitting.ask(&CurrentCredential).expect("a good key");
    assert_eq!(credential.status.as_deref(), Some("validated"));
    assert_eq!(sitting.clock.get().ahead(), AHEAD.cast_signed());
    let mut wizard = Wizard::default().on(Event::SignedIn);

    let organization = sitting.ask(&ListOrganizations).expect("a list").remove(0);
    let services = ListServices {
        organization: &organization,
    };
    let service = sitting.ask(&services).expect("a list").remove(0);
    let platform = Platform {
        organization,
        service,
    };
    let service = sitting.ask(&ReadService(&platform)).expect("a service");
    assert!(service.offer().has_connectors());
    let chosen = Chosen {
        platform: platform.clone(),
        service,
    };
    wizard = wizard.on(Event::PlatformChosen(chosen));

    let form = ConnectorForm {
        display_name: "Newsletter".into(),
        smart_host: "smtp.example.com".into(),
        user: "apikey".into(),
        password: "pass word".into(),
        ..ConnectorForm::default()
    };
    let job = sitting.add(&form, &platform);
    let Stage::Ready(connector) = job.stage() else {
        panic!("{job:?}")
    };
    wizard = wizard.on(Event::ConnectorReady((**connector).clone()));
    assert_eq!(wizard.screen(), Screen::Ready);

    let addresses = sitting.ask(&ListAccounts(&platform)).expect("a list");
    let goals = addresses.into_iter().map(|address| Goal {
        address,
        wanted: 29,
    });
    let job = Assigning::new(goals, Pace::default(), 1);
    wizard = wizard.on(Event::JobPlanned).on(Event::JobBegan);
    let job = sitting.attach(job, &platform);
    let item = &job.items()[0];
    assert_eq!(item.state, State::Confirmed);
    wizard = wizard.on(Event::JobRested {
        settled: vec![(item.address.to_string(), item.wanted)],
        has_ended: job.is_finished(),
    });
    assert_eq!(wizard.attached(), ["newsletter@mydomain.ovh"]);

    let calls = sitting.desk.calls.borrow();
    let changing = calls
        .iter()
        .filter(|call| !call.starts_with(Method::Get.as_str()));
    let expected = [
        "POST …/sendConnector",
        "PUT …/account/newsletter@mydomain.ovh",
    ];
    assert_eq!(changing.collect::<Vec<_>>(), expected);
    let times = calls.iter().filter(|call| *call == "GET /auth/time");
    assert_eq!(times.count(), 1);
}
