//! Whoever carries a job over many addresses as the page does: over real connections, six at a time,
//! stored before each step. Only its waits are not waited for.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Mutex;

use send_connector_wizard::ovh::exchange::{Account, ChangeAccount, ReadAccount};
use send_connector_wizard::ovh::{Call, Error, Line, NoAnswer, Response, Signed, ask};
use send_connector_wizard::run::Next;
use send_connector_wizard::run::assigning::{Assigning, Goal, Place, Question, State};
use send_connector_wizard::run::pace::Pace;

use super::super::client::{self, Client};
use super::super::page;
use super::super::server::{APPLICATION, CONSUMER, Practice, SECRET, STUCK};

const BEGIN: u64 = 1_700_000_000_000;
pub const MINUTE: u64 = 60_000;

/// What was sent and what came back, by path: method and status, 0 for no answer.
pub type Journal = BTreeMap<String, Vec<(String, u16)>>;

/// Whoever carries the job: it alone knows the wire, the keys and the store.
pub struct Carrier<'a> {
    pub practice: &'a Practice,
    pub client: Client<'a>,
    pub job: Assigning,
    pub store: BTreeMap<Place, String>,
    pub journal: Journal,
    pub now: u64,
    line: Mutex<Line>,
    pub wire: Wire,
    /// The answers to the call with this number, and to those that are out with it, are never
    /// heard.
    pub breaks_at: usize,
    pub calls: usize,
    /// By the clock, in seconds.
    begun: i64,
}

/// What gets through.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Wire {
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

impl<'a> Carrier<'a> {
    pub fn new(practice: &'a Practice, goals: Vec<Goal>) -> Self {
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
    pub fn with(self, goals: Vec<Goal>) -> Self {
        let (practice, now) = (self.practice, self.now);
        let mut next = Self::new(practice, goals);
        (next.now, next.journal) = (now, self.journal);
        next
    }

    /// To the end, or to where the job stands still.
    pub fn carry(&mut self) {
        self.carry_until(usize::MAX);
    }

    /// The same, but no further than so many calls, all of them answered.
    pub fn carry_until(&mut self, calls: usize) {
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
    pub fn stored(&self) -> Assigning {
        let chunk = |number| self.store.get(&Place::Chunk(number)).cloned();
        Assigning::from_pieces(&self.store[&Place::Head], chunk).expect("a whole job")
    }

    fn ask_one(&self, question: &Question) -> (Journal, Heard) {
        let platform = &page::platform();
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

    pub fn call<C: Call>(&self, call: &C) -> (Journal, Result<C::Output, Error>) {
        let endpoint = page::endpoint(self.practice);
        let journal = RefCell::new(Journal::new());
        let send = async |signed: Signed| {
            let answer = self.send(&signed);
            let status = answer.as_ref().map_or(0, |answer| answer.status);
            let entry = (signed.method.as_str().to_owned(), status);
            let mut journal = journal.borrow_mut();
            let entries = journal.entry(page::target(&signed).to_owned()).or_default();
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
        let keys = page::keys(APPLICATION, SECRET, CONSUMER);
        let answer = page::at_once(ask(&endpoint, &keys, now, call, send));
        (journal.take(), answer)
    }

    fn send(&self, signed: &Signed) -> Result<Response, NoAnswer> {
        match self.wire {
            Wire::Cut => return Err(NoAnswer::Silence),
            Wire::Withheld if !signed.is_probe => return Err(NoAnswer::Silence),
            Wire::Whole | Wire::Withheld => {}
        }
        page::send(&self.client, signed)
    }

    /// How many calls got no answer since then, and how often it was asked why.
    pub fn silences(&self, from: usize) -> (usize, usize) {
        let log = self.practice.log().split_off(from);
        let unanswered = log.iter().filter(|entry| entry.status == 0).count();
        let probes = log.iter().filter(|entry| entry.path == "/1.0/auth/time");
        (unanswered, probes.count())
    }

    /// Each address's calls as the practice OVHcloud has logged them are those that were sent.
    pub fn check_log(&self, from: usize) {
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

    pub fn state(&self, address: &str) -> &State {
        let mut items = self.job.items().iter();
        let item = items.find(|item| *item.address == *address);
        &item.expect("an address of the job").state
    }
}
