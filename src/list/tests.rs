use super::{Address, Index, List, Review, addresses_in};

/// The two domains that the tests write in another script; a browser does it for the page.
fn to_ascii(domain: &str) -> Option<String> {
    match domain {
        "müller.example" => Some("xn--mller-kva.example".to_owned()),
        _ => None,
    }
}

const PLATFORM: [&str; 5] = [
    "Anna@example.com",
    "max.muster@example.com",
    "info@xn--mller-kva.example",
    "o'neil@example.com",
    "sales+eu@example.com",
];

fn review_as(text: &str, list: &List) -> Review {
    let index = Index::new(&PLATFORM.map(ToOwned::to_owned), to_ascii);
    let mut review = Review::default();
    for row in list.rows(text) {
        review.take(list, &row, &index, to_ascii);
    }
    review
}

fn review(text: &str) -> Review {
    review_as(text, &List::guess(text))
}

fn lines(entries: &[super::Entry]) -> Vec<(usize, &str)> {
    entries
        .iter()
        .map(|entry| (entry.line, entry.text.as_str()))
        .collect()
}

#[test]
fn an_address_is_found_in_every_form_people_paste() {
    for form in [
        "max.muster@example.com",
        "  MAX.Muster@Example.COM  ",
        "Max Muster <max.muster@example.com>",
        "\"Muster, Max\" <max.muster@example.com>",
        "max.muster@example.com (Max Muster)",
        "<max.muster@example.com>",
        "mailto:max.muster@example.com?subject=x",
        "SMTP:max.muster@example.com",
        "max.muster @ example.com",
        "max.muster@example.com;",
        "'max.muster@example.com'",
        "Max Muster max.muster@example.com",
        "\u{200b}max.muster@example.com\u{a0}",
        "„max.muster@example.com“",
    ] {
        assert_eq!(review(form).found, [1], "{form}");
    }
    for form in [
        "info@müller.example",
        "Info@MÜLLER.example",
        "info@xn--mller-kva.example",
    ] {
        assert_eq!(review(form).found, [2], "{form}");
    }
    assert_eq!(review("O'Neil@example.com").found, [3]);
    assert_eq!(review("sales+eu@example.com").found, [4]);
}

#[test]
fn what_is_not_taken_is_named_with_its_line() {
    let found = review(
        "anna@example.com\n\nnobody@example.com\nANNA@EXAMPLE.COM\nnot an address\n\
         a@@example.com\nx@nowhere\n@example.com\nann a@example.com\nnobody@Example.com\n",
    );
    assert_eq!(found.found, [0]);
    assert_eq!(
        lines(&found.unknown),
        [(3, "nobody@example.com"), (9, "a@example.com")]
    );
    assert_eq!(
        lines(&found.doubled),
        [(4, "ANNA@EXAMPLE.COM"), (10, "nobody@Example.com")]
    );
    assert_eq!(
        lines(&found.invalid),
        [
            (5, "not an address"),
            (6, "a@@example.com"),
            (7, "x@nowhere"),
            (8, "@example.com")
        ]
    );
}

#[test]
fn no_address_that_cannot_be_is_taken() {
    let long = ["a".repeat(65), "@example.com".to_owned()].concat();
    for text in [
        "",
        "a",
        "a@",
        "@b.example",
        "a@b",
        "a@b..example",
        "a@-b.example",
        "a@b.example-",
        ".a@b.example",
        "a.@b.example",
        "a..a@b.example",
        "a b@c.example",
        "a@b_c.example",
        "a@bücher.example",
        &long,
    ] {
        assert_eq!(Address::read(text, to_ascii), None, "{text}");
    }
}

#[test]
fn the_column_with_the_addresses_is_recognised() {
    let text = "Name;Ort;E-Mail\n\"Muster; Max\";Ulm;max.muster@example.com\nAnna;Bonn;anna@example.com\nOtto;Köln;\n";
    let list = List::guess(text);
    assert!(list.has_header);
    assert_eq!(list.columns, ["Name", "Ort", "E-Mail"]);
    assert_eq!(list.column, Some(2));
    let found = review(text);
    assert_eq!(found.found, [1, 0]);
    assert_eq!(lines(&found.invalid), [(4, "Otto Köln ")]);
}

