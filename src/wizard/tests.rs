use super::{Chosen, Event, Screen, Stage, Verified, Wizard};
use crate::mail::provider;
use crate::mail::verdict::{Unclear, Verdict};
use crate::ovh::Error;
use crate::ovh::exchange::{AddConnector, Mechanism, Platform, SendConnector, Service, Task};
use crate::run::Next;
use crate::run::adding::{self, Adding, Heard};

mod by_hand;
mod courses;
mod job_for;
mod upkeep;

const PASSWORD: &str = "Marker-Of-A-Password";

fn platform(name: &str) -> Platform {
    Platform {
        organization: name.into(),
        service: name.into(),
    }
}

fn chosen(name: &str) -> Event {
    Event::PlatformChosen(Chosen {
        platform: platform(name),
        service: Service::default(),
    })
}

fn request(name: &str) -> AddConnector {
    AddConnector {
        platform: platform(name),
        display_name: "Newsletter".into(),
        smart_host: "smtp.example.com".into(),
        port: 587,
        require_tls: true,
        smart_host_auth_mechanism: Mechanism::BasicOverTls,
        max_send_size: 100,
        user: Some("apikey".into()),
        password: Some(PASSWORD.into()),
    }
}

fn connector(id: u64) -> SendConnector {
    SendConnector {
        id: Some(id),
        display_name: Some("Newsletter".into()),
        smart_host: Some("smtp.example.com".into()),
        ..SendConnector::default()
    }
}

fn adding() -> Adding {
    Adding::new(&request("p"), vec![])
}

/// The job of adding once OVHcloud has the request.
fn accepted() -> Adding {
    let mut job = adding();
    job.next(0);
    let id = Some(7_000);
    job.heard(
        0,
        Heard::Task(Task {
            id,
            ..Task::default()
        }),
    );
    job
}

/// A job that attached one address and has not ended, or has.
fn rested(connector: u64, has_ended: bool) -> Event {
    let settled = vec![("a@x.org".to_owned(), connector)];
    Event::JobRested { settled, has_ended }
}

fn after(events: impl IntoIterator<Item = Event>) -> Wizard {
    events.into_iter().fold(Wizard::default(), Wizard::on)
}

/// The way to each place, as far as it is settled.
fn at(screen: Screen) -> Wizard {
    let way = [
        (Screen::Platform, Event::SignedIn),
        (Screen::Connector, chosen("p")),
        (Screen::Review, Event::FormSubmitted(request("p"))),
        (Screen::Adding, Event::AddBegan(adding())),
        (Screen::Ready, Event::ConnectorReady(connector(29))),
        (Screen::Addresses, Event::WentTo(Screen::Addresses)),
        (Screen::Plan, Event::JobPlanned),
        (Screen::Attaching, Event::JobBegan),
        (Screen::Verify, Event::WentTo(Screen::Verify)),
        (Screen::Done, Event::WentTo(Screen::Done)),
    ];
    let part = way.into_iter().filter(|(reached, _)| *reached <= screen);
    let wizard = after(part.map(|(_, event)| event));
    assert_eq!(wizard.screen(), screen);
    wizard
}

#[track_caller]
fn check(from: Screen, event: Event, expected: Screen) {
    let wizard = at(from).on(event);
    assert_eq!(wizard.screen(), expected, "from {from:?}");
    check_premises(&wizard);
}

/// Whether everything that a screen shows is there.
#[track_caller]
fn check_premises(wizard: &Wizard) {
    let screen = wizard.screen();
    assert_eq!(screen == Screen::SignIn, !wizard.is_signed_in());
    assert!(
        screen <= Screen::Platform || wizard.platform().is_some(),
        "{screen:?}"
    );
    assert!(
        screen <= Screen::Adding || screen > Screen::Done || wizard.connector().is_some(),
        "{screen:?}"
    );
    let has_subject = wizard.upkeep().subject().is_some();
    assert!(has_subject || !(Screen::Details..=Screen::Delete).contains(&screen));
    assert!(screen != Screen::Changing || wizard.upkeep().changing().is_some());
    assert!(screen != Screen::Review || wizard.review().is_some());
    assert!(screen != Screen::Adding || wizard.adding().is_some());
    assert!(screen != Screen::Attaching || wizard.job().is_some());
    assert!(screen != Screen::Plan || wizard.job() == Some(Stage::Planned));
    let unfinished = matches!(wizard.job(), Some(Stage::Running | Stage::Resting));
    assert!(!unfinished || screen != Screen::Addresses);
    assert!(wizard.job().is_none() || wizard.connector().is_some());
    let is_behind = screen <= Screen::Platform || wizard.adding().is_none();
    assert!(
        is_behind || screen == Screen::Adding,
        "{screen:?} hides a job"
    );
    if let (Some(review), Some(chosen)) = (wizard.review(), wizard.platform()) {
        assert_eq!(review.platform, chosen.platform);
    }
}

