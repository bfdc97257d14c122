use super::*;

#[test]
fn addresses_are_read_in_all_spellings() {
    let check = |input: &str, expected: Option<(&str, bool)>| {
        let read = Ip::read(input);
        let got = read.as_ref().map(|(ip, text)| (*text, ip.is_possible()));
        assert_eq!(got, expected, "{input}");
    };
    check("192.0.2.1", Some(("192.0.2.1", true)));
    check("[192.0.2.1]", Some(("192.0.2.1", true)));
    check("[192.0.2.1]:50999", Some(("192.0.2.1", true)));
    check("192.0.2.1:23198", Some(("192.0.2.1", true)));
    check("192.0.2.1.63559", Some(("192.0.2.1", true)));
    check("11.22.333.44", Some(("11.22.333.44", false)));
    check("1.2.3", None);
    check("1.2.3.4.5.6", None);
    check("1.2.3.x", None);
    check("2001:db8::1", Some(("2001:db8::1", true)));
    check("IPv6:2001:db8::1", Some(("2001:db8::1", true)));
    check("[IPv6:::1]", Some(("::1", true)));
    check("[fe80::1%4]", Some(("fe80::1", true)));
    check("::ffff:192.0.2.1", Some(("::ffff:192.0.2.1", true)));
    check("2001:db8:0:0:0:0:0:1", Some(("2001:db8:0:0:0:0:0:1", true)));
    check(
        "2001:db8:face:0000:002f:0000:1:2",
        Some(("2001:db8:face:0000:002f:0000:1:2", true)),
    );
    check("::", Some(("::", true)));
    check("2001:db8::1::2", None);
    check("2001:db8:1", None);
    check("1:2:3:4:5:6:7:8:9", None);
    check("1:2:3:4:5:6:7:8:", None);
    check("1:2:3:4:5:6:7:00008", None);
    check("1::2:3:4:5:6:7:8", None);
    check("::ffff:192.0.2.256", None);
    check("07:51:02", None);
    check("?.?.?.?", None);
    check("", None);
    check("fe80", None);
}

#[test]
fn one_address_has_many_spellings() {
    let check = |one: &str, other: &str, expected: bool| {
        let number = |text| Ip::read(text).unwrap().0;
        assert_eq!(number(one) == number(other), expected, "{one} and {other}");
    };
    check("::ffff:192.0.2.1", "192.0.2.1", true);
    check("2001:DB8:0:0::1", "2001:db8::1", true);
    check("11.22.333.44", "11.22.333.44", true);
    check("11.22.333.44", "11.22.333.45", false);
    check("192.0.2.1", "192.0.2.2", false);
}

#[test]
fn private_addresses_are_told_from_public_ones() {
    let check = |address: &str, expected: bool| {
        assert_eq!(
            Ip::read(address).unwrap().0.is_private(),
            expected,
            "{address}"
        );
    };
    for private in [
        "10.1.2.3",
        "127.0.0.1",
        "172.16.0.1",
        "172.31.9.9",
        "192.168.1.2",
        "169.254.0.1",
        "100.64.0.1",
        "100.127.140.169",
    ] {
        check(private, true);
    }
    for private in ["::1", "fe80::1%4", "fd00::12", "fc00::1", "::ffff:10.0.0.1"] {
        check(private, true);
    }
    for public in [
        "192.0.2.1",
        "172.32.0.1",
        "100.128.0.1",
        "11.22.333.44",
        "2001:db8::1",
        "::2",
        "fec0::1",
    ] {
        check(public, false);
    }
    assert!(Ip::read("0.0.0.0").unwrap().0.is_unspecified());
    assert!(Ip::read("::").unwrap().0.is_unspecified());
    assert!(!Ip::read("::1").unwrap().0.is_unspecified());
}

#[test]
fn the_mail_address_is_found_in_a_field() {
    let check = |input: &str, expected: Option<&str>| {
        assert_eq!(mailbox(input).as_deref(), expected, "{input}");
    };
    check("Anna <anna@a.example>", Some("anna@a.example"));
    check("\"a@b <c>\" <anna@a.example>", Some("anna@a.example"));
    check("anna@a.example", Some("anna@a.example"));
    check("anna@a.example (Anna)", Some("anna@a.example"));
    check("<mailto:anna@a.example>", Some("anna@a.example"));
    check("< anna@a.example >", Some("anna@a.example"));
    check(
        "a@x.example (Office, \"<b@y.example>\")",
        Some("a@x.example"),
    );
    check("(Office, <b@y.example>) a@x.example", Some("a@x.example"));
    check("(a \") <b@y.example> (\") a@x.example", Some("b@y.example"));
    check("(a \\) <b@y.example>) a@x.example", Some("a@x.example"));
    check("(a (b) <b@y.example>) <a@x.example>", Some("a@x.example"));
    check(
        "\"A \\\" <b@y.example>\" <a@x.example>",
        Some("a@x.example"),
    );
    check("\"Anna <anna@a.example>", Some("anna@a.example"));
    check("Anna (Office <anna@a.example>", Some("anna@a.example"));
    check("\"anna@a.example\"", Some("anna@a.example"));
    check("<\"anna\"@a.example>", Some("\"anna\"@a.example"));
    check("<>", None);
    check("<a@>", None);
    check("undisclosed", None);
    check("@", None);
}

#[test]
fn rewritten_senders_carry_an_address() {
    let check = |input: &str, expected: Option<&str>| {
        assert_eq!(carried(input).as_deref(), expected, "{input}");
    };
    check(
        "bounces-249164590-newsletter=mydomain.ovh@sender-id.example.com",
        Some("newsletter@mydomain.ovh"),
    );
    check(
        "bounce+474217.804f2-anna=a.example@mg.b.example",
        Some("anna@a.example"),
    );
    check(
        "SRS0=aB1c=ND=a.example=anna@forwarder.example",
        Some("anna@a.example"),
    );
    check(
        "srs1=xy=first.example==hash=nd=a.example=anna@second.example",
        Some("anna@a.example"),
    );
    check("anna@a.example", None);
    check("a=b@c.example", None);
    check("=a.b@c.example", None);
    check("", None);
}

#[test]
fn the_registered_domain_is_found() {
    let check = |input: &str, expected: &str| assert_eq!(registrable(input), expected, "{input}");
    check("smtp-relay.example.com", "example.com");
    check("example.com.", "example.com");
    check("com", "com");
    check("", "");
    check("mail.shop.co.uk", "shop.co.uk");
    check("shop.co.uk", "shop.co.uk");
    check("co.uk", "co.uk");
    check("a.b.asso.fr", "b.asso.fr");
    check("mail.co.example", "co.example");
    check("mail.me.com", "me.com");
    check("vps-1.vps.ovh.net", "vps-1.vps.ovh.net");
    check("5.mo551.mail-out.ovh.net", "5.mo551.mail-out.ovh.net");
    check(
        "email-smtp.eu-west-1.amazonaws.com",
        "email-smtp.eu-west-1.amazonaws.com",
    );
}

#[test]
fn a_domain_ends_at_a_dot() {
    let check = |host: &str, domain: &str, expected: bool| {
        assert_eq!(is_under(host, domain), expected, "{host} {domain}");
    };
    check("a.mailgun.net", "mailgun.net", true);
    check("MAILGUN.net", "mailgun.net", true);
    check("notmailgun.net", "mailgun.net", false);
    check("net", "mailgun.net", false);
    check("mailgun.net", "", false);
    check("é.net", "net", true);
}
