//! Another language in the middle of it.

use crate::browser::ENGLISH;
use crate::journey::{quick, travel};
use crate::page::Page;
use crate::practice::APPLICATION;
use crate::steps::{PLATFORM, SMART_HOST, changes};

impl Page {
    pub async fn switch_to(&self, language: &str, name: &str) {
        self.step(format!("switch to {name}"));
        let select = self.find("combobox", &self.text("language_label")).await;
        select.send_keys(name).await.expect("a language");
        let chosen = format!("return document.documentElement.lang === '{language}'");
        self.until_so("the other language", &chosen).await;
        self.reads(language);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_language_that_cannot_be_loaded_is_told_and_not_chosen() {
    travel("language-missing", ENGLISH, quick(), async |page, _| {
        page.arrive().await;
        page.fill("application_key", APPLICATION).await;
        page.without("*/text-de-*").await;
        let select = page.find("combobox", &page.text("language_label")).await;
        select.send_keys("Deutsch").await.expect("a language");
        page.says_text("language_failed").await;
        let chosen = "return document.getElementById('language').value === 'en'";
        page.until_so("the language that is shown", chosen).await;
        assert_eq!(page.value("application_key").await, APPLICATION);
        page.look("language-missing").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_language_keeps_what_is_looked_for_and_the_list() {
    travel("language-list", ENGLISH, quick(), async |page, _| {
        let list = "contact@mydomain.ovh\nnobody at all\n";
        page.go_to_addresses("Newsletter provider").await;
        page.fill("addresses_filter", "anna").await;
        page.click("fold", &page.text("list_title")).await;
        page.fill("list_label", list).await;
        page.says(&page.counted("list_found_one", "list_found", 1))
            .await;
        page.switch_to("de", "Deutsch").await;
        page.screen("addresses_title").await;
        page.says(&page.counted("list_found_one", "list_found", 1))
            .await;
        assert_eq!(page.value("addresses_filter").await, "anna");
        assert_eq!(page.value("list_label").await, list);
        page.reload().await;
        page.screen("addresses_title").await;
        assert_eq!(page.value("addresses_filter").await, "anna");
        assert_eq!(page.value("list_label").await, list);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_language_keeps_the_screen_and_what_was_typed() {
    travel("languages", ENGLISH, quick(), async |page, practice| {
        page.sign_in().await;
        page.take_platform(PLATFORM).await;
        page.fill_connector("Newsletter provider").await;
        page.switch_to("de", "Deutsch").await;
        page.screen("connector_title").await;
        let focus = "return document.activeElement?.tagName === 'SELECT'";
        page.until_so("the focus where it was", focus).await;
        assert_eq!(page.value("smart_host").await, SMART_HOST);
        assert_eq!(page.value("user").await, "office@mydomain.ovh");
        assert_eq!(page.value("display_name").await, "Newsletter provider");
        page.look("switched").await;
        page.fill_connector("Newsletter provider").await;
        page.press("to_review").await;
        page.screen("review_title").await;
        page.press("add_now").await;
        page.screen("ready_title").await;
        page.press("to_addresses").await;
        page.screen("addresses_title").await;
        page.tick(&["contact@mydomain.ovh"]).await;
        page.switch_to("en", "English").await;
        page.screen("addresses_title").await;
        page.attach(1).await;
        page.switch_to("de", "Deutsch").await;
        page.all_attached(1).await;
        page.press("to_verify").await;
        page.screen("verify_title").await;
        page.fill("header_label", "Received: by a host").await;
        page.reload().await;
        // What was chosen outlives a reload.
        page.screen("verify_title").await;
        assert_eq!(page.value("header_label").await, "Received: by a host");
        assert_eq!(changes(practice).len(), 2);
    })
    .await;
}
