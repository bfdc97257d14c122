//! What the way comes to.

use super::*;
use crate::mail::authentication::Method;

mod reasons;
mod sender;

const DATE: &str = "; Tue, 12 Mar 2024 08:14:03 +0000\n";
const FROM: &str = "From: Anna <anna@a.example>\nTo: <x@y.example>\n";

fn ask(smart_host: &str) -> Question<'_> {
    Question {
        smart_host,
        ..Question::default()
    }
}

/// Hops from the newest to the oldest, each `from > by`.
fn header(hops: &[&str]) -> String {
    let line = |hop: &&str| {
        let (from, by) = hop.split_once(" > ").unwrap_or(("", hop));
        let from = if from.is_empty() {
            String::new()
        } else {
            format!("from {from} ({from} [192.0.2.7]) ")
        };
        format!("Received: {from}by {by} with ESMTPS id 1{DATE}")
    };
    hops.iter().map(line).collect::<String>() + FROM
}

#[test]
fn the_way_decides() {
    let check = |hops: &[&str], host: &str, expected: Verdict| {
        assert_eq!(
            judge(&header(hops), &ask(host)).verdict,
            expected,
            "{hops:?}"
        );
    };
    let used = |white_label| Verdict::Used { white_label };
    check(
        &["o1.sendgrid.net > mx.y.example"],
        "smtp.sendgrid.net",
        used(false),
    );
    check(
        &["wl.b.example > mx.y.example", "geopod-ismtpd-1"],
        "smtp.sendgrid.net",
        used(true),
    );
    check(
        &["5.mo1.mail-out.ovh.net > mx.y.example"],
        "smtp.sendgrid.net",
        Verdict::NotUsed,
    );
    check(
        &["mail.b.example > mx.y.example"],
        "smtp.sendgrid.net",
        Verdict::OtherRoad,
    );
    check(
        &["mail.b.example > mx.y.example"],
        "smtp.c.example",
        Verdict::CannotTell(Unclear::UnknownHost),
    );
    check(
        &["mail.a.example > mx.y.example"],
        "smtp.c.example",
        Verdict::OtherRoad,
    );
    check(
        &["m1.mailgun.net > mx.y.example"],
        "smtp.sendgrid.net",
        Verdict::OtherRoad,
    );
    check(
        &[
            "m1.mailgun.net > mx.y.example",
            "ex1.mail.ovh.net > x.mailgun.net",
        ],
        "smtp.sendgrid.net",
        Verdict::OtherConnector,
    );
    check(
        &["mx.y.example > store.y.example"],
        "smtp.sendgrid.net",
        Verdict::CannotTell(Unclear::NeverLeft),
    );
    check(
        &[
            "a.mimecast.com > mx.y.example",
            "mail.b.example > b.mimecast.com",
        ],
        "x.mimecast.com",
        Verdict::OtherRoad,
    );
    check(
        &[
            "a.mimecast.com > mx.y.example",
            "mail.a.example > b.mimecast.com",
        ],
        "x.mimecast.com",
        Verdict::CannotTell(Unclear::EitherSide),
    );
    check(
        &[
            "a.mimecast.com > mx.y.example",
            "1.mo1.mail-out.ovh.net > b.mimecast.com",
        ],
        "x.mimecast.com",
        Verdict::NotUsed,
    );
    check(
        &[
            "o1.sendgrid.net > mx.y.example",
            "1.mo1.mail-out.ovh.net > geopod-ismtpd-1",
        ],
        "smtp.sendgrid.net",
        used(false),
    );
    check(
        &["mail.b.example > mx.y.example"],
        "",
        Verdict::CannotTell(Unclear::NoConnector),
    );
    check(
        &["mail.outlook.com > x.outlook.com"],
        "smtp.outlook.com",
        Verdict::CannotTell(Unclear::NeverLeft),
    );
}

