use super::*;

#[test]
fn patterns_fit_names() {
    let check = |pattern: &str, name: &str, expected: bool| {
        assert_eq!(matches(pattern, name), expected, "{pattern} {name}");
    };
    check("mailgun.net", "a.mailgun.net", true);
    check("mailgun.net", "amailgun.net", false);
    check("geopod-ismtpd-*", "geopod-ismtpd-3", true);
    check("geopod-ismtpd-*", "x-geopod-ismtpd-3", false);
    check("%%%%%%%%%%%%", "3f9c01d27be4", true);
    check("%%%%%%%%%%%%", "3f9c01d27be4a", false);
    check("%%%%%%%%%%%%", "3f9c01d27beg", false);
    check(
        "email-smtp.*.amazonaws.com",
        "email-smtp.eu-west-1.amazonaws.com",
        true,
    );
    check(
        "bounces+*@em*.*",
        "bounces+1-a=b.example@em11.c.example",
        true,
    );
    check("*", "", true);
    check("*a*b*", "xxaxxbxx", true);
    check("*a*b", "xxaxxbxx", false);
}

#[test]
fn a_provider_is_found_by_its_smart_host_and_its_names() {
    let check = |host: &str, expected: Option<&str>| {
        assert_eq!(
            of_smart_host(host).map(|provider| provider.name),
            expected,
            "{host}"
        );
    };
    for provider in all() {
        assert_eq!(named(provider.name), Some(provider));
        for host in provider.preset.smart_hosts.split_ascii_whitespace() {
            check(&host.replace('*', "eu-west-3"), Some(provider.name));
        }
    }
    check("SMTP.SendGrid.net.", Some("SendGrid"));
    check("in.mailjet.com", Some("Mailjet"));
    check("eu-smtp-outbound-1.mimecast.com", Some("Mimecast"));
    check("smtp-relay.example.com", None);
    check("smtp.gmail.com", None);
    check("ec2-1.amazonaws.com", None);
    check("", None);
    assert_eq!(
        named("sendinblue").map(|provider| provider.name),
        Some("Brevo")
    );
    assert_eq!(
        named(" mandrill ").map(|provider| provider.name),
        Some("Mailchimp Transactional")
    );
    assert_eq!(named("nobody"), None);
}

#[test]
fn every_row_can_be_used() {
    for provider in all() {
        // Of this one no header is known.
        let known = provider.name != "Altospam";
        assert_eq!(!provider.trace.hosts.is_empty(), known, "{}", provider.name);
        let alone = all()
            .iter()
            .filter(|other| other.name == provider.name)
            .count();
        assert_eq!(alone, 1, "{}", provider.name);
        for host in scan::words(provider.trace.hosts, b" ") {
            assert_eq!(of_host(host), Some(provider), "{host}");
        }
        if let Limit::Known(limit) | Limit::Unconfirmed(limit) = provider.preset.limit {
            assert!((1..=100).contains(&limit));
        }
    }
}