#[test]
fn a_wrong_guess_can_be_corrected() {
    let text = "anna@example.com,max.muster@example.com\nnobody@example.com,o'neil@example.com\n";
    let mut list = List::guess(text);
    assert_eq!((list.has_header, list.column), (false, None));
    assert_eq!(review_as(text, &list).found, [0, 1, 3]);
    list.column = Some(1);
    assert_eq!(review_as(text, &list).found, [1, 3]);
    list.has_header = true;
    assert_eq!(review_as(text, &list).found, [3]);
    list.column = Some(7);
    assert_eq!(review_as(text, &list).invalid.len(), 1);
}

#[test]
fn recipients_of_a_mail_are_taken_all() {
    let text = "Anna <anna@example.com>; Max <max.muster@example.com>; o'neil@example.com";
    assert_eq!(review(text).found, [0, 1, 3]);
    assert_eq!(
        addresses_in("Carl <c@x.example>, d@x.example"),
        ["c@x.example", "d@x.example"]
    );
    assert_eq!(addresses_in("C@x.example <c@x.example>"), ["c@x.example"]);
    assert_eq!(
        addresses_in("a@x.example, b@x.example c@x.example"),
        ["a@x.example", "b@x.example", "c@x.example"]
    );
}

#[test]
fn thousands_of_recipients_in_one_line_are_taken_in_parts() {
    let person = |place: usize| format!("Person {place} <person{place}@example.com>");
    let people: Vec<String> = (0..5_000).map(person).collect();
    let text = people.join(", ");
    let list = List::guess(&text);
    assert_eq!(list.columns, Vec::<String>::new(), "they are no columns");
    let parts: Vec<usize> = list.rows(&text).map(|row| row.cells.len()).collect();
    assert!(parts.len() > 1 && parts.iter().all(|part| *part <= 100));
    let review = review_as(&text, &list);
    assert_eq!(review.unknown.len(), 5_000);
    assert!(review.unknown.iter().all(|entry| entry.line == 1));
    assert_eq!(review.unknown[4_999].text, "person4999@example.com");
}

#[test]
fn a_header_of_one_column_is_no_address() {
    let text = "E-Mail-Adresse\nanna@example.com\nmax.muster@example.com\n";
    let found = review(text);
    assert_eq!(found.found, [0, 1]);
    assert!(found.invalid.is_empty(), "{:?}", found.invalid);
}

#[test]
fn a_first_line_that_was_meant_for_an_address_is_no_heading() {
    for first in ["nobody＠example.com", "nobody﹫example.com"] {
        let found = review(&format!(
            "{first}\nanna@example.com\nmax.muster@example.com\n"
        ));
        assert_eq!(found.found, [0, 1]);
        assert_eq!(lines(&found.invalid), [(1, first)]);
    }
}

#[test]
fn a_dot_too_many_is_named_and_one_after_the_address_is_not() {
    for wrong in [
        ".anna@example.com",
        "anna.@example.com",
        "an..na@example.com",
        "'.anna@example.com'",
    ] {
        let found = review(wrong);
        assert!(found.found.is_empty(), "{wrong}");
        assert_eq!(found.invalid.len(), 1, "{wrong}");
    }
    for fine in [
        "anna@example.com.",
        "Write to anna@example.com.",
        "„anna@example.com.“",
    ] {
        assert_eq!(review(fine).found, [0], "{fine}");
    }
}

#[test]
fn any_text_is_answered() {
    for text in [
        "",
        "\n\n",
        "\u{feff}",
        "\"",
        "\"\"\"",
        ";;;;",
        "@",
        "<@>",
        "\0\0@\0",
        "a@b.example\0",
    ] {
        let found = review(text);
        assert!(found.found.is_empty(), "{text:?}");
    }
    let rubbish = "x@@y\n".repeat(1_000) + &"anna@example.com\n".repeat(1_000);
    let found = review(&rubbish);
    assert_eq!(
        (found.found.len(), found.invalid.len(), found.doubled.len()),
        (1, 1_000, 999)
    );
}
