//! The practice OVHcloud judges the page's own code, so it is judged here: by published
//! signatures, and by every refusal that OVHcloud is known for.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test that can not go on has failed, and its client has a clock of its own"
)]

#[path = "practice/assigning.rs"]
mod assigning;
#[path = "practice/client.rs"]
mod client;
#[path = "practice/exchange.rs"]
mod exchange;
#[path = "practice/files.rs"]
mod files;
#[path = "practice/flows.rs"]
mod flows;
#[path = "practice/guide.rs"]
mod guide;
#[path = "practice/page.rs"]
mod page;
#[path = "../practice/server.rs"]
mod server;
#[path = "practice/shown.rs"]
mod shown;
#[path = "practice/upkeep.rs"]
mod upkeep;

use std::time::Duration;

use serde_json::json;

use client::Client;
use server::{Options, Practice, matches, signature, start};

const PRIVATE: &str = "/email/exchange/private-zz111111-1/service/private-zz111111-1";

async fn practice() -> Practice {
    let options = Options {
        pace: 0,
        task_time: Duration::from_millis(90),
        slow_time: Duration::from_millis(120),
        ..Options::default()
    };
    start(options).await.expect("a free port")
}

/// One whose tasks take long enough to be seen at work on a busy machine too.
async fn slow_practice() -> Practice {
    let options = Options {
        pace: 0,
        task_time: Duration::from_millis(1_500),
        ..Options::default()
    };
    start(options).await.expect("a free port")
}

fn account(address: &str) -> String {
    format!("{PRIVATE}/account/{address}")
}

#[test]
fn signs_as_published() {
    let (secret, consumer) = (
        "9ufkBmLaTQ9nz5yMUlg79taH0GNnzDjk",
        "5mBuy6SUQcRw2ZUxg0cG68BoDKpED4KY",
    );
    let vectors = [
        (
            "GET",
            "https://eu.api.ovh.com/1.0/auth",
            "",
            "$1$e9556054b6309771395efa467c22e627407461ad",
        ),
        (
            "POST",
            "https://eu.api.ovh.com/1.0/auth",
            r#"{"a":"b","c":"d"}"#,
            "$1$ec2fb5c7a81f64723c77d2e5b609ae6f58a84fc1",
        ),
        (
            "PUT",
            "https://eu.api.ovh.com/1.0/auth",
            r#"{"a":"b","c":"d"}"#,
            "$1$8a75a9e7c8e7296c9dbeda6a2a735eb6bd58ec4b",
        ),
        (
            "DELETE",
            "https://eu.api.ovh.com/1.0/auth",
            "",
            "$1$a1eecd00b3b02b6cf5708b84b9ff42059a950d85",
        ),
        (
            "GET",
            "https://eu.api.ovh.com/v2/call",
            "",
            "$1$bb63b132a6f84ad5433d0c534d48d3f7c3804285",
        ),
    ];
    for (method, url, body, expected) in vectors {
        let signed = signature(secret, consumer, method, url, body.as_bytes(), "1457018875");
        assert_eq!(signed, expected, "{method} {url}");
    }
    // csharp-ovh: the encoded query, as sent, is what is signed.
    let url = "https://eu.api.ovh.com/1.0/route?filter=value%3a%26%c3%a9%27-&anotherfilter=%3dtest";
    let signed = signature(
        "APPLICATION_SECRET",
        "CONSUMER_KEY",
        "GET",
        url,
        b"",
        "1566485767",
    );
    assert_eq!(signed, "$1$098b93d342b6db4848ec448063be2b6884e94723");
}

