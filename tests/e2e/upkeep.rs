//! Connectors that are there: looked at, edited, and given another sign-in at the provider.

use crate::browser::{ENGLISH, GERMAN};
use crate::client::Client;
use crate::domains::{DOMAIN, set_default_elsewhere};
use crate::journey::{quick, travel, with_tasks_of};
use crate::page::Page;
use crate::practice::Practice;
use crate::steps::{PASSWORD, changes, sent};

const PLATFORM: &str = "dedicated-zz111111-1";
const CONNECTOR: &str = "Invoices relay";

impl Page {
    /// From the start to the connectors of a platform.
    pub async fn go_to_connectors(&self, platform: &str) {
        self.sign_in().await;
        self.take_platform(platform).await;
        self.press("to_upkeep").await;
        self.screen("connectors_title").await;
    }

    /// From the start to the form that changes a connector.
    async fn go_to_edit(&self) {
        self.go_to_connectors(PLATFORM).await;
        self.open_connector(CONNECTOR).await;
        self.press("one_edit").await;
        self.screen("edit_title").await;
    }

    /// Opens one of them.
    pub async fn open_connector(&self, name: &str) {
        self.click("button", name).await;
        self.screen_named(name).await;
        self.says_text("what_to_do").await;
    }
}

/// The number of the connector at OVHcloud, asked for beside the page.
fn id(practice: &Practice) -> u64 {
    let path = format!("/email/exchange/{PLATFORM}/service/{PLATFORM}/sendConnector");
    let ids = Client::new(practice).call("GET", &path, None).json();
    let ids = ids.as_array().expect("ids").iter();
    ids.filter_map(serde_json::Value::as_u64)
        .max()
        .expect("one")
}

