//! What is different about a connector: before and after a change, and what somebody else changed
//! while the form was open.

use super::connector_form::Field;
use crate::ovh::exchange::{ConnectorChanges, Mechanism, SendConnector};

/// What a field holds, to be put in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setting {
    /// OVHcloud shows nothing.
    Nothing,
    Text(String),
    Number(u64),
    Switch(bool),
    Mechanism(Mechanism),
}

/// One field that a change concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    pub field: Field,
    pub before: Setting,
    pub after: Setting,
}

/// One field that is no longer as it was when the form was opened, or that the form changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meanwhile {
    pub field: Field,
    /// As it was read when the form was opened.
    pub first: Setting,
    /// As it was read just now.
    pub now: Setting,
    /// As it was typed, where the form changes it at all.
    pub wanted: Option<Setting>,
}

/// The fields that these changes concern, in the order of the form.
pub fn before_and_after(connector: &SendConnector, changes: &ConnectorChanges) -> Vec<Changed> {
    let (before, after) = (settings(connector), wanted(changes));
    let pairs = before.into_iter().zip(after);
    pairs
        .filter_map(|((field, before), after)| {
            after.map(|after| Changed {
                field,
                before,
                after,
            })
        })
        .collect()
}

/// What became different from `first` to `now` and what `changes` would make different, in the order
/// of the form: whoever confirms it sees all that is sent.
pub fn meanwhile(
    first: &SendConnector,
    now: &SendConnector,
    changes: &ConnectorChanges,
) -> Vec<Meanwhile> {
    let fields = settings(first).into_iter().zip(settings(now));
    fields
        .zip(wanted(changes))
        .filter(|(((_, first), (_, now)), wanted)| first != now || wanted.is_some())
        .map(|(((field, first), (_, now)), wanted)| Meanwhile {
            field,
            first,
            now,
            wanted,
        })
        .collect()
}

/// What a connector shows of its settings, in the order of the form.
pub fn settings(connector: &SendConnector) -> [(Field, Setting); 6] {
    let text = |text: Option<&String>| text.cloned().map_or(Setting::Nothing, Setting::Text);
    let number = |number: Option<u64>| number.map_or(Setting::Nothing, Setting::Number);
    let switch = connector.require_tls;
    let mechanism = connector.mechanism().map(Setting::Mechanism);
    let word = || text(connector.smart_host_auth_mechanism.as_ref());
    [
        (Field::SmartHost, text(connector.smart_host.as_ref())),
        (Field::Port, number(connector.port)),
        (Field::Mechanism, mechanism.unwrap_or_else(word)),
        (
            Field::RequireTls,
            switch.map_or(Setting::Nothing, Setting::Switch),
        ),
        (Field::DisplayName, text(connector.display_name.as_ref())),
        (Field::MaxSendSize, number(connector.max_send_size)),
    ]
}

/// In the order of [`settings`].
fn wanted(changes: &ConnectorChanges) -> [Option<Setting>; 6] {
    let number = |number: Option<u16>| number.map(|number| Setting::Number(number.into()));
    [
        changes.smart_host.clone().map(Setting::Text),
        number(changes.port),
        None,
        changes.require_tls.map(Setting::Switch),
        changes.display_name.clone().map(Setting::Text),
        number(changes.max_send_size),
    ]
}

#[cfg(test)]
mod tests {
    use super::{Changed, Meanwhile, Setting, before_and_after, meanwhile};
    use crate::ovh::exchange::{ConnectorChanges, Mechanism, SendConnector};
    use crate::wizard::connector_form::Field;

    fn connector() -> SendConnector {
        SendConnector {
            display_name: Some("Newsletter".into()),
            smart_host: Some("smtp.example.com".into()),
            port: Some(587),
            require_tls: Some(true),
            smart_host_auth_mechanism: Some("basicAuthRequireTLS".into()),
            ..SendConnector::default()
        }
    }

    fn text(text: &str) -> Setting {
        Setting::Text(text.into())
    }

    #[test]
    fn before_and_after_has_what_is_sent_and_nothing_else() {
        let changes = ConnectorChanges {
            smart_host: Some("relay.example.org".into()),
            require_tls: Some(false),
            max_send_size: Some(50),
            ..ConnectorChanges::default()
        };
        let pair = |field, before, after| Changed {
            field,
            before,
            after,
        };
        let expected = [
            pair(
                Field::SmartHost,
                text("smtp.example.com"),
                text("relay.example.org"),
            ),
            pair(
                Field::RequireTls,
                Setting::Switch(true),
                Setting::Switch(false),
            ),
            pair(Field::MaxSendSize, Setting::Nothing, Setting::Number(50)),
        ];
        assert_eq!(before_and_after(&connector(), &changes), expected);
        assert!(before_and_after(&connector(), &ConnectorChanges::default()).is_empty());
    }

    #[test]
    fn shows_what_somebody_else_changed_beside_what_was_typed() {
        let now = SendConnector {
            port: Some(25),
            display_name: Some("Post".into()),
            smart_host_auth_mechanism: Some("none".into()),
            // Neither is anybody's setting.
            task_pending_id: Some(7),
            last_update_date: Some("2026-01-01T00:00:00+01:00".into()),
            ..connector()
        };
        let changes = ConnectorChanges {
            port: Some(2525),
            max_send_size: Some(50),
            ..ConnectorChanges::default()
        };
        let expected = [
            Meanwhile {
                field: Field::Port,
                first: Setting::Number(587),
                now: Setting::Number(25),
                wanted: Some(Setting::Number(2525)),
            },
            Meanwhile {
                field: Field::Mechanism,
                first: Setting::Mechanism(Mechanism::BasicOverTls),
                now: Setting::Mechanism(Mechanism::None),
                wanted: None,
            },
            Meanwhile {
                field: Field::DisplayName,
                first: text("Newsletter"),
                now: text("Post"),
                wanted: None,
            },
            Meanwhile {
                field: Field::MaxSendSize,
                first: Setting::Nothing,
                now: Setting::Nothing,
                wanted: Some(Setting::Number(50)),
            },
        ];
        assert_eq!(meanwhile(&connector(), &now, &changes), expected);
        let nothing = ConnectorChanges::default();
        assert!(meanwhile(&connector(), &connector(), &nothing).is_empty());
    }
}
