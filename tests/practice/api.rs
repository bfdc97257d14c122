//! One call of the API, from what was received to what is answered: route, keys, pace, then the
//! route's own work. No I/O; `server` brings the call and carries the answer away.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::access::{self, Claim, Rule};
use super::chance::Chance;
use super::clock::Moment;
use super::errors::{self, Refusal};
use super::exchange::Exchange;
use super::faults::{self, Fault};
use super::fields;
use super::keys::{Keys, State};
use super::pace::Pace;
use super::routes::{self, Route};
use super::state::LOST;
use super::tasks::Effect;

/// The practice OVHcloud behind its door.
pub struct World {
    /// `http://127.0.0.1:PORT` first, then the other names of the same door.
    pub addresses: Vec<String>,
    pub keys: Keys,
    pub exchange: Exchange,
    pub pace: Pace,
    pub faults: Option<Chance>,
    /// The signatures of calls whose connection was cut, see [`World::is_echo`].
    pub cut: HashSet<String>,
    /// Nothing is answered but that it is so.
    pub maintained: bool,
}

/// A call as it was received.
#[derive(Default)]
pub struct Call {
    pub method: String,
    /// Path and query, byte for byte.
    pub target: String,
    pub application: Option<String>,
    pub consumer: Option<String>,
    pub time: Option<String>,
    pub signature: Option<String>,
    pub body: Vec<u8>,
}

/// How an answer leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    Prompt,
    Late,
    Never,
}

pub struct Answer {
    pub result: Result<Value, Refusal>,
    pub delivery: Delivery,
    /// The methods of the route, none if there is no such route.
    pub methods: &'static [&'static str],
}

impl Call {
    fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    fn query(&self) -> Vec<(String, String)> {
        let query = self.target.split_once('?').map_or("", |(_, query)| query);
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        pairs
            .map(|pair| {
                let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                let plain = |text: &str| routes::decode(&text.replace('+', " "));
                (plain(name), plain(value))
            })
            .collect()
    }

    /// Whether the connector that is to be added or changed, or that a domain shall have or lose as
    /// its default, is named so that this goes wrong.
    fn is_named(&self, route: Route, exchange: &Exchange, sentinel: &str) -> bool {
        if self.method == "GET" {
            return false;
        }
        let body = fields::object(&self.body).unwrap_or_default();
        let there = |[organization, service]: [&str; 2], id: Option<u64>| {
            let platform = exchange.platform(organization, service).ok();
            let named = platform.zip(id);
            named.is_some_and(|(platform, id)| platform.is_named(id, sentinel))
        };
        match route {
            Route::Connectors(_) | Route::Connector(_) if body.contains_key("displayName") => {
                let name = body["displayName"].as_str();
                name.is_some_and(|name| name.contains(sentinel))
            }
            Route::Connector([o, s, id]) | Route::Authentication([o, s, id]) => {
                there([o, s], id.parse().ok())
            }
            Route::DomainDefault([o, s, name]) => {
                let wanted = body.get("sendConnectorIdDefault").and_then(Value::as_u64);
                let platform = exchange.platform(o, s).ok();
                let domain = platform.and_then(|platform| platform.domains.get(name));
                let before = domain.map(|domain| domain.default);
                there([o, s], wanted.filter(|&id| id != 0).or(before))
            }
            _ => false,
        }
    }
}

impl World {
    /// Chromium sends a request again by itself when a kept connection was closed without an
    /// answer, whatever the method. Such an echo is cut again and not performed, so that a lost
    /// answer stays lost. Reading again within the same second is no echo, though it is signed alike.
    pub fn is_echo(&self, call: &Call) -> bool {
        let signature = call.signature.as_ref();
        let signature = signature.filter(|_| call.method != "GET");
        signature.is_some_and(|signature| self.cut.contains(signature))
    }

    /// Answers a call at `now`.
    pub fn answer(&mut self, call: &Call, now: Moment) -> Answer {
        self.exchange.pass(now);
        let segments = routes::below_base(call.path()).map(routes::segments);
        let segments = segments.unwrap_or_default();
        let Some(route) = Route::of(&segments) else {
            return Answer {
                result: Err(errors::no_such_url()),
                delivery: Delivery::Prompt,
                methods: &[],
            };
        };
        let methods = route.methods();
        let mut delivery = Delivery::Prompt;
        let result = if call.method == "OPTIONS" {
            Ok(Value::Null)
        } else if methods.contains(&call.method.as_str()) {
            self.admit(call, route, &segments, &mut delivery, now)
        } else {
            Err(errors::no_such_url())
        };
        if delivery == Delivery::Never {
            self.cut.extend(call.signature.clone());
        }
        Answer {
            result,
            delivery,
            methods,
        }
    }

