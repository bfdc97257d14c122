use super::{Changing, Ending, Heard, Question, Seen, Stage, Wish};
use crate::json::parse;
use crate::ovh::exchange::{
    ChangeAuthentication, ConnectorChanges, Domain, Mechanism, Platform, SendConnector, Task,
};
use crate::ovh::{Error, Method};
use crate::run::Next;

const ID: u64 = 29;
const OUR_TASK: u64 = 7_000;
const FOREIGN_TASK: u64 = 6_000;

fn connector() -> SendConnector {
    SendConnector {
        id: Some(ID),
        display_name: Some("Newsletter".into()),
        smart_host: Some("smtp.example.com".into()),
        port: Some(587),
        require_tls: Some(true),
        smart_host_auth_mechanism: Some("basicAuthRequireTLS".into()),
        max_send_size: Some(100),
        state: Some("ok".into()),
        task_pending_id: Some(0),
        ..SendConnector::default()
    }
}

fn with_port(port: u64) -> SendConnector {
    SendConnector {
        port: Some(port),
        ..connector()
    }
}

fn at_work(connector: SendConnector, task: u64) -> Heard {
    seen(SendConnector {
        task_pending_id: Some(task),
        ..connector
    })
}

fn seen(connector: SendConnector) -> Heard {
    Heard::Seen(Seen::Connector(connector))
}

fn domain(default: u64, task: u64) -> Heard {
    Heard::Seen(Seen::Domain(Domain {
        name: Some("mydomain.ovh".into()),
        state: Some("ok".into()),
        send_connector_id_default: Some(default),
        task_pending_id: Some(task),
    }))
}

/// To port 25.
fn edit() -> Wish {
    Wish::Edit {
        id: ID,
        first: connector(),
        changes: ConnectorChanges {
            port: Some(25),
            ..ConnectorChanges::default()
        },
    }
}

fn authenticate(mechanism: Mechanism) -> Wish {
    Wish::Authenticate {
        id: ID,
        first: connector(),
        mechanism,
    }
}

fn delete() -> Wish {
    Wish::Delete {
        id: ID,
        first: connector(),
    }
}

fn set_default() -> Wish {
    Wish::Default {
        domain: "mydomain.ovh".into(),
        first: 0,
        wanted: ID,
    }
}

fn task(function: &str, status: &str) -> Task {
    Task {
        id: Some(OUR_TASK),
        function: Some(function.into()),
        status: Some(status.into()),
        ..Task::default()
    }
}

fn ours(status: &str) -> Heard {
    Heard::Task(task("setSendConnector", status))
}

fn taken(named: bool) -> Heard {
    Heard::Taken(named.then(|| task("setSendConnector", "todo")))
}

fn lost() -> Heard {
    Heard::Failed(Error::Blocked)
}

fn failed(error: Error) -> Heard {
    Heard::Failed(error)
}

/// Not found, nor in its list.
fn gone() -> [Heard; 2] {
    [failed(Error::NotFound), Heard::Listed(false)]
}

fn in_use() -> Heard {
    let words = "please try later".into();
    failed(Error::InUse { words })
}

/// A job after `answers`, each given to whatever it asked at that point.
fn after(wish: Wish, answers: impl IntoIterator<Item = Heard>) -> (Changing, Vec<Question>) {
    let mut job = Changing::new(wish);
    let asked = go_on(&mut job, answers);
    (job, asked)
}

fn go_on(job: &mut Changing, answers: impl IntoIterator<Item = Heard>) -> Vec<Question> {
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
    asked
}

/// Answers by question until it is over; the milliseconds that took.
fn play_out(job: &mut Changing, mut answer: impl FnMut(&Question) -> Heard) -> u64 {
    let mut now = 0;
    for _ in 0..1_000 {
        match job.next(now) {
            Next::Send(question) => job.heard(now, answer(&question)),
            Next::Wait { until } => now = until,
            Next::Finished => return now,
        }
    }
    panic!("no end: {job:?}");
}

#[track_caller]
fn check(wish: Wish, answers: Vec<Heard>, expected: &Stage, asked: &[Question]) {
    let (job, questions) = after(wish, answers);
    assert_eq!(
        (job.stage(), questions.as_slice()),
        (expected, asked),
        "{job:?}"
    );
}

