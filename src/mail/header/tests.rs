use super::*;

/// The fields as `name=value on one line`, then the strays, then how much is body.
fn outline(text: &str) -> (Vec<String>, Vec<&str>, &str) {
    let header = read(text);
    let fields = header
        .fields
        .iter()
        .map(|field| format!("{}={}", field.name, field.text().trim()))
        .collect();
    let strays = header
        .strays
        .iter()
        .map(|range| &text[range.clone()])
        .collect();
    (fields, strays, &text[header.end..])
}

#[test]
fn fields_are_read_from_any_paste() {
    let check =
        |input: &str, expected: &[&str]| assert_eq!(outline(input).0, expected, "{input:?}");
    check("", &[]);
    check("A: 1\nB: 2\n", &["A=1", "B=2"]);
    check("A: 1\r\nB: 2\r\n\r\nC: 3", &["A=1", "B=2"]);
    check("A: 1\rB: 2\r", &["A=1", "B=2"]);
    check(
        "A: 1\n  more\n\tand more\nB: 2",
        &["A=1  more\tand more", "B=2"],
    );
    check(
        "A: 1\nlost indentation\nB: 2",
        &["A=1 lost indentation", "B=2"],
    );
    check("    A: 1\n      more\n    B: 2", &["A=1      more", "B=2"]);
    check("> A: 1\n>  more\n> B: 2", &["A=1 more", "B=2"]);
    check("&gt; A: 1\n&gt; B: 2", &["A=1", "B=2"]);
    check("A:\nB:   \nC : x", &["A=", "B=", "C=x"]);
    check("\u{feff}A: 1", &["A=1"]);
    check(
        "A: 1\n\nB: 2\n\nC: 3\n\n\n\nbody: no",
        &["A=1", "B=2", "C=3"],
    );
    check("A: 02:14:06 \u{2013}0700", &["A=02:14:06 -0700"]);
    check(
        "A: 1\n  more\n\nB: 2\n  more\n\nC: 3\n\n\nbody: no",
        &["A=1  more", "B=2  more", "C=3"],
    );
    check("<pre><code>A: &lt;a@b&gt; &amp;amp;", &["A=<a@b> &amp;"]);
    check(
        "Subject: x\nTo: y\n\nReceived: from a by b\n\nbody",
        &["Subject=x", "To=y", "Received=from a by b"],
    );
    check(
        "Subject: x\nTo: y\n\nSee:\n\nthis\nReceived: by b\n\nbody",
        &["Received=by b"],
    );
    check(
        "Subject: x\n\nHe wrote:\nsee\n> Received: by b\n>\n> From: z\n>\n> Date: 1",
        &["Received=by b", "From=z", "Date=1"],
    );
    check(
        "Subject: x\nMIME-Version: 1.0\n\n--part\n\nReceived: of an attached one",
        &["Subject=x", "MIME-Version=1.0"],
    );
    check(
        "Header:\nas said\n\nReceived: by b\nTo: y\n\nFrom: body",
        &["Header=as said", "Received=by b", "To=y"],
    );
    check(
        "> Subject: x\n>\n> see\n>\n> Received: by b",
        &["Received=by b"],
    );
    check(
        "Received: by b\nTo: y\n\nReceived: from body",
        &["Received=by b", "To=y"],
    );
    check(
        "from a by b\n    Received: from c by d",
        &["Received=from c by d"],
    );
}

#[test]
fn a_line_longer_than_any_holds_several_fields() {
    let long = "x ".repeat(LONGEST_LINE / 2);
    let text = format!(
        "Subject: {long}Received: by a; X-B: 1 To: b see: c D-E : f H: i x-e: 2 Received: of none"
    );
    let expected = [
        &*format!("Subject={}", long.trim_end()),
        "Received=by a;",
        "X-B=1",
        "To=b see: c D-E : f H: i",
        "x-e=2 Received: of none",
    ];
    assert_eq!(outline(&text).0, expected);
    for quote in ["> ", "  "] {
        let text = format!("{quote}Received: by b\n{quote}X-Long: {long}\n{quote}Received: by a");
        let found = outline(&text).0;
        assert_eq!(found.last().map(|last| &**last), Some("Received=by a"));
        assert_eq!(found.len(), 3, "{quote:?}");
    }
    let short = "Subject: x Received: by a To: b";
    assert_eq!(outline(short).0, ["Subject=x Received: by a To: b"]);
}

