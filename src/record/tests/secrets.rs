//! No secret comes into the record.

use super::{Deed, Entry, Label, Plain, Record, SECRET, connector, done, entry, platform, seen};
use crate::ovh::exchange::{AddConnector, Mechanism, SendConnector, Task};
use crate::run::changing::{Heard, Wish};
use crate::wizard::Verified;
use crate::wizard::authentication_form::AuthenticationForm;
use crate::wizard::connector_form::{ConnectorForm, Field};

/// Whatever is typed into the forms that take a password: the record of it has none, because it is
/// made of what OVHcloud shows. A new deed has to be added here before it compiles.
#[test]
fn no_secret_comes_into_it() {
    let form = ConnectorForm {
        display_name: "Newsletter".into(),
        smart_host: "smtp.example.com".into(),
        user: [SECRET, "-user"].concat(),
        password: SECRET.into(),
        ..ConnectorForm::default()
    };
    let adding: AddConnector = form
        .validate(&platform(), &[])
        .unwrap_or_else(|_| panic!("a valid form"));
    assert!(adding.password.as_deref() == Some(SECRET));
    let form = AuthenticationForm {
        mechanism: Mechanism::Basic,
        user: [SECRET, "-user"].concat(),
        password: SECRET.into(),
    };
    let request = form.validate(&platform(), 29, &connector());
    let mechanism = request.unwrap_or_else(|_| panic!("a valid form")).mechanism;
    let wish = Wish::Authenticate {
        id: 29,
        first: connector(),
        mechanism,
    };
    let basic = SendConnector {
        smart_host_auth_mechanism: Some("basicAuth".into()),
        ..connector()
    };
    let taken = Heard::Taken(Some(Task::default()));
    let job = done(wish, seen(connector()), taken, seen(basic));
    let made_of = |deed: &Deed| match deed {
        // What OVHcloud shows of a connector, numbers, addresses and words of ours.
        Deed::Added(SendConnector { .. })
        | Deed::Deleted(SendConnector { .. })
        | Deed::Edited { .. }
        | Deed::Authenticated {
            mechanism: Mechanism::None | Mechanism::Basic | Mechanism::BasicOverTls,
            ..
        }
        | Deed::Assigned { .. }
        | Deed::Default { .. }
        | Deed::Verified { .. } => true,
    };
    let shown = SendConnector {
        display_name: Some(adding.display_name),
        smart_host: Some(adding.smart_host),
        ..connector()
    };
    let deeds = [
        Some(Deed::Added(shown)),
        Deed::of_change(&job),
        Some(Deed::Verified {
            connector: connector(),
            sender: None,
            verdict: Verified::Used,
        }),
    ];
    let entries: Vec<Entry> = deeds.into_iter().flatten().map(entry).collect();
    assert!(entries.len() == 3 && entries.iter().all(|entry| made_of(&entry.deed)));
    let record = Record { entries };
    for text in [
        record.to_text(&Plain),
        record.to_json().to_string(),
        format!("{record:?}"),
    ] {
        assert!(
            text.contains("Newsletter") && !text.contains("hush"),
            "{text}"
        );
    }
    assert_eq!(
        record
            .to_text(&Plain)
            .matches(&format!("{:?}", Label::Setting(Field::Mechanism)))
            .count(),
        2
    );
}
