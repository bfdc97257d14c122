use super::*;
use crate::mail::header;

fn hop(value: &str) -> Option<Hop> {
    let text = format!("Received: {value}");
    let header = header::read(&text);
    header.fields.first().and_then(Hop::read)
}

/// What stands behind `Received:`, and: from, helo, reverse, address, by; a dash for what is not
/// there.
const FORMS: &[(&str, &str)] = &[
    (
        "from a.example (b.example [192.0.2.1]) by mx.example (Postfix) with ESMTPS id 1",
        "a.example a.example b.example 192.0.2.1 mx.example",
    ),
    (
        "from a.example (b.example. [192.0.2.1]) by mx.example",
        "a.example a.example b.example 192.0.2.1 mx.example",
    ),
    (
        "from a.example (unknown [192.0.2.1]) by mx.example",
        "a.example a.example - 192.0.2.1 mx.example",
    ),
    (
        "from unknown (HELO a.example) (192.0.2.1) by mx.example",
        "unknown a.example - 192.0.2.1 mx.example",
    ),
    (
        "from b.example (HELO a.example) (192.0.2.1) by mx.example",
        "b.example a.example b.example 192.0.2.1 mx.example",
    ),
    (
        "from b.example ([192.0.2.1] helo=a.example) by mx.example",
        "b.example a.example b.example 192.0.2.1 mx.example",
    ),
    (
        "from [203.0.113.5] (helo=[192.168.0.2]) by mx.example",
        "[203.0.113.5] 192.168.0.2 - 203.0.113.5 mx.example",
    ),
    (
        "from a.example (192.0.2.1) by mx.example (198.51.100.2) with Microsoft SMTP Server id 15",
        "a.example a.example - 192.0.2.1 mx.example",
    ),
    (
        "from a.example (2001:db8::1) by mx.example (2001:db8::2)",
        "a.example a.example - 2001:db8::1 mx.example",
    ),
    (
        "from a.example ([fe80::1%4]) by mx.example ([fe80::2%4]) with mapi id 1",
        "a.example a.example - fe80::1 mx.example",
    ),
    (
        "from a.example [192.0.2.1]:50999 (HELO c.example) by mx.example",
        "a.example c.example a.example 192.0.2.1 mx.example",
    ),
    (
        "from a.example ([192.0.2.1]:50999 \"EHLO c.example\" rhost-flags-OK-OK) by mx.example",
        "a.example c.example a.example 192.0.2.1 mx.example",
    ),
    (
        "from [192.0.2.1]:50999 (HELO c.example) by mx.example",
        "[192.0.2.1] c.example - 192.0.2.1 mx.example",
    ),
    (
        "from a.example(192.0.2.1), claiming to be \"c.example\" by mx.example",
        "a.example c.example a.example 192.0.2.1 mx.example",
    ),
    (
        "from <unknown> (<unknown> []) by 3f9c01d27be4 with HTTP id 1",
        "unknown - - - 3f9c01d27be4",
    ),
    (
        "from a.example (a.example [11.22.333.44]) by mx.example",
        "a.example a.example a.example 11.22.333.44 mx.example",
    ),
    (
        "by oak.example (Postfix, from userid 1000) id 1",
        "- - - - oak.example",
    ),
    (
        "from a.example by mx.example with MailboxResubmission by Filter",
        "a.example a.example - - mx.example",
    ),
    (
        "from a.example by mx.example for <x@y.example> from <z@w.example>",
        "a.example a.example - - mx.example",
    ),
    (
        "from mail pickup service by mx.example with Microsoft SMTPSVC",
        "- - - - mx.example",
    ),
    (
        "(from x@localhost) by mx.example (8.12) id 1",
        "- - - - mx.example",
    ),
    ("(qmail 84907 invoked from network)", "- - - - -"),
    (
        "FROM a.example BY mx.example ID 1",
        "a.example a.example - - mx.example",
    ),
    (
        "from a.example (b.example [192.0.2.1])\n\tby mx.example",
        "a.example a.example b.example 192.0.2.1 mx.example",
    ),
    (
        "from a.example (b.example [192.0.2.1] (may be forged)) by mx.example",
        "a.example a.example b.example 192.0.2.1 mx.example",
    ),
    (
        "from a.example ((((( by mx.example",
        "a.example a.example - - mx.example",
    ),
];

