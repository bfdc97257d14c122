//! Looking after what is there: one change at a time, seen to its end, and what it leaves behind.

use super::{
    Event, PASSWORD, Screen, Verified, Wizard, after, at, chosen, connector, platform, rested,
    stored,
};
use crate::ovh::Error;
use crate::ovh::exchange::{
    ChangeAuthentication, ConnectorChanges, Mechanism, SendConnector, Task,
};
use crate::run::Next;
use crate::run::changing::{Changing, Ending, Heard, Question, Seen, Stage, Wish};

fn changes() -> ConnectorChanges {
    ConnectorChanges {
        port: Some(2525),
        ..ConnectorChanges::default()
    }
}

pub fn edit(id: u64) -> Changing {
    Changing::new(Wish::Edit {
        id,
        first: connector(id),
        changes: changes(),
    })
}

pub fn authenticate(id: u64) -> Changing {
    Changing::new(Wish::Authenticate {
        id,
        first: connector(id),
        mechanism: Mechanism::Basic,
    })
}

pub fn request(id: u64) -> ChangeAuthentication {
    ChangeAuthentication {
        platform: platform("p"),
        id,
        mechanism: Mechanism::Basic,
        user: Some("apikey".into()),
        password: Some(PASSWORD.into()),
    }
}

/// Plays these answers to a job.
fn played(mut job: Changing, answers: Vec<Heard>) -> Changing {
    let mut now = 0;
    for answer in answers {
        for _ in 0..10 {
            match job.next(now) {
                Next::Wait { until } => now = until,
                Next::Send(_) => break,
                Next::Finished => panic!("it ended before {answer:?}"),
            }
        }
        job.heard(now, answer);
    }
    job
}

/// An edit that found its connector gone.
pub fn gone(id: u64) -> Changing {
    let answers = [Heard::Failed(Error::NotFound), Heard::Listed(false)];
    played(edit(id), answers.into())
}

/// A connector that was deleted by its job.
pub fn deleted(id: u64) -> Changing {
    let first = connector(id);
    let job = Changing::new(Wish::Delete {
        id,
        first: first.clone(),
    });
    let task = Task {
        id: Some(7),
        status: Some("done".into()),
        ..Task::default()
    };
    played(
        job,
        vec![
            Heard::Seen(Seen::Connector(first)),
            Heard::Taken(Some(task.clone())),
            Heard::Task(task),
            Heard::Failed(Error::NotFound),
            Heard::Listed(false),
        ],
    )
}

/// An edit whose connector shows what was wanted.
fn edited(id: u64) -> Changing {
    let now = SendConnector {
        port: Some(2525),
        ..connector(id)
    };
    played(edit(id), vec![Heard::Seen(Seen::Connector(now))])
}

fn looking() -> Wizard {
    at(Screen::Connector).on(Event::LookedAt(connector(29)))
}

#[test]
fn each_screen_beside_the_way_needs_what_it_shows() {
    let go = |wizard: Wizard, screen| wizard.on(Event::WentTo(screen)).screen();
    let nothing = after([Event::SignedIn]);
    assert_eq!(go(nothing, Screen::Tasks), Screen::Platform);
    for (screen, expected) in [
        (Screen::Connectors, Screen::Connectors),
        (Screen::Details, Screen::Connectors),
        (Screen::Edit, Screen::Connectors),
        (Screen::Delete, Screen::Connectors),
        (Screen::Changing, Screen::Connectors),
        (Screen::Domains, Screen::Domains),
        (Screen::Tasks, Screen::Tasks),
    ] {
        assert_eq!(go(at(Screen::Connector), screen), expected, "{screen:?}");
    }
    for screen in [
        Screen::Details,
        Screen::Edit,
        Screen::Authenticate,
        Screen::Delete,
    ] {
        assert_eq!(go(looking(), screen), screen);
    }
    assert_eq!(go(looking(), Screen::Changing), Screen::Details);
    // The way is where it was left.
    assert_eq!(go(looking(), Screen::Ready), Screen::Connector);
}

