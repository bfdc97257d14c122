//! The job over many addresses, as the page carries it: over real connections, six at a time, stored
//! before each step. Only its waits are not waited for: the work of this practice OVHcloud takes no
//! time.

#[path = "assigning/midway.rs"]
mod midway;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::pin::pin;
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use send_connector_wizard::ovh::exchange::{Account, ChangeAccount, Platform, ReadAccount};
use send_connector_wizard::ovh::keys::{ApplicationKey, ConsumerKey, Secret};
use send_connector_wizard::ovh::{
    Call, Endpoint, Error, Keys, Line, NoAnswer, Response, Signed, ask, seconds_to_wait,
};
use send_connector_wizard::run::Next;
use send_connector_wizard::run::assigning::{
    Assigning, Failure, Goal, Pace, Place, Question, State,
};
use serde_json::json;

use super::client::{self, Client};
use super::server::{
    APPLICATION, CONSUMER, LOST, Options, Practice, SECRET, STRICT, STUCK, SUSPENDED, start,
};
use super::{PRIVATE, account};

const BEGIN: u64 = 1_700_000_000_000;
const MINUTE: u64 = 60_000;

/// What was sent and what came back, by path: method and status, 0 for no answer.
type Journal = BTreeMap<String, Vec<(String, u16)>>;

/// Whoever carries the job: it alone knows the wire, the keys and the store.
struct Carrier<'a> {
    practice: &'a Practice,
    client: Client<'a>,
    job: Assigning,
    store: BTreeMap<Place, String>,
    journal: Journal,
    now: u64,
    line: Mutex<Line>,
    wire: Wire,
    /// The answers to the call with this number, and to those that are out with it, are never
    /// heard.
    breaks_at: usize,
    calls: usize,
    /// By the clock, in seconds.
    begun: i64,
}

/// What gets through.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wire {
    Whole,
    Cut,
    /// All, but the browser withholds the answers to signed calls.
    Withheld,
}

/// What came back for a question.
enum Heard {
    Read(usize, Result<Account, Error>),
    Written(usize, Result<(), Error>),
}

async fn practice(accounts: usize) -> Practice {
    let options = Options {
        pace: 0,
        accounts,
        task_time: Duration::ZERO,
        slow_time: Duration::from_millis(5),
        ..Options::default()
    };
    start(options).await.expect("a free port")
}

fn platform() -> Platform {
    Platform {
        organization: "private-zz111111-1".into(),
        service: "private-zz111111-1".into(),
    }
}

fn keys() -> Keys {
    Keys {
        application: ApplicationKey(APPLICATION.into()),
        secret: Secret::new(SECRET.into()),
        consumer: ConsumerKey::new(CONSUMER.into()),
    }
}

/// Adds a connector, and says its id.
fn add_connector(client: &Client, name: &str) -> u64 {
    let list = format!("{PRIVATE}/sendConnector");
    let body = json!({ "displayName": name, "smartHost": "smtp-relay.example.com" });
    client.call("POST", &list, Some(body));
    let ids = client.call("GET", &list, None).json();
    let ids = ids.as_array().expect("a list");
    let newest = ids.iter().filter_map(serde_json::Value::as_u64).max();
    newest.expect("a connector")
}

/// The addresses that can have a connector.
fn addresses(client: &Client) -> Vec<String> {
    let list = client
        .call("GET", &format!("{PRIVATE}/account"), None)
        .json();
    let list = list.as_array().expect("a list").iter();
    let addresses = list.filter_map(|address| address.as_str());
    let named = addresses.filter(|address| !address.ends_with("@configureme.me"));
    named.map(ToOwned::to_owned).collect()
}

fn goals(addresses: &[String], wanted: u64) -> Vec<Goal> {
    let goal = |address: &String| Goal {
        address: address.clone(),
        wanted,
    };
    addresses.iter().map(goal).collect()
}

impl<'a> Carrier<'a> {
    fn new(practice: &'a Practice, goals: Vec<Goal>) -> Self {
        Self {
            practice,
            client: Client::new(practice),
            job: Assigning::new(goals, Pace::per_minute(0), 7),
            store: BTreeMap::new(),
            journal: Journal::new(),
            now: BEGIN,
            line: Mutex::default(),
            wire: Wire::Whole,
            breaks_at: usize::MAX,
            calls: 0,
            begun: client::now(),
        }
    }

