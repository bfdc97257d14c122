//! What a deployment may set in `config.json` beside the page. Whatever is wrong in it is named
//! and left out; the page works without the file.

mod line;

use serde_json::{Map, Value};

use crate::json::{self, Fields};
use crate::ovh::endpoint::{self, Endpoint};
use crate::ovh::exchange::LARGEST_MAIL;
use crate::run::pace::Pace;

const TEXT: &str = "text";
const URL: &str = "url";
const DISPLAY_NAME: &str = "displayName";
const SMART_HOST: &str = "smartHost";
const PORT: &str = "port";
const MAX_SEND_SIZE: &str = "maxSendSize";

/// Half an hour, as NIST SP 800-63B (2017, section 4.2.3) has it where more than a password is asked for.
const LOCK_AFTER: u32 = 30;

/// The settings in force.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// At least one.
    pub endpoints: Vec<Endpoint>,
    /// The position of the one that is chosen at first.
    pub default_endpoint: usize,
    pub help: Option<Help>,
    /// Where the connector form starts.
    pub connector: ConnectorDefaults,
    /// A language code such as `de`.
    pub language: Option<String>,
    /// For a job over many addresses, and for all readings together; 0 for no limit.
    pub calls_per_minute: u32,
    /// How long a page with keys may be left alone, 0 for as long as it is open.
    pub lock_after_minutes: u32,
}

/// Whom to ask in this organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Help {
    pub text: String,
    pub url: Option<String>,
}

/// What the connector form holds before anything was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConnectorDefaults {
    pub display_name: Option<String>,
    pub smart_host: Option<String>,
    pub port: Option<u16>,
    pub max_send_size: Option<u16>,
}

/// What is wrong with the file, or with the entry of this name, such as `connector.port`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Complaint {
    /// There is no such file.
    Missing,
    NotJson,
    Unknown(String),
    Wrong(String),
}

/// What is to be mended, and on which line of the file, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    pub complaint: Complaint,
    pub line: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            endpoints: endpoint::known(),
            default_endpoint: 0,
            help: None,
            connector: ConnectorDefaults::default(),
            language: None,
            calls_per_minute: Pace::SAFE,
            lock_after_minutes: LOCK_AFTER,
        }
    }
}

/// What is in force where there is no `config.json`. `make dist` leaves one, so it was forgotten.
pub fn without() -> (Config, Vec<Flaw>) {
    let complaint = Complaint::Missing;
    (Config::default(), vec![Flaw { complaint, line: 1 }])
}

/// Reads the text of a `config.json`.
pub fn read(json: &str) -> (Config, Vec<Flaw>) {
    let entries = match json::parse_or_line(json) {
        Ok(Value::Object(entries)) => entries,
        other => {
            let line = other.err().unwrap_or(1);
            let complaint = Complaint::NotJson;
            return (Config::default(), vec![Flaw { complaint, line }]);
        }
    };
    let (config, complaints) = read_entries(&entries);
    let flaw = |complaint: Complaint| {
        let line = match &complaint {
            Complaint::Missing | Complaint::NotJson => 1,
            Complaint::Unknown(name) | Complaint::Wrong(name) => line::of(json, name),
        };
        Flaw { complaint, line }
    };
    (config, complaints.into_iter().map(flaw).collect())
}

