//! What OVHcloud is working on, watched while it works and when it has ended.

use std::time::Duration;

use serde_json::{Value, json};

use crate::browser::ENGLISH;
use crate::client::Client;
use crate::domains::NARROW;
use crate::journey::{quick, travel};
use crate::practice::{Options, Practice};
use crate::steps::PLATFORM;

/// No task ends before the practice OVHcloud's clock is set ahead.
const HOUR: Duration = Duration::from_secs(3_600);

fn patient() -> Options {
    Options {
        task_time: HOUR,
        ..quick()
    }
}

/// Changes something on the platform without the page.
fn send(practice: &Practice, method: &str, below: &str, body: Value) {
    let path = format!("/email/exchange/{PLATFORM}/service/{PLATFORM}/{below}");
    let reply = Client::new(practice).call(method, &path, Some(body));
    assert_eq!(reply.status, 200, "{}", reply.body);
}

fn add(practice: &Practice, name: &str) {
    let body = json!({ "displayName": name, "smartHost": "smtp-relay.example.com" });
    send(practice, "POST", "sendConnector", body);
}

#[tokio::test(flavor = "multi_thread")]
async fn tasks_are_followed_to_their_end_and_those_that_fail_say_what_to_do() {
    travel("tasks", ENGLISH, patient(), async |page, practice| {
        page.sign_in().await;
        page.look_after(PLATFORM, "place_tasks", "tasks_title")
            .await;
        page.notice("tasks_none").await;
        page.look("none").await;
        add(practice, "A relay");
        add(practice, "A relay fail-task");
        let body = json!({ "sendConnectorId": 0 });
        send(practice, "PUT", "account/newsletter@mydomain.ovh", body);
        add(practice, "A relay cancel-task");
        practice.begin(PLATFORM, "maintenance");
        practice.begin(PLATFORM, "diagnoseAccount");
        for work in ["work_add", "work_account", "work_maintenance"] {
            page.says_text(work).await;
        }
        page.says(&page.filled("work_other", &[("name", "diagnoseAccount")]))
            .await;
        page.says_text("task_waiting").await;
        page.look("pending").await;
        practice.pass(HOUR);
        page.says_text("tasks_ended").await;
        for end in ["task_failed", "task_cancelled"] {
            page.says_text(&format!("{end}_advice")).await;
        }
        page.notice("tasks_none").await;
        page.says_text("task_done").await;
        page.look("ended").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_tasks_are_counted_and_never_hammered() {
    travel("many-tasks", NARROW, patient(), async |page, practice| {
        for name in 0..23 {
            add(practice, &format!("Relay {name}"));
        }
        page.sign_in().await;
        page.look_after(PLATFORM, "place_tasks", "tasks_title")
            .await;
        page.says(&page.counted("tasks_more_one", "tasks_more", 3))
            .await;
        let before = practice.log().len();
        let page = &page.patient(60);
        let looking = page.text("still_looking");
        page.until("all that are in sight", async || {
            (!page.seen().await.contains(&looking)).then_some(())
        })
        .await;
        page.look("many").await;
        let log = practice.log().split_off(before);
        let seconds: std::collections::BTreeSet<_> = log.iter().map(|call| &call.time).collect();
        let calls = log
            .iter()
            .filter(|call| call.path.contains("/task"))
            .count();
        assert!(calls <= seconds.len() + 1, "{calls} calls in {seconds:?}");
    })
    .await;
}

/// Every right but the one to read tasks.
const ALL_BUT_TASKS: &str = "POST=/*&PUT=/*&DELETE=/*&GET=/auth/*&GET=/email/exchange\
                             &GET=/email/exchange/*/service&GET=/email/exchange/*-1\
                             &GET=/email/exchange/*/sendConnector\
                             &GET=/email/exchange/*/sendConnector/*\
                             &GET=/email/exchange/*/domain&GET=/email/exchange/*/domain/*";

#[tokio::test(flavor = "multi_thread")]
async fn tasks_that_may_not_be_read_stop_nothing_else() {
    travel("tasks-right", ENGLISH, quick(), async |page, practice| {
        page.sign_in_with(practice, ALL_BUT_TASKS).await;
        page.look_after(PLATFORM, "place_tasks", "tasks_title")
            .await;
        page.notice("error_right").await;
        page.look("not-readable").await;
        page.press("place_domains").await;
        page.screen("domains_title").await;
        page.says("mydomain.ovh").await;
        let asked = practice.log();
        let refused = asked.iter().filter(|call| call.path.ends_with("/task"));
        assert_eq!(refused.count(), 1, "asked once");
    })
    .await;
}
