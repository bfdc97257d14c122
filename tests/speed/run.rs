//! How long the job over many addresses takes for itself, with the limits that it must keep:
//! `make bench`.

#![allow(
    clippy::disallowed_methods,
    reason = "a benchmark reads the clock; it runs on no page"
)]

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use send_connector_wizard::ovh::exchange::Account;
use send_connector_wizard::run::Next;
use send_connector_wizard::run::assigning::{Assigning, Goal, Place, Question};
use send_connector_wizard::run::pace::Pace;

const TARGET: u64 = 29;
/// For all calls about a million addresses.
const LONGEST_RUN: Duration = Duration::from_secs(2);
/// For what one call makes to be stored.
const LONGEST_STEP: Duration = Duration::from_micros(200);
/// For going on with twenty thousand addresses after a reload.
const LONGEST_RETURN: Duration = Duration::from_millis(200);

fn main() -> ExitCode {
    let fits = [million(), storing()];
    if fits.contains(&false) {
        eprintln!("slower than allowed");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn goals(count: usize) -> impl Iterator<Item = Goal> {
    (0..count).map(|index| Goal {
        address: format!("first.last{index}@mydomain.ovh"),
        wanted: TARGET,
    })
}

fn account(connector: u64) -> Account {
    Account {
        send_connector_id: Some(connector),
        ..Account::default()
    }
}

/// Changes every address, calling `step` before each call; the number of calls.
fn carry(job: &mut Assigning, mut step: impl FnMut(&mut Assigning)) -> usize {
    let (mut now, mut calls) = (1_700_000_000_000, 0);
    loop {
        match job.next(now) {
            Next::Finished => return calls,
            Next::Wait { until } => now = until,
            Next::Send(question) => {
                step(job);
                calls += 1;
                match question {
                    Question::Write { index, .. } => job.written(now, index, Ok(())),
                    Question::Read { index } => {
                        let is_sent = job.items()[index].before.is_some();
                        job.read(now, index, Ok(account(if is_sent { TARGET } else { 7 })));
                    }
                }
            }
        }
    }
}

fn million() -> bool {
    let mut job = Assigning::new(goals(1_000_000), Pace::per_minute(0), 1);
    let begun = Instant::now();
    let calls = carry(&mut job, |_| {});
    let took = begun.elapsed();
    println!("a million addresses: {calls} calls in {took:?}; at most {LONGEST_RUN:?}");
    job.counts().confirmed == 1_000_000 && calls == 3_000_000 && took <= LONGEST_RUN
}

fn storing() -> bool {
    let mut job = Assigning::new(goals(20_000), Pace::per_minute(0), 1);
    let mut store = BTreeMap::new();
    let mut written = 0;
    let mut spent = Duration::ZERO;
    let calls = carry(&mut job, |job| {
        let begun = Instant::now();
        for piece in job.take_dirty() {
            written += piece.text.len();
            store.insert(piece.place, piece.text);
        }
        spent += begun.elapsed();
    });
    let step = spent / u32::try_from(calls).unwrap_or(u32::MAX);
    let (bytes, size) = (
        written / calls,
        store.values().map(String::len).sum::<usize>(),
    );
    println!("storing a step: {step:?} for {bytes} bytes of {size}; at most {LONGEST_STEP:?}");
    for piece in job.take_dirty() {
        store.insert(piece.place, piece.text);
    }
    let begun = Instant::now();
    let chunk = |number| store.get(&Place::Chunk(number)).cloned();
    let again = Assigning::from_pieces(&store[&Place::Head], chunk);
    let took = begun.elapsed();
    println!("going on with 20000 addresses: {took:?}; at most {LONGEST_RETURN:?}");
    let is_whole = again.is_some_and(|again| again.counts().confirmed == 20_000);
    is_whole && step <= LONGEST_STEP && took <= LONGEST_RETURN
}
