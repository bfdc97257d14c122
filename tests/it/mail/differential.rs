//! Beside the crate mail-parser: hosts, address and date of every Received line.

use std::fmt::Write;
use std::fs;
use std::net::IpAddr;
use std::path::Path;

use mail_parser::{Host, MessageParser};
use send_connector_wizard::mail::address::Ip;
use send_connector_wizard::mail::header;
use send_connector_wizard::mail::received::Hop;

use super::{headers, samples};

/// From, by, address and date, each in one spelling; empty where there is none.
type Row = [String; 4];
const NAMES: [&str; 4] = ["from", "by", "address", "date"];

fn plain_address(address: IpAddr) -> String {
    match address {
        IpAddr::V6(v6) => v6
            .to_ipv4_mapped()
            .map_or_else(|| v6.to_string(), |v4| v4.to_string()),
        IpAddr::V4(v4) => v4.to_string(),
    }
}

fn address(ip: Ip, text: &str) -> String {
    let known = ip.v6();
    known.map_or_else(|| text.to_owned(), |known| plain_address(known.into()))
}

fn host(name: &str) -> String {
    let bare = name.trim_end_matches('.');
    Ip::read(bare).map_or_else(|| bare.to_lowercase(), |(ip, text)| address(ip, text))
}

fn ours(line: &str) -> Row {
    let header = header::read(line);
    let Some(hop) = header.first("received").and_then(Hop::read) else {
        return Row::default();
    };
    [
        host(hop.from()),
        host(hop.by()),
        hop.address
            .map(|ip| address(ip, hop.address_text()))
            .unwrap_or_default(),
        hop.date
            .map(|date| date.seconds.to_string())
            .unwrap_or_default(),
    ]
}

fn theirs(line: &str) -> Row {
    let message = MessageParser::default().parse(line.as_bytes());
    let Some(received) = message.as_ref().and_then(|message| message.received()) else {
        return Row::default();
    };
    let name = |part: &Option<Host<'_>>| match part {
        Some(Host::Name(name)) => host(name),
        Some(Host::IpAddr(ip)) => plain_address(*ip),
        None => String::new(),
    };
    [
        name(&received.from),
        name(&received.by),
        received.from_ip.map(plain_address).unwrap_or_default(),
        received
            .date
            .map(|date| date.to_timestamp().to_string())
            .unwrap_or_default(),
    ]
}

/// A difference that is explained: the field, whose fault it is, why, and how to know it by the
/// line, what we read and what they read.
struct Rule {
    field: &'static str,
    whose: &'static str,
    why: &'static str,
    fits: fn(&str, &str, &str) -> bool,
}

const RULES: &[Rule] = &[
    Rule {
        field: "date",
        whose: "theirs",
        why: "a month written out, or in front of its day, is counted as another month",
        fits: |line, our, their| {
            !our.is_empty()
                && !their.is_empty()
                && (line.contains(" March ") || line.contains(" GMT+"))
        },
    },
    Rule {
        field: "date",
        whose: "theirs",
        why: "without a semicolon no date is looked for",
        fits: |line, our, their| !our.is_empty() && their.is_empty() && !line.contains(';'),
    },
    Rule {
        field: "date",
        whose: "theirs",
        why: "a fraction takes the seconds away",
        fits: |line, our, their| {
            let second = format!(":{:02}.", number(our) % 60);
            line.contains(&second) && number(our) - number(their) == number(our) % 60
        },
    },
    Rule {
        field: "date",
        whose: "theirs",
        why: "the named zones of North America are taken for UTC",
        fits: |line, our, their| {
            let hours = |zone| line.trim_end().ends_with(zone);
            let off = (number(our) - number(their)) / 3600;
            (hours(" PST") && off == 8) || (hours(" PDT") && off == 7)
        },
    },
    Rule {
        field: "date",
        whose: "theirs",
        why: "a year of two digits, or behind the time, is put before 1970",
        fits: |_, our, their| number(our) > 0 && number(their) < 0,
    },
    Rule {
        field: "date",
        whose: "nobody's",
        why: "a line that names neither side is listed as not understood, date and all",
        fits: |line, our, _| our.is_empty() && line.starts_with("Received: ;"),
    },
    Rule {
        field: "from",
        whose: "theirs",
        why: "the word behind `from` in a comment about a user or a network is no host",
        fits: |_, our, their| our.is_empty() && (their == "userid" || their == "network"),
    },
    Rule {
        field: "from",
        whose: "theirs",
        why: "`mail pickup service` is no host",
        fits: |line, our, their| our.is_empty() && their == "mail" && line.contains(" pickup "),
    },
    Rule {
        field: "from",
        whose: "theirs",
        why: "a user is no host",
        fits: |line, our, their| {
            our.is_empty() && their.contains('@') && line.starts_with("Received: (from")
        },
    },
    Rule {
        field: "from",
        whose: "theirs",
        why: "a name in angle brackets, or with a slash in it, is lost",
        fits: |line, our, _| {
            line.contains(&format!("from <{our}>")) || our.split_once('/').is_some()
        },
    },
    Rule {
        field: "from",
        whose: "nobody's",
        why: "a sentence is no hop: listed as not understood",
        fits: |line, our, _| our.is_empty() && line.starts_with("Received: somehow"),
    },
    Rule {
        field: "by",
        whose: "theirs",
        why: "the second `by` names a user",
        fits: |line, our, their| their == "uid" && line.contains(&format!(" by {our} by uid")),
    },
    Rule {
        field: "address",
        whose: "theirs",
        why: "the sender named by its address, and by nothing else",
        fits: |line, our, their| {
            let line = line.replace('[', "");
            their.is_empty() && line.starts_with(&format!("Received: from {our}"))
        },
    },
    Rule {
        field: "address",
        whose: "theirs",
        why: "an address behind a user's name, or with its port as a fifth number",
        fits: |line, our, their| {
            their.is_empty()
                && (line.contains(&format!("@{our}")) || line.contains(&format!("[{our}.")))
        },
    },
    Rule {
        field: "address",
        whose: "theirs",
        why: "an address that cannot exist is shown nevertheless, and said to be impossible",
        fits: |line, our, their| {
            let impossible = our.parse::<IpAddr>().is_err();
            their.is_empty() && impossible && line.contains(&format!("[{our}]"))
        },
    },
    Rule {
        field: "address",
        whose: "theirs",
        why: "an address in a comment in front",
        fits: |line, our, their| {
            their.is_empty() && line.starts_with("Received: (") && line.contains(our)
        },
    },
];

