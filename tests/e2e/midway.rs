//! What changes in the middle of a job: at OVHcloud, in the browser, and in another tab.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::browser::{ENGLISH, GERMAN, Reader};
use crate::client::Client;
use crate::journey::{quick, travel};
use crate::page::Page;
use crate::practice::{Options, Practice};
use crate::record::{calls, since};
use crate::steps::{PLATFORM, changes};

const TABLE: &str = "private-zz111111-1.csv";
/// All of them can be attached.
const COUNT: usize = 18;

/// Four calls a second on eighteen addresses: time enough for something to happen.
fn slow() -> Options {
    Options {
        accounts: 40,
        pace: 240,
        ..quick()
    }
}

/// The same width as a desk has.
const DESK: Reader = Reader {
    width: 1000,
    ..GERMAN
};

impl Page {
    /// To where a few changes were taken, and others are still to be sent. Returns the length of the
    /// log before any of it.
    async fn go_midway(&self, practice: &Practice) -> usize {
        let before = self.go_to_plan(practice).await;
        self.go_midway_from_plan(practice).await;
        before
    }

    /// To the plan for all of them. Returns the length of the log before any of it.
    async fn go_to_plan(&self, practice: &Practice) -> usize {
        self.go_to_addresses("Newsletter provider").await;
        self.fill("addresses_filter", "second-domain").await;
        self.choose_all(COUNT).await;
        let before = practice.log().len();
        self.plan(COUNT).await;
        before
    }

    async fn go_midway_from_plan(&self, practice: &Practice) {
        self.press("begin_attach").await;
        self.screen("attaching_title").await;
        self.until("a few changes", async || {
            (changed(practice).len() >= 3).then_some(())
        })
        .await;
    }

    /// Waits for the end, with so many that are not done.
    async fn ends_with(&self, failed: usize) {
        self.says(&self.counted("failed_one", "failed_many", failed))
            .await;
    }
}

/// The addresses that a change was taken of, the first first.
fn changed(practice: &Practice) -> Vec<String> {
    let taken = changes(practice)
        .into_iter()
        .filter(|entry| entry.method == "PUT" && entry.status == 200);
    let addresses =
        taken.filter_map(|entry| Some(entry.path.split_once("/account/")?.1.to_owned()));
    addresses.collect()
}

/// Every address was changed once, and no more than once.
fn each_once(practice: &Practice) {
    let all = changed(practice);
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), COUNT, "{all:?}");
    assert_eq!(all.len(), COUNT, "{all:?}");
}

/// Until the browser waits for no answer any more; the number of changes sent by then.
async fn settled(page: &Page, practice: &Practice) -> usize {
    let script = "return !performance.getEntriesByType('resource')\
                  .some((entry) => entry.responseEnd === 0)";
    page.until_so("all answers", script).await;
    changes(practice).len()
}

