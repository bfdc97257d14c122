//! The Exchange routes of the practice OVHcloud: what a body may carry, tasks that take time, and
//! everything that goes wrong on demand.

use std::time::Duration;

use serde_json::{Value, json};

use super::client::{Client, Reply};
use super::server::{self, Options, start};
use super::{PRIVATE, account, practice, slow_practice};

const HOSTED: &str = "/email/exchange/hosted-zz111111-1/service/hosted-zz111111-1";

fn connector(name: &str) -> Value {
    json!({ "displayName": name, "smartHost": "smtp-relay.example.com" })
}

/// Each call is refused with this status, and its message has this word.
fn refused(client: &Client, calls: &[(&str, &str, Value, u16, &str)]) {
    for (method, path, body, status, word) in calls {
        let body = (!body.is_null()).then(|| body.clone());
        let reply = client.call(method, path, body.clone());
        assert_eq!(reply.status, *status, "{path} {body:?} {}", reply.body);
        let message = reply.json()["message"].to_string();
        assert!(message.contains(word), "{message}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn names_the_field_that_is_wrong_in_a_connector() {
    let practice = practice().await;
    let client = Client::new(&practice);
    let list = format!("{PRIVATE}/sendConnector");
    let with = |field: &str, value: Value| {
        let mut body = json!({ "displayName": "x", "smartHost": "relay.example" });
        body[field] = value;
        body
    };
    let mechanism = "smartHostAuthMechanism";
    let built_in = format!("{HOSTED}/sendConnector/3");
    refused(
        &client,
        &[
            (
                "POST",
                &list,
                json!({ "displayName": "x" }),
                400,
                "smartHost",
            ),
            ("POST", &list, with("port", json!("25")), 400, "port"),
            ("POST", &list, with("port", json!(99_999)), 400, "port"),
            (
                "POST",
                &list,
                with("maxSendSize", json!(101)),
                400,
                "maxSendSize",
            ),
            (
                "POST",
                &list,
                with("requireTLS", json!(1)),
                400,
                "requireTLS",
            ),
            (
                "POST",
                &list,
                with("smartHost", json!("not a host")),
                400,
                "smartHost",
            ),
            (
                "POST",
                &list,
                with(mechanism, json!("exchangeServer")),
                400,
                mechanism,
            ),
            (
                "GET",
                &format!("{list}/4711"),
                Value::Null,
                404,
                "id = 4711",
            ),
            ("DELETE", &built_in, Value::Null, 403, "default"),
        ],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn names_the_field_that_is_wrong_in_an_account() {
    let practice = practice().await;
    let client = Client::new(&practice);
    let contact = account("contact@mydomain.ovh");
    let strict = account(server::STRICT);
    let id = |id: Value| json!({ "sendConnectorId": id });
    let flags = |on: bool| json!({ "spamAndVirusConfiguration": { "deleteVirus": on } });
    let address = json!({ "primaryEmailAddress": "x" });
    refused(
        &client,
        &[
            ("PUT", &contact, id(json!("29")), 400, "sendConnectorId"),
            (
                "PUT",
                &contact,
                id(json!(4711)),
                404,
                "sendConnectorId = 4711",
            ),
            ("PUT", &contact, address, 400, "primaryEmailAddress"),
            ("PUT", &contact, json!({ "quota": null }), 400, "quota"),
            ("PUT", &contact, flags(false), 400, "deleteVirus"),
            ("PUT", &contact, json!([]), 400, "JSON object"),
            ("PUT", &strict, id(json!(0)), 400, "deleteVirus"),
            (
                "PUT",
                &account(server::SUSPENDED),
                id(json!(0)),
                403,
                "suspended",
            ),
            (
                "PUT",
                &account("nobody@mydomain.ovh"),
                id(json!(0)),
                404,
                "nobody",
            ),
        ],
    );
    assert_eq!(client.call("PUT", &strict, Some(flags(true))).body, "null");
}

/// Adds a connector, waits until it is ready, and says its id.
fn added(client: &Client, name: &str) -> Value {
    let list = format!("{PRIVATE}/sendConnector");
    let before = client.call("GET", &list, None).json();
    client.send("POST", &list, Some(connector(name)));
    let ids = client.until(&list, |ids| ids != &before);
    let id = ids.as_array().and_then(|ids| ids.last()).expect("an id");
    client.until(&format!("{list}/{id}"), |seen| seen["state"] == "ok");
    id.clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn adding_takes_time() {
    let practice = slow_practice().await;
    let client = Client::new(&practice);
    let list = format!("{PRIVATE}/sendConnector");
    let task = client.call("POST", &list, Some(connector("relay"))).json();
    assert_eq!(task["function"], "addSendConnector");
    assert_eq!(task["status"], "todo");
    assert_eq!(task["finishDate"], Value::Null);
    assert_eq!(client.call("GET", &list, None).json(), json!([]));
    let path = format!("{PRIVATE}/task/{}", task["id"]);
    client.until(&path, |task| task["status"] == "doing");
    let id = client.until(&list, |ids| ids != &json!([]))[0].clone();
    let seen = client.call("GET", &format!("{list}/{id}"), None).json();
    let creating = seen["state"] == "creating" && seen["taskPendingId"] == task["id"];
    assert!(creating || seen["state"] == "ok", "{seen}");
    let done = client.until(&path, |task| task["status"] == "done");
    assert!(done["finishDate"].is_string());
    let pending = client.call("GET", &format!("{PRIVATE}/task"), None).json();
    assert_eq!(pending, json!([]));
    let made = client.call("GET", &format!("{list}/{id}"), None).json();
    assert_eq!(made["state"], "ok");
    assert_eq!(made["taskPendingId"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn attaching_takes_time_and_shows_in_the_mail() {
    let practice = slow_practice().await;
    let client = Client::new(&practice);
    let id = added(&client, "relay");
    let sender = "newsletter@mydomain.ovh";
    let path = account(sender);
    assert!(client.mail(sender).contains("mail-out.ovh.net"));
    let attach = json!({ "sendConnectorId": id });
    assert_eq!(client.call("PUT", &path, Some(attach.clone())).body, "null");
    let pending = client.call("GET", &path, None).json();
    assert_ne!(pending["taskPendingId"], 0);
    assert_ne!(pending["sendConnectorId"], id);
    let tasks = client.call("GET", &format!("{path}/tasks"), None).json();
    assert_eq!(tasks, json!([pending["taskPendingId"]]));
    let again = client.call("PUT", &path, Some(attach));
    assert_eq!(again.status, 409);
    assert_eq!(again.json()["errorCode"], "ActionInProgress");
    let attached = client.until(&path, |account| account["taskPendingId"] == 0);
    assert_eq!(attached["sendConnectorId"], id);
    let mail = client.mail(sender);
    assert!(mail.contains("from sender-id.example.com"), "{mail}");
    assert!(mail.contains("x-mclm-sbr-processed: true"), "{mail}");
    assert!(!mail.contains("mail-out"), "{mail}");

    let list = format!("{PRIVATE}/sendConnector");
    let task = client.call("DELETE", &format!("{list}/{id}"), None).json();
    assert_eq!(task["function"], "deleteSendConnector");
    client.until(&list, |ids| ids == &json!([]));
    let left = client.call("GET", &path, None).json();
    assert_eq!(left["sendConnectorId"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn connectors_fail_on_demand() {
    let practice = practice().await;
    let client = Client::new(&practice);
    let list = format!("{PRIVATE}/sendConnector");
    let add = |name: &str| client.send("POST", &list, Some(connector(name)));

    let task = add("fail-task").expect("an answer").json();
    let path = format!("{PRIVATE}/task/{}", task["id"]);
    client.until(&path, |task| task["status"] == "error");
    assert_eq!(client.call("GET", &list, None).json(), json!([]));

    let reply = add("html-503").expect("an answer");
    assert_eq!(reply.status, 503);
    assert_eq!(
        reply.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    let pending = client.call("GET", &format!("{PRIVATE}/task"), None).json();
    assert_eq!(pending, json!([]));

    let begun = std::time::Instant::now();
    assert_eq!(add("slow-answer").expect("an answer").status, 200);
    assert!(begun.elapsed() >= Duration::from_millis(120));
    client.until(&list, |ids| ids != &json!([]));

    let id = added(&client, "lost-answer");
    let made = client.call("GET", &format!("{list}/{id}"), None).json();
    assert_eq!(made["displayName"], "lost-answer");
    let dropped = practice.log().into_iter().filter(|entry| entry.status == 0);
    let methods: Vec<String> = dropped.map(|entry| entry.method).collect();
    assert_eq!(methods, ["POST"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_fail_on_demand() {
    let practice = practice().await;
    let client = Client::new(&practice);
    let id = added(&client, "relay");
    let attach = json!({ "sendConnectorId": id });

    let path = account(server::STUCK);
    assert_eq!(client.call("PUT", &path, Some(attach.clone())).body, "null");
    let stuck = client.until(&path, |account| account["taskPendingId"] == 0);
    assert_ne!(stuck["sendConnectorId"], id);

    let path = account(server::LOST);
    assert!(client.send("PUT", &path, Some(attach)).is_none());
    client.until(&path, |account| account["sendConnectorId"] == id);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_echo_of_a_lost_call_is_not_performed() {
    let practice = practice().await;
    let client = Client::new(&practice);
    let list = format!("{PRIVATE}/sendConnector");
    let wire = client.request("POST", &list, Some(connector("lost-answer")));
    assert!(client.exchange(&wire).is_none());
    assert!(client.exchange(&wire).is_none());
    let tasks = client.call("GET", &format!("{PRIVATE}/task"), None).json();
    assert_eq!(tasks.as_array().map(Vec::len), Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn holds_back_who_is_too_fast() {
    let options = Options {
        pace: 6,
        ..Options::default()
    };
    let practice = start(options).await.expect("a free port");
    let client = Client::new(&practice);
    let read = || client.call("GET", "/email/exchange", None);
    assert_eq!((read().status, read().status), (200, 200));
    let Reply { status, .. } = read();
    assert_eq!(status, 429);
    let wait: u64 = read().header("retry-after").unwrap().parse().unwrap();
    assert!((1..=10).contains(&wait), "{wait}");
    assert!(read().json()["message"].is_string());
    let other = Client {
        consumer: server::READ_ONLY,
        ..client.clone()
    };
    assert_eq!(other.call("GET", "/email/exchange", None).status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_come_from_the_seed() {
    let run = async || {
        let options = Options {
            pace: 0,
            faults: Some(7),
            slow_time: Duration::ZERO,
            ..Options::default()
        };
        let practice = start(options).await.expect("a free port");
        let client = Client::new(&practice);
        let status = |_| {
            client
                .send("GET", "/email/exchange", None)
                .map_or(0, |reply| reply.status)
        };
        (0..200).map(status).collect::<Vec<u16>>()
    };
    let statuses = run().await;
    assert_eq!(statuses, run().await);
    for status in [0, 200, 500, 503] {
        assert!(statuses.contains(&status), "no {status}");
    }
}
