//! Looking after what is there, through the page's own code against the practice OVHcloud.

use std::collections::BTreeMap;

use send_connector_wizard::ovh::Error;
use send_connector_wizard::ovh::exchange::{ListConnectors, Mechanism, ReadTask, SendConnector};
use send_connector_wizard::record::{Deed, Entry, Record};
use send_connector_wizard::run::changing::{Changing, Ending, Seen, Stage, Wish};
use send_connector_wizard::wizard::authentication_form::AuthenticationForm;
use send_connector_wizard::wizard::connector_form::Field;
use send_connector_wizard::wizard::difference::{Setting, meanwhile};
use send_connector_wizard::wizard::edit_form::EditForm;

use super::client::Client;
use super::{page, server};

#[path = "flows/desk.rs"]
mod desk;

use desk::Desk;

const DOMAIN: &str = "mydomain.ovh";
const ADDRESS: &str = "newsletter@mydomain.ovh";
/// Must be nowhere but in the one request that carries it.
const PASSWORD: &str = "hush-7f3a pass";

fn id(connector: &SendConnector) -> u64 {
    connector.id.expect("an id")
}

/// What somebody wants who types this over a connector.
fn edited(connector: &SendConnector, typed: impl Fn(&mut EditForm)) -> Wish {
    let mut form = EditForm::of(connector);
    typed(&mut form);
    let existing = std::slice::from_ref(connector);
    Wish::Edit {
        id: id(connector),
        first: connector.clone(),
        changes: form.validate(connector, existing).expect("a valid form"),
    }
}

fn to_port_2525(connector: &SendConnector) -> Wish {
    edited(connector, |form| form.port = "2525".into())
}

fn deleted(connector: &SendConnector) -> Wish {
    Wish::Delete {
        id: id(connector),
        first: connector.clone(),
    }
}

fn default_of(first: u64, wanted: u64) -> Wish {
    let domain = DOMAIN.into();
    Wish::Default {
        domain,
        first,
        wanted,
    }
}

/// Names under which an answer comes, and under which it is lost.
const NAMES: [&str; 2] = ["Newsletter", "Newsletter lost-answer"];