    /// The same wire and time with another job.
    fn with(self, goals: Vec<Goal>) -> Self {
        let (practice, now) = (self.practice, self.now);
        let mut next = Self::new(practice, goals);
        (next.now, next.journal) = (now, self.journal);
        next
    }

    /// To the end, or to where the job stands still.
    fn carry(&mut self) {
        self.carry_until(usize::MAX);
    }

    /// The same, but no further than so many calls, all of them answered.
    fn carry_until(&mut self, calls: usize) {
        while self.calls < calls {
            let mut questions = Vec::new();
            let wait = loop {
                let next = self.job.next(self.now);
                for piece in self.job.take_dirty() {
                    self.store.insert(piece.place, piece.text);
                }
                match next {
                    Next::Send(question) => questions.push(question),
                    Next::Wait { until } => break Some(until),
                    Next::Finished => break None,
                }
            };
            match wait {
                _ if !questions.is_empty() => self.ask_all(&questions),
                Some(until) => self.now = until,
                None => return,
            }
            assert!(
                self.now < BEGIN + 600 * MINUTE,
                "no end: {:?}",
                self.job.counts()
            );
        }
    }

    fn ask_all(&mut self, questions: &[Question]) {
        let (before, after) = (self.calls, self.calls + questions.len());
        let heard: Vec<_> = std::thread::scope(|scope| {
            let carrier = &*self;
            let asking = |question| scope.spawn(move || carrier.ask_one(question));
            let asked: Vec<_> = questions.iter().map(asking).collect();
            let heard = asked
                .into_iter()
                .map(|asked| asked.join().expect("an answer"));
            heard.collect()
        });
        (self.calls, self.now) = (after, self.now + 50);
        for (journal, answer) in heard {
            for (path, entries) in journal {
                self.journal.entry(path).or_default().extend(entries);
            }
            match answer {
                _ if (before..after).contains(&self.breaks_at) => {}
                Heard::Read(index, answer) => self.job.read(self.now, index, answer),
                Heard::Written(index, answer) => self.job.written(self.now, index, answer),
            }
        }
        if (before..after).contains(&self.breaks_at) {
            self.job = self.stored();
        }
    }

    /// The job as it would be after a reload.
    fn stored(&self) -> Assigning {
        let chunk = |number| self.store.get(&Place::Chunk(number)).cloned();
        Assigning::from_pieces(&self.store[&Place::Head], chunk).expect("a whole job")
    }

    fn ask_one(&self, question: &Question) -> (Journal, Heard) {
        let platform = &platform();
        match question {
            Question::Read { index } => {
                let address = &self.job.items()[*index].address;
                let (journal, answer) = self.call(&ReadAccount { platform, address });
                (journal, Heard::Read(*index, answer))
            }
            Question::Write { index, filters } => {
                let item = &self.job.items()[*index];
                let (journal, answer) = self.call(&ChangeAccount {
                    platform,
                    address: &item.address,
                    connector: item.wanted,
                    filters: filters.clone(),
                });
                (journal, Heard::Written(*index, answer))
            }
        }
    }

