//! What each of many has: domains their default, addresses their connector. The list is read, then
//! each by its name, one call at a time, as fast as its [turns](super::turns) come.

use std::collections::BTreeMap;

use super::{Next, due, pause};
use crate::ovh::Error;

/// Failures one after the other before a reading is left.
const FAILURES: u32 = 4;
/// Readings left one after the other, for what may pass, before the census is.
const LEFT: u32 = 3;

/// All of a kind, and what is known of each.
#[derive(Clone, Debug)]
pub struct Census<T> {
    all: Option<Vec<(String, Known<T>)>>,
    problem: Option<Error>,
    /// Those before this place are through.
    place: usize,
    failed: u32,
    left: u32,
    next_at: u64,
}

/// What is known of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known<T> {
    NotYet,
    Read(T),
    Unreadable(Error),
}

/// What to ask next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    List,
    /// The one at this place of [`Census::all`].
    Read(usize),
}

impl<T> Default for Census<T> {
    /// Nothing is known yet.
    fn default() -> Self {
        Self {
            all: None,
            problem: None,
            place: 0,
            failed: 0,
            left: 0,
            next_at: 0,
        }
    }
}

impl<T> Census<T> {
    /// All in OVHcloud's order; empty until the list was read.
    pub fn all(&self) -> &[(String, Known<T>)] {
        self.all.as_deref().unwrap_or_default()
    }

    /// Whether the list was read.
    pub fn has_list(&self) -> bool {
        self.all.is_some()
    }

    /// Why the list could not be read, or not gone through.
    pub fn problem(&self) -> Option<&Error> {
        self.problem.as_ref()
    }

    /// The names of those of which this is known.
    pub fn those(&self, fit: impl Fn(&T) -> bool) -> impl Iterator<Item = &str> {
        self.all()
            .iter()
            .filter_map(move |(name, known)| match known {
                Known::Read(read) if fit(read) => Some(name.as_str()),
                _ => None,
            })
    }

    /// How many were asked for, whatever the answer.
    pub fn asked(&self) -> usize {
        self.place
    }

    /// Of how many, among those that were asked for, nothing is known.
    pub fn unread(&self) -> usize {
        let asked = self.all().iter().take(self.place);
        let unknown = asked.filter(|(_, known)| !matches!(known, Known::Read(_)));
        unknown.count()
    }

    /// Whether nothing is left to ask.
    pub fn is_through(&self) -> bool {
        self.problem.is_some() || self.all.as_ref().is_some_and(|all| self.place >= all.len())
    }

    /// Whether everything is known: only then does nothing else fit.
    pub fn is_whole(&self) -> bool {
        let read = |(_, known): &(String, Known<T>)| matches!(known, Known::Read(_));
        self.all.as_ref().is_some_and(|all| all.iter().all(read))
    }

