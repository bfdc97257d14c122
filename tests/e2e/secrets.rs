//! No secret is kept in the clear, and signing out keeps nothing at all.

use serde_json::{Value, json};

use crate::browser::ENGLISH;
use crate::client::Client;
use crate::journey::{quick, travel};
use crate::page::Page;
use crate::practice::{CONSUMER, Practice, SECRET};
use crate::steps::{PASSWORD, PLATFORM};

impl Page {
    pub async fn kept(&self) -> Value {
        let kept = self
            .driver
            .execute_async(include_str!("script/kept.js"), Vec::new());
        kept.await.expect("what is kept").json().clone()
    }

    pub async fn keeps_no_secret(&self) {
        let kept = self.kept().await.to_string();
        for secret in [SECRET, CONSUMER, PASSWORD] {
            assert!(!kept.contains(secret), "{secret} is in {kept}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_is_kept_in_the_clear() {
    travel("secrets", ENGLISH, quick(), async |page, practice| {
        page.sign_in().await;
        page.keeps_no_secret().await;
        let kept = page.kept().await;
        assert_ne!(
            kept["session"]["keys"],
            Value::Null,
            "they outlive a reload"
        );
        let databases = kept["databases"].as_array().expect("a list");
        assert_eq!(databases.len(), 1, "the key to them is kept elsewhere");
        assert_eq!(databases[0]["extractable"], false);
        page.take_platform(PLATFORM).await;
        page.fill_connector("Newsletter provider").await;
        page.keeps_no_secret().await;
        page.press("to_review").await;
        page.screen("review_title").await;
        page.keeps_no_secret().await;
        page.press("add_now").await;
        page.screen("adding_title").await;
        page.keeps_no_secret().await;
        page.screen("ready_title").await;
        page.keeps_no_secret().await;
        page.sign_out_without_record().await;
        page.screen("sign_in_title").await;
        page.notice("signed_out").await;
        let kept = page.kept().await;
        for place in ["session", "local"] {
            assert_eq!(kept[place], json!({}), "{place}");
        }
        assert_eq!(kept["databases"], json!([]));
        assert_eq!(kept["caches"], json!([]));
        assert_eq!(kept["cookies"], "");
        page.keeps_no_secret().await;
        let last = practice.log().last().cloned().expect("calls");
        assert_eq!((&*last.path, last.status), ("/1.0/auth/logout", 200));
        for label in ["application_key", "application_secret", "consumer_key"] {
            assert_eq!(page.value(label).await, "");
        }
        page.reload().await;
        page.screen("sign_in_title").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_without_an_answer_says_that_the_key_may_still_work() {
    travel("signed-out-here", ENGLISH, quick(), async |page, _| {
        page.sign_in().await;
        page.without_ovhcloud().await;
        page.click_in("button", &page.text("sign_out"), "outside")
            .await;
        page.notice("signed_out_here").await;
        page.look("signed-out-here").await;
        assert_eq!(page.kept().await["session"], json!({}));
    })
    .await;
}

/// Keys that OVHcloud's page makes, and that can be ended: application key, secret, consumer key.
pub fn own_keys(practice: &Practice) -> [String; 3] {
    keys_with(practice, "GET=/*&POST=/*&PUT=/*")
}

/// The same with these rights, `METHOD=path` each.
pub fn keys_with(practice: &Practice, rules: &str) -> [String; 3] {
    let rules = format!("{rules}&validity=86400&name=own");
    let made = Client::new(practice).page("POST", "/practice/createToken", &rules);
    let keys: Vec<String> = made
        .body
        .split("<code>")
        .filter_map(|part| part.split_once("</code>").map(|(key, _)| key.to_owned()))
        .filter(|key| !key.contains('/'))
        .collect();
    <[String; 3]>::try_from(keys).expect("three keys")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_of_ones_own_is_ended_by_signing_out() {
    travel("ended", ENGLISH, quick(), async |page, practice| {
        let keys = own_keys(practice);
        let [application, secret, consumer] = &keys;
        page.arrive().await;
        page.fill_keys(application, secret, consumer).await;
        page.press("sign_in").await;
        page.screen("platform_title").await;
        page.click_in("button", &page.text("sign_out"), "outside")
            .await;
        page.notice("signed_out").await;
        let client = Client {
            key: application,
            secret,
            consumer,
            ..Client::new(practice)
        };
        assert_eq!(client.call("GET", "/email/exchange", None).status, 403);
    })
    .await;
}