    fn call<C: Call>(&self, call: &C) -> (Journal, Result<C::Output, Error>) {
        let address = format!("{}/1.0", self.practice.address());
        let endpoint = Endpoint {
            name: "Practice".into(),
            address: address.clone(),
            through: None,
            keys_page: None,
            app_page: None,
        };
        let journal = RefCell::new(Journal::new());
        let send = async |signed: Signed| {
            let answer = self.send(&signed);
            let path = signed.url.strip_prefix(&address).expect("its address");
            let status = answer.as_ref().map_or(0, |answer| answer.status);
            let entry = (signed.method.as_str().to_owned(), status);
            let mut journal = journal.borrow_mut();
            let entries = journal.entry(format!("/1.0{path}")).or_default();
            entries.push(entry);
            if signed.is_probe {
                return answer;
            }
            let mut line = self.line.lock().expect("one at a time");
            line.heard(self.now / 1_000, answer)
        };
        // The waits take no time, so a change that is sent again would be signed like the first,
        // which is how a repetition by the browser is known.
        let path = format!("/1.0{}", call.request().path);
        let earlier = self.journal.get(&path).map_or(0, Vec::len);
        let now = u64::try_from(self.begun).expect("a time after 1970") + earlier as u64;
        let keys = keys();
        let answer = pin!(ask(&endpoint, &keys, now, call, send));
        match answer.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(answer) => (journal.take(), answer),
            Poll::Pending => panic!("the wire is waited for"),
        }
    }

    fn send(&self, signed: &Signed) -> Result<Response, NoAnswer> {
        match self.wire {
            Wire::Cut => return Err(NoAnswer::Silence),
            Wire::Withheld if !signed.is_probe => return Err(NoAnswer::Silence),
            Wire::Whole | Wire::Withheld => {}
        }
        let (_, target) = signed.url.split_once("//").expect("an address");
        let (_, target) = target.split_once('/').expect("a path");
        let headers = signed.headers.iter();
        let headers: Vec<_> = headers
            .map(|(name, value)| format!("{name}: {value}\r\n"))
            .collect();
        let method = signed.method.as_str();
        let target = format!("/{target}");
        let wire = self
            .client
            .wire(method, &target, &headers.concat(), &signed.body);
        let reply = self.client.exchange(&wire).ok_or(NoAnswer::Silence)?;
        Ok(Response {
            status: reply.status,
            retry_after: reply.header("retry-after").and_then(seconds_to_wait),
            body: reply.body,
        })
    }

    /// How many calls got no answer since then, and how often it was asked why.
    fn silences(&self, from: usize) -> (usize, usize) {
        let log = self.practice.log().split_off(from);
        let unanswered = log.iter().filter(|entry| entry.status == 0).count();
        let probes = log.iter().filter(|entry| entry.path == "/1.0/auth/time");
        (unanswered, probes.count())
    }

    /// Each address's calls as the practice OVHcloud has logged them are those that were sent.
    fn check_log(&self, from: usize) {
        let mut logged = Journal::new();
        for entry in self.practice.log().split_off(from) {
            let entries = logged.entry(entry.path).or_default();
            entries.push((entry.method, entry.status));
        }
        let about_accounts = |journal: &Journal| {
            let paths = journal
                .iter()
                .filter(|(path, _)| path.contains("/account/"));
            paths
                .map(|(path, entries)| (path.clone(), entries.clone()))
                .collect()
        };
        let logged: Journal = about_accounts(&logged);
        let journal = about_accounts(&self.journal);
        assert!(logged.keys().eq(journal.keys()));
        for (path, entries) in logged {
            assert_eq!(Some(&entries), journal.get(&path), "{path}");
            let changes = entries.iter().filter(|(method, _)| method == "PUT");
            let taken = changes.filter(|(_, status)| *status == 200).count();
            // What reading has shown not to be there, because its task failed, may be sent again.
            let may_repeat = path.ends_with(STUCK);
            assert!(taken <= 1 || may_repeat, "{path} {entries:?}");
        }
    }

    fn state(&self, address: &str) -> &State {
        let mut items = self.job.items().iter();
        let item = items.find(|item| *item.address == *address);
        &item.expect("an address of the job").state
    }
}

