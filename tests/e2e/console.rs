//! By hand: a browser that may not call OVHcloud, and a person who runs in OVHcloud's console what the
//! page says, and pastes back what it answers.

use serde_json::{Map, Value};

use crate::browser::{ENGLISH, GERMAN, INTRANET, Reader};
use crate::client::Client;
use crate::journey::{quick, travel_to};
use crate::page::Page;
use crate::practice::{self, APPLICATION, CONSUMER, Options, Practice, SECRET};
use crate::steps::{PASSWORD, PLATFORM, SMART_HOST};

const ADDRESS: &str = "newsletter@mydomain.ovh";
const BELOW: &str = "/email/exchange/private-zz111111-1/service/private-zz111111-1";

/// A call as the page tells it, field by field.
struct Told {
    method: String,
    path: String,
    body: Option<Value>,
}

impl Told {
    /// Takes the rows of one card: method and route, the parameters, the fields of the body. A field
    /// without a value is the password, which the person types.
    fn from(rows: &Value) -> Self {
        let mut rows = rows.as_array().expect("rows").iter().map(|row| {
            let name = row[0].as_str().expect("a name").to_owned();
            (name, row[1].as_str().map(ToOwned::to_owned))
        });
        let (method, path) = rows.next().expect("a route");
        let mut path = path.expect("a route");
        let mut body = Map::new();
        for (name, value) in rows {
            let place = format!("{{{name}}}");
            match value {
                Some(value) if path.contains(&place) => path = path.replace(&place, &value),
                Some(value) => {
                    // The console knows which fields are numbers and which are switches.
                    let typed = serde_json::from_str(&value).unwrap_or(Value::Null);
                    let is_plain = typed.is_u64() || typed.is_boolean();
                    body.insert(name, if is_plain { typed } else { value.into() });
                }
                None => {
                    assert_eq!(name, "password");
                    body.insert(name, PASSWORD.into());
                }
            }
        }
        let body = (!body.is_empty()).then_some(Value::Object(body));
        Self { method, path, body }
    }
}

/// An answer as OVHcloud's console prints it: names bare, and no commas.
fn printed(answer: &Value) -> String {
    let pretty = serde_json::to_string_pretty(answer).expect("JSON");
    let line = |line: &str| {
        let line = line.strip_suffix(',').unwrap_or(line);
        match line.split_once("\": ") {
            Some((name, value)) => [&name.replacen('"', "", 1), ": ", value].concat(),
            None => line.to_owned(),
        }
    };
    pretty.lines().map(line).collect::<Vec<_>>().join("\n")
}

fn length(list: &Value) -> usize {
    list.as_array().map_or(0, Vec::len)
}

/// The person, with a console of their own.
struct Person<'a> {
    page: &'a Page,
    client: Client<'a>,
    calls: std::cell::Cell<usize>,
}

impl Person<'_> {
    /// The calls that the page tells to run at this step.
    async fn told(&self) -> Vec<Told> {
        let script = "return [...document.querySelectorAll('.steps .hand')].map((card) => \
                      [...card.querySelectorAll('dl > div')].map((row) => \
                      [row.querySelector('dt').textContent, \
                      row.querySelector('dd code')?.textContent ?? null]))";
        let cards = self.page.ask(script).await;
        cards
            .as_array()
            .expect("cards")
            .iter()
            .map(Told::from)
            .collect()
    }

    fn run(&self, told: &Told) -> Value {
        self.calls.set(self.calls.get() + 1);
        let answer = self
            .client
            .call(&told.method, &told.path, told.body.clone());
        assert_eq!(
            answer.header("access-control-allow-origin"),
            None,
            "no page of another origin can read it"
        );
        answer.json()
    }

    /// Reads again until it is so.
    async fn run_until(&self, told: &Told, wanted: impl Fn(&Value) -> bool) -> Value {
        self.page
            .until("the console's answer", async || {
                Some(self.run(told)).filter(|answer| wanted(answer))
            })
            .await
    }

    async fn paste(&self, text: &str) {
        self.page.fill("hand_answer", text).await;
        self.page.press("go_on").await;
    }

    async fn paste_in_vain(&self, text: &str, problem: &str) {
        self.paste(text).await;
        let words = self.page.text(problem);
        let words = words.split(['{', '“', '„']).next().unwrap_or_default();
        self.page.says(words).await;
    }

    async fn step(&self, title: &str) {
        let title = self.page.text(title);
        self.page.find("heading", &title).await;
    }
}

async fn to_the_console(page: &Page) {
    page.arrive().await;
    page.fill_keys(APPLICATION, SECRET, CONSUMER).await;
    page.press("sign_in").await;
    page.notice("error_blocked").await;
    page.look("blocked").await;
    page.press("by_hand_begin").await;
    page.screen("by_hand_title").await;
    page.look("platform").await;
    page.press("go_on").await;
    page.says_text("hand_platform_wrong").await;
    page.fill("hand_organization", PLATFORM).await;
    page.press("go_on").await;
}

