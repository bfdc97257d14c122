//! What goes out when something that is there is changed, detached or deleted.

use super::{PLATFORM, check, platform};
use crate::ovh::exchange::{
    Account, ChangeAccount, ChangeAuthentication, ChangeConnector, ChangeDomainDefault,
    ConnectorChanges, DeleteConnector, Mechanism,
};
use crate::ovh::{Call, Method};
use crate::run::Next;
use crate::run::assigning::{self, Assigning, Goal};
use crate::run::pace::Pace;

#[test]
fn looking_after_a_connector_sends_only_what_changes() {
    let platform = &platform();
    let below = |rest: &str| [PLATFORM, rest].concat();
    let path = below("/sendConnector/29");
    let all = ConnectorChanges {
        display_name: Some("Büro".into()),
        smart_host: Some("smtp.example.com".into()),
        port: Some(2525),
        require_tls: Some(false),
        max_send_size: Some(50),
    };
    let one = ConnectorChanges {
        port: Some(25),
        ..ConnectorChanges::default()
    };
    let all_of_it = concat!(
        r#"{"displayName":"Büro","smartHost":"smtp.example.com","port":2525,"#,
        r#""requireTLS":false,"maxSendSize":50}"#
    );
    for (changes, body) in [(&all, all_of_it), (&one, r#"{"port":25}"#)] {
        let id = 29;
        let change = ChangeConnector {
            platform,
            id,
            changes,
        };
        check(&change, Method::Put, &path, body);
        let stored = changes.to_json();
        assert_eq!(ConnectorChanges::from_json(&stored).as_ref(), Some(changes));
    }
    let delete = DeleteConnector { platform, id: 29 };
    check(&delete, Method::Delete, &path, "");
    let authenticate = |mechanism, user: Option<&str>, password: Option<&str>| {
        let owned = |text: Option<&str>| text.map(Into::into);
        ChangeAuthentication {
            platform: platform.clone(),
            id: 29,
            mechanism,
            user: owned(user),
            password: owned(password),
        }
    };
    let path = [&path, "/changeAuthentication"].concat();
    let with = authenticate(Mechanism::Basic, Some("apikey"), Some("pass \\ word"));
    let body = concat!(
        r#"{"smartHostAuthMechanism":"basicAuth","user":"apikey","#,
        r#""password":"pass \\ word"}"#
    );
    check(&with, Method::Post, &path, body);
    let without = authenticate(Mechanism::None, None, None);
    let body = r#"{"smartHostAuthMechanism":"none"}"#;
    check(&without, Method::Post, &path, body);
    let path = below("/domain/mydomain.ovh/changeDefaultSBR");
    for (connector, body) in [
        (29, r#"{"sendConnectorIdDefault":29}"#),
        (0, r#"{"sendConnectorIdDefault":0}"#),
    ] {
        let domain = "mydomain.ovh";
        let change = ChangeDomainDefault {
            platform,
            domain,
            connector,
        };
        check(&change, Method::Put, &path, body);
    }
}

/// OVHcloud's guide, in its English edition of October 2025, has the connector's own id entered
/// to take it away from an address, which would attach it again. It is 0.
#[test]
fn detaching_sends_nought_whatever_the_newest_guide_says() {
    let platform = &platform();
    let goal = Goal {
        address: "newsletter@mydomain.ovh".into(),
        wanted: 0,
    };
    let mut job = Assigning::new([goal], Pace::default(), 1);
    let mut now = 0;
    let mut bodies = Vec::new();
    for _ in 0..50 {
        match job.next(now) {
            Next::Finished => break,
            Next::Wait { until } => now = until,
            Next::Send(assigning::Question::Read { index }) => {
                let attached = bodies.is_empty().then_some(29);
                let account = Account {
                    send_connector_id: attached,
                    ..Account::default()
                };
                job.read(now, index, Ok(account));
            }
            Next::Send(assigning::Question::Write { index, filters }) => {
                let item = &job.items()[index];
                let call = ChangeAccount {
                    platform,
                    address: &item.address,
                    connector: item.wanted,
                    filters,
                };
                bodies.push(call.request().body);
                job.written(now, index, Ok(()));
            }
        }
    }
    assert!(job.is_finished());
    assert_eq!(bodies, [r#"{"sendConnectorId":0}"#]);
}
