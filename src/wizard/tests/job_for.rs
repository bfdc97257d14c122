//! A job over many addresses that another screen waits for, such as the deletion of a connector.

use super::{after, chosen, connector, rested, stored};
use crate::ovh::Error;
use crate::ovh::exchange::Domain;
use crate::run::Next;
use crate::run::changing::{Changing, Heard, Seen, Stage, Wish};
use crate::wizard::{Event, Screen, Wizard};

/// Somebody about to delete connector 29.
fn deleting() -> Wizard {
    after([
        Event::SignedIn,
        chosen("p"),
        Event::LookedAt(connector(29)),
        Event::WentTo(Screen::Delete),
    ])
}

/// Whose addresses are being moved to connector 31.
fn moving() -> Wizard {
    let wizard = deleting().on(Event::JobWanted(connector(31), Screen::Delete));
    assert_eq!(wizard.screen(), Screen::Delete, "the plan comes first");
    wizard.on(Event::JobPlanned)
}

#[test]
fn a_job_that_a_screen_waits_for_leads_back_there() {
    let planned = moving();
    assert_eq!(planned.screen(), Screen::Plan);
    assert_eq!(planned.connector(), Some(&connector(31)));
    assert_eq!(
        planned.clone().on(Event::JobDropped).screen(),
        Screen::Delete
    );
    let ended = planned.on(Event::JobBegan).on(rested(31, true));
    assert_eq!(ended.screen(), Screen::Attaching);
    assert_eq!(ended.upkeep().job_for(), Some(Screen::Delete));
    let back = Wizard::from_json_text(&stored(&ended)).map(Wizard::restored);
    let back = back.unwrap_or_default();
    assert_eq!(back.upkeep().job_for(), Some(Screen::Delete));
    let deleting = back.on(Event::WentTo(Screen::Delete));
    assert_eq!(deleting.screen(), Screen::Delete);
    assert_eq!(deleting.upkeep().subject(), Some(&connector(29)));
    // Nobody is called back from elsewhere.
    let elsewhere = deleting.on(Event::WentTo(Screen::Tasks));
    assert_eq!(elsewhere.on(Event::JobDropped).screen(), Screen::Tasks);
}

#[test]
fn whoever_turns_to_something_else_is_not_led_back() {
    let ended = moving().on(Event::JobBegan).on(rested(31, true));
    for event in [
        Event::WentTo(Screen::Addresses),
        Event::LookedAt(connector(31)),
        chosen("q"),
    ] {
        assert_eq!(ended.clone().on(event).upkeep().job_for(), None);
    }
}

#[test]
fn a_job_that_is_not_finished_comes_first() {
    let running = moving().on(Event::JobBegan);
    for unfinished in [running.clone(), running.on(rested(31, false))] {
        let at_delete = unfinished.on(Event::WentTo(Screen::Delete));
        assert_eq!(at_delete.screen(), Screen::Delete);
        let kept = at_delete.on(Event::JobWanted(connector(29), Screen::Domains));
        assert_eq!(kept.screen(), Screen::Attaching);
        assert_eq!(kept.connector(), Some(&connector(31)));
        assert_eq!(kept.upkeep().job_for(), Some(Screen::Delete));
        assert!(kept.has_unfinished_job());
    }
    let nobody = Wizard::default().on(Event::JobWanted(connector(29), Screen::Delete));
    assert_eq!(stored(&nobody), stored(&Wizard::default()));
}

/// A change of this kind that OVHcloud refuses, or that is there already.
fn over(wish: Wish, answers: Vec<Heard>) -> Changing {
    let mut job = Changing::new(wish);
    for answer in answers {
        assert!(matches!(job.next(0), Next::Send(_)));
        job.heard(0, answer);
    }
    assert!(job.is_over(), "{job:?}");
    job
}

fn default_of_a_domain(answer: Heard) -> [Event; 2] {
    let wish = Wish::Default {
        domain: "mydomain.ovh".into(),
        first: 29,
        wanted: 0,
    };
    let began = Event::ChangeBegan(Changing::new(wish.clone()), None);
    [began, Event::ChangeMoved(over(wish, vec![answer]))]
}

#[test]
fn a_default_that_a_deletion_waits_for_leads_back_to_it() {
    let reset = || Heard::Seen(Seen::Domain(Domain::default()));
    let refused = || {
        Heard::Failed(Error::Refused {
            status: 403,
            words: "no".into(),
        })
    };
    for answer in [reset(), refused()] {
        let events = default_of_a_domain(answer.clone());
        let wizard = events.into_iter().fold(deleting(), Wizard::on);
        assert_eq!(wizard.screen(), Screen::Changing);
        assert_eq!(wizard.on(Event::ChangeDropped).screen(), Screen::Delete);
        let elsewhere = deleting().on(Event::WentTo(Screen::Domains));
        let events = default_of_a_domain(answer);
        let wizard = events.into_iter().fold(elsewhere, Wizard::on);
        assert_eq!(wizard.on(Event::ChangeDropped).screen(), Screen::Domains);
    }
}

#[test]
fn a_connector_that_is_deleted_is_forgotten_with_what_waited_for_it() {
    let wish = Wish::Delete {
        id: 29,
        first: connector(29),
    };
    let detached = deleting()
        .on(Event::JobWanted(connector(29), Screen::Delete))
        .on(Event::JobPlanned)
        .on(Event::JobBegan)
        .on(rested(0, true))
        .on(Event::WentTo(Screen::Delete))
        .on(Event::ChangeBegan(Changing::new(wish.clone()), None));
    let not_there = vec![Heard::Failed(Error::NotFound), Heard::Listed(false)];
    let gone = over(wish, not_there);
    assert_eq!(gone.stage(), &Stage::Done);
    let wizard = detached.on(Event::ChangeMoved(gone));
    assert!(wizard.connector().is_none() && wizard.job().is_none());
    assert!(wizard.upkeep().subject().is_none());
    assert_eq!(wizard.upkeep().job_for(), None);
    let list = wizard.on(Event::ChangeDropped);
    assert_eq!(list.screen(), Screen::Connectors);
    assert_eq!(
        list.on(Event::WentTo(Screen::Delete)).screen(),
        Screen::Connectors
    );
}
