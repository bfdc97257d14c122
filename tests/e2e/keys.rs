//! Keys that are pasted, mistyped, mixed up, refused, or asked for at OVHcloud.

use crate::browser::{ENGLISH, GERMAN};
use crate::journey::{quick, travel};
use crate::page::Page;
use crate::practice::{APPLICATION, CONSUMER, EXPIRED, Options, PENDING, READ_ONLY, SECRET};
use crate::steps::{PLATFORM, changes};

const OTHER_SECRET: &str = "AnotherSecretOfTheSameLength0000";

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_page_is_sorted_into_the_fields() {
    travel("pasted", ENGLISH, quick(), async |page, _| {
        page.arrive().await;
        page.fill("paste_label", "nothing but words").await;
        page.says_text("paste_found_none").await;
        let shown = format!(
            "Your keys\nApplication key\n{APPLICATION}\nApplication secret\n{SECRET}\n\
             Consumer key\n{CONSUMER}\nRights\nGET /email/exchange"
        );
        page.fill("paste_label", &shown).await;
        page.says(&page.filled("paste_found", &[("count", "3")]))
            .await;
        assert_eq!(page.value("application_key").await, APPLICATION);
        assert_eq!(page.value("application_secret").await, SECRET);
        assert_eq!(page.value("consumer_key").await, CONSUMER);
        page.press("sign_in").await;
        page.screen("platform_title").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn refused_keys_say_why_and_nothing_is_lost() {
    travel("refused", ENGLISH, quick(), async |page, practice| {
        page.arrive().await;
        for (name, [application, secret, consumer], error) in [
            (
                "unknown-application",
                ["UnknownAppKey000", SECRET, CONSUMER],
                "error_application",
            ),
            (
                "wrong-secret",
                [APPLICATION, OTHER_SECRET, CONSUMER],
                "error_secret",
            ),
            (
                "mixed-up",
                [APPLICATION, CONSUMER, SECRET],
                "error_consumer",
            ),
            ("expired", [APPLICATION, SECRET, EXPIRED], "error_expired"),
            ("pending", [APPLICATION, SECRET, PENDING], "error_expired"),
        ] {
            page.fill_keys(application, secret, consumer).await;
            page.press("sign_in").await;
            page.notice(error).await;
            let in_sight = "const now = document.activeElement, { top } = now.getBoundingClientRect();\
                            return Boolean(now.querySelector('[role=alert]')) && top > -1 && top < innerHeight";
            page.until_so("the focus on what went wrong", in_sight).await;
            page.says_text(&format!("{error}_advice")).await;
            page.look(name).await;
            assert_eq!(page.value("application_key").await, application);
            assert_eq!(page.value("application_secret").await, secret);
            assert_eq!(page.value("consumer_key").await, consumer);
        }
        page.fill_keys(APPLICATION, SECRET, CONSUMER).await;
        page.press("sign_in").await;
        page.screen("platform_title").await;
        page.says_text("rights_wide").await;
        assert_eq!(changes(practice), []);
    })
    .await;
}

/// Signs in with a key that may read, and change nothing.
async fn sign_in_to_read(page: &Page) {
    page.arrive().await;
    page.fill_keys(APPLICATION, SECRET, READ_ONLY).await;
    page.press("sign_in").await;
    page.screen("platform_title").await;
}

async fn add_in_vain(page: &Page, name: &str) {
    page.take_platform(PLATFORM).await;
    page.fill_connector(name).await;
    page.press("to_review").await;
    page.screen("review_title").await;
    page.press("add_now").await;
    page.screen("adding_failed_title").await;
    page.notice("adding_refused").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_may_only_read_is_told_before_and_after() {
    travel("read-only", GERMAN, quick(), async |page, practice| {
        sign_in_to_read(page).await;
        page.notice("rights_missing").await;
        page.look("rights-missing").await;
        add_in_vain(page, "Not allowed").await;
        page.says_text("error_right").await;
        page.look("right-missing").await;
        page.press("back_to_form").await;
        page.says("Not allowed").await;
        assert_eq!(changes(practice).len(), 1, "asked once");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_refused_for_the_keys_is_asked_for_anew_with_others() {
    travel("other-keys", ENGLISH, quick(), async |page, practice| {
        sign_in_to_read(page).await;
        add_in_vain(page, "Newsletter provider").await;
        page.press("sign_in_again").await;
        page.screen("sign_in_title").await;
        page.sign_in_to_review().await;
        page.press("add_now").await;
        page.screen("ready_title").await;
        assert_eq!(changes(practice).len(), 2, "refused once, and done once");
    })
    .await;
}

/// Gives two keys, and decides on OVHcloud's page.
async fn ask_for_the_third(page: &Page, decision: &str) {
    page.arrive().await;
    page.fill("application_key", APPLICATION).await;
    page.fill("application_secret", SECRET).await;
    page.press("sign_in").await;
    page.find("heading", "Authorize access").await;
    page.click("button", decision).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_keys_lead_to_the_confirmation_and_back() {
    travel("confirmed", ENGLISH, quick(), async |page, _| {
        ask_for_the_third(page, "Authorize").await;
        page.screen("platform_title").await;
        page.look("confirmed").await;
        let warning = page.text("rights_missing");
        assert!(!page.seen().await.contains(&warning));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_confirmation_is_told() {
    travel("not-confirmed", ENGLISH, quick(), async |page, _| {
        ask_for_the_third(page, "Refuse").await;
        page.notice("not_confirmed").await;
        page.look("not-confirmed").await;
        page.press("check_again").await;
        page.notice("not_confirmed").await;
        page.fill_keys(APPLICATION, SECRET, CONSUMER).await;
        page.press("sign_in").await;
        page.screen("platform_title").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_an_hour_off_harms_nothing() {
    let options = Options {
        clock_offset: 3600,
        ..quick()
    };
    travel("clock", ENGLISH, options, async |page, _| {
        page.sign_in().await;
        page.take_platform(PLATFORM).await;
        page.reload().await;
        page.screen("connector_title").await;
    })
    .await;
}
