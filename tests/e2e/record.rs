//! What the page says of each address, by what it keeps and by the table it saves, against the
//! calls that the practice OVHcloud received.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use crate::browser::cdp;
use crate::page::Page;
use crate::practice::{LogEntry, Practice};

/// A line of the saved table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub state: String,
    pub wanted: String,
    pub before: String,
}

/// The calls about one address, by how they ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Calls {
    pub reads: usize,
    /// Changes that were taken.
    pub taken: usize,
    /// Changes whose connection was closed without an answer; they may have been taken.
    pub unanswered: usize,
    /// Changes that were refused.
    pub refused: usize,
}

impl Calls {
    pub fn writes(self) -> usize {
        self.taken + self.unanswered + self.refused
    }

    pub fn all(self) -> usize {
        self.reads + self.writes()
    }
}

/// The calls about each address, in what was logged.
pub fn calls(log: &[LogEntry]) -> BTreeMap<String, Calls> {
    let mut all: BTreeMap<String, Calls> = BTreeMap::new();
    for entry in log {
        let Some((_, address)) = entry.path.split_once("/account/") else {
            continue;
        };
        let calls = all.entry(address.to_owned()).or_default();
        match (&*entry.method, entry.status) {
            ("GET", _) => calls.reads += 1,
            ("PUT", 200) => calls.taken += 1,
            ("PUT", 0) => calls.unanswered += 1,
            ("PUT", _) => calls.refused += 1,
            other => panic!("{other:?} about {address}"),
        }
    }
    all
}

/// How many calls there were about addresses.
pub fn count(log: &[LogEntry]) -> usize {
    calls(log).values().map(|calls| calls.all()).sum()
}

impl Page {
    /// Lets the browser save files into a folder of this journey, which is empty.
    pub async fn downloads(&self) -> std::path::PathBuf {
        let port = self.address.rsplit(':').next().unwrap_or_default();
        let folder = format!("downloads-{}-{port}", std::process::id());
        let folder = std::env::temp_dir().join(folder);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        let behaviour = json!({ "behavior": "allow", "downloadPath": folder });
        cdp(&self.driver, "Browser.setDownloadBehavior", behaviour).await;
        folder
    }

    /// Saves the result as a table and reads it, by address.
    pub async fn saved_table(&self, name: &str) -> BTreeMap<String, Line> {
        let folder = self.downloads().await;
        self.press("save_csv").await;
        let file = folder.join(name);
        let text = self
            .until("the saved table", async || whole_file(&file))
            .await;
        let _ = std::fs::remove_dir_all(&folder);
        let text = text.strip_prefix('\u{feff}').expect("the mark of UTF-8");
        let separator = if self.thousands() == '.' { ";" } else { "," };
        let between = format!("\"{separator}\"");
        let mut lines = text.lines().map(|line| {
            let line = line
                .strip_prefix('"')
                .and_then(|line| line.strip_suffix('"'));
            let cells: Vec<String> = line
                .unwrap_or_else(|| panic!("cells in quotes, not {line:?}"))
                .split(&between)
                .map(|cell| cell.replace("\"\"", "\""))
                .collect();
            <[String; 4]>::try_from(cells).expect("four cells")
        });
        let head = ["address", "state", "wanted", "before"].map(|name| self.text(name));
        assert_eq!(lines.next(), Some(head));
        lines
            .map(|[address, state, wanted, before]| {
                (
                    address,
                    Line {
                        state,
                        wanted,
                        before,
                    },
                )
            })
            .collect()
    }

    /// The letter of each address in what is kept of the job; see `run::assigning`.
    pub async fn kept_states(&self) -> BTreeMap<String, String> {
        let script = "return Object.keys(localStorage).filter((key) => /^job .* \\d+$/.test(key))\
                      .flatMap((key) => JSON.parse(localStorage[key]).slice(1))\
                      .map(([address, , letter]) => [address, letter ?? 'r'])";
        let kept = self.ask(script).await;
        serde_json::from_value::<Vec<(String, String)>>(kept)
            .expect("addresses and letters")
            .into_iter()
            .collect()
    }

    /// What is kept of the job, what it says in its table, and what OVHcloud heard are the same:
    /// call by call. The log is that since the addresses were chosen. Returns the states by letter.
    pub async fn agrees_with(&self, log: &[LogEntry], table: &BTreeMap<String, Line>) {
        let kept = self.kept_states().await;
        assert_eq!(
            kept.keys().collect::<Vec<_>>(),
            table.keys().collect::<Vec<_>>(),
            "the same addresses"
        );
        let heard = calls(log);
        for (address, letter) in &kept {
            let line = &table[address];
            let calls = heard.get(address).copied().unwrap_or_default();
            let said = format!("{address}: {letter}, {line:?}, {calls:?}");
            let words: &[&str] = match &**letter {
                "c" => &["item_done", "filters_sent"],
                "y" => &["item_already"],
                "e" => &["item_stopped"],
                _ => &[
                    "item_not_taken",
                    "item_unconfirmed",
                    "item_unknown",
                    "item_not_looked",
                    "error_refused",
                    "item_gone",
                ],
            };
            let is_said = words
                .iter()
                .any(|words| line.state.starts_with(&self.text(words)));
            assert!(is_said, "{said}");
            let may_be_taken = calls.taken + calls.unanswered;
            match &**letter {
                "c" => assert!(
                    calls.taken <= 1 && may_be_taken >= 1 && calls.reads >= 2,
                    "{said}"
                ),
                "y" => assert_eq!(calls.writes(), 0, "{said}"),
                // A change may have been refused for what is not its fault.
                "e" => assert_eq!(may_be_taken, 0, "{said}"),
                _ => assert!(calls.taken <= 1, "{said}"),
            }
        }
    }
}

/// A file that is there as a whole, as a text: the browser gives it its name when it is.
pub fn whole_file(path: &Path) -> Option<String> {
    std::fs::read_to_string(path)
        .ok()
        .filter(|text| !text.is_empty())
}

/// What the log holds from a place on.
pub fn since(practice: &Practice, place: usize) -> Vec<LogEntry> {
    practice.log().split_off(place)
}

/// The connector that OVHcloud shows for an address, 0 for none.
pub fn shown_connector(answer: &Value) -> u64 {
    answer["sendConnectorId"].as_u64().unwrap_or(0)
}