fn read_entries(entries: &Fields) -> (Config, Vec<Complaint>) {
    let mut config = Config::default();
    let mut complaints = Vec::new();
    for (name, value) in entries {
        let is_fine = match name.as_str() {
            "apis" => read_endpoints(value, &mut config, &mut complaints),
            "defaultApi" => value.is_string(),
            "help" => {
                complain_of_unknown(value, &[TEXT, URL], name, &mut complaints);
                config.help = Help::from_json(value);
                config.help.is_some()
            }
            "connector" => {
                let names = [DISPLAY_NAME, SMART_HOST, PORT, MAX_SEND_SIZE];
                complain_of_unknown(value, &names, name, &mut complaints);
                let (defaults, wrong) = ConnectorDefaults::from_json(value);
                config.connector = defaults;
                let place = |entry| Complaint::Wrong([name, ".", entry].concat());
                complaints.extend(wrong.into_iter().map(place));
                value.is_object()
            }
            "language" => {
                let code = value.as_str().and_then(crate::text::find);
                config.language = code.map(ToOwned::to_owned);
                config.language.is_some()
            }
            "callsPerMinute" => take_number(value, &mut config.calls_per_minute),
            "lockAfterMinutes" => take_number(value, &mut config.lock_after_minutes),
            _ => {
                complaints.push(Complaint::Unknown(name.clone()));
                continue;
            }
        };
        if !is_fine {
            complaints.push(Complaint::Wrong(name.clone()));
        }
    }
    choose_default(entries, &mut config, &mut complaints);
    (config, complaints)
}

/// Takes a whole number; false, and nothing taken, where there is none.
fn take_number(value: &Value, setting: &mut u32) -> bool {
    let number = value.as_u64().and_then(|number| u32::try_from(number).ok());
    *setting = number.unwrap_or(*setting);
    number.is_some()
}

fn read_endpoints(value: &Value, config: &mut Config, complaints: &mut Vec<Complaint>) -> bool {
    let Some(list) = value.as_array() else {
        return false;
    };
    let mut endpoints = Vec::new();
    for (index, entry) in list.iter().enumerate() {
        let place = ["apis[", &index.to_string(), "]"].concat();
        complain_of_unknown(entry, endpoint::NAMES, &place, complaints);
        match endpoint::Named::from_json(entry).map(endpoint::Named::check) {
            Some(Ok(endpoint)) => endpoints.push(endpoint),
            Some(Err(name)) => complaints.push(Complaint::Wrong([&place, ".", name].concat())),
            None => complaints.push(Complaint::Wrong(place)),
        }
    }
    if !endpoints.is_empty() {
        config.endpoints = endpoints;
    }
    !list.is_empty()
}

fn choose_default(entries: &Fields, config: &mut Config, complaints: &mut Vec<Complaint>) {
    let Some(wanted) = entries.get("defaultApi").and_then(Value::as_str) else {
        return;
    };
    let place = config
        .endpoints
        .iter()
        .position(|endpoint| endpoint.name == wanted || endpoint.address == wanted);
    match place {
        Some(place) => config.default_endpoint = place,
        None => complaints.push(Complaint::Wrong("defaultApi".into())),
    }
}

impl Help {
    fn from_json(value: &Value) -> Option<Self> {
        let fields = value.as_object()?;
        let url = json::text(fields, URL);
        let is_usable = json::are_texts(fields, &[URL]) && url.as_deref().is_none_or(is_link);
        let text = json::text(fields, TEXT).filter(|_| is_usable)?;
        Some(Self { text, url })
    }
}

impl ConnectorDefaults {
    /// The defaults that can be used, and the names of the others.
    fn from_json(value: &Value) -> (Self, Vec<&'static str>) {
        let Some(fields) = value.as_object() else {
            return (Self::default(), Vec::new());
        };
        let defaults = Self {
            display_name: json::text(fields, DISPLAY_NAME).filter(|name| !name.trim().is_empty()),
            smart_host: json::text(fields, SMART_HOST)
                .filter(|host| host.contains('.') && host.bytes().all(is_of_host)),
            port: json::short(fields, PORT).filter(|port| *port > 0),
            max_send_size: json::short(fields, MAX_SEND_SIZE)
                .filter(|size| (1..=LARGEST_MAIL).contains(size)),
        };
        let used = [
            (DISPLAY_NAME, defaults.display_name.is_some()),
            (SMART_HOST, defaults.smart_host.is_some()),
            (PORT, defaults.port.is_some()),
            (MAX_SEND_SIZE, defaults.max_send_size.is_some()),
        ];
        let is_wrong = |(name, is_used): &(&'static str, bool)| {
            !is_used && json::field(fields, name).is_some()
        };
        let wrong = used.into_iter().filter(is_wrong).map(|(name, _)| name);
        (defaults, wrong.collect())
    }
}