const ALL_OF_IT: [Question; 6] = [
    Question::Look,
    Question::Change,
    Question::Look,
    Question::Task(OUR_TASK),
    Question::Task(OUR_TASK),
    Question::Look,
];

#[test]
fn an_edit_is_followed_by_the_task_that_the_connector_shows() {
    let answers = vec![
        seen(connector()),
        taken(false),
        at_work(connector(), OUR_TASK),
        ours("todo"),
        ours("done"),
        seen(with_port(25)),
    ];
    check(edit(), answers.clone(), &Stage::Done, &ALL_OF_IT);
    let (job, _) = after(edit(), answers);
    assert!(job.was_sent() && job.seen() == Some(&Seen::Connector(with_port(25))));
    // A quick one is done before anybody looks.
    let answers = vec![seen(connector()), taken(false), seen(with_port(25))];
    check(edit(), answers, &Stage::Done, &ALL_OF_IT[..3]);
}

#[test]
fn a_default_is_followed_by_the_task_that_the_domain_shows() {
    let answers = vec![
        domain(0, 0),
        taken(false),
        domain(0, OUR_TASK),
        Heard::Task(task("setDomain", "doing")),
        Heard::Task(task("setDomain", "done")),
        domain(ID, 0),
    ];
    check(set_default(), answers, &Stage::Done, &ALL_OF_IT);
    let reset = Wish::Default {
        domain: "mydomain.ovh".into(),
        first: ID,
        wanted: 0,
    };
    let answers = vec![domain(ID, 0), taken(false), domain(0, 0)];
    check(reset, answers, &Stage::Done, &ALL_OF_IT[..3]);
}

#[test]
fn authentication_and_deletion_are_followed_by_the_task_in_the_answer() {
    use Question::{Change, List, Look, Task as Follow};
    let asked = [Look, Change, Follow(OUR_TASK), Follow(OUR_TASK), Look, List];
    let answers = |last: &[Heard]| {
        let first = vec![seen(connector()), taken(true), ours("doing"), ours("done")];
        [&first, last].concat()
    };
    let same = authenticate(Mechanism::BasicOverTls);
    check(
        same,
        answers(&[seen(connector())]),
        &Stage::Done,
        &asked[..5],
    );
    check(delete(), answers(&gone()), &Stage::Done, &asked);
    // The task is done, and the object shows something else.
    let mut job = after(authenticate(Mechanism::None), answers(&[seen(connector())])).0;
    play_out(&mut job, |_| seen(connector()));
    assert_eq!(job.stage(), &Stage::Ended(Ending::NotSeen));
}

#[test]
fn how_a_task_ends_is_told_apart() {
    for (status, ending) in [
        ("error", Ending::TaskFailed),
        ("cancelled", Ending::TaskCancelled),
    ] {
        let ended = Stage::Ended(ending);
        for wish in [delete(), authenticate(Mechanism::None)] {
            let answers = [seen(connector()), taken(true), ours(status)];
            assert_eq!(after(wish, answers).0.stage(), &ended);
        }
        let answers = [
            seen(connector()),
            taken(false),
            at_work(connector(), OUR_TASK),
            ours(status),
        ];
        assert_eq!(after(edit(), answers).0.stage(), &ended);
    }
}

#[test]
fn a_task_without_an_end_is_left_after_ten_minutes_and_can_be_looked_at_again() {
    let mut job = after(delete(), [seen(connector()), taken(true)]).0;
    let took = play_out(&mut job, |_| ours("doing"));
    assert_eq!(job.stage(), &Stage::Ended(Ending::NotEnded));
    assert!((540_000..660_000).contains(&took), "{took}");
    let mut job = job.looked_at_again();
    assert_eq!(job.stage(), &Stage::Accepted);
    go_on(&mut job, [ours("done")].into_iter().chain(gone()));
    assert_eq!(job.stage(), &Stage::Done);
}

