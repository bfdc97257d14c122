//! What makes the whole job slow down or stand still, and what is left of it then.

use super::{
    BEGIN, Doubt, Failure, Goal, MINUTE, Question, Read, State, TARGET, Written, account, after,
    asked, failed, goals, in_use, job, refused, shows, too_fast,
};
use crate::ovh::Error;
use crate::run::Next;
use crate::run::assigning::{Assigning, Holding};
use crate::run::pace::Pace;

/// Answers everything alike until the job stands still; the calls that took.
fn halted_by(
    job: &mut Assigning,
    now: &mut u64,
    read: &Result<u64, Error>,
    write: &Error,
) -> usize {
    for calls in 0..10_000 {
        match job.next(*now) {
            Next::Send(Question::Read { index }) => {
                let answer = read.clone().map(|id| account(id, 0));
                job.read(*now, index, answer);
            }
            Next::Send(Question::Write { index, .. }) => {
                job.written(*now, index, Err(write.clone()));
            }
            Next::Wait { until } => *now = until,
            Next::Finished => return calls,
        }
    }
    panic!("never stands still: {job:?}")
}

#[test]
fn what_concerns_every_call_halts_the_job_until_it_is_resumed() {
    for error in [
        Error::ConsumerNotValid,
        Error::SecretWrong,
        Error::ClockSkewed,
        Error::RightMissing {
            method: "PUT".into(),
            path: "/email/exchange".into(),
        },
    ] {
        for answers in [
            vec![Read(Err(error.clone()))],
            vec![shows(7, 0), Written(Err(error.clone()))],
        ] {
            let (mut job, questions) = after(answers);
            assert_eq!(job.halted(), Some(&error));
            let mut now = BEGIN + MINUTE;
            assert_eq!(job.next(now), Next::Finished);
            assert!(!job.is_finished());
            job.resume(now);
            let is_write = matches!(asked(&mut job, &mut now), Question::Write { .. });
            assert_eq!(is_write, questions == "rw");
        }
    }
}

#[test]
fn answers_that_are_out_are_heard_while_the_job_stands_still() {
    let (mut job, mut now) = (job(3), BEGIN);
    asked(&mut job, &mut now);
    job.read(now, 0, Ok(account(TARGET, 0)));
    asked(&mut job, &mut now);
    asked(&mut job, &mut now);
    job.read(now, 1, Err(Error::ConsumerNotValid));
    job.read(now, 2, Ok(account(TARGET, 0)));
    assert_eq!(job.next(now), Next::Finished);
    assert_eq!((job.counts().already, job.counts().to_read), (2, 1));
}

#[test]
fn without_a_network_the_job_halts_and_nothing_is_given_up() {
    for error in [Error::Offline, Error::Unavailable { status: 503 }] {
        for count in [1, 2, 40] {
            let (mut job, mut now) = (job(count), BEGIN);
            let calls = halted_by(&mut job, &mut now, &Err(error.clone()), &error);
            assert_eq!(job.halted(), Some(&error));
            assert_eq!(job.counts().to_read, count, "{:?}", job.items());
            assert!(calls < 60, "{calls}");
            assert!((20_000..5 * MINUTE).contains(&(now - BEGIN)), "{now}");
            job.resume(now);
            let Question::Read { index } = asked(&mut job, &mut now) else {
                panic!("{job:?}")
            };
            job.read(now, index, Err(error.clone()));
            assert_eq!(job.halted(), None);
        }
    }
}

#[test]
fn an_address_that_fails_while_others_go_well_is_left() {
    let (mut job, mut now) = (job(3_000), BEGIN);
    let broken = Error::Unavailable { status: 500 };
    while !job.is_finished() {
        let Question::Read { index } = asked(&mut job, &mut now) else {
            panic!("nothing is changed")
        };
        now += 100;
        let answer = match index {
            0 => Err(broken.clone()),
            _ => Ok(account(TARGET, 0)),
        };
        job.read(now, index, answer);
    }
    assert_eq!(job.items()[0].state, failed(broken));
    assert_eq!(job.counts().already, 2_999);
}

