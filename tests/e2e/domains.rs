//! The connector that new addresses on a domain begin with: set, reset, and what comes in the way.

use serde_json::json;

use crate::browser::{ENGLISH, GERMAN, Reader};
use crate::client::Client;
use crate::journey::{quick, travel, with_tasks_of};
use crate::page::Page;
use crate::practice::{Options, Practice};
use crate::secrets::keys_with;
use crate::steps::{changes, sent};

pub const TRUSTED: &str = "dedicated-zz111111-1";
pub const DOMAIN: &str = "trusted-domain.ovh";
pub const RELAY: &str = "Invoices relay";
pub const NARROW: Reader = Reader {
    width: 360,
    ..GERMAN
};

impl Page {
    /// From the choice of a platform to the defaults of its domains, or to its tasks.
    pub async fn look_after(&self, platform: &str, place: &str, title: &str) {
        self.take_platform(platform).await;
        self.press("to_upkeep").await;
        self.screen("connectors_title").await;
        self.press(place).await;
        self.screen(title).await;
    }

    async fn to_domains(&self, platform: &str) {
        self.look_after(platform, "place_domains", "domains_title")
            .await;
    }

    /// Signs in with keys that may do no more than these rules.
    pub async fn sign_in_with(&self, practice: &Practice, rules: &str) {
        let [application, secret, consumer] = &keys_with(practice, rules);
        self.arrive().await;
        self.fill_keys(application, secret, consumer).await;
        self.press("sign_in").await;
        self.screen("platform_title").await;
    }

    /// Opens the choice of another default.
    pub async fn change_default(&self, domain: &str) {
        let label = self.filled("default_change_of", &[("domain", domain)]);
        self.click("button", &label).await;
        self.find(
            "group",
            &self.filled("default_choice", &[("domain", domain)]),
        )
        .await;
    }

    /// Chooses another default and sends it.
    pub async fn set_default(&self, domain: &str, connector: &str) {
        self.change_default(domain).await;
        self.choose(connector).await;
        self.press("to_review").await;
        self.says_text("default_effect").await;
        self.press("edit_send").await;
        self.screen("changing_title").await;
    }
}

