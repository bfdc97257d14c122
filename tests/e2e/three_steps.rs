//! The whole way, from creating keys at OVHcloud to signing out.

use crate::browser::{ENGLISH, GERMAN, Reader};
use crate::client::Client;
use crate::journey::{quick, travel};
use crate::page::Page;
use crate::practice::Practice;
use crate::steps::{PASSWORD, PLATFORM, SMART_HOST, changes};

const ADDRESSES: [&str; 2] = ["contact@mydomain.ovh", "newsletter@mydomain.ovh"];

async fn whole_way(page: &Page, practice: &Practice) {
    page.arrive().await;
    page.look("sign-in").await;
    let ready = page.ask("return watched.heading").await;
    let ready = ready.as_f64().expect("milliseconds");
    println!(
        "{}: the first screen was there after {ready:.0} ms",
        page.reader.name()
    );
    assert!(ready < 5000.0, "{ready} ms to the first screen");
    sign_in_with_own_keys(page).await;
    page.look("platform").await;
    page.choose(PLATFORM).await;
    page.press("go_on").await;
    page.screen("connector_title").await;
    page.title_has_focus().await;
    page.look("connector").await;
    page.fill_connector("Newsletter provider").await;
    page.look("connector-filled").await;
    page.press("to_review").await;
    page.screen("review_title").await;
    page.title_has_focus().await;
    page.look("review").await;
    page.press("add_now").await;
    page.screen("adding_title").await;
    page.look("adding").await;
    page.screen("ready_title").await;
    page.title_has_focus().await;
    page.look("ready").await;
    page.press("to_addresses").await;
    page.screen("addresses_title").await;
    // What is beside the steps leads back to where they were left.
    page.press("to_upkeep").await;
    page.screen("connectors_title").await;
    page.press("to_the_steps").await;
    page.screen("addresses_title").await;
    page.title_has_focus().await;
    page.look("addresses").await;
    page.tick(&ADDRESSES).await;
    page.look("addresses-chosen").await;
    page.plan(2).await;
    page.title_has_focus().await;
    page.says(&page.filled("plan_looked", &[("done", "2"), ("all", "2")]))
        .await;
    page.look("plan").await;
    page.press("begin_attach").await;
    page.screen("attaching_title").await;
    page.title_has_focus().await;
    page.look("attaching").await;
    page.all_attached(2).await;
    page.look("attached").await;
    page.press("to_verify").await;
    page.screen("verify_title").await;
    page.title_has_focus().await;
    page.look("verify").await;
    let mail = Client::new(practice).mail(ADDRESSES[1]);
    page.fill("header_label", &mail).await;
    page.press("check").await;
    page.find("group", &page.text("verdict_used")).await;
    page.look("verdict").await;
    page.press("finish").await;
    page.screen("done_title").await;
    page.title_has_focus().await;
    page.says_text("done_used").await;
    page.says(SMART_HOST).await;
    page.look("done").await;
    page.press("way_verify").await;
    page.screen("verify_title").await;
    page.back().await;
    page.screen("done_title").await;
    // Before the farewell, which is a fresh page.
    nothing_moved(page).await;
    let folder = page.downloads().await;
    page.press("save_and_sign_out").await;
    page.screen("sign_in_title").await;
    let record = folder.join(page.text("record_file") + ".txt");
    let record = std::fs::read_to_string(&record).expect("the record");
    assert!(
        record.contains(SMART_HOST) && !record.contains(PASSWORD),
        "{record}"
    );
    let _ = std::fs::remove_dir_all(&folder);
    page.says_text("signed_out").await;
    page.look("signed-out").await;
    assert_eq!(changes(practice).len(), 3, "a connector and two addresses");
    let ended = practice.log().last().cloned().expect("calls");
    assert_eq!((&*ended.path, ended.status), ("/1.0/auth/logout", 200));
    assert!(!page.seen().await.contains(PASSWORD));
}

/// Follows the link, creates keys on OVHcloud's page, and pastes that page.
async fn sign_in_with_own_keys(page: &Page) {
    page.click("link", &page.text("keys_page_link")).await;
    page.to_new_tab().await;
    let german = page.reader.language == "de";
    let say = |english, german_words| if german { german_words } else { english };
    let name = page.find("textbox", say("Application name", "Name der Anwendung"));
    name.await.send_keys("Connectors").await.expect("a name");
    page.click("button", say("Create keys", "Schlüssel erstellen"))
        .await;
    page.find("heading", say("Your keys", "Ihre Schlüssel"))
        .await;
    let shown = page.seen().await;
    page.close_tab().await;
    page.fill("paste_label", &shown).await;
    page.says(&page.filled("paste_found", &[("count", "3")]))
        .await;
    assert_eq!(
        page.value("paste_label").await,
        "",
        "nothing stays readable"
    );
    page.look("keys-pasted").await;
    page.press("sign_in").await;
    page.screen("platform_title").await;
    page.title_has_focus().await;
    for warning in ["rights_missing", "rights_wide"] {
        let words = page.text(warning);
        assert!(!page.seen().await.contains(&words), "{words}");
    }
}

/// Nothing jumps under the reader's finger, but what they asked for themselves.
async fn nothing_moved(page: &Page) {
    let sum = "return watched.moved.reduce((sum, { by }) => sum + by, 0)";
    let moved = page.ask(sum).await;
    let all = page.ask("return watched.moved").await;
    let moved = moved.as_f64().expect("a sum");
    println!("{}: moved by {moved:.4}", page.reader.name());
    // A narrow window has room for nothing in advance; what is left is below the fold there.
    let limit = if page.reader.width < 600 { 0.1 } else { 0.01 };
    assert!(moved < limit, "the page moved by {moved}: {all:#}");
}

async fn take(reader: Reader) {
    travel("whole-way", reader, quick(), whole_way).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn three_steps_from_keys_to_signing_out() {
    take(ENGLISH).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn drei_schritte_auf_deutsch_dunkel_und_schmal() {
    take(GERMAN).await;
}
