//! Two tabs, a closed one, and one in the background.

use std::time::{Duration, Instant};

use serde_json::json;
use thirtyfour::WindowHandle;

use crate::browser::{ENGLISH, cdp};
use crate::journey::{quick, travel, with_tasks_of};
use crate::page::Page;
use crate::practice::{Options, Practice};
use crate::record::{calls, count, since};
use crate::secrets::own_keys;
use crate::steps::{PLATFORM, changes, sent};

/// Ten calls a second: long enough to do something meanwhile.
fn steady() -> Options {
    Options {
        accounts: 40,
        pace: 600,
        ..quick()
    }
}

/// Two calls a second: the job outlasts a second tab in which somebody signs in.
fn slow() -> Options {
    Options {
        pace: 120,
        ..steady()
    }
}

/// These can be attached like any other.
const COUNT: usize = 18;

impl Page {
    /// To the plan for the addresses with one domain, all of which can be attached.
    async fn plan_second_domain(&self, count: usize) {
        self.go_to_addresses("Newsletter provider").await;
        self.fill("addresses_filter", "second-domain").await;
        self.choose_all(count).await;
        self.plan(count).await;
    }

    /// Opens a tab without anything of this one and goes there.
    async fn open_tab(&self) {
        self.step("open a new tab");
        let tab = self.driver.new_tab().await.expect("a tab");
        self.go_to_tab(&tab).await;
    }

    /// Adds a connector in this tab, and in a copy of it another, or the same, which has to wait. Ends in
    /// the copy.
    async fn add_in_two_tabs(&self, name: &str, other: &str) -> [WindowHandle; 2] {
        self.go_to_review(name).await;
        let first = self.tab().await;
        self.ask("window.open(location.href)").await;
        self.to_new_tab().await;
        self.screen("connector_title").await;
        // What was typed is there, but for the password.
        self.fill("display_name", other).await;
        self.retype_password().await;
        let second = self.tab().await;
        self.go_to_tab(&first).await;
        self.press("add_now").await;
        self.screen("adding_title").await;
        self.go_to_tab(&second).await;
        self.press("add_now").await;
        self.notice("adding_elsewhere").await;
        [first, second]
    }

    /// What the browser would ask before it leaves the page.
    async fn asks_before_leaving(&self) -> bool {
        let script = "return !dispatchEvent(new Event('beforeunload', { cancelable: true }))";
        self.ask(script).await == true
    }
}

