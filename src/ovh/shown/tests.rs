use super::{Console, KEYS, PASSWORD, PLACEHOLDER, console, curl, decoded, has_password, python};
use crate::json::parse;
use crate::ovh::auth::{CurrentCredential, Logout, Time};
use crate::ovh::exchange::{
    AddConnector, ChangeAccount, ChangeAuthentication, ChangeConnector, ChangeDomainDefault,
    ConnectorChanges, DeleteConnector, ListAccounts, ListConnectors, ListDomains,
    ListOrganizations, ListServices, ListTasks, Mechanism, Platform, ReadAccount, ReadConnector,
    ReadDomain, ReadServer, ReadService, ReadTask, SpamAndVirus,
};
use crate::ovh::{Call, Endpoint, Method, Request, endpoint};

const SECRET: &str = "hush-7f3a";

fn platform() -> Platform {
    Platform {
        organization: "private-zz111111-1".into(),
        service: "private-zz111111-1".into(),
    }
}

fn adding(name: &str) -> AddConnector {
    AddConnector {
        platform: platform(),
        display_name: name.into(),
        smart_host: "smtp.example.com".into(),
        port: 587,
        require_tls: true,
        smart_host_auth_mechanism: Mechanism::BasicOverTls,
        max_send_size: 100,
        user: Some("apikey".into()),
        password: Some(SECRET.into()),
    }
}

fn authenticating() -> ChangeAuthentication {
    ChangeAuthentication {
        platform: platform(),
        id: 29,
        mechanism: Mechanism::Basic,
        user: Some("apikey".into()),
        password: Some(SECRET.into()),
    }
}

/// Every call that is signed, and the one for the time.
fn all() -> Vec<Request> {
    let platform = &platform();
    let (id, name, address) = (29, "mydomain.ovh", "o'neill@mydomain.ovh");
    let changes = &ConnectorChanges {
        display_name: Some("It's \"Büro\" $HOME `x`".into()),
        require_tls: Some(false),
        ..ConnectorChanges::default()
    };
    let filters = parse(r#"{"deleteVirus":true,"level":null}"#);
    let organization = "a b";
    vec![
        Time.request(),
        CurrentCredential.request(),
        Logout.request(),
        ListOrganizations.request(),
        ListServices { organization }.request(),
        ReadService(platform).request(),
        ReadServer(platform).request(),
        ListConnectors(platform).request(),
        ReadConnector { platform, id }.request(),
        adding("Newsletter").request(),
        ChangeConnector {
            platform,
            id,
            changes,
        }
        .request(),
        authenticating().request(),
        DeleteConnector { platform, id }.request(),
        ListAccounts(platform).request(),
        ReadAccount { platform, address }.request(),
        ChangeAccount {
            platform,
            address,
            connector: 0,
            filters: filters.and_then(|filters| SpamAndVirus::from_json(&filters)),
        }
        .request(),
        ListDomains(platform).request(),
        ReadDomain { platform, name }.request(),
        ChangeDomainDefault {
            platform,
            domain: name,
            connector: 29,
        }
        .request(),
        ListTasks(platform).request(),
        ReadTask { platform, id }.request(),
    ]
}

fn europe() -> Endpoint {
    endpoint::known().swap_remove(0)
}

#[test]
fn no_call_shows_a_password_or_a_key() {
    let with = all()
        .iter()
        .filter(|call| call.body.contains(SECRET))
        .count();
    assert_eq!(with, 2, "the calls that carry one");
    for call in all() {
        let console = console(&europe(), &call);
        let Some(steps) = &console else {
            panic!("no route for {call:?}")
        };
        let shown = [curl(&europe(), &call), python(&europe(), &call)];
        for text in shown.iter().chain([&format!("{steps:?}")]) {
            assert!(!text.contains(SECRET), "{text}");
        }
        let carries = call.body.contains(SECRET);
        assert!(shown.iter().all(|text| text.contains(PASSWORD) == carries));
        assert_eq!(steps.body.contains(PLACEHOLDER), carries);
        for (text, key) in shown.iter().flat_map(|text| KEYS.map(|key| (text, key))) {
            assert!(text.contains(key) && text.contains(&call.path), "{text}");
        }
        // What the console is told is the call itself.
        let mut path = steps.route.to_owned();
        for (name, value) in &steps.parameters {
            let mut segment = String::new();
            crate::ovh::path::push(&mut segment, value);
            path = path.replacen(&["/{", name, "}"].concat(), &segment, 1);
        }
        assert_eq!((steps.method, path), (call.method, call.path.clone()));
        let expected = parse(&call.body.replace(SECRET, PLACEHOLDER));
        assert_eq!(parse(&steps.body), expected, "{call:?}");
    }
}

#[test]
fn the_console_is_told_field_by_field() {
    let steps = console(&europe(), &authenticating().request());
    let name = || String::from("private-zz111111-1");
    let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let expected = Console {
        address: "https://eu.api.ovh.com/console/".into(),
        method: Method::Post,
        route: "/email/exchange/{organizationName}/service/{exchangeService}/sendConnector/{id}/changeAuthentication",
        parameters: vec![
            ("organizationName", name()),
            ("exchangeService", name()),
            ("id", "29".into()),
        ],
        fields: vec![
            field("smartHostAuthMechanism", "\"basicAuth\""),
            field("user", "\"apikey\""),
            field("password", "\"********\""),
        ],
        body: [
            "{",
            "  \"smartHostAuthMechanism\": \"basicAuth\",",
            "  \"user\": \"apikey\",",
            "  \"password\": \"********\"",
            "}",
        ]
        .join("\n"),
    };
    assert_eq!(steps, Some(expected));
    let elsewhere = Request::get("/me".into());
    assert_eq!(console(&europe(), &elsewhere), None);
    assert_eq!(decoded("o%27neill@x%2Fy%"), "o'neill@x/y%");
}

#[test]
fn python_is_told_in_its_own_words() {
    let calls = all();
    let change = calls.iter().find(|call| call.body.contains("deleteVirus"));
    let change = change.map(|call| python(&europe(), call));
    let expected = r#"import os

import ovh

client = ovh.Client(
    endpoint="ovh-eu",
    application_key=os.environ["OVH_APPLICATION_KEY"],
    application_secret=os.environ["OVH_APPLICATION_SECRET"],
    consumer_key=os.environ["OVH_CONSUMER_KEY"],
)
print(client.put(
    "/email/exchange/private-zz111111-1/service/private-zz111111-1/account/o%27neill@mydomain.ovh",
    sendConnectorId=0,
    spamAndVirusConfiguration={"deleteVirus": True, "level": None, },
))
"#;
    assert_eq!(change.as_deref(), Some(expected));
    let own = Endpoint {
        address: "http://127.0.0.1:8080/1.0".into(),
        ..europe()
    };
    let text = python(&own, &authenticating().request());
    assert!(text.contains("ovh.client.ENDPOINTS[\"own\"] = \"http://127.0.0.1:8080/1.0\"\n"));
    assert!(text.contains("    password=os.environ[\"CONNECTOR_PASSWORD\"],\n"));
}

#[test]
fn says_which_requests_hold_a_password() {
    let with_one = [adding("Newsletter").request(), authenticating().request()];
    assert!(with_one.iter().all(has_password));
    let without = AddConnector {
        password: None,
        ..adding("Newsletter")
    };
    assert!(!has_password(&without.request()));
    let platform = &platform();
    assert!(!has_password(&ListConnectors(platform).request()));
}
