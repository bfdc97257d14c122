//! Whatever happens, in whatever order: no screen is without its premises, and nothing outlives the
//! signing out.

use super::{
    Event, PASSWORD, Screen, Stage, Verified, Wizard, accepted, adding, check_premises, chosen,
    connector, request, rested, stored, upkeep,
};
use crate::mail::provider;
use crate::run::dice::Dice;

fn any_event(dice: &mut Dice) -> Event {
    let name = dice.pick(&["p", "p", "q"]);
    let id = dice.pick(&[29, 29, 31]);
    match dice.below(26) {
        0 | 1 => Event::SignedIn,
        2 | 3 => chosen(name),
        4 | 5 => Event::FormSubmitted(request(name)),
        6 | 7 => Event::AddBegan(adding()),
        8 => Event::AddMoved(dice.pick(&[adding(), accepted(), adding().interrupted()])),
        9 => Event::AddGivenUp,
        10 | 11 => Event::ConnectorReady(connector(id)),
        12 => Event::JobPlanned,
        13 => Event::JobBegan,
        16 => rested(id, dice.one_in(2)),
        17 if dice.one_in(2) => Event::JobDropped,
        17 => {
            let stage = dice.pick(&[Stage::Planned, Stage::Running, Stage::Resting, Stage::Ended]);
            Event::JobFound(connector(id), stage)
        }
        14 => Event::HeaderJudged(Verified::Unclear, None),
        18 => Event::ProviderChosen(provider::named(dice.pick(&["Mimecast", "Brevo", ""]))),
        21 => Event::LookedAt(connector(id)),
        22 => Event::ChangeBegan(upkeep::edit(id), None),
        23 => Event::ChangeBegan(upkeep::authenticate(id), Some(upkeep::request(id))),
        24 => Event::ChangeMoved(dice.pick(&[
            upkeep::edit(id),
            upkeep::gone(id),
            upkeep::deleted(id),
        ])),
        25 if dice.one_in(2) => Event::ConnectorGone(id),
        25 => Event::ChangeDropped,
        15 if dice.one_in(3) => Event::SignedOut,
        15 => Event::KeysFailed,
        _ => Event::WentTo(dice.pick(&[
            Screen::SignIn,
            Screen::Platform,
            Screen::Connector,
            Screen::Review,
            Screen::Adding,
            Screen::Ready,
            Screen::Addresses,
            Screen::Plan,
            Screen::Attaching,
            Screen::Verify,
            Screen::Done,
            Screen::Connectors,
            Screen::Details,
            Screen::Edit,
            Screen::Authenticate,
            Screen::Delete,
            Screen::Domains,
            Screen::Tasks,
            Screen::Changing,
        ])),
    }
}

#[test]
fn no_course_of_events_leads_to_a_screen_without_its_premises() {
    let mut seen = std::collections::BTreeSet::new();
    for seed in 0..4_000 {
        let mut dice = Dice::new(seed);
        let mut wizard = Wizard::default();
        for _ in 0..dice.below(40) {
            wizard = wizard.on(any_event(&mut dice));
            check_premises(&wizard);
            seen.insert(wizard.screen());
        }
        let json = stored(&wizard);
        assert!(!json.contains(PASSWORD));
        let back = Wizard::from_json_text(&json).unwrap_or_default();
        let back = back.restored();
        check_premises(&back);
        assert!(back.review().is_none());
        let expected = match wizard.screen() {
            Screen::Review => Screen::Connector,
            screen => screen,
        };
        assert_eq!(back.screen(), expected);
        assert_eq!(stored(&back), stored(&back.restored_again()));

        wizard = wizard.on(Event::SignedOut);
        let nothing = stored(&Wizard::default());
        for _ in 0..20 {
            let event = any_event(&mut dice);
            if !matches!(event, Event::SignedIn) {
                wizard = wizard.on(event);
                assert_eq!(stored(&wizard), nothing, "a late answer after signing out");
            }
        }
    }
    assert_eq!(seen.len(), 19);
}

trait RestoredAgain {
    fn restored_again(&self) -> Self;
}
impl RestoredAgain for Wizard {
    fn restored_again(&self) -> Self {
        let back = Self::from_json_text(&stored(self)).unwrap_or_default();
        back.restored()
    }
}
