//! Many addresses at once: order, counts, and what is left.

use super::{BEGIN, IN_FLIGHT, Question, State, TARGET, account, asked, goals, job, refused};
use crate::run::Next;
use crate::run::assigning::{Assigning, Counts, Item, Remaining};
use crate::run::pace::Pace;

#[test]
fn six_calls_are_out_once_the_first_was_answered() {
    let (mut job, mut now) = (job(20), BEGIN);
    let first = asked(&mut job, &mut now);
    assert_eq!(first, Question::Read { index: 0 });
    let until = BEGIN + 250;
    assert_eq!(job.next(now), Next::Wait { until });
    job.read(now, 0, Ok(account(TARGET, 0)));
    let mut out = Vec::new();
    while let Next::Send(Question::Read { index }) = job.next(now) {
        out.push(index);
    }
    assert_eq!(out, (1..=IN_FLIGHT).collect::<Vec<_>>());
}

#[test]
fn the_others_go_on_while_a_change_is_waited_for() {
    let (mut job, mut now) = (job(8), BEGIN);
    let mut order = String::new();
    while !job.is_finished() {
        match asked(&mut job, &mut now) {
            Question::Read { index } => {
                let is_sent = job.items()[index].before.is_some();
                order.push(if is_sent { 'c' } else { 'r' });
                job.read(now, index, Ok(account(if is_sent { TARGET } else { 7 }, 0)));
            }
            Question::Write { index, .. } => {
                order.push('w');
                job.written(now, index, Ok(()));
            }
        }
    }
    assert_eq!(order, "rw".repeat(8) + &"c".repeat(8));
    assert!((5_000..6_000).contains(&(now - BEGIN)), "{now}");
}

#[test]
fn a_look_that_came_too_early_puts_off_those_of_the_others() {
    let (mut job, mut now) = (job(100), BEGIN);
    let mut looks = 0;
    while !job.is_finished() {
        match asked(&mut job, &mut now) {
            Question::Read { index } if job.items()[index].before.is_none() => {
                job.read(now, index, Ok(account(7, 0)));
            }
            Question::Read { index } => {
                looks += 1;
                let is_done = now >= BEGIN + 19_000;
                let answer = account(if is_done { TARGET } else { 7 }, u64::from(!is_done));
                job.read(now, index, Ok(answer));
            }
            Question::Write { index, .. } => job.written(now, index, Ok(())),
        }
    }
    assert!(looks <= 100 + 2 * IN_FLIGHT, "{looks}");
}

#[test]
fn an_item_is_small() {
    assert!(size_of::<Item>() <= 80, "{}", size_of::<Item>());
}

#[test]
fn the_counts_are_those_of_the_states() {
    let (mut job, mut now) = (job(12), BEGIN);
    for _ in 0..12 {
        match asked(&mut job, &mut now) {
            Question::Read { index } => {
                let connector = if index % 2 == 0 { TARGET } else { 7 };
                job.read(now, index, Ok(account(connector, 0)));
            }
            Question::Write { index, .. } => job.written(now, index, Err(refused(403))),
        }
        assert_eq!(job.counts(), Counts::of(job.items()));
    }
    let counts = job.counts();
    assert_eq!(
        counts.ended() + counts.out() + counts.to_read + counts.to_write,
        12
    );
    assert!(counts.already > 2 && counts.failed > 2, "{counts:?}");
}

#[test]
fn a_job_makes_room_for_calls_beside_it() {
    let mut job = Assigning::new(goals(500), Pace::default(), 7);
    let (mut sent, mut beside) = (0, 0);
    for now in (BEGIN..BEGIN + 300_000).step_by(250) {
        // Every ten seconds somebody looks at something else.
        if (now - BEGIN).is_multiple_of(10_000) {
            job.make_room(now);
            beside += 1;
        }
        while let Next::Send(question) = job.next(now) {
            sent += 1;
            match question {
                Question::Read { index } => job.read(now, index, Ok(account(TARGET, 0))),
                Question::Write { index, .. } => job.written(now, index, Ok(())),
            }
        }
    }
    assert_eq!(beside, 30);
    // Five minutes at sixty, and the first burst.
    assert!(
        (300..=310).contains(&(sent + beside)),
        "{sent} and {beside}"
    );
}

#[test]
fn what_is_left_is_told_at_the_present_pace() {
    let mut job = Assigning::new(goals(400), Pace::default(), 1);
    let left = job.remaining(BEGIN);
    assert_eq!((left.calls, left.millis), (1_200, 1_205_000));
    let mut now = BEGIN;
    for _ in 0..100 {
        let Question::Read { index } = asked(&mut job, &mut now) else {
            panic!("nothing is changed")
        };
        job.read(now, index, Ok(account(TARGET, 0)));
    }
    // Of what was read so far hardly any had to be changed.
    let left = job.remaining(now);
    assert!((300..400).contains(&left.calls), "{left:?}");
    assert!(left.millis.abs_diff(left.calls as u64 * 1_000) < 10_000);
    let done = Assigning::new(goals(0), Pace::default(), 1);
    assert_eq!(done.remaining(BEGIN), Remaining::default());
}

#[test]
fn what_waits_for_the_last_address_comes_to_nothing_once_the_guess_is_used_up() {
    let (mut job, mut now) = (job(1), BEGIN);
    let mut guesses = Vec::new();
    for _ in 0..5 {
        match asked(&mut job, &mut now) {
            Question::Read { index } => {
                let is_sent = job.items()[index].before.is_some();
                job.read(now, index, Ok(account(7, u64::from(is_sent))));
            }
            Question::Write { index, .. } => job.written(now, index, Ok(())),
        }
        guesses.push(job.remaining(now + 100).millis);
    }
    let is_little = |guess: &u64| *guess < 1_000;
    assert_eq!(
        guesses.iter().map(is_little).collect::<Vec<_>>(),
        [false, false, true, true, true],
        "{guesses:?}"
    );
}

#[test]
fn without_a_limit_what_is_left_is_told_by_how_fast_it_went() {
    let (mut job, mut now) = (job(1_000), BEGIN);
    for _ in 0..500 {
        let Question::Read { index } = asked(&mut job, &mut now) else {
            panic!("nothing is changed")
        };
        now += 40;
        job.read(now, index, Ok(account(TARGET, 0)));
    }
    let left = job.remaining(now);
    assert!((500..520).contains(&left.calls), "{left:?}");
    assert!((17_000..30_000).contains(&left.millis), "{left:?}");
}

#[test]
fn the_way_back_is_what_each_had_before() {
    let (mut job, mut now) = (job(6), BEGIN);
    while !job.is_finished() {
        match asked(&mut job, &mut now) {
            Question::Read { index } if job.items()[index].before.is_none() => {
                let before = [0, 7, 8, TARGET, 9, TARGET][index];
                job.read(now, index, Ok(account(before, 0)));
            }
            Question::Read { index } => job.read(now, index, Ok(account(TARGET, 0))),
            Question::Write { index, .. } => job.written(now, index, Ok(())),
        }
    }
    let goals = job.undo();
    let back: Vec<_> = goals
        .iter()
        .map(|goal| (&*goal.address, goal.wanted))
        .collect();
    let expected = [
        ("a0@x.org", 0),
        ("a1@x.org", 7),
        ("a2@x.org", 8),
        ("a4@x.org", 9),
    ];
    assert_eq!(back, expected);
    assert_eq!(job.items()[3].state, State::Already);
}