    /// What to do at `now`.
    pub fn next(&mut self, now: u64) -> Next<Question> {
        let question = match &self.all {
            _ if self.is_through() => return Next::Finished,
            None => Question::List,
            Some(_) => Question::Read(self.place),
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
                self.all = Some(all.collect());
                self.failed = 0;
            }
            Err(error) => {
                if self.is_hopeless(now, &error) {
                    self.problem = Some(error);
                }
            }
        }
    }

    /// Takes in what one has, in an answer that came at `now`. An error that every other would meet
    /// ends the census.
    pub fn read(&mut self, now: u64, place: usize, answer: Result<T, Error>) {
        let known = match answer {
            Ok(read) => Known::Read(read),
            Err(error) if self.would_meet_all(&error) => {
                self.problem = Some(error);
                return;
            }
            Err(error) if !self.is_hopeless(now, &error) => return,
            Err(error @ Error::TooFast { .. }) => {
                self.problem = Some(error);
                return;
            }
            Err(error) => Known::Unreadable(error),
        };
        self.left = match &known {
            Known::Unreadable(error) if error.may_pass() => self.left + 1,
            _ => 0,
        };
        if let Known::Unreadable(error) = &known
            && self.left >= LEFT
        {
            self.problem = Some(error.clone());
            return;
        }
        self.failed = 0;
        let all = self.all.as_mut();
        if let Some(one) = all.and_then(|all| all.get_mut(place)) {
            one.1 = known;
            self.place = place + 1;
        }
    }

    /// A right may be missing for one of them; where the first lacks it, they all do.
    fn would_meet_all(&self, error: &Error) -> bool {
        let is_right = matches!(error, Error::RightMissing { .. });
        error.concerns_all_calls() && !(is_right && self.place > 0)
    }

    /// What some have now, as it was read elsewhere; `None` where it may have changed since.
    pub fn correct(&mut self, mut changed: BTreeMap<String, Option<T>>) {
        for (name, known) in self.all.iter_mut().flatten() {
            if let Some(now) = changed.remove(name) {
                *known = now.map_or(Known::NotYet, Known::Read);
            }
        }
    }

    /// Whether something is not known that was left behind: only another census tells.
    pub fn has_doubts(&self) -> bool {
        let mut asked = self.all().iter().take(self.place);
        asked.any(|(_, known)| matches!(known, Known::NotYet))
    }

    fn is_hopeless(&mut self, now: u64, error: &Error) -> bool {
        self.failed += 1;
        let (pause, most) = match error {
            // OVHcloud wants it slower, and whose turn it is tells when: about a minute in all.
            Error::TooFast { .. } => (0, FAILURES + 1),
            _ => (pause(self.failed), FAILURES),
        };
        self.next_at = now + pause;
        !error.may_pass() || error.is_long_rest() || self.failed >= most
    }
}

#[cfg(test)]
mod tests {
    use super::{Census, Known, Question};
    use crate::ovh::Error;
    use crate::run::Next;
    use crate::run::pace::Pace;
    use crate::run::turns::Turns;

    /// Reads to the end, each call in its turn; the calls and the milliseconds that took.
    fn survey(
        census: &mut Census<u64>,
        names: usize,
        answer: impl Fn(usize, u32) -> Result<u64, Error>,
    ) -> (u32, u64) {
        let (mut now, mut calls) = (0, 0);
        let mut turns = Turns::new(Pace::default(), 1);
        for _ in 0..5_000 {
            match census.next(now) {
                Next::Finished => return (calls, now),
                Next::Wait { until } => now = until,
                Next::Send(question) => {
                    if let Some(until) = turns.take(now) {
                        now = until;
                        assert_eq!(turns.take(now), None);
                    }
                    turns.sent(now);
                    calls += 1;
                    match question {
                        Question::List => {
                            let names = (0..names).map(|place| format!("{place}.ovh"));
                            census.listed(now, Ok(names.collect()));
                        }
                        Question::Read(place) => {
                            let answer = answer(place, calls);
                            turns.heard(now, &answer);
                            census.read(now, place, answer);
                        }
                    }
                }
            }
        }
        panic!("no end: {census:?}");
    }

    #[test]
    fn tells_which_have_a_connector() {
        let mut census = Census::default();
        assert!(!census.is_whole());
        let (calls, took) = survey(&mut census, 5, |place, _| Ok([29, 0, 31, 29, 0][place]));
        assert_eq!((calls, took), (6, 0));
        assert!(census.is_whole());
        assert_eq!(
            census.those(|id| *id == 29).collect::<Vec<_>>(),
            ["0.ovh", "3.ovh"]
        );
        assert_eq!(census.those(|id| *id == 7).count(), 0);
    }

