//! The result of a job stays within reach until another has begun.

use serde_json::json;
use thirtyfour::WindowHandle;

use crate::browser::{ENGLISH, GERMAN, Reader, cdp};
use crate::journey::{quick, travel, with_tasks_of};
use crate::page::Page;
use crate::practice::{Options, STRICT, SUSPENDED};
use crate::steps::{PLATFORM, changes, sent};

const CONTACT: &str = "contact@mydomain.ovh";
const NEWS: &str = "newsletter@mydomain.ovh";

impl Page {
    /// Another job, for one address, paused.
    async fn pause_one_more(&self) {
        self.press("more_addresses").await;
        self.screen("addresses_title").await;
        self.tick(&[NEWS]).await;
        self.attach(1).await;
        self.press("pause").await;
        self.notice("paused").await;
    }

    /// Opens a second tab on the same platform, which shows the result of the first; returns both.
    async fn second_tab_with_the_result(&self) -> [WindowHandle; 2] {
        let first = self.tab().await;
        let second = self.driver.new_tab().await.expect("a tab");
        self.go_to_tab(&second).await;
        self.sign_in().await;
        self.choose(PLATFORM).await;
        self.press("go_on").await;
        self.screen("attaching_title").await;
        [first, second]
    }

    /// Attaches one address, and one that is suspended.
    async fn attach_one_of_two(&self) {
        self.go_to_addresses("Newsletter provider").await;
        self.tick(&[CONTACT, SUSPENDED]).await;
        self.attach(2).await;
        self.says(&self.filled("failed_one", &[("count", "1")]))
            .await;
    }