    /// Lets faults happen, then keys and pace decide, then the route does its work.
    fn admit(
        &mut self,
        call: &Call,
        route: Route,
        segments: &[String],
        delivery: &mut Delivery,
        now: Moment,
    ) -> Result<Value, Refusal> {
        if self.maintained {
            return Err(errors::unavailable());
        }
        match self.faults.as_mut().and_then(faults::next) {
            Some(Fault::Broken) => return Err(errors::broken()),
            Some(Fault::Unavailable) => return Err(errors::unavailable()),
            Some(Fault::Dropped) => {
                *delivery = Delivery::Never;
                return Err(errors::unavailable());
            }
            Some(Fault::Lost) => *delivery = Delivery::Never,
            Some(Fault::Slow) => *delivery = Delivery::Late,
            None => {}
        }
        match route {
            Route::Time => return Ok(now.unix().into()),
            Route::Credential => return self.ask_for_credential(call, now),
            _ => {}
        }
        let path = format!("/{}", segments.join("/"));
        let url = |address: &String| format!("{address}{}", call.target);
        let urls: Vec<String> = self.addresses.iter().map(url).collect();
        let claim = Claim {
            application: call.application.as_deref(),
            consumer: call.consumer.as_deref(),
            time: call.time.as_deref(),
            signature: call.signature.as_deref(),
            method: &call.method,
            path: &path,
            urls: &urls,
            body: &call.body,
        };
        let consumer = access::check(&mut self.keys, &claim, now)?;
        self.pace.take(&consumer, now).map_err(errors::over_pace)?;
        let named = |sentinel| call.is_named(route, &self.exchange, sentinel);
        if named("html-503") {
            return Err(errors::unavailable());
        }
        let (is_slow, is_lost) = (named("slow-answer"), named("lost-answer"));
        let done = self.perform(call, route, &consumer, now)?;
        if is_slow {
            *delivery = Delivery::Late;
        }
        let lost = matches!(route, Route::Account([_, _, LOST])) && call.method == "PUT";
        if lost || is_lost {
            *delivery = Delivery::Never;
        }
        Ok(done)
    }

    fn perform(
        &mut self,
        call: &Call,
        route: Route,
        consumer: &str,
        now: Moment,
    ) -> Result<Value, Refusal> {
        let exchange = &mut self.exchange;
        let body = &call.body;
        if let Some([organization, service]) = route.platform().filter(|_| call.method != "GET") {
            exchange.platform(organization, service)?.in_service()?;
        }
        match (route, call.method.as_str()) {
            (Route::Logout, _) => {
                self.keys.end(consumer);
                Ok(Value::Null)
            }
            (Route::Connectors(path), "POST") => exchange.add_connector(path, body, now),
            (Route::Connector([o, s, id]), "PUT") => {
                exchange.platform(o, s)?.connector(id)?;
                let body = fields::read(body, fields::CONNECTOR)?;
                fields::check_connector(&body)?;
                let effect = |id| Effect::SetConnector(id, body);
                exchange.change_connector([o, s, id], effect, now)?;
                Ok(Value::Null)
            }
            (Route::Connector(path), "DELETE") => {
                exchange.change_connector(path, Effect::DeleteConnector, now)
            }
            (Route::Authentication([o, s, id]), _) => {
                exchange.platform(o, s)?.connector(id)?;
                let body = fields::read(body, fields::AUTHENTICATION)?;
                let effect = |id| Effect::ChangeAuthentication(id, body);
                exchange.change_connector([o, s, id], effect, now)
            }
            (Route::Account(path), "PUT") => exchange.set_account(path, body, now),
            (Route::DomainDefault(path), _) => exchange.set_default(path, body, now),
            _ => self.read(call, route, consumer, now),
        }
    }