    #[test]
    fn many_are_read_at_the_safe_pace() {
        let (calls, took) = survey(&mut Census::default(), 100, |_, _| Ok(0));
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
        let mut census = Census::default();
        survey(&mut census, 4, |place, calls| match place {
            1 => Err(right()),
            2 => Err(unavailable()),
            3 if calls % 2 == 0 => Err(unavailable()),
            _ => Ok(29),
        });
        let known: Vec<&Known<u64>> = census.all().iter().map(|(_, known)| known).collect();
        assert_eq!(known[1], &Known::Unreadable(right()));
        assert_eq!(known[2], &Known::Unreadable(unavailable()));
        assert_eq!(
            census.those(|id| *id == 29).collect::<Vec<_>>(),
            ["0.ovh", "3.ovh"]
        );
        assert!(!census.is_whole());
        let mut census = Census::<u64>::default();
        assert_eq!(census.next(0), Next::Send(Question::List));
        census.listed(0, Err(right()));
        assert_eq!(census.next(0), Next::Finished);
        assert_eq!(census.problem(), Some(&right()));
        assert!(!census.is_whole());
    }

    fn correct(census: &mut Census<u64>, name: &str, now: Option<u64>) {
        census.correct([(name.to_owned(), now)].into());
    }

    #[test]
    fn what_was_changed_since_is_corrected_or_in_doubt() {
        let mut census = Census::default();
        survey(&mut census, 3, |_, _| Ok(29));
        correct(&mut census, "0.ovh", Some(0));
        correct(&mut census, "elsewhere.ovh", Some(29));
        assert!(census.is_whole() && !census.has_doubts());
        let users: Vec<&str> = census.those(|id| *id == 29).collect();
        assert_eq!(users, ["1.ovh", "2.ovh"]);
        correct(&mut census, "1.ovh", None);
        assert!(census.has_doubts() && !census.is_whole());
        assert_eq!(census.unread(), 1);
        assert_eq!(census.those(|id| *id == 29).count(), 1);
        correct(&mut census, "1.ovh", Some(31));
        assert!(census.is_whole() && !census.has_doubts());
        assert_eq!(census.unread(), 0);
        // What is still to be read is no doubt.
        let mut census = Census::default();
        assert_eq!(census.next(0), Next::Send(Question::List));
        census.listed(0, Ok(vec!["0.ovh".into()]));
        correct(&mut census, "0.ovh", None);
        assert!(!census.has_doubts());
    }

    #[test]
    fn keys_that_fail_end_it() {
        let mut census = Census::default();
        survey(&mut census, 4, |place, _| match place {
            2 => Err(Error::ConsumerNotValid),
            _ => Ok(29),
        });
        assert_eq!(census.problem(), Some(&Error::ConsumerNotValid));
        assert!((census.asked(), census.is_whole()) == (2, false));
    }

    #[test]
    fn an_outage_ends_it_before_everything_was_asked_in_vain() {
        let mut census = Census::default();
        let answer = |place, _| {
            if place < 10 {
                Ok(0)
            } else {
                Err(Error::Offline)
            }
        };
        let (calls, took) = survey(&mut census, 500, answer);
        assert_eq!(census.problem(), Some(&Error::Offline));
        assert!(calls < 25 && took < 120_000, "{calls} calls, {took} ms");
    }

    #[test]
    fn a_rest_that_is_too_long_is_told_at_once() {
        let mut census = Census::default();
        let long = Error::TooFast {
            retry_after: Some(600),
        };
        let answer = |place, _| if place < 2 { Ok(0) } else { Err(long.clone()) };
        let (calls, _) = survey(&mut census, 9, answer);
        assert_eq!((calls, census.has_doubts()), (4, false));
        assert_eq!(census.problem(), Some(&long));
    }

    #[test]
    fn what_is_refused_for_its_pace_is_asked_again_more_slowly() {
        let mut census = Census::default();
        let too_fast = Error::TooFast {
            retry_after: Some(30),
        };
        // Refused four times in a row, with the rests that it asked for.
        let answer = |_, calls| {
            if (12..16).contains(&calls) {
                Err(too_fast.clone())
            } else {
                Ok(0)
            }
        };
        let (_, took) = survey(&mut census, 50, answer);
        assert!(census.is_whole(), "{} unread", census.unread());
        assert!(took > 4 * 30_000, "{took}");
    }
}
