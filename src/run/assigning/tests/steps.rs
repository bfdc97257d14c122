//! One address, answer by answer.

use super::{
    BEGIN, Doubt, Failure, MINUTE, Question, Read, State, Written, account, asked, check, failed,
    goals, in_use, job, shows, too_fast,
};
use crate::ovh::Error;
use crate::ovh::exchange::Account;
use crate::run::Next;
use crate::run::assigning::tests::world::{TARGET, filters, refused};
use crate::run::assigning::{Assigning, Goal};
use crate::run::pace::Pace;

#[test]
fn three_calls_change_an_address_and_one_sees_that_nothing_is_to_do() {
    check(&[shows(TARGET, 0)], "r", &State::Already);
    let changed = [shows(7, 0), Written(Ok(())), shows(TARGET, 0)];
    let job = check(&changed, "rwr", &State::Confirmed);
    assert_eq!(job.items()[0].before, Some(7));
}

#[test]
fn detaching_is_wanting_none() {
    let goal = || Goal {
        address: "a@x.org".into(),
        wanted: 0,
    };
    for (first, is_there) in [(Some(0), true), (None, true), (Some(TARGET), false)] {
        let mut job = Assigning::new([goal()], Pace::default(), 1);
        let read = |id| Account {
            send_connector_id: id,
            ..Account::default()
        };
        let mut now = BEGIN;
        asked(&mut job, &mut now);
        job.read(now, 0, Ok(read(first)));
        if is_there {
            assert_eq!(job.items()[0].state, State::Already);
            continue;
        }
        asked(&mut job, &mut now);
        job.written(now, 0, Ok(()));
        asked(&mut job, &mut now);
        job.read(now, 0, Ok(read(None)));
        assert_eq!(job.items()[0].state, State::Confirmed);
        assert_eq!(job.undo()[0].wanted, TARGET);
    }
}

#[test]
fn a_pending_change_is_looked_at_after_longer_and_longer_pauses() {
    let (mut job, mut now) = (job(1), BEGIN);
    asked(&mut job, &mut now);
    job.read(now, 0, Ok(account(7, 0)));
    asked(&mut job, &mut now);
    job.written(now, 0, Ok(()));
    let begun = now;
    let mut looks = Vec::new();
    while !job.is_finished() {
        asked(&mut job, &mut now);
        looks.push((now - begun) / 100);
        job.read(now, 0, Ok(account(7, 5)));
    }
    assert_eq!(looks[..6], [22, 44, 88, 176, 352, 704]);
    assert_eq!(looks[7] - looks[6], 600);
    let state = State::Failed(Failure::Unconfirmed);
    assert_eq!(job.items()[0].state, state);
    assert!((600_000..700_000).contains(&(now - begun)), "{now}");
}

#[test]
fn an_account_that_is_worked_on_is_waited_for_before_it_is_written() {
    let busy = shows(7, 5);
    let written = [busy.clone(), busy.clone(), shows(8, 0), Written(Ok(()))];
    let job = check(&written, "rrrw", &State::Sent);
    // What others did to it before is none of ours.
    assert_eq!(job.items()[0].before, Some(8));
    check(&[busy.clone(), shows(TARGET, 0)], "rr", &State::Already);
    let forever = vec![busy; 15];
    let unconfirmed = State::Failed(Failure::Unconfirmed);
    check(&forever, &"r".repeat(15), &unconfirmed);
}

#[test]
fn a_busy_answer_waits_and_reads_again_before_it_writes() {
    let refused = || Written(Err(in_use()));
    let later = [shows(7, 0), refused(), shows(7, 5), shows(8, 0)];
    let job = check(&later, "rwrr", &State::ToWrite);
    assert_eq!(job.items()[0].before, Some(8));
    assert!(job.undo().is_empty());
    let done_by_others = [shows(7, 0), refused(), shows(TARGET, 0)];
    check(&done_by_others, "rwr", &State::Already);
    let forever = [shows(7, 0), refused()].into_iter().cycle().take(30);
    let forever: Vec<_> = forever.collect();
    check(&forever, &"rw".repeat(15), &failed(in_use()));
}

#[test]
fn only_a_short_body_refused_with_400_brings_the_filters() {
    let refuse = |status| Written(Err(refused(status)));
    let strict = [shows(7, 0), refuse(400), Written(Ok(())), shows(TARGET, 0)];
    let job = check(&strict, "rwWr", &State::Confirmed);
    assert!(job.items()[0].filters_sent);
    let twice = [shows(7, 0), refuse(400), refuse(400)];
    let job = check(&twice, "rwW", &failed(refused(400)));
    assert!(job.undo().is_empty());
    check(&[shows(7, 0), refuse(412)], "rw", &failed(refused(412)));
    // An account without filters is read once more, in vain.
    let bare = || Read(Ok(Account::default()));
    let none_to_send = [bare(), refuse(400), bare(), refuse(400)];
    check(&none_to_send, "rwrw", &failed(refused(400)));
}