#[tokio::test(flavor = "multi_thread")]
async fn a_connector_is_edited_once_whatever_becomes_of_the_answer() {
    let desk = Desk::new().await;
    for name in NAMES {
        let before = desk.added(name);
        assert_eq!(desk.change(to_port_2525(&before)), Stage::Done, "{name}");
        let after = desk.connector(id(&before)).expect("it");
        assert_eq!((after.port, before.port), (Some(2525), Some(587)));
        assert_eq!(
            after.smart_host_auth_mechanism,
            before.smart_host_auth_mechanism
        );
        let path = format!("PUT …/sendConnector/{}", id(&before));
        assert_eq!(desk.sent(), [path + r#" {"port":2525}"#]);
        // The same again is so already.
        assert_eq!(desk.change(to_port_2525(&before)), Stage::Done);
        assert_eq!(desk.sent(), [""; 0]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn its_authentication_is_changed_once_whatever_becomes_of_the_answer() {
    let desk = Desk::new().await;
    for name in NAMES {
        let before = desk.added(name);
        for mechanism in [Mechanism::BasicOverTls, Mechanism::Basic, Mechanism::None] {
            let before = desk.connector(id(&before)).expect("it");
            let mut form = AuthenticationForm::of(&before);
            form.mechanism = mechanism;
            if mechanism != Mechanism::None {
                form.user = "apikey".into();
                form.password = PASSWORD.into();
            }
            let request = form.validate(&desk.platform, id(&before), &before);
            let Ok(request) = request else {
                panic!("a valid form")
            };
            let job = Changing::new(Wish::Authenticate {
                id: id(&before),
                first: before.clone(),
                mechanism,
            });
            let job = desk.carry(job, Some(&request));
            assert_eq!(job.stage(), &Stage::Done, "{name} {mechanism:?}");
            let after = desk.connector(id(&before)).expect("it");
            assert_eq!(after.mechanism(), Some(mechanism));
            let sent = desk.sent();
            assert_eq!(sent.len(), 1, "{sent:?}");
            let deed = Deed::of_change(&job).expect("something to record");
            let platform = desk.platform.clone();
            let entry = Entry::new(desk.now.get(), platform, deed, &BTreeMap::new());
            let entries = vec![entry];
            let kept = Record { entries }.to_json().to_string();
            assert!(kept.contains("authenticated") && !kept.contains("hush-7f3a"));
            let carries = mechanism != Mechanism::None;
            assert_eq!(sent[0].contains(PASSWORD), carries);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_default_of_a_domain_is_set_and_reset_once() {
    let desk = Desk::new().await;
    for name in NAMES {
        let connector = id(&desk.added(name));
        let path = "PUT …/domain/mydomain.ovh/changeDefaultSBR";
        for (first, wanted) in [(0, connector), (connector, 0)] {
            assert_eq!(
                desk.change(default_of(first, wanted)),
                Stage::Done,
                "{name}"
            );
            assert_eq!(desk.domain().connector().unwrap_or(0), wanted);
            let body = format!(r#"{{"sendConnectorIdDefault":{wanted}}}"#);
            assert_eq!(desk.sent(), [format!("{path} {body}")]);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connector_is_deleted_once_with_all_that_depends_on_it() {
    let desk = Desk::new().await;
    for name in NAMES {
        let connector = desk.added(name);
        assert_eq!(desk.assign(ADDRESS, id(&connector)).confirmed, 1);
        assert_eq!(desk.change(default_of(0, id(&connector))), Stage::Done);
        desk.sent();
        assert_eq!(desk.change(deleted(&connector)), Stage::Done, "{name}");
        let path = format!("DELETE …/sendConnector/{} ", id(&connector));
        assert_eq!(desk.sent(), [path]);
        assert_eq!(desk.connector(id(&connector)), Err(Error::NotFound));
        let ids = desk.ask(&ListConnectors(&desk.platform)).expect("a list");
        assert!(!ids.contains(&id(&connector)));
        assert_eq!(
            (desk.attached(ADDRESS), desk.domain().connector()),
            (None, None)
        );
        // Gone already: nothing is sent.
        assert_eq!(desk.change(deleted(&connector)), Stage::Done);
        let gone = Stage::Ended(Ending::Gone);
        assert_eq!(desk.change(to_port_2525(&connector)), gone);
        assert_eq!(desk.sent(), [""; 0]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_detached_with_nought() {
    let desk = Desk::new().await;
    let connector = id(&desk.added("Newsletter"));
    // The answers to changes of the second are lost.
    for address in [ADDRESS, server::LOST] {
        for wanted in [connector, 0] {
            assert_eq!(desk.assign(address, wanted).confirmed, 1, "{address}");
            assert_eq!(desk.attached(address).unwrap_or(0), wanted);
            let body = format!(r#"{{"sendConnectorId":{wanted}}}"#);
            assert_eq!(desk.sent(), [format!("PUT …/account/{address} {body}")]);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_object_in_use_is_waited_for_and_then_compared() {
    let desk = Desk::new().await;
    let before = desk.added("Newsletter");
    let path = format!("{}/sendConnector/{}", super::PRIVATE, id(&before));
    // Somebody else changes the same connector, just now.
    let other = Client::new(&desk.practice);
    let clock = 3;
    let other = Client { clock, ..other };
    let body = serde_json::json!({ "displayName": "Post" });
    assert_eq!(other.call("PUT", &path, Some(body)).status, 200);
    let job = desk.carry(Changing::new(to_port_2525(&before)), None);
    assert_eq!(job.stage(), &Stage::Ended(Ending::Different));
    assert_eq!(desk.sent(), [""; 0]);
    let (Some(Seen::Connector(now)), Wish::Edit { first, changes, .. }) = (job.seen(), job.wish())
    else {
        panic!("{job:?}")
    };
    let differences = meanwhile(first, now, changes);
    // What somebody else changed, and what would be sent on top of it.
    let fields: Vec<_> = differences.iter().map(|one| one.field).collect();
    assert_eq!(fields, [Field::Port, Field::DisplayName]);
    assert_eq!(differences[1].now, Setting::Text("Post".into()));
    let job = desk.carry(job.confirmed(), None);
    assert_eq!(job.stage(), &Stage::Done);
    let after = desk.connector(id(&before)).expect("it");
    let after = (after.port, after.display_name.as_deref());
    assert_eq!(after, (Some(2525), Some("Post")));
    // In use with something that changes nothing that matters: it goes on by itself.
    let before = desk.connector(id(&before)).expect("it");
    let body = serde_json::json!({ "dnsRouting": true });
    assert_eq!(other.call("PUT", &path, Some(body)).status, 200);
    let wish = edited(&before, |form| form.max_send_size = "20".into());
    assert_eq!(desk.change(wish), Stage::Done);
}

#[tokio::test(flavor = "multi_thread")]
async fn work_that_fails_is_called_off_or_never_ends_is_told_apart() {
    let desk = Desk::new().await;
    for (name, ending) in [
        ("fail-task", Ending::TaskFailed),
        ("cancel-task", Ending::TaskCancelled),
        ("endless-task", Ending::NotEnded),
    ] {
        for wish in [to_port_2525, deleted] {
            let connector = desk.added("Newsletter");
            desk.practice.rename(id(&connector), name);
            let connector = desk.connector(id(&connector)).expect("it");
            let begun = desk.now.get();
            let job = desk.carry(Changing::new(wish(&connector)), None);
            assert_eq!(job.stage(), &Stage::Ended(ending.clone()), "{name}");
            assert_eq!(desk.sent().len(), 1);
            let minutes = (desk.now.get() - begun) / 60_000;
            let is_endless = ending == Ending::NotEnded;
            assert!(if is_endless {
                (9..=11).contains(&minutes)
            } else {
                minutes == 0
            });
            if is_endless {
                let (platform, id) = (&desk.platform, job.task().expect("a task"));
                let task = desk.ask(&ReadTask { platform, id }).expect("a task");
                assert!(!task.progress().is_end());
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_platform_out_of_service_refuses_in_its_own_words() {
    let desk = Desk::new().await;
    let connector = desk.added("Newsletter");
    for (state, word) in [("inMaintenance", "maintenance"), ("suspended", "suspended")] {
        desk.practice.set_state("private-zz111111-1", state);
        let ended = desk.change(to_port_2525(&connector));
        let Stage::Ended(Ending::Refused(Error::Refused { status: 403, words })) = ended else {
            panic!("{ended:?}")
        };
        assert!(words.contains(word), "{words}");
    }
    desk.practice.set_state("private-zz111111-1", "ok");
    assert_eq!(desk.change(to_port_2525(&connector)), Stage::Done);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_right_that_is_missing_is_named_and_stops_one_call() {
    let mut desk = Desk::new().await;
    let connector = desk.added("Newsletter");
    let client = Client::new(&desk.practice);
    let rights = "name=test&validity=0&GET=/email/exchange/*\
                  &PUT=/email/exchange/*/service/*/sendConnector/*\
                  &PUT=/email/exchange/*/service/*/domain/*/changeDefaultSBR";
    let page = client.page("POST", "/practice/createToken", rights).body;
    let codes = page.split("<code>").skip(1);
    let made: Vec<&str> = codes.filter_map(|code| code.split('<').next()).collect();
    desk.keys = page::keys(made[0], made[1], made[2]);
    let ended = desk.change(deleted(&connector));
    let path = format!("{}/sendConnector/{}", super::PRIVATE, id(&connector));
    let method = "DELETE".into();
    let missing = Error::RightMissing { method, path };
    assert_eq!(ended, Stage::Ended(Ending::Refused(missing)));
    assert_eq!(desk.change(to_port_2525(&connector)), Stage::Done);
    let default = default_of(0, id(&connector));
    assert_eq!(desk.change(default), Stage::Done);
}
