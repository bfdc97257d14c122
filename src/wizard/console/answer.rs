//! An answer of OVHcloud as somebody copied it from the API console: JSON, or what the console makes
//! of it, without quotes around names and without commas.

use serde_json::Value;

use crate::json::{self, Fields};
use crate::ovh::exchange::{Account, SendConnector};

/// Lists in objects in lists: no answer goes deeper than this.
const DEEPEST: usize = 16;

/// What was pasted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// `null`: taken.
    Null,
    /// A piece of work that was begun.
    Task,
    Ids(Vec<u64>),
    Connector(SendConnector),
    Account(Account),
    /// OVHcloud's words about what is wrong.
    Refusal(String),
    Other,
}

/// Why a text is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    Empty,
    /// A part of a page of the web.
    Html,
    Unreadable,
}

impl Answer {
    /// Reads what was pasted.
    ///
    /// # Errors
    /// What the text is instead.
    pub fn read(pasted: &str) -> Result<Self, NoAnswer> {
        let text = pasted.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if text.is_empty() {
            return Err(NoAnswer::Empty);
        }
        if text.starts_with('<') {
            return Err(NoAnswer::Html);
        }
        let value = json::parse(text).or_else(|| as_printed(text));
        value.as_ref().map(Self::of).ok_or(NoAnswer::Unreadable)
    }

    fn of(value: &Value) -> Self {
        if value.is_null() {
            return Self::Null;
        }
        if let Some(id) = value.as_u64() {
            return Self::Ids(vec![id]);
        }
        if let Some(ids) = json::wholes(value) {
            return Self::Ids(ids);
        }
        let Value::Object(fields) = value else {
            return Self::Other;
        };
        let has = |name: &str| fields.contains_key(name);
        let connector = || SendConnector::from_json(value).map(Self::Connector);
        let account = || Account::from_json(value).map(Self::Account);
        let known = if has("primaryEmailAddress") || has("sendConnectorId") {
            account()
        } else if has("smartHost") || has("displayName") {
            connector()
        } else if has("function") && has("status") {
            Some(Self::Task)
        } else {
            json::text(fields, "message").map(Self::Refusal)
        };
        known.unwrap_or(Self::Other)
    }
}

/// What the console prints: names bare, a line each instead of commas, `{ null }` for nothing.
fn as_printed(text: &str) -> Option<Value> {
    let mut rest = Printed(text);
    let mut values = Vec::new();
    while !rest.at_end() {
        values.push(rest.value(0)?);
        rest.skip(',');
    }
    match values.len() {
        1 => values.pop(),
        // A list of which the brackets were left behind.
        _ => values
            .iter()
            .all(Value::is_u64)
            .then_some(Value::Array(values)),
    }
}

/// What is still to be read.
struct Printed<'a>(&'a str);

impl Printed<'_> {
    fn at_end(&mut self) -> bool {
        self.0 = self.0.trim_start();
        self.0.is_empty()
    }

    /// Takes a mark, if it is the next.
    fn skip(&mut self, mark: char) -> bool {
        self.0 = self.0.trim_start();
        let rest = self.0.strip_prefix(mark);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        if depth > DEEPEST {
            None
        } else if self.skip('[') {
            let mut items = Vec::new();
            while !self.skip(']') {
                items.push(self.value(depth + 1)?);
                self.skip(',');
            }
            Some(Value::Array(items))
        } else if self.skip('{') {
            self.object(depth)
        } else {
            self.plain()
        }
    }

    fn object(&mut self, depth: usize) -> Option<Value> {
        let mut fields = Fields::new();
        while !self.skip('}') {
            let name = self.plain()?;
            if name.is_null() && fields.is_empty() && self.skip('}') {
                return Some(Value::Null);
            }
            let Value::String(name) = name else {
                return None;
            };
            self.skip(':').then_some(())?;
            let value = self.value(depth + 1)?;
            fields.insert(name, value);
            self.skip(',');
        }
        Some(Value::Object(fields))
    }

    /// A text in quotes, a number, a word that JSON knows, or the bare name of a field.
    fn plain(&mut self) -> Option<Value> {
        let text = self.0.trim_start();
        let end = if let Some(inside) = text.strip_prefix('"') {
            closing(inside)? + 2
        } else {
            let is_bare = |c: char| c.is_ascii_alphanumeric() || "_-.+".contains(c);
            text.find(|c| !is_bare(c)).unwrap_or(text.len())
        };
        let (word, rest) = text.split_at_checked(end).filter(|_| end > 0)?;
        self.0 = rest;
        let is_name = || rest.trim_start().starts_with(':');
        json::parse(word).or_else(|| is_name().then(|| word.into()))
    }
}

