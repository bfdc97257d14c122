//! The job over many addresses, as the page carries it: over real connections, six at a time, stored
//! before each step. Only its waits are not waited for: the work of this practice OVHcloud takes no
//! time.

#[path = "assigning/carrier.rs"]
mod carrier;
#[path = "assigning/midway.rs"]
mod midway;

use std::time::Duration;

use send_connector_wizard::ovh::Error;
use send_connector_wizard::run::assigning::{Failure, Goal, State};
use serde_json::json;

use super::client::Client;
use super::server::{LOST, Options, Practice, STRICT, STUCK, SUSPENDED, start};
use super::{PRIVATE, account};
use carrier::{Carrier, MINUTE, Wire};

async fn practice(accounts: usize) -> Practice {
    let options = Options {
        pace: 0,
        accounts,
        task_time: Duration::ZERO,
        slow_time: Duration::from_millis(5),
        ..Options::default()
    };
    start(options).await.expect("a free port")
}

/// Adds a connector, and says its id.
fn add_connector(client: &Client, name: &str) -> u64 {
    let list = format!("{PRIVATE}/sendConnector");
    let body = json!({ "displayName": name, "smartHost": "smtp-relay.example.com" });
    client.call("POST", &list, Some(body));
    let ids = client.call("GET", &list, None).json();
    let ids = ids.as_array().expect("a list");
    let newest = ids.iter().filter_map(serde_json::Value::as_u64).max();
    newest.expect("a connector")
}

/// The addresses that can have a connector.
fn addresses(client: &Client) -> Vec<String> {
    let list = client
        .call("GET", &format!("{PRIVATE}/account"), None)
        .json();
    let list = list.as_array().expect("a list").iter();
    let addresses = list.filter_map(|address| address.as_str());
    let named = addresses.filter(|address| !address.ends_with("@configureme.me"));
    named.map(ToOwned::to_owned).collect()
}

fn goals(addresses: &[String], wanted: u64) -> Vec<Goal> {
    let goal = |address: &String| Goal {
        address: address.clone(),
        wanted,
    };
    addresses.iter().map(goal).collect()
}

/// The connector that the practice OVHcloud has for an address, 0 for none.
fn connector_of(client: &Client, address: &str) -> u64 {
    let account = client.call("GET", &account(address), None).json();
    account["sendConnectorId"].as_u64().unwrap_or(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn three_hundred_addresses_move_and_come_back_through_faults_and_a_reload() {
    let practice = practice(300).await;
    let client = Client::new(&practice);
    let (first, second) = (
        add_connector(&client, "First"),
        add_connector(&client, "Second"),
    );
    let addresses = addresses(&client);
    assert_eq!(addresses.len(), 300);

    // Two hundred have a connector already.
    let mut carrier = Carrier::new(&practice, goals(&addresses[..200], first));
    carrier.carry();
    let former: Vec<u64> = addresses
        .iter()
        .map(|address| connector_of(&client, address))
        .collect();
    assert!(former.iter().filter(|&&id| id == first).count() > 190);

    practice.set_faults(Some(7));
    let log = practice.log().len();
    let mut carrier = Carrier::new(&practice, goals(&addresses, second));
    carrier.breaks_at = 500;
    carrier.carry();
    assert!(carrier.job.is_finished(), "{:?}", carrier.job.halted());
    carrier.check_log(log);
    let (unanswered, probes) = carrier.silences(log);
    // Only where several in a row are missing is it asked why.
    assert!(
        unanswered > 20 && probes * 10 <= unanswered,
        "{unanswered} {probes}"
    );
    practice.set_faults(None);

    let failed = |state: &State| matches!(state, State::Failed(_));
    for (place, address) in addresses.iter().enumerate() {
        let expected = match address.as_str() {
            STUCK | SUSPENDED => former[place],
            _ => second,
        };
        let state = carrier.state(address);
        assert_eq!(
            connector_of(&client, address),
            expected,
            "{address} {state:?}"
        );
        assert_eq!(failed(state), expected != second, "{address} {state:?}");
    }
    let not_taken = State::Failed(Failure::NotTaken);
    assert_eq!(*carrier.state(STUCK), not_taken);
    let items = carrier.job.items();
    let strict = items
        .iter()
        .filter(|item| item.filters_sent)
        .map(|item| &*item.address);
    assert_eq!(strict.collect::<Vec<_>>(), [STRICT]);
    // The answers to its changes are always lost.
    assert_eq!(*carrier.state(LOST), State::Confirmed);
    assert_eq!(carrier.stored().undo(), carrier.job.undo());
    let needed = 3 * carrier.job.counts().confirmed;
    assert!(
        carrier.calls * 100 <= needed * 120,
        "{} {needed}",
        carrier.calls
    );

    practice.set_faults(Some(8));
    let back = carrier.job.undo();
    let log = practice.log().len();
    carrier.journal.clear();
    let mut carrier = carrier.with(back);
    carrier.carry();
    carrier.check_log(log);
    practice.set_faults(None);
    for (address, former) in addresses.iter().zip(former) {
        assert_eq!(connector_of(&client, address), former, "{address}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_stands_still_where_going_on_is_no_use_and_loses_nothing() {
    let practice = practice(60).await;
    let client = Client::new(&practice);
    let connector = add_connector(&client, "Newsletter");
    let mut addresses = addresses(&client);
    addresses.retain(|address| ![STUCK, SUSPENDED, STRICT, LOST].contains(&address.as_str()));

    practice.maintain(true);
    let mut carrier = Carrier::new(&practice, goals(&addresses, connector));
    carrier.carry();
    let maintained = Error::Unavailable { status: 503 };
    assert_eq!(carrier.job.halted(), Some(&maintained));
    assert_eq!(carrier.job.counts().to_read, addresses.len());
    assert!(carrier.calls < 40, "{}", carrier.calls);

    practice.maintain(false);
    practice.vanish(&addresses[3]);
    practice.suspend(&addresses[5], true);
    let path = format!("{PRIVATE}/sendConnector/{connector}");
    client.call("DELETE", &path, None);
    carrier.job.resume(carrier.now);
    carrier.carry();
    assert_eq!(carrier.job.halted(), Some(&Error::NotFound));
    // The two that were hit, and none for the connector's sake.
    assert_eq!(
        (carrier.job.counts().failed, carrier.job.counts().confirmed),
        (2, 0)
    );
    assert!(carrier.calls < 80, "{}", carrier.calls);

    // With a connector that is there, everything goes on, but for what has gone.
    let connector = add_connector(&client, "Newsletter");
    carrier.now += MINUTE;
    let mut carrier = carrier.with(goals(&addresses, connector));
    carrier.carry();
    let counts = carrier.job.counts();
    assert_eq!((counts.confirmed, counts.failed), (addresses.len() - 2, 2));
    let gone = State::Failed(Failure::Answer(Box::new(Error::NotFound)));
    assert_eq!(*carrier.state(&addresses[3]), gone);

    practice.suspend(&addresses[5], false);
    carrier.job.retry_failed();
    carrier.carry();
    assert_eq!(carrier.job.counts().failed, 1);
    assert_eq!(connector_of(&client, &addresses[5]), connector);
}
