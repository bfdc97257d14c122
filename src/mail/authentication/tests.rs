use super::*;
use crate::mail::header;

fn found(text: &str) -> Authentication {
    read(&header::read(text))
}

#[test]
fn spf_is_read_from_both_fields() {
    let check = |input: &str, expected: (Outcome, &str, &str, &str)| {
        let spf = found(input).of(Method::Spf).next().unwrap().clone();
        let (outcome, client, domain, by) = expected;
        let part = |part: &Option<String>| part.clone().unwrap_or_else(|| "-".into());
        assert_eq!(spf.outcome, outcome, "{input}");
        assert_eq!(spf.client, Ip::read(client).map(|(ip, _)| ip), "{input}");
        assert_eq!(part(&spf.domain), domain, "{input}");
        assert_eq!(part(&spf.said.by), by, "{input}");
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
        .of(Method::Dkim)
        .map(|dkim| (dkim.outcome, dkim.domain.as_deref()))
        .collect();
    assert_eq!(
        findings,
        [
            (Outcome::Pass, Some("a.example")),
            (Outcome::Fail, Some("b.example"))
        ]
    );
    let signatures = found.signatures.iter();
    let signatures: Vec<_> = signatures
        .map(|signature| (signature.domain.as_str(), signature.is_seal))
        .collect();
    assert_eq!(signatures, [("a.example", false), ("google.com", true)]);
}

#[test]
fn the_newest_return_path_counts() {
    let found =
        found("Return-Path: <b-1-anna=a.example@p.example>\nReturn-Path: <old@b.example>\n");
    let path = found.return_path.unwrap();
    assert_eq!(
        (path.address.as_str(), path.carried().as_deref()),
        ("b-1-anna=a.example@p.example", Some("anna@a.example"))
    );
}

#[test]
fn dmarc_and_arc_are_read_with_who_says_so() {
    let found = found(
        "Authentication-Results: mx.example; arc=pass (i=1 spf=pass);\n dmarc=fail (p=REJECT sp=NONE dis=NONE) header.from=a.example\n\
         ARC-Authentication-Results: i=2; list.example;\n spf=pass smtp.mailfrom=b@c.example; dmarc=pass header.from=a.example header.policy=none\n\
         Authentication-Results: none.example; none\n",
    );
    let by = |said: &Said| (said.by.clone(), said.instance);
    let recipient = (Some("mx.example".to_owned()), None);
    let carried = (Some("list.example".to_owned()), Some(2));
    let of = |method| found.of(method).collect::<Vec<_>>();
    let (arc, spf) = (of(Method::Arc), of(Method::Spf));
    assert_eq!((arc.len(), spf.len()), (1, 1));
    assert_eq!(
        (arc[0].outcome, by(&arc[0].said)),
        (Outcome::Pass, recipient.clone())
    );
    assert_eq!(by(&spf[0].said), carried);
    let dmarc: Vec<_> = found
        .of(Method::Dmarc)
        .map(|dmarc| {
            (
                dmarc.outcome,
                dmarc.domain.as_deref(),
                dmarc.policy.as_deref(),
                by(&dmarc.said),
            )
        })
        .collect();
    assert_eq!(
        dmarc,
        [
            (Outcome::Fail, Some("a.example"), Some("REJECT"), recipient),
            (Outcome::Pass, Some("a.example"), Some("none"), carried),
        ]
    );
}

#[test]
fn alignment_is_of_registered_domains() {
    let check = |one: &str, other: &str, expected: bool| {
        assert_eq!(is_aligned(one, other), expected, "{one} {other}");
    };
    check("a.example", "A.Example", true);
    check("bounce.mail.a.example", "a.example", true);
    check("a.co.uk", "b.co.uk", false);
    check("a.example", "b.example", false);
    check("", "", false);
    check("vps-1.vps.ovh.net", "vps-2.vps.ovh.net", false);
}
