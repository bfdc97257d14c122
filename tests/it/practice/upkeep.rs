//! Looking after what is there, at the practice OVHcloud: what is changed and when, what is refused
//! meanwhile, and everything that goes wrong on demand. Nobody waits: its clock is set ahead.

use std::time::Duration;

use serde_json::{Value, json};

use super::client::Client;
use super::server::{self, Options, Practice, start};
use super::{PRIVATE, account};

const TASK: Duration = Duration::from_secs(2);

/// One whose tasks take two seconds of its own clock.
async fn patient_practice() -> Practice {
    let options = Options {
        pace: 0,
        task_time: TASK,
        slow_time: Duration::ZERO,
        ..Options::default()
    };
    start(options).await.expect("a free port")
}

/// Adds a connector, and gives the path to it.
fn added(practice: &Practice, client: &Client, name: &str) -> String {
    let list = format!("{PRIVATE}/sendConnector");
    let body = json!({ "displayName": name, "smartHost": "smtp-relay.example.com" });
    client.send("POST", &list, Some(body));
    practice.pass(TASK);
    let ids = client.call("GET", &list, None).json();
    let id = ids.as_array().and_then(|ids| ids.last()).expect("an id");
    format!("{list}/{id}")
}

fn id_of(path: &str) -> u64 {
    let id = path.rsplit('/').next().and_then(|id| id.parse().ok());
    id.expect("an id")
}

fn read(client: &Client, path: &str) -> Value {
    client.call("GET", path, None).json()
}

fn domain() -> String {
    format!("{PRIVATE}/domain/mydomain.ovh")
}

