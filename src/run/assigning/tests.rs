use super::{Assigning, Doubt, Failure, Goal, IN_FLIGHT, Pace, Question, State};
use crate::ovh::Error;
use crate::ovh::exchange::Account;
use crate::run::Next;
use world::{TARGET, filters, refused};

const BEGIN: u64 = 1_000_000;
const MINUTE: u64 = 60_000;

fn goals(count: usize) -> impl Iterator<Item = Goal> {
    (0..count).map(|index| Goal {
        address: format!("a{index}@x.org"),
        wanted: TARGET,
    })
}

/// A job without a limit to its pace.
fn job(count: usize) -> Assigning {
    Assigning::new(goals(count), Pace::per_minute(0), 1)
}

fn account(connector: u64, task: u64) -> Account {
    Account {
        send_connector_id: Some(connector),
        task_pending_id: Some(task),
        spam_and_virus_configuration: filters(false),
        ..Account::default()
    }
}

fn in_use() -> Error {
    let words = String::from("later");
    Error::InUse { words }
}

fn too_fast(retry_after: Option<u32>) -> Error {
    Error::TooFast { retry_after }
}

fn failed(error: Error) -> State {
    State::Failed(Failure::Answer(Box::new(error)))
}

/// The next question, however long it takes.
#[track_caller]
fn asked(job: &mut Assigning, now: &mut u64) -> Question {
    for _ in 0..1_000 {
        match job.next(*now) {
            Next::Send(question) => return question,
            Next::Wait { until } => *now = until,
            Next::Finished => panic!("nothing to ask: {job:?}"),
        }
    }
    panic!("waits for ever: {job:?}")
}

/// What is heard about the only address, in order.
#[derive(Clone, Debug)]
enum Heard {
    Read(Result<Account, Error>),
    Written(Result<(), Error>),
}
use Heard::{Read, Written};

fn shows(connector: u64, task: u64) -> Heard {
    Read(Ok(account(connector, task)))
}

/// The job over one address after these answers; says what was asked: `r`, `w`, or `W` for a
/// change with filters.
#[track_caller]
fn after(answers: impl IntoIterator<Item = Heard>) -> (Assigning, String) {
    let (mut job, mut now, mut questions) = (job(1), BEGIN, String::new());
    for answer in answers {
        match (asked(&mut job, &mut now), answer) {
            (Question::Read { index }, Read(answer)) => {
                questions.push('r');
                job.read(now, index, answer);
            }
            (Question::Write { index, filters }, Written(answer)) => {
                questions.push(if filters.is_some() { 'W' } else { 'w' });
                job.written(now, index, answer);
            }
            (question, answer) => panic!("{question:?} {answer:?} after {questions}"),
        }
    }
    (job, questions)
}

#[track_caller]
fn check(answers: &[Heard], questions: &str, expected: &State) -> Assigning {
    let (job, asked) = after(answers.iter().cloned());
    assert_eq!(asked, questions);
    assert_eq!(&job.items()[0].state, expected);
    assert_eq!(job.is_finished(), expected.is_end());
    job
}

mod course;
mod halts;
mod ledger;
mod simulation;
mod stages;
mod steps;
mod world;
