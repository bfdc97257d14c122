//! Looking before anything is changed, pausing, and ending before the end.

use super::super::{Assigning, Doubt, Failure, Goal, Pace, Place, Question, State};
use crate::ovh::exchange::Account;
use crate::run::Next;

const WANTED: u64 = 29;
const NOW: u64 = 1_700_000_000_000;

fn job(count: usize) -> Assigning {
    let goals = (0..count).map(|number| Goal {
        address: format!("a{number}@x.org"),
        wanted: WANTED,
    });
    Assigning::new(goals, Pace::per_minute(0), 7)
}

fn account(connector: u64) -> Account {
    Account {
        send_connector_id: Some(connector),
        ..Account::default()
    }
}

/// Answers every reading with this connector and takes every change, until the job waits or ends.
fn run(job: &mut Assigning, now: u64, connector: u64) -> (usize, usize) {
    let (mut reads, mut writes) = (0, 0);
    for _ in 0..1_000 {
        match job.next(now) {
            Next::Send(Question::Read { index }) => {
                reads += 1;
                job.read(now, index, Ok(account(connector)));
            }
            Next::Send(Question::Write { index, .. }) => {
                writes += 1;
                job.written(now, index, Ok(()));
            }
            Next::Wait { .. } | Next::Finished => break,
        }
    }
    (reads, writes)
}

fn restored(job: &mut Assigning) -> Assigning {
    let pieces = job.take_dirty();
    let text = |place: Place| {
        let piece = pieces.iter().find(|piece| piece.place == place);
        piece.map(|piece| piece.text.clone())
    };
    let head = text(Place::Head).unwrap_or_default();
    Assigning::from_pieces(&head, |chunk| text(Place::Chunk(chunk))).expect("all pieces")
}

#[test]
fn a_survey_reads_everything_and_changes_nothing() {
    let mut job = job(20);
    job.survey();
    assert_eq!(run(&mut job, NOW, 0), (20, 0));
    assert_eq!(job.next(NOW), Next::Finished);
    assert_eq!(job.counts().to_write, 20);
    assert!(!job.is_finished() && job.is_surveying());
    job.release();
    job.resume(NOW);
    assert_eq!(run(&mut job, NOW, 0), (0, 20), "nothing is read twice");
    assert_eq!(run(&mut job, NOW + 60_000, WANTED), (20, 0));
    assert_eq!(job.counts().confirmed, 20);
}

#[test]
fn a_survey_that_finds_everything_as_wanted_is_the_end() {
    let mut job = job(3);
    job.survey();
    assert_eq!(run(&mut job, NOW, WANTED), (3, 0));
    assert!(job.is_finished());
    assert_eq!(job.counts().already, 3);
}

#[test]
fn a_survey_that_a_reload_broke_goes_on_as_a_survey() {
    let mut job = job(5);
    job.survey();
    let mut job = restored(&mut job);
    assert!(job.is_surveying());
    assert_eq!(run(&mut job, NOW, 0), (5, 0));
}

#[test]
fn what_was_looked_at_long_ago_is_looked_at_again_before_it_is_changed() {
    let mut job = job(1);
    job.survey();
    run(&mut job, NOW, 0);
    job.release();
    let much_later = NOW + 3_600_000;
    job.resume(much_later);
    assert_eq!(run(&mut job, much_later, 0), (1, 1));
}

#[test]
fn nothing_is_sent_after_the_end_and_every_address_says_how_it_stands() {
    let mut job = job(4);
    // One is done, the next is sent, the third is being read, the fourth untouched.
    assert_eq!(job.next(NOW), Next::Send(Question::Read { index: 0 }));
    job.read(NOW, 0, Ok(account(WANTED)));
    assert_eq!(job.next(NOW), Next::Send(Question::Read { index: 1 }));
    job.read(NOW, 1, Ok(account(7)));
    let write = Question::Write {
        index: 1,
        filters: None,
    };
    assert_eq!(job.next(NOW), Next::Send(write));
    assert_eq!(job.next(NOW), Next::Send(Question::Read { index: 2 }));
    job.stop();
    assert_eq!((job.next(NOW), job.is_finished()), (Next::Finished, false));
    job.written(NOW, 1, Ok(()));
    let states = || {
        [
            State::Already,
            State::Unknown(Doubt::Stopped),
            State::Failed(Failure::Stopped),
            State::Failed(Failure::Stopped),
        ]
    };
    let now = |job: &Assigning| {
        job.items()
            .iter()
            .map(|item| item.state.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(now(&job), states());
    assert_eq!((job.next(NOW), job.is_finished()), (Next::Finished, true));
    // What was out may still be answered.
    job.written(NOW, 1, Ok(()));
    job.read(NOW, 2, Ok(account(0)));
    assert_eq!(now(&job), states());
    assert_eq!(now(&restored(&mut job)), states());
    // What may have been changed can be taken back, and the rest be done after all.
    let undo = Goal {
        address: "a1@x.org".to_owned(),
        wanted: 7,
    };
    assert_eq!(job.undo(), [undo]);
    job.retry_failed();
    job.resume(NOW);
    assert_eq!(run(&mut job, NOW, WANTED), (3, 0));
    assert_eq!((job.counts().confirmed, job.counts().already), (1, 3));
}

#[test]
fn a_pause_sends_nothing_and_loses_nothing() {
    let mut job = job(2);
    assert_eq!(job.next(NOW), Next::Send(Question::Read { index: 0 }));
    job.pause();
    assert_eq!(job.next(NOW), Next::Finished);
    job.read(NOW, 0, Ok(account(0)));
    assert_eq!(job.counts().to_write, 1, "the answer is heard");
    assert!(restored(&mut job).is_paused());
    job.resume(NOW);
    assert_eq!(run(&mut job, NOW, 0), (1, 2));
}
