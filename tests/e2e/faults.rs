//! What goes wrong at OVHcloud or on the way there, and how it goes on.

use crate::browser::{ENGLISH, GERMAN};
use crate::client::Client;
use crate::journey::{quick, travel, travel_to};
use crate::page::Page;
use crate::practice::{
    APPLICATION, CONSUMER, LOST, LogEntry, Options, SECRET, STRICT, STUCK, SUSPENDED, start,
};
use crate::record::{calls, since};
use crate::steps::{PASSWORD, SMART_HOST, changes, sent};

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_is_found_by_reading() {
    travel("lost-answer", ENGLISH, quick(), async |page, practice| {
        page.go_to_review("lost-answer").await;
        page.press("add_now").await;
        page.says_text("adding_in_doubt").await;
        page.look("in-doubt").await;
        page.screen("ready_title").await;
        page.says("lost-answer").await;
        assert_eq!(sent(practice, "POST", "/sendConnector"), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_that_fails_leads_back_to_the_filled_in_form() {
    travel("fail-task", ENGLISH, quick(), async |page, practice| {
        page.go_to_review("fail-task").await;
        page.press("add_now").await;
        page.screen("adding_failed_title").await;
        page.notice("adding_task_failed").await;
        page.look("task-failed").await;
        page.press("back_to_form").await;
        page.screen("connector_title").await;
        assert_eq!(page.value("smart_host").await, SMART_HOST);
        assert_eq!(page.value("display_name").await, "fail-task");
        assert_eq!(sent(practice, "POST", "/sendConnector"), 1);
        page.fill("display_name", "Second try").await;
        page.fill("password", PASSWORD).await;
        page.press("to_review").await;
        page.screen("review_title").await;
        page.press("add_now").await;
        page.screen("ready_title").await;
        assert_eq!(sent(practice, "POST", "/sendConnector"), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_html_for_an_answer_is_no_second_request() {
    travel("html-503", GERMAN, quick(), async |page, practice| {
        page.go_to_review("html-503").await;
        page.press("add_now").await;
        page.notice("adding_not_arrived").await;
        page.look("not-arrived").await;
        assert_eq!(sent(practice, "POST", "/sendConnector"), 1);
        page.press("back_to_form").await;
        page.screen("review_title").await;
        page.press("change").await;
        page.screen("connector_title").await;
        assert_eq!(page.value("display_name").await, "html-503");
        assert_eq!(page.value("password").await, PASSWORD);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_address_tells_how_it_went() {
    travel("addresses", ENGLISH, quick(), async |page, practice| {
        let page = &page.patient(120);
        page.go_to_addresses("Newsletter provider").await;
        page.tick(&[LOST, STRICT, STUCK, SUSPENDED, "contact@mydomain.ovh"])
            .await;
        page.attach(5).await;
        page.row_says(LOST, &page.text("item_done")).await;
        page.row_says(STRICT, &page.text("filters_sent")).await;
        page.row_says(SUSPENDED, &page.text("error_refused")).await;
        page.row_says(STUCK, &page.text("item_not_taken")).await;
        page.row_says("contact@mydomain.ovh", &page.text("item_done"))
            .await;
        page.says(&page.filled("failed_many", &[("count", "2")]))
            .await;
        page.look("two-failed").await;
        for (address, times) in [(LOST, 1), (STRICT, 2), (STUCK, 1), (SUSPENDED, 1)] {
            assert_eq!(
                sent(practice, "PUT", &format!("/account/{address}")),
                times,
                "{address}"
            );
        }
        page.press("try_failed_again").await;
        page.says(&page.filled("failed_many", &[("count", "2")]))
            .await;
        assert_eq!(sent(practice, "PUT", "/account/contact@mydomain.ovh"), 1);
        page.press("to_verify").await;
        page.screen("verify_title").await;
        page.says(LOST).await;
        // The record names what OVHcloud wanted besides.
        page.press("record").await;
        page.screen("record_title").await;
        let told = page.filled("record_with_filters", &[("change", "Newsletter provider")]);
        page.says(&told).await;
        page.look("record").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_calls_are_followed_by_a_rest() {
    let options = Options {
        pace: 60,
        ..quick()
    };
    travel("too-fast", ENGLISH, options, async |page, practice| {
        page.go_to_addresses("Newsletter provider").await;
        page.tick(&["contact@mydomain.ovh"]).await;
        page.plan(1).await;
        // Somebody else works with the same key, until the page meets the limit too.
        let other = Client::new(practice);
        let is_full = || other.call("GET", "/email/exchange", None).status == 429;
        assert!((0..100).any(|_| is_full()), "calls without a limit");
        page.press("begin_attach").await;
        page.until("too many calls", async || {
            (0..100).any(|_| is_full()).then_some(())?;
            let log = practice.log();
            let mut refused = log.iter().filter(|entry| entry.status == 429);
            let is_met = refused.any(|entry| entry.path.contains("/account/"));
            is_met.then_some(())
        })
        .await;
        page.all_attached(1).await;
        let all = changes(practice).into_iter();
        let taken = all.filter(|entry| entry.method == "PUT" && entry.status == 200);
        assert_eq!(taken.count(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rest_that_ovhcloud_asks_for_cannot_be_cut_short() {
    travel("rest", GERMAN, quick(), async |page, practice| {
        let page = &page.patient(120);
        page.go_to_addresses("Newsletter provider").await;
        page.tick(&["contact@mydomain.ovh", "newsletter@mydomain.ovh"])
            .await;
        // One call in half a minute.
        practice.set_pace(2);
        let other = Client::new(practice);
        page.until("too many calls", async || {
            (other.call("GET", "/email/exchange", None).status == 429).then_some(())
        })
        .await;
        page.plan(2).await;
        page.rests().await;
        page.press("begin_attach").await;
        page.screen("attaching_title").await;
        page.rests().await;
        let log = practice.log().len();
        page.press("stop").await;
        page.says_text("item_stopped").await;
        page.press("try_failed_again").await;
        // Nothing was sent for all the pressing.
        page.rests().await;
        let sent = calls(&since(practice, log));
        assert!(sent.is_empty(), "{sent:?}");
        page.look("rest").await;
        practice.set_pace(0);
        page.all_attached(2).await;
    })
    .await;
}

impl Page {
    /// It says that OVHcloud asks for a rest, and offers nothing that would not help.
    async fn rests(&self) {
        self.notice("error_too_fast").await;
        self.says_text("holding_owed").await;
        self.has_no_button("try_now").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_at_addresses_goes_on_by_itself_after_trouble() {
    travel("looking", ENGLISH, quick(), async |page, practice| {
        page.go_to_addresses("Newsletter provider").await;
        let known = "return [...document.querySelectorAll('tbody td:last-child')]\
                     .filter((cell) => cell.textContent !== '…').length";
        let known = async || page.ask(known).await.as_u64().expect("a number");
        page.until("the first", async || (known().await > 0).then_some(()))
            .await;
        practice.maintain(true);
        let unavailable = |entry: &LogEntry| entry.status == 503;
        page.until("trouble", async || {
            practice.log().iter().any(unavailable).then_some(())
        })
        .await;
        practice.maintain(false);
        let before = known().await;
        page.until("more", async || (known().await > before + 1).then_some(()))
            .await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_connection_is_told_and_the_job_goes_on() {
    travel("offline", ENGLISH, quick(), async |page, practice| {
        page.go_to_addresses("Newsletter provider").await;
        page.tick(&["contact@mydomain.ovh", "newsletter@mydomain.ovh"])
            .await;
        page.offline(true).await;
        page.attach(2).await;
        page.notice("error_offline").await;
        page.says_text("holding_text").await;
        page.look("holding").await;
        page.offline(false).await;
        page.press("try_now").await;
        page.all_attached(2).await;
        for address in ["contact", "newsletter"] {
            let path = format!("/account/{address}@mydomain.ovh");
            assert_eq!(sent(practice, "PUT", &path), 1);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_gone_and_comes_back() {
    let practice = start(quick()).await.expect("a free port");
    let address = practice.address();
    travel_to("gone", ENGLISH, address.clone(), async |page| {
        page.arrive().await;
        page.fill_keys(APPLICATION, SECRET, CONSUMER).await;
        drop(practice);
        page.press("sign_in").await;
        page.notice("error_offline").await;
        page.look("gone").await;
        assert_eq!(page.value("application_secret").await, SECRET);
        let port = address
            .rsplit(':')
            .next()
            .and_then(|port| port.parse().ok());
        let options = || Options {
            port: port.expect("a port"),
            ..quick()
        };
        // The port is free again once the last connection to it is.
        let _practice = page
            .until("the same port", async || start(options()).await.ok())
            .await;
        page.press("try_again").await;
        page.screen("platform_title").await;
    })
    .await;
}
