use super::{Adding, Ending, Heard, Question, Stage};
use crate::ovh::Error;
use crate::ovh::exchange::{AddConnector, Mechanism, Platform, SendConnector, Task};
use crate::run::Next;

const NAME: &str = "Newsletter";
const HOST: &str = "smtp.example.com";
const OURS: u64 = 30;
const OUR_TASK: u64 = 7_000;
const FOREIGN_TASK: u64 = 6_000;

fn request() -> AddConnector {
    AddConnector {
        platform: Platform {
            organization: "p".into(),
            service: "p".into(),
        },
        display_name: NAME.into(),
        smart_host: HOST.into(),
        port: 587,
        require_tls: true,
        smart_host_auth_mechanism: Mechanism::None,
        max_send_size: 100,
        user: None,
        password: None,
    }
}

fn connector(name: &str, host: &str, state: &str) -> SendConnector {
    SendConnector {
        display_name: Some(name.into()),
        smart_host: Some(host.into()),
        state: Some(state.into()),
        ..SendConnector::default()
    }
}

fn task(status: &str) -> Heard {
    Heard::Task(Task {
        id: Some(OUR_TASK),
        status: Some(status.into()),
        ..Task::default()
    })
}

/// A job after `answers`, each given to whatever it asked at that point.
fn after(answers: impl IntoIterator<Item = Heard>) -> (Adding, Vec<Question>) {
    let mut job = Adding::new(&request(), vec![29]);
    let (mut now, mut asked) = (0, Vec::new());
    for answer in answers {
        loop {
            match job.next(now) {
                Next::Send(question) => break asked.push(question),
                Next::Wait { until } => now = until,
                Next::Finished => panic!("finished before {answer:?}: {job:?}"),
            }
        }
        job.heard(now, answer);
    }
    (job, asked)
}

fn lost() -> Heard {
    Heard::Failed(Error::Blocked)
}

fn unavailable() -> Heard {
    Heard::Failed(Error::Unavailable { status: 503 })
}

#[track_caller]
fn check(answers: Vec<Heard>, expected: &Stage) {
    assert_eq!(after(answers).0.stage(), expected);
}

#[test]
fn what_may_have_been_added_meanwhile_is_looked_at_newest_first() {
    let names = [(3, "Another"), (5, NAME)];
    let names = names.map(|(id, name)| (id, name.to_owned())).into();
    let perhaps = super::perhaps_there(&request(), &[1, 3, 5, 9], &names);
    assert_eq!(perhaps, [9, 5, 1]);
}

#[test]
fn the_plain_way() {
    use Question::{Add, Connector, List, Task};
    let (job, asked) = after([
        task("todo"),
        task("doing"),
        task("done"),
        Heard::List(vec![29, OURS]),
        Heard::Connector(connector(NAME, HOST, "creating")),
        Heard::Connector(connector(NAME, "SMTP.example.com", "ok")),
    ]);
    let expected = [
        Add,
        Task(OUR_TASK),
        Task(OUR_TASK),
        List,
        Connector(OURS),
        Connector(OURS),
    ];
    assert_eq!(asked, expected);
    let Stage::Ready(connector) = job.stage() else {
        panic!("{job:?}")
    };
    assert_eq!(connector.id, Some(OURS));
}

#[test]
fn a_refusal_ends_it_and_doubt_does_not() {
    for error in [
        Error::TooFast { retry_after: None },
        Error::ConsumerNotValid,
        Error::NotFound,
        Error::InUse {
            words: String::new(),
        },
        Error::Refused {
            status: 400,
            words: "port".into(),
        },
    ] {
        let refused = Stage::Ended(Ending::Refused(error.clone()));
        check(vec![Heard::Failed(error)], &refused);
    }
    for error in [
        Error::Offline,
        Error::Blocked,
        Error::Unreadable,
        Error::Unavailable { status: 504 },
    ] {
        check(vec![Heard::Failed(error)], &Stage::InDoubt);
    }
}

/// A lost request, then the same pair of readings over and over; the stage after `pairs` of them.
fn doubted(pairs: usize, list: &Heard, tasks: &Heard) -> Adding {
    let mut job = Adding::new(&request(), vec![29]);
    let (mut now, mut left) = (0, 2 * pairs + 1);
    while left > 0 {
        match job.next(now) {
            Next::Send(question) => {
                left -= 1;
                let answer = match question {
                    Question::Add => lost(),
                    Question::List => list.clone(),
                    _ => tasks.clone(),
                };
                job.heard(now, answer);
            }
            Next::Wait { until } => now = until,
            Next::Finished => break,
        }
    }
    job
}

#[test]
fn not_arrived_takes_readings_that_succeeded() {
    let (nothing, list) = (Heard::Tasks(vec![]), Heard::List(vec![29]));
    let not_arrived = Stage::Ended(Ending::NotArrived);
    assert_eq!(doubted(50, &list, &nothing).stage(), &not_arrived);
    assert_eq!(doubted(2, &list, &nothing).stage(), &Stage::InDoubt);
    // The list fails, the tasks do not: nothing is known.
    assert!(matches!(
        doubted(50, &unavailable(), &nothing).stage(),
        Stage::Ended(Ending::Unreadable(_)) | Stage::InDoubt
    ));
    // A pending task may be ours for as long as it is there.
    let busy = Heard::Tasks(vec![FOREIGN_TASK]);
    assert_eq!(
        doubted(500, &list, &busy).stage(),
        &Stage::Ended(Ending::NotSeen)
    );
    // Whoever failed to read five times has read nothing.
    let mut answers = vec![lost()];
    answers.extend((0..5).map(|_| unavailable()));
    answers.push(nothing);
    answers.push(list);
    check(answers, &Stage::InDoubt);
}