fn complain_of_unknown(
    value: &Value,
    known: &[&str],
    entry: &str,
    complaints: &mut Vec<Complaint>,
) {
    let names = value.as_object().into_iter().flat_map(Map::keys);
    for name in names.filter(|name| !known.contains(&name.as_str())) {
        complaints.push(Complaint::Unknown([entry, ".", name].concat()));
    }
}

/// A letter of a host's name; the form looks more closely.
fn is_of_host(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b".-".contains(&byte)
}

/// Whether an organisation's link leads to a page or opens a mail, and runs nothing. A browser leaves
/// out line ends and tabs, and takes `\` for `/`.
fn is_link(url: &str) -> bool {
    let is_plain = url.bytes().all(|byte| byte > b' ' && byte != b'\\');
    let rooted = url.starts_with('/') && !url.starts_with("//");
    (rooted && is_plain)
        || ["https://", "http://", "mailto:", "tel:"]
            .iter()
            .any(|scheme| url.starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::{Complaint, Config, read};

    fn check(json: &str, expected: &[Complaint]) -> Config {
        let (config, flaws) = read(json);
        let complaints: Vec<_> = flaws.into_iter().map(|flaw| flaw.complaint).collect();
        assert_eq!(complaints, expected, "{json}");
        config
    }

    fn wrong(name: &str) -> Complaint {
        Complaint::Wrong(name.into())
    }

    fn unknown(name: &str) -> Complaint {
        Complaint::Unknown(name.into())
    }

    #[test]
    fn reads_all_that_may_be_set() {
        let config = check(
            r#"{"apis":[{"address":"https://ca.api.ovh.com/1.0"},
                        {"name":"Ours","address":"https://eu.api.ovh.com/1.0","through":"/ovh"}],
                "defaultApi":"Ours","language":"de","callsPerMinute":240,"lockAfterMinutes":5,"help":{"text":"Ask Ann","url":"mailto:ann@x.org"},
                "connector":{"smartHost":"smtp.x.org","port":2525}}"#,
            &[],
        );
        assert_eq!(config.endpoints.len(), 2);
        assert_eq!(config.endpoints[0].name, "Canada");
        assert_eq!(config.default_endpoint, 1);
        assert_eq!(config.endpoints[1].sent_url("/me"), "/ovh/me");
        assert_eq!(config.connector.port, Some(2525));
        assert_eq!(config.calls_per_minute, 240);
        assert_eq!(config.lock_after_minutes, 5);
        assert_eq!(config.language.as_deref(), Some("de"));
        assert_eq!(
            config.help.map(|help| help.text).as_deref(),
            Some("Ask Ann")
        );
    }

    #[test]
    fn calls_go_at_the_safe_pace_unless_the_deployment_says_otherwise() {
        assert_eq!(check("{}", &[]).calls_per_minute, 60);
        let unlimited = check(r#"{"callsPerMinute":0}"#, &[]);
        assert_eq!(unlimited.calls_per_minute, 0);
        assert_eq!(check("{}", &[]).lock_after_minutes, 30);
        let open = check(r#"{"lockAfterMinutes":0}"#, &[]);
        assert_eq!(open.lock_after_minutes, 0);
    }

    #[test]
    fn a_language_that_is_not_there_is_named() {
        check(r#"{"language":"xx"}"#, &[wrong("language")]);
        assert_eq!(
            check(r#"{"language":"de-AT"}"#, &[]).language.as_deref(),
            Some("de")
        );
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line_and_the_rest_is_used() {
        let json = "{\n\"connector\": {\n\"port\": \"587\",\n\"smartHost\": \"smtp.x.org\" },\n\"colour\": 1 }";
        let (config, flaws) = read(json);
        assert_eq!(config.connector.smart_host.as_deref(), Some("smtp.x.org"));
        let mut told: Vec<_> = flaws.into_iter().map(|f| (f.line, f.complaint)).collect();
        told.sort_by_key(|(line, _)| *line);
        let expected = [(3, wrong("connector.port")), (5, unknown("colour"))];
        assert_eq!(told, expected);
        let (_, flaws) = read("{\n\"language\": \"de\"\n\"help\": {} }");
        let told: Vec<_> = flaws.into_iter().map(|f| (f.complaint, f.line)).collect();
        assert_eq!(told, [(Complaint::NotJson, 3)]);
    }

    #[test]
    fn names_what_it_cannot_use_and_works_on() {
        let plain = Config::default();
        assert_eq!(check("", &[Complaint::NotJson]), plain);
        assert_eq!(check("[]", &[Complaint::NotJson]), plain);
        assert_eq!(check("{}", &[]), plain);
        assert_eq!(check(r#"{"colour":"red"}"#, &[unknown("colour")]), plain);
        assert_eq!(check(r#"{"apis":{}}"#, &[wrong("apis")]), plain);
        assert_eq!(
            check(
                r#"{"apis":[{"address":"evil"}]}"#,
                &[wrong("apis[0].address")]
            ),
            plain
        );
        assert_eq!(check(r#"{"apis":[7]}"#, &[wrong("apis[0]")]), plain);
        assert_eq!(
            check(r#"{"defaultApi":"Mars"}"#, &[wrong("defaultApi")]),
            plain
        );
        assert_eq!(check(r#"{"defaultApi":3}"#, &[wrong("defaultApi")]), plain);
        assert_eq!(
            check(
                r#"{"connector":{"port":70000}}"#,
                &[wrong("connector.port")]
            ),
            plain
        );
        assert_eq!(check(r#"{"connector":[]}"#, &[wrong("connector")]), plain);
        assert_eq!(
            check(r#"{"connector":{"tls":1}}"#, &[unknown("connector.tls")]),
            plain
        );
        assert_eq!(
            check(
                r#"{"help":{"text":"x","url":"javascript:alert(1)"}}"#,
                &[wrong("help")]
            ),
            plain
        );
        for url in [
            "//evil.example",
            "/\\\\evil.example",
            "/\\t/evil.example",
            "ftp://x",
        ] {
            let json = format!(r#"{{"help":{{"text":"x","url":"{url}"}}}}"#);
            assert_eq!(check(&json, &[wrong("help")]), plain, "{url}");
        }
        for (name, value) in [
            ("port", "0"),
            ("smartHost", r#""http://x.org""#),
            ("smartHost", r#""x.org:587""#),
            ("smartHost", r#""relay""#),
            ("smartHost", r#""""#),
            ("displayName", r#"" ""#),
            ("maxSendSize", "0"),
            ("maxSendSize", "101"),
        ] {
            let json = format!(r#"{{"connector":{{"{name}":{value}}}}}"#);
            let expected = wrong(&["connector.", name].concat());
            assert_eq!(check(&json, &[expected]), plain);
        }
        assert_eq!(check(r#"{"apis":[]}"#, &[wrong("apis")]), plain);
        assert_eq!(check(r#"{"language":5}"#, &[wrong("language")]), plain);
        for calls in ["-1", "1.5", r#""60""#, "4294967296", "null"] {
            let json = format!(r#"{{"callsPerMinute":{calls}}}"#);
            assert_eq!(check(&json, &[wrong("callsPerMinute")]), plain);
            let json = json.replace("callsPerMinute", "lockAfterMinutes");
            assert_eq!(check(&json, &[wrong("lockAfterMinutes")]), plain);
        }
    }
}
