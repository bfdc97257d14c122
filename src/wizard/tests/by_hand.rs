use super::{PASSWORD, after, at, connector, platform, request};
use crate::mail::provider;
use crate::ovh::exchange::SendConnector;
use crate::run::order::Purpose;
use crate::wizard::console::{self, Console};
use crate::wizard::{Event, Screen, Verified, Wizard};

/// The way by hand after these.
fn after_by_hand(events: impl IntoIterator<Item = console::Event>) -> Wizard {
    let start = Console::default();
    let console = events.into_iter().fold(start, |console, event| {
        let console = console.on(event);
        console.unwrap_or_else(|problem| panic!("{problem:?}"))
    });
    after([Event::ConsoleChosen, Event::ConsoleMoved(Box::new(console))])
}

/// To the form, where the connector 29 is there.
fn to_form() -> Wizard {
    after_by_hand([
        console::Event::PlatformNamed(platform("p")),
        console::Event::Pasted("[29]".into()),
    ])
}

/// To a connector that is there, and one address of it.
fn by_hand() -> Wizard {
    after_by_hand([
        console::Event::PlatformNamed(platform("p")),
        console::Event::Pasted("[29]".into()),
        console::Event::ConnectorNamed(29),
        console::Event::Pasted(connector(29).to_json().to_string()),
        console::Event::AddressesNamed {
            addresses: vec!["a@x.org".into()],
            purpose: Purpose::Attach,
            now: 1_700_000_000_000,
        },
        console::Event::Pasted("{ sendConnectorId: 29 }".into()),
    ])
}

#[test]
fn the_way_by_hand_needs_no_keys_and_leads_to_the_same_end() {
    assert_eq!(after([Event::ConsoleChosen]).screen(), Screen::Console);
    let wizard = by_hand();
    assert_eq!(wizard.screen(), Screen::Console);
    assert_eq!(wizard.attached(), ["a@x.org"]);
    let id = wizard.connector().and_then(|connector| connector.id);
    assert_eq!(id, Some(29));
    for (wanted, screen) in [
        (Screen::Verify, Screen::Verify),
        (Screen::Done, Screen::Done),
        (Screen::Record, Screen::Record),
        (Screen::Connector, Screen::Console),
        (Screen::Attaching, Screen::Console),
        (Screen::Platform, Screen::Console),
    ] {
        let wizard = by_hand().on(Event::WentTo(wanted));
        assert_eq!(wizard.screen(), screen, "{wanted:?}");
        let text = wizard.to_json_text();
        let back = Wizard::from_json_text(&text).map(Wizard::restored);
        let back = back.map(|wizard| (wizard.screen(), wizard.attached().to_vec()));
        assert_eq!(back, Some((screen, vec!["a@x.org".to_owned()])), "{text}");
    }
    let judge = |wizard: Wizard, verified| wizard.on(Event::HeaderJudged(verified, None));
    let judged = judge(by_hand(), Verified::Used);
    assert_eq!(judged.verified(), Some(Verified::Used));
    let judged = judge(judged, Verified::Unclear);
    assert_eq!(judged.verified(), Some(Verified::Used));
    assert_eq!(by_hand().on(Event::SignedOut).screen(), Screen::SignIn);
}

#[test]
fn the_form_of_the_way_by_hand_keeps_no_password() {
    let wizard = to_form().on(Event::FormSubmitted(request("p")));
    let step = wizard.console().map(Console::step);
    assert_eq!(step, Some(console::Step::Add));
    let requests = wizard.console().map(Console::requests).unwrap_or_default();
    let sent: String = requests.into_iter().map(|request| request.body).collect();
    let kept = wizard.to_json_text();
    assert!(!kept.contains(PASSWORD) && !sent.contains(PASSWORD) && kept.contains("apikey"));
}

#[test]
fn nobody_who_is_signed_in_is_led_by_hand() {
    let wizard = at(Screen::Ready).on(Event::ConsoleChosen);
    assert_eq!(wizard.screen(), Screen::Ready);
    assert_eq!(
        wizard.on(Event::WentTo(Screen::Console)).screen(),
        Screen::Platform
    );
}

#[test]
fn the_record_is_there_from_everywhere_but_where_a_connector_is_on_its_way() {
    for screen in [
        Screen::Platform,
        Screen::Connector,
        Screen::Ready,
        Screen::Verify,
    ] {
        let wizard = at(screen).on(Event::WentTo(Screen::Record));
        assert_eq!(wizard.screen(), Screen::Record, "{screen:?}");
    }
    let wizard = at(Screen::Adding).on(Event::WentTo(Screen::Record));
    assert_eq!(wizard.screen(), Screen::Adding);
}

#[test]
fn the_provider_of_a_form_that_was_left_is_not_that_of_another_connector() {
    let form = to_form()
        .on(Event::ProviderChosen(provider::named("Mimecast")))
        .on(Event::FormSubmitted(request("p")));
    let on = |events: Vec<console::Event>| {
        events.into_iter().fold(form.clone(), |wizard, event| {
            let console = wizard.console().cloned().unwrap_or_default();
            let console = console.on(event).unwrap_or_default();
            let wizard = wizard.on(Event::ConsoleMoved(Box::new(console)));
            let back = Wizard::from_json_text(&wizard.to_json_text());
            back.map(Wizard::restored).unwrap_or_default()
        })
    };
    let name = |wizard: &Wizard| wizard.provider().map(|provider| provider.name);
    let request = request("p");
    let made = SendConnector {
        display_name: Some(request.display_name),
        smart_host: Some(request.smart_host),
        ..connector(31)
    };
    let read = |connector: SendConnector| console::Event::Pasted(connector.to_json().to_string());
    let added = on(vec![console::Event::Pasted("[29, 31]".into()), read(made)]);
    assert_eq!(name(&added), Some("Mimecast"));
    let mailjet = SendConnector {
        smart_host: Some("in-v3.mailjet.com".into()),
        ..connector(29)
    };
    let named = on(vec![
        console::Event::WentBack,
        console::Event::ConnectorNamed(29),
        read(mailjet),
    ]);
    assert_eq!(name(&named), Some("Mailjet"));
}
