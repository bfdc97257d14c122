use super::{ConnectorForm, Field, Kind, Problem};
use crate::config::ConnectorDefaults;
use crate::ovh::exchange::{AddConnector, Mechanism, Platform, SendConnector};

const PASSWORD: &str = " pass word ";

fn platform() -> Platform {
    Platform {
        organization: "private-zz111111-1".into(),
        service: "private-zz111111-1".into(),
    }
}

fn valid() -> ConnectorForm {
    ConnectorForm {
        display_name: "Newsletter".into(),
        smart_host: "smtp.example.com".into(),
        user: "apikey".into(),
        password: PASSWORD.into(),
        ..ConnectorForm::default()
    }
}

/// Changes one thing about a valid form and compares what is wrong then; nothing typed is lost.
fn check(change: impl Fn(&mut ConnectorForm), expected: &[(Field, Kind)]) {
    let mut form = valid();
    change(&mut form);
    let typed = form.clone();
    let problems = form.validate(&platform(), &[]).err().unwrap_or_default();
    let expected: Vec<_> = expected
        .iter()
        .map(|&(field, kind)| Problem { field, kind })
        .collect();
    assert_eq!(problems, expected, "{}", form.to_json());
    assert!(form == typed);
}

fn check_host(host: &str, expected: Option<Kind>) {
    let expected: Vec<_> = expected
        .map(|kind| (Field::SmartHost, kind))
        .into_iter()
        .collect();
    check(|form| form.smart_host = host.into(), &expected);
}

#[test]
fn the_server_is_a_host_name_and_nothing_around_it() {
    for fine in [
        "smtp.example.com",
        "  SMTP.Example.COM.  ",
        "a-b.c1.io",
        "xn--bcher-kva.example",
        "192.0.2.25",
        "1.example",
    ] {
        check_host(fine, None);
    }
    for (host, kind) in [
        ("", Kind::Empty),
        (" \t", Kind::Empty),
        (".", Kind::Empty),
        ("smtp://smtp.example.com", Kind::HasScheme),
        ("https://smtp.example.com/a b", Kind::HasScheme),
        ("smtp example.com", Kind::HasSpace),
        ("me@example.com", Kind::IsEmailAddress),
        ("smtp.example.com/", Kind::HasPath),
        ("smtp.example.com?x", Kind::HasPath),
        ("smtp.example.com#x", Kind::HasPath),
        ("smtp.example.com:587", Kind::HasPort),
        ("smtp.example.com:", Kind::HasPort),
        ("smtp.example.com:x", Kind::NotAHostName),
        ("localhost", Kind::NotAHostName),
        ("smtp..example.com", Kind::NotAHostName),
        (".example.com", Kind::NotAHostName),
        ("-a.example.com", Kind::NotAHostName),
        ("a-.example.com", Kind::NotAHostName),
        ("bücher.example", Kind::NotAHostName),
        ("a_b.example", Kind::NotAHostName),
        ("256.1.1.1", Kind::NotAHostName),
        ("1.2.3", Kind::NotAHostName),
        ("2001:db8::1", Kind::NotAHostName),
    ] {
        check_host(host, Some(kind));
    }
    let label = "a".repeat(63);
    check_host(&format!("{label}.org"), None);
    check_host(&format!("a{label}.org"), Some(Kind::NotAHostName));
    let longest = format!("{label}.{label}.{label}.{}", &label[..61]);
    check_host(&longest, None);
    check_host(&format!("{longest}a"), Some(Kind::NotAHostName));
}

#[test]
fn port_and_size_are_numbers_within_their_bounds() {
    for (text, port, size) in [
        ("", Some(Kind::Empty), Some(Kind::Empty)),
        (" ", Some(Kind::Empty), Some(Kind::Empty)),
        ("x", Some(Kind::NotANumber), Some(Kind::NotANumber)),
        ("-", Some(Kind::NotANumber), Some(Kind::NotANumber)),
        ("+25", Some(Kind::NotANumber), Some(Kind::NotANumber)),
        ("5.5", Some(Kind::NotANumber), Some(Kind::NotANumber)),
        ("٢٥", Some(Kind::NotANumber), Some(Kind::NotANumber)),
        ("0", Some(Kind::OutOfRange), Some(Kind::OutOfRange)),
        ("-25", Some(Kind::OutOfRange), Some(Kind::OutOfRange)),
        ("1", None, None),
        (" 025 ", None, None),
        ("100", None, None),
        ("101", None, Some(Kind::OutOfRange)),
        (
            "465",
            Some(Kind::PortStartsEncrypted),
            Some(Kind::OutOfRange),
        ),
        ("65535", None, Some(Kind::OutOfRange)),
        ("65536", Some(Kind::OutOfRange), Some(Kind::OutOfRange)),
        ("65637", Some(Kind::OutOfRange), Some(Kind::OutOfRange)),
        (
            "99999999999",
            Some(Kind::OutOfRange),
            Some(Kind::OutOfRange),
        ),
    ] {
        let at = |field, kind: Option<Kind>| kind.map(|kind| (field, kind));
        let port = Vec::from_iter(at(Field::Port, port));
        check(|form| form.port = text.into(), &port);
        let size = Vec::from_iter(at(Field::MaxSendSize, size));
        check(|form| form.max_send_size = text.into(), &size);
    }
}

