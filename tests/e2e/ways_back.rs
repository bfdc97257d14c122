//! From one connector to another, back again, and off.

use crate::browser::{ENGLISH, GERMAN};
use crate::client::Client;
use crate::journey::{quick, travel};
use crate::page::Page;
use crate::practice::Practice;
use crate::record::shown_connector;

const PLATFORM: &str = "dedicated-zz111111-1";
/// It sends through the connector 29, “Invoices relay”.
const TAKEN: &str = "newsletter@trusted-domain.ovh";
const FREE: &str = "contact@trusted-domain.ovh";

/// What OVHcloud shows: the connectors of both addresses, 0 for none.
fn shown(practice: &Practice) -> [u64; 2] {
    [TAKEN, FREE].map(|address| {
        let path = format!("/email/exchange/{PLATFORM}/service/{PLATFORM}/account/{address}");
        shown_connector(&Client::new(practice).call("GET", &path, None).json())
    })
}

/// From the start to the addresses of the platform, with a new connector.
async fn go_there(page: &Page) {
    page.sign_in().await;
    page.take_platform(PLATFORM).await;
    page.click("radio", &page.text("connector_new")).await;
    page.fill_connector("Newsletter provider").await;
    page.press("to_review").await;
    page.screen("review_title").await;
    page.press("add_now").await;
    page.screen("ready_title").await;
    page.press("to_addresses").await;
    page.screen("addresses_title").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn moved_to_another_connector_and_back() {
    travel("moved", ENGLISH, quick(), async |page, practice| {
        go_there(page).await;
        assert_eq!(shown(practice), [29, 0]);
        page.tick(&[TAKEN, FREE]).await;
        page.plan(2).await;
        page.notice("plan_taken_title").await;
        let taken = [("count", "1"), ("connector", "Invoices relay")];
        page.says(&page.filled("plan_taken_one", &taken)).await;
        page.look("plan-taken").await;
        assert_eq!(shown(practice), [29, 0], "a plan changes nothing");
        page.press("begin_attach").await;
        page.screen("attaching_title").await;
        page.all_attached(2).await;
        let [taken, free] = shown(practice);
        assert!(taken == free && taken > 29, "{taken}, {free}");
        let table = page.saved_table("dedicated-zz111111-1.csv").await;
        assert_eq!(table[TAKEN].before, "Invoices relay");
        assert_eq!(table[TAKEN].wanted, "Newsletter provider");
        assert_eq!(table[FREE].before, page.text("own_servers"));
        page.press("undo").await;
        page.screen("plan_title").await;
        page.says(&page.counted("plan_undo_one", "plan_undo", 2))
            .await;
        page.look("plan-undo").await;
        page.press("begin_undo").await;
        page.screen("attaching_title").await;
        page.says(&page.counted("undone_one", "undone_many", 2))
            .await;
        page.look("undone").await;
        assert_eq!(shown(practice), [29, 0]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn detached_and_attached_once_more() {
    travel("detached", GERMAN, quick(), async |page, practice| {
        go_there(page).await;
        page.tick(&[TAKEN]).await;
        let label = page.counted("detach_one", "detach_many", 1);
        page.click("button", &label).await;
        page.screen("plan_title").await;
        page.says(&page.counted("plan_detach_one", "plan_detach", 1))
            .await;
        page.look("plan-detach").await;
        page.press("begin_detach").await;
        page.screen("attaching_title").await;
        page.says(&page.counted("detached_one", "detached_many", 1))
            .await;
        page.look("detached").await;
        assert_eq!(shown(practice), [0, 0]);
        page.find("button", &page.text("to_verify")).await;
        page.press("other_addresses").await;
        page.screen("addresses_title").await;
        page.tick(&[TAKEN]).await;
        page.attach(1).await;
        page.all_attached(1).await;
        assert!(shown(practice)[0] > 29);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_so_already_needs_no_change() {
    travel("already", ENGLISH, quick(), async |page, practice| {
        page.sign_in().await;
        page.take_platform(PLATFORM).await;
        page.choose("Invoices relay").await;
        page.press("connector_take").await;
        page.screen("ready_title").await;
        page.press("to_addresses").await;
        page.screen("addresses_title").await;
        page.tick(&[TAKEN]).await;
        page.plan(1).await;
        page.notice("plan_nothing_to_do").await;
        page.look("nothing-to-do").await;
        page.press("to_verify").await;
        page.screen("verify_title").await;
        assert_eq!(crate::steps::changes(practice), []);
        page.back().await;
        page.back().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_looks_for_a_way_of_sending_finds_all_that_send_so() {
    travel("sends-through", ENGLISH, quick(), async |page, _| {
        let page = &page.patient(60);
        go_there(page).await;
        page.says("Invoices relay").await;
        // Of most addresses it is not known yet how they send.
        page.pick("sends_through", &page.text("own_servers")).await;
        let found = [("found", "7"), ("total", "8")];
        page.says(&page.filled("addresses_found", &found)).await;
        page.look("found").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_way_of_sending_that_cannot_be_found_out_is_told() {
    travel("sends-through-lost", GERMAN, quick(), async |page, _| {
        let page = &page.patient(60);
        go_there(page).await;
        page.without_ovhcloud().await;
        page.pick("sends_through", &page.text("own_servers")).await;
        page.find("button", &page.text("try_again")).await;
        page.look("lost").await;
        page.without("nothing").await;
        page.press("try_again").await;
        let hidden = page.text("addresses_hidden");
        let hidden = hidden.split('{').next().unwrap_or_default();
        page.says(hidden).await;
        page.look("goes-on").await;
        page.until("an end of the looking", async || {
            (!page.seen().await.contains(hidden)).then_some(())
        })
        .await;
        let found = [("found", "7"), ("total", "8")];
        page.says(&page.filled("addresses_found", &found)).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_for_a_deletion_that_is_dropped_leaves_the_result() {
    travel("beside-dropped", ENGLISH, quick(), async |page, _| {
        go_there(page).await;
        page.tick(&[FREE]).await;
        page.attach(1).await;
        page.all_attached(1).await;
        page.press("to_upkeep").await;
        page.screen("connectors_title").await;
        page.open_connector("Invoices relay").await;
        page.press("one_delete").await;
        page.screen("delete_title").await;
        let label = page.counted("detach_one", "detach_many", 1);
        page.click("button", &label).await;
        page.screen("plan_title").await;
        page.press("back").await;
        page.screen("delete_title").await;
        page.press("to_the_steps").await;
        page.screen("attaching_title").await;
        page.all_attached(1).await;
        page.find("button", &page.text("undo")).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connector_that_somebody_deleted_is_left_behind() {
    travel("gone", GERMAN, quick(), async |page, practice| {
        go_there(page).await;
        let client = Client::new(practice);
        let path = format!("/email/exchange/{PLATFORM}/service/{PLATFORM}/sendConnector");
        let ids = || {
            let ids = client.call("GET", &path, None).json();
            let ids = ids.as_array().expect("ids").iter();
            ids.filter_map(serde_json::Value::as_u64)
                .collect::<Vec<_>>()
        };
        let id = ids().into_iter().max().expect("the new one");
        client.call("DELETE", &format!("{path}/{id}"), None);
        page.until("the end of the connector", async || {
            (!ids().contains(&id)).then_some(())
        })
        .await;
        page.reload().await;
        page.screen("addresses_title").await;
        page.notice("connector_gone").await;
        // What is gone takes no addresses, though they can still be led away from it.
        page.find("button", &page.text("detach_none")).await;
        page.has_no_button("attach_none").await;
        page.look("gone").await;
        page.press("to_connectors").await;
        page.screen("connectors_title").await;
        page.says("Invoices relay").await;
        page.press("to_the_steps").await;
        page.screen("connector_title").await;
    })
    .await;
}