/// Every address was changed once.
fn each_once(practice: &Practice, before: usize, count: usize) {
    let calls = calls(&since(practice, before));
    let changed = calls.values().filter(|calls| calls.taken == 1);
    assert_eq!(changed.count(), count, "{calls:?}");
    assert!(calls.values().all(|calls| calls.writes() <= 1), "{calls:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_the_tab_waits_for_the_first() {
    travel("tab-copied", ENGLISH, steady(), async |page, practice| {
        let before = practice.log().len();
        page.plan_second_domain(COUNT).await;
        page.press("begin_attach").await;
        page.screen("attaching_title").await;
        page.ask("window.open(location.href)").await;
        page.to_new_tab().await;
        page.notice("elsewhere").await;
        for name in ["pause", "stop", "resume"] {
            page.has_no_button(name).await;
        }
        page.look("elsewhere").await;
        page.close_tab().await;
        page.all_attached(COUNT).await;
        each_once(practice, before, COUNT);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fresh_tab_is_told_and_takes_over_what_is_left() {
    travel("tab-fresh", ENGLISH, slow(), async |page, practice| {
        let before = practice.log().len();
        page.plan_second_domain(COUNT).await;
        page.press("begin_attach").await;
        page.screen("attaching_title").await;
        let first = page.tab().await;
        page.open_tab().await;
        let second = page.tab().await;
        page.sign_in().await;
        page.choose(PLATFORM).await;
        page.press("go_on").await;
        page.notice("elsewhere").await;
        page.fill("user", "somebody").await;
        let sent = changes(practice).len();
        assert!(sent <= COUNT, "the first tab is still at work");
        page.go_to_tab(&first).await;
        page.step("close the first tab");
        page.driver.close_window().await.expect("a tab");
        page.go_to_tab(&second).await;
        // Nobody is taken out of a form.
        page.notice("left").await;
        page.look("left").await;
        assert_eq!(page.value("user").await, "somebody");
        page.press("left_show").await;
        page.screen("attaching_title").await;
        page.notice("paused").await;
        page.look("taken-over").await;
        page.press("resume").await;
        page.all_attached(COUNT).await;
        each_once(practice, before, COUNT);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_tab_is_gone_on_with_in_another() {
    travel("tab-closed", ENGLISH, steady(), async |page, practice| {
        let before = practice.log().len();
        page.have_one_done().await;
        let first = page.tab().await;
        page.open_tab().await;
        let second = page.tab().await;
        page.go_to_tab(&first).await;
        page.step("close the first tab");
        page.driver.close_window().await.expect("a tab");
        page.go_to_tab(&second).await;
        page.sign_in().await;
        page.choose(PLATFORM).await;
        page.press("go_on").await;
        page.screen("attaching_title").await;
        page.notice("paused").await;
        page.look("found").await;
        page.press("resume").await;
        page.all_attached(COUNT).await;
        each_once(practice, before, COUNT);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_in_another_tab_leaves_the_place_of_this_one() {
    travel("tab-signed-out", ENGLISH, slow(), async |page, practice| {
        let before = practice.log().len();
        page.have_one_done().await;
        let first = page.tab().await;
        page.open_tab().await;
        let keys = own_keys(practice);
        let [application, secret, consumer] = &keys;
        page.arrive().await;
        page.fill_keys(application, secret, consumer).await;
        page.press("sign_in").await;
        page.screen("platform_title").await;
        page.press("sign_out").await;
        page.screen("sign_in_title").await;
        page.go_to_tab(&first).await;
        assert_eq!(page.kept_states().await.len(), COUNT);
        page.reload().await;
        page.screen("attaching_title").await;
        page.all_attached(COUNT).await;
        each_once(practice, before, COUNT);
        // At its end it is nobody's any more, and signing out forgets it.
        page.open_tab().await;
        page.sign_in().await;
        page.press("sign_out").await;
        page.screen("sign_in_title").await;
        assert_eq!(page.kept_states().await.len(), 0);
    })
    .await;
}

impl Page {
    /// A job for all addresses of the second domain, of which one is done.
    async fn have_one_done(&self) {
        self.plan_second_domain(COUNT).await;
        self.press("begin_attach").await;
        self.screen("attaching_title").await;
        self.row_says_done_once().await;
    }

    /// Waits until the first address is done.
    async fn row_says_done_once(&self) {
        let script = "return document.getElementById('attach-progress')?.value > 0";
        self.until_so("one that is done", script).await;
    }
}

/// Notes in the page when its own timer ticks, and whether it was ever behind another tab. The title
/// stays as it is, as it does for minutes in a job over thousands: each change of it would keep
/// Chromium from holding the tab back for three seconds.
const WATCH_HIDDEN: &str = "
  Object.defineProperty(document, 'title', { set() {} });
  watched.hidden = { was: document.hidden, ticks: [performance.now()] };
  document.addEventListener('visibilitychange', () => { watched.hidden.was ||= document.hidden; });
  setInterval(() => watched.hidden.ticks.push(performance.now()), 50);";

/// The longest time between two ticks, up to now, in milliseconds.
const LONGEST_GAP: &str = "
  const ticks = [...watched.hidden.ticks, performance.now()];
  return Math.max(...ticks.slice(1).map((time, place) => time - ticks[place]));";

#[tokio::test(flavor = "multi_thread")]
async fn a_tab_in_the_background_keeps_the_pace() {
    // Two calls a second take four hands, as each is answered late: a hand whose pauses are cut to
    // one a minute would be missing.
    let options = Options {
        accounts: 120,
        pace: 120,
        answer_time: Duration::from_secs(2),
        ..quick()
    };
    travel("tab-behind", ENGLISH, options, async |page, practice| {
        // The page keeps its pace by itself.
        practice.set_pace(0);
        let page = &page.patient(200);
        page.go_to_addresses("Newsletter provider").await;
        page.choose_all(120).await;
        page.plan(120).await;
        page.ask(WATCH_HIDDEN).await;
        let own = page.tab().await;
        page.press("begin_attach").await;
        page.screen("attaching_title").await;
        page.open_tab().await;
        cdp(&page.driver, "Page.bringToFront", json!({})).await;
        // A tab is left alone for its first minute there, and then woken once a minute.
        page.calls_take(practice, 140).await;
        let taken = page.calls_take(practice, 120).await;
        page.go_to_tab(&own).await;
        let gap = page.ask(LONGEST_GAP).await.as_f64().expect("milliseconds");
        println!("120 calls in {taken:.1?}, its own timer {gap:.0} ms late");
        assert_eq!(page.ask("return watched.hidden.was").await, true);
        // Without this, the rest would prove nothing.
        assert!(gap > 20_000.0, "the tab was not held back: {gap} ms");
        assert!(
            taken < Duration::from_secs(75),
            "the pace was lost: {taken:?}"
        );
    })
    .await;
}

impl Page {
    /// How long so many more calls of a job take.
    async fn calls_take(&self, practice: &Practice, calls: usize) -> Duration {
        self.step(format!("{calls} more calls"));
        let (begun, before) = (Instant::now(), practice.log().len());
        self.until("that many calls", async || {
            (count(&since(practice, before)) >= calls).then_some(())
        })
        .await;
        begun.elapsed()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn leaving_asks_while_it_runs_and_only_then() {
    travel("leaving", ENGLISH, steady(), async |page, practice| {
        page.plan_second_domain(COUNT).await;
        assert!(!page.asks_before_leaving().await, "nothing is changed yet");
        page.press("begin_attach").await;
        page.screen("attaching_title").await;
        assert!(page.asks_before_leaving().await);
        page.press("pause").await;
        page.notice("paused").await;
        assert!(!page.asks_before_leaving().await);
        page.press("resume").await;
        page.until_so(
            "a question again",
            "return !dispatchEvent(new Event('beforeunload', { cancelable: true }))",
        )
        .await;
        page.all_attached(COUNT).await;
        page.title_begins("title_done").await;
        assert!(!page.asks_before_leaving().await);
        assert_eq!(changes(practice).len(), 1 + COUNT);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_never_add_the_same_connector_twice() {
    travel(
        "tab-adds-too",
        ENGLISH,
        with_tasks_of(3),
        async |page, practice| {
            let name = "Newsletter provider";
            page.add_in_two_tabs(name, name).await;
            page.look("waits-to-add").await;
            page.notice("adding_there").await;
            let focus = "return document.activeElement.textContent";
            let focus = page.ask(focus).await;
            let told = page.text("adding_there");
            assert!(focus.as_str().is_some_and(|text| text.starts_with(&told)));
            page.look("added-meanwhile").await;
            page.press("connector_take").await;
            page.screen("ready_title").await;
            page.says(name).await;
            assert_eq!(sent(practice, "POST", "/sendConnector"), 1);
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_back_while_another_tab_adds_is_not_sent() {
    travel(
        "turns-back",
        ENGLISH,
        with_tasks_of(4),
        async |page, practice| {
            let names = ["Newsletter provider", "Invoices"];
            let [first, second] = page.add_in_two_tabs(names[0], names[1]).await;
            page.press("change").await;
            page.screen("connector_title").await;
            page.go_to_tab(&first).await;
            page.screen("ready_title").await;
            page.go_to_tab(&second).await;
            // Still the form, and what is asked for from now on is all that is sent.
            page.screen("connector_title").await;
            page.fill("display_name", "Letters").await;
            page.press("to_review").await;
            page.screen("review_title").await;
            page.press("add_now").await;
            page.screen("ready_title").await;
            page.says("Letters").await;
            assert_eq!(sent(practice, "POST", "/sendConnector"), 2);
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn going_back_from_a_job_at_work_asks_and_ends_nothing() {
    travel("back-from-job", ENGLISH, slow(), async |page, practice| {
        let before = practice.log().len();
        page.plan_second_domain(COUNT).await;
        page.press("begin_attach").await;
        page.screen("attaching_title").await;
        page.back().await;
        page.notice("back_asked").await;
        page.look("back-asked").await;
        page.press("back_stay").await;
        page.has_no_button("back_leave").await;
        page.back().await;
        page.notice("back_asked").await;
        page.press("back_leave").await;
        page.screen("ready_title").await;
        page.press("to_addresses").await;
        page.screen("attaching_title").await;
        page.has_no_button("back_leave").await;
        page.all_attached(COUNT).await;
        each_once(practice, before, COUNT);
    })
    .await;
}