#[test]
fn the_three_steps_are_gone_on_with_where_they_were_left() {
    let beside = |wizard: Wizard| {
        let wizard = wizard.on(Event::WentTo(Screen::Connectors));
        let wizard = wizard.on(Event::WentTo(Screen::Tasks));
        Wizard::from_json_text(&stored(&wizard)).unwrap().restored()
    };
    for screen in [
        Screen::Connector,
        Screen::Ready,
        Screen::Addresses,
        Screen::Verify,
    ] {
        assert_eq!(beside(at(screen)).back_to_steps(), screen);
    }
    // What was typed for the review is gone with the reload.
    assert_eq!(
        beside(at(Screen::Review)).back_to_steps(),
        Screen::Connector
    );
    let from_platform = |wizard: Wizard| beside(wizard.on(Event::WentTo(Screen::Platform)));
    let back = from_platform(at(Screen::Connector)).back_to_steps();
    assert_eq!(back, Screen::Connector);
    assert_eq!(
        from_platform(at(Screen::Ready)).back_to_steps(),
        Screen::Addresses
    );
    let gone = beside(at(Screen::Addresses)).on(Event::ChangeBegan(edit(29), None));
    let gone = gone.on(Event::ChangeMoved(super::upkeep::gone(29)));
    assert_eq!(gone.back_to_steps(), Screen::Connector);
}

#[test]
fn no_other_change_begins_before_one_is_seen_to_its_end() {
    let wizard = looking()
        .on(Event::WentTo(Screen::Edit))
        .on(Event::ChangeBegan(edit(29), None));
    assert_eq!(wizard.screen(), Screen::Changing);
    let other = wizard.clone().on(Event::ChangeBegan(edit(31), None));
    assert_eq!(other.upkeep().changing(), Some(&edit(29)));
    assert_eq!(
        wizard.clone().on(Event::WentTo(Screen::Edit)).screen(),
        Screen::Changing
    );
    // What else there is may be looked at, but no other platform.
    assert_eq!(
        wizard.clone().on(Event::WentTo(Screen::Tasks)).screen(),
        Screen::Tasks
    );
    let other = wizard.clone().on(chosen("q"));
    assert_eq!(other.screen(), Screen::Changing);
    assert_eq!(other.upkeep().changing(), Some(&edit(29)));
}

#[test]
fn a_change_may_be_called_off_until_it_is_sent() {
    let wizard = looking()
        .on(Event::WentTo(Screen::Edit))
        .on(Event::ChangeBegan(edit(29), None));
    let dropped = wizard.clone().on(Event::ChangeDropped);
    assert_eq!(dropped.upkeep().changing(), None);
    assert_eq!(dropped.screen(), Screen::Edit);
    let mut sent = played(edit(29), vec![Heard::Seen(Seen::Connector(connector(29)))]);
    assert_eq!(sent.next(0), Next::Send(Question::Change));
    let kept = wizard.on(Event::ChangeMoved(sent)).on(Event::ChangeDropped);
    assert!(kept.upkeep().is_changing());
}

#[test]
fn a_connector_is_known_as_it_is_after_its_change() {
    let wizard = at(Screen::Addresses)
        .on(Event::LookedAt(connector(29)))
        .on(Event::ChangeBegan(edit(29), None))
        .on(Event::ChangeMoved(edited(29)));
    let ports = [wizard.connector(), wizard.upkeep().subject()];
    assert_eq!(
        ports.map(|known| known.and_then(|known| known.port)),
        [Some(2525); 2]
    );
    let wizard = wizard.on(Event::ChangeDropped);
    assert_eq!(wizard.screen(), Screen::Details);
    assert_eq!(wizard.upkeep().changing(), None);
}

