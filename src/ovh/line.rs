//! Whether calls get through at the moment, by what became of those before them.

use super::{NoAnswer, Response};

/// For so many seconds an answer shows that the network is there and that the browser hands answers
/// over.
const FRESH: u64 = 10;
/// More calls in a row without an answer are hardly all lost by chance.
const BY_CHANCE: u32 = 2;

/// The line that many calls take, one after the other or a few at once: where one of them gets no
/// answer and others do, nobody has to be asked why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Line {
    answered_at: Option<u64>,
    /// Calls in a row without an answer.
    silences: u32,
}

impl Line {
    /// Takes in what became of a call at a time of this computer's clock, in seconds. An answer that
    /// is missing among others is [`NoAnswer::Lost`].
    ///
    /// # Errors
    /// As it is told.
    pub fn heard(
        &mut self,
        now: u64,
        answer: Result<Response, NoAnswer>,
    ) -> Result<Response, NoAnswer> {
        match answer {
            Ok(_) => {
                (self.answered_at, self.silences) = (Some(now), 0);
                answer
            }
            Err(NoAnswer::Silence) => {
                self.silences = self.silences.saturating_add(1);
                let is_lost = self.silences <= BY_CHANCE && self.was_answered_lately(now);
                Err(if is_lost {
                    NoAnswer::Lost
                } else {
                    NoAnswer::Silence
                })
            }
            Err(NoAnswer::Lost | NoAnswer::Forbidden) => answer,
        }
    }

    /// A clock that was set back says nothing.
    fn was_answered_lately(&self, now: u64) -> bool {
        let since = self.answered_at.and_then(|at| now.checked_sub(at));
        since.is_some_and(|since| since <= FRESH)
    }
}

#[cfg(test)]
mod tests {
    use super::Line;
    use crate::ovh::{NoAnswer, Response};

    /// What becomes of calls, each after so many seconds: `a` for an answer, `.` for none. Said of
    /// each without one: `l` for a lost answer, `?` where it has to be asked why.
    fn check(calls: &str, after: u64, expected: &str) {
        let (mut line, mut now) = (Line::default(), 1_000);
        let tell = |call| {
            now += after;
            let answer = match call {
                'a' => Ok(Response::default()),
                _ => Err(NoAnswer::Silence),
            };
            match line.heard(now, answer) {
                Ok(_) => 'a',
                Err(NoAnswer::Lost) => 'l',
                Err(NoAnswer::Silence) => '?',
                Err(NoAnswer::Forbidden) => 'f',
            }
        };
        assert_eq!(calls.chars().map(tell).collect::<String>(), expected);
    }

    #[test]
    fn an_answer_that_is_missing_among_others_is_lost() {
        check("a.a..aa.", 1, "alallaal");
        check("a.", 10, "al");
    }

    #[test]
    fn before_any_answer_and_long_after_one_nobody_knows() {
        check("..a", 1, "??a");
        check("a.", 11, "a?");
    }

    #[test]
    fn several_in_a_row_are_not_lost_by_chance() {
        check("a.....a.", 1, "all???al");
        check("aaaaaa...", 0, "aaaaaall?");
    }

    #[test]
    fn a_clock_that_was_set_back_tells_nothing() {
        let mut line = Line::default();
        assert!(line.heard(1_000, Ok(Response::default())).is_ok());
        let silence = Err(NoAnswer::Silence);
        assert_eq!(line.heard(900, silence.clone()), silence);
        assert_eq!(line.heard(1_001, silence), Err(NoAnswer::Lost));
    }

    #[test]
    fn what_the_page_forbids_itself_is_told_as_it_is() {
        let mut line = Line::default();
        assert!(line.heard(1_000, Ok(Response::default())).is_ok());
        let forbidden = Err(NoAnswer::Forbidden);
        assert_eq!(line.heard(1_001, forbidden.clone()), forbidden);
    }
}
