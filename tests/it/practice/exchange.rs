//! The Exchange routes of the practice OVHcloud: what a body may carry, tasks that take time, and
//! everything that goes wrong on demand.

use std::time::Duration;

use serde_json::{Value, json};

use super::client::{Client, Reply};
use super::server::{self, Options, start};
use super::{PRIVATE, account, practice};

const HOSTED: &str = "/email/exchange/hosted-zz111111-1/service/hosted-zz111111-1";

fn connector(name: &str) -> Value {
    json!({ "displayName": name, "smartHost": "smtp-relay.example.com" })
}

#[tokio::test(flavor = "multi_thread")]
async fn names_the_field_that_is_wrong() {
    let practice = practice().await;
    let client = Client::new(&practice);
    let list = format!("{PRIVATE}/sendConnector");
    let contact = account("contact@mydomain.ovh");
    let strict = account(server::STRICT);
    let flags = |on: bool| json!({ "sendConnectorId": 0, "spamAndVirusConfiguration": { "deleteVirus": on } });
    for (method, path, body, status, word) in [
        (
            "POST",
            &list,
            json!({ "displayName": "x" }),
            400,
            "smartHost",
        ),
        (
            "POST",
            &list,
            json!({ "displayName": "x", "smartHost": "a.example", "port": "25" }),
            400,
            "port",
        ),
        (
            "POST",
            &list,
            json!({ "displayName": "x", "smartHost": "a.example", "port": 99_999 }),
            400,
            "port",
        ),
        (
            "POST",
            &list,
            json!({ "displayName": "x", "smartHost": "not a host" }),
            400,
            "smartHost",
        ),
        (
            "POST",
            &list,
            json!({ "displayName": "x", "smartHost": "a.example", "smartHostAuthMechanism": "x" }),
            400,
            "smartHostAuthMechanism",
        ),
        (
            "PUT",
            &contact,
            json!({ "sendConnectorId": "29" }),
            400,
            "sendConnectorId",
        ),
        (
            "PUT",
            &contact,
            json!({ "primaryEmailAddress": "x" }),
            400,
            "primaryEmailAddress",
        ),
        ("PUT", &contact, json!({ "quota": null }), 400, "quota"),
        (
            "PUT",
            &contact,
            json!({ "sendConnectorId": 4711 }),
            404,
            "sendConnectorId = 4711",
        ),
        ("PUT", &contact, flags(false), 400, "deleteVirus"),
        ("PUT", &contact, json!([]), 400, "JSON object"),
        (
            "PUT",
            &strict,
            json!({ "sendConnectorId": 0 }),
            400,
            "deleteVirus",
        ),
        (
            "PUT",
            &account(server::SUSPENDED),
            flags(true),
            403,
            "suspended",
        ),
        (
            "PUT",
            &account("nobody@mydomain.ovh"),
            flags(true),
            404,
            "nobody",
        ),
        (
            "DELETE",
            &format!("{HOSTED}/sendConnector/3"),
            Value::Null,
            403,
            "default",
        ),
    ] {
        let body = (!body.is_null()).then_some(body);
        let reply = client.call(method, path, body.clone());
        assert_eq!(reply.status, status, "{path} {body:?} {}", reply.body);
        let message = reply.json()["message"].to_string();
        assert!(message.contains(word), "{message}");
    }
    assert_eq!(client.call("PUT", &strict, Some(flags(true))).body, "null");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_takes_time() {
    let practice = practice().await;
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
    assert!(
        seen["state"] == "ok" || seen["taskPendingId"] == task["id"],
        "{seen}"
    );
    client.until(&path, |task| {
        task["status"] == "done" && task["finishDate"].is_string()
    });
    assert_eq!(
        client.call("GET", &format!("{PRIVATE}/task"), None).json(),
        json!([])
    );
    let made = client.call("GET", &format!("{list}/{id}"), None).json();
    assert_eq!(
        (&made["state"], &made["taskPendingId"]),
        (&json!("ok"), &json!(0))
    );

    let path = account("newsletter@mydomain.ovh");
    assert!(
        client
            .mail("newsletter@mydomain.ovh")
            .contains("mail-out.ovh.net")
    );
    assert_eq!(
        client
            .call("PUT", &path, Some(json!({ "sendConnectorId": id })))
            .body,
        "null"
    );
    let pending = client.call("GET", &path, None).json();
    assert_ne!(pending["taskPendingId"], 0);
    assert_ne!(pending["sendConnectorId"], id);
    assert_eq!(
        client.call("GET", &format!("{path}/tasks"), None).json(),
        json!([pending["taskPendingId"]])
    );
    let again = client.call("PUT", &path, Some(json!({ "sendConnectorId": 0 })));
    assert_eq!(
        (again.status, &again.json()["errorCode"]),
        (409, &json!("ActionInProgress"))
    );
    let attached = client.until(&path, |account| account["taskPendingId"] == 0);
    assert_eq!(attached["sendConnectorId"], id);
    let mail = client.mail("newsletter@mydomain.ovh");
    assert!(mail.contains("from sender-id.example.com"), "{mail}");
    assert!(
        mail.contains("x-mclm-sbr-processed: true") && !mail.contains("mail-out"),
        "{mail}"
    );

    let deleted = client.call("DELETE", &format!("{list}/{id}"), None).json();
    assert_eq!(deleted["function"], "deleteSendConnector");
    client.until(&list, |ids| ids == &json!([]));
    assert_eq!(client.call("GET", &path, None).json()["sendConnectorId"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn fails_on_demand() {
    let practice = practice().await;
    let client = Client::new(&practice);
    let list = format!("{PRIVATE}/sendConnector");
    let add = |name: &str| client.send("POST", &list, Some(connector(name)));

    let task = add("fail-task").expect("an answer").json();
    let path = format!("{PRIVATE}/task/{}", task["id"]);
    client.until(&path, |task| task["status"] == "error");
    assert_eq!(client.call("GET", &list, None).json(), json!([]));

    let reply = add("html-503").expect("an answer");
    assert_eq!(
        (reply.status, reply.header("content-type")),
        (503, Some("text/html; charset=utf-8"))
    );
    assert_eq!(
        client.call("GET", &format!("{PRIVATE}/task"), None).json(),
        json!([])
    );

    let begun = std::time::Instant::now();
    assert_eq!(add("slow-answer").expect("an answer").status, 200);
    assert!(begun.elapsed() >= Duration::from_millis(120));
    client.until(&list, |ids| {
        ids.as_array().is_some_and(|ids| ids.len() == 1)
    });

    assert!(add("lost-answer").is_none());
    let ids = client.until(&list, |ids| {
        ids.as_array().is_some_and(|ids| ids.len() == 2)
    });
    let last = client
        .call("GET", &format!("{list}/{}", ids[1]), None)
        .json();
    assert_eq!(last["displayName"], "lost-answer");

    let body = json!({ "sendConnectorId": ids[0] });
    let stuck = account(server::STUCK);
    assert_eq!(client.call("PUT", &stuck, Some(body.clone())).body, "null");
    let account_of_stuck = client.until(&stuck, |account| account["taskPendingId"] == 0);
    assert_ne!(account_of_stuck["sendConnectorId"], ids[0]);
    let lost = account(server::LOST);
    assert!(client.send("PUT", &lost, Some(body)).is_none());
    client.until(&lost, |account| account["sendConnectorId"] == ids[0]);

    let dropped = practice.log().into_iter().filter(|entry| entry.status == 0);
    let methods: Vec<String> = dropped.map(|entry| entry.method).collect();
    assert_eq!(methods, ["POST", "PUT"]);
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