#[test]
fn nothing_is_sent_over_what_somebody_else_has_changed() {
    let look = [Question::Look];
    let different = Stage::Ended(Ending::Different);
    let other = || SendConnector {
        max_send_size: Some(20),
        ..connector()
    };
    for wish in [edit(), delete(), authenticate(Mechanism::None)] {
        check(wish, vec![seen(other())], &different, &look);
    }
    check(set_default(), vec![domain(31, 0)], &different, &look);
    // A password that was changed shows in the date alone, and matters to the next password.
    let touched = || SendConnector {
        last_update_date: Some("2026-01-01T00:00:00+01:00".into()),
        ..connector()
    };
    let wish = authenticate(Mechanism::None);
    check(wish, vec![seen(touched())], &different, &look);
    check(edit(), vec![seen(touched())], &Stage::ToSend, &look);
    // In spite of it.
    let (job, _) = after(edit(), [seen(other())]);
    let mut job = job.confirmed();
    let changed = SendConnector {
        port: Some(25),
        ..other()
    };
    let asked = go_on(&mut job, [seen(other()), taken(false), seen(changed)]);
    assert_eq!((job.stage(), asked.len()), (&Stage::Done, 3));
    // And changed once more in between.
    let mut job = after(edit(), [seen(other())]).0.confirmed();
    go_on(&mut job, [seen(with_port(2525))]);
    assert_eq!(job.stage(), &different);
}

#[test]
fn what_is_so_already_is_not_sent() {
    use Question::{List, Look};
    for (wish, answers, questions) in [
        (edit(), vec![seen(with_port(25))], vec![Look]),
        (set_default(), vec![domain(ID, 0)], vec![Look]),
        (delete(), gone().into(), vec![Look, List]),
    ] {
        let (job, asked) = after(wish, answers);
        assert_eq!((job.stage(), asked), (&Stage::Done, questions));
        assert!(!job.was_sent());
    }
}

#[test]
fn what_is_not_found_is_gone_only_where_its_list_says_so() {
    use Question::{Change, List, Look};
    let ended = Stage::Ended(Ending::Gone);
    check(edit(), gone().into(), &ended, &[Look, List]);
    let answers = [vec![seen(connector()), taken(false)], gone().into()].concat();
    check(edit(), answers, &ended, &[Look, Change, Look, List]);
    let answers = [vec![seen(connector())], gone().into()].concat();
    check(delete(), answers, &Stage::Done, &[Look, Change, List]);
    // Other keys find neither the connector nor its platform: nothing is told of it, and the keys
    // that can tell are asked again.
    let not_found = || failed(Error::NotFound);
    for before in [vec![], vec![seen(connector()), taken(true), ours("done")]] {
        for wish in [delete(), edit()] {
            let mut job = after(wish, before.clone()).0;
            go_on(&mut job, [not_found(), not_found()]);
            let unreadable = Stage::Ended(Ending::Unreadable(Error::NotFound));
            assert_eq!(job.stage(), &unreadable);
            let mut job = job.with_other_keys();
            assert!(!job.is_over());
            go_on(&mut job, gone());
            assert!(job.is_over() && job.stage() != &unreadable);
        }
    }
    // The list may lag behind, and the network fail.
    let mut job = after(delete(), [seen(connector()), taken(true), ours("done")]).0;
    let lagging = [not_found(), lost(), Heard::Listed(true)];
    let asked = go_on(&mut job, lagging.into_iter().chain(gone()));
    assert_eq!(
        (job.stage(), asked),
        (&Stage::Done, vec![Look, List, List, Look, List])
    );
    // Over a reload too.
    let mut job = after(
        delete(),
        [seen(connector()), taken(true), ours("done"), not_found()],
    )
    .0;
    assert_eq!(Changing::from_json(&job.to_json()), Some(job.clone()));
    assert_eq!(job.next(1_000_000), Next::Send(List));
}

