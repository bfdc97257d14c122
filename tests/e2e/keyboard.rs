//! The whole way without a mouse.

use thirtyfour::Key;

use crate::browser::ENGLISH;
use crate::client::Client;
use crate::journey::{quick, travel};
use crate::page::Page;
use crate::practice::{APPLICATION, CONSUMER, Options, Practice, SECRET};
use crate::steps::{PASSWORD, PLATFORM, SMART_HOST, changes};

const ADDRESS: &str = "newsletter@mydomain.ovh";

impl Page {
    async fn type_into(&self, label: &str, words: &str) {
        self.tab_to("textbox", &self.text(label)).await;
        self.keys(words).await;
    }

    async fn enter(&self, button: &str) {
        self.tab_to("button", &self.text(button)).await;
        self.keys(Key::Enter).await;
    }

    /// The next screen, with the focus on its title.
    async fn arrives_at(&self, title: &str) {
        self.screen(title).await;
        self.title_has_focus().await;
    }

    /// The list of problems has the focus, and its first link leads to this field.
    async fn problems_lead_to(&self, label: &str) {
        let has_focus = "return document.activeElement?.id === 'problems'";
        self.until_so("the focus on the problems", has_focus).await;
        self.look("problems").await;
        self.tab_to("link", &self.text(label)).await;
        self.keys(Key::Enter).await;
        let field = self.find("textbox", &self.text(label)).await;
        let field = vec![field.to_json().expect("an element")];
        let script = "return document.activeElement === arguments[0]";
        assert_eq!(self.ask_with(script, field).await, true, "focus on {label}");
    }
}

async fn whole_way(page: &Page, practice: &Practice) {
    page.arrive().await;
    page.enter("sign_in").await;
    page.problems_lead_to("application_key").await;
    page.keys(APPLICATION).await;
    page.type_into("application_secret", SECRET).await;
    page.type_into("consumer_key", CONSUMER).await;
    page.keys(Key::Enter).await;
    page.arrives_at("platform_title").await;
    page.tab_to("radio", PLATFORM).await;
    page.keys(" ").await;
    page.enter("go_on").await;
    page.arrives_at("connector_title").await;
    page.enter("to_review").await;
    page.problems_lead_to("smart_host").await;
    page.keys(SMART_HOST).await;
    page.tab_to("radio", &page.text("mechanism_plain")).await;
    page.type_into("user", "office").await;
    page.type_into("password", PASSWORD).await;
    page.tab_to("checkbox", &page.text("require_tls")).await;
    page.type_into("display_name", "By hand").await;
    page.keys(Key::Enter).await;
    page.arrives_at("review_title").await;
    page.says_text("mechanism_plain").await;
    page.enter("add_now").await;
    page.arrives_at("ready_title").await;
    page.enter("to_addresses").await;
    page.arrives_at("addresses_title").await;
    page.type_into("addresses_filter", "newsletter").await;
    page.tab_to("checkbox", ADDRESS).await;
    page.keys(" ").await;
    let attach = page.filled("attach_one", &[("count", "1")]);
    page.tab_to("button", &attach).await;
    page.keys(Key::Enter).await;
    page.arrives_at("plan_title").await;
    page.enter("begin_attach").await;
    page.arrives_at("attaching_title").await;
    page.all_attached(1).await;
    page.enter("to_verify").await;
    page.arrives_at("verify_title").await;
    page.enter("check").await;
    page.problems_lead_to("header_label").await;
    page.paste(&Client::new(practice).mail(ADDRESS)).await;
    page.enter("check").await;
    page.notice("verdict_used").await;
    let result = format!(
        "{}: {}",
        page.text("verdict_label"),
        page.text("verdict_used")
    );
    let region = format!("return document.activeElement?.ariaLabel === {result:?}");
    page.until_so("the focus on the result", &region).await;
    page.enter("finish").await;
    page.arrives_at("done_title").await;
    page.enter("sign_out_unsaved").await;
    page.arrives_at("sign_in_title").await;
    page.notice("signed_out").await;
    assert_eq!(changes(practice).len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keyboard_alone_is_enough() {
    travel("keyboard", ENGLISH, quick(), whole_way).await;
}

impl Page {
    /// The list shows these, of so many.
    async fn shows_of(&self, first: usize, last: usize, all: usize) {
        let [first, last, all] = [first, last, all].map(|number| self.number(number));
        let values = [("first", &*first), ("last", &*last), ("all", &*all)];
        self.says(&self.filled("page_shows", &values)).await;
    }
}

impl Page {
    /// Presses a button that goes away by it; the next Tab leads to the one that took its place.
    async fn enter_for(&self, gone: &str, instead: &str) {
        self.tab_to("button", gone).await;
        self.keys(Key::Enter).await;
        let new = self.find("button", instead).await;
        self.until_so(
            "the focus near by",
            "return document.activeElement !== document.body && document.activeElement.tagName !== 'BUTTON'",
        )
        .await;
        self.keys(Key::Tab).await;
        let new = vec![new.to_json().expect("an element")];
        let script = "return document.activeElement === arguments[0]";
        assert_eq!(self.ask_with(script, new).await, true, "{instead}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_that_goes_away_leaves_the_focus_where_it_was() {
    let options = Options {
        accounts: 250,
        // Slow enough to be paused twice.
        pace: 600,
        ..quick()
    };
    travel("focus-stays", ENGLISH, options, async |page, practice| {
        page.go_to_addresses("Newsletter provider").await;
        let all = page.counted("choose_all_one", "choose_all", 250);
        page.enter_for(&all, &page.text("choose_none")).await;
        page.plan(250).await;
        page.press("begin_attach").await;
        page.screen("attaching_title").await;
        let [pause, resume] = ["pause", "resume"].map(|key| page.text(key));
        page.enter_for(&pause, &resume).await;
        page.enter_for(&resume, &pause).await;
        assert!(!changes(practice).is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_list_is_leafed_through_by_one_key() {
    let options = Options {
        accounts: 250,
        ..quick()
    };
    travel("pages", ENGLISH, options, async |page, _| {
        page.go_to_addresses("Newsletter provider").await;
        page.shows_of(1, 100, 250).await;
        page.enter("page_next").await;
        page.shows_of(101, 200, 250).await;
        page.keys(Key::Enter).await;
        page.shows_of(201, 250, 250).await;
        let scrolled = page.ask("return document.getElementById('addresses').scrollTop");
        assert_eq!(scrolled.await, 0, "a page begins with its first address");
        page.look("last-page").await;
        // There is no further page, and the button is still where it was.
        page.keys(Key::Enter).await;
        let back = page.driver.action_chain().key_down(Key::Shift);
        let back = back.send_keys(Key::Tab).key_up(Key::Shift);
        back.perform().await.expect("Shift and Tab");
        page.keys(Key::Enter).await;
        page.shows_of(101, 200, 250).await;
        // Nor does a hurried hand lose a click.
        let script = "
          const click = (detail) => [...document.querySelectorAll('nav.pager button')]
            .pop().dispatchEvent(new MouseEvent('click', { detail, bubbles: true }));
          document.querySelector('nav.pager button').click();
          click(1); click(2);";
        page.ask(script).await;
        page.shows_of(201, 250, 250).await;
    })
    .await;
}
