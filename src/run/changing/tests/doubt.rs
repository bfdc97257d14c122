//! What is made of lost answers, missing rights and reloads.

use super::{
    FOREIGN_TASK, ID, OUR_TASK, after, at_work, authenticate, check, connector, delete, domain,
    edit, failed, go_on, lost, ours, play_out, seen, set_default, taken, with_port,
};
use crate::ovh::Error;
use crate::ovh::exchange::{Mechanism, SendConnector};
use crate::run::Next;
use crate::run::changing::{Changing, Ending, Heard, Question, Stage, Wish};

/// A lost answer, then the same readings over and over.
fn doubted(wish: Wish, object: &Heard, tasks: &Heard) -> Changing {
    let first = match &wish {
        Wish::Default { .. } => domain(0, 0),
        _ => seen(connector()),
    };
    let mut job = after(wish, [first, lost()]).0;
    play_out(&mut job, |question| match question {
        Question::Change => panic!("sent again"),
        Question::Look => object.clone(),
        Question::List => Heard::Listed(false),
        Question::Tasks => tasks.clone(),
        Question::Task(_) => ours("doing"),
    });
    job
}

#[test]
fn a_lost_answer_is_settled_by_reading() {
    let (none, same) = (Heard::Tasks(vec![]), seen(connector()));
    let there = |ending| Stage::Ended(ending);
    for (wish, object, expected) in [
        (edit(), same.clone(), there(Ending::NotThere)),
        (edit(), seen(with_port(25)), Stage::Done),
        (edit(), failed(Error::NotFound), there(Ending::Gone)),
        (delete(), failed(Error::NotFound), Stage::Done),
        (delete(), same.clone(), there(Ending::NotThere)),
        (set_default(), domain(ID, 0), Stage::Done),
        (set_default(), domain(0, 0), there(Ending::NotThere)),
        (
            edit(),
            at_work(connector(), OUR_TASK),
            there(Ending::NotEnded),
        ),
        (
            authenticate(Mechanism::None),
            same.clone(),
            there(Ending::NotThere),
        ),
        // Another password for the same mechanism shows nowhere.
        (
            authenticate(Mechanism::BasicOverTls),
            same.clone(),
            there(Ending::Unproven),
        ),
    ] {
        let job = doubted(wish, &object, &none);
        assert_eq!(job.stage(), &expected, "{job:?}");
    }
    // Something that waits may be ours.
    let busy = Heard::Tasks(vec![FOREIGN_TASK]);
    let mut job = after(edit(), [seen(connector()), lost()]).0;
    let answers = (0..20).flat_map(|_| [same.clone(), busy.clone()]);
    go_on(&mut job, answers);
    assert_eq!(job.stage(), &Stage::InDoubt);
}

#[test]
fn a_new_password_is_proven_by_its_task_or_its_date() {
    let wish = || authenticate(Mechanism::BasicOverTls);
    let answers = [
        seen(connector()),
        lost(),
        at_work(connector(), OUR_TASK),
        ours("doing"),
        ours("done"),
        seen(connector()),
    ];
    assert_eq!(after(wish(), answers).0.stage(), &Stage::Done);
    let touched = SendConnector {
        last_update_date: Some("2026-01-01T00:00:00+01:00".into()),
        ..connector()
    };
    let answers = [seen(connector()), lost(), seen(touched)];
    assert_eq!(after(wish(), answers).0.stage(), &Stage::Done);
    let answers = [
        seen(connector()),
        lost(),
        at_work(connector(), OUR_TASK),
        ours("error"),
        seen(connector()),
    ];
    assert_eq!(after(wish(), answers).0.stage(), &Stage::InDoubt);
}

#[test]
fn without_the_right_to_read_tasks_the_object_tells() {
    let right = || Error::RightMissing {
        method: "GET".into(),
        path: "/email/exchange/p/service/p/task".into(),
    };
    let none = failed(right());
    let job = doubted(edit(), &seen(connector()), &none);
    assert_eq!(job.stage(), &Stage::Ended(Ending::NotThere));
    let answers = [
        seen(connector()),
        taken(true),
        failed(right()),
        at_work(connector(), OUR_TASK),
        failed(Error::NotFound),
        Heard::Listed(false),
    ];
    let (job, asked) = after(delete(), answers);
    assert_eq!(job.stage(), &Stage::Done);
    assert_eq!(asked[3..], [Question::Look, Question::Look, Question::List]);
    // Without the right to read the object, nothing is sent.
    let unreadable = Stage::Ended(Ending::Unreadable(right()));
    check(
        edit(),
        vec![failed(right())],
        &unreadable,
        &[Question::Look],
    );
}

#[test]
fn a_reload_sends_no_password_and_nothing_twice() {
    let not_sent = Stage::Ended(Ending::NotSent);
    let auth = || authenticate(Mechanism::None);
    assert_eq!(Changing::new(auth()).interrupted().stage(), &not_sent);
    let mut job = after(auth(), [seen(connector())]).0;
    assert_eq!(job.clone().interrupted().stage(), &not_sent);
    assert_eq!(job.next(0), Next::Send(Question::Change));
    assert_eq!(job.next(0), Next::Wait { until: 1_000 });
    let mut doubted = job.interrupted();
    assert_eq!(doubted.stage(), &Stage::InDoubt);
    assert_eq!(doubted.next(0), Next::Send(Question::Look));
    // What waited for others, or was asked about, waits for a password that is gone.
    let busy = (0..80).map(|_| at_work(connector(), FOREIGN_TASK));
    for answers in [busy.collect(), vec![seen(with_port(1))]] {
        let job = after(auth(), answers).0;
        assert!(matches!(job.stage(), Stage::Ended(_)));
        assert_eq!(job.interrupted().stage(), &not_sent);
    }
    // An edit has no secret and goes on.
    let job = after(edit(), [seen(connector())]).0.interrupted();
    assert_eq!(job.stage(), &Stage::Looking);
}
