//! The ways that many journeys share, screen by screen.

use serde_json::json;

use crate::browser::cdp;
use crate::page::Page;
use crate::practice::{APPLICATION, CONSUMER, LogEntry, Practice, SECRET};

pub const PLATFORM: &str = "private-zz111111-1";
pub const PASSWORD: &str = "wonderful-Password-7";
pub const SMART_HOST: &str = "smtp-relay.brevo.com";

/// Fills the storage that outlives the tab to the last byte.
const FILL: &str = "
  let piece = 'x'.repeat(1 << 20);
  let name = 0;
  while (piece) {
    try {
      window[arguments[0]].setItem(`filler ${name++}`, piece);
    } catch {
      piece = piece.slice(0, piece.length >> 1);
    }
  }
  return name;";

impl Page {
    /// Opens the page and waits for its first screen.
    pub async fn arrive(&self) {
        self.open().await;
        self.screen("sign_in_title").await;
    }

    pub async fn fill_keys(&self, application: &str, secret: &str, consumer: &str) {
        self.fill("application_key", application).await;
        self.fill("application_secret", secret).await;
        self.fill("consumer_key", consumer).await;
    }

    /// Signs in with the keys that always work.
    pub async fn sign_in(&self) {
        self.arrive().await;
        self.fill_keys(APPLICATION, SECRET, CONSUMER).await;
        self.press("sign_in").await;
        self.screen("platform_title").await;
    }

    pub async fn take_platform(&self, name: &str) {
        self.choose(name).await;
        self.press("go_on").await;
        self.screen("connector_title").await;
    }

    pub async fn fill_connector(&self, name: &str) {
        self.fill("smart_host", SMART_HOST).await;
        self.fill("user", "office@mydomain.ovh").await;
        self.fill("password", PASSWORD).await;
        self.fill("display_name", name).await;
    }

    /// From the start to the overview of a new connector.
    pub async fn go_to_review(&self, name: &str) {
        self.sign_in().await;
        self.take_platform(PLATFORM).await;
        self.fill_connector(name).await;
        self.press("to_review").await;
        self.screen("review_title").await;
    }

    /// Signs in anew where a connector is half filled in, and goes on to its overview.
    pub async fn sign_in_to_review(&self) {
        self.fill_keys(APPLICATION, SECRET, CONSUMER).await;
        self.press("sign_in").await;
        self.retype_password().await;
    }

    /// Where only the password is missing, on to the overview.
    pub async fn retype_password(&self) {
        self.screen("connector_title").await;
        self.fill("password", PASSWORD).await;
        self.press("to_review").await;
        self.screen("review_title").await;
    }

    /// From the start to the addresses, with a new connector.
    pub async fn go_to_addresses(&self, name: &str) {
        self.go_to_review(name).await;
        self.press("add_now").await;
        self.screen("ready_title").await;
        self.press("to_addresses").await;
        self.screen("addresses_title").await;
    }

    pub async fn tick(&self, addresses: &[&str]) {
        for address in addresses {
            self.click("checkbox", address).await;
        }
    }

    /// A number as the reader's language writes it.
    pub fn number(&self, number: usize) -> String {
        let thousands = self.thousands();
        match (number / 1_000, number % 1_000) {
            (0, rest) => rest.to_string(),
            (more, rest) => format!("{more}{thousands}{rest:03}"),
        }
    }

    /// A text about so many, in the singular or the plural.
    pub fn counted(&self, one: &str, many: &str, count: usize) -> String {
        let text = if count == 1 { one } else { many };
        self.filled(text, &[("count", &self.number(count))])
    }

    /// Chooses every address of the platform.
    pub async fn choose_all(&self, count: usize) {
        let label = self.counted("choose_all_one", "choose_all", count);
        self.click("button", &label).await;
    }

    /// The button that attaches so many addresses, and the plan for it.
    pub async fn plan(&self, count: usize) {
        let label = self.counted("attach_one", "attach_many", count);
        self.click("button", &label).await;
        self.screen("plan_title").await;
    }

    /// Attaches so many addresses.
    pub async fn attach(&self, count: usize) {
        self.plan(count).await;
        self.press("begin_attach").await;
        self.screen("attaching_title").await;
    }

    /// Waits until all of these are attached.
    pub async fn all_attached(&self, count: usize) {
        self.says(&self.counted("attached_one", "attached_many", count))
            .await;
    }

    /// From the start to the check of a mail, with these addresses attached.
    pub async fn go_to_verify(&self, addresses: &[&str]) {
        self.go_to_addresses("Newsletter provider").await;
        self.tick(addresses).await;
        self.attach(addresses.len()).await;
        self.all_attached(addresses.len()).await;
        self.press("to_verify").await;
        self.screen("verify_title").await;
    }

    /// The row of an address in the table.
    pub async fn row(&self, address: &str) -> String {
        let script = "return [...document.querySelectorAll('tbody tr')]\
                      .find((row) => row.cells[0].textContent === arguments[0])?.cells[1].innerText ?? ''";
        let row = self.ask_with(script, vec![json!(address)]).await;
        row.as_str().unwrap_or_default().to_owned()
    }

    /// Waits for these words at an address.
    pub async fn row_says(&self, address: &str, words: &str) {
        self.step(format!("{address} says “{words}”"));
        self.until(&format!("“{words}” at {address}"), async || {
            self.row(address).await.contains(words).then_some(())
        })
        .await;
    }

    /// Cuts this tab off from all networks, or connects it again.
    pub async fn offline(&self, offline: bool) {
        self.step(format!("offline: {offline}"));
        let conditions = json!({
            "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
        });
        cdp(&self.driver, "Network.enable", json!({})).await;
        cdp(&self.driver, "Network.emulateNetworkConditions", conditions).await;
    }

    /// Lets no page keep anything more in `localStorage`, or in `sessionStorage`.
    pub async fn fill_storage(&self, storage: &str) {
        self.step(format!("fill {storage}"));
        self.ask_with(FILL, vec![json!(storage)]).await;
    }

    /// Lets no call to OVHcloud through, while the page's own files still come.
    pub async fn without_ovhcloud(&self) {
        self.without("*/1.0/*").await;
    }

    /// Lets nothing with such an address through.
    pub async fn without(&self, pattern: &str) {
        self.step(format!("without {pattern}"));
        let blocked = json!({ "urls": [pattern] });
        cdp(&self.driver, "Network.enable", json!({})).await;
        cdp(&self.driver, "Network.setBlockedURLs", blocked).await;
    }
}

/// The calls that changed something on the platform.
pub fn changes(practice: &Practice) -> Vec<LogEntry> {
    let changing = |entry: &LogEntry| {
        ["POST", "PUT", "DELETE"].contains(&entry.method.as_str())
            && entry.path.contains("/service/")
    };
    practice.log().into_iter().filter(changing).collect()
}

/// How often something was sent to a path with this ending.
pub fn sent(practice: &Practice, method: &str, ending: &str) -> usize {
    let all = changes(practice);
    all.iter()
        .filter(|entry| entry.method == method && entry.path.ends_with(ending))
        .count()
}