#[test]
fn hops_are_read_in_the_forms_of_many_servers() {
    for (input, expected) in FORMS {
        let hop = hop(&format!("{input}; Tue, 12 Mar 2024 08:14:03 +0000")).unwrap();
        let address = hop.address_text();
        let parts = [hop.from(), hop.helo(), hop.reverse(), address, hop.by()];
        let got = parts.map(|part| if part.is_empty() { "-" } else { part });
        let got = got.join(" ");
        assert_eq!(got, *expected, "{input}");
        assert!(hop.date.is_some(), "{input}");
    }
}

#[test]
fn the_rest_of_a_hop_is_read() {
    let hop = hop("by geopod-ismtpd-3 (SG) with ESMTP id Hc0 for <x@y.example>\n Tue, 12 Mar 2024 08:14:06.987 +0000 (UTC)").unwrap();
    let rest = [hop.software(), hop.with(), hop.id(), hop.for_()];
    assert_eq!(rest, ["SG", "ESMTP", "Hc0", "x@y.example"]);
    assert_eq!(hop.date.map(|date| date.seconds), Some(1_710_231_246));
    assert_eq!(hop.range, 0..112);
}

#[test]
fn what_is_no_hop_is_none() {
    let check = |input: &str| assert_eq!(hop(input), None, "{input}");
    check("");
    check("apparently");
    check("or is it");
    check("from");
    check("from somewhere");
    check("; Tue, 23 May 2006 13:06:35 -0400");
    check(&"(".repeat(20_000));
}

#[test]
fn encryption_is_told_only_where_the_line_tells() {
    let check = |value: &str, expected: Option<bool>| {
        let read = hop(value).map(|hop| hop.encrypted);
        assert_eq!(read, Some(expected), "{value}");
    };
    for with in [
        "ESMTPS",
        "UTF8SMTPSA",
        "esmtps (TLS1.3) tls TLS_AES_256_GCM_SHA384",
        "ESMTP-TLS",
        "ESMTP/TLS/AES128-GCM-SHA256",
        "(AES256-SHA encrypted) SMTP",
        "AES256-SHA encrypted SMTP",
        "Microsoft SMTP Server (TLS)",
        "Microsoft SMTP Server (version=TLS1_2, cipher=TLS_ECDHE_RSA)",
        "SMTP (TLS-1.0:DHE_RSA_3DES)",
    ] {
        check(
            &format!("from a.example ([192.0.2.1]) by b.example with {with} id 1"),
            Some(true),
        );
    }
    let used = "(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))";
    check(
        &format!("from a.example ([10.0.0.1]) {used} by b.example with ESMTP"),
        Some(true),
    );
    for with in [
        "SMTP",
        "ESMTP",
        "ESMTPA",
        "lmtp",
        "ESMTP (no TLS)",
        "SMTP (not encrypted)",
    ] {
        check(
            &format!("from a.example ([192.0.2.1]) by b.example with {with} id 1"),
            Some(false),
        );
        check(
            &format!("from a.example ([10.0.0.1]) by b.example with {with} id 1"),
            None,
        );
    }
    check("from a.example by b.example with ESMTP", Some(false));
    check("from localhost by b.example with ESMTP", None);
    check(
        "from tls1.example (tls1.example [192.0.2.1]) by b.example with SMTP",
        Some(false),
    );
    check("from a.example ([192.0.2.1]) by b.example with HTTP", None);
    check(
        "from a.example ([192.0.2.1]) by b.example with Microsoft SMTP Server id 14",
        None,
    );
    check(
        "from a.example ([192.0.2.1]) by b.example with mapi id 15",
        None,
    );
    check("from a.example ([192.0.2.1]) by b.example", None);
}