#[test]
fn what_is_incomplete_is_said_to_be() {
    let check = |text: &str, expected: Verdict| {
        assert_eq!(
            judge(text, &ask("smtp.sendgrid.net")).verdict,
            expected,
            "{text}"
        );
    };
    check("", Verdict::NotAHeader);
    check("Hello: world\n", Verdict::NotAHeader);
    check("Received: apparently\n", Verdict::NotAHeader);
    check(FROM, Verdict::CannotTell(Unclear::NoReceived));
    check(
        &format!("Received: apparently\n{FROM}"),
        Verdict::CannotTell(Unclear::Unreadable),
    );
    check(
        &header(&["mail.b.example > mx.y.example"]).replace("From:", "X-From:"),
        Verdict::CannotTell(Unclear::NoSender),
    );
    check(
        &header(&["mail.b.example > mx.y.example"]).replace("192.0.2.7", "0.0.0.0"),
        Verdict::CannotTell(Unclear::BlottedOut),
    );
    check(
        &format!("{FROM}{}", "X: y\n".repeat(header::LIMIT)),
        Verdict::CannotTell(Unclear::TooLong),
    );
}

#[test]
fn the_boundary_is_a_hop() {
    let judgement = judge(
        &header(&[
            "mx.y.example > store.y.example",
            "o1.sendgrid.net > mx.y.example",
            "geopod-ismtpd-1",
        ]),
        &ask("smtp.sendgrid.net"),
    );
    assert_eq!(judgement.road.boundary, Some(1));
    assert_eq!(judgement.road.confidence, Confidence::Sure);
    assert_eq!(judgement.road.via.as_deref(), Some("o1.sendgrid.net"));
    assert_eq!(judgement.sender(), Some("anna@a.example"));
}

#[test]
fn the_connectors_hops_are_named() {
    let check = |hops: &[&str], host: &str, expected: &[usize]| {
        let judgement = judge(&header(hops), &ask(host));
        let all = 0..judgement.evidence.hops.len();
        let found: Vec<_> = all
            .filter(|hop| judgement.road.is_connectors(*hop))
            .collect();
        assert_eq!(found, expected, "{hops:?}");
    };
    check(
        &[
            "mx.y.example > store.y.example",
            "o1.sendgrid.net > mx.y.example",
            "geopod-ismtpd-1",
        ],
        "smtp.sendgrid.net",
        &[0, 1],
    );
    check(
        &["wl.b.example > mx.y.example", "geopod-ismtpd-1"],
        "smtp.sendgrid.net",
        &[0, 1],
    );
    check(
        &["5.mo1.mail-out.ovh.net > mx.y.example"],
        "smtp.sendgrid.net",
        &[],
    );
    // The recipient's gateway is never the connector.
    check(
        &[
            "a.mimecast.com > mx.y.example",
            "1.mo1.mail-out.ovh.net > b.mimecast.com",
        ],
        "x.mimecast.com",
        &[],
    );
    check(
        &[
            "a.mimecast.com > mx.y.example",
            "mail.b.example > b.mimecast.com",
        ],
        "x.mimecast.com",
        &[],
    );
}

#[test]
fn a_name_that_was_only_claimed_leaves_a_doubt() {
    let check = |above: &str, from: &str, expected: (Verdict, Confidence)| {
        let hop = format!("Received: from o1.sendgrid.net {from} by mx.y.example id 1{DATE}");
        let judged = judge(&[above, &hop, FROM].concat(), &ask("smtp.sendgrid.net"));
        let found = (judged.verdict, judged.road.confidence);
        assert_eq!(found, expected, "{above}{from}");
    };
    let used = Verdict::Used { white_label: false };
    let spf = |outcome: &str, domain: &str| {
        format!("Received-SPF: {outcome} client-ip=192.0.2.7; envelope-from=b@{domain}\n")
    };
    let (looked_up, claimed) = ("(o1.sendgrid.net [192.0.2.7])", "(unknown [192.0.2.7])");
    check("", looked_up, (used, Confidence::Sure));
    check("", claimed, (used, Confidence::Likely));
    let passed = spf("pass", "sendgrid.net");
    check(&passed, claimed, (used, Confidence::Sure));
    // Leave to send for a domain of one's own says nothing of this one.
    let passed = spf("pass", "z.example");
    check(&passed, claimed, (used, Confidence::Likely));
    let refused = spf("fail", "sendgrid.net");
    check(&refused, looked_up, (used, Confidence::Likely));
    check(&refused, claimed, (Verdict::Forged, Confidence::Unsure));
    // Where the sender's domain does not name the provider yet, that says nothing of the host.
    let not_yet = spf("softfail", "a.example");
    check(&not_yet, looked_up, (used, Confidence::Likely));
    check(&not_yet, claimed, (used, Confidence::Unsure));
}