fn set_default(client: &Client, id: u64) -> Option<super::client::Reply> {
    let body = json!({ "sendConnectorIdDefault": id });
    client.send("PUT", &format!("{}/changeDefaultSBR", domain()), Some(body))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_takes_time_and_keeps_everybody_else_away() {
    let practice = patient_practice().await;
    let client = Client::new(&practice);
    let path = added(&practice, &client, "relay");
    let before = read(&client, &path);
    let edit = json!({ "port": 2525, "displayName": "Post" });
    assert_eq!(client.call("PUT", &path, Some(edit.clone())).body, "null");
    let pending = read(&client, &path);
    assert_eq!(pending["port"], before["port"]);
    let task = format!("{PRIVATE}/task/{}", pending["taskPendingId"]);
    let seen = read(&client, &task);
    assert_eq!(
        (&seen["function"], &seen["status"]),
        (&json!("setSendConnector"), &json!("todo"))
    );
    let authentication = format!("{path}/changeAuthentication");
    let none = json!({ "smartHostAuthMechanism": "none" });
    for (method, path, body) in [
        ("PUT", &path, Some(edit)),
        ("POST", &authentication, Some(none.clone())),
        ("DELETE", &path, None),
    ] {
        let reply = client.call(method, path, body);
        assert_eq!(reply.status, 409, "{method}");
        assert_eq!(reply.json()["errorCode"], "ActionInProgress");
    }
    practice.pass(TASK / 2);
    assert_eq!(read(&client, &task)["status"], "doing");
    practice.pass(TASK / 2);
    let after = read(&client, &path);
    assert_eq!(
        (&after["port"], &after["displayName"]),
        (&json!(2525), &json!("Post"))
    );
    assert_eq!(after["taskPendingId"], 0);
    assert_eq!(after["smartHost"], before["smartHost"]);
    let done = read(&client, &task);
    assert!(done["status"] == "done" && done["finishDate"].is_string());
    // A finished task is remembered for ten minutes.
    practice.pass(Duration::from_secs(601));
    let clock = 603;
    let client = Client { clock, ..client };
    assert_eq!(client.call("GET", &task, None).status, 404);

    let basic = json!({ "smartHostAuthMechanism": "basicAuth", "user": "u", "password": "p" });
    let reply = client.call("POST", &authentication, Some(basic)).json();
    assert_eq!(reply["function"], "setSendConnector");
    practice.pass(TASK);
    let after = read(&client, &path);
    assert_eq!(after["smartHostAuthMechanism"], "basicAuth");
    assert!(after["user"].is_null() && after["password"].is_null());
    let of_two = json!({ "smartHostAuthMechanism": "basicAuth", "port": 25 });
    let refused = client.call("POST", &authentication, Some(of_two));
    assert_eq!(refused.status, 400);
    let read_only = client.call("PUT", &path, Some(none));
    assert_eq!(read_only.status, 400);
    let nowhere = format!("{PRIVATE}/sendConnector/999");
    for (method, path, body) in [
        ("PUT", nowhere.clone(), Some(json!({ "port": 25 }))),
        ("DELETE", nowhere.clone(), None),
        ("POST", nowhere + "/changeAuthentication", Some(json!({}))),
    ] {
        assert_eq!(client.call(method, &path, body).status, 404, "{method}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_connector_leaves_its_addresses_and_domains() {
    let practice = patient_practice().await;
    let client = Client::new(&practice);
    let path = added(&practice, &client, "relay");
    let id = id_of(&path);
    let address = account("newsletter@mydomain.ovh");
    client.call("PUT", &address, Some(json!({ "sendConnectorId": id })));
    set_default(&client, id);
    let busy = set_default(&client, 0).expect("an answer");
    assert_eq!(
        (busy.status, read(&client, &domain())["taskPendingId"] != 0),
        (409, true)
    );
    practice.pass(TASK);
    assert_eq!(read(&client, &address)["sendConnectorId"], id);
    assert_eq!(read(&client, &domain())["sendConnectorIdDefault"], id);
    assert_eq!(client.call("DELETE", &path, None).json()["status"], "todo");
    practice.pass(TASK / 2);
    assert_eq!(read(&client, &path)["state"], "deleting");
    // Nothing is attached to what goes.
    let other = account("contact@mydomain.ovh");
    let attach = client.call("PUT", &other, Some(json!({ "sendConnectorId": id })));
    assert_eq!(attach.status, 409);
    practice.pass(TASK / 2);
    assert_eq!(client.call("GET", &path, None).status, 404);
    assert_eq!(read(&client, &address)["sendConnectorId"], 0);
    assert_eq!(read(&client, &domain())["sendConnectorIdDefault"], 0);
    let gone = set_default(&client, id).expect("an answer");
    assert_eq!(gone.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_default_of_a_domain_is_set_and_reset() {
    let practice = patient_practice().await;
    let client = Client::new(&practice);
    let id = id_of(&added(&practice, &client, "relay"));
    for default in [id, 0] {
        assert_eq!(
            set_default(&client, default).expect("an answer").body,
            "null"
        );
        practice.pass(TASK);
        let seen = read(&client, &domain());
        assert_eq!(seen["sendConnectorIdDefault"], default);
        assert_eq!(seen["sbrDefault"], Value::Null);
    }
    let path = format!("{}/changeDefaultSBR", domain());
    for (relay, shown) in [("relay.example", json!("relay.example")), ("", Value::Null)] {
        client.call("PUT", &path, Some(json!({ "sbrDefault": relay })));
        practice.pass(TASK);
        assert_eq!(read(&client, &domain())["sbrDefault"], shown);
    }
    for body in [
        json!({ "sendConnectorIdDefault": null }),
        json!({ "sendConnectorIdDefault": "29" }),
        json!({ "sendConnectorId": 29 }),
    ] {
        assert_eq!(client.call("PUT", &path, Some(body)).status, 400);
    }
    let nowhere = format!("{PRIVATE}/domain/nowhere.ovh/changeDefaultSBR");
    assert_eq!(client.call("PUT", &nowhere, Some(json!({}))).status, 404);
    let other = read(&client, &format!("{PRIVATE}/domain/second-domain.ovh"));
    assert_eq!(other["sendConnectorIdDefault"], 0);
}

/// What is done to a connector so named ends thus; the status of its task, and nothing has changed.
#[tokio::test(flavor = "multi_thread")]
async fn changes_fail_on_demand() {
    let practice = patient_practice().await;
    let client = Client::new(&practice);
    for (name, status) in [
        ("fail-task", "error"),
        ("cancel-task", "cancelled"),
        ("endless-task", "doing"),
    ] {
        for what in ["edit", "authentication", "delete", "default"] {
            // A new one of the first two names would vanish.
            let path = added(&practice, &client, "relay");
            let last = read(&client, &format!("{PRIVATE}/task"));
            let rename = json!({ "displayName": name });
            if name == "endless-task" || what == "edit" {
                client.call("PUT", &path, Some(rename));
            } else {
                practice.rename(id_of(&path), name);
            }
            let authentication = format!("{path}/changeAuthentication");
            let reply = match what {
                "edit" => None,
                _ if name == "endless-task" => None,
                "authentication" => client.send("POST", &authentication, Some(json!({}))),
                "delete" => client.send("DELETE", &path, None),
                _ => set_default(&client, id_of(&path)),
            };
            assert!(
                reply.is_none_or(|reply| reply.status == 200),
                "{name} {what}"
            );
            let tasks = read(&client, &format!("{PRIVATE}/task"));
            let known = last.as_array().expect("a list");
            let new = tasks.as_array().expect("a list").iter();
            let new: Vec<_> = new.filter(|id| !known.contains(id)).collect();
            assert_eq!(new.len(), 1, "{name} {what}");
            practice.pass(TASK * 2);
            let task = read(&client, &format!("{PRIVATE}/task/{}", new[0]));
            assert_eq!(task["status"], status, "{name} {what}");
            assert_eq!(task["finishDate"].is_null(), status == "doing");
            assert_eq!(read(&client, &path)["state"], "ok");
            assert_eq!(read(&client, &domain())["sendConnectorIdDefault"], 0);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_to_every_kind_of_change_are_lost_on_demand() {
    let practice = patient_practice().await;
    let client = Client::new(&practice);
    let path = added(&practice, &client, "lost-answer");
    let authentication = format!("{path}/changeAuthentication");
    let none = json!({ "smartHostAuthMechanism": "none" });
    assert!(
        client
            .send("PUT", &path, Some(json!({ "port": 2525 })))
            .is_none()
    );
    practice.pass(TASK);
    assert_eq!(read(&client, &path)["port"], 2525);
    assert!(client.send("POST", &authentication, Some(none)).is_none());
    practice.pass(TASK);
    for default in [id_of(&path), 0] {
        assert!(set_default(&client, default).is_none());
        practice.pass(TASK);
        assert_eq!(read(&client, &domain())["sendConnectorIdDefault"], default);
    }
    assert!(client.send("DELETE", &path, None).is_none());
    practice.pass(TASK);
    assert_eq!(client.call("GET", &path, None).status, 404);
    let lost = practice.log().into_iter().filter(|entry| entry.status == 0);
    assert_eq!(lost.count(), 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_platform_out_of_service_is_read_and_not_changed() {
    let practice = patient_practice().await;
    let client = Client::new(&practice);
    let path = added(&practice, &client, "relay");
    let calls = [
        ("PUT", path.clone(), json!({ "port": 2525 })),
        ("DELETE", path.clone(), Value::Null),
        ("POST", format!("{path}/changeAuthentication"), json!({})),
        (
            "PUT",
            account(server::LOST),
            json!({ "sendConnectorId": 0 }),
        ),
        ("PUT", format!("{}/changeDefaultSBR", domain()), json!({})),
    ];
    for (state, word) in [("inMaintenance", "maintenance"), ("suspended", "suspended")] {
        practice.set_state("private-zz111111-1", state);
        assert_eq!(read(&client, PRIVATE)["state"], state);
        assert_eq!(read(&client, &path)["state"], "ok");
        for (method, path, body) in &calls {
            let body = (!body.is_null()).then(|| body.clone());
            let reply = client.call(method, path, body);
            assert_eq!(reply.status, 403, "{method} {path}");
            assert!(reply.body.contains(word), "{}", reply.body);
        }
    }
    let other = "/email/exchange/hosted-zz111111-1/service/hosted-zz111111-1";
    assert_eq!(read(&client, other)["state"], "ok");
    practice.set_state("private-zz111111-1", "ok");
    assert_eq!(client.call("DELETE", &path, None).status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_cross_origin_headers_no_browser_hands_its_answers_over() {
    let options = Options {
        cors: false,
        states: vec![("hosted-zz111111-1".into(), "suspended")],
        ..Options::default()
    };
    let practice = start(options).await.expect("a free port");
    let client = Client::new(&practice);
    for (method, path) in [
        ("OPTIONS", "/email/exchange"),
        ("GET", "/email/exchange"),
        ("GET", "/auth/time"),
        ("GET", "/email/nothing"),
    ] {
        let reply = client.call(method, path, None);
        assert!(!reply.head.contains("access-control"), "{}", reply.head);
        assert!(reply.header("x-ovh-queryid").is_some());
    }
    let hosted = "/email/exchange/hosted-zz111111-1/service/hosted-zz111111-1";
    assert_eq!(read(&client, hosted)["state"], "suspended");
}
