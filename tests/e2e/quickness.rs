//! How quickly the page answers with ten thousand addresses in it. A busy machine is slower than
//! one of its own, so that the limits here are wider than what is asked for; the figures are printed.

use serde_json::{Value, json};

use crate::browser::{ENGLISH, cdp};
use crate::client::Client;
use crate::journey::{quick, travel};
use crate::page::Page;
use crate::practice::{Options, Practice};
use crate::steps::PLATFORM;

const COUNT: usize = 10_000;

/// Does something to the page; answers with the milliseconds until words are seen, and those of the
/// longest task on the way.
const WATCH: &str = "
  const [words, text, done] = arguments;
  const tasks = [0];
  const watch = new PerformanceObserver((list) => tasks.push(...list.getEntries().map((task) => task.duration)));
  watch.observe({ type: 'longtask' });
  const main = document.querySelector('main');
  const begun = performance.now();
  const look = () => {
    if (!main.textContent.includes(words)) return requestAnimationFrame(look);
    const took = performance.now() - begun;
    setTimeout(() => { watch.disconnect(); done([took, Math.max(...tasks)]); }, 300);
  };
  ACT
  requestAnimationFrame(look);";

/// Pastes a text where the list goes.
const PASTE: &str = "
  const data = new DataTransfer();
  data.setData('text/plain', text);
  const event = { clipboardData: data, bubbles: true, cancelable: true };
  document.getElementById('list').dispatchEvent(new ClipboardEvent('paste', event));";

const TYPE: &str = "
  const field = document.getElementById('filter');
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));";

impl Page {
    /// Milliseconds until the words are there, and of the longest task.
    async fn watch(&self, words: &str, act: &str, text: &str) -> (f64, f64) {
        self.step(format!("until it says “{words}”"));
        let arguments = vec![json!(words), json!(text)];
        let script = WATCH.replace("ACT", act);
        let figures = self.driver.execute_async(&script, arguments).await;
        let figures = figures.expect("figures");
        let figure = |place: usize| figures.json()[place].as_f64().expect("milliseconds");
        (figure(0), figure(1))
    }

    /// Megabytes that the page's objects and its program take, without what nobody holds any more.
    pub async fn megabytes(&self) -> (f64, f64) {
        cdp(&self.driver, "HeapProfiler.collectGarbage", json!({})).await;
        let heap = cdp(&self.driver, "Runtime.getHeapUsage", json!({})).await;
        let evaluate = json!({ "expression": "WebAssembly.Memory.prototype" });
        let kind = cdp(&self.driver, "Runtime.evaluate", evaluate).await;
        let kind = json!({ "prototypeObjectId": kind["result"]["objectId"] });
        let all = cdp(&self.driver, "Runtime.queryObjects", kind).await;
        let sum = json!({
            "objectId": all["objects"]["objectId"],
            "functionDeclaration":
                "function () { return this.reduce((sum, { buffer }) => sum + buffer.byteLength, 0) }",
            "returnByValue": true,
        });
        let program = cdp(&self.driver, "Runtime.callFunctionOn", sum).await;
        let megabytes = |value: &Value| value.as_f64().expect("bytes") / 1e6;
        let objects = megabytes(&heap["usedSize"]) + megabytes(&heap["embedderHeapUsedSize"]);
        (objects, megabytes(&program["result"]["value"]))
    }
}

/// The addresses of the platform, in the order that OVHcloud has them.
fn addresses(practice: &Practice) -> Vec<String> {
    let path = format!("/email/exchange/{PLATFORM}/service/{PLATFORM}/account");
    let answer = Client::new(practice).send("GET", &path, None);
    let addresses = answer.expect("an answer").json();
    let mut addresses: Vec<String> = serde_json::from_value(addresses).expect("addresses");
    addresses.retain(|address| !address.ends_with("@configureme.me"));
    addresses
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_and_filters_are_answered_at_once() {
    let options = Options {
        accounts: COUNT,
        ..quick()
    };
    travel("quick", ENGLISH, options, async |page, practice| {
        let page = &page.patient(120);
        page.go_to_addresses("Newsletter provider").await;
        page.click("fold", &page.text("list_title")).await;
        let addresses = addresses(practice);
        let found = page.counted("list_found_one", "list_found", COUNT);
        let (took, longest) = page.watch(&found, PASTE, &addresses.join("\n")).await;
        println!("{COUNT} lines: {took:.0} ms, longest task {longest:.0} ms");
        assert!(took < 600.0 && longest < 200.0, "{took} ms, {longest} ms");
        page.press("list_remove").await;

        // Half of a hundred thousand lines are rubbish, and each address is there five times.
        let lines = (0..100_000).map(|line| match line % 4 {
            0 => format!("Somebody <{}>", addresses[line / 4 % COUNT].to_uppercase()),
            1 => "no address at all".to_owned(),
            2 => addresses[line / 4 % COUNT].clone(),
            _ => format!("x@@{line}"),
        });
        let lines: Vec<String> = lines.collect();
        let (took, longest) = page.watch(&found, PASTE, &lines.join("\n")).await;
        println!("100,000 lines: {took:.0} ms, longest task {longest:.0} ms");
        assert!(longest < 1_000.0, "{longest} ms");
        for (name, count) in [("list_invalid", 50_000), ("list_doubled", 40_000)] {
            page.says(&page.counted(&format!("{name}_one"), name, count))
                .await;
        }
        let (mut slowest, mut longest) = (0.0_f64, 0.0_f64);
        for text in ["a", "an", "ann", "anna", "anna.", "anna", "", "z"] {
            let matching = addresses
                .iter()
                .filter(|known| known.contains(text))
                .count();
            let values = [page.number(matching), page.number(COUNT)];
            let values = [("found", &*values[0]), ("total", &*values[1])];
            let words = match matching {
                0 => page.text("addresses_no_match"),
                COUNT => page.filled("addresses_all", &values),
                _ => page.filled("addresses_found", &values),
            };
            let (took, task) = page.watch(&words, TYPE, text).await;
            (slowest, longest) = (slowest.max(took), longest.max(task));
        }
        println!("a letter in the filter: {slowest:.0} ms, longest task {longest:.0} ms");
        assert!(slowest < 300.0, "{slowest} ms");
        let (objects, program) = page.megabytes().await;
        println!("memory: {objects:.1} MB of objects, {program:.1} MB of the program");
        assert!(objects + program < 60.0, "{objects} MB, {program} MB");
    })
    .await;
}
