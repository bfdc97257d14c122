//! How answers are read: leniently where fields are odd, never where there is no answer at all.

use super::{NOW, connector, heard, platform};
use crate::json::parse;
use crate::ovh::Error;
use crate::ovh::auth::{Logout, Time};
use crate::ovh::exchange::{
    Account, Condition, ListConnectors, ListOrganizations, Mechanism, Offer, Progress, ReadAccount,
    ReadConnector, ReadDomain, ReadService, ReadTask, SendConnector, SpamAndVirus, Task, Work,
};

#[test]
fn what_is_no_answer_is_unreadable_and_never_empty() {
    let (platform, id) = (&platform(), 29);
    for body in [
        "",
        " \n",
        "null",
        "<html>ok</html>",
        "[]",
        "7",
        "\"x\"",
        "{",
    ] {
        let account = ReadAccount {
            platform,
            address: "a@b.c",
        };
        let unreadable = Some(Error::Unreadable);
        assert_eq!(heard(&account, 200, body).err(), unreadable, "{body}");
        let connector = ReadConnector { platform, id };
        assert_eq!(heard(&connector, 200, body).err(), unreadable, "{body}");
        let task = connector_task(body);
        assert_eq!(task.err(), unreadable, "{body}");
        let list = heard(&ListConnectors(platform), 200, body);
        let expected = if body == "[]" {
            Ok(vec![])
        } else {
            Err(Error::Unreadable)
        };
        assert_eq!(list, expected, "{body}");
    }
    for body in ["", "null", " null\n"] {
        assert_eq!(heard(&Logout, 200, body), Ok(()));
    }
    assert_eq!(heard(&Logout, 204, ""), Ok(()));
    assert_eq!(heard(&Time, 200, "1457018875\n"), Ok(NOW));
    assert_eq!(
        heard(&ListOrganizations, 503, "<html>"),
        Err(Error::Unavailable { status: 503 })
    );
}

fn connector_task(body: &str) -> Result<Task, Error> {
    heard(&connector(None), 200, body)
}

#[test]
fn the_samples_of_the_guide_are_read() {
    let task = connector_task(
        r#"{"todoDate":"2023-09-25T14:06:02+02:00","id":113924189,"finishDate":null,
            "function":"addSendConnector","status":"todo"}"#,
    );
    let task = task.unwrap_or_default();
    assert_eq!(task.id, Some(113_924_189));
    assert_eq!(task.progress(), Progress::Waiting);
    let platform = &platform();
    let list = heard(&ListConnectors(platform), 200, "[\n    29\n]");
    assert_eq!(list, Ok(vec![29]));
    let sample = r#"{"smartHost":"smtp-relay.example.com","displayName":"testconnector",
        "state":"ok","maxSendSize":100,"smartHostAuthMechanism":"basicAuthRequireTLS","port":587,
        "lastUpdateDate":null,"creationDate":"2023-09-25T14:06:02+02:00","taskPendingId":0,
        "id":29,"requireTLS":true}"#;
    let read = heard(&ReadConnector { platform, id: 29 }, 200, sample).unwrap_or_default();
    let expected = SendConnector {
        id: Some(29),
        display_name: Some("testconnector".into()),
        smart_host: Some("smtp-relay.example.com".into()),
        port: Some(587),
        require_tls: Some(true),
        smart_host_auth_mechanism: Some("basicAuthRequireTLS".into()),
        max_send_size: Some(100),
        state: Some("ok".into()),
        creation_date: Some("2023-09-25T14:06:02+02:00".into()),
        task_pending_id: Some(0),
        ..SendConnector::default()
    };
    assert_eq!(read, expected);
    assert!(read.is_settled() && !read.is_built_in());
    assert_eq!(read.mechanism(), Some(Mechanism::BasicOverTls));
}

