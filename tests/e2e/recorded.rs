//! The record of what was done, to read, to print, to save and to forget; and the exact calls, which
//! are shown before anything is sent. No secret is in either.

use serde_json::{Value, json};

use crate::browser::{ENGLISH, GERMAN, Reader, cdp};
use crate::client::Client;
use crate::journey::{quick, travel, with_tasks_of};
use crate::page::Page;
use crate::practice::{CONSUMER, Practice, SECRET};
use crate::record::whole_file;
use crate::steps::{PASSWORD, PLATFORM, sent};

const NAME: &str = "Newsletter provider";
const ADDRESSES: [&str; 2] = ["contact@mydomain.ovh", "newsletter@mydomain.ovh"];

fn has_no_secret(text: &str) {
    for secret in [SECRET, CONSUMER, PASSWORD] {
        assert!(!text.contains(secret), "{secret} is in {text}");
    }
}

impl Page {
    /// Leaves by the button above, and does not take the record along.
    pub async fn sign_out_without_record(&self) {
        let sign_out = self.text("sign_out");
        self.click_in("button", &sign_out, "outside").await;
        self.notice("record_leaving").await;
        self.press("sign_out_unsaved").await;
    }

    /// Saves the record and reads the file.
    async fn saved_record(&self) -> String {
        let folder = self.downloads().await;
        self.press("save_record").await;
        let file = folder.join(self.text("record_file") + ".txt");
        let text = self
            .until("the saved record", async || whole_file(&file))
            .await;
        let _ = std::fs::remove_dir_all(&folder);
        text
    }

    /// A picture of the page as it is printed.
    async fn on_paper(&self, name: &str) {
        let media = |media: &str| {
            json!({ "media": media, "features": [
                { "name": "prefers-color-scheme", "value": if self.reader.dark { "dark" } else { "light" } },
                { "name": "prefers-reduced-motion", "value": "reduce" },
            ]})
        };
        cdp(&self.driver, "Emulation.setEmulatedMedia", media("print")).await;
        let buttons = "return [...document.querySelectorAll('button, header, footer')]\
                       .filter((element) => element.checkVisibility()).length";
        assert_eq!(self.ask(buttons).await, 0, "nothing to press on paper");
        let ink = "return getComputedStyle(document.querySelector('h1')).color";
        assert_eq!(self.ask(ink).await, "rgb(0, 0, 0)");
        self.picture(name).await;
        cdp(&self.driver, "Emulation.setEmulatedMedia", media("")).await;
    }
}

async fn shows_its_calls(page: &Page) {
    page.go_to_review(NAME).await;
    page.click("fold", &page.text("calls_title")).await;
    page.says("CONNECTOR_PASSWORD").await;
    page.says("sendConnector").await;
    page.says("client.post(").await;
    page.look("calls").await;
    has_no_secret(&page.seen().await);
    page.keeps_no_secret().await;
    page.press("add_now").await;
    page.screen("ready_title").await;
}

/// From the plan for both addresses to the record that tells of them.
async fn is_attached_and_recorded(page: &Page) {
    page.press("begin_attach").await;
    page.screen("attaching_title").await;
    page.all_attached(2).await;
    page.press("record").await;
    page.screen("record_title").await;
    page.says_text("deed_attached").await;
}

async fn recorded(page: &Page, practice: &Practice) {
    shows_its_calls(page).await;
    page.click_in("button", &page.text("record"), "outside")
        .await;
    page.screen("record_title").await;
    page.says_text("deed_added").await;
    page.back().await;
    page.screen("ready_title").await;
    page.press("to_addresses").await;
    page.screen("addresses_title").await;
    page.tick(&ADDRESSES).await;
    page.plan(2).await;
    page.click("fold", &page.text("plan_exact_calls")).await;
    page.says("client.put(").await;
    page.look("plan-calls").await;
    is_attached_and_recorded(page).await;
    page.back().await;
    page.screen("attaching_title").await;
    page.press("to_verify").await;
    page.screen("verify_title").await;
    let mail = Client::new(practice).mail(ADDRESSES[1]);
    page.fill("header_label", &mail).await;
    page.press("check").await;
    page.find("group", &page.text("verdict_used")).await;
    // Twice the same is told once.
    page.press("check").await;
    page.press("finish").await;
    page.screen("done_title").await;
    page.look("done").await;
    page.press("record").await;
    page.screen("record_title").await;
    page.reload().await;
    page.screen("record_title").await;
    page.look("record").await;
    page.on_paper("record-on-paper").await;
    let entries =
        "return [...document.querySelectorAll('.entry h2')].map((head) => head.textContent)";
    let heads = page.ask(entries).await;
    let heads = heads.as_array().expect("entries");
    for (head, deed) in heads
        .iter()
        .zip(["deed_added", "deed_attached", "deed_verified"])
    {
        let head = head.as_str().unwrap_or_default();
        assert!(head.ends_with(&page.text(deed)), "{head}");
    }
    assert_eq!(heads.len(), 3);
    let saved = page.saved_record().await;
    let own = page.text("own_servers");
    for line in [
        format!("{}: {PLATFORM}", page.text("platform_label")),
        format!("{}: {NAME}", page.text("connector_choice")),
        format!("{}: {own} → {NAME}", ADDRESSES[1]),
        format!("{}: {}", page.text("verdict_label"), page.text("done_used")),
    ] {
        assert!(saved.lines().any(|known| known == line), "{line}: {saved}");
    }
    has_no_secret(&saved);
    has_no_secret(&page.seen().await);
    page.keeps_no_secret().await;
    // What is saved is not offered again.
    page.click_in("button", &page.text("sign_out"), "outside")
        .await;
    page.screen("sign_in_title").await;
    assert_eq!(page.kept().await["session"], json!({}));
}