#[test]
fn ovhclouds_name_may_only_be_claimed_too() {
    let check = |above: &str, name: &str, expected: Confidence| {
        let hop = format!(
            "Received: from 5.mo1.mail-out.ovh.net ({name} [192.0.2.7]) by mx.y.example id 1{DATE}"
        );
        let judged = judge(&[above, &hop, FROM].concat(), &ask("smtp.sendgrid.net"));
        assert_eq!(judged.verdict, Verdict::NotUsed, "{above}{name}");
        assert_eq!(judged.road.confidence, expected, "{above}{name}");
    };
    let refused = "Received-SPF: fail client-ip=192.0.2.7; envelope-from=anna@a.example\n";
    check("", "unknown", Confidence::Sure);
    check(refused, "unknown", Confidence::Likely);
    check(refused, "5.mo1.mail-out.ovh.net", Confidence::Sure);
}

#[test]
fn who_writes_at_the_provider_used_no_connector() {
    let check = |with: &str, expected: Confidence| {
        let inner = format!(
            "Received: from a7.outlook.com (192.0.2.7) by a7.outlook.com with {with} id 1{DATE}"
        );
        let out = header(&["b7.outbound.protection.outlook.com > mx.y.example"]);
        let out = out.replace("From:", &[&inner, "From:"].concat());
        let judged = judge(&out, &ask("smtp.office365.com"));
        assert_eq!(judged.road.confidence, expected, "{with}");
        let is_told = judged.rests_on(Sign::SubmittedElsewhere);
        assert_eq!(is_told, expected == Confidence::Likely, "{with}");
    };
    check("mapi", Confidence::Likely);
    check("HTTPS", Confidence::Likely);
    check("ESMTP", Confidence::Sure);
}

#[test]
fn a_field_that_anybody_can_write_proves_no_connector() {
    let hop = "Received: from smtp.relay.example (x.z.example [192.0.2.7]) by mx.y.example id 1";
    let spf = "Received-SPF: fail client-ip=192.0.2.7; envelope-from=b@z.example\n";
    let field = "x-mclm-sbr-processed: true\n";
    let check = |field: &str, expected: Verdict| {
        let text = [spf, hop, DATE, FROM, field].concat();
        let found = judge(&text, &ask("smtp.relay.example")).verdict;
        assert_eq!(found, expected, "{field}");
    };
    check("", Verdict::Forged);
    check(field, Verdict::CannotTell(Unclear::UnknownHost));
}

#[test]
fn a_port_behind_the_smart_host_is_no_part_of_its_name() {
    let mail = header(&["o1.relay.example > mx.y.example"]);
    for host in ["smtp.relay.example", "smtp.relay.example:587"] {
        let used = Verdict::Used { white_label: false };
        assert_eq!(judge(&mail, &ask(host)).verdict, used, "{host}");
    }
}

#[test]
fn what_the_sender_lets_send_is_not_forged() {
    let from = "Received: from relay.b.example (vps7.host.example [192.0.2.7]) by mx.y.example";
    let check = |marks: &str, smart_host: &str, domain: &str, expected: Verdict| {
        let spf = format!("Received-SPF: pass client-ip=192.0.2.7; envelope-from=b@{domain}\n");
        let text = format!("{spf}{from} with ESMTPS id 1{DATE}{FROM}{marks}");
        assert_eq!(judge(&text, &ask(smart_host)).verdict, expected, "{text}");
    };
    // The connector's own server, by the name that somebody else's network gives its address.
    let used = Verdict::Used { white_label: false };
    check("", "relay.b.example", "a.example", used);
    check("", "relay.b.example", "z.example", Verdict::Forged);
    // A host of the sender's own, perhaps at the provider.
    let unknown = Verdict::CannotTell(Unclear::UnknownHost);
    check("X-SG-EID: x\n", "smtp.sendgrid.net", "a.example", unknown);
    check(
        "X-SG-EID: x\n",
        "smtp.sendgrid.net",
        "z.example",
        Verdict::Forged,
    );
}