/// The connector that the practice OVHcloud has for an address, 0 for none.
fn connector_of(client: &Client, address: &str) -> u64 {
    let account = client.call("GET", &account(address), None).json();
    account["sendConnectorId"].as_u64().unwrap_or(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn three_hundred_addresses_move_and_come_back_through_faults_and_a_reload() {
    let practice = practice(300).await;
    let client = Client::new(&practice);
    let (first, second) = (
        add_connector(&client, "First"),
        add_connector(&client, "Second"),
    );
    let addresses = addresses(&client);
    assert_eq!(addresses.len(), 300);

    // Two hundred have a connector already.
    let mut carrier = Carrier::new(&practice, goals(&addresses[..200], first));
    carrier.carry();
    let former: Vec<u64> = addresses
        .iter()
        .map(|address| connector_of(&client, address))
        .collect();
    assert!(former.iter().filter(|&&id| id == first).count() > 190);

    practice.set_faults(Some(7));
    let log = practice.log().len();
    let mut carrier = Carrier::new(&practice, goals(&addresses, second));
    carrier.breaks_at = 500;
    carrier.carry();
    assert!(carrier.job.is_finished(), "{:?}", carrier.job.halted());
    carrier.check_log(log);
    let (unanswered, probes) = carrier.silences(log);
    // Only where several in a row are missing is it asked why.
    assert!(
        unanswered > 20 && probes * 10 <= unanswered,
        "{unanswered} {probes}"
    );
    practice.set_faults(None);

    let failed = |state: &State| matches!(state, State::Failed(_));
    for (place, address) in addresses.iter().enumerate() {
        let expected = match address.as_str() {
            STUCK | SUSPENDED => former[place],
            _ => second,
        };
        let state = carrier.state(address);
        assert_eq!(
            connector_of(&client, address),
            expected,
            "{address} {state:?}"
        );
        assert_eq!(failed(state), expected != second, "{address} {state:?}");
    }
    let not_taken = State::Failed(Failure::NotTaken);
    assert_eq!(*carrier.state(STUCK), not_taken);
    let items = carrier.job.items();
    let strict = items
        .iter()
        .filter(|item| item.filters_sent)
        .map(|item| &*item.address);
    assert_eq!(strict.collect::<Vec<_>>(), [STRICT]);
    // The answers to its changes are always lost.
    assert_eq!(*carrier.state(LOST), State::Confirmed);
    assert_eq!(carrier.stored().undo(), carrier.job.undo());
    let needed = 3 * carrier.job.counts().confirmed;
    assert!(
        carrier.calls * 100 <= needed * 120,
        "{} {needed}",
        carrier.calls
    );

    practice.set_faults(Some(8));
    let back = carrier.job.undo();
    let log = practice.log().len();
    carrier.journal.clear();
    let mut carrier = carrier.with(back);
    carrier.carry();
    carrier.check_log(log);
    practice.set_faults(None);
    for (address, former) in addresses.iter().zip(former) {
        assert_eq!(connector_of(&client, address), former, "{address}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_stands_still_where_going_on_is_no_use_and_loses_nothing() {
    let practice = practice(60).await;
    let client = Client::new(&practice);
    let connector = add_connector(&client, "Newsletter");
    let mut addresses = addresses(&client);
    addresses.retain(|address| ![STUCK, SUSPENDED, STRICT, LOST].contains(&address.as_str()));

    practice.maintain(true);
    let mut carrier = Carrier::new(&practice, goals(&addresses, connector));
    carrier.carry();
    let maintained = Error::Unavailable { status: 503 };
    assert_eq!(carrier.job.halted(), Some(&maintained));
    assert_eq!(carrier.job.counts().to_read, addresses.len());
    assert!(carrier.calls < 40, "{}", carrier.calls);

    practice.maintain(false);
    practice.vanish(&addresses[3]);
    practice.suspend(&addresses[5], true);
    let path = format!("{PRIVATE}/sendConnector/{connector}");
    client.call("DELETE", &path, None);
    carrier.job.resume(carrier.now);
    carrier.carry();
    assert_eq!(carrier.job.halted(), Some(&Error::NotFound));
    // The two that were hit, and none for the connector's sake.
    assert_eq!(
        (carrier.job.counts().failed, carrier.job.counts().confirmed),
        (2, 0)
    );
    assert!(carrier.calls < 80, "{}", carrier.calls);

    // With a connector that is there, everything goes on, but for what has gone.
    let connector = add_connector(&client, "Newsletter");
    carrier.now += MINUTE;
    let mut carrier = carrier.with(goals(&addresses, connector));
    carrier.carry();
    let counts = carrier.job.counts();
    assert_eq!((counts.confirmed, counts.failed), (addresses.len() - 2, 2));
    let gone = State::Failed(Failure::Answer(Box::new(Error::NotFound)));
    assert_eq!(*carrier.state(&addresses[3]), gone);

    practice.suspend(&addresses[5], false);
    carrier.job.retry_failed();
    carrier.carry();
    assert_eq!(carrier.job.counts().failed, 1);
    assert_eq!(connector_of(&client, &addresses[5]), connector);
}