/// The connector, from the list before it to its details; its number.
async fn add(person: &Person<'_>) -> u64 {
    let page = person.page;
    person.step("hand_before").await;
    page.look("before").await;
    for (text, problem) in [
        ("", "answer_empty"),
        ("<!doctype html><title>x</title>", "answer_html"),
        ("it worked", "answer_unreadable"),
        ("null", "answer_other"),
        (
            "{\n    message: \"This call has not been granted\"\n}",
            "answer_refused",
        ),
    ] {
        person.paste_in_vain(text, problem).await;
    }
    page.look("refused").await;
    let told = person.told().await;
    let before = person.run(&told[0]);
    person.paste(&printed(&before)).await;
    person.step("hand_form").await;
    assert!(
        page.look_for("textbox", &page.text("password"), "")
            .await
            .is_none(),
        "nobody types a password here"
    );
    page.press("to_review").await;
    page.says_text("host_empty").await;
    page.fill("smart_host", SMART_HOST).await;
    page.fill("user", "office@mydomain.ovh").await;
    page.fill("display_name", "By hand").await;
    page.look("form").await;
    page.press("to_review").await;
    person.step("hand_add").await;
    page.look("add").await;
    let told = person.told().await;
    assert_eq!((&*told[0].method, &*told[1].method), ("POST", "GET"));
    let task = person.run(&told[0]);
    person
        .paste_in_vain(&printed(&task), "answer_to_first")
        .await;
    person
        .paste_in_vain(&printed(&before), "answer_nothing_new")
        .await;
    // Nothing of it is lost, and nothing is sent again.
    page.reload().await;
    page.screen("by_hand_title").await;
    person.step("hand_add").await;
    let told = person.told().await;
    let list = person
        .run_until(&told[1], |list| length(list) > length(&before))
        .await;
    person.paste(&printed(&list)).await;
    person.step("hand_check").await;
    page.look("check").await;
    let told = person.told().await;
    let ready = person
        .run_until(&told[0], |connector| connector["state"] == "ok")
        .await;
    let creating = printed(&ready).replace("\"ok\"", "\"creating\"");
    person.paste_in_vain(&creating, "answer_not_ready").await;
    person.paste(&printed(&ready)).await;
    ready["id"].as_u64().expect("a number")
}

/// One address, attached or detached.
async fn assign(person: &Person<'_>, wanted: u64) {
    let page = person.page;
    person.step("hand_addresses").await;
    page.look("addresses").await;
    page.press("go_on").await;
    page.says_text("hand_addresses_none").await;
    page.fill("hand_addresses_label", &format!("Newsletter <{ADDRESS}>"))
        .await;
    if wanted == 0 {
        page.choose(&page.text("hand_detach")).await;
    }
    page.press("go_on").await;
    person.step("hand_assign").await;
    page.look("assign").await;
    page.back().await;
    person.step("hand_addresses").await;
    assert_eq!(page.value("hand_addresses_label").await, ADDRESS);
    page.press("go_on").await;
    person.step("hand_assign").await;
    let told = person.told().await;
    let body = told[0].body.clone().expect("a body");
    assert_eq!(body, serde_json::json!({ "sendConnectorId": wanted }));
    let taken = person.run(&told[0]);
    person
        .paste_in_vain(&printed(&taken), "answer_to_first")
        .await;
    let account = person
        .run_until(&told[1], |account| {
            account["sendConnectorId"] == wanted && account["taskPendingId"] == 0
        })
        .await;
    person.paste(&printed(&account)).await;
    person.step("hand_finished").await;
}