#[test]
fn what_only_looks_like_a_field_goes_on() {
    let check = |line: &str| {
        let text = format!("Received: by a\n{line}\nTo: b");
        assert_eq!(
            outline(&text).0,
            [&format!("Received=by a {line}"), "To=b"],
            "{line}"
        );
    };
    check("2001:db8::1 with SMTP");
    check("fe80::1) by mx");
    check("a:b:c) by mx");
    check("h=from:to:subject");
    check("10:48:12 +0000");
    check("https://a.example/");
    check("id 1ZC1sl-0006b4-TU; Mon, 06 Jul 2015 10:36:08 +0200");
    check("<a@b.example>: said");
}

#[test]
fn strays_and_body_are_kept_apart() {
    let check = |input: &str, strays: &[&str], body: &str| {
        let (_, found, rest) = outline(input);
        assert_eq!((found.as_slice(), rest), (strays, body), "{input:?}");
    };
    check(
        "<robert@hisdomain.ovh>\n\nA: 1\nB: 2\n\nbody",
        &["<robert@hisdomain.ovh>"],
        "\nbody",
    );
    check(
        "From a@b Tue Mar 12 08:14:10 2024\nA: 1\n",
        &["From a@b Tue Mar 12 08:14:10 2024"],
        "",
    );
    check("only\nwords", &["only", "words"], "");
}

#[test]
fn ranges_stand_where_the_field_stands() {
    let text = "stray\nA: 1\n  more\nB: 2\n";
    let header = read(text);
    let quoted: Vec<_> = header
        .fields
        .iter()
        .map(|field| &text[field.range.clone()])
        .collect();
    assert_eq!(quoted, ["A: 1\n  more", "B: 2"]);
    assert_eq!(header.fields[0].value, " 1\n  more");
}

#[test]
fn reading_stops_at_the_limits() {
    let many = "A: 1\n".repeat(MOST_FIELDS + 1);
    let header = read(&many);
    assert!(header.cut);
    assert_eq!(header.fields.len(), MOST_FIELDS);
    assert!(!read(scan::part(&many, 0, 5 * MOST_FIELDS)).cut);
    let long = format!("A: 1\nB: 2\n\n{many}");
    let header = read(&long);
    assert_eq!((header.cut, header.end), (false, 10));
    let folded = format!("A: 1\n{}", " 1\n".repeat(LIMIT));
    let header = read(&folded);
    assert!(header.cut);
    assert_eq!((header.fields.len(), header.end), (1, LIMIT));
    assert!(read(&"é".repeat(LIMIT)).cut);
}

#[test]
fn bytes_become_text() {
    let check = |bytes: &[u8], expected: &str| assert_eq!(decode(bytes), expected);
    check(b"A: 1", "A: 1");
    check(b"A: \xe9", "A: \u{fffd}");
    check(&[0xff, 0xfe, b'A', 0, 0xe9, 0], "Aé");
    check(&[0xfe, 0xff, 0, b'A', 0xd8, 0], "A\u{fffd}");
    assert!(decode(&vec![b'a'; 5 * LIMIT]).len() <= 2 * LIMIT);
}

#[test]
fn encoded_words_become_text() {
    let check = |input: &str, expected: &str| assert_eq!(decode_words(input), expected, "{input}");
    check("plain", "plain");
    check(
        "=?iso-8859-1?Q?J=F8rn_St=F8ylen?= <a@b>",
        "Jørn Støylen <a@b>",
    );
    check("=?UTF-8?B?UHLDqW5vbQ==?=", "Prénom");
    check("=?utf-8?q?a?= =?utf-8?q?b?= c", "ab c");
    check("=?utf-8*fr?q?a=20b?=", "a b");
    check("=?windows-1251?B?wPLo6g==?=", "=?windows-1251?B?wPLo6g==?=");
    check("=?utf-8?x?a?=", "=?utf-8?x?a?=");
    check("=?utf-8?q?a", "=?utf-8?q?a");
    check("=?", "=?");
    check("=?utf-8?q?=4?=", "=4");
}