#[test]
fn a_white_label_needs_leave_to_send_for_the_sender_or_the_provider() {
    let way = header(&["wl.b.example > mx.y.example", "geopod-ismtpd-1"]);
    for (domain, expected) in [
        ("mail.a.example", Confidence::Sure),
        ("sendgrid.net", Confidence::Sure),
        ("z.example", Confidence::Unsure),
    ] {
        let spf = format!("Received-SPF: pass client-ip=192.0.2.7; envelope-from=b@{domain}\n");
        let judged = judge(&(spf + &way), &ask("smtp.sendgrid.net"));
        assert_eq!(judged.verdict, Verdict::Used { white_label: true });
        assert_eq!(judged.road.confidence, expected, "{domain}");
        let supports = |reason: &Reason| reason.sign == Sign::SpfPassed && reason.supports;
        let is_sure = expected == Confidence::Sure;
        assert_eq!(judged.reasons.iter().any(supports), is_sure, "{domain}");
    }
}

#[test]
fn lines_below_a_hand_in_prove_nothing() {
    let written = format!(
        "Received: from o1.sendgrid.net (o1.sendgrid.net [192.0.2.7]) by home.b.example id 1{DATE}"
    );
    let check = |above: &[&str], below: &str, expected: (Verdict, Confidence)| {
        let lines = |line: &&str| format!("Received: {line}{DATE}");
        let above = above.iter().map(lines).collect::<String>();
        let judged = judge(&[&above, below, FROM].concat(), &ask("smtp.sendgrid.net"));
        let found = (judged.verdict, judged.road.confidence);
        assert_eq!(found, expected, "{above}");
        judged
    };
    let used = Verdict::Used { white_label: false };
    let joined = "from home.b.example (home.b.example [198.51.100.9]) by mail.c.example with";
    check(&[joined], &written, (used, Confidence::Likely));
    let forged = (Verdict::Forged, Confidence::Unsure);
    let hand_in = format!("{joined} ESMTPSA id 2");
    let over =
        "from mail.c.example (mail.c.example [198.51.100.7]) by mx.y.example with ESMTPS id 3";
    for (above, via) in [
        (&[&*hand_in][..], "home.b.example"),
        (&[over, &hand_in], "mail.c.example"),
    ] {
        let judged = check(above, &written, forged);
        assert_eq!(judged.road.via.as_deref(), Some(via));
        assert!(judged.road.deciding.len() > above.len());
        let says = |reason: &Reason| reason.sign == Sign::BegunAnew && reason.supports;
        assert!(judged.reasons.iter().any(says));
    }
    // A mailbox's own store signs in too, and inside a house everybody may.
    for inside in [
        "from mx.b.example (mx.b.example [198.51.100.9]) by store.b.example with LMTPSA id 2",
        "from mx.b.example (mx.b.example [10.0.0.9]) by store.b.example with ESMTPSA id 2",
    ] {
        check(&[inside], &written, (used, Confidence::Sure));
    }
    // So do servers of one house over HTTPS, as Outlook's.
    for (header, of) in [
        (
            include_str!("../../../tests/headers/brevo-to-outlook.txt"),
            4,
        ),
        (include_str!("../../../tests/headers/brevo-to-gmail.txt"), 2),
    ] {
        let judged = judge(header, &ask("smtp-relay.brevo.com"));
        let found = (judged.verdict, judged.road.confidence);
        assert_eq!(found, (used, Confidence::Sure));
        assert!(judged.evidence.hops.len() >= of, "{header}");
    }
    // What OVHcloud lets out after it was handed in has not arrived there before.
    let door = format!(
        "Received: from o1.sendgrid.net (o1.sendgrid.net [192.0.2.7]) by mx1.mail.ovh.net id 1{DATE}"
    );
    let out = "from 5.mo1.mail-out.ovh.net (5.mo1.mail-out.ovh.net [192.0.2.8]) by mx.y.example";
    let client =
        "from pc (198-51-100-9.isp.example [198.51.100.9]) by ex3.mail.ovh.net with ESMTPSA";
    check(&[out, client], &door, (Verdict::NotUsed, Confidence::Sure));
    check(&[out], &door, (used, Confidence::Unsure));
}