async fn by_hand(page: &Page, practice: &Practice) {
    let person = Person {
        page,
        client: Client::new(practice),
        calls: std::cell::Cell::new(0),
    };
    to_the_console(page).await;
    let id = add(&person).await;
    assign(&person, id).await;
    page.look("finished").await;
    let client = Client::new(practice);
    let connector = client.call("GET", &format!("{BELOW}/sendConnector/{id}"), None);
    assert_eq!(connector.json()["displayName"], "By hand");
    let account = client.call("GET", &format!("{BELOW}/account/{ADDRESS}"), None);
    assert_eq!(account.json()["sendConnectorId"], id);

    page.click("fold", &page.text("hand_default")).await;
    page.fill("domain", "mydomain.ovh").await;
    page.press("hand_default_done").await;
    page.says_text("hand_default_noted").await;
    page.look("default").await;

    page.press("to_verify").await;
    page.screen("verify_title").await;
    page.fill("header_label", &client.mail(ADDRESS)).await;
    page.press("check").await;
    page.find("group", &page.text("verdict_used")).await;
    page.press("finish").await;
    page.screen("done_title").await;
    page.look("done").await;
    page.press("record").await;
    page.screen("record_title").await;
    let default = page.text("deed_default");
    for words in ["By hand", ADDRESS, &default, &page.text("done_used")] {
        page.says(words).await;
    }
    page.look("record").await;
    page.back().await;
    page.screen("done_title").await;
    let kept = page
        .ask("return JSON.stringify({ ...sessionStorage, ...localStorage })")
        .await;
    let kept = kept.as_str().unwrap_or_default();
    for secret in [PASSWORD, SECRET, CONSUMER] {
        assert!(!kept.contains(secret), "{kept}");
    }
    page.press("leave_unsaved").await;
    page.screen("sign_in_title").await;
    assert_eq!(
        page.ask("return Object.keys(sessionStorage)").await,
        Value::Array(vec![])
    );

    // But for asking the time, which it could not read, the page called nobody.
    let calls = practice.log();
    let calls = calls.iter().filter(|entry| entry.path != "/1.0/auth/time");
    assert_eq!(calls.count(), person.calls.get() + 2);
}

async fn take(name: &str, reader: Reader, journey: impl AsyncFnOnce(&Page, &Practice)) {
    take_at("localhost", name, reader, journey).await;
}

/// From a page on this host, whose browser may not call OVHcloud.
async fn take_at(
    host: &str,
    name: &str,
    reader: Reader,
    journey: impl AsyncFnOnce(&Page, &Practice),
) {
    let options = Options {
        cors: false,
        ..quick()
    };
    let practice = practice::start(options).await.expect("a free port");
    let elsewhere = practice.address().replace("127.0.0.1", host);
    travel_to(name, reader, elsewhere, async |page: &Page| {
        journey(page, &practice).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_is_done_by_hand_where_the_browser_may_not_call() {
    take("by-hand", ENGLISH, by_hand).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn alles_von_hand_auf_deutsch_dunkel_und_schmal() {
    let narrow = Reader {
        width: 360,
        ..GERMAN
    };
    take("by-hand", narrow, by_hand).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connector_that_is_there_is_taken_by_hand_and_an_address_detached() {
    take("by-hand-detach", ENGLISH, async |page, practice| {
        let person = Person {
            page,
            client: Client::new(practice),
            calls: std::cell::Cell::new(0),
        };
        to_the_console(page).await;
        person.step("hand_before").await;
        let told = person.told().await;
        let body = serde_json::json!({
            "displayName": "There", "smartHost": SMART_HOST, "port": 587, "requireTLS": true,
            "smartHostAuthMechanism": "none",
        });
        let client = Client::new(practice);
        let connectors = format!("{BELOW}/sendConnector");
        let before = client.call("GET", &connectors, None).json();
        client.call("POST", &connectors, Some(body));
        let list = client.until(&connectors, |list| length(list) > length(&before));
        let id = list.as_array().and_then(|list| list.last()).expect("one");
        let one = format!("{connectors}/{id}");
        client.until(&one, |connector| connector["state"] == "ok");
        person.paste(&printed(&person.run(&told[0]))).await;
        person.step("hand_form").await;
        page.click("fold", &page.text("hand_known")).await;
        page.fill("connector_id", "4711").await;
        page.press("connector_take").await;
        page.find("textbox", &page.text("connector_id")).await;
        page.look("wrong-number").await;
        page.fill("connector_id", &id.to_string()).await;
        page.press("connector_take").await;
        person.step("hand_check").await;
        page.back().await;
        person.step("hand_form").await;
        page.back().await;
        person.step("hand_before").await;
        page.back().await;
        page.says_text("hand_platform").await;
        page.ask("history.forward()").await;
        page.says_text("hand_platform").await;
        page.press("go_on").await;
        person.step("hand_before").await;
        person.paste(&printed(&list)).await;
        person.step("hand_form").await;
        page.click("fold", &page.text("hand_known")).await;
        page.fill("connector_id", &id.to_string()).await;
        page.press("connector_take").await;
        person.step("hand_check").await;
        let told = person.told().await;
        person.paste(&printed(&person.run(&told[0]))).await;
        assign(&person, 0).await;
        page.click("fold", &page.text("hand_default")).await;
        page.fill("domain", "mydomain.ovh").await;
        page.says("changeDefaultSBR").await;
        page.look("default").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn over_plain_http_a_copy_button_says_that_it_cannot() {
    take_at(INTRANET, "by-hand-http", GERMAN, async |page, _| {
        to_the_console(page).await;
        page.says_text("hand_before").await;
        let copy = page.filled("copy_named", &[("name", "GET")]);
        page.click("button", &copy).await;
        page.says_text("mark_and_copy").await;
        page.is_told("mark_and_copy").await;
        page.look("not-copied").await;
    })
    .await;
}
