use super::{Attaching, Failure, Question, State};
use crate::json::parse;
use crate::ovh::Error;
use crate::ovh::exchange::{Account, SpamAndVirus};
use crate::run::Next;

const TARGET: u64 = 29;

fn job(count: usize) -> Attaching {
    Attaching::new(TARGET, (0..count).map(|index| format!("a{index}@x.org")))
}

fn account(connector: u64, task: u64) -> Account {
    Account {
        send_connector_id: Some(connector),
        task_pending_id: Some(task),
        spam_and_virus_configuration: filters(false),
        ..Account::default()
    }
}

fn filters(delete_virus: bool) -> Option<SpamAndVirus> {
    let json = format!(r#"{{"deleteVirus":{delete_virus},"tagSpam":true}}"#);
    SpamAndVirus::from_json(&parse(&json)?)
}

fn refused(status: u16) -> Error {
    let words = String::from("no");
    Error::Refused { status, words }
}

/// What is heard about the only address, in order.
enum Heard {
    Read(Result<Account, Error>),
    Written(Result<(), Error>),
}
use Heard::{Read, Written};

/// The job over one address after these answers; says what was asked: `r`, `w`, or `W` for a
/// change with filters.
fn after(answers: impl IntoIterator<Item = Heard>) -> (Attaching, String) {
    let (mut job, mut now, mut asked) = (job(1), 0, String::new());
    for answer in answers {
        let question = loop {
            match job.next(now) {
                Next::Send(question) => break question,
                Next::Wait { until } => now = until,
                Next::Finished => panic!("finished after {asked}: {job:?}"),
            }
        };
        match (question, answer) {
            (Question::Read { index }, Read(answer)) => {
                asked.push('r');
                job.read(now, index, answer);
            }
            (Question::Write { index, filters }, Written(answer)) => {
                asked.push(if filters.is_some() { 'W' } else { 'w' });
                job.written(now, index, answer);
            }
            (question, _) => panic!("{question:?} after {asked}"),
        }
    }
    (job, asked)
}

#[track_caller]
fn check(answers: Vec<Heard>, asked: &str, expected: &State) {
    let (job, questions) = after(answers);
    assert_eq!(questions, asked);
    assert_eq!(&job.items()[0].state, expected);
}

#[test]
fn three_calls_attach_and_one_sees_that_nothing_is_to_do() {
    let already = vec![Read(Ok(account(TARGET, 0)))];
    check(already, "r", &State::Already);
    let plain = || vec![Read(Ok(account(7, 0))), Written(Ok(()))];
    let attached = [plain(), vec![Read(Ok(account(TARGET, 0)))]].concat_all();
    check(attached, "rwr", &State::Attached);
    let pending = [
        plain(),
        vec![
            Read(Ok(account(7, 5))),
            Read(Ok(account(TARGET, 5))),
            Read(Ok(account(TARGET, 0))),
        ],
    ];
    let (job, asked) = after(pending.concat_all());
    assert_eq!((&*asked, job.items()[0].before), ("rwrrr", Some(7)));
    assert_eq!(job.attached().collect::<Vec<_>>(), ["a0@x.org"]);
}

trait ConcatAll {
    fn concat_all(self) -> Vec<Heard>;
}
impl<const N: usize> ConcatAll for [Vec<Heard>; N] {
    fn concat_all(self) -> Vec<Heard> {
        self.into_iter().flatten().collect()
    }
}

#[test]
fn a_busy_account_is_waited_for_before_it_is_written() {
    let busy = || Read(Ok(account(7, 5)));
    let free = Read(Ok(account(7, 0)));
    let answers = vec![busy(), busy(), free, Written(Ok(()))];
    check(answers, "rrrw", &State::ToConfirm);
    let someone_else_did_it = vec![busy(), Read(Ok(account(TARGET, 0)))];
    check(someone_else_did_it, "rr", &State::Already);
    let forever = (0..81).map(|_| busy()).collect();
    let unconfirmed = State::Failed(Failure::Unconfirmed);
    check(forever, &"r".repeat(81), &unconfirmed);
}

#[test]
fn only_a_short_body_refused_with_400_brings_the_filters() {
    let read = |account| Read(Ok(account));
    let refuse = |status| Written(Err(refused(status)));
    let failed = |error| State::Failed(Failure::Answer(error));
    let (job, asked) = after([read(account(0, 0)), refuse(400)]);
    assert_eq!(asked, "rw");
    let filters = filters(true);
    assert_eq!(job.items()[0].state, State::ToWrite { filters });
    let (job, asked) = after([
        read(account(0, 0)),
        refuse(400),
        Written(Ok(())),
        read(account(TARGET, 0)),
    ]);
    assert_eq!(asked, "rwWr");
    assert!(job.items()[0].filters_sent);
    let twice = vec![read(account(0, 0)), refuse(400), refuse(400)];
    check(twice, "rwW", &failed(refused(400)));
    let other = vec![read(account(0, 0)), refuse(412)];
    check(other, "rw", &failed(refused(412)));
    let none_to_send = vec![read(Account::default()), refuse(400)];
    check(none_to_send, "rw", &failed(refused(400)));
}

#[test]
fn a_lost_answer_is_settled_by_reading() {
    for error in [
        Error::Offline,
        Error::Blocked,
        Error::Unreadable,
        Error::Unavailable { status: 504 },
    ] {
        let lost = || vec![Read(Ok(account(7, 0))), Written(Err(error.clone()))];
        let there = [lost(), vec![Read(Ok(account(TARGET, 0)))]].concat_all();
        check(there, "rwr", &State::Attached);
        let absent = (0..5).map(|_| Read(Ok(account(7, 0)))).collect();
        let not_taken = State::Failed(Failure::NotTaken);
        check([lost(), absent].concat_all(), "rwrrrrr", &not_taken);
    }
}

#[test]
fn what_concerns_every_call_halts_the_job_until_it_is_resumed() {
    for error in [
        Error::ConsumerNotValid,
        Error::SecretWrong,
        Error::ClockSkewed,
    ] {
        for answers in [
            vec![Read(Err(error.clone()))],
            vec![Read(Ok(account(7, 0))), Written(Err(error.clone()))],
        ] {
            let (mut job, asked) = after(answers);
            assert_eq!(job.halted(), Some(&error));
            assert_eq!(job.next(u64::MAX / 2), Next::Finished);
            assert!(!job.is_finished());
            let next = job.interrupted().next(60_000);
            let expected = match &*asked {
                "r" => Question::Read { index: 0 },
                _ => Question::Write {
                    index: 0,
                    filters: None,
                },
            };
            assert_eq!(next, Next::Send(expected));
        }
    }
}

#[test]
fn without_a_network_the_job_halts_and_nothing_is_given_up() {
    let (job, _) = after((0..8).map(|_| Read(Err(Error::Offline))));
    assert_eq!(job.halted(), Some(&Error::Offline));
    assert_eq!(job.items()[0].state, State::ToRead);
    let mut resumed = job.interrupted();
    assert!(matches!(resumed.next(60_000), Next::Send(_)));
    resumed.read(60_000, 0, Err(Error::Offline));
    assert_eq!(resumed.halted(), None);
}

#[test]
fn too_many_calls_slow_the_job_down() {
    let mut job = job(2);
    let Next::Send(Question::Read { index }) = job.next(1_000) else {
        panic!("{job:?}")
    };
    job.read(1_000, index, Err(Error::TooFast { retry_after: None }));
    assert_eq!(job.next(1_000), Next::Wait { until: 11_000 });
    assert!(matches!(job.next(11_000), Next::Send(_)));
    assert_eq!(job.next(11_000), Next::Wait { until: 12_000 });
}

#[test]
fn what_failed_can_be_tried_again_and_owns_up_to_what_it_did() {
    let absent = (0..5).map(|_| Read(Ok(account(7, 0)))).collect();
    let answers = [vec![Read(Ok(account(7, 0))), Written(Ok(()))], absent];
    let (job, _) = after(answers.concat_all());
    let mut again = job.tried_again();
    assert_eq!(again.next(60_000), Next::Send(Question::Read { index: 0 }));
    again.read(60_000, 0, Ok(account(TARGET, 0)));
    // The change of the first time has come through after all.
    assert_eq!(again.items()[0].state, State::Attached);
    assert_eq!(again.items()[0].before, Some(7));
}

#[test]
fn detaching_is_attaching_to_none() {
    let mut job = Attaching::new(0, ["a@x.org".to_owned()]);
    assert!(matches!(job.next(0), Next::Send(_)));
    job.read(0, 0, Ok(account(0, 0)));
    assert_eq!(job.items()[0].state, State::Already);
    let mut job = Attaching::new(0, ["a@x.org".to_owned()]);
    assert!(matches!(job.next(0), Next::Send(_)));
    job.read(0, 0, Ok(account(TARGET, 0)));
    assert!(matches!(job.next(0), Next::Send(Question::Write { .. })));
    job.written(0, 0, Ok(()));
    assert!(matches!(job.next(9_000), Next::Send(_)));
    job.read(9_000, 0, Ok(account(0, 0)));
    assert_eq!(job.items()[0].state, State::Attached);
}

#[test]
fn a_clock_that_is_set_back_does_not_stop_the_job() {
    let mut job = job(30);
    let hour = 3_600_000;
    for index in 0..10 {
        assert!(matches!(job.next(hour), Next::Send(_)));
        job.read(hour, index, Ok(account(7, 5)));
    }
    assert_eq!(job.next(0), Next::Send(Question::Read { index: 0 }));
    job.read(0, 0, Ok(account(7, 5)));
    assert_eq!(job.next(0), Next::Wait { until: 1_000 });
}

mod course;
