//! The job in pieces: what is stored is enough to go on, and little is stored at a time.

use std::collections::BTreeMap;

use super::{
    Assigning, BEGIN, Goal, MINUTE, Question, State, TARGET, account, asked, goals, in_use, job,
    refused,
};
use crate::json;
use crate::ovh::Error;
use crate::run::Next;
use crate::run::assigning::{Doubt, IN_FLIGHT, Place};
use crate::run::pace::Pace;

type Store = BTreeMap<Place, String>;

fn store(job: &mut Assigning, store: &mut Store) -> Vec<Place> {
    let pieces = job.take_dirty();
    let places = pieces.iter().map(|piece| piece.place).collect();
    store.extend(pieces.into_iter().map(|piece| (piece.place, piece.text)));
    places
}

fn load(store: &Store) -> Option<Assigning> {
    let chunk = |number| store.get(&Place::Chunk(number)).cloned();
    Assigning::from_pieces(store.get(&Place::Head)?, chunk)
}

#[test]
fn a_new_job_is_stored_whole_and_a_step_stores_little() {
    let mut kept = Store::new();
    let mut job = Assigning::new(goals(1_000), Pace::default(), 1);
    let places = store(&mut job, &mut kept);
    // The head comes last: where it is, everything is.
    assert_eq!((places.len(), places[16]), (17, Place::Head));
    assert!(job.take_dirty().is_empty());
    let mut now = BEGIN;
    asked(&mut job, &mut now);
    assert_eq!(store(&mut job, &mut kept), [Place::Head]);
    job.read(now, 0, Ok(account(7, 0)));
    asked(&mut job, &mut now);
    let pieces = job.take_dirty();
    let places: Vec<Place> = pieces.iter().map(|piece| piece.place).collect();
    assert_eq!(places, [Place::Chunk(0), Place::Head]);
    assert!(pieces.iter().all(|piece| piece.text.len() < 4_000));
}

#[test]
fn what_had_a_change_sent_is_on_record_before_it_goes_out() {
    let (mut job, mut now, mut kept) = (job(1), BEGIN, Store::new());
    asked(&mut job, &mut now);
    store(&mut job, &mut kept);
    job.read(now, 0, Ok(account(7, 0)));
    asked(&mut job, &mut now);
    let piece = job.take_dirty_of(0).expect("a change");
    assert_eq!(piece.place, Place::Chunk(0));
    kept.insert(piece.place, piece.text);
    assert_eq!(job.take_dirty_of(0), None);
    // From here on the page is gone.
    let mut job = load(&kept).unwrap();
    assert_eq!(job.undo()[0].wanted, 7);
    let Next::Wait { until } = job.next(now + 300) else {
        panic!("{job:?}")
    };
    // The call may still be on its way.
    assert_eq!(until, now + 300 + 5_000);
    now = until;
    assert_eq!(asked(&mut job, &mut now), Question::Read { index: 0 });
    job.read(now, 0, Ok(account(TARGET, 0)));
    assert_eq!(job.items()[0].state, State::Confirmed);
}

#[test]
fn every_state_comes_back_as_far_as_it_survives() {
    let (mut job, mut now, mut kept) = (job(9), BEGIN, Store::new());
    let mut next = |job: &mut Assigning| asked(job, &mut now);
    let answers = [
        Ok(account(TARGET, 0)),
        Err(Error::NotFound),
        Err(refused(403)),
        Ok(account(7, 5)),
        Ok(account(7, 0)),
    ];
    for (index, answer) in answers.into_iter().enumerate() {
        assert_eq!(next(&mut job), Question::Read { index });
        job.read(BEGIN, index, answer);
    }
    assert!(matches!(next(&mut job), Question::Write { index: 4, .. }));
    job.written(BEGIN, 4, Ok(()));
    assert_eq!(next(&mut job), Question::Read { index: 5 });
    job.read(BEGIN, 5, Ok(account(0, 0)));
    assert!(matches!(next(&mut job), Question::Write { index: 5, .. }));
    assert_eq!(next(&mut job), Question::Read { index: 6 });
    job.read(BEGIN, 6, Ok(account(8, 0)));
    store(&mut job, &mut kept);
    let again = load(&kept).unwrap();
    let states: Vec<_> = again
        .items()
        .iter()
        .map(|item| item.state.clone())
        .collect();
    let failed = super::failed;
    assert_eq!(
        states,
        [
            State::Already,
            failed(Error::NotFound),
            failed(refused(403)),
            State::ToRead,
            State::Sent,
            State::Sent,
            State::ToWrite,
            State::ToRead,
            State::ToRead,
        ]
    );
    let before: Vec<_> = again.items().iter().map(|item| item.before).collect();
    assert_eq!(before[4..7], [Some(7), Some(0), Some(8)]);
    assert_eq!(again.undo().len(), 2);
}