#[test]
fn what_was_accepted_is_never_called_not_arrived() {
    let foreign = || Heard::Connector(connector("Other", HOST, "ok"));
    let mut answers = vec![
        task("todo"),
        task("done"),
        Heard::List(vec![29, 31]),
        foreign(),
    ];
    for _ in 0..8 {
        answers.extend([Heard::Tasks(vec![]), Heard::List(vec![29, 31])]);
    }
    let not_seen = Stage::Ended(Ending::NotSeen);
    check(answers.clone(), &not_seen);
    let again = after(answers).0.looked_at_again();
    assert_eq!(again.stage(), &Stage::Accepted);
    // It was there, and went away again before it was ready.
    let mut job = doubted(0, &lost(), &lost());
    let mut now = 0;
    for _ in 0..200 {
        match job.next(now) {
            Next::Send(Question::Connector(_)) => {
                let creating = Heard::Connector(connector(NAME, HOST, "creating"));
                job.heard(now, creating);
                break;
            }
            Next::Send(_) => job.heard(now, Heard::List(vec![OURS])),
            Next::Wait { until } => now = until,
            Next::Finished => panic!("{job:?}"),
        }
    }
    for _ in 0..200 {
        match job.next(now) {
            Next::Send(Question::Connector(_)) => job.heard(now, Heard::Failed(Error::NotFound)),
            Next::Send(Question::Tasks) => job.heard(now, Heard::Tasks(vec![])),
            Next::Send(_) => job.heard(now, Heard::List(vec![])),
            Next::Wait { until } => now = until,
            Next::Finished => break,
        }
    }
    assert_eq!(job.stage(), &not_seen);
}

#[test]
fn of_new_connectors_only_ours_will_do() {
    let list = || Heard::List(vec![29, 28, OURS, 31, 32]);
    let read = |name, host, state| Heard::Connector(connector(name, host, state));
    let (job, asked) = after([
        task("done"),
        task("done"),
        list(),
        read("Other", HOST, "ok"),
        read(NAME, "other.example", "ok"),
        read(NAME, HOST, "ok"),
    ]);
    assert!(matches!(job.stage(), Stage::Ready(ready) if ready.id == Some(OURS)));
    assert_eq!(asked[3..], [32, 31, OURS].map(Question::Connector));
    // One that is still being made may be ours, though it does not show it yet.
    let (job, asked) = after([
        task("done"),
        task("done"),
        Heard::List(vec![OURS]),
        Heard::Connector(SendConnector {
            state: Some("creating".into()),
            ..SendConnector::default()
        }),
        Heard::List(vec![OURS]),
        read(NAME, HOST, "ok"),
    ]);
    assert!(matches!(job.stage(), Stage::Ready(_)), "{asked:?} {job:?}");
}

#[test]
fn answers_that_nobody_asked_for_change_nothing() {
    let answers = [
        task("done"),
        Heard::Tasks(vec![1]),
        Heard::Tasks(vec![]),
        Heard::List(vec![29]),
        Heard::Connector(connector(NAME, HOST, "ok")),
    ];
    for first in [
        task("todo"),
        lost(),
        Heard::Failed(Error::TooFast { retry_after: None }),
    ] {
        for answer in &answers {
            let (mut job, _) = after([first.clone()]);
            job.heard(0, answer.clone());
            assert!(!matches!(
                job.stage(),
                Stage::Ready(_) | Stage::Sent | Stage::ToSend
            ));
        }
    }
}

#[test]
fn a_reload_never_sends_what_may_have_been_sent() {
    let job = Adding::new(&request(), vec![29]);
    let stage = job.clone().interrupted().stage().clone();
    assert_eq!(stage, Stage::Ended(Ending::NotArrived));
    let mut sent = job;
    assert_eq!(sent.next(0), Next::Send(Question::Add));
    assert_eq!(sent.next(0), Next::Wait { until: 1_000 });
    let mut doubted = sent.interrupted();
    assert_eq!(doubted.stage(), &Stage::InDoubt);
    assert_eq!(doubted.next(0), Next::Send(Question::List));
}

#[test]
fn a_clock_that_is_set_back_does_not_stop_the_job() {
    let mut job = Adding::new(&request(), vec![29]);
    assert_eq!(job.next(3_600_000), Next::Send(Question::Add));
    job.heard(3_600_000, lost());
    assert_eq!(job.next(3_600_000), Next::Wait { until: 3_601_000 });
    assert_eq!(job.next(5), Next::Send(Question::List));
}

#[test]
fn where_the_task_may_not_be_read_the_list_tells() {
    let refused = || {
        let (method, path) = ("GET".into(), "/task".into());
        Heard::Failed(Error::RightMissing { method, path })
    };
    let (mut job, _) = after([task("todo"), refused()]);
    let mut now = 100_000;
    for _ in 0..20 {
        match job.next(now) {
            Next::Wait { until } => now = until,
            Next::Finished => break,
            Next::Send(question) => job.heard(
                now,
                match question {
                    Question::List => Heard::List(vec![29, OURS]),
                    Question::Connector(_) => Heard::Connector(connector(NAME, HOST, "ok")),
                    _ => refused(),
                },
            ),
        }
    }
    assert!(matches!(job.stage(), Stage::Ready(_)), "{job:?}");
}

mod course;
