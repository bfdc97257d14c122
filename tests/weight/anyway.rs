//! What `idle` and `judging` have in common.

use std::fmt::Write;
use std::hint::black_box;

/// What the page takes from the standard library without the reader.
pub fn used_anyway(text: &str) {
    let mut lines: Vec<String> = text.split('\n').map(String::from).collect();
    lines.reverse();
    lines.insert(0, text.trim_ascii().replace('a', "b"));
    let mut line = lines[1..].join(" ");
    _ = write!(
        line,
        "{:?} {:?} {}",
        text.find(':'),
        text.chars().next(),
        text.len()
    );
    line.push('é');
    black_box((
        &line[text.len()..],
        line.starts_with('x'),
        line.trim_ascii_start().strip_prefix(text),
        line.bytes().rposition(|byte| byte == b'x'),
        text.eq_ignore_ascii_case(&line),
        text.as_bytes().contains(&b'x'),
    ));
    let mut numbers: Vec<usize> = Vec::new();
    numbers.extend(lines.iter().map(String::len));
    black_box((lines.clone(), numbers));
}
