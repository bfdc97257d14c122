//! The check of a mail's header, which asks nobody.

use serde_json::json;

use crate::browser::{ENGLISH, GERMAN};
use crate::client::Client;
use crate::journey::{quick, travel};
use crate::page::Page;
use crate::practice::Practice;
use crate::steps::PLATFORM;

const ADDRESS: &str = "newsletter@mydomain.ovh";

/// Checks a header and waits for the result, during which no request is made.
async fn check(page: &Page, practice: &Practice, header: &str, verdict: &str) {
    let resources = "return performance.getEntriesByType('resource').length";
    let before = (practice.log().len(), page.ask(resources).await);
    page.fill("header_label", header).await;
    page.press("check").await;
    page.notice(verdict).await;
    let after = (practice.log().len(), page.ask(resources).await);
    assert_eq!(before, after, "requests during the check");
}

impl Page {
    /// The drawn way has these parts, and no others.
    async fn way_has(&self, parts: &[&str]) {
        self.step(format!("the way has {parts:?}"));
        let script =
            "return [...document.querySelectorAll('figure .part')].map((part) => part.innerText)";
        let drawn = self.ask(script).await;
        let expected: Vec<_> = parts.iter().map(|part| self.text(part)).collect();
        assert_eq!(drawn, json!(expected));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_header_is_judged_and_never_leaves_the_page() {
    travel("verdicts", ENGLISH, quick(), async |page, practice| {
        page.go_to_verify(&[ADDRESS]).await;
        page.press("check").await;
        page.says_text("header_empty").await;
        page.look("empty-header").await;
        check(
            page,
            practice,
            "Hello, this is no header.",
            "verdict_no_header",
        )
        .await;
        page.look("no-header").await;
        page.press("paste_again").await;
        let client = Client::new(practice);
        check(page, practice, &client.mail(ADDRESS), "verdict_used").await;
        page.way_has(&["part_sender", "part_connector", "part_recipient"])
            .await;
        // Somebody detaches the address elsewhere.
        let path = format!("/email/exchange/{PLATFORM}/service/{PLATFORM}/account/{ADDRESS}");
        let detached = client.call("PUT", &path, Some(json!({ "sendConnectorId": 0 })));
        assert_eq!(detached.status, 200);
        client.until(&path, |account| {
            account["sendConnectorId"].as_u64().unwrap_or(0) == 0
                && account["taskPendingId"].as_u64().unwrap_or(0) == 0
        });
        check(page, practice, &client.mail(ADDRESS), "verdict_not_used").await;
        page.way_has(&["part_sender", "part_recipient"]).await;
        page.look("not-used").await;
        page.press("finish_anyway").await;
        page.screen("done_title").await;
        page.says_text("done_not_used").await;
        page.look("done-not-used").await;
        page.press("to_verify").await;
        page.screen("verify_title").await;
    })
    .await;
}

/// The header as if the attached address had sent the mail.
fn sent_by_us(header: &str) -> String {
    let line = |line: &str| {
        if line.to_lowercase().starts_with("from:") {
            format!("From: <{ADDRESS}>\n")
        } else {
            format!("{line}\n")
        }
    };
    header.lines().map(line).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_verdict_has_its_words() {
    travel("words", GERMAN, quick(), async |page, practice| {
        page.go_to_verify(&[ADDRESS]).await;
        for (name, header, verdict) in [
            (
                "used",
                include_str!("../headers/brevo-to-gmail.txt"),
                "verdict_used",
            ),
            (
                "forged",
                include_str!("../headers/brevo-fields-only-forged.txt"),
                "verdict_forged",
            ),
            (
                "begun-anew",
                include_str!("../headers/brevo-written-below-a-hand-in.txt"),
                "verdict_forged",
            ),
            (
                "not-used",
                include_str!("../headers/without-connector.txt"),
                "verdict_not_used",
            ),
            (
                "other-road",
                include_str!("../headers/office-365-instead.txt"),
                "verdict_other_road",
            ),
            (
                "not-attached",
                include_str!("../headers/sender-not-attached.txt"),
                "verdict_not_attached",
            ),
            (
                "white-label",
                include_str!("../headers/brevo-white-label-inner-hop.txt"),
                "verdict_used",
            ),
            (
                "other-connector",
                include_str!("../headers/other-connector-by-field.txt"),
                "verdict_other_connector",
            ),
            (
                "unreadable",
                include_str!("../headers/received-unreadable.txt"),
                "verdict_cannot_tell",
            ),
            (
                "cannot-tell",
                include_str!("../headers/sent-folder-copy.txt"),
                "verdict_cannot_tell",
            ),
            (
                "report",
                include_str!("../headers/report-of-a-mail-not-delivered.txt"),
                "verdict_cannot_tell",
            ),
        ] {
            let header = match name {
                "not-attached" | "report" => header.to_owned(),
                _ => sent_by_us(header),
            };
            check(page, practice, &header, verdict).await;
            page.look(name).await;
        }
        let replaced = include_str!("../headers/brevo-sends-from-an-address-of-its-own.txt");
        check(page, practice, replaced, "verdict_used").await;
        let sender = "newsletter@9041177.brevosend.com";
        let advice = page.text("sender_replaced").replace("{sender}", sender);
        page.says(&advice).await;
        page.says_text("sign_sender_replaced").await;
        page.look("sender-replaced").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_from_before_a_change_proves_nothing_of_what_is_now() {
    travel("older", GERMAN, quick(), async |page, practice| {
        page.go_to_verify(&[ADDRESS]).await;
        let mail = Client::new(practice).mail(ADDRESS);
        let date = mail.split_once("\nDate: ").expect("a date").1;
        let year: String = date.split(' ').nth(3).expect("a year").to_owned();
        let before = (year.parse::<u32>().expect("a year") - 1).to_string();
        let older = mail.replace(&format!(" {year} "), &format!(" {before} "));
        page.fill("header_label", &older).await;
        page.press("check").await;
        page.find("group", &page.text("verdict_used")).await;
        page.notice("older").await;
        page.look("older").await;
        page.press("finish_anyway").await;
        page.screen("done_title").await;
        page.says_text("done_unclear").await;
        page.press("way_verify").await;
        page.screen("verify_title").await;
        page.fill("header_label", &mail).await;
        page.press("check").await;
        page.press("finish").await;
        page.screen("done_title").await;
        page.says_text("done_used").await;
    })
    .await;
}
