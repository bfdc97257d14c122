use super::{Rows, separator, to_paste, write};

fn read(text: &str, separator: char) -> Vec<Vec<String>> {
    Rows::new(text, separator).map(|row| row.cells).collect()
}

#[test]
fn cells_are_cut_at_the_separator_and_not_in_quotes() {
    let text = "\u{feff}a;\"b;\"\"c\"\"\";  d \r\n;;\n\n\"x\ny\";2\r\nlast";
    assert_eq!(
        read(text, ';'),
        [vec!["a", "b;\"c\"", "d"], vec!["x\ny", "2"], vec!["last"]]
    );
    let lines: Vec<usize> = Rows::new(text, ';').map(|row| row.line).collect();
    assert_eq!(lines, [1, 4, 6]);
}

#[test]
fn a_quote_that_is_no_cell_is_a_letter() {
    assert_eq!(
        read(
            "\"Doe, Jane\" <jane@example.com>,x\n5\" disk\n\"open\nnext",
            ','
        ),
        [
            vec!["\"Doe", "Jane\" <jane@example.com>", "x"],
            vec!["5\" disk"],
            vec!["\"open"],
            vec!["next"]
        ]
    );
}

#[test]
fn the_separator_is_the_one_that_makes_a_table() {
    for (text, expected) in [
        (
            "Name;Mail\nDoe, Jane;jane@x.example\nRoe, Max;max@x.example",
            Some(';'),
        ),
        ("Name,Mail\nA,a@x.example", Some(',')),
        ("a\tb\nc\td\n", Some('\t')),
        ("a|b\nc|d\n", Some('|')),
        (
            "a@x.example\nb@x.example\nDoe, Jane <c@x.example>\nd@x.example",
            None,
        ),
        ("a@x.example, b@x.example", Some(',')),
        ("", None),
    ] {
        assert_eq!(separator(text), expected, "{text}");
    }
}

#[test]
fn what_is_written_is_read_back_and_calculates_nothing() {
    let rows = vec![
        vec!["Müller; \"Söhne\"".to_owned(), "two\nlines".to_owned()],
        vec!["=1+1".to_owned(), "+49 1".to_owned()],
        vec!["-1".to_owned(), "@SUM(A1)".to_owned()],
        vec!["\tx".to_owned(), "a-b".to_owned()],
    ];
    for separator in [',', ';'] {
        let text = write(rows.clone(), separator);
        assert!(text.starts_with("\u{feff}\""), "{text}");
        let guarded = |cell: &str| cell.starts_with(['\'', 'M', 't', 'a']);
        let back = read(&text, separator);
        assert_eq!(back[0], rows[0]);
        assert!(back.iter().flatten().all(|cell| guarded(cell)), "{back:?}");
    }
}

#[test]
fn what_is_pasted_into_a_spreadsheet_calculates_nothing_and_stays_in_its_cell() {
    let rows = [
        ["From".to_owned(), "To".to_owned()],
        ["=cmd|' /C calc'!A0".to_owned(), "a\tb\r\nc".to_owned()],
        ["+mail.example".to_owned(), "\t=1+1".to_owned()],
        ["\"=1+1\"".to_owned(), " \"".to_owned()],
    ];
    let text = to_paste(rows.iter().map(<[String; 2]>::as_slice));
    assert_eq!(
        text,
        "From\tTo\n'=cmd|' /C calc'!A0\ta b  c\n'+mail.example\t'=1+1\n'\"=1+1\"\t'\""
    );
}
