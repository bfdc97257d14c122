//! What is wrong with a form is said twice, at the field and on top, and nothing typed is lost.

use crate::browser::{ENGLISH, GERMAN};
use crate::journey::{quick, travel};
use crate::page::Page;
use crate::practice::{APPLICATION, CONSUMER, SECRET};
use crate::steps::{PASSWORD, PLATFORM, SMART_HOST, changes};

impl Page {
    /// These words stand at the field and in the summary, and the field still holds what it held.
    async fn complains(&self, label: &str, words: &str) {
        let title = format!("{}: {words}", self.text(label));
        self.says(&title).await;
        let described = self.description(label).await;
        assert!(
            described.contains(words),
            "{label} is described by {described}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_of_the_wrong_shape_are_told_at_their_fields() {
    travel("bad-keys", GERMAN, quick(), async |page, practice| {
        page.arrive().await;
        page.press("sign_in").await;
        page.complains("application_key", &page.text("key_empty"))
            .await;
        page.complains("application_secret", &page.text("key_empty"))
            .await;
        page.look("no-keys").await;
        let long = |length: &str, found| {
            page.filled("key_length", &[("length", length), ("found", found)])
        };
        let table = [
            ("application_key", "Practice", long("16", "8")),
            ("application_key", SECRET, page.text("key_is_long_one")),
            (
                "application_key",
                "Practice_AppKey1",
                page.filled("key_characters", &[("length", "16")]),
            ),
            (
                "application_secret",
                APPLICATION,
                page.text("key_is_application"),
            ),
            ("application_secret", &CONSUMER[1..], long("32", "31")),
            ("consumer_key", APPLICATION, page.text("key_is_application")),
            ("consumer_key", SECRET, page.text("key_same")),
        ];
        for (label, typed, words) in table {
            page.fill_keys(APPLICATION, SECRET, CONSUMER).await;
            page.fill(label, typed).await;
            page.press("sign_in").await;
            page.complains(label, &words).await;
            assert_eq!(page.value(label).await, typed);
        }
        page.look("bad-keys").await;
        assert_eq!(practice.log(), [], "nothing was asked");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_field_of_the_connector_tells_what_is_wrong() {
    travel("bad-connector", ENGLISH, quick(), async |page, practice| {
        page.sign_in().await;
        page.take_platform(PLATFORM).await;
        page.press("to_review").await;
        for (label, words) in [
            ("smart_host", "host_empty"),
            ("user", "user_empty"),
            ("password", "password_empty"),
            ("display_name", "name_empty"),
        ] {
            page.complains(label, &page.text(words)).await;
        }
        page.look("empty-form").await;
        // Who presses once more is shown once more.
        page.press("to_review").await;
        let is_shown = "return document.activeElement.id === 'problems'";
        page.until_so("the list of what is wrong", is_shown).await;
        page.fill_connector("Newsletter provider").await;
        for (label, typed, words) in [
            ("smart_host", "https://smtp.example.com", "host_scheme"),
            ("smart_host", "smtp.example.com/mail", "host_path"),
            ("smart_host", "smtp example.com", "host_space"),
            ("smart_host", "smtp.example.com:587", "host_port"),
            ("smart_host", "office@example.com", "host_email"),
            ("smart_host", "localhost", "host_name"),
            ("port", "", "port_empty"),
            ("port", "0", "port_range"),
            ("port", "five", "port_range"),
            ("port", "465", "port_encrypted"),
            ("user", "", "password_without_user"),
            ("password", "", "password_empty"),
            ("display_name", " ", "name_empty"),
            ("max_send_size", "", "size_empty"),
            ("max_send_size", "101", "size_range"),
            ("max_send_size", "1.5", "size_range"),
        ] {
            let good = page.value(label).await;
            page.fill(label, typed).await;
            page.press("to_review").await;
            page.complains(label, &page.text(words)).await;
            assert_eq!(page.value(label).await, typed);
            page.fill(label, &good).await;
        }
        page.click("checkbox", &page.text("require_tls")).await;
        page.press("to_review").await;
        page.complains("require_tls", &page.text("mechanism_needs_tls"))
            .await;
        page.look("needs-tls").await;
        page.click("checkbox", &page.text("require_tls")).await;
        assert_eq!(page.value("password").await, PASSWORD);
        page.press("to_review").await;
        page.screen("review_title").await;
        page.says(SMART_HOST).await;
        assert_eq!(changes(practice), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn choosing_nothing_is_told() {
    travel(
        "nothing-chosen",
        ENGLISH,
        quick(),
        async |page, practice| {
            page.sign_in().await;
            page.press("go_on").await;
            page.complains("platform_label", &page.text("choose_one"))
                .await;
            page.look("no-platform").await;
            page.take_platform("dedicated-zz111111-1").await;
            page.choose("Invoices relay").await;
            page.press("connector_take").await;
            page.screen("ready_title").await;
            page.press("to_addresses").await;
            page.screen("addresses_title").await;
            page.press("attach_none").await;
            page.complains("addresses_label", &page.text("addresses_choose"))
                .await;
            page.look("no-address").await;
            page.fill("addresses_filter", "nobody").await;
            page.says_text("addresses_no_match").await;
            page.look("no-match").await;
            assert_eq!(changes(practice), []);
        },
    )
    .await;
}