    /// Attaches both addresses and waits for the result.
    async fn attach_both(&self) {
        self.go_to_addresses("Newsletter provider").await;
        self.tick(&[CONTACT, STRICT]).await;
        self.attach(2).await;
        self.all_attached(2).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn back_from_the_plan_of_undoing_leads_to_the_result() {
    travel("undo-dropped", GERMAN, quick(), async |page, practice| {
        page.attach_both().await;
        page.press("undo").await;
        page.screen("plan_title").await;
        // One of them needed a setting that stays.
        page.says(&page.filled("plan_filters_stay_one", &[("count", "1")]))
            .await;
        page.look("plan").await;
        page.press("back").await;
        page.screen("attaching_title").await;
        page.all_attached(2).await;
        page.press("undo").await;
        page.screen("plan_title").await;
        page.reload().await;
        page.screen("plan_title").await;
        page.press("back").await;
        page.screen("attaching_title").await;
        page.all_attached(2).await;
        page.reload().await;
        page.screen("attaching_title").await;
        page.all_attached(2).await;
        let before = changes(practice).len();
        page.press("undo").await;
        page.screen("plan_title").await;
        // Going back drops the plan, as the button does.
        page.back().await;
        page.screen("attaching_title").await;
        page.all_attached(2).await;
        page.press("undo").await;
        page.screen("plan_title").await;
        page.press("begin_undo").await;
        page.screen("attaching_title").await;
        let undone = page.counted("undone_one", "undone_many", 2);
        page.says(&undone).await;
        page.reload().await;
        page.screen("attaching_title").await;
        page.says(&undone).await;
        // The short body of one of the two is refused first.
        assert_eq!(changes(practice).len(), before + 3);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_for_more_that_is_dropped_keeps_the_result() {
    travel("more-dropped", ENGLISH, quick(), async |page, practice| {
        page.attach_both().await;
        page.press("more_addresses").await;
        page.screen("addresses_title").await;
        page.says_text("addresses_none_chosen").await;
        page.tick(&[NEWS]).await;
        page.plan(1).await;
        page.press("back").await;
        page.screen("addresses_title").await;
        page.back().await;
        page.screen("attaching_title").await;
        page.all_attached(2).await;
        page.press("more_addresses").await;
        page.screen("addresses_title").await;
        page.attach(1).await;
        page.all_attached(1).await;
        assert_eq!(sent(practice, "PUT", &format!("/account/{NEWS}")), 1);
        page.reload().await;
        page.screen("attaching_title").await;
        page.all_attached(1).await;
    })
    .await;
}

/// No job is done before somebody has paused it.
fn lengthy() -> Options {
    with_tasks_of(4)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_result_stays_while_another_tab_is_at_work() {
    travel("tab-result", ENGLISH, lengthy(), async |page, practice| {
        let page = &page.patient(120);
        page.attach_one_of_two().await;
        let [first, second] = page.second_tab_with_the_result().await;
        page.pause_one_more().await;
        let before = changes(practice).len();
        let refused = page.text("error_refused");
        page.go_to_tab(&first).await;
        for button in ["try_failed_again", "undo"] {
            page.press(button).await;
            page.notice("elsewhere").await;
            page.row_says(SUSPENDED, &refused).await;
        }
        page.look("elsewhere").await;
        assert_eq!(changes(practice).len(), before, "nothing is sent");
        page.go_to_tab(&second).await;
        page.press("resume").await;
        page.all_attached(1).await;
        // The result is still there, and now it can be gone on with.
        page.go_to_tab(&first).await;
        page.notice("left").await;
        page.says_text("left_replaces").await;
        page.row_says(SUSPENDED, &refused).await;
        page.look("left").await;
        practice.suspend(SUSPENDED, false);
        page.press("try_failed_again").await;
        page.all_attached(2).await;
        page.press("undo").await;
        page.screen("plan_title").await;
        page.press("begin_undo").await;
        page.says(&page.counted("undone_one", "undone_many", 2))
            .await;
        for (address, times) in [(CONTACT, 2), (SUSPENDED, 3), (NEWS, 1)] {
            let path = format!("/account/{address}");
            assert_eq!(sent(practice, "PUT", &path), times, "{address}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_is_left_takes_no_results_place_by_itself() {
    travel("tab-left", GERMAN, lengthy(), async |page, practice| {
        page.attach_one_of_two().await;
        let [first, second] = page.second_tab_with_the_result().await;
        page.pause_one_more().await;
        page.driver.close_window().await.expect("a tab");
        drop(second);
        page.go_to_tab(&first).await;
        let before = changes(practice).len();
        for button in ["try_failed_again", "undo"] {
            page.press(button).await;
            page.notice("left").await;
            page.row_says(SUSPENDED, &page.text("error_refused")).await;
        }
        page.look("left").await;
        assert_eq!(changes(practice).len(), before, "nothing is sent");
        page.press("left_show").await;
        page.notice("paused").await;
        page.press("resume").await;
        page.all_attached(1).await;
        assert_eq!(sent(practice, "PUT", &format!("/account/{NEWS}")), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_tab_went_on_with_is_undone_as_well() {
    travel("tab-same-job", ENGLISH, quick(), async |page, practice| {
        page.attach_one_of_two().await;
        let [first, _] = page.second_tab_with_the_result().await;
        practice.suspend(SUSPENDED, false);
        page.press("try_failed_again").await;
        page.all_attached(2).await;
        page.go_to_tab(&first).await;
        page.press("undo").await;
        page.screen("plan_title").await;
        page.press("begin_undo").await;
        page.says(&page.counted("undone_one", "undone_many", 2))
            .await;
    })
    .await;
}

/// How many rows of the whole table there are while the page goes on paper, and what can be seen.
const ON_PAPER: &str = "
  const rows = () => document.querySelectorAll('.on-paper tbody tr').length;
  const before = rows();
  dispatchEvent(new Event('beforeprint'));
  return Promise.resolve().then(() => new Promise((done) => setTimeout(() => done([before, rows()]))));";

#[tokio::test(flavor = "multi_thread")]
async fn all_of_the_result_goes_on_paper_and_no_button() {
    let options = Options {
        accounts: 130,
        ..quick()
    };
    let reader = Reader {
        width: 1000,
        ..GERMAN
    };
    travel("paper", reader, options, async |page, _| {
        let page = &page.patient(120);
        page.go_to_addresses("Newsletter provider").await;
        page.choose_all(130).await;
        page.attach(130).await;
        page.says(&page.filled("failed_many", &[("count", "2")]))
            .await;
        let paper = json!({ "media": "print", "features": [] });
        cdp(&page.driver, "Emulation.setEmulatedMedia", paper).await;
        assert_eq!(page.ask(ON_PAPER).await, json!([0, 130]));
        page.picture("paper").await;
        let pressed = "return [...document.querySelectorAll('button, nav, .states')]\
                       .filter((element) => element.checkVisibility()).length";
        assert_eq!(page.ask(pressed).await, 0);
        page.ask("dispatchEvent(new Event('afterprint'))").await;
        page.until_so(
            "the screen",
            "return !document.querySelector('.on-paper tr')",
        )
        .await;
    })
    .await;
}
