//! Deleting a connector: nobody uses it any more, or it is deleted all the same, and knowingly.

use serde_json::{Value, json};

use crate::browser::{ENGLISH, GERMAN};
use crate::client::Client;
use crate::domains::{DOMAIN, NARROW, RELAY, TRUSTED, set_default_elsewhere};
use crate::journey::{quick, travel, with_tasks_of};
use crate::page::Page;
use crate::practice::{APPLICATION, CONSUMER, Options, Practice, SECRET};
use crate::record::since;
use crate::secrets::keys_with;
use crate::steps::{changes, sent};

const ATTACHED: &str = "newsletter@trusted-domain.ovh";

impl Page {
    /// From the choice of a platform to the deletion of the relay that is there.
    async fn go_to_deletion(&self, name: &str) {
        self.take_platform(TRUSTED).await;
        self.press("to_upkeep").await;
        self.screen("connectors_title").await;
        self.open_deletion(name).await;
    }

    async fn open_deletion(&self, name: &str) {
        self.click("button", name).await;
        self.says_text("what_to_do").await;
        self.press("one_delete").await;
        self.screen("delete_title").await;
    }

    /// Types the name and comes to the review.
    async fn confirm(&self, name: &str) {
        self.fill("delete_name", name).await;
        self.press("to_review").await;
        self.says_text("delete_review_text").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connector_is_deleted_once_its_addresses_and_domains_are_freed() {
    travel("delete", ENGLISH, quick(), async |page, practice| {
        set_default_elsewhere(practice, 29);
        let before = changes(practice).len();
        page.sign_in().await;
        page.go_to_deletion(RELAY).await;
        page.says_text("delete_domains").await;
        page.says(&page.counted("delete_addresses_one", "delete_addresses", 1))
            .await;
        page.look("dependants").await;
        page.fill("delete_name", "Invoices").await;
        page.press("to_review").await;
        page.says(&page.filled("delete_name_differs", &[("name", RELAY)]))
            .await;
        page.says_text("delete_not_ticked").await;
        page.look("wrong-name").await;
        // The addresses first, by the machine that carries thousands.
        page.click("button", &page.counted("detach_one", "detach_many", 1))
            .await;
        page.screen("plan_title").await;
        assert_eq!(changes(practice).len(), before);
        page.press("back").await;
        page.screen("delete_title").await;
        page.click("button", &page.counted("detach_one", "detach_many", 1))
            .await;
        page.screen("plan_title").await;
        page.press("begin_detach").await;
        page.screen("attaching_title").await;
        page.says(&page.counted("detached_one", "detached_many", 1))
            .await;
        page.look("detached").await;
        page.press("back_to_delete").await;
        page.screen("delete_title").await;
        page.says_text("delete_addresses_none").await;
        page.says_text("delete_anyway_domains").await;
        page.set_default(DOMAIN, &page.text("own_servers")).await;
        page.notice("default_reset_done").await;
        page.press("go_on").await;
        page.screen("delete_title").await;
        page.says_text("delete_domains_none").await;
        page.says_text("delete_addresses_none").await;
        page.look("free").await;
        page.confirm(RELAY).await;
        page.click("fold", &page.text("calls_title")).await;
        page.look("review").await;
        page.press("delete_send").await;
        page.screen("changing_title").await;
        page.notice("delete_done").await;
        page.look("deleted").await;
        page.press("go_on").await;
        page.screen("connectors_title").await;
        page.notice("connectors_none").await;
        page.look("list").await;
        page.reload().await;
        page.screen("connectors_title").await;
        page.notice("connectors_none").await;
        assert_eq!(sent(practice, "DELETE", "/sendConnector/29"), 1);
        assert_eq!(sent(practice, "PUT", &format!("/account/{ATTACHED}")), 1);
        assert_eq!(sent(practice, "PUT", "/changeDefaultSBR"), 1 + 1);
        assert_eq!(changes(practice).len(), before + 3);
    })
    .await;
}

fn below(path: &str) -> String {
    format!("/email/exchange/{TRUSTED}/service/{TRUSTED}/{path}")
}

/// Adds a connector without the page, and waits until it is there.
async fn add_elsewhere(page: &Page, practice: &Practice, name: &str) -> u64 {
    let client = Client::new(practice);
    let body = json!({ "displayName": name, "smartHost": "smtp.example.net", "port": 25 });
    let reply = client.call("POST", &below("sendConnector"), Some(body));
    assert_eq!(reply.status, 200, "{}", reply.body);
    page.until("another connector", async || {
        let ids = client.call("GET", &below("sendConnector"), None).json();
        let id = ids.as_array()?.iter().filter_map(Value::as_u64).max()?;
        let one = client.call("GET", &below(&format!("sendConnector/{id}")), None);
        (id != 29 && one.json()["state"] == "ok").then_some(id)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_are_moved_and_a_default_is_left_knowingly() {
    travel("delete-moved", NARROW, quick(), async |page, practice| {
        let other = add_elsewhere(page, practice, "Second relay").await;
        set_default_elsewhere(practice, 29);
        let before = changes(practice).len();
        page.sign_in().await;
        page.go_to_deletion(RELAY).await;
        let label = page.counted("delete_move_one", "delete_move", 1);
        page.find("button", &label).await;
        page.look("dependants").await;
        page.click("button", &label).await;
        page.screen("plan_title").await;
        page.look("plan").await;
        page.press("begin_attach").await;
        page.screen("attaching_title").await;
        page.all_attached(1).await;
        page.look("moved").await;
        let account =
            Client::new(practice).call("GET", &below(&format!("account/{ATTACHED}")), None);
        assert_eq!(account.json()["sendConnectorId"], other);
        page.press("back_to_delete").await;
        page.screen("delete_title").await;
        page.says_text("delete_addresses_none").await;
        page.fill("delete_name", RELAY).await;
        page.press("to_review").await;
        page.says_text("delete_not_ticked").await;
        page.look("not-ticked").await;
        page.click("checkbox", &page.text("delete_anyway")).await;
        page.press("to_review").await;
        page.says_text("delete_review_text").await;
        page.says(DOMAIN).await;
        page.look("review").await;
        practice.rename(29, "fail-task");
        page.press("delete_send").await;
        page.screen("changing_title").await;
        // Somebody else has given it another name meanwhile.
        page.notice("change_different").await;
        page.look("different").await;
        page.press("change_deletes_anyway").await;
        page.notice("change_failed").await;
        page.press("back").await;
        page.screen("delete_title").await;
        practice.rename(29, "");
        page.reload().await;
        page.screen("delete_title").await;
        page.says_text("delete_domains").await;
        page.click("checkbox", &page.text("delete_anyway")).await;
        page.confirm("29").await;
        page.press("delete_send").await;
        page.notice("delete_done").await;
        page.press("go_on").await;
        page.screen("connectors_title").await;
        page.says("Second relay").await;
        assert_eq!(sent(practice, "DELETE", "/sendConnector/29"), 2);
        assert_eq!(changes(practice).len(), before + 3);
    })
    .await;
}

/// Every right but the one to delete.
const ALL_BUT_DELETING: &str = "GET=/*&POST=/*&PUT=/*";

#[tokio::test(flavor = "multi_thread")]
async fn without_the_right_to_delete_the_rest_works() {
    travel("delete-right", ENGLISH, quick(), async |page, practice| {
        page.sign_in_with(practice, ALL_BUT_DELETING).await;
        page.go_to_deletion(RELAY).await;
        page.notice("not_allowed").await;
        page.says(&page.counted("delete_addresses_one", "delete_addresses", 1))
            .await;
        page.click("button", &page.counted("detach_one", "detach_many", 1))
            .await;
        page.screen("plan_title").await;
        page.press("begin_detach").await;
        page.says(&page.counted("detached_one", "detached_many", 1))
            .await;
        page.press("back_to_delete").await;
        page.screen("delete_title").await;
        page.says_text("delete_addresses_none").await;
        page.says_text("delete_domains_none").await;
        page.look("not-allowed").await;
        page.confirm(RELAY).await;
        page.press("delete_send").await;
        page.notice("change_refused").await;
        page.says_text("error_right").await;
        page.look("refused").await;
        page.press("back").await;
        page.screen("delete_title").await;
        assert_eq!(sent(practice, "DELETE", "/sendConnector/29"), 1);
        page.press("back").await;
        page.press("one_edit").await;
        page.screen("edit_title").await;
    })
    .await;
}

/// Addresses take their time.
fn slow() -> Options {
    with_tasks_of(4)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_a_task_and_a_connector_that_is_gone_come_first() {
    travel("delete-waits", ENGLISH, slow(), async |page, practice| {
        page.sign_in().await;
        page.take_platform(TRUSTED).await;
        page.choose(RELAY).await;
        page.press("connector_take").await;
        page.screen("ready_title").await;
        page.press("to_addresses").await;
        page.screen("addresses_title").await;
        page.choose_all(8).await;
        page.attach(8).await;
        page.press("pause").await;
        page.notice("paused").await;
        page.press("to_upkeep").await;
        page.screen("connectors_title").await;
        page.open_deletion(RELAY).await;
        page.notice("delete_job").await;
        page.look("job").await;
        page.press("job_show").await;
        page.screen("attaching_title").await;
        page.press("stop").await;
        page.find("button", &page.text("try_failed_again")).await;
        page.press("to_upkeep").await;
        page.screen("connectors_title").await;
        practice.rename(29, "Relay endless-task");
        let [key, secret, consumer] = &keys_with(practice, "PUT=/*");
        let client = Client {
            key,
            secret,
            consumer,
            ..Client::new(practice)
        };
        let edit = json!({ "port": 2525 });
        let reply = client.call("PUT", &below("sendConnector/29"), Some(edit));
        assert_eq!(reply.status, 200, "{}", reply.body);
        page.press("look_again").await;
        page.open_deletion("Relay endless-task").await;
        page.notice("pending").await;
        page.look("pending").await;
        practice.remove(29);
        page.reload().await;
        page.screen("delete_title").await;
        page.notice("connector_gone").await;
        page.look("gone").await;
        page.press("to_connectors").await;
        page.notice("connectors_none").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connector_of_another_account_is_not_told_as_deleted() {
    travel(
        "delete-elsewhere",
        GERMAN,
        slow(),
        async |page, practice| {
            page.sign_in().await;
            page.take_platform(TRUSTED).await;
            let spare = add_elsewhere(page, practice, "Spare").await;
            page.press("to_upkeep").await;
            page.screen("connectors_title").await;
            page.open_deletion("Spare").await;
            page.confirm("Spare").await;
            page.press("delete_send").await;
            page.screen("changing_title").await;
            let path = format!("/sendConnector/{spare}");
            page.until("the deletion is sent", async || {
                (sent(practice, "DELETE", &path) == 1).then_some(())
            })
            .await;
            practice.name_platform(TRUSTED, "another-account");
            page.notice("change_unreadable").await;
            page.says_text("change_not_found").await;
            page.look("not-found").await;
            page.press("sign_in_again").await;
            page.notice("other_account").await;
            page.look("other-account").await;
            practice.name_platform("another-account", TRUSTED);
            page.fill_keys(APPLICATION, SECRET, CONSUMER).await;
            page.press("sign_in").await;
            page.screen("changing_title").await;
            page.notice("delete_done").await;
        },
    )
    .await;
}

/// Calls a minute that are known to be safe.
const SAFE: u32 = 60;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_counted_keeps_to_the_pace_with_all_other_calls() {
    let options = Options {
        pace: SAFE,
        ..quick()
    };
    let all = options.accounts;
    travel("count-pace", ENGLISH, options, async |page, practice| {
        let page = &page.patient(60);
        page.go_to_addresses("Newsletter provider").await;
        page.press("to_upkeep").await;
        page.screen("connectors_title").await;
        // Addresses and domains are counted side by side; what was asked before counts too.
        let before = practice.log().len();
        page.open_deletion("Newsletter provider").await;
        page.says_text("delete_domains_none").await;
        page.until("every address is counted", async || {
            let log = since(practice, before);
            let counted = log.iter().filter(|entry| entry.path.contains("/account/"));
            (counted.count() >= all).then_some(())
        })
        .await;
        let log = practice.log();
        assert!(log.iter().all(|entry| entry.status == 200), "{log:?}");
    })
    .await;
}