#[test]
fn user_password_and_encryption_fit_the_mechanism() {
    use Mechanism::{Basic, BasicOverTls, None as Without};
    let (user, password) = (Field::User, Field::Password);
    let needs_tls = (Field::RequireTls, Kind::MechanismNeedsTls);
    let not_without = Kind::NotWithoutAuthentication;
    let nothing = [(user, Kind::Empty), (password, Kind::Empty)];
    for (mechanism, who, secret, tls, expected) in [
        (BasicOverTls, "u", "p", true, vec![]),
        (BasicOverTls, "u", "p", false, vec![needs_tls]),
        (Basic, "u", "p", false, vec![]),
        (Basic, "", "", false, nothing.to_vec()),
        (Basic, " ", "", true, nothing.to_vec()),
        (
            BasicOverTls,
            "",
            "",
            false,
            [&nothing[..], &[needs_tls]].concat(),
        ),
        (
            Basic,
            "",
            "p",
            true,
            vec![(user, Kind::PasswordWithoutUser)],
        ),
        (
            Basic,
            "u",
            "",
            true,
            vec![(password, Kind::UserWithoutPassword)],
        ),
        (Without, "", "", false, vec![]),
        (Without, "", "", true, vec![]),
        (Without, "u", "", true, vec![(user, not_without)]),
        (Without, "", "p", true, vec![(password, not_without)]),
        (
            Without,
            "u",
            "p",
            true,
            vec![(user, not_without), (password, not_without)],
        ),
    ] {
        check(
            |form| {
                form.mechanism = mechanism;
                form.user = who.into();
                form.password = secret.into();
                form.require_tls = tls;
            },
            &expected,
        );
    }
}

#[test]
fn a_name_is_needed_and_not_one_that_is_there() {
    check(
        |form| form.display_name = " ".into(),
        &[(Field::DisplayName, Kind::Empty)],
    );
    let existing = |name: &str, host: Option<&str>| SendConnector {
        display_name: Some(name.into()),
        smart_host: host.map(Into::into),
        ..SendConnector::default()
    };
    for (there, taken) in [
        (existing("Newsletter", Some("SMTP.example.com")), true),
        (existing("Newsletter", Some("other.example.com")), false),
        (existing("newsletter", Some("smtp.example.com")), false),
        (existing("Newsletter", None), false),
        (SendConnector::default(), false),
    ] {
        let form = ConnectorForm {
            display_name: " Newsletter ".into(),
            ..valid()
        };
        let problems = form.validate(&platform(), &[there]).err();
        let taken = taken.then(|| {
            vec![Problem {
                field: Field::DisplayName,
                kind: Kind::Taken,
            }]
        });
        assert_eq!(problems, taken);
    }
}

#[test]
fn problems_come_in_the_order_of_the_form_one_a_field() {
    check(
        |form| {
            *form = ConnectorForm {
                port: String::new(),
                max_send_size: "big".into(),
                require_tls: false,
                ..ConnectorForm::default()
            }
        },
        &[
            (Field::SmartHost, Kind::Empty),
            (Field::Port, Kind::Empty),
            (Field::User, Kind::Empty),
            (Field::Password, Kind::Empty),
            (Field::RequireTls, Kind::MechanismNeedsTls),
            (Field::DisplayName, Kind::Empty),
            (Field::MaxSendSize, Kind::NotANumber),
        ],
    );
}

#[test]
fn what_is_valid_becomes_exactly_this_request() {
    let form = ConnectorForm {
        display_name: " Newsletter ".into(),
        smart_host: " SMTP.Example.com. ".into(),
        port: " 2525 ".into(),
        user: " apikey ".into(),
        max_send_size: "50 ".into(),
        ..valid()
    };
    let expected = AddConnector {
        platform: platform(),
        display_name: "Newsletter".into(),
        smart_host: "smtp.example.com".into(),
        port: 2525,
        require_tls: true,
        smart_host_auth_mechanism: Mechanism::BasicOverTls,
        max_send_size: 50,
        user: Some("apikey".into()),
        // Spaces may belong to a password.
        password: Some(PASSWORD.into()),
    };
    assert!(form.validate(&platform(), &[]) == Ok(expected));
    let open = ConnectorForm {
        mechanism: Mechanism::None,
        require_tls: false,
        user: String::new(),
        password: String::new(),
        ..valid()
    };
    let request = open.validate(&platform(), &[]).ok();
    assert!(request.is_some_and(|valid| valid.user.is_none() && valid.password.is_none()));
}

#[test]
fn a_stored_form_keeps_everything_but_the_password() {
    let json = valid().to_json();
    assert!(!json.contains("pass word"));
    let back = ConnectorForm::from_json(&json);
    let expected = ConnectorForm {
        password: String::new(),
        ..valid()
    };
    assert!(back == Some(expected));
    let empty = ConnectorForm::from_json("{}");
    assert!(empty == Some(ConnectorForm::default()));
}

#[test]
fn a_deployment_may_say_where_the_form_starts() {
    let plain = ConnectorForm::starting_from(&ConnectorDefaults::default());
    assert!(plain == ConnectorForm::default());
    let started = ConnectorForm::starting_from(&ConnectorDefaults {
        display_name: Some("Ours".into()),
        smart_host: Some("smtp.ours.example".into()),
        port: Some(25),
        max_send_size: Some(20),
    });
    let expected = ConnectorForm {
        display_name: "Ours".into(),
        smart_host: "smtp.ours.example".into(),
        port: "25".into(),
        max_send_size: "20".into(),
        ..ConnectorForm::default()
    };
    assert!(started == expected);
}