#[test]
fn the_filters_go_back_as_they_were_read_but_for_the_viruses() {
    let (mut job, mut now) = (job(1), BEGIN);
    asked(&mut job, &mut now);
    job.read(now, 0, Ok(account(7, 0)));
    let short = asked(&mut job, &mut now);
    let index = 0;
    let filters_sent = None;
    assert_eq!(
        short,
        Question::Write {
            index,
            filters: filters_sent
        }
    );
    job.written(now, 0, Err(refused(400)));
    let long = asked(&mut job, &mut now);
    let filters = filters(true);
    assert_eq!(long, Question::Write { index, filters });
}

#[test]
fn a_lost_answer_is_settled_by_reading() {
    for error in [
        Error::Offline,
        Error::Blocked,
        Error::Unreadable,
        Error::Unavailable { status: 504 },
    ] {
        let lost = || Written(Err(error.clone()));
        let there = [shows(7, 0), lost(), shows(TARGET, 0)];
        check(&there, "rwr", &State::Confirmed);
        let under_way = [shows(7, 0), lost(), shows(7, 5), shows(TARGET, 0)];
        check(&under_way, "rwrr", &State::Confirmed);
        // Only what was seen to be missing is written again.
        let absent = [shows(7, 0), lost(), shows(7, 0), Written(Ok(()))];
        check(&absent, "rwrw", &State::Sent);
        let (mut job, mut now) = (job(1), BEGIN);
        asked(&mut job, &mut now);
        job.read(now, 0, Ok(account(7, 0)));
        asked(&mut job, &mut now);
        job.written(now, 0, Err(error.clone()));
        let begun = now;
        asked(&mut job, &mut now);
        assert!(now - begun >= 5_000, "the call may still be on its way");
    }
}

#[test]
fn a_change_whose_answers_are_lost_again_and_again_is_given_up() {
    let lost = [
        shows(7, 0),
        Written(Err(Error::Unavailable { status: 500 })),
    ];
    let mut answers: Vec<_> = lost.into_iter().cycle().take(12).collect();
    answers.push(shows(7, 0));
    let not_taken = State::Failed(Failure::NotTaken);
    check(&answers, &("rw".repeat(6) + "r"), &not_taken);
}

#[test]
fn a_change_that_was_taken_and_is_not_there_is_looked_for_four_times() {
    let mut answers = vec![shows(7, 0), Written(Ok(())), shows(7, 5)];
    answers.extend(vec![shows(7, 0); 4]);
    let not_taken = State::Failed(Failure::NotTaken);
    let job = check(&answers, "rwrrrrr", &not_taken);
    // It may come yet, so the way back covers it.
    assert_eq!(job.undo().len(), 1);
}

#[test]
fn an_address_that_has_vanished_fails_at_once() {
    check(&[Read(Err(Error::NotFound))], "r", &failed(Error::NotFound));
    let meanwhile = [shows(7, 0), Written(Ok(())), Read(Err(Error::NotFound))];
    check(&meanwhile, "rwr", &failed(Error::NotFound));
}

#[test]
fn doubt_that_reading_does_not_settle_is_owned_up_to() {
    let lost = Written(Err(Error::Blocked));
    let forbidden = Read(Err(refused(403)));
    let unknown = [shows(7, 0), lost, forbidden.clone()];
    let job = check(&unknown, "rwr", &State::Unknown(Doubt::Unread));
    assert_eq!(job.undo().len(), 1);
    let taken = [shows(7, 0), Written(Ok(())), forbidden];
    check(&taken, "rwr", &failed(refused(403)));
}

#[test]
fn a_refusal_for_haste_is_repeated_and_changes_nothing() {
    let answers = [
        Read(Err(too_fast(None))),
        shows(7, 0),
        Written(Err(too_fast(Some(3)))),
        Written(Ok(())),
        Read(Err(too_fast(None))),
        shows(TARGET, 0),
    ];
    check(&answers, "rrwwrr", &State::Confirmed);
}

#[test]
fn what_was_read_long_ago_is_read_again_before_it_is_written() {
    // Longer than somebody reads a plan, or than the job takes; never for long.
    for (count, pause, is_read) in [
        (1, MINUTE / 2, false),
        (1, 2 * MINUTE, true),
        (400, 10 * MINUTE, false),
        (400, 20 * MINUTE, true),
        (4_000, 20 * MINUTE, true),
    ] {
        let mut job = Assigning::new(goals(count), Pace::default(), 1);
        let mut now = BEGIN;
        asked(&mut job, &mut now);
        job.read(now, 0, Ok(account(7, 0)));
        job.pause();
        assert_eq!(job.next(now), Next::Finished);
        now += pause;
        job.resume(now);
        let question = asked(&mut job, &mut now);
        assert_eq!(question == Question::Read { index: 0 }, is_read);
    }
}

#[test]
fn what_failed_can_be_tried_again_and_owns_up_to_what_it_did() {
    let mut answers = vec![shows(7, 0), Written(Ok(()))];
    answers.extend(vec![shows(7, 0); 4]);
    let mut again = check(&answers, "rwrrrr", &State::Failed(Failure::NotTaken));
    again.retry_failed();
    let mut now = BEGIN + MINUTE * 10;
    assert_eq!(asked(&mut again, &mut now), Question::Read { index: 0 });
    again.read(now, 0, Ok(account(TARGET, 0)));
    // The change of the first time has come through after all.
    assert_eq!(again.items()[0].state, State::Confirmed);
    assert_eq!(again.undo()[0].wanted, 7);
}
