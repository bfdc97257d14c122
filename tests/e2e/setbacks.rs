//! What comes in the way: keys that end in the middle of a job, and a browser that keeps nothing.

use crate::browser::{ENGLISH, GERMAN, Reader};
use crate::client::Client;
use crate::journey::{quick, travel, with_tasks_of};
use crate::page::Page;
use crate::practice::Options;
use crate::record::{calls, since};
use crate::secrets::own_keys;
use crate::steps::{PLATFORM, changes, sent};

/// Ten calls a second, on eighteen addresses of the second domain.
fn steady() -> Options {
    Options {
        accounts: 40,
        pace: 600,
        ..quick()
    }
}

const COUNT: usize = 18;

impl Page {
    /// From the platforms to the plan for the addresses of the second domain.
    async fn plan_from_platform(&self) {
        self.take_platform(PLATFORM).await;
        self.fill_connector("Newsletter provider").await;
        self.press("to_review").await;
        self.screen("review_title").await;
        self.press("add_now").await;
        self.screen("ready_title").await;
        self.press("to_addresses").await;
        self.screen("addresses_title").await;
        self.fill("addresses_filter", "second-domain").await;
        self.choose_all(COUNT).await;
        self.plan(COUNT).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_revoked_in_the_middle_halts_and_new_ones_go_on() {
    travel("revoked", ENGLISH, steady(), async |page, practice| {
        let before = practice.log().len();
        let keys = own_keys(practice);
        let [application, secret, consumer] = &keys;
        page.arrive().await;
        page.fill_keys(application, secret, consumer).await;
        page.press("sign_in").await;
        page.screen("platform_title").await;
        page.plan_from_platform().await;
        page.press("begin_attach").await;
        page.screen("attaching_title").await;
        page.says_text("item_done").await;
        let client = Client {
            key: application,
            secret,
            consumer,
            ..Client::new(practice)
        };
        assert_eq!(client.call("POST", "/auth/logout", None).status, 200);
        page.notice("error_expired").await;
        page.look("revoked").await;
        page.press("sign_in_again").await;
        page.screen("sign_in_title").await;
        let keys = own_keys(practice);
        let [application, secret, consumer] = &keys;
        page.fill_keys(application, secret, consumer).await;
        page.press("sign_in").await;
        page.screen("attaching_title").await;
        page.look("signed-in-again").await;
        page.press("resume").await;
        page.all_attached(COUNT).await;
        let calls = calls(&since(practice, before));
        for (address, calls) in &calls {
            assert!(calls.taken <= 1, "{address}: {calls:?}");
        }
        assert_eq!(
            calls.values().filter(|calls| calls.taken == 1).count(),
            COUNT
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_storage_is_told_and_harms_nothing() {
    travel("storage-full", ENGLISH, steady(), async |page, practice| {
        let before = practice.log().len();
        page.sign_in().await;
        page.fill_storage("localStorage").await;
        page.plan_from_platform().await;
        page.press("begin_attach").await;
        page.screen("attaching_title").await;
        page.notice("not_kept").await;
        page.look("not-kept").await;
        page.all_attached(COUNT).await;
        let calls = calls(&since(practice, before));
        assert!(calls.values().all(|calls| calls.writes() <= 1), "{calls:?}");
        assert_eq!(changes(practice).len(), 1 + COUNT);
        // Without its place, the job is not there any more; nothing is sent again.
        page.reload().await;
        page.screen("addresses_title").await;
        assert_eq!(changes(practice).len(), 1 + COUNT);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connector_whose_place_cannot_be_kept_is_told_and_added_once() {
    travel(
        "adding-unkept",
        GERMAN,
        with_tasks_of(4),
        async |page, practice| {
            page.go_to_review("Newsletter provider").await;
            page.fill_storage("sessionStorage").await;
            page.press("add_now").await;
            page.screen("adding_title").await;
            page.notice("not_kept").await;
            let seen = page.seen().await;
            assert!(!seen.contains(&page.text("adding_may_leave")), "{seen}");
            page.look("adding").await;
            page.screen("ready_title").await;
            assert_eq!(sent(practice, "POST", "/sendConnector"), 1);
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_keeps_nothing_gets_through_too() {
    let reader = Reader {
        storage: false,
        ..ENGLISH
    };
    travel(
        "storage-denied",
        reader,
        steady(),
        async |page, practice| {
            page.sign_in().await;
            page.plan_from_platform().await;
            page.press("begin_attach").await;
            page.screen("attaching_title").await;
            page.notice("not_kept").await;
            page.all_attached(COUNT).await;
            page.look("denied").await;
            assert_eq!(changes(practice).len(), 1 + COUNT);
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_language_in_the_middle_keeps_all_of_it() {
    travel(
        "language-running",
        ENGLISH,
        steady(),
        async |page, practice| {
            let before = practice.log().len();
            page.sign_in().await;
            page.plan_from_platform().await;
            page.switch_to("de", "Deutsch").await;
            page.screen("plan_title").await;
            page.press("begin_attach").await;
            page.screen("attaching_title").await;
            page.says_text("item_done").await;
            page.switch_to("en", "English").await;
            page.screen("attaching_title").await;
            page.says_text("item_done").await;
            page.switch_to("de", "Deutsch").await;
            page.all_attached(COUNT).await;
            let table = page.saved_table("private-zz111111-1.csv").await;
            page.agrees_with(&since(practice, before), &table).await;
            assert_eq!(changes(practice).len(), 1 + COUNT);
        },
    )
    .await;
}
