//! `guide.tsv`: which section of OVHcloud's guide on send connectors is done by which route, on which
//! screen of the page, and tested where: in a browser, each of them. Routes are below
//! `/email/exchange/{organizationName}/service/{exchangeService}`.

use std::path::Path;

use super::PRIVATE;
use super::client::Client;
use super::practice;

const TABLE: &str = include_str!("../guide.tsv");

/// The sections of the guide by their anchors, with the routes that each names, in its order.
const GUIDE: [(&str, &str, &str); 12] = [
    ("addconnector", "POST", "sendConnector"),
    ("addconnector", "GET", "sendConnector"),
    ("addconnector", "GET", "sendConnector/{id}"),
    ("addaddress", "PUT", "account/{primaryEmailAddress}"),
    ("checkheader", "-", "-"),
    ("removeaddress", "PUT", "account/{primaryEmailAddress}"),
    (
        "defaultconnector",
        "PUT",
        "domain/{domainName}/changeDefaultSBR",
    ),
    ("apilist", "GET", "sendConnector"),
    ("apilist", "DELETE", "sendConnector/{id}"),
    ("apilist", "GET", "sendConnector/{id}"),
    ("apilist", "PUT", "sendConnector/{id}"),
    ("apilist", "POST", "sendConnector/{id}/changeAuthentication"),
];

struct Row {
    section: &'static str,
    method: &'static str,
    route: &'static str,
    screen: &'static str,
    /// The file and the name of each test.
    tests: Vec<(&'static str, &'static str)>,
}

fn rows() -> Vec<Row> {
    let lines = TABLE.lines().skip(1);
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let [section, method, route, screen, tests] = cells[..] else {
                panic!("five cells: {line}")
            };
            let tests = tests.split("; ");
            let tests = tests.map(|test| test.split_once(' ').expect("a file and a test"));
            Row {
                section,
                method,
                route,
                screen,
                tests: tests.collect(),
            }
        })
        .collect()
}

fn text(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_route_of_the_guide_has_its_row_and_every_test_exists() {
    let rows = rows();
    let named = |row: &Row| (row.section, row.method, row.route);
    assert_eq!(rows.iter().map(named).collect::<Vec<_>>(), GUIDE);
    let screens = text("src/wizard.rs");
    for row in &rows {
        assert!(!row.tests.is_empty());
        for (file, test) in &row.tests {
            let source = text(file);
            let at = source.find(&format!("fn {test}()"));
            let before = at.map(|at| source[..at].trim_end_matches("async "));
            let attribute = before.and_then(|before| before.lines().last());
            let is_test =
                attribute.is_some_and(|line| line.starts_with("#[") && line.contains("test"));
            assert!(is_test, "{file} has no test {test}");
        }
        let is_screen = screens.contains(&format!("\n    {},\n", row.screen));
        assert!(is_screen, "{} is no screen", row.screen);
        let is_travelled = row
            .tests
            .iter()
            .any(|(file, _)| file.starts_with("tests/e2e/"));
        assert!(is_travelled, "{} {}", row.section, row.route);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_of_the_guide_is_played() {
    let practice = practice().await;
    let client = Client::new(&practice);
    for (_, method, route) in GUIDE {
        if method == "-" {
            continue;
        }
        let path = format!("{PRIVATE}/{}", route.replace(['{', '}'], ""));
        let reply = client.call("OPTIONS", &path, None);
        let methods = reply.header("access-control-allow-methods");
        let methods = methods.unwrap_or_default();
        assert!(
            methods.split(", ").any(|known| known == method),
            "{method} {path}"
        );
    }
}