#[test]
fn a_connector_that_was_deleted_halts_the_job_instead_of_failing_them_all() {
    let gone = Error::NotFound;
    let (mut job, mut now) = (job(1_000), BEGIN);
    let calls = halted_by(&mut job, &mut now, &Ok(7), &gone);
    assert_eq!(job.halted(), Some(&gone));
    assert!(calls < 40, "{calls}");
    assert_eq!(job.counts().failed, 0);
    // Whoever goes on nevertheless gets further each time.
    job.resume(now);
    let calls = halted_by(&mut job, &mut now, &Ok(7), &gone);
    assert!((40..100).contains(&calls), "{calls}");
}

#[test]
fn who_stops_there_is_told_what_was_refused_and_what_was_not_begun() {
    let gone = Error::NotFound;
    let (mut job, mut now) = (job(1_000), BEGIN);
    halted_by(&mut job, &mut now, &Ok(7), &gone);
    job.stop();
    let count = |end: &State| {
        let items = job.items().iter();
        items.filter(|item| item.state == *end).count()
    };
    let (refused, untouched) = (
        count(&failed(gone)),
        count(&State::Failed(Failure::Stopped)),
    );
    assert!(refused >= 5, "{refused}");
    assert_eq!(refused + untouched, 1_000);
}

#[test]
fn refusals_that_differ_are_those_of_the_addresses() {
    let (mut job, mut now) = (job(50), BEGIN);
    for _ in 0..10_000 {
        match job.next(now) {
            Next::Send(Question::Read { index }) => job.read(now, index, Ok(account(7, 0))),
            Next::Send(Question::Write { index, .. }) => {
                let words = format!("The account a{index}@x.org is suspended");
                let error = Error::Refused { status: 403, words };
                job.written(now, index, Err(error));
            }
            Next::Wait { until } => now = until,
            Next::Finished => break,
        }
    }
    assert_eq!((job.halted(), job.counts().failed), (None, 50));
}

#[test]
fn where_everything_is_busy_the_job_waits_as_a_whole_and_then_stands_still() {
    let (mut job, mut now) = (job(1_000), BEGIN);
    let calls = halted_by(&mut job, &mut now, &Ok(7), &in_use());
    assert_eq!(job.halted(), Some(&in_use()));
    assert!(calls < 600, "{calls}");
    assert!((2 * MINUTE..20 * MINUTE).contains(&(now - BEGIN)), "{now}");
    assert_eq!(job.counts().failed, 0);
}

#[test]
fn too_many_calls_slow_the_job_down_for_as_long_as_was_asked() {
    let mut job = Assigning::new(goals(40), Pace::default(), 1);
    let mut now = BEGIN;
    asked(&mut job, &mut now);
    job.read(now, 0, Err(too_fast(Some(30))));
    let Next::Wait { until } = job.next(now) else {
        panic!("{job:?}")
    };
    assert!((30_000..30_600).contains(&(until - BEGIN)), "{until}");
    let (why, is_owed) = (&too_fast(Some(30)), true);
    let holding = Holding {
        until,
        why,
        is_owed,
    };
    assert_eq!(job.holding(now), Some(holding));
    // Whoever does not want to wait cannot help it.
    job.resume(now + 1_000);
    assert_eq!(job.next(now + 1_000), Next::Wait { until });
    let why = &too_fast(None);
    assert_eq!(job.holding(now + 1_000), Some(Holding { why, ..holding }));
    now = until;
    assert_eq!(job.holding(now), None);
    let mut times = Vec::new();
    for _ in 0..60 {
        let Question::Read { index } = asked(&mut job, &mut now) else {
            break;
        };
        times.push(now);
        job.read(now, index, Ok(account(TARGET, 0)));
        if job.is_finished() {
            break;
        }
    }
    assert_eq!(times.len(), 40);
    assert!(times[1] - times[0] > 1_900, "{times:?}");
    assert_eq!(times[39] - times[38], 1_000);
}