#[test]
fn the_pace_and_a_halt_outlive_a_reload() {
    let mut kept = Store::new();
    let mut job = Assigning::new(goals(30), Pace::default(), 1);
    for index in 0..10 {
        assert!(matches!(job.next(BEGIN), Next::Send(_)));
        job.read(BEGIN, index, Ok(account(TARGET, 0)));
    }
    store(&mut job, &mut kept);
    let mut job = load(&kept).unwrap();
    assert_eq!(
        job.next(BEGIN),
        Next::Wait {
            until: BEGIN + 1_000
        }
    );
    assert!(matches!(job.next(BEGIN + 1_000), Next::Send(_)));
    job.read(BEGIN + 1_000, 10, Err(Error::ConsumerNotValid));
    store(&mut job, &mut kept);
    let mut job = load(&kept).unwrap();
    assert_eq!(job.halted(), Some(&Error::ConsumerNotValid));
    job.resume(BEGIN + MINUTE);
    job.pause();
    store(&mut job, &mut kept);
    assert!(load(&kept).unwrap().is_paused());
}

#[test]
fn what_could_not_be_stored_is_due_again() {
    let mut job = job(100);
    job.take_dirty();
    job.not_stored(Place::Chunk(1));
    let places: Vec<_> = job.take_dirty().iter().map(|piece| piece.place).collect();
    assert_eq!(places, [Place::Chunk(1)]);
}

#[test]
fn what_may_have_been_sent_since_it_was_stored_is_read_and_not_written_again() {
    let (mut job, mut now, mut kept) = (job(2), BEGIN, Store::new());
    job.survey();
    for index in 0..2 {
        asked(&mut job, &mut now);
        job.read(now, index, Ok(account(7, 0)));
    }
    // Nothing was sent of what is only looked at.
    job.distrust();
    assert_eq!(job.counts().to_write, 2);
    job.release();
    store(&mut job, &mut kept);
    // The first is sent from here on, and nothing of it is stored any more.
    let mut job = load(&kept).unwrap();
    job.distrust();
    for shown in [TARGET, 7] {
        let Question::Read { index } = asked(&mut job, &mut now) else {
            panic!("written unread: {job:?}")
        };
        job.read(now, index, Ok(account(shown, 0)));
    }
    let is_confirmed = |index: usize| job.items()[index].state == State::Confirmed;
    let (sent, index) = if is_confirmed(0) { (0, 1) } else { (1, 0) };
    assert!(is_confirmed(sent), "{job:?}");
    assert_eq!(job.undo()[sent].wanted, 7);
    let filters = None;
    let write = Question::Write { index, filters };
    assert_eq!(asked(&mut job, &mut now), write);
}

#[test]
fn what_was_changed_before_anything_was_known_of_it_is_nothing_that_was_so_already() {
    let (mut job, mut now, mut kept) = (job(2), BEGIN, Store::new());
    store(&mut job, &mut kept);
    // Both are read from here on, the first is changed, and nothing of it is stored any more.
    let mut job = load(&kept).unwrap();
    job.distrust();
    let mut changed = None;
    for shown in [TARGET, 7] {
        let Question::Read { index } = asked(&mut job, &mut now) else {
            panic!("written unread: {job:?}")
        };
        changed = changed.or(Some(index));
        job.read(now, index, Ok(account(shown, 0)));
    }
    let changed = changed.unwrap();
    assert_eq!(job.items()[changed].state, State::Confirmed);
    assert!(job.items()[changed].has_no_way_back());
    // The other can be written, and led back.
    let (index, filters) = (1 - changed, None);
    let write = Question::Write { index, filters };
    assert_eq!(asked(&mut job, &mut now), write);
    assert_eq!(job.undo().len(), 1);
    assert_eq!(job.undo()[0].wanted, 7);
}

#[test]
fn a_break_puts_what_is_out_in_doubt_and_hears_no_late_answer() {
    let (mut job, mut now, mut kept) = (job(8), BEGIN, Store::new());
    asked(&mut job, &mut now);
    job.read(now, 0, Ok(account(7, 0)));
    for _ in 0..IN_FLIGHT {
        asked(&mut job, &mut now);
    }
    assert_eq!((job.counts().writing, job.counts().reading), (1, 5));
    store(&mut job, &mut kept);
    let mut job = load(&kept).unwrap();
    assert_eq!((job.counts().sent, job.counts().to_read), (1, 7));
    job.written(now, 0, Ok(()));
    job.read(now, 1, Err(Error::NotFound));
    assert_eq!((job.counts().sent, job.counts().to_read), (1, 7));
    let mut asked_at = Vec::new();
    while asked_at.len() < 8 {
        let Question::Read { index } = asked(&mut job, &mut now) else {
            panic!("written unread")
        };
        asked_at.push((index, now - BEGIN));
        job.read(now, index, Ok(account(TARGET, 0)));
    }
    asked_at.sort_unstable();
    assert!(
        asked_at[0].1 >= 5_000 && asked_at[1].1 < 500,
        "{asked_at:?}"
    );
    assert_eq!((job.counts().confirmed, job.counts().already), (1, 7));
}