#[test]
fn a_connector_that_is_gone_is_worked_with_no_more() {
    for job in [deleted(29), gone(29)] {
        let wizard = at(Screen::Addresses)
            .on(rested(29, true))
            .on(Event::LookedAt(connector(29)))
            .on(Event::ChangeBegan(edit(29), None))
            .on(Event::ChangeMoved(job));
        assert!(wizard.upkeep().subject().is_none() && wizard.connector().is_none());
        assert!(wizard.attached().is_empty());
        let wizard = wizard.on(Event::ChangeDropped);
        assert_eq!(wizard.screen(), Screen::Connectors);
    }
    // Another one stays.
    let wizard = at(Screen::Addresses)
        .on(Event::ChangeBegan(edit(31), None))
        .on(Event::ChangeMoved(gone(31)));
    assert!(wizard.connector().is_some());
}

#[test]
fn a_change_that_failed_leads_back_to_what_was_typed() {
    let refused = Error::Refused {
        status: 400,
        words: "no".into(),
    };
    let job = played(
        edit(29),
        vec![
            Heard::Seen(Seen::Connector(connector(29))),
            Heard::Failed(refused.clone()),
        ],
    );
    assert_eq!(*job.stage(), Stage::Ended(Ending::Refused(refused)));
    let wizard = looking()
        .on(Event::WentTo(Screen::Edit))
        .on(Event::ChangeBegan(edit(29), None))
        .on(Event::ChangeMoved(job))
        .on(Event::ChangeDropped);
    assert_eq!(wizard.screen(), Screen::Edit);
}

#[test]
fn the_password_of_a_change_outlives_neither_a_reload_nor_its_end() {
    let wizard = looking().on(Event::ChangeBegan(authenticate(29), Some(request(29))));
    assert!(wizard.upkeep().authentication().is_some());
    assert!(!stored(&wizard).contains(PASSWORD));
    let back = Wizard::from_json_text(&stored(&wizard)).unwrap().restored();
    assert!(back.upkeep().authentication().is_none());
    let stage = back.upkeep().changing().map(Changing::stage);
    assert_eq!(stage, Some(&Stage::Ended(Ending::NotSent)));
    // Nobody sends a change of a password without it.
    let look = Question::Change;
    let wish = back.upkeep().changing().unwrap().wish();
    assert!(look.request(wish, &platform("p"), None).is_none());
    let ended = wizard.on(Event::ChangeMoved(gone(29)));
    assert!(ended.upkeep().authentication().is_none());
}

#[test]
fn other_keys_let_a_change_be_looked_at_again() {
    let first = connector(29);
    let task = Task {
        id: Some(7),
        status: Some("todo".into()),
        ..Task::default()
    };
    let begun = Changing::new(Wish::Delete {
        id: 29,
        first: first.clone(),
    });
    let answers = vec![
        Heard::Seen(Seen::Connector(first)),
        Heard::Taken(Some(task)),
        Heard::Failed(Error::ConsumerNotValid),
    ];
    let job = played(begun.clone(), answers);
    assert!(job.is_over() && job.was_sent());
    let wizard = looking()
        .on(Event::ChangeBegan(begun, None))
        .on(Event::ChangeMoved(job))
        .on(Event::KeysFailed);
    let wizard = Wizard::from_json_text(&stored(&wizard)).unwrap();
    let wizard = wizard.restored().on(Event::SignedIn);
    assert_eq!(wizard.screen(), Screen::Changing);
    assert!(wizard.upkeep().is_changing(), "it is followed again");
}