#[test]
fn every_event_leads_to_its_screen() {
    use Screen::{
        Adding as Add, Addresses, Attaching as Attach, Connector, Done, Plan, Platform as Choose,
        Ready, Review, SignIn, Verify,
    };
    check(SignIn, Event::SignedIn, Choose);
    check(SignIn, chosen("p"), SignIn);
    check(SignIn, Event::WentTo(Done), SignIn);
    check(Choose, chosen("p"), Connector);
    check(Choose, Event::WentTo(Done), Choose);
    check(Choose, Event::FormSubmitted(request("p")), Choose);
    check(Choose, Event::AddBegan(adding()), Choose);
    check(Choose, Event::ConnectorReady(connector(29)), Choose);
    check(Choose, Event::JobPlanned, Choose);
    check(
        Choose,
        Event::JobFound(connector(29), Stage::Resting),
        Choose,
    );
    check(Connector, Event::FormSubmitted(request("p")), Review);
    check(Connector, Event::FormSubmitted(request("q")), Connector);
    check(Connector, Event::AddBegan(adding()), Connector);
    let mut other = request("p");
    other.display_name.push('2');
    check(Review, Event::AddBegan(Adding::new(&other, vec![])), Review);
    check(Connector, Event::ConnectorReady(connector(29)), Ready);
    check(Connector, Event::JobPlanned, Connector);
    check(Connector, Event::JobBegan, Connector);
    check(
        Connector,
        Event::JobFound(connector(29), Stage::Resting),
        Attach,
    );
    check(Add, Event::JobFound(connector(29), Stage::Resting), Add);
    check(Connector, Event::WentTo(Verify), Connector);
    check(Review, Event::AddBegan(adding()), Add);
    check(Review, Event::WentTo(Connector), Connector);
    check(Add, Event::AddMoved(accepted()), Add);
    check(Add, Event::WentTo(Connector), Add);
    check(Add, Event::WentTo(Done), Add);
    check(Add, chosen("p"), Add);
    check(Add, Event::AddGivenUp, Add);
    let ended = || Event::AddMoved(adding().interrupted());
    assert_eq!(at(Add).on(ended()).on(Event::AddGivenUp).screen(), Review);
    check(Add, Event::ConnectorReady(connector(29)), Ready);
    check(Ready, Event::WentTo(Review), Connector);
    check(Ready, Event::WentTo(Add), Connector);
    check(Ready, Event::WentTo(Attach), Addresses);
    check(Addresses, Event::JobPlanned, Plan);
    check(Plan, Event::JobBegan, Attach);
    check(Plan, Event::JobDropped, Addresses);
    check(Plan, Event::WentTo(Addresses), Addresses);
    check(Plan, Event::WentTo(Attach), Plan);
    check(Attach, rested(29, false), Attach);
    check(Attach, rested(29, true), Attach);
    check(Attach, Event::JobPlanned, Attach);
    check(Attach, Event::WentTo(Addresses), Attach);
    check(Attach, Event::WentTo(Plan), Attach);
    let resting = at(Attach).on(rested(29, false));
    assert_eq!(resting.on(Event::WentTo(Addresses)).screen(), Attach);
    let ended = at(Attach).on(rested(29, true));
    assert_eq!(ended.on(Event::WentTo(Addresses)).screen(), Addresses);
    check(Attach, Event::WentTo(Verify), Verify);
    check(Verify, Event::HeaderJudged(Verified::Used, None), Verify);
    check(Verify, Event::WentTo(SignIn), Choose);
    for screen in [
        Choose, Connector, Review, Add, Ready, Addresses, Plan, Attach, Verify, Done,
    ] {
        check(screen, Event::SignedOut, SignIn);
        check(screen, Event::KeysFailed, SignIn);
        // Nothing leads away from a connector that may be on its way, and a job at work keeps its
        // platform.
        let (away, other) = match screen {
            Add => (Add, Add),
            Attach | Verify | Done => (Choose, Attach),
            _ => (Choose, Connector),
        };
        check(screen, Event::WentTo(Choose), away);
        check(screen, chosen("q"), other);
        let back = at(screen).on(Event::KeysFailed).on(Event::SignedIn);
        assert_eq!(back.screen(), screen, "signed in again");
    }
}