async fn edit(page: &Page, practice: &Practice) {
    let id = id(practice);
    page.go_to_connectors(PLATFORM).await;
    page.look("connectors").await;
    page.press("count_now").await;
    page.press("count_again").await;
    let count = page.counted("addresses_count_one", "addresses_count", 1);
    page.says(&count).await;
    page.look("counted").await;
    page.open_connector(CONNECTOR).await;
    page.look("one").await;
    page.press("one_edit").await;
    page.screen("edit_title").await;
    page.press("to_review").await;
    page.says_text("edit_unchanged").await;
    page.fill("port", "465").await;
    page.fill("display_name", " ").await;
    page.press("to_review").await;
    page.says_text("port_encrypted").await;
    page.says_text("name_empty").await;
    page.look("edit-wrong").await;
    page.fill("port", "2525").await;
    page.fill("display_name", "Invoices").await;
    page.reload().await;
    page.screen("edit_title").await;
    assert_eq!(
        page.value("port").await,
        "2525",
        "a reload keeps what is typed"
    );
    page.press("to_review").await;
    page.says_text("edit_review").await;
    page.look("edit-review").await;
    assert!(
        changes(practice).is_empty(),
        "nothing is sent before it is shown"
    );
    page.press("edit_send").await;
    page.screen("changing_title").await;
    page.look("edit-busy").await;
    page.notice("edit_done").await;
    page.is_told("edit_done").await;
    page.look("edit-done").await;
    assert_eq!(changes(practice).len(), 1);
    assert_eq!(sent(practice, "PUT", &format!("/sendConnector/{id}")), 1);
    page.press("go_on").await;
    page.screen_named("Invoices").await;
    page.says("2525").await;
    page.press("to_connectors").await;
    page.screen("connectors_title").await;
    page.says("Invoices").await;
    page.press("record").await;
    page.screen("record_title").await;
    page.says_text("deed_edited").await;
    page.look("edit-record").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connector_is_looked_at_and_edited() {
    travel("edit", ENGLISH, quick(), edit).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connector_is_edited_in_german_on_a_dark_telephone() {
    travel("edit-de", GERMAN, quick(), edit).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_name_is_said_to_change_no_mail() {
    travel("rename", ENGLISH, quick(), async |page, practice| {
        page.go_to_edit().await;
        page.fill("display_name", &"x".repeat(101)).await;
        page.press("to_review").await;
        page.says_text("name_long").await;
        page.fill("display_name", "Bills").await;
        page.press("to_review").await;
        page.says_text("rename_effect").await;
        page.press("edit_send").await;
        page.notice("edit_done").await;
        page.says_text("rename_effect").await;
        assert_eq!(changes(practice).len(), 1);
        page.press("go_on").await;
        page.screen_named("Bills").await;
        page.says_text("what_to_do").await;
        // What lies behind is where one came from, not the form that is settled.
        page.press("one_addresses").await;
        page.screen("addresses_title").await;
        page.back().await;
        page.screen_named("Bills").await;
        page.back().await;
        page.screen("connectors_title").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_does_not_wait_for_a_change_sees_it_in_the_list() {
    travel("rename-slow", GERMAN, with_tasks_of(4), async |page, _| {
        let page = &page.patient(60);
        page.go_to_edit().await;
        page.fill("display_name", "Bills").await;
        page.press("to_review").await;
        page.press("edit_send").await;
        page.screen("changing_title").await;
        page.press("place_connectors").await;
        page.screen("connectors_title").await;
        page.says(CONNECTOR).await;
        page.notice("change_on_its_way").await;
        page.look("on-its-way").await;
        page.find("button", "Bills").await;
        let seen = page.seen().await;
        assert!(!seen.contains(&page.text("change_on_its_way")), "{seen}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sign_in_of_a_connector_is_changed_with_a_password_that_is_kept_nowhere() {
    let journey = async |page: &Page, practice: &Practice| {
        let id = id(practice);
        page.go_to_connectors(PLATFORM).await;
        page.open_connector(CONNECTOR).await;
        page.press("one_authenticate").await;
        page.screen("authenticate_title").await;
        page.look("authenticate").await;
        page.press("to_review").await;
        page.says_text("user_empty").await;
        page.fill("user", "office@mydomain.ovh").await;
        page.fill("password", PASSWORD).await;
        page.press("to_review").await;
        page.says_text("authenticate_review").await;
        page.click("fold", &page.text("calls_title")).await;
        assert!(!page.seen().await.contains(PASSWORD));
        page.keeps_no_secret().await;
        page.look("authenticate-review").await;
        page.press("authenticate_send").await;
        page.keeps_no_secret().await;
        page.notice("authenticate_done").await;
        page.look("authenticate-done").await;
        page.keeps_no_secret().await;
        let ending = format!("/sendConnector/{id}/changeAuthentication");
        assert_eq!(sent(practice, "POST", &ending), 1);
        assert_eq!(changes(practice).len(), 1);
        page.press("go_on").await;
        page.screen_named(CONNECTOR).await;
        page.click_in("button", &page.text("record"), "outside")
            .await;
        page.screen("record_title").await;
        page.says_text("record_renewed").await;
        page.look("authenticate-record").await;
    };
    travel("authenticate", ENGLISH, quick(), journey).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_else_changed_meanwhile_is_shown_before_anything_is_sent() {
    travel("meanwhile", ENGLISH, quick(), async |page, practice| {
        page.go_to_edit().await;
        page.fill("port", "2525").await;
        page.press("to_review").await;
        page.says_text("edit_review").await;
        practice.rename(id(practice), "Somebody else’s");
        page.press("edit_send").await;
        page.notice("change_different").await;
        page.says("Somebody else’s").await;
        page.look("different").await;
        assert!(changes(practice).is_empty());
        page.press("change_anyway").await;
        page.notice("edit_done").await;
        assert_eq!(changes(practice).len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_detached_from_its_connector_with_nought() {
    const ADDRESS: &str = "newsletter@trusted-domain.ovh";
    travel("detach", ENGLISH, quick(), async |page, practice| {
        let account = || {
            let path = format!("/email/exchange/{PLATFORM}/service/{PLATFORM}/account/{ADDRESS}");
            let account = Client::new(practice).call("GET", &path, None).json();
            account["sendConnectorId"].as_u64().expect("a number")
        };
        assert_eq!(account(), id(practice));
        page.go_to_connectors(PLATFORM).await;
        page.open_connector(CONNECTOR).await;
        page.press("one_addresses").await;
        page.screen("addresses_title").await;
        page.tick(&[ADDRESS]).await;
        let detach = page.counted("detach_one", "detach_many", 1);
        page.click("button", &detach).await;
        page.screen("plan_title").await;
        page.says(ADDRESS).await;
        page.press("begin_detach").await;
        page.screen("attaching_title").await;
        page.says(&page.counted("detached_one", "detached_many", 1))
            .await;
        page.look("detached").await;
        assert_eq!(account(), 0);
        assert_eq!(sent(practice, "PUT", &format!("/account/{ADDRESS}")), 1);
        assert_eq!(changes(practice).len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn going_back_from_a_review_leads_to_its_form() {
    travel("back-to-forms", GERMAN, quick(), async |page, practice| {
        set_default_elsewhere(practice, id(practice));
        let before = changes(practice).len();
        page.go_to_edit().await;
        page.fill("port", "2525").await;
        page.press("to_review").await;
        page.says_text("edit_review").await;
        page.back().await;
        assert_eq!(page.value("port").await, "2525");
        page.press("to_review").await;
        page.says_text("edit_review").await;
        page.press("back_to_form").await;
        assert_eq!(page.value("port").await, "2525");
        page.back().await;
        page.screen_named(CONNECTOR).await;

        page.press("one_authenticate").await;
        page.screen("authenticate_title").await;
        page.fill("user", "office@mydomain.ovh").await;
        page.fill("password", PASSWORD).await;
        page.press("to_review").await;
        page.says_text("authenticate_review").await;
        page.back().await;
        assert_eq!(page.value("password").await, PASSWORD, "not sent yet");
        page.back().await;
        page.screen_named(CONNECTOR).await;

        page.press("one_delete").await;
        page.screen("delete_title").await;
        page.change_default(DOMAIN).await;
        page.choose(&page.text("own_servers")).await;
        page.press("to_review").await;
        page.says_text("default_effect").await;
        // One thing at a time: the review, the choice, and the screen they lay over.
        page.back().await;
        let choice = page.filled("default_choice", &[("domain", DOMAIN)]);
        page.find("group", &choice).await;
        page.back().await;
        page.title_has_focus().await;
        page.find("textbox", &page.text("delete_name")).await;
        page.back().await;
        page.screen_named(CONNECTOR).await;
        assert_eq!(changes(practice).len(), before, "nothing was sent");
    })
    .await;
}