#[test]
fn a_password_stays_for_as_long_as_the_change_may_be_sent() {
    let begun = || {
        looking()
            .on(Event::WentTo(Screen::Authenticate))
            .on(Event::ChangeBegan(authenticate(29), Some(request(29))))
    };
    let now = SendConnector {
        port: Some(2525),
        ..connector(29)
    };
    let different = played(authenticate(29), vec![Heard::Seen(Seen::Connector(now))]);
    assert_eq!(different.stage(), &Stage::Ended(Ending::Different));
    let wizard = begun().on(Event::ChangeMoved(different.clone()));
    assert!(wizard.upkeep().authentication().is_some());
    let wizard = wizard.on(Event::ChangeMoved(different.confirmed()));
    assert!(wizard.upkeep().authentication().is_some());
    // Called off, or without its password, it is never sent.
    let wizard = wizard.on(Event::ChangeDropped);
    assert!(wizard.upkeep().changing().is_none());
    assert!(wizard.upkeep().authentication().is_none());
    // Accepted, or in doubt, it has done its work.
    let found = || Heard::Seen(Seen::Connector(connector(29)));
    for answer in [Heard::Taken(None), Heard::Failed(Error::Offline)] {
        let sent = played(authenticate(29), vec![found(), answer]);
        assert!(sent.was_sent() && !sent.is_over(), "{sent:?}");
        let wizard = begun().on(Event::ChangeMoved(sent));
        assert!(wizard.upkeep().authentication().is_none());
    }
    // What OVHcloud refuses for its haste is sent once more.
    let hasty = Heard::Failed(Error::TooFast { retry_after: None });
    let wizard = begun().on(Event::ChangeMoved(played(
        authenticate(29),
        vec![found(), hasty],
    )));
    assert!(wizard.upkeep().authentication().is_some());
    let gone = authenticate(29).not_sent();
    assert!(!gone.was_sent() && !gone.may_be_sent());
    let wizard = begun().on(Event::ChangeMoved(gone));
    assert!(wizard.upkeep().authentication().is_none());
    assert!(wizard.upkeep().subject().is_some(), "nothing is gone");
}

#[test]
fn a_connector_that_somebody_deleted_is_not_the_one_to_work_with() {
    let wizard = at(Screen::Addresses).on(Event::WentTo(Screen::Connectors));
    let id = wizard.connector().and_then(|own| own.id).unwrap();
    let other = wizard.clone().on(Event::ConnectorGone(id + 1));
    assert!(other.connector().is_some());
    let gone = wizard.on(Event::ConnectorGone(id));
    assert!(gone.connector().is_none());
    assert_eq!(gone.screen(), Screen::Connectors);
    assert_eq!(gone.back_to_steps(), Screen::Connector);
}

#[test]
fn what_a_mail_has_proved_goes_with_what_it_was_proved_of() {
    let own = at(Screen::Addresses)
        .connector()
        .and_then(|own| own.id)
        .unwrap();
    let proved = || {
        let job = [Event::JobPlanned, Event::JobBegan, rested(own, true)];
        let wizard = job.into_iter().fold(at(Screen::Addresses), Wizard::on);
        let used = Event::HeaderJudged(Verified::Used, None);
        wizard.on(used).on(Event::LookedAt(connector(own)))
    };
    let verified = |events: Vec<Event>| events.into_iter().fold(proved(), Wizard::on).verified();
    assert_eq!(verified(vec![]), Some(Verified::Used));
    // A change that was sent may have been made, however it ends.
    let found = || Heard::Seen(Seen::Connector(connector(own)));
    let sent = |id| played(edit(id), vec![found(), Heard::Failed(Error::Offline)]);
    let change = |job: Changing| {
        vec![
            Event::ChangeBegan(job.clone(), None),
            Event::ChangeMoved(job),
        ]
    };
    assert_eq!(verified(change(edit(own))), Some(Verified::Used));
    assert_eq!(verified(change(sent(own))), None);
    assert_eq!(verified(change(sent(own + 1))), Some(Verified::Used));
    let refusal = Heard::Failed(Error::Refused {
        status: 400,
        words: String::new(),
    });
    let refused = played(edit(own), vec![found(), refusal]);
    assert_eq!(verified(change(refused)), Some(Verified::Used));
    let again = |connector| vec![Event::JobPlanned, Event::JobBegan, rested(connector, true)];
    assert_eq!(verified(again(own)), Some(Verified::Used));
    assert_eq!(verified(again(0)), None);
}
