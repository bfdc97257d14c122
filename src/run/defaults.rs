//! The connectors that new addresses begin with, domain by domain: the list is read, then each
//! domain, one call at a time.

use super::{Next, due, pause};
use crate::ovh::Error;
use crate::ovh::exchange::Domain;

/// Calls that follow each other without a pause, and the pause between later ones in milliseconds:
/// sixty a minute are safe.
const AT_ONCE: u32 = 10;
const BETWEEN: u64 = 1_000;
/// Failures one after the other before a reading is left.
const FAILURES: u32 = 4;

/// The domains of a platform and what is known of each.
#[derive(Clone, Debug, Default)]
pub struct Defaults {
    domains: Option<Vec<(String, Known)>>,
    problem: Option<Error>,
    calls: u32,
    failed: u32,
    next_at: u64,
}

/// What is known of one domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    NotYet,
    Read(Domain),
    Unreadable(Error),
}

/// What to ask next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    List,
    /// The domain at this place of [`Defaults::domains`].
    Read(usize),
}

impl Defaults {
    /// The domains in OVHcloud's order; empty until the list was read.
    pub fn domains(&self) -> &[(String, Known)] {
        self.domains.as_deref().unwrap_or_default()
    }

    /// Why the list could not be read.
    pub fn problem(&self) -> Option<&Error> {
        self.problem.as_ref()
    }

    /// The domains that begin with this connector.
    pub fn using(&self, connector: u64) -> impl Iterator<Item = &str> {
        self.domains().iter().filter_map(move |(name, known)| {
            let is_used =
                matches!(known, Known::Read(domain) if domain.connector() == Some(connector));
            is_used.then_some(name.as_str())
        })
    }

    /// Whether every domain is known: only then has a connector no others that depend on it.
    pub fn are_known(&self) -> bool {
        let read = |(_, known): &(String, Known)| matches!(known, Known::Read(_));
        self.domains
            .as_ref()
            .is_some_and(|all| all.iter().all(read))
    }

    /// What to do at `now`.
    pub fn next(&mut self, now: u64) -> Next<Question> {
        let question = match &self.domains {
            None if self.problem.is_some() => return Next::Finished,
            None => Question::List,
            Some(domains) => {
                let not_yet = |(_, known): &(String, Known)| *known == Known::NotYet;
                match domains.iter().position(not_yet) {
                    Some(place) => Question::Read(place),
                    None => return Next::Finished,
                }
            }
        };
        if now < due(self.next_at, now) {
            let until = self.next_at;
            return Next::Wait { until };
        }
        Next::Send(question)
    }

    /// Takes in the list, in an answer that came at `now`.
    pub fn listed(&mut self, now: u64, answer: Result<Vec<String>, Error>) {
        match answer {
            Ok(names) => {
                let all = names.into_iter().map(|name| (name, Known::NotYet));
                self.domains = Some(all.collect());
                self.count(now);
            }
            Err(error) => {
                if self.is_hopeless(now, &error) {
                    self.problem = Some(error);
                }
            }
        }
    }

    /// Takes in a domain, in an answer that came at `now`.
    pub fn read(&mut self, now: u64, place: usize, answer: Result<Domain, Error>) {
        let known = match answer {
            Ok(domain) => {
                self.count(now);
                Known::Read(domain)
            }
            Err(error) if self.is_hopeless(now, &error) => {
                self.count(now);
                Known::Unreadable(error)
            }
            Err(_) => return,
        };
        let domains = self.domains.as_mut();
        if let Some(domain) = domains.and_then(|domains| domains.get_mut(place)) {
            domain.1 = known;
        }
    }

    fn count(&mut self, now: u64) {
        self.failed = 0;
        self.calls += 1;
        self.next_at = now + if self.calls < AT_ONCE { 0 } else { BETWEEN };
    }

    fn is_hopeless(&mut self, now: u64, error: &Error) -> bool {
        self.failed += 1;
        self.next_at = now + pause(self.failed);
        !error.may_pass() || self.failed >= FAILURES
    }
}

#[cfg(test)]
mod tests {
    use super::{Defaults, Known, Question};
    use crate::ovh::Error;
    use crate::ovh::exchange::Domain;
    use crate::run::Next;

    fn domain(default: u64) -> Domain {
        Domain {
            send_connector_id_default: Some(default),
            ..Domain::default()
        }
    }

    /// Reads to the end; the calls and the milliseconds that took.
    fn survey(
        defaults: &mut Defaults,
        names: usize,
        answer: impl Fn(usize, u32) -> Result<Domain, Error>,
    ) -> (u32, u64) {
        let (mut now, mut calls) = (0, 0);
        for _ in 0..5_000 {
            match defaults.next(now) {
                Next::Finished => return (calls, now),
                Next::Wait { until } => now = until,
                Next::Send(question) => {
                    calls += 1;
                    match question {
                        Question::List => {
                            let names = (0..names).map(|place| format!("{place}.ovh"));
                            defaults.listed(now, Ok(names.collect()));
                        }
                        Question::Read(place) => defaults.read(now, place, answer(place, calls)),
                    }
                }
            }
        }
        panic!("no end: {defaults:?}");
    }

    #[test]
    fn tells_which_domains_begin_with_a_connector() {
        let mut defaults = Defaults::default();
        assert!(!defaults.are_known());
        let (calls, took) = survey(&mut defaults, 5, |place, _| {
            Ok(domain([29, 0, 31, 29, 0][place]))
        });
        assert_eq!((calls, took), (6, 0));
        assert!(defaults.are_known());
        assert_eq!(defaults.using(29).collect::<Vec<_>>(), ["0.ovh", "3.ovh"]);
        assert_eq!(defaults.using(7).count(), 0);
    }

    #[test]
    fn many_domains_are_read_at_the_safe_pace() {
        let (calls, took) = survey(&mut Defaults::default(), 100, |_, _| Ok(domain(0)));
        assert_eq!(calls, 101);
        assert!((85_000..100_000).contains(&took), "{took}");
    }

    #[test]
    fn what_cannot_be_read_is_said_and_stops_nothing() {
        let right = || Error::RightMissing {
            method: "GET".into(),
            path: "/domain/1.ovh".into(),
        };
        let unavailable = || Error::Unavailable { status: 503 };
        let mut defaults = Defaults::default();
        survey(&mut defaults, 4, |place, calls| match place {
            1 => Err(right()),
            2 => Err(unavailable()),
            3 if calls % 2 == 0 => Err(unavailable()),
            _ => Ok(domain(29)),
        });
        let known: Vec<&Known> = defaults.domains().iter().map(|(_, known)| known).collect();
        assert_eq!(known[1], &Known::Unreadable(right()));
        assert_eq!(known[2], &Known::Unreadable(unavailable()));
        assert_eq!(defaults.using(29).collect::<Vec<_>>(), ["0.ovh", "3.ovh"]);
        assert!(!defaults.are_known());
        let mut defaults = Defaults::default();
        assert_eq!(defaults.next(0), Next::Send(Question::List));
        defaults.listed(0, Err(right()));
        assert_eq!(defaults.next(0), Next::Finished);
        assert_eq!(defaults.problem(), Some(&right()));
        assert!(!defaults.are_known());
    }
}
