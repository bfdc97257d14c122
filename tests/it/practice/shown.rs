//! The commands that the page shows, pasted into a shell: they do what the page does.

use std::ffi::OsStr;
use std::process::Command;
use std::time::Duration;

use send_connector_wizard::ovh::exchange::{
    ChangeAuthentication, ChangeConnector, ConnectorChanges, DeleteConnector, ListConnectors,
    Mechanism, Platform, ReadConnector,
};
use send_connector_wizard::ovh::{Call, shown};
use serde_json::{Value, json};

use super::PRIVATE;
use super::client::Client;
use super::page::endpoint;
use super::server::{self, Options, Practice, start};

/// With what JSON and a shell treat in ways of their own, as it has to be set there.
const PASSWORD: &str = r#"it's $HOME \"quoted\" `pass`"#;

/// What a program says that is given this text with `-c`.
fn run(program: impl AsRef<OsStr>, text: &str) -> String {
    let keys = [server::APPLICATION, server::SECRET, server::CONSUMER];
    let output = Command::new(program)
        .args(["-c", text])
        .envs(shown::KEYS.into_iter().zip(keys))
        .env(shown::PASSWORD, PASSWORD)
        .output()
        .expect("the program");
    let problems = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{problems}\n{text}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn paste(practice: &Practice, call: &impl Call) -> Value {
    let commands = shown::curl(&endpoint(practice), &call.request());
    let text = run("sh", &commands);
    serde_json::from_str(&text).unwrap_or_else(|_| panic!("{text:?}\n{commands}"))
}

/// Like [`paste`], for Python with OVHcloud's library where there is one; what it prints.
fn paste_python(practice: &Practice, call: &impl Call) -> Option<String> {
    let python = std::env::var_os("PYTHON_OVH").filter(|python| !python.is_empty())?;
    let program = shown::python(&endpoint(practice), &call.request());
    Some(run(python, &program).trim_end().to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_shown_for_a_shell_runs_when_it_is_pasted() {
    let time = Duration::from_secs(2);
    let options = Options {
        task_time: time,
        ..Options::default()
    };
    let practice = start(options).await.expect("a free port");
    let client = Client::new(&practice);
    let list = format!("{PRIVATE}/sendConnector");
    let body = json!({ "displayName": "Newsletter", "smartHost": "smtp.example.com" });
    client.call("POST", &list, Some(body));
    practice.pass(time);
    let name = String::from("private-zz111111-1");
    let platform = &Platform {
        organization: name.clone(),
        service: name,
    };
    let ids = paste(&practice, &ListConnectors(platform));
    let id = ids[0].as_u64().expect("an id");
    let odd = "It's \"Büro\" $HOME `date` \\ 100%";
    let changes = &ConnectorChanges {
        display_name: Some(odd.into()),
        ..ConnectorChanges::default()
    };
    let change = ChangeConnector {
        platform,
        id,
        changes,
    };
    assert_eq!(paste(&practice, &change), Value::Null);
    practice.pass(time);
    let seen = paste(&practice, &ReadConnector { platform, id });
    assert_eq!(seen["displayName"], odd);
    if let Some(said) = paste_python(&practice, &change) {
        assert_eq!(said, "None");
        practice.pass(time);
        let seen = paste_python(&practice, &ReadConnector { platform, id });
        assert!(seen.is_some_and(|seen| seen.contains("`date`")));
    }
    let authenticate = ChangeAuthentication {
        platform: platform.clone(),
        id,
        mechanism: Mechanism::Basic,
        user: Some("apikey".into()),
        password: Some("never shown".into()),
    };
    let task = paste(&practice, &authenticate);
    assert_eq!(task["function"], "setSendConnector", "{task}");
    practice.pass(time);
    if let Some(said) = paste_python(&practice, &authenticate) {
        assert!(said.contains("'setSendConnector'"), "{said}");
        practice.pass(time);
    }
    let task = paste(&practice, &DeleteConnector { platform, id });
    assert_eq!(task["function"], "deleteSendConnector", "{task}");
}
