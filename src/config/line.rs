//! Where in a text of JSON an entry stands, for whoever has to mend it.

/// What the scanner is in: an object or a list, and the place of what is read in it.
struct Level {
    is_list: bool,
    index: usize,
    name: String,
}

/// The line, from 1, on which the value of an entry begins, which is named as in `apis[0].address`;
/// the first line where it is not there. The text is JSON.
pub fn of(json: &str, entry: &str) -> usize {
    let mut levels: Vec<Level> = Vec::new();
    let mut line = 1;
    // A name is a text in an object that no colon stood before.
    let mut is_name = false;
    let mut rest = json.char_indices();
    while let Some((place, c)) = rest.next() {
        match c {
            '\n' => line += 1,
            ':' => is_name = false,
            ',' => {
                if let Some(level) = levels.last_mut() {
                    level.index += 1;
                    is_name = !level.is_list;
                }
            }
            '}' | ']' => {
                levels.pop();
                is_name = false;
            }
            c if c.is_whitespace() => {}
            _ => {
                if !is_name && path(&levels) == entry {
                    return line;
                }
                match c {
                    '{' | '[' => {
                        is_name = c == '{';
                        levels.push(Level {
                            is_list: c == '[',
                            index: 0,
                            name: String::new(),
                        });
                    }
                    '"' => {
                        let begin = place + 1;
                        let mut end = begin;
                        while let Some((at, c)) = rest.next() {
                            end = at;
                            match c {
                                '\\' => drop(rest.next()),
                                '"' => break,
                                _ => {}
                            }
                        }
                        if let Some(level) = levels.last_mut()
                            && is_name
                        {
                            let name = json.get(begin..end).unwrap_or_default();
                            name.clone_into(&mut level.name);
                        }
                    }
                    _ => {}
                }
            }
        }
    }
    1
}

fn path(levels: &[Level]) -> String {
    let mut path = String::new();
    for level in levels {
        if level.is_list {
            path.push('[');
            path.push_str(&level.index.to_string());
            path.push(']');
        } else {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(&level.name);
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::of;

    const JSON: &str = r#"{
  "apis": [ { "name": "a, \"b\": [" },
    { "name": "c",
      "address":
        "evil" } ],
  "connector": { "port": 70000,
    "maxSendSize": "x" },
  "port": 1
}"#;

    #[test]
    fn an_entry_is_found_on_the_line_of_its_value() {
        for (entry, line) in [
            ("apis", 2),
            ("apis[0]", 2),
            ("apis[0].name", 2),
            ("apis[1]", 3),
            ("apis[1].address", 5),
            ("connector", 6),
            ("connector.port", 6),
            ("connector.maxSendSize", 7),
            ("port", 8),
            ("nowhere", 1),
        ] {
            assert_eq!(of(JSON, entry), line, "{entry}");
        }
        for broken in ["", "{", "\"", "[\"a\\", "}", "{\"ü\":"] {
            assert_eq!(of(broken, "a"), 1, "{broken}");
        }
    }
}