fn number(seconds: &str) -> i64 {
    seconds.parse().unwrap_or_default()
}

/// Compares all Received lines of a folder; what no rule explains is given back.
fn compare(folder: &Path, counts: &mut [usize]) -> String {
    let mut unexplained = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "txt") {
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        let text = header::decode(&bytes);
        for (index, field) in header::read(&text).all("received").enumerate() {
            let line = format!("Received:{}\r\n\r\n", field.text());
            let (our, their) = (ours(&line), theirs(&line));
            for (place, name) in NAMES.iter().enumerate() {
                let (our, their) = (&our[place], &their[place]);
                let rule = RULES
                    .iter()
                    .position(|rule| rule.field == *name && (rule.fits)(&line, our, their));
                match rule {
                    _ if our == their => {}
                    Some(rule) => counts[rule] += 1,
                    None => {
                        _ = writeln!(
                            unexplained,
                            "{} {index}: {name} {our:?}, theirs {their:?}",
                            path.display()
                        );
                    }
                }
            }
        }
    }
    unexplained
}

#[test]
fn every_difference_to_mail_parser_is_explained() {
    let mut counts = vec![0; RULES.len()];
    let mut unexplained = compare(&headers(), &mut counts);
    let samples = samples();
    if let Some(folder) = &samples {
        unexplained += &compare(folder, &mut counts);
    }
    for (rule, count) in RULES.iter().zip(&counts) {
        eprintln!("{count:>4} {:<8}{:<10}{}", rule.field, rule.whose, rule.why);
        assert!(
            *count > 0 || samples.is_none(),
            "explains nothing: {}",
            rule.why
        );
    }
    assert!(unexplained.is_empty(), "{unexplained}");
}

/// Of 181 lines that were collected for their oddness, each was compared by hand with what is read:
/// how many name a sender, a taker, an address, a date, and how many are no hop.
#[test]
fn odd_lines_are_read_right_or_not_at_all() {
    let path = samples().map(|folder| folder.join("stalwart-received-181-lines.txt"));
    let Some(bytes) = path.and_then(|path| fs::read(path).ok()) else {
        return;
    };
    let text = header::decode(&bytes);
    let mut counts = [0; 4];
    for field in header::read(&text).all("received") {
        let line = format!("Received:{}\r\n\r\n", field.text());
        let row = ours(&line);
        for (count, read) in counts.iter_mut().zip(&row) {
            *count += usize::from(!read.is_empty());
        }
        // What is read stands there.
        let line = line.to_lowercase();
        let there = |name: &String| line.contains(name.as_str()) || name.contains(':');
        assert!(row[..3].iter().all(there), "{row:?} of {line}");
    }
    assert_eq!(counts, [155, 168, 128, 173], "from, by, address, date");
}