#[test]
fn missing_null_and_unknown_values_are_taken_as_they_come() {
    let (platform, id) = (&platform(), 29);
    let read = |body| heard(&ReadConnector { platform, id }, 200, body).unwrap_or_default();
    assert_eq!(read("{}"), SendConnector::default());
    let built_in = read(
        r#"{"id":1,"smartHost":null,"default":true,"dnsRouting":true,"state":"dreaming",
            "smartHostAuthMechanism":"externalAuthoritative","port":null}"#,
    );
    assert!(built_in.is_built_in() && !built_in.is_settled());
    assert_eq!(built_in.mechanism(), None);

    for (body, expected) in [
        (r#"{"status":"cancelled"}"#, Progress::Cancelled),
        (r#"{"status":"error"}"#, Progress::Failed),
        (r#"{"status":"doing"}"#, Progress::Working),
        (r#"{"status":"done","id":null}"#, Progress::Done),
        (
            r#"{"status":"resting","function":"setMoon"}"#,
            Progress::Working,
        ),
        (r#"{"status":null}"#, Progress::Working),
        ("{}", Progress::Working),
    ] {
        let task = heard(&ReadTask { platform, id }, 200, body);
        assert_eq!(task.map(|task| task.progress()), Ok(expected), "{body}");
    }
    for (body, expected) in [
        (r#"{"offer":"dedicated"}"#, Offer::Private),
        (r#"{"offer":"dedicatedCluster"}"#, Offer::Trusted),
        (r#"{"offer":"hosted","iam":{"id":"x"}}"#, Offer::Hosted),
        (
            r#"{"offer":"provider","displayName":null}"#,
            Offer::Reseller,
        ),
        (r#"{"offer":"lunar"}"#, Offer::Unknown),
        ("{}", Offer::Unknown),
    ] {
        let service = heard(&ReadService(platform), 200, body);
        assert_eq!(service.map(|read| read.offer()), Ok(expected), "{body}");
    }
}

#[test]
fn an_account_is_read_whatever_else_is_in_it() {
    let platform = &platform();
    let address = "newsletter@mydomain.ovh";
    let read = |body: &str| {
        let account: Account =
            heard(&ReadAccount { platform, address }, 200, body).unwrap_or_else(|error| {
                panic!("{error}: {body}");
            });
        (account.connector(), account.has_pending_task())
    };
    assert_eq!(read("{}"), (None, false));
    assert_eq!(read(r#"{"sendConnectorId":null}"#), (None, false));
    assert_eq!(
        read(r#"{"sendConnectorId":0,"taskPendingId":0}"#),
        (None, false)
    );
    assert_eq!(
        read(r#"{"sendConnectorId":29,"taskPendingId":7}"#),
        (Some(29), true)
    );
    assert_eq!(
        read(r#"{"sendConnectorId":29,"quota":null,"new":[{}]}"#),
        (Some(29), false)
    );
    assert_eq!(read(r#"{"spamAndVirusConfiguration":null}"#), (None, false));
    let odd = r#"{"spamAndVirusConfiguration":{"deleteVirus":null,"level":"high","tagSpam":true}}"#;
    assert_eq!(read(odd), (None, false));
}

#[test]
fn filters_go_back_as_they_came_but_for_the_viruses() {
    let odd = r#"{"checkDKIM":null,"deleteVirus":false,"level":"high","tagSpam":true}"#;
    let filters = parse(odd).and_then(|filters| SpamAndVirus::from_json(&filters));
    let sent = filters.map(|filters| filters.with_viruses_deleted().to_json().to_string());
    assert_eq!(
        sent.as_deref(),
        Some(r#"{"checkDKIM":null,"deleteVirus":true,"level":"high","tagSpam":true}"#)
    );
    // What could not be sent as it is is not sent at all.
    for strange in [r#"{"limit":-1}"#, r#"{"level":{"of":[0.5]}}"#, "7"] {
        let filters = parse(strange).and_then(|filters| SpamAndVirus::from_json(&filters));
        assert!(filters.is_none(), "{strange}");
    }
}

#[test]
fn a_domain_is_read_whatever_else_is_in_it() {
    let (platform, name) = (&platform(), "mydomain.ovh");
    let read = |body: &str| {
        let domain = heard(&ReadDomain { platform, name }, 200, body);
        domain.map(|domain| (domain.connector(), domain.pending_task()))
    };
    for (body, expected) in [
        ("{}", (None, None)),
        (
            r#"{"sendConnectorIdDefault":null,"taskPendingId":0}"#,
            (None, None),
        ),
        (
            r#"{"sendConnectorIdDefault":0,"taskPendingId":7}"#,
            (None, Some(7)),
        ),
        (
            r#"{"sendConnectorIdDefault":29,"sbrDefault":"","new":1}"#,
            (Some(29), None),
        ),
    ] {
        assert_eq!(read(body), Ok(expected), "{body}");
    }
    assert_eq!(read("null"), Err(Error::Unreadable));
}

#[test]
fn tasks_and_platforms_say_what_they_are() {
    let (platform, id) = (&platform(), 7);
    for (function, expected) in [
        ("addSendConnector", Work::AddConnector),
        ("setSendConnector", Work::ChangeConnector),
        ("deleteSendConnector", Work::DeleteConnector),
        ("setAccount", Work::ChangeAccount),
        ("setDomain", Work::ChangeDomain),
        ("setService", Work::ChangePlatform),
        ("maintenance", Work::Maintenance),
        ("expandDrive", Work::Other),
        ("setMoon", Work::Other),
    ] {
        let body = [r#"{"id":7,"function":""#, function, r#"","status":"todo"}"#].concat();
        let task = heard(&ReadTask { platform, id }, 200, &body).unwrap_or_default();
        assert_eq!(task.work(), expected, "{function}");
        assert_eq!(Task::from_json(&task.to_json()), Some(task));
    }
    for (body, expected) in [
        (r#"{"state":"ok"}"#, Condition::Good),
        (r#"{"state":"inMaintenance"}"#, Condition::InMaintenance),
        (r#"{"state":"suspended"}"#, Condition::Suspended),
        (r#"{"state":"dreaming"}"#, Condition::Other("dreaming")),
        ("{}", Condition::Good),
    ] {
        let service = heard(&ReadService(platform), 200, body).unwrap_or_default();
        assert_eq!(service.condition(), expected, "{body}");
    }
}
