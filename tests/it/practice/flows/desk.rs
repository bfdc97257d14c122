//! Somebody at work on one platform of the practice OVHcloud: nothing is faked but the time, which both
//! sides are told.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use send_connector_wizard::config;
use send_connector_wizard::ovh::exchange::{
    ChangeAccount, ChangeAuthentication, Domain, ListConnectors, Platform, ReadAccount,
    ReadConnector, ReadDomain, SendConnector,
};
use send_connector_wizard::ovh::{
    Call, Clock, Endpoint, Error, Keys, NoAnswer, Request, Response, Signed, Signing,
    answer_on_time,
};
use send_connector_wizard::run::Next;
use send_connector_wizard::run::assigning::{self, Assigning, Counts, Goal};
use send_connector_wizard::run::changing::{Changing, Heard, Stage, Wish};
use send_connector_wizard::run::pace::Pace;
use send_connector_wizard::wizard::connector_form::ConnectorForm;

use super::super::client::Client;
use super::super::page;
use super::super::server::{self, Options, Practice, start};
use super::{DOMAIN, PASSWORD};

/// Somebody at work on one platform of the practice OVHcloud.
pub struct Desk {
    pub practice: Practice,
    pub platform: Platform,
    endpoint: Endpoint,
    pub keys: Keys,
    clock: Cell<Clock>,
    /// This computer's time in milliseconds, which nobody has set right.
    pub now: Cell<u64>,
    /// What was sent that changes something, `METHOD path body` each.
    pub changes: RefCell<Vec<String>>,
}

impl Desk {
    pub async fn new() -> Self {
        Self::with_key(server::CONSUMER).await
    }

    pub async fn with_key(consumer: &str) -> Self {
        let options = Options {
            pace: 0,
            task_time: Duration::from_secs(3),
            ..Options::default()
        };
        let practice = start(options).await.expect("a free port");
        let endpoint = page::endpoint(&practice);
        Self {
            practice,
            platform: page::platform(),
            endpoint,
            keys: page::keys(server::APPLICATION, server::SECRET, consumer),
            clock: Cell::default(),
            now: Cell::new(1_700_000_000_000),
            changes: RefCell::default(),
        }
    }

    fn send(&self, signed: &Signed) -> Result<Response, NoAnswer> {
        if signed.method.as_str() != "GET" {
            let below = "/1.0/email/exchange/private-zz111111-1/service/private-zz111111-1";
            let path = page::target(signed).replace(below, "…");
            let change = format!("{} {path} {}", signed.method.as_str(), signed.body);
            self.changes.borrow_mut().push(change);
        }
        page::send(&Client::new(&self.practice), signed)
    }

    pub fn answer(&self, request: Request) -> Result<serde_json::Value, Error> {
        let local = || self.now.get() / 1_000;
        let send = async |signed: Signed| self.send(&signed);
        let (clock, signing) = (&self.clock, Signing::Full);
        let answer = answer_on_time(
            &self.endpoint,
            &self.keys,
            clock,
            &local,
            request,
            signing,
            &send,
        );
        page::at_once(answer)
    }

    pub fn ask<C: Call>(&self, call: &C) -> Result<C::Output, Error> {
        let answer = self.answer(call.request())?;
        C::read(&answer).ok_or(Error::Unreadable)
    }

    pub fn wait(&self, until: u64) {
        let time = until - self.now.get();
        self.practice.pass(Duration::from_millis(time));
        self.now.set(until);
    }

    /// Carries a job to its end; each stage is stored and shows no password.
    pub fn carry(
        &self,
        mut job: Changing,
        authentication: Option<&ChangeAuthentication>,
    ) -> Changing {
        for _ in 0..500 {
            let kept = job.to_json().to_string();
            assert!(!kept.contains("hush-7f3a"), "{kept}");
            match job.next(self.now.get()) {
                Next::Finished => return job,
                Next::Wait { until } => self.wait(until),
                Next::Send(question) => {
                    let request = question.request(job.wish(), &self.platform, authentication);
                    let answer = self.answer(request.expect("a request"));
                    let heard: Heard = question.heard(job.wish(), answer);
                    job.heard(self.now.get(), heard);
                }
            }
        }
        panic!("no end: {job:?}");
    }

    pub fn change(&self, wish: Wish) -> Stage {
        self.carry(Changing::new(wish), None).stage().clone()
    }

    /// A new connector with this name.
    pub fn added(&self, name: &str) -> SendConnector {
        let form = ConnectorForm {
            smart_host: "smtp.example.com".into(),
            display_name: name.into(),
            user: "apikey".into(),
            password: PASSWORD.into(),
            ..ConnectorForm::starting_from(&config::ConnectorDefaults::default())
        };
        let valid = form.validate(&self.platform, &[]).expect("a valid form");
        let _ = self.ask(&valid);
        self.wait(self.now.get() + 3_000);
        let ids = self.ask(&ListConnectors(&self.platform)).expect("a list");
        self.changes.borrow_mut().clear();
        self.connector(*ids.last().expect("an id")).expect("it")
    }

    pub fn connector(&self, id: u64) -> Result<SendConnector, Error> {
        let platform = &self.platform;
        self.ask(&ReadConnector { platform, id })
    }

    pub fn domain(&self) -> Domain {
        let (platform, name) = (&self.platform, DOMAIN);
        self.ask(&ReadDomain { platform, name }).expect("a domain")
    }

    pub fn attached(&self, address: &str) -> Option<u64> {
        let platform = &self.platform;
        let account = self.ask(&ReadAccount { platform, address });
        account.expect("an account").connector()
    }

    /// Sets the connector of one address, 0 for none.
    pub fn assign(&self, address: &str, wanted: u64) -> Counts {
        let goal = Goal {
            address: address.into(),
            wanted,
        };
        let mut job = Assigning::new([goal], Pace::default(), 1);
        for _ in 0..500 {
            match job.next(self.now.get()) {
                Next::Finished => return job.counts(),
                Next::Wait { until } => self.wait(until),
                Next::Send(assigning::Question::Read { index }) => {
                    let platform = &self.platform;
                    let answer = self.ask(&ReadAccount { platform, address });
                    job.read(self.now.get(), index, answer);
                }
                Next::Send(assigning::Question::Write { index, filters }) => {
                    let answer = self.ask(&ChangeAccount {
                        platform: &self.platform,
                        address,
                        connector: wanted,
                        filters,
                    });
                    job.written(self.now.get(), index, answer);
                }
            }
        }
        panic!("no end: {job:?}");
    }

    pub fn sent(&self) -> Vec<String> {
        std::mem::take(&mut *self.changes.borrow_mut())
    }
}