async fn take(reader: Reader) {
    travel("recorded", reader, quick(), recorded).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_is_recorded_without_a_secret() {
    take(ENGLISH).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn das_protokoll_auf_deutsch_dunkel_und_schmal() {
    take(Reader {
        width: 360,
        ..GERMAN
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_leaves_without_having_been_offered_the_record() {
    travel("farewell", ENGLISH, quick(), async |page, _| {
        page.go_to_review(NAME).await;
        let record = page.text("record");
        assert!(page.look_for("button", &record, "").await.is_none());
        page.press("add_now").await;
        page.screen("ready_title").await;
        page.press("to_addresses").await;
        page.screen("addresses_title").await;
        page.click_in("button", &page.text("sign_out"), "outside")
            .await;
        page.notice("record_leaving").await;
        let focus = "return document.activeElement?.id === 'leaving'";
        page.until_so("the focus on the question", focus).await;
        page.look("leaving").await;
        // Once more is no answer.
        page.click_in("button", &page.text("sign_out"), "outside")
            .await;
        page.until_so("the focus on the question", focus).await;
        // Whoever stays has the record as before.
        page.press("back_stay").await;
        page.until("the question is gone", async || {
            let asked = page
                .look_for("group", &page.text("record_leaving"), "")
                .await;
            asked.is_none().then_some(())
        })
        .await;
        page.screen("record_title").await;
        page.press("back").await;
        page.screen("addresses_title").await;
        page.click_in("button", &record, "outside").await;
        page.screen("record_title").await;
        let leaving = page.text("record_leaving");
        assert!(page.look_for("group", &leaving, "").await.is_none());
        page.sign_out_without_record().await;
        page.screen("sign_in_title").await;
        page.notice("signed_out").await;
        let kept = page.kept().await;
        assert_eq!((&kept["session"], &kept["local"]), (&json!({}), &json!({})));
        assert_ne!(kept["document"], Value::Null);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_the_browser_cannot_keep_is_to_be_saved() {
    travel("record-unkept", GERMAN, quick(), async |page, _| {
        page.go_to_addresses(NAME).await;
        page.tick(&ADDRESSES).await;
        page.plan(2).await;
        page.fill_storage("sessionStorage").await;
        is_attached_and_recorded(page).await;
        page.notice("record_unkept").await;
        page.look("unkept").await;
        page.press("save_record").await;
        page.until("the warning is gone", async || {
            let seen = page.seen().await;
            (!seen.contains(&page.text("record_unkept"))).then_some(())
        })
        .await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_leaves_a_connector_on_its_way_without_being_asked() {
    travel(
        "leaving-adding",
        GERMAN,
        with_tasks_of(5),
        async |page, practice| {
            let page = &page.patient(60);
            page.go_to_review("Newsletter provider").await;
            page.press("add_now").await;
            page.screen("adding_title").await;
            page.press("sign_out").await;
            page.notice("leaving_halfway").await;
            page.says_text("record_leaving_change").await;
            page.look("asked").await;
            // Who waits is asked nothing any more.
            page.screen("ready_title").await;
            let seen = page.seen().await;
            assert!(!seen.contains(&page.text("leaving_halfway")), "{seen}");
            assert_eq!(sent(practice, "POST", "/sendConnector"), 1);
        },
    )
    .await;
}
