//! Reloading, going back and clicking twice: typed things stay, and nothing is sent twice.

use std::time::Duration;

use serde_json::Value;

use crate::browser::ENGLISH;
use crate::journey::{quick, travel};
use crate::page::Page;
use crate::practice::Options;
use crate::steps::{PASSWORD, PLATFORM, SMART_HOST, changes, sent};

const ADDRESSES: [&str; 2] = ["contact@mydomain.ovh", "newsletter@mydomain.ovh"];

/// Tasks that last long enough to reload in their middle.
fn slow() -> Options {
    Options {
        task_time: Duration::from_millis(2500),
        ..quick()
    }
}

async fn is_ticked(page: &Page, address: &str) -> bool {
    let field = page.find("checkbox", address).await;
    field.is_selected().await.expect("a box")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reload_on_every_screen_keeps_what_was_typed() {
    travel("reloads", ENGLISH, slow(), async |page, practice| {
        page.sign_in().await;
        page.reload().await;
        page.screen("platform_title").await;
        page.take_platform(PLATFORM).await;
        page.fill_connector("Newsletter provider").await;
        page.reload().await;
        page.screen("connector_title").await;
        assert_eq!(page.value("smart_host").await, SMART_HOST);
        assert_eq!(page.value("display_name").await, "Newsletter provider");
        assert_eq!(page.value("password").await, "", "no secret is kept");
        page.fill("password", PASSWORD).await;
        page.press("to_review").await;
        page.screen("review_title").await;
        page.reload().await;
        // Without the password there is nothing to look over.
        page.screen("connector_title").await;
        let said = page.description("password").await;
        assert!(said.contains(&page.text("password_again")), "{said}");
        page.look("password-again").await;
        page.fill("password", PASSWORD).await;
        page.press("to_review").await;
        page.screen("review_title").await;
        assert_eq!(changes(practice), [], "nothing was sent yet");
        page.press("add_now").await;
        page.screen("adding_title").await;
        page.says_text("adding_accepted").await;
        page.reload().await;
        page.screen("ready_title").await;
        page.reload().await;
        page.screen("ready_title").await;
        page.press("to_addresses").await;
        page.screen("addresses_title").await;
        page.tick(&ADDRESSES).await;
        page.reload().await;
        page.screen("addresses_title").await;
        assert!(is_ticked(page, ADDRESSES[0]).await && is_ticked(page, ADDRESSES[1]).await);
        page.plan(2).await;
        page.reload().await;
        page.screen("plan_title").await;
        let looked = page.filled("plan_looked", &[("done", "2"), ("all", "2")]);
        page.says(&looked).await;
        assert_eq!(changes(practice).len(), 1, "a plan changes nothing");
        page.press("begin_attach").await;
        page.screen("attaching_title").await;
        page.row_says(ADDRESSES[1], &page.text("item_confirming"))
            .await;
        page.reload().await;
        page.screen("attaching_title").await;
        page.all_attached(2).await;
        page.press("to_verify").await;
        page.screen("verify_title").await;
        page.fill("header_label", "Received: from somewhere").await;
        page.reload().await;
        page.screen("verify_title").await;
        assert_eq!(page.value("header_label").await, "Received: from somewhere");
        page.press("check").await;
        page.press("finish_anyway").await;
        page.screen("done_title").await;
        page.reload().await;
        page.screen("done_title").await;
        page.says(&ADDRESSES.join(", ")).await;
        assert_eq!(sent(practice, "POST", "/sendConnector"), 1);
        for address in ADDRESSES {
            assert_eq!(sent(practice, "PUT", &format!("/account/{address}")), 1);
        }
        assert_eq!(changes(practice).len(), 3);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reload_while_the_request_is_out_sends_no_second_one() {
    // The answer comes late enough for a reload before it.
    let options = Options {
        slow_time: Duration::from_secs(3),
        ..slow()
    };
    travel("reload-out", ENGLISH, options, async |page, practice| {
        page.go_to_review("slow-answer").await;
        page.press("add_now").await;
        page.screen("adding_title").await;
        page.until("the request", async || {
            (sent(practice, "POST", "/sendConnector") == 1).then_some(())
        })
        .await;
        page.reload().await;
        page.screen("ready_title").await;
        assert_eq!(sent(practice, "POST", "/sendConnector"), 1);
        page.says("slow-answer").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn going_back_loses_nothing_and_sends_nothing() {
    travel("back", ENGLISH, quick(), async |page, practice| {
        page.go_to_review("Newsletter provider").await;
        page.back().await;
        page.screen("connector_title").await;
        page.title_has_focus().await;
        assert_eq!(page.value("smart_host").await, SMART_HOST);
        assert_eq!(page.value("password").await, PASSWORD, "not sent yet");
        page.press("to_review").await;
        page.screen("review_title").await;
        page.press("change").await;
        page.screen("connector_title").await;
        page.press("to_review").await;
        page.screen("review_title").await;
        page.press("add_now").await;
        page.screen("ready_title").await;
        page.press("to_addresses").await;
        page.screen("addresses_title").await;
        page.tick(&ADDRESSES).await;
        page.back().await;
        page.screen("ready_title").await;
        page.press("to_addresses").await;
        page.screen("addresses_title").await;
        assert!(is_ticked(page, ADDRESSES[0]).await);
        page.plan(2).await;
        page.back().await;
        page.screen("addresses_title").await;
        page.attach(2).await;
        page.all_attached(2).await;
        page.press("to_verify").await;
        page.screen("verify_title").await;
        page.back().await;
        page.screen("attaching_title").await;
        page.all_attached(2).await;
        page.press("to_verify").await;
        page.screen("verify_title").await;
        assert_eq!(changes(practice).len(), 3);
    })
    .await;
}

impl Page {
    /// A double-click: the first of it on one button, the second on one that this has brought. Returns
    /// the title of the screen that is there then.
    async fn double_click_through(&self, first: &str, second: &str) -> Value {
        let script = "
          const find = (name) => [...document.querySelectorAll('button')]
            .find((button) => button.innerText.includes(name));
          const click = (button, detail) =>
            button.dispatchEvent(new MouseEvent('click', { detail, bubbles: true }));
          const frame = () => new Promise(requestAnimationFrame);
          const [first, second] = arguments;
          click(find(first), 1);
          return (async () => {
            for (let frames = 0; frames < 30 && !find(second); frames++) await frame();
            click(find(second), 2);
            await frame();
            return document.querySelector('h1').innerText;
          })();";
        self.ask_with(script, vec![first.into(), second.into()])
            .await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_click_hits_no_button_that_came_under_it() {
    travel(
        "double-click-on",
        ENGLISH,
        quick(),
        async |page, practice| {
            page.go_to_review("Newsletter provider").await;
            page.press("add_now").await;
            page.screen("ready_title").await;
            let [on, add] = ["to_addresses", "way_add"].map(|key| page.text(key));
            let shown = page.double_click_through(&on, &add).await;
            assert_eq!(shown, page.text("addresses_title"));
            page.click("checkbox", ADDRESSES[1]).await;
            let attach = page.filled("attach_one", &[("count", "1")]);
            page.find("button", &attach).await;
            let begin = page.text("begin_attach");
            let shown = page.double_click_through(&attach, &begin).await;
            assert_eq!(shown, page.text("plan_title"));
            assert_eq!(changes(practice).len(), 1, "but the connector");
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_double_click_adds_one_connector() {
    travel("double-click", ENGLISH, quick(), async |page, practice| {
        page.go_to_review("Newsletter provider").await;
        let add = page.find("button", &page.text("add_now")).await;
        let twice = page.driver.action_chain().double_click_element(&add);
        twice.perform().await.expect("a double click");
        page.screen("ready_title").await;
        assert_eq!(sent(practice, "POST", "/sendConnector"), 1);
    })
    .await;
}
