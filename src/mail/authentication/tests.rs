use super::*;
use crate::mail::header;

fn found(text: &str) -> Authentication {
    read(&header::read(text))
}

#[test]
fn spf_is_read_from_both_fields() {
    let check = |input: &str, expected: (Outcome, &str, &str, &str)| {
        let spf = found(input).spf.into_iter().next().unwrap();
        let client = spf.client.map(|client| client.text);
        let part = |part: &Option<String>| part.clone().unwrap_or_else(|| "-".into());
        let got = (
            spf.outcome,
            part(&client),
            part(&spf.domain),
            part(&spf.receiver),
        );
        let expected = (
            expected.0,
            expected.1.to_owned(),
            expected.2.to_owned(),
            expected.3.to_owned(),
        );
        assert_eq!(got, expected, "{input}");
    };
    check(
        "Received-SPF: Pass (mailfrom) identity=mailfrom; client-ip=11.22.333.44; helo=a.example; envelope-from=b=c.example@d.example; receiver=x@y.example",
        (Outcome::Pass, "11.22.333.44", "d.example", "x@y.example"),
    );
    check(
        "Received-SPF: softfail (mx.example: domain of transitioning a@b.example does not designate 192.0.2.1 as permitted sender) client-ip=192.0.2.1;",
        (Outcome::SoftFail, "192.0.2.1", "b.example", "mx.example"),
    );
    check(
        "Received-SPF: None (protection.outlook.com: c.example does not\n designate permitted sender hosts)",
        (Outcome::None, "-", "-", "protection.outlook.com"),
    );
    check(
        "Authentication-Results: spf=pass (sender IP is 192.0.2.1)\n smtp.mailfrom=b.example; dkim=none",
        (Outcome::Pass, "192.0.2.1", "b.example", "-"),
    );
    check(
        "Authentication-Results: mx.example 1; (a;b) dkim=pass header.d=x;\n spf=hardfail (mx.example: \"x;y\") smtp.mailfrom=\"a@b.example\"",
        (Outcome::Fail, "-", "b.example", "mx.example"),
    );
}

#[test]
fn signatures_and_findings_about_them_are_read() {
    let found = found(
        "Authentication-Results: mx.example;\n dkim=pass (1024-bit key; unprotected) header.d=a.example header.i=@a.example;\n dkim=fail header.i=@b.example\n\
         DKIM-Signature: v=1; d=a.example;\n s=mail; bh=x\nARC-Seal: i=1; a=rsa-sha256; d=google.com; s=arc",
    );
    let findings: Vec<_> = found
        .dkim
        .iter()
        .map(|dkim| (dkim.outcome, dkim.domain.as_deref()))
        .collect();
    assert_eq!(
        findings,
        [
            (Outcome::Pass, Some("a.example")),
            (Outcome::Fail, Some("b.example"))
        ]
    );
    assert_eq!(found.signatures[0].domain, "a.example");
    assert_eq!(found.signatures[0].selector.as_deref(), Some("mail"));
    assert_eq!(found.seals[0].domain, "google.com");
}

#[test]
fn the_newest_return_path_counts() {
    let found =
        found("Return-Path: <b-1-anna=a.example@p.example>\nReturn-Path: <old@b.example>\n");
    let path = found.return_path.unwrap();
    assert_eq!(
        (path.address.as_str(), path.carried.as_deref()),
        ("b-1-anna=a.example@p.example", Some("anna@a.example"))
    );
}