#[tokio::test(flavor = "multi_thread")]
async fn accounts_that_vanish_or_are_suspended_are_told_and_the_others_go_on() {
    travel("midway-accounts", DESK, slow(), async |page, practice| {
        let page = &page.patient(120);
        let before = page.go_midway(practice).await;
        let taken = changed(practice);
        let kept = page.kept_states().await.into_keys();
        let mut untouched = kept.filter(|address| !taken.contains(address)).rev();
        let [vanished, suspended] =
            [(); 2].map(|()| untouched.next().expect("one that is still to be sent"));
        practice.vanish(&taken[2]);
        practice.vanish(&vanished);
        practice.suspend(&suspended, true);
        page.ends_with(3).await;
        for gone in [&taken[2], &vanished] {
            page.row_says(gone, &page.text("item_gone")).await;
        }
        page.row_says(&suspended, &page.text("error_refused")).await;
        // OVHcloud's own words.
        page.row_says(&suspended, "is suspended").await;
        page.look("result").await;
        let log = since(practice, before);
        let table = page.saved_table(TABLE).await;
        page.agrees_with(&log, &table).await;
        assert_eq!(calls(&log)[&suspended].taken, 0);
        practice.suspend(&suspended, false);
        page.press("try_failed_again").await;
        page.ends_with(2).await;
        // Those that are not done are shown by themselves; the rest is to be asked for.
        page.until("only what is not done", async || {
            page.row(&suspended).await.is_empty().then_some(())
        })
        .await;
        let shown = page.find("combobox", &page.text("show")).await;
        let all = page.text("show_all");
        shown.send_keys(&all).await.expect("a choice");
        page.row_says(&suspended, &page.text("item_done")).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connector_that_is_deleted_halts_the_job_and_says_so() {
    travel(
        "midway-connector",
        ENGLISH,
        slow(),
        async |page, practice| {
            let page = &page.patient(120);
            let before = page.go_midway(practice).await;
            let client = Client::new(practice);
            let list = format!("/email/exchange/{PLATFORM}/service/{PLATFORM}/sendConnector");
            let ids = client.call("GET", &list, None).json();
            let newest = ids
                .as_array()
                .expect("a list")
                .iter()
                .filter_map(Value::as_u64);
            let path = format!("{list}/{}", newest.max().expect("a connector"));
            assert_eq!(client.call("DELETE", &path, None).status, 200);
            page.notice("halted_not_found").await;
            page.look("halted").await;
            let sent = settled(page, practice).await;
            // A reload changes nothing about it.
            page.reload().await;
            page.screen("attaching_title").await;
            page.notice("halted_not_found").await;
            assert_eq!(changes(practice).len(), sent);
            page.press("stop").await;
            page.says_text("item_stopped").await;
            page.look("stopped").await;
            assert_eq!(changes(practice).len(), sent);
            let table = page.saved_table(TABLE).await;
            page.agrees_with(&since(practice, before), &table).await;
            let refused =
                |line: &&crate::record::Line| line.state.contains(&page.text("item_gone"));
            assert_eq!(
                table.values().filter(refused).count(),
                0,
                "no address is to blame"
            );
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_platform_in_maintenance_is_waited_for() {
    travel(
        "midway-maintenance",
        ENGLISH,
        slow(),
        async |page, practice| {
            let page = &page.patient(120);
            let before = page.go_midway(practice).await;
            // OVHcloud answers, and refuses.
            practice.set_state(PLATFORM, "inMaintenance");
            page.notice("error_refused").await;
            page.says("This service is in maintenance").await;
            page.look("refused").await;
            let sent = settled(page, practice).await;
            practice.set_state(PLATFORM, "ok");
            assert_eq!(changes(practice).len(), sent);
            page.press("resume").await;
            // It does not even answer as it should.
            practice.maintain(true);
            page.notice("error_unavailable").await;
            page.says_text("holding_text").await;
            page.look("unavailable").await;
            practice.maintain(false);
            page.press("try_now").await;
            page.all_attached(COUNT).await;
            each_once(practice);
            let table = page.saved_table(TABLE).await;
            page.agrees_with(&since(practice, before), &table).await;
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_storage_that_fills_up_is_told_and_nothing_is_sent_twice() {
    travel("midway-storage", ENGLISH, slow(), async |page, practice| {
        let page = &page.patient(120);
        page.go_to_plan(practice).await;
        // From there on it is on record how each sent before.
        let looked = page.text("plan_looked").replace("{done}", "{all}");
        page.says(&looked.replace("{all}", &COUNT.to_string()))
            .await;
        page.go_midway_from_plan(practice).await;
        practice.hold_answers(true);
        page.fill_storage("localStorage").await;
        let known = changed(practice).len();
        practice.hold_answers(false);
        page.notice("not_kept").await;
        let seen = page.seen().await;
        assert!(!seen.contains(&page.text("attaching_may_leave")), "{seen}");
        page.look("not-kept").await;
        page.until("more changes, of which nothing is kept", async || {
            (changed(practice).len() >= known + 3).then_some(())
        })
        .await;
        // What was known last is taken up again, and looked at before anything is sent.
        page.reload().await;
        page.screen("attaching_title").await;
        page.all_attached(COUNT).await;
        each_once(practice);
        page.press("undo").await;
        page.screen("plan_title").await;
        page.says(&page.counted("plan_undo_one", "plan_undo", COUNT))
            .await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_goes_is_told_and_nothing_is_sent_twice() {
    travel("midway-offline", ENGLISH, slow(), async |page, practice| {
        let page = &page.patient(120);
        page.go_midway(practice).await;
        page.offline(true).await;
        page.notice("error_offline").await;
        page.look("offline").await;
        page.offline(false).await;
        page.press("try_now").await;
        page.all_attached(COUNT).await;
        each_once(practice);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_signs_out_in_the_middle_is_asked_and_can_go_on() {
    travel(
        "midway-sign-out",
        ENGLISH,
        slow(),
        async |page, practice| {
            let page = &page.patient(120);
            page.go_midway(practice).await;
            page.click_in("button", &page.text("sign_out"), "outside")
                .await;
            page.screen("record_title").await;
            page.says_text("record_leaving_job").await;
            page.says_text("deed_attached").await;
            page.look("asked").await;
            let taken = settled(page, practice).await;
            let focus = "return document.activeElement?.id === 'leaving'";
            page.until_so("the focus still on the question", focus)
                .await;
            page.press("leaving_to_job").await;
            page.screen("attaching_title").await;
            page.notice("paused").await;
            page.press("sign_out").await;
            page.notice("leaving_halfway").await;
            page.back().await;
            page.screen("attaching_title").await;
            page.notice("paused").await;
            assert_eq!(changes(practice).len(), taken, "nothing is sent meanwhile");
            page.press("resume").await;
            page.all_attached(COUNT).await;
            each_once(practice);
        },
    )
    .await;
}
