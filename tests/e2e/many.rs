//! Many addresses at once: all of them, through a reload and through faults, paused and stopped.

use std::time::{Duration, Instant};

use crate::browser::{ENGLISH, GERMAN, Reader};
use crate::client::Client;
use crate::journey::{quick, travel};
use crate::page::Page;
use crate::practice::{LOST, LogEntry, Options, Practice, STRICT, STUCK, SUSPENDED};
use crate::record::{calls, count, shown_connector, since};
use crate::steps::{PLATFORM, changes};

const TABLE: &str = "private-zz111111-1.csv";

fn many(accounts: usize) -> Options {
    Options {
        accounts,
        ..quick()
    }
}

/// From the start to the addresses, all of them chosen. Returns the length of the log.
async fn choose_all(page: &Page, practice: &Practice, accounts: usize) -> usize {
    page.go_to_addresses("Newsletter provider").await;
    page.choose_all(accounts).await;
    practice.log().len()
}

/// A thousand calls like those of a job, as many at once and nothing besides.
const BARE: &str = "
  const done = arguments[0];
  const headers = ['Application', 'Consumer', 'Timestamp', 'Signature'].map((name) => ['X-Ovh-' + name, 'x'.repeat(32)]);
  const call = (number) => fetch(`/1.0/auth/time?${number}`, { headers, credentials: 'omit', cache: 'no-store' });
  let calls = 0;
  const hand = async () => { while (calls < 1000) await (await call(calls++)).text(); };
  const begun = performance.now();
  Promise.all([1, 2, 3, 4, 5, 6].map(hand)).then(() => done((performance.now() - begun) / 1_000_000));";

impl Page {
    /// The seconds that a call takes the browser by itself.
    async fn bare_calls(&self) -> f64 {
        let took = self.driver.execute_async(BARE, Vec::new()).await;
        took.expect("seconds").json().as_f64().expect("seconds")
    }

    /// Waits until so many are done, or more.
    async fn reaches(&self, wanted: usize) {
        self.step(format!("{wanted} are done"));
        let script =
            format!("return document.getElementById('attach-progress')?.value >= {wanted}");
        self.until_so("so many done", &script).await;
    }