#[test]
fn an_object_in_use_is_waited_for() {
    use Question::{Change, Look};
    let answers = vec![
        at_work(connector(), FOREIGN_TASK),
        at_work(connector(), FOREIGN_TASK),
        seen(connector()),
        in_use(),
        seen(connector()),
        failed(Error::TooFast {
            retry_after: Some(3),
        }),
        seen(connector()),
        taken(false),
        seen(with_port(25)),
    ];
    let asked = [Look, Look, Look, Change, Look, Change, Look, Change, Look];
    check(edit(), answers, &Stage::Done, &asked);
    let mut job = Changing::new(edit());
    let took = play_out(&mut job, |_| at_work(connector(), FOREIGN_TASK));
    assert_eq!(job.stage(), &Stage::Ended(Ending::InUse));
    assert!((540_000..660_000).contains(&took), "{took}");
    assert!(!job.was_sent() && !job.waits_for_others());
    assert_eq!(job.looked_at_again().stage(), &Stage::Looking);
}

#[test]
fn a_refusal_ends_it_and_doubt_does_not() {
    let right = Error::RightMissing {
        method: "PUT".into(),
        path: "/email/exchange/p/service/p/sendConnector/29".into(),
    };
    for error in [
        right,
        Error::ConsumerNotValid,
        Error::Refused {
            status: 403,
            words: "The service is suspended".into(),
        },
    ] {
        let answers = vec![seen(connector()), failed(error.clone())];
        let refused = Stage::Ended(Ending::Refused(error));
        check(edit(), answers, &refused, &ALL_OF_IT[..2]);
    }
    for error in [
        Error::Offline,
        Error::Unreadable,
        Error::Unavailable { status: 504 },
    ] {
        let answers = vec![seen(connector()), failed(error)];
        check(edit(), answers, &Stage::InDoubt, &ALL_OF_IT[..2]);
    }
}

#[test]
fn asks_the_documented_calls() {
    let platform = Platform {
        organization: "p".into(),
        service: "p".into(),
    };
    let password = ChangeAuthentication {
        platform: platform.clone(),
        id: ID,
        mechanism: Mechanism::None,
        user: None,
        password: None,
    };
    let below = "/email/exchange/p/service/p";
    for (question, wish, method, path) in [
        (Question::Look, edit(), Method::Get, "/sendConnector/29"),
        (
            Question::Look,
            set_default(),
            Method::Get,
            "/domain/mydomain.ovh",
        ),
        (Question::Tasks, delete(), Method::Get, "/task"),
        (Question::Task(7), delete(), Method::Get, "/task/7"),
        (Question::Change, edit(), Method::Put, "/sendConnector/29"),
        (
            Question::Change,
            delete(),
            Method::Delete,
            "/sendConnector/29",
        ),
        (
            Question::Change,
            authenticate(Mechanism::None),
            Method::Post,
            "/sendConnector/29/changeAuthentication",
        ),
        (
            Question::Change,
            set_default(),
            Method::Put,
            "/domain/mydomain.ovh/changeDefaultSBR",
        ),
    ] {
        let request = question.request(&wish, &platform, Some(&password));
        let request = request.map(|request| (request.method, request.path));
        assert_eq!(request, Some((method, [below, path].concat())));
        let unreadable = question.heard(&wish, Ok(7.into()));
        assert_eq!(unreadable, failed(Error::Unreadable));
        let offline = question.heard(&wish, Err(Error::Offline));
        assert_eq!(offline, failed(Error::Offline));
    }
    let wish = authenticate(Mechanism::None);
    assert_eq!(Question::Change.request(&wish, &platform, None), None);
    let null = Question::Change.heard(&edit(), Ok(serde_json::Value::Null));
    assert_eq!(null, Heard::Taken(None));
    let task = parse(r#"{"id":7000,"status":"todo","function":"deleteSendConnector"}"#);
    let heard = Question::Change.heard(&delete(), Ok(task.unwrap_or_default()));
    assert!(matches!(heard, Heard::Taken(Some(task)) if task.id == Some(OUR_TASK)));
}

#[test]
fn a_clock_that_is_set_back_does_not_stop_the_job() {
    let mut job = Changing::new(edit());
    assert_eq!(job.next(3_600_000), Next::Send(Question::Look));
    job.heard(3_600_000, at_work(connector(), FOREIGN_TASK));
    assert_eq!(job.next(3_600_000), Next::Wait { until: 3_601_000 });
    assert_eq!(job.next(5), Next::Send(Question::Look));
}

mod course;
mod doubt;