#[test]
fn what_had_failed_and_may_have_been_tried_again_is_in_doubt() {
    let (mut job, mut now, mut kept) = (job(1), BEGIN, Store::new());
    asked(&mut job, &mut now);
    job.read(now, 0, Ok(account(7, 0)));
    asked(&mut job, &mut now);
    job.written(now, 0, Err(refused(403)));
    assert!(job.is_finished());
    store(&mut job, &mut kept);
    // It is tried again, with success, and nothing of that is stored.
    let mut job = load(&kept).unwrap();
    job.distrust();
    assert_eq!(job.items()[0].state, State::Unknown(Doubt::Unread));
    assert!(job.is_finished(), "nothing is sent by itself");
    assert_eq!(job.undo()[0].wanted, 7);
    job.retry_failed();
    job.resume(now);
    assert_eq!(asked(&mut job, &mut now), Question::Read { index: 0 });
    job.read(now, 0, Ok(account(TARGET, 0)));
    assert_eq!(job.items()[0].state, State::Confirmed);
}

#[test]
fn damaged_pieces_are_no_job() {
    let mut kept = Store::new();
    let mut job = Assigning::new(goals(100), Pace::default(), 7);
    store(&mut job, &mut kept);
    assert_eq!(load(&kept).unwrap().items(), job.items());
    let spoil = |place, text: &str| {
        let mut spoiled = kept.clone();
        spoiled.insert(place, text.to_owned());
        assert!(load(&spoiled).is_none(), "{text}");
    };
    for text in [
        "",
        "{}",
        "[]",
        "null",
        "[7]",
        "[7,[]]",
        r#"[7,["a@x.org"]]"#,
    ] {
        spoil(Place::Head, text);
        spoil(Place::Chunk(1), text);
    }
    let head = &kept[&Place::Head];
    for cut in 0..head.len() {
        spoil(Place::Head, &head[..cut]);
    }
    let chunk = &kept[&Place::Chunk(1)];
    spoil(Place::Chunk(1), &chunk[..chunk.len() - 1]);
    spoil(Place::Chunk(1), &kept[&Place::Chunk(0)]);
    spoil(Place::Chunk(1), &chunk.replacen("[7,", "[8,", 1));
    spoil(
        Place::Chunk(1),
        &chunk.replacen(",29]", r#",29,"x",7,0]"#, 1),
    );
    let mut missing = kept.clone();
    missing.remove(&Place::Chunk(1));
    assert!(load(&missing).is_none());
}

#[test]
fn an_address_is_stored_as_it_is_written() {
    let odd = "\"ä\\\u{1}\"@x.org";
    let goal = Goal {
        address: odd.into(),
        wanted: u64::MAX,
    };
    let (mut kept, mut now) = (Store::new(), BEGIN);
    let mut job = Assigning::new([goal], Pace::default(), u64::MAX);
    asked(&mut job, &mut now);
    job.read(now, 0, Err(in_use()));
    store(&mut job, &mut kept);
    assert!(kept.values().all(|text| json::parse(text).is_some()));
    let again = load(&kept).unwrap();
    assert_eq!(&*again.items()[0].address, odd);
    assert_eq!(again.items()[0].wanted, u64::MAX);
}

#[test]
fn what_was_read_in_doubt_and_is_tried_again_can_be_led_back() {
    let (mut job, mut now, mut kept) = (job(1), BEGIN, Store::new());
    store(&mut job, &mut kept);
    let mut job = load(&kept).unwrap();
    job.distrust();
    job.stop();
    job.retry_failed();
    job.resume(now);
    assert_eq!(asked(&mut job, &mut now), Question::Read { index: 0 });
    job.read(now, 0, Ok(account(7, 0)));
    let filters = None;
    let write = Question::Write { index: 0, filters };
    assert_eq!(asked(&mut job, &mut now), write);
    job.written(now, 0, Ok(()));
    assert_eq!(job.undo()[0].wanted, 7);
}

#[test]
fn filters_of_a_change_that_was_refused_were_not_taken() {
    let (mut job, mut now) = (job(1), BEGIN);
    asked(&mut job, &mut now);
    job.read(now, 0, Ok(account(7, 0)));
    for _ in 0..2 {
        let write = asked(&mut job, &mut now);
        assert!(matches!(write, Question::Write { .. }), "{write:?}");
        job.written(now, 0, Err(refused(400)));
    }
    assert!(job.is_finished());
    assert!(!job.items()[0].filters_sent);
}