/// What OVHcloud shows as the default of the trusted domain.
fn default_at_ovh(practice: &Practice) -> serde_json::Value {
    let path = format!("/email/exchange/{TRUSTED}/service/{TRUSTED}/domain/{DOMAIN}");
    Client::new(practice).call("GET", &path, None).json()["sendConnectorIdDefault"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_default_is_set_with_one_call_and_reset_with_one() {
    travel("default", ENGLISH, quick(), async |page, practice| {
        page.sign_in().await;
        page.to_domains(TRUSTED).await;
        page.says(DOMAIN).await;
        page.look("domains").await;
        page.change_default(DOMAIN).await;
        page.press("to_review").await;
        page.says_text("default_unchanged").await;
        page.look("unchanged").await;
        page.choose(RELAY).await;
        page.press("to_review").await;
        page.says_text("edit_review").await;
        page.click("fold", &page.text("calls_title")).await;
        page.says("{\"sendConnectorIdDefault\":29}").await;
        page.look("review").await;
        page.press("edit_send").await;
        page.screen("changing_title").await;
        page.notice("default_done").await;
        page.says_text("default_effect").await;
        page.look("set").await;
        assert_eq!(default_at_ovh(practice), 29);
        // Those that exist, too: nothing is changed before the plan is begun.
        let existing = page.filled("attach_existing", &[("domain", DOMAIN)]);
        page.click("button", &existing).await;
        page.screen("plan_title").await;
        assert_eq!(changes(practice).len(), 1);
        page.look("plan").await;
        page.press("begin_attach").await;
        page.screen("attaching_title").await;
        page.all_attached(8).await;
        page.look("attached").await;
        assert_eq!(changes(practice).len(), 1 + 7, "one was attached already");
        page.press("back_to_domains").await;
        page.screen("domains_title").await;
        page.says(RELAY).await;
        page.set_default(DOMAIN, &page.text("own_servers")).await;
        page.notice("default_reset_done").await;
        page.look("reset").await;
        page.press("go_on").await;
        page.screen("domains_title").await;
        page.says_text("own_servers").await;
        assert_eq!(default_at_ovh(practice), 0);
        assert_eq!(sent(practice, "PUT", "/changeDefaultSBR"), 2);
        let log = Client::new(practice).page("GET", "/practice/log", "");
        assert_eq!(log.body.matches("/changeDefaultSBR").count(), 2);
    })
    .await;
}

/// Tasks that last long enough to be seen: a change of a domain names none in its answer.
fn unhurried() -> Options {
    with_tasks_of(4)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_default_that_fails_waits_or_is_no_news_is_told() {
    travel(
        "default-trouble",
        NARROW,
        unhurried(),
        async |page, practice| {
            page.sign_in().await;
            page.to_domains(TRUSTED).await;
            page.look("domains").await;
            practice.rename(29, "Relay fail-task");
            page.set_default(DOMAIN, "Relay fail-task").await;
            page.notice("change_failed").await;
            page.look("failed").await;
            page.press("back").await;
            page.screen("domains_title").await;
            // Nothing is changed while OVHcloud works on the domain; then it goes on by itself.
            practice.rename(29, "Relay endless-task");
            page.set_default(DOMAIN, "Relay endless-task").await;
            page.says_text("change_step_done").await;
            page.press("place_domains").await;
            page.screen("domains_title").await;
            page.press("look_again").await;
            page.notice("change_on_its_way").await;
            page.look("busy").await;
            page.change_default(DOMAIN).await;
            page.notice("domain_pending").await;
            page.choose("Relay endless-task").await;
            page.press("to_review").await;
            page.notice("change_on_its_way").await;
            page.look("not-now").await;
            assert_eq!(sent(practice, "PUT", "/changeDefaultSBR"), 2);
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_platform_in_maintenance_and_one_without_domains_say_so() {
    travel(
        "default-refused",
        ENGLISH,
        quick(),
        async |page, practice| {
            page.sign_in().await;
            practice.set_state(TRUSTED, "inMaintenance");
            page.to_domains(TRUSTED).await;
            page.set_default(DOMAIN, RELAY).await;
            page.notice("change_refused").await;
            page.look("maintenance").await;
            assert_eq!(default_at_ovh(practice), 0);
            page.press("back").await;
            page.screen("domains_title").await;
            practice.set_state(TRUSTED, "ok");
            page.set_default(DOMAIN, RELAY).await;
            page.notice("default_done").await;
            practice.without_domains(TRUSTED);
            page.press("go_on").await;
            page.screen("domains_title").await;
            page.press("look_again").await;
            page.notice("domains_none").await;
            page.look("none").await;
        },
    )
    .await;
}

/// Every right but the one to set a default.
const ALL_BUT_DEFAULTS: &str = "GET=/*&POST=/*&DELETE=/*&PUT=/email/exchange/*/account/*\
                                &PUT=/email/exchange/*/sendConnector/*";
/// Every right but those to read domains.
const ALL_BUT_DOMAINS: &str = "POST=/*&PUT=/*&GET=/auth/*&GET=/email/exchange\
                               &GET=/email/exchange/*/service&GET=/email/exchange/*-1\
                               &GET=/email/exchange/*/server&GET=/email/exchange/*/sendConnector\
                               &GET=/email/exchange/*/sendConnector/*&GET=/email/exchange/*/task\
                               &GET=/email/exchange/*/account&GET=/email/exchange/*/account/*";

#[tokio::test(flavor = "multi_thread")]
async fn without_the_right_to_set_a_default_the_rest_works() {
    travel("default-right", ENGLISH, quick(), async |page, practice| {
        page.sign_in_with(practice, ALL_BUT_DEFAULTS).await;
        page.to_domains(TRUSTED).await;
        page.change_default(DOMAIN).await;
        page.notice("not_allowed").await;
        page.look("not-allowed").await;
        page.choose(RELAY).await;
        page.press("to_review").await;
        page.press("edit_send").await;
        page.screen("changing_title").await;
        page.notice("change_refused").await;
        page.says_text("error_right").await;
        page.press("back").await;
        page.screen("domains_title").await;
        assert_eq!(sent(practice, "PUT", "/changeDefaultSBR"), 1);
        page.press("place_tasks").await;
        page.notice("tasks_none").await;
        page.press("place_connectors").await;
        page.screen("connectors_title").await;
        page.click("button", RELAY).await;
        page.press("one_addresses").await;
        page.screen("addresses_title").await;
        page.tick(&["contact@trusted-domain.ovh"]).await;
        page.attach(1).await;
        page.all_attached(1).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn domains_that_may_not_be_read_stop_nothing_else() {
    travel("domains-right", ENGLISH, quick(), async |page, practice| {
        page.sign_in_with(practice, ALL_BUT_DOMAINS).await;
        page.to_domains(TRUSTED).await;
        page.notice("error_right").await;
        page.find("button", &page.text("sign_in_again")).await;
        page.look("not-readable").await;
        page.press("place_connectors").await;
        page.screen("connectors_title").await;
        page.says_text("not_readable").await;
        page.press("count_now").await;
        let count = page.counted("addresses_count_one", "addresses_count", 1);
        page.says(&count).await;
        page.look("connectors").await;
    })
    .await;
}

/// Lets the practice OVHcloud have a default without the page.
pub fn set_default_elsewhere(practice: &Practice, connector: u64) {
    let path = format!("/email/exchange/{TRUSTED}/service/{TRUSTED}/domain/{DOMAIN}");
    let path = path + "/changeDefaultSBR";
    let body = json!({ "sendConnectorIdDefault": connector });
    let reply = Client::new(practice).call("PUT", &path, Some(body));
    assert_eq!(reply.status, 200, "{}", reply.body);
}
