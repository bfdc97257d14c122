use super::{ConnectorForm, host_form, whole_hosts};
use crate::mail::provider;
use crate::ovh::exchange::Mechanism;

/// What the four fields hold that a provider fills in.
fn filled(form: &ConnectorForm) -> (&str, &str, Mechanism, &str) {
    let ConnectorForm {
        smart_host,
        port,
        mechanism,
        max_send_size,
        ..
    } = form;
    (smart_host, port, *mechanism, max_send_size)
}

#[test]
fn a_provider_fills_in_what_is_known_of_it() {
    let start = ConnectorForm::default();
    let check = |name: &str, expected| {
        let form = ConnectorForm::default().for_provider(name, &start);
        assert_eq!(filled(&form), expected, "{name}");
        assert_eq!(form.provider().map(|known| known.name), Some(name));
    };
    let tls = Mechanism::BasicOverTls;
    check("Brevo", ("smtp-relay.brevo.com", "587", tls, "100"));
    check("SendGrid", ("smtp.sendgrid.net", "587", tls, "30"));
    check("SMTP2GO", ("mail.smtp2go.com", "2525", tls, "50"));
    // Commonly said to be 15 MB, but no document confirms it.
    check("Mailjet", ("in-v3.mailjet.com", "587", tls, "100"));
    // The region is the customer's.
    check("Amazon SES", ("", "587", tls, "100"));
    check("Mimecast", ("", "587", Mechanism::None, "100"));
    check("Altospam", ("", "587", tls, "100"));
    let ses = provider::named("Amazon SES").unwrap();
    assert_eq!(
        host_form(&ses.preset).as_deref(),
        Some("email-smtp.REGION.amazonaws.com")
    );
    let mailgun = provider::named("Mailgun").unwrap();
    let hosts: Vec<_> = whole_hosts(&mailgun.preset).collect();
    assert_eq!(hosts, ["smtp.mailgun.org", "smtp.eu.mailgun.org"]);
}

#[test]
fn a_port_that_the_provider_is_not_known_for_is_told_with_those_that_it_has() {
    let check = |host: &str, port: &str, expected: Option<(&str, Vec<u16>)>| {
        let form = ConnectorForm {
            smart_host: host.into(),
            port: port.into(),
            ..ConnectorForm::default()
        };
        let said = form.ports_instead();
        let said = said.map(|(provider, ports)| (provider.name, ports));
        assert_eq!(said, expected, "{host} {port}");
    };
    // Of those in the table, a connector cannot use 465.
    let brevo = || Some(("Brevo", vec![587, 2525]));
    check("smtp-relay.brevo.com", "588", brevo());
    check("smtp-relay.brevo.com", "25", brevo());
    check("smtp-relay.brevo.com", "2525", None);
    // What cannot be a port is complained of elsewhere.
    check("smtp-relay.brevo.com", "465", None);
    check("smtp-relay.brevo.com", "", None);
    check("smtp-relay.brevo.com", "smtp", None);
    check("relay.example.com", "588", None);
}

#[test]
fn a_provider_changes_nothing_that_was_typed() {
    let start = ConnectorForm {
        display_name: "Ours".into(),
        max_send_size: "20".into(),
        ..ConnectorForm::default()
    };
    let typed = ConnectorForm {
        port: "25".into(),
        user: "office".into(),
        password: "secret".into(),
        ..start.clone()
    };
    let tls = Mechanism::BasicOverTls;
    let form = typed.clone().for_provider("SendGrid", &start);
    assert_eq!(filled(&form), ("smtp.sendgrid.net", "25", tls, "30"));
    assert_eq!(form.user, "office");
    assert_eq!(form.password, "secret");
    assert_eq!(form.display_name, "Ours");
    // What one provider filled in, the next one replaces, and none takes back.
    let form = form.for_provider("SMTP2GO", &start);
    assert_eq!(filled(&form), ("mail.smtp2go.com", "25", tls, "50"));
    let form = form.for_provider("Mimecast", &start);
    assert_eq!(filled(&form), ("", "25", Mechanism::None, "20"));
    let form = form.for_provider("", &start);
    assert!(form == typed);
    // A draft that comes back after a reload is told apart in the same way.
    let draft = typed.for_provider("SendGrid", &start).to_json();
    let back = ConnectorForm::from_json(&draft).unwrap();
    let form = back.for_provider("Brevo", &start);
    assert_eq!(filled(&form), ("smtp-relay.brevo.com", "25", tls, "20"));
}

#[test]
fn the_server_says_more_about_the_provider_than_the_choice() {
    let check = |chosen: &str, host: &str, expected: Option<&str>| {
        let form = ConnectorForm {
            provider: chosen.into(),
            smart_host: host.into(),
            ..ConnectorForm::default()
        };
        let name = form.provider().map(|known| known.name);
        assert_eq!(name, expected, "{chosen} {host}");
    };
    check("", "", None);
    check("", "smtp.example.com", None);
    check("", " SMTP-relay.Brevo.com. ", Some("Brevo"));
    check("", "email-smtp.eu-west-1.amazonaws.com", Some("Amazon SES"));
    check("Mimecast", "smtp.example.com", Some("Mimecast"));
    check("Mimecast", "smtp.sendgrid.net", Some("SendGrid"));
    check("Nobody", "", None);
}
