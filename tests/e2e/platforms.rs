//! The three offers, and connectors that are there already.

use crate::browser::{ENGLISH, GERMAN, Reader};
use crate::journey::{quick, travel};
use crate::steps::{PLATFORM, changes, sent};

#[tokio::test(flavor = "multi_thread")]
async fn a_hosted_platform_comes_with_a_warning() {
    travel("hosted", ENGLISH, quick(), async |page, _| {
        page.sign_in().await;
        page.choose("hosted-zz111111-1").await;
        page.notice("offer_warning").await;
        page.look("hosted").await;
        page.choose("private-zz111111-1").await;
        let warning = page.text("offer_warning");
        page.until("no more warning", async || {
            (!page.seen().await.contains(&warning)).then_some(())
        })
        .await;
        page.take_platform("hosted-zz111111-1").await;
        // Its built-in connector is none to choose.
        assert!(!page.seen().await.contains("Default"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_platform_that_takes_no_changes_says_why() {
    travel("condition", GERMAN, quick(), async |page, practice| {
        practice.set_state(PLATFORM, "suspended");
        page.sign_in().await;
        page.choose(PLATFORM).await;
        page.notice("platform_suspended").await;
        page.look("suspended").await;
        practice.set_state(PLATFORM, "inMaintenance");
        page.reload().await;
        page.screen("platform_title").await;
        page.choose(PLATFORM).await;
        page.notice("platform_maintenance").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connector_that_is_there_is_taken_without_adding_one() {
    let reader = Reader {
        dark: true,
        ..ENGLISH
    };
    travel("existing", reader, quick(), async |page, practice| {
        page.sign_in().await;
        page.take_platform("dedicated-zz111111-1").await;
        page.look("choose-connector").await;
        page.choose("Invoices relay").await;
        page.press("connector_take").await;
        page.screen("ready_title").await;
        page.says("smtp-relay.example.com").await;
        page.look("existing-connector").await;
        page.press("to_addresses").await;
        page.screen("addresses_title").await;
        page.tick(&[
            "contact@trusted-domain.ovh",
            "newsletter@trusted-domain.ovh",
        ])
        .await;
        page.attach(2).await;
        page.all_attached(2).await;
        page.row_says("newsletter@trusted-domain.ovh", &page.text("item_already"))
            .await;
        page.row_says("contact@trusted-domain.ovh", &page.text("item_done"))
            .await;
        page.look("already-attached").await;
        assert_eq!(changes(practice).len(), 1);
        assert_eq!(
            sent(practice, "PUT", "/account/contact@trusted-domain.ovh"),
            1
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_sign_in_the_platforms_address_is_shown() {
    travel("no-sign-in", ENGLISH, quick(), async |page, _| {
        page.sign_in().await;
        page.take_platform("private-zz111111-1").await;
        page.choose(&page.text("mechanism_none")).await;
        page.notice("server_title").await;
        page.says("192.0.2.25").await;
        page.look("no-sign-in").await;
        page.fill("smart_host", "smtp.example.com").await;
        page.fill("display_name", "By address").await;
        page.press("to_review").await;
        page.screen("review_title").await;
        page.press("add_now").await;
        page.screen("ready_title").await;
        page.says_text("mechanism_none").await;
    })
    .await;
}