    async fn has_done(&self) -> usize {
        let done = self
            .ask("return document.getElementById('attach-progress').value")
            .await;
        done.as_f64()
            .map_or(0, |done| format!("{done:.0}").parse().expect("a number"))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_with_a_reload_in_the_middle() {
    travel(
        "ten-thousand",
        ENGLISH,
        Options {
            answer_time: Duration::from_millis(5),
            ..many(10_000)
        },
        async |page, practice| {
            let page = &page.patient(400);
            page.arrive().await;
            let bare_before = page.bare_calls().await;
            let before = choose_all(page, practice, 10_000).await;
            page.look("all-chosen").await;
            page.plan(10_000).await;
            page.says_text("plan_nothing_yet").await;
            page.look("plan").await;
            let read = count(&since(practice, before));
            let begun = Instant::now();
            page.press("begin_attach").await;
            page.screen("attaching_title").await;
            page.reaches(4_000).await;
            page.look("running").await;
            page.reload().await;
            page.screen("attaching_title").await;
            assert!(page.has_done().await >= 4_000, "nothing was lost");
            page.title_begins("title_failed").await;
            let took = begun.elapsed().as_secs_f64();
            let log = since(practice, before);
            let called = count(&log) - read;
            // Other work on this machine comes and goes: measured on both sides.
            let bare = bare_before.max(page.bare_calls().await);
            let bare = bare * f64::from(u32::try_from(called).expect("not that many"));
            println!("{called} calls in {took:.1} s; the bare calls take the browser {bare:.1} s");
            assert!(took < bare * 2.0, "the page is what takes the time");
            let (objects, program) = page.megabytes().await;
            println!("memory: {objects:.1} MB of objects, {program:.1} MB of the program");
            assert!(objects + program < 60.0, "{objects} MB, {program} MB");
            page.says(&page.filled("failed_many", &[("count", "2")]))
                .await;
            page.says(&page.filled("attached_many", &[("count", "9,998")]))
                .await;
            page.look("result").await;
            let table = page.saved_table(TABLE).await;
            assert_eq!(table.len(), 10_000);
            page.agrees_with(&log, &table).await;
            let heard = calls(&log);
            for (address, calls) in &heard {
                let writes = if address == STRICT { 2 } else { 1 };
                assert_eq!(calls.writes(), writes, "{address}: {calls:?}");
            }
            let all = count(&log);
            println!("{all} calls for 10,000 addresses");
            // Looked at, changed, looked at; six calls that a reload cuts off, and the odd ones.
            assert!(all <= 30_000 + 100, "{all} calls");
            for special in [STUCK, SUSPENDED] {
                let connector = &table[special].before;
                assert_ne!(connector, "", "{special}");
            }
        },
    )
    .await;
}

/// Every address, as OVHcloud shows it.
fn all_shown(practice: &Practice, addresses: impl Iterator<Item = String>) -> Vec<(String, u64)> {
    let client = Client::new(practice);
    let show = |address: String| {
        let path = format!("/email/exchange/{PLATFORM}/service/{PLATFORM}/account/{address}");
        // A practice OVHcloud with faults answers one of a few.
        let answer = (0..20)
            .filter_map(|_| client.send("GET", &path, None))
            .find(|reply| reply.status == 200)
            .expect("an answer");
        let connector = shown_connector(&answer.json());
        (address, connector)
    };
    addresses.map(show).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn three_hundred_among_faults() {
    let options = Options {
        faults: Some(7),
        ..many(300)
    };
    let reader = Reader {
        width: 1000,
        ..GERMAN
    };
    travel("faults", reader, options, async |page, practice| {
        let page = &page.patient(300);
        let before = go_among_faults(page, practice).await;
        page.press("begin_attach").await;
        page.screen("attaching_title").await;
        page.reaches(100).await;
        page.reload().await;
        page.title_begins("title_failed").await;
        page.look("result").await;
        let log = since(practice, before);
        let table = page.saved_table(TABLE).await;
        page.agrees_with(&log, &table).await;
        let failed = table
            .iter()
            .filter(|(_, line)| line.state != page.text("item_done"))
            .map(|(address, _)| &**address)
            .collect::<Vec<_>>();
        println!("not simply done: {failed:?}");
        let done = table
            .values()
            .filter(|line| line.state == page.text("item_done"));
        assert!(done.count() >= 296, "{failed:?}");
        let all = count(&log);
        println!("{all} calls for 300 addresses among faults");
        asks_seldom_why(&log);
        for (address, connector) in all_shown(practice, table.keys().cloned()) {
            let is_attached = ![STUCK, SUSPENDED].contains(&&*address);
            assert_eq!(connector != 0, is_attached, "{address}");
        }
    })
    .await;
}

/// A lost answer among others costs no call of its own.
fn asks_seldom_why(log: &[LogEntry]) {
    let unanswered = log.iter().filter(|entry| entry.status == 0).count();
    let times = log.iter().filter(|entry| entry.path == "/1.0/auth/time");
    let times = times.count();
    println!("{unanswered} calls without an answer, {times} for the time");
    // One of them sets the clock after the reload.
    assert!(unanswered > 15, "{unanswered} lost answers prove little");
    assert!(times <= 1 + unanswered / 5, "{unanswered} {times}");
}

/// To the plan, however often it takes to ask.
async fn go_among_faults(page: &Page, practice: &Practice) -> usize {
    page.sign_in().await;
    page.take_platform(PLATFORM).await;
    page.fill_connector("Newsletter provider").await;
    page.press("to_review").await;
    page.screen("review_title").await;
    page.press("add_now").await;
    page.screen("ready_title").await;
    page.press("to_addresses").await;
    page.screen("addresses_title").await;
    page.choose_all(300).await;
    let before = practice.log().len();
    page.plan(300).await;
    before
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_sends_nothing_and_goes_on() {
    let options = Options {
        pace: 1_200,
        ..many(80)
    };
    travel("pause", ENGLISH, options, async |page, practice| {
        let page = &page.patient(120);
        let before = choose_all(page, practice, 80).await;
        page.attach(80).await;
        page.reaches(10).await;
        page.press("pause").await;
        page.notice("paused").await;
        page.title_begins("title_resting").await;
        page.look("paused").await;
        let sent = settled(page, practice).await;
        page.reload().await;
        page.screen("attaching_title").await;
        page.notice("paused").await;
        assert_eq!(count(&practice.log()), sent, "a pause outlives a reload");
        page.press("resume").await;
        page.title_begins("title_failed").await;
        let table = page.saved_table(TABLE).await;
        page.agrees_with(&since(practice, before), &table).await;
        let done = table
            .values()
            .filter(|line| line.state == page.text("item_done"));
        assert_eq!(done.count(), 77, "all but strict, stuck and suspended");
    })
    .await;
}

/// Waits until what was out is answered; returns the number of calls about addresses.
async fn settled(page: &Page, practice: &Practice) -> usize {
    let script = "return !performance.getEntriesByType('resource')\
                  .some((entry) => entry.responseEnd === 0)";
    page.until_so("all answers", script).await;
    count(&practice.log())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_leaves_the_rest_as_it_is() {
    let options = Options {
        pace: 600,
        ..many(80)
    };
    travel("stop", GERMAN, options, async |page, practice| {
        let page = &page.patient(120);
        let before = choose_all(page, practice, 80).await;
        page.attach(80).await;
        page.reaches(3).await;
        page.press("stop").await;
        page.title_begins("title_failed").await;
        page.says_text("item_stopped").await;
        page.look("stopped").await;
        settled(page, practice).await;
        let sent = changes(practice);
        let table = page.saved_table(TABLE).await;
        page.agrees_with(&since(practice, before), &table).await;
        let stopped = table
            .values()
            .filter(|line| line.state == page.text("item_stopped"));
        let stopped = stopped.count();
        assert!(stopped > 0, "nothing was left to be stopped");
        // The result is still there, and nothing more was sent.
        page.reload().await;
        page.screen("attaching_title").await;
        page.says_text("item_stopped").await;
        assert_eq!(changes(practice), sent);
        page.press("try_failed_again").await;
        page.title_begins("title_failed").await;
        page.says(&page.filled("failed_many", &[("count", "2")]))
            .await;
        for (address, calls) in calls(&since(practice, before)) {
            let once = ![STRICT, STUCK, SUSPENDED, LOST].contains(&&*address);
            assert!(!once || calls.taken == 1, "{address}: {calls:?}");
        }
    })
    .await;
}
