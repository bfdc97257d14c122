//! What changes at OVHcloud while a job is under way.

use send_connector_wizard::ovh::Error;
use send_connector_wizard::run::assigning::{Failure, State};

use super::{
    Carrier, LOST, PRIVATE, STRICT, STUCK, SUSPENDED, Wire, add_connector, addresses, connector_of,
    goals, practice,
};
use crate::practice::client::Client;
use crate::practice::server::Practice;

/// So many calls later some addresses are changed, some read, and some not begun.
const MIDWAY: usize = 60;

/// Addresses that take changes as they should.
fn good(client: &Client) -> Vec<String> {
    let mut all = addresses(client);
    all.retain(|address| ![STUCK, SUSPENDED, STRICT, LOST].contains(&&**address));
    all
}

impl<'a> Carrier<'a> {
    /// A job for these, in the middle.
    fn midway(practice: &'a Practice, addresses: &[String], connector: u64) -> Self {
        let mut carrier = Self::new(practice, goals(addresses, connector));
        carrier.carry_until(MIDWAY);
        let counts = carrier.job.counts();
        assert!(counts.sent > 3 && counts.to_read > 10, "{counts:?}");
        carrier
    }

    fn find(&self, wanted: &State, place: usize) -> String {
        let items = self.job.items().iter();
        let mut there = items.filter(|item| item.state == *wanted);
        let item = there.nth(place).expect("one in this state");
        item.address.to_string()
    }

    /// What is kept says of every address what the job says.
    fn is_kept(&self) {
        let stored = self.stored();
        for (kept, item) in stored.items().iter().zip(self.job.items()) {
            assert_eq!((&kept.address, &kept.state), (&item.address, &item.state));
        }
        assert_eq!(stored.undo(), self.job.undo());
    }
}

fn answered(error: Error) -> State {
    State::Failed(Failure::Answer(Box::new(error)))
}

#[tokio::test(flavor = "multi_thread")]
async fn accounts_that_vanish_or_are_suspended_fail_alone() {
    let practice = practice(60).await;
    let client = Client::new(&practice);
    let connector = add_connector(&client, "Newsletter");
    let addresses = good(&client);
    let log = practice.log().len();
    let mut carrier = Carrier::midway(&practice, &addresses, connector);
    let changed = carrier.find(&State::Sent, 2);
    let [vanished, suspended] = [3, 5].map(|place| carrier.find(&State::ToRead, place));
    practice.vanish(&changed);
    practice.vanish(&vanished);
    practice.suspend(&suspended, true);
    carrier.carry();
    carrier.check_log(log);
    carrier.is_kept();
    let counts = carrier.job.counts();
    assert_eq!((counts.confirmed, counts.failed), (addresses.len() - 3, 3));
    for gone in [&changed, &vanished] {
        assert_eq!(*carrier.state(gone), answered(Error::NotFound));
    }
    let words = format!("The account {suspended} is suspended and can not be changed");
    let refused = Error::Refused { status: 403, words };
    assert_eq!(*carrier.state(&suspended), answered(refused));
    assert_eq!(connector_of(&client, &suspended), 0);
    // What was changed and has vanished may come back; there is a way back for it.
    assert_eq!(carrier.job.undo().len(), addresses.len() - 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connector_that_is_deleted_blames_no_address() {
    let practice = practice(60).await;
    let client = Client::new(&practice);
    let connector = add_connector(&client, "Newsletter");
    let addresses = good(&client);
    let mut carrier = Carrier::midway(&practice, &addresses, connector);
    let path = format!("{PRIVATE}/sendConnector/{connector}");
    client.call("DELETE", &path, None);
    carrier.carry();
    assert_eq!(carrier.job.halted(), Some(&Error::NotFound));
    carrier.is_kept();
    let items = carrier.job.items().iter();
    let blamed = items.filter(|item| item.state == answered(Error::NotFound));
    assert_eq!(blamed.count(), 0);
    assert!(carrier.calls < MIDWAY + 40, "{}", carrier.calls);
    carrier.job.stop();
    assert!(carrier.job.is_finished());
    // Those that had it have none any more, and the way back is no worse for it.
    let mut back = Carrier::new(&practice, carrier.job.undo());
    back.carry();
    let counts = back.job.counts();
    assert_eq!(counts.already, counts.all(), "{counts:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_platform_in_maintenance_is_waited_for_and_nothing_is_given_up() {
    let practice = practice(60).await;
    let client = Client::new(&practice);
    let connector = add_connector(&client, "Newsletter");
    let addresses = good(&client);
    let log = practice.log().len();
    let mut carrier = Carrier::midway(&practice, &addresses, connector);
    practice.set_state("private-zz111111-1", "inMaintenance");
    carrier.carry();
    let words = "This service is in maintenance, please try later".to_owned();
    let refused = Error::Refused { status: 403, words };
    assert_eq!(carrier.job.halted(), Some(&refused));
    carrier.is_kept();
    practice.set_state("private-zz111111-1", "ok");
    carrier.job.resume(carrier.now);
    carrier.carry_until(carrier.calls + 12);
    practice.maintain(true);
    carrier.carry();
    let unavailable = Error::Unavailable { status: 503 };
    assert_eq!(carrier.job.halted(), Some(&unavailable));
    let counts = carrier.job.counts();
    assert_eq!(counts.failed + counts.unknown, 0, "{counts:?}");
    practice.maintain(false);
    carrier.job.resume(carrier.now);
    carrier.carry();
    carrier.check_log(log);
    assert_eq!(carrier.job.counts().confirmed, addresses.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_goes_in_the_middle_is_told_from_answers_that_are_withheld() {
    let practice = practice(60).await;
    let client = Client::new(&practice);
    let addresses = good(&client);
    for (wire, told) in [
        (Wire::Cut, Error::Offline),
        (Wire::Withheld, Error::Blocked),
    ] {
        let connector = add_connector(&client, "Newsletter");
        let mut carrier = Carrier::midway(&practice, &addresses, connector);
        carrier.wire = wire;
        carrier.carry();
        assert_eq!(carrier.job.halted(), Some(&told));
        let counts = carrier.job.counts();
        assert_eq!(counts.failed + counts.unknown, 0, "{counts:?}");
        carrier.wire = Wire::Whole;
        carrier.job.resume(carrier.now);
        carrier.carry();
        assert_eq!(carrier.job.counts().confirmed, addresses.len());
    }
}