#[test]
fn another_platform_begins_anew_and_the_same_one_does_not() {
    let full = || at(Screen::Verify).on(rested(29, true));
    assert_eq!(full().attached(), ["a@x.org"]);
    let other = full().on(chosen("q"));
    assert!(other.connector().is_none() && other.job().is_none());
    assert!(other.attached().is_empty() && other.verified().is_none());
    assert!(at(Screen::Adding).on(chosen("q")).adding().is_some());
    let ended = at(Screen::Adding).on(Event::AddMoved(adding().interrupted()));
    assert!(ended.on(chosen("q")).adding().is_none());
    assert!(at(Screen::Review).on(chosen("q")).review().is_none());
    // A job at work keeps its platform and its connector.
    let at_work = || at(Screen::Verify);
    for event in [chosen("q"), Event::ConnectorReady(connector(31))] {
        let kept = at_work().on(event);
        assert_eq!(kept.screen(), Screen::Attaching);
        assert_eq!(kept.connector(), Some(&connector(29)));
    }
    let same = full().on(chosen("p"));
    assert_eq!(same.connector(), Some(&connector(29)));
    assert_eq!(same.attached(), ["a@x.org"]);
    let other = full().on(Event::ConnectorReady(connector(31)));
    assert!(other.job().is_none() && other.attached().is_empty());
    // One at rest keeps its connector only: it can be gone on with later.
    let resting = || at(Screen::Verify).on(rested(29, false));
    assert_eq!(resting().on(chosen("q")).screen(), Screen::Connector);
    let kept = resting().on(Event::ConnectorReady(connector(31)));
    assert_eq!(kept.screen(), Screen::Attaching);
}

#[test]
fn what_is_attached_follows_the_jobs() {
    let wizard = at(Screen::Attaching).on(rested(29, true));
    assert_eq!(wizard.attached(), ["a@x.org"]);
    let again = || wizard.clone().on(Event::JobPlanned).on(Event::JobBegan);
    assert_eq!(again().on(rested(29, true)).attached(), ["a@x.org"]);
    assert!(again().on(rested(0, true)).attached().is_empty());
    assert!(again().on(rested(31, true)).attached().is_empty());
    // What nobody carries out settles nothing.
    assert_eq!(wizard.clone().on(rested(0, true)).attached(), ["a@x.org"]);
}

#[test]
fn the_password_goes_once_the_request_is_through() {
    let wizard = at(Screen::Adding);
    assert!(wizard.review().is_some());
    assert!(wizard.on(Event::AddMoved(accepted())).review().is_none());
}

#[test]
fn what_a_header_proved_is_not_taken_back_by_one_that_tells_nothing() {
    use Verified::{NotUsed, Unclear, Used};
    for (judged, expected) in [
        (vec![Unclear], Unclear),
        (vec![Used, Unclear], Used),
        (vec![NotUsed, Unclear, Unclear], NotUsed),
        (vec![Used, NotUsed], NotUsed),
        (vec![NotUsed, Used], Used),
    ] {
        let judge = |wizard: Wizard, verified| wizard.on(Event::HeaderJudged(verified, None));
        let wizard = judged.into_iter().fold(at(Screen::Verify), judge);
        assert_eq!(wizard.verified(), Some(expected));
    }
}

#[test]
fn only_a_verdict_on_the_way_of_a_true_mail_says_how_the_connector_stands() {
    for (verdict, expected) in [
        (Verdict::Used { white_label: true }, Verified::Used),
        (Verdict::NotUsed, Verified::NotUsed),
        (Verdict::OtherRoad, Verified::NotUsed),
        (Verdict::OtherConnector, Verified::NotUsed),
        (Verdict::Forged, Verified::Unclear),
        (Verdict::NotAttached, Verified::Unclear),
        (Verdict::CannotTell(Unclear::NoReceived), Verified::Unclear),
        (Verdict::NotAHeader, Verified::Unclear),
    ] {
        assert_eq!(Verified::from(verdict), expected, "{verdict:?}");
    }
}