#[test]
fn rules_match_across_slashes() {
    for (rule, path, expected) in [
        ("/*", "/email/exchange", true),
        ("*", "/email/exchange", true),
        ("/sms", "/sms", true),
        ("/sms", "/sms/1", false),
        ("/sms/*", "/sms", false),
        ("/sms/*", "/sms/1/jobs/2", true),
        ("/sms/*/jobs", "/sms/1/jobs", true),
        ("/sms/*/jobs", "/sms/1/2/jobs", true),
        ("/sms/*/jobs", "/sms/1/jobs/2", false),
        ("/a/*/b/*", "/a/1/b/2", true),
        ("/a/*/b/*", "/a/1/c/2", false),
    ] {
        assert_eq!(matches(rule, path, '*'), expected, "{rule} {path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_in_the_documented_order() {
    let practice = practice().await;
    let good = Client::new(&practice);
    let me = "/auth/currentCredential";
    let check = |client: &Client, path: &str, status: u16, code: &str, message: &str| {
        let reply = client.call("GET", path, None);
        assert_eq!(reply.status, status, "{message}");
        let body = reply.json();
        assert_eq!(body["message"], message);
        assert_eq!(body["errorCode"].as_str().unwrap_or(""), code, "{message}");
        assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
        assert!(reply.header("x-ovh-queryid").is_some());
        assert_eq!(reply.header("access-control-expose-headers"), None);
    };
    let key = |key| Client {
        key,
        ..good.clone()
    };
    let consumer = |consumer| Client {
        consumer,
        ..good.clone()
    };
    let unsigned = Client {
        signs: false,
        ..good.clone()
    };
    let secret = Client {
        secret: "PracticeSecret00PracticeSecret01",
        ..good.clone()
    };
    let late = Client {
        clock: -480,
        ..good.clone()
    };
    check(
        &key("NoSuchKey0000000"),
        me,
        403,
        "INVALID_KEY",
        "Invalid application key",
    );
    check(&unsigned, me, 401, "", "You must login first");
    let missing = "This credential does not exist";
    check(&consumer("NoSuchKey"), me, 403, "NOT_CREDENTIAL", missing);
    check(&late, me, 400, "QUERY_TIME_OUT", "Query out of time");
    check(&secret, me, 400, "INVALID_SIGNATURE", "Invalid signature");
    let invalid = "This credential is not valid";
    check(
        &consumer(server::EXPIRED),
        me,
        403,
        "INVALID_CREDENTIAL",
        invalid,
    );
    check(
        &consumer(server::PENDING),
        me,
        403,
        "INVALID_CREDENTIAL",
        invalid,
    );
    check(
        &good,
        "/email/nothing",
        404,
        "",
        "Got an invalid (or empty) URL",
    );
    let nowhere = "/email/exchange/none/service/none";
    check(&good, nowhere, 404, "", "This service does not exist");
    // The signature is looked at before the state, and the time before the signature.
    let expired = Client {
        secret: secret.secret,
        ..consumer(server::EXPIRED)
    };
    check(&expired, me, 400, "INVALID_SIGNATURE", "Invalid signature");

    let reader = consumer(server::READ_ONLY);
    assert_eq!(reader.call("GET", "/email/exchange", None).status, 200);
    let reply = reader.call("PUT", &account(server::STUCK), Some(json!({})));
    assert_eq!(reply.json()["errorCode"], "NOT_GRANTED_CALL");
    assert_eq!(reader.call("POST", "/auth/logout", None).body, "null");
}

#[tokio::test(flavor = "multi_thread")]
async fn signs_for_its_own_address_only() {
    let practice = practice().await;
    let client = Client::new(&practice);
    let port = client.port;
    let signed = |base: String| {
        let client = Client {
            base,
            ..client.clone()
        };
        client.call("GET", "/email/exchange", None).status
    };
    assert_eq!(signed(format!("http://localhost:{port}/1.0")), 200);
    assert_eq!(signed(format!("http://evil.example:{port}/1.0")), 400);
    assert_eq!(client.at("/v1", "GET", "/email/exchange").status, 200);
    let filter = format!("{PRIVATE}/account?primaryEmailAddress=newsletter%40%25");
    let found = client.call("GET", &filter, None).json();
    assert_eq!(
        found,
        json!(["newsletter@mydomain.ovh", "newsletter@second-domain.ovh"])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_preflights_route_by_route() {
    let practice = practice().await;
    let client = Client::new(&practice);
    let connector = format!("{PRIVATE}/sendConnector/29");
    for (path, methods) in [
        ("/auth/time", "GET"),
        ("/auth/logout", "POST"),
        (&account(server::STUCK), "GET, PUT"),
        (&format!("{PRIVATE}/sendConnector"), "GET, POST"),
        (&connector, "GET, PUT, DELETE"),
        (
            &format!("{PRIVATE}/domain/mydomain.ovh/changeDefaultSBR"),
            "PUT",
        ),
    ] {
        let reply = client.call("OPTIONS", path, None);
        assert_eq!(
            reply.header("access-control-allow-methods"),
            Some(methods),
            "{path}"
        );
        assert_eq!(
            reply.header("access-control-allow-headers"),
            Some(
                "X-Ovh-Timestamp, X-Ovh-Consumer, X-Ovh-Application, X-Ovh-Signature, \
                 X-Ovh-Session, Authorization, Content-Type"
            )
        );
        assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_made_and_confirmed_on_its_pages() {
    let practice = practice().await;
    let client = Client::new(&practice);
    let form = "name=test&validity=0&GET=/email/exchange&GET=/auth/details";
    let page = client.page("POST", "/practice/createToken", form).body;
    let codes: Vec<&str> = page.split("<code>").skip(1).collect();
    let made: Vec<&str> = codes
        .iter()
        .filter_map(|code| code.split('<').next())
        .collect();
    let lengths: Vec<usize> = made.iter().take(3).map(|key| key.len()).collect();
    assert_eq!(lengths, [16, 32, 32], "{page}");
    let mine = Client {
        key: made[0],
        secret: made[1],
        consumer: made[2],
        ..client.clone()
    };
    assert_eq!(mine.call("GET", "/email/exchange", None).status, 200);
    assert_eq!(
        mine.call("GET", PRIVATE, None).json()["errorCode"],
        "NOT_GRANTED_CALL"
    );
    assert_eq!(mine.call("POST", "/auth/logout", None).body, "null");
    let over = mine.call("GET", "/email/exchange", None);
    assert_eq!(over.json()["errorCode"], "INVALID_CREDENTIAL");

    let ask = json!({
        "accessRules": [{ "method": "GET", "path": "/email/*" }],
        "redirection": "https://page.example/back?x=1",
    });
    let unsigned = Client {
        signs: false,
        ..client.clone()
    };
    let asked = unsigned.call("POST", "/auth/credential", Some(ask)).json();
    assert_eq!(asked["state"], "pendingValidation");
    let consumer = asked["consumerKey"].as_str().unwrap();
    let url = asked["validationUrl"].as_str().unwrap();
    let path = url.strip_prefix(&practice.address()).unwrap();
    let confirm = client.page("GET", path, "");
    let policy = confirm.header("content-security-policy").unwrap();
    assert!(
        policy.contains("form-action 'self' https://page.example;"),
        "{policy}"
    );
    let token = path.split('=').nth(1).unwrap();
    let form = format!("credentialToken={token}&decision=authorize");
    let done = client.page("POST", "/practice/auth", &form);
    assert_eq!(
        (done.status, done.header("location")),
        (303, Some("https://page.example/back?x=1"))
    );
    let confirmed = Client {
        consumer,
        ..client.clone()
    };
    assert_eq!(confirmed.call("GET", "/email/exchange", None).status, 200);
    let again = client.page("POST", "/practice/auth", &form);
    assert_eq!(again.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn its_log_has_no_secret() {
    let practice = practice().await;
    let client = Client::new(&practice);
    client.call("GET", "/email/exchange?secret=PracticeSecret00", None);
    let log = client.page("GET", "/practice/log", "");
    let entries = log.json();
    let last = entries.as_array().and_then(|entries| entries.last());
    assert_eq!(
        last.map(|entry| &entry["path"]),
        Some(&json!("/1.0/email/exchange"))
    );
    assert!(!log.body.contains("PracticeSecret"));
}
