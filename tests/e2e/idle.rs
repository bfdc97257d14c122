//! A page that is left alone with keys, by a computer's clock that somebody puts forward.

use serde_json::{Value, json};

use crate::browser::{ENGLISH, GERMAN, cdp};
use crate::journey::{quick, travel, with_tasks_of};
use crate::page::Page;
use crate::steps::{changes, sent};

const ALONE: f64 = 30.0;

impl Page {
    /// The page's clock is from now on so many minutes ahead of this computer's.
    async fn minutes_later(&self, minutes: f64) {
        self.step("some minutes later");
        let script = format!(
            "window.own ??= Date.now; Date.now = () => window.own.call(Date) + {minutes} * 60e3;"
        );
        self.ask(&script).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_left_alone_asks_and_then_forgets_the_keys() {
    travel("idle", ENGLISH, quick(), async |page, practice| {
        page.go_to_review("Newsletter provider").await;
        page.minutes_later(ALONE - 0.5).await;
        page.says_text("idle_title").await;
        page.look("asked").await;
        page.press("idle_stay").await;
        page.has_no_button("idle_stay").await;
        page.screen("review_title").await;
        assert_eq!(changes(practice).len(), 0, "the click was for the question");
        // Half an hour from there.
        page.minutes_later(2.0 * ALONE).await;
        page.screen("sign_in_title").await;
        page.notice("locked").await;
        page.look("locked").await;
        let kept = page.kept().await;
        assert_eq!(kept["session"]["keys"], Value::Null);
        assert_eq!(kept["databases"], json!([]));
        page.keeps_no_secret().await;
        // The key still works, and all but the password is there.
        page.sign_in_to_review().await;
        page.says("Newsletter provider").await;
        assert_eq!(changes(practice).len(), 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tab_that_comes_back_after_hours_is_locked() {
    travel("idle-back", GERMAN, quick(), async |page, practice| {
        page.go_to_review("Newsletter provider").await;
        // What the browser put away, and somebody brings back.
        let later = "const own = Date.now; Date.now = () => own.call(Date) + 120 * 60e3;";
        let source = json!({ "source": later });
        let command = "Page.addScriptToEvaluateOnNewDocument";
        cdp(&page.driver, command, source).await;
        let before = practice.log().len();
        page.reload().await;
        page.screen("sign_in_title").await;
        page.notice("locked").await;
        assert_eq!(practice.log().len(), before, "the keys are not used");
        assert_eq!(page.kept().await["databases"], json!([]));
        page.sign_in_to_review().await;
        page.says("Newsletter provider").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_at_work_is_not_cut() {
    travel(
        "idle-job",
        ENGLISH,
        with_tasks_of(12),
        async |page, practice| {
            page.go_to_review("Newsletter provider").await;
            page.press("add_now").await;
            page.screen("adding_title").await;
            page.minutes_later(ALONE + 1.0).await;
            page.screen("ready_title").await;
            assert_eq!(sent(practice, "POST", "/sendConnector"), 1);
            page.has_no_button("idle_stay").await;
        },
    )
    .await;
}