#[test]
fn the_chosen_provider_stays_with_the_connector_it_was_chosen_for() {
    let name = |wizard: &Wizard| wizard.provider().map(|provider| provider.name);
    let choose = |name| Event::ProviderChosen(provider::named(name));
    let adding = |wizard: Wizard| {
        wizard
            .on(Event::FormSubmitted(request("p")))
            .on(Event::AddBegan(adding()))
    };
    // No table names Mimecast by this server: only the choice does, over a reload too.
    let wizard = adding(at(Screen::Connector).on(choose("Mimecast")));
    let back = Wizard::from_json_text(&stored(&wizard)).unwrap().restored();
    let added = back.on(Event::ConnectorReady(connector(31)));
    assert_eq!(name(&added), Some("Mimecast"));
    let back = Wizard::from_json_text(&stored(&added)).unwrap().restored();
    assert_eq!(name(&back), Some("Mimecast"));
    // Begun another one, and gone back to this one.
    let same = back
        .on(choose("Brevo"))
        .on(Event::FormSubmitted(request("p")))
        .on(Event::ConnectorReady(connector(31)));
    assert_eq!(name(&same), Some("Mimecast"));
    // One of the list is known by its server alone.
    let other = same.on(Event::ConnectorReady(connector(29)));
    assert_eq!(name(&other), None);
    let mailjet = SendConnector {
        smart_host: Some("in-v3.mailjet.com".into()),
        ..connector(32)
    };
    let other = other.on(Event::ConnectorReady(mailjet));
    assert_eq!(name(&other), Some("Mailjet"));
}

#[test]
fn keys_that_fail_leave_no_call_waiting_for_its_answer() {
    let mut job = adding();
    job.next(0);
    let wizard = at(Screen::Adding).on(Event::AddMoved(job));
    assert_eq!(
        wizard.adding().map(Adding::stage),
        Some(&adding::Stage::Sent)
    );
    let back = wizard.on(Event::KeysFailed).on(Event::SignedIn);
    assert_eq!(
        back.adding().map(Adding::stage),
        Some(&adding::Stage::InDoubt)
    );
}

fn stored(wizard: &Wizard) -> String {
    wizard.to_json_text()
}

#[test]
fn a_stored_form_that_somebody_bent_still_comes_back_sane() {
    for json in [
        r#"{"screen":"done","signed_in":true}"#,
        r#"{"screen":"review","signed_in":true}"#,
        r#"{"screen":"adding"}"#,
        r#"{"signed_in":true}"#,
        r#"{"screen":"ready","signed_in":true,"connector":{"id":1},"unknown":[]}"#,
        r#"{"screen":"attaching","signed_in":true,"connector":{},
            "platform":{"platform":{"organization":"p","service":"p"},"service":{}}}"#,
        "{}",
    ] {
        let wizard = Wizard::from_json_text(json);
        let Some(wizard) = wizard.map(Wizard::restored) else {
            panic!("{json}")
        };
        check_premises(&wizard);
    }
}

#[test]
fn a_stored_wizard_of_another_build_is_no_wizard() {
    let full = stored(&at(Screen::Verify).on(rested(29, false)));
    assert!(Wizard::from_json_text(&full).is_some());
    for (part, other) in [
        (r#""screen":"verify""#, r#""screen":"moon""#),
        (r#""job":"resting""#, r#""job":"asleep""#),
        (r#""organization""#, r#""organisation""#),
        (r#"["a@x.org"]"#, "7"),
    ] {
        assert!(full.contains(part), "{part} {full}");
        let bent = full.replace(part, other);
        assert!(Wizard::from_json_text(&bent).is_none(), "{other}");
    }
    for text in ["", "[]", "7", "null", &full[1..]] {
        assert!(Wizard::from_json_text(text).is_none(), "{text}");
    }
}

#[test]
fn a_request_that_was_given_up_in_doubt_is_remembered() {
    let mut job = adding();
    let mut now = 0;
    for _ in 0..200 {
        match job.next(now) {
            Next::Send(adding::Question::Add) => job.heard(now, Heard::Failed(Error::Blocked)),
            Next::Send(_) => job.heard(now, Heard::Failed(Error::Offline)),
            Next::Wait { until } => now = until,
            Next::Finished => break,
        }
    }
    assert!(job.has_ended() && job.leaves_doubt());
    let wizard = at(Screen::Adding)
        .on(Event::AddMoved(job))
        .on(Event::AddGivenUp);
    assert_eq!(wizard.screen(), Screen::Review);
    assert!(wizard.may_be_there());
    let wizard = Wizard::from_json_text(&stored(&wizard)).unwrap();
    assert!(wizard.may_be_there(), "over a reload");
}
