//! What speaks for a verdict and what against it.

use super::*;

#[test]
fn reasons_stand_on_both_sides() {
    let check = |text: &str, supporting: &[Sign], against: &[Sign]| {
        let judgement = judge(text, &ask("smtp.sendgrid.net"));
        for (side, expected) in [(true, supporting), (false, against)] {
            let reasons = judgement.reasons.iter();
            let signs = reasons.filter(|reason| reason.supports == side);
            let signs: Vec<_> = signs.map(|reason| reason.sign).collect();
            assert_eq!(signs, expected, "{text}");
        }
    };
    let spf = "Received-SPF: pass (y.example: domain of b@sendgrid.net) client-ip=192.0.2.7\n";
    let path = "Return-Path: <b@sendgrid.net>\n";
    let used = header(&["o1.sendgrid.net > mx.y.example", "geopod-ismtpd-1"]);
    check(
        &format!("{path}{spf}{used}X-SG-EID: 1\nx-mclm-sbr-processed: true\n"),
        &[
            Sign::HandedOver,
            Sign::InnerHop,
            Sign::SpfPassed,
            Sign::ReturnPath,
            Sign::ProviderField,
            Sign::ConnectorField,
        ],
        &[],
    );
    let not = header(&["5.mo1.mail-out.ovh.net > mx.y.example"]);
    check(
        &format!("{not}X-SG-EID: 1\n"),
        &[Sign::OwnServers],
        &[Sign::ProviderField],
    );
}

#[test]
fn the_recipients_own_findings_are_told_from_others() {
    let way = header(&["o1.sendgrid.net > mx.y.example", "geopod-ismtpd-1"]);
    let results = |by: &str| format!("Authentication-Results: {by} spf=pass; dmarc=pass\n");
    let check = |text: &str, expected: &[bool]| {
        let judgement = judge(text, &ask("smtp.sendgrid.net"));
        let found = judgement.evidence.authentication;
        let own: Vec<_> = found
            .of(Method::Dmarc)
            .map(|dmarc| dmarc.said.own)
            .collect();
        assert_eq!(own, expected, "{text}");
        assert_eq!(
            found.of(Method::Spf).next().unwrap().said.own,
            expected[0],
            "{text}"
        );
    };
    check(&(results("in.y.example;") + &way), &[true]);
    check(&(way.clone() + &results("in.y.example;")), &[true]);
    check(&(results("z.example;") + &way), &[false]);
    check(&(results("") + &way), &[true]);
    check(&(way.clone() + &results("")), &[false]);
    let carried = format!("ARC-{}", results("i=1; mx.y.example;"));
    check(
        &(carried + &results("mx.y.example;") + &way),
        &[false, true],
    );
}

#[test]
fn leave_to_send_is_no_sign_of_the_connector_on_another_way() {
    let check = |hop: &str, expected: &[Sign]| {
        let spf = "Received-SPF: pass client-ip=192.0.2.7\n";
        let judged = judge(
            &(spf.to_owned() + &header(&[hop])),
            &ask("smtp.sendgrid.net"),
        );
        let signs: Vec<_> = judged.reasons.iter().map(|reason| reason.sign).collect();
        assert_eq!(signs, expected, "{hop}");
    };
    check(
        "o1.sendgrid.net > mx.y.example",
        &[Sign::HandedOver, Sign::SpfPassed],
    );
    check("5.mo1.mail-out.ovh.net > mx.y.example", &[Sign::OwnServers]);
}

#[test]
fn the_mark_of_some_connector_speaks_for_the_connector_that_the_way_shows() {
    let check = |hop: &str, expected: Verdict| {
        let mark = "x-mclm-sbr-processed: true\n";
        let judged = judge(&(header(&[hop]) + mark), &ask("smtp.sendgrid.net"));
        assert_eq!(judged.verdict, expected);
        let mut reasons = judged.reasons.iter();
        let mark = reasons.find(|reason| reason.sign == Sign::ConnectorField);
        assert_eq!(mark.map(|mark| mark.supports), Some(true), "{hop}");
    };
    let used = Verdict::Used { white_label: false };
    check("o1.sendgrid.net > mx.y.example", used);
    check("out.b.example > mx.y.example", Verdict::OtherConnector);
}