/// Where the quote is that ends a text.
fn closing(inside: &str) -> Option<usize> {
    let mut is_escaped = false;
    inside.bytes().position(|byte| {
        let ends = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        ends
    })
}

#[cfg(test)]
mod tests {
    use super::{Answer, NoAnswer};
    use crate::ovh::exchange::{Account, SendConnector};

    fn check(pasted: &str, expected: &Answer) {
        assert_eq!(Answer::read(pasted).as_ref(), Ok(expected), "{pasted}");
    }

    #[test]
    fn a_list_is_read_however_it_was_copied() {
        for pasted in [
            "[29]",
            " [ 29 ]\n",
            "[\n    29\n]",
            "29",
            "\u{feff}29\r\n",
            "[29,]",
        ] {
            check(pasted, &Answer::Ids(vec![29]));
        }
        for pasted in ["[3, 29]", "[\n  3\n  29\n]", "3\n29", "3, 29"] {
            check(pasted, &Answer::Ids(vec![3, 29]));
        }
        check("[]", &Answer::Ids(vec![]));
        check("[ ]", &Answer::Ids(vec![]));
    }

    #[test]
    fn the_samples_of_the_guide_are_read() {
        let task = "{\n    todoDate: \"2023-09-25T14:06:02+02:00\"\n    id: 113924189\n    \
                    finishDate: null\n    function: \"addSendConnector\"\n    status: \"todo\"\n}";
        check(task, &Answer::Task);
        let connector = "{\n    smartHost: \"smtp-relay.example.com\"\n    displayName: \
                         \"testconnector\"\n    state: \"ok\"\n    maxSendSize: 100\n    \
                         smartHostAuthMechanism: \"basicAuthRequireTLS\"\n    port: 587\n    \
                         lastUpdateDate: null\n    taskPendingId: 0\n    id: 29\n    requireTLS: \
                         true\n}";
        let expected = SendConnector {
            id: Some(29),
            display_name: Some("testconnector".into()),
            smart_host: Some("smtp-relay.example.com".into()),
            port: Some(587),
            require_tls: Some(true),
            smart_host_auth_mechanism: Some("basicAuthRequireTLS".into()),
            max_send_size: Some(100),
            state: Some("ok".into()),
            task_pending_id: Some(0),
            ..SendConnector::default()
        };
        check(connector, &Answer::Connector(expected));
        for nothing in ["null", "{\n    null\n}", "{ null }"] {
            check(nothing, &Answer::Null);
        }
    }

    #[test]
    fn an_account_and_a_refusal_are_told_apart() {
        let account = Account {
            primary_email_address: Some("a\"b@x.org".into()),
            send_connector_id: Some(29),
            ..Account::default()
        };
        let json = r#"{"primaryEmailAddress":"a\"b@x.org","sendConnectorId":29,"quota":0.5}"#;
        check(json, &Answer::Account(account.clone()));
        let printed = "{ primaryEmailAddress: \"a\\\"b@x.org\" sendConnectorId: 29 aliases: [] }";
        check(printed, &Answer::Account(account));
        for pasted in [
            r#"{"errorCode":"NOT_GRANTED_CALL","httpCode":"403 Forbidden","message":"Not yours"}"#,
            "{\n  class: \"Client::Forbidden\"\n  message: \"Not yours\"\n}",
        ] {
            check(pasted, &Answer::Refusal("Not yours".into()));
        }
        check("{}", &Answer::Other);
        check(r#"["a"]"#, &Answer::Other);
    }

    #[test]
    fn what_is_no_answer_is_named() {
        let deep = "[".repeat(1_000_000);
        for (pasted, expected) in [
            ("  \n", NoAnswer::Empty),
            ("<!doctype html><p>29", NoAnswer::Html),
            ("number 29", NoAnswer::Unreadable),
            ("ok", NoAnswer::Unreadable),
            ("{ id: 29", NoAnswer::Unreadable),
            ("{ 29 }", NoAnswer::Unreadable),
            ("\"29", NoAnswer::Unreadable),
            ("29; rm", NoAnswer::Unreadable),
            (deep.as_str(), NoAnswer::Unreadable),
        ] {
            let head: String = pasted.chars().take(20).collect();
            assert_eq!(Answer::read(pasted), Err(expected), "{head}");
        }
    }
}
