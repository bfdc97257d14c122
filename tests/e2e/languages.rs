//! Another language in the middle of it.

use crate::browser::ENGLISH;
use crate::journey::{quick, travel};
use crate::page::Page;
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
