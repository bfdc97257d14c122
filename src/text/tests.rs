use std::collections::{BTreeMap, BTreeSet};

use super::{FIRST, LANGUAGES, NAMES, Text, choose, fill, find, lines};

fn file(language: &str) -> BTreeMap<String, String> {
    let folder = [env!("CARGO_MANIFEST_DIR"), "/src/text/", language].concat();
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let part: BTreeMap<String, String> = serde_json::from_str(&text).unwrap();
        // Of two with one name, reading takes the last.
        let written = text.lines().filter(|line| line.starts_with("  \""));
        assert_eq!(written.count(), part.len(), "a name is there twice");
        for (name, words) in part {
            assert_eq!(
                all.insert(name.clone(), words),
                None,
                "{name} is there twice"
            );
        }
    }
    all
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    let ends = text.split('{').skip(1);
    ends.map(|rest| rest.split_once('}').unwrap().0).collect()
}

#[test]
fn every_language_has_every_text_and_the_same_placeholders() {
    let reference = file(LANGUAGES[0].0);
    let names: BTreeSet<&str> = NAMES.iter().copied().collect();
    assert_eq!(names.len(), NAMES.len(), "a name is there twice");
    for (language, _) in LANGUAGES {
        let texts = file(language);
        let there: BTreeSet<&str> = texts.keys().map(String::as_str).collect();
        assert_eq!(there, names, "{language}");
        for (name, text) in &texts {
            assert!(!text.trim().is_empty(), "{language} {name} is empty");
            assert_eq!(
                placeholders(text),
                placeholders(&reference[name]),
                "{language} {name}"
            );
        }
    }
}

#[test]
fn every_folder_is_a_language_and_none_is_left_over() {
    let folder = [env!("CARGO_MANIFEST_DIR"), "/src/text"].concat();
    let folders: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(Result::unwrap)
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    let languages = LANGUAGES
        .iter()
        .map(|(code, _)| (*code).to_owned())
        .collect();
    assert_eq!(folders, languages);
}

#[test]
fn what_is_served_is_read_back() {
    let mut texts = file("de");
    let served = |texts: &BTreeMap<String, String>| lines(|name| texts.get(name).cloned());
    let [first, rest] = served(&texts).unwrap();
    let read = Text::read("de", first.clone(), Some(rest.clone())).unwrap();
    assert!(read.is_whole);
    assert_eq!(read.sign_out(), texts["sign_out"]);
    assert_eq!(read.done_title(), texts["done_title"]);
    let small = Text::read("de", first.clone(), None).unwrap();
    assert!(!small.is_whole);
    assert_eq!(small.sign_out(), texts["sign_out"]);
    assert!(Text::read("de", rest, None).is_none());
    assert!(Text::read("de", first, Some(String::new())).is_none());
    assert_eq!(
        (read.app_name(), read.language),
        (&*texts["app_name"], "de")
    );
    texts.remove("sign_out");
    assert_eq!(served(&texts), Err("sign_out"));
    assert!(Text::read("de", String::new(), None).is_none());
    assert!(Text::read("de", "a\n".repeat(FIRST), None).is_none());
}

/// The screens of the sign-in's program; what they share with others has its words in the first part.
#[test]
fn the_sign_in_needs_only_the_first_part() {
    let sources = [
        "entry",
        "entry/sign_in",
        "frame",
        "frame/language",
        "entry/picture",
        "kit/notice",
        "kit/summary",
    ];
    for source in sources {
        let path = [env!("CARGO_MANIFEST_DIR"), "/src/ui/", source, ".rs"].concat();
        let text = std::fs::read_to_string(path).unwrap();
        for name in &NAMES[FIRST..] {
            assert!(!text.contains(&format!("t.{name}()")), "{source}: {name}");
        }
    }
}

#[test]
fn fills_placeholders() {
    let values = [("a", "1"), ("b", "{a}")];
    assert_eq!(fill("x {a} y {b}{c} z", &values), "x 1 y {a} z");
    assert_eq!(fill("plain", &values), "plain");
    assert_eq!(fill("open {a", &values), "open 1");
}

#[test]
fn chooses_the_language() {
    let reader = ["xx-XX".to_owned(), "de-AT".to_owned(), "en".to_owned()];
    assert_eq!(choose(None, None, &reader), "de");
    assert_eq!(choose(Some("en"), Some("de"), &reader), "en");
    assert_eq!(choose(None, Some("de"), &["xx".to_owned()]), "de");
    assert_eq!(choose(None, Some("de"), &["en".to_owned()]), "en");
    assert_eq!(choose(Some("xx"), None, &[]), "en");
    assert_eq!(find("DE-ch"), Some("de"));
    assert_eq!(find(""), None);
}

/// The text of every file of Rust below this folder.
fn sources(folder: &std::path::Path) -> String {
    let entries = std::fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let read = |path: std::path::PathBuf| match path.extension() {
        None if path.is_dir() => sources(&path),
        Some(end) if end == "rs" => std::fs::read_to_string(&path).unwrap(),
        _ => String::new(),
    };
    paths.map(read).collect()
}

#[test]
fn every_text_is_shown_somewhere() {
    let page = sources(
        std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("src")
            .as_path(),
    );
    let is_shown = |name: &str| {
        page.contains(&[".", name, "()"].concat()) || page.contains(&["Text::", name].concat())
    };
    let idle: Vec<_> = NAMES.iter().filter(|name| !is_shown(name)).collect();
    assert!(idle.is_empty(), "nobody shows {idle:?}");
}
