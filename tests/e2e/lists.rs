//! A list of addresses as people have it.

use crate::browser::{ENGLISH, GERMAN};
use crate::journey::{quick, travel};
use crate::page::Page;
use crate::steps::{changes, sent};

const MESSY: &str = "Name;Department;E-mail\n\
    Contact;Sales;CONTACT@MyDomain.OVH\n\
    News;\"Marketing; Press\";Newsletter <newsletter@mydomain.ovh>\n\
    Anna;;mailto:anna@mydomain.ovh\n\
    Contact again;Sales;contact@mydomain.ovh\n\
    Somebody else;;someone@elsewhere.example\n\
    Nobody;;none so far\n\
    Misspelt;;a..b@mydomain.ovh\n";

const KNOWN: [&str; 3] = [
    "contact@mydomain.ovh",
    "newsletter@mydomain.ovh",
    "anna@mydomain.ovh",
];

impl Page {
    async fn open_list(&self) {
        self.go_to_addresses("Newsletter provider").await;
        self.click("fold", &self.text("list_title")).await;
    }

    /// Unfolds the entries of one kind; each is named with its line.
    async fn lists(&self, kind: &str, entries: &[(usize, &str)]) {
        let many = kind.trim_end_matches("_one");
        let title = self.counted(&format!("{many}_one"), many, entries.len());
        self.click("fold", &title).await;
        for (line, text) in entries {
            let line = self.filled("list_line", &[("line", &line.to_string())]);
            self.says(&format!("{line} {text}")).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_messy_list_is_sorted_out_and_taken() {
    travel("list", ENGLISH, quick(), async |page, practice| {
        page.open_list().await;
        page.fill("list_label", MESSY).await;
        page.says(&page.counted("list_found_one", "list_found", 3))
            .await;
        page.lists("list_unknown", &[(6, "someone@elsewhere.example")])
            .await;
        page.lists(
            "list_invalid",
            &[(7, "none so far"), (8, "a..b@mydomain.ovh")],
        )
        .await;
        page.lists("list_doubled", &[(5, "contact@mydomain.ovh")])
            .await;
        page.look("list").await;
        page.click("button", &page.counted("choose_all_one", "list_choose", 3))
            .await;
        page.attach(3).await;
        page.all_attached(3).await;
        for address in KNOWN {
            assert_eq!(
                sent(practice, "PUT", &format!("/account/{address}")),
                1,
                "{address}"
            );
        }
        assert_eq!(changes(practice).len(), 4);
        // What is done is ticked no more: the next choice is not added to it.
        page.press("more_addresses").await;
        page.screen("addresses_title").await;
        page.says_text("addresses_none_chosen").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_in_an_old_encoding_is_read() {
    travel("list-file", GERMAN, quick(), async |page, practice| {
        page.open_list().await;
        // Latin 1, as an old spreadsheet saves it.
        let text = "Größe;E-Mail\r\n1;contact@mydomain.ovh\r\n2;Hauptstraße 5\r\n";
        let bytes: Vec<u8> = text
            .chars()
            .map(|letter| u8::try_from(u32::from(letter)).expect("Latin 1"))
            .collect();
        let file = std::env::temp_dir().join(format!("list-{}.csv", std::process::id()));
        std::fs::write(&file, bytes).expect("a file");
        let field = page.find("file", &page.text("list_file")).await;
        let path = file.to_str().expect("a path");
        field.send_keys(path).await.expect("a file chosen");
        page.says(&page.counted("list_found_one", "list_found", 1))
            .await;
        page.says("Größe · E-Mail").await;
        page.lists("list_invalid", &[(3, "Hauptstraße 5")]).await;
        page.look("list-file").await;
        let _ = std::fs::remove_file(&file);
        page.click("button", &page.counted("choose_all_one", "list_choose", 1))
            .await;
        page.attach(1).await;
        page.all_attached(1).await;
        assert_eq!(changes(practice).len(), 2);
    })
    .await;
}