#[test]
fn a_rest_is_owed_whatever_else_goes_wrong_meanwhile() {
    let (mut job, mut now) = (job(40), BEGIN);
    asked(&mut job, &mut now);
    job.read(now, 0, Ok(account(TARGET, 0)));
    for _ in 0..2 {
        asked(&mut job, &mut now);
    }
    job.read(now, 1, Err(too_fast(Some(30))));
    job.read(now, 2, Err(Error::Offline));
    let why = &Error::Offline;
    let holding = job.holding(now);
    assert!(holding.is_some_and(|held| held.why == why && held.is_owed));
    job.resume(now);
    let Next::Wait { until } = job.next(now) else {
        panic!("{job:?}")
    };
    assert!(until >= now + 30_000, "{until}");
    // A pause of its own is nobody else's.
    let (mut job, mut now) = (super::job(1), BEGIN);
    let holding = loop {
        asked(&mut job, &mut now);
        job.read(now, 0, Err(Error::Offline));
        if let Some(holding) = job.holding(now) {
            break holding.is_owed;
        }
    };
    assert!(!holding);
}

#[test]
fn refusals_for_haste_without_end_halt_the_job() {
    let error = too_fast(Some(1));
    let (mut job, mut now) = (job(20), BEGIN);
    let calls = halted_by(&mut job, &mut now, &Err(error.clone()), &error);
    assert_eq!(job.halted(), Some(&error));
    assert!(calls < 60, "{calls}");
    assert_eq!(job.counts().to_read, 20);
}

#[test]
fn a_pause_lets_nothing_out_and_loses_nothing() {
    let (mut job, mut now) = (job(10), BEGIN);
    asked(&mut job, &mut now);
    job.pause();
    assert!(job.is_paused());
    assert_eq!(job.next(now), Next::Finished);
    job.read(now, 0, Ok(account(7, 0)));
    assert_eq!(job.next(now + 1), Next::Finished);
    job.resume(now + 2);
    let index = 0;
    let filters = None;
    let write = Question::Write { index, filters };
    assert_eq!(job.next(now + 2), Next::Send(write));
}

#[test]
fn a_clock_that_is_set_changes_nothing() {
    let hour = 3_600_000;
    for set_by in [-3_600_000_i64, 3_600_000] {
        let mut job = Assigning::new(goals(30), Pace::default(), 1);
        let mut now = hour;
        for index in 0..10 {
            assert!(matches!(job.next(now), Next::Send(_)));
            job.read(now, index, Ok(account(7, 5)));
        }
        now = now.checked_add_signed(set_by).unwrap();
        let sent = (0..30)
            .map(|_| match job.next(now) {
                Next::Send(Question::Read { index }) => {
                    job.read(now, index, Ok(account(7, 5)));
                    1
                }
                Next::Wait { until } => {
                    assert!(until > now && until <= now + 1_000);
                    0
                }
                other => panic!("{other:?}"),
            })
            .sum::<i32>();
        assert_eq!(sent, if set_by < 0 { 0 } else { 10 });
    }
}

#[test]
fn two_goals_for_one_address_are_one() {
    let goal = |address: &str, wanted| Goal {
        address: address.into(),
        wanted,
    };
    let goals = [goal("a@x.org", 1), goal("A@x.org", 2), goal("b@x.org", 3)];
    let job = Assigning::new(goals, Pace::default(), 1);
    let wanted: Vec<u64> = job.items().iter().map(|item| item.wanted).collect();
    assert_eq!(wanted, [1, 3]);
}

#[test]
fn nothing_to_do_is_finished() {
    let mut job = job(0);
    assert!(job.is_finished());
    assert_eq!(job.next(BEGIN), Next::Finished);
    let end = [
        State::Unknown(Doubt::Unread),
        State::Unknown(Doubt::Stopped),
        failed(refused(400)),
        State::Failed(Failure::NotTaken),
    ];
    assert!(end.iter().all(State::is_end));
}