    fn read(
        &self,
        call: &Call,
        route: Route,
        consumer: &str,
        now: Moment,
    ) -> Result<Value, Refusal> {
        let exchange = &self.exchange;
        let platforms = &exchange.platforms;
        Ok(match route {
            Route::CurrentCredential => self.credential_json(consumer, now),
            Route::Details => self.details_json(consumer),
            Route::Organizations => platforms.iter().map(|platform| platform.name).collect(),
            Route::Services(organization) => exchange.services(organization)?,
            Route::Service([o, s]) => exchange.platform(o, s)?.json(),
            Route::Server([o, s]) => exchange.platform(o, s)?.server_json(),
            Route::Connectors([o, s]) => {
                let connectors = &exchange.platform(o, s)?.connectors;
                connectors.keys().copied().collect()
            }
            Route::Connector([o, s, id]) => exchange.platform(o, s)?.connector(id)?.json(),
            Route::Accounts([o, s]) => {
                let platform = exchange.platform(o, s)?;
                json!(platform.addresses(&call.query()))
            }
            Route::Account([o, s, address]) => {
                let address = address.to_lowercase();
                let account = exchange.platform(o, s)?.account(&address)?;
                account.json(&address)
            }
            Route::AccountTasks([o, s, address]) => exchange.pending([o, s], Some(address))?,
            Route::AccountTask([o, s, id, address]) => exchange.task([o, s, id], Some(address))?,
            Route::Domains([o, s]) => json!(exchange.platform(o, s)?.domain_names(&call.query())),
            Route::Domain([o, s, name]) => exchange.platform(o, s)?.domain(name)?.json(name),
            Route::Tasks(path) => exchange.pending(path, None)?,
            Route::Task(path) => exchange.task(path, None)?,
            _ => return Err(errors::no_such_url()),
        })
    }
}

impl World {
    /// `POST /auth/credential`: a consumer key that its owner has still to confirm.
    fn ask_for_credential(&mut self, call: &Call, now: Moment) -> Result<Value, Refusal> {
        let application = call.application.as_deref().unwrap_or_default();
        if !self.keys.applications.contains_key(application) {
            return Err(errors::invalid_key());
        }
        let body = fields::object(&call.body)?;
        let Some(asked) = body.get("accessRules").and_then(Value::as_array) else {
            let message = "Missing required parameter: accessRules";
            return Err(errors::bad_field(message));
        };
        let rules: Option<Vec<Rule>> = asked.iter().map(read_rule).collect();
        let Some(rules) = rules else {
            let message = "Parameter accessRules must be a list of method and path";
            return Err(errors::bad_field(message));
        };
        let redirection = body.get("redirection").and_then(Value::as_str);
        let web = |url: &str| url.starts_with("http://") || url.starts_with("https://");
        if redirection.is_some_and(|url| !web(url)) {
            let message = "Parameter redirection must be a web address";
            return Err(errors::bad_field(message));
        }
        let redirection = redirection.map(str::to_owned);
        let (consumer, token) = self.keys.ask(application, rules, redirection, now);
        let address = self.addresses.first().cloned().unwrap_or_default();
        Ok(json!({
            "validationUrl": format!("{address}/practice/auth?credentialToken={token}"),
            "consumerKey": consumer,
            "state": State::PendingValidation.name(),
        }))
    }

    fn credential_json(&self, consumer: &str, now: Moment) -> Value {
        let Some(credential) = self.keys.credentials.get(consumer) else {
            return Value::Null;
        };
        let application = self.keys.applications.get(&credential.application);
        json!({
            "credentialId": credential.id,
            "applicationId": application.map(|application| application.id),
            "status": credential.state_at(now).name(),
            "creation": credential.created.for_api(),
            "expiration": credential.expires.map(Moment::for_api),
            "lastUse": credential.last_use.map(Moment::for_api),
            "ovhSupport": false,
            "allowedIPs": null,
            "rules": rules_json(&credential.rules),
        })
    }

    fn details_json(&self, consumer: &str) -> Value {
        let credential = self.keys.credentials.get(consumer);
        json!({
            "account": "zz111111-ovh",
            "user": null,
            "method": "account",
            "description": null,
            "identities": ["urn:v1:eu:identity:account:zz111111-ovh"],
            "roles": null,
            "allowedRoutes": credential.map(|credential| rules_json(&credential.rules)),
        })
    }
}

fn read_rule(rule: &Value) -> Option<Rule> {
    let method = rule.get("method")?.as_str()?;
    let path = rule.get("path")?.as_str()?;
    let known = ["GET", "POST", "PUT", "DELETE", "PATCH"].contains(&method);
    (known && path.starts_with(['/', '*'])).then(|| Rule::new(method, path))
}

fn rules_json(rules: &[Rule]) -> Value {
    let rule = |rule: &Rule| json!({ "method": rule.method, "path": rule.path });
    rules.iter().map(rule).collect()
}
