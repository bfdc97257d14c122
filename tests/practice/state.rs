//! What the practice Exchange has: platforms, domains, accounts and connectors. No time passes
//! here and nothing is refused; `tasks` changes it and `exchange` decides.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::clock::Moment;

/// `email.exchange.ObjectStateEnum`, as far as it is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Being {
    Creating,
    Deleting,
    Ok,
    Suspended,
}

impl Being {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Creating => "creating",
            Self::Deleting => "deleting",
            Self::Ok => "ok",
            Self::Suspended => "suspended",
        }
    }
}

#[derive(Clone)]
pub struct Connector {
    pub id: u64,
    pub display_name: String,
    /// None for the connector that newer platforms bring along.
    pub smart_host: Option<String>,
    pub port: u64,
    pub require_tls: bool,
    pub max_send_size: u64,
    pub mechanism: String,
    pub dns_routing: bool,
    pub being: Being,
    pub created: Moment,
    pub updated: Option<Moment>,
    /// The task that works on it, 0 if none.
    pub task: u64,
}

impl Connector {
    /// From a checked body, with what OVHcloud fills in (its real default port is not known).
    pub fn new(id: u64, body: &Map<String, Value>, now: Moment) -> Self {
        let mut connector = Self {
            id,
            display_name: String::new(),
            smart_host: None,
            port: 25,
            require_tls: false,
            max_send_size: 100,
            mechanism: "none".into(),
            dns_routing: false,
            being: Being::Creating,
            created: now,
            updated: None,
            task: 0,
        };
        connector.change(body);
        connector
    }

    pub fn change(&mut self, body: &Map<String, Value>) {
        let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
        let number = |name: &str| body.get(name).and_then(Value::as_u64);
        let flag = |name: &str| body.get(name).and_then(Value::as_bool);
        if let Some(name) = text("displayName") {
            self.display_name = name;
        }
        self.smart_host = text("smartHost").or_else(|| self.smart_host.take());
        self.port = number("port").unwrap_or(self.port);
        self.max_send_size = number("maxSendSize").unwrap_or(self.max_send_size);
        self.require_tls = flag("requireTLS").unwrap_or(self.require_tls);
        self.dns_routing = flag("dnsRouting").unwrap_or(self.dns_routing);
        if let Some(mechanism) = text("smartHostAuthMechanism") {
            self.mechanism = mechanism;
        }
    }

    pub const fn built_in(&self) -> bool {
        self.smart_host.is_none()
    }
}

pub struct Account {
    pub id: u64,
    pub first_name: String,
    pub last_name: String,
    /// Some platforms write "none" as 0, some as null.
    pub connector: Option<u64>,
    pub being: Being,
    pub configured: bool,
    pub updated: Option<Moment>,
    pub task: u64,
    /// What was written over the values an account has by nature.
    pub written: Map<String, Value>,
}

pub struct Domain {
    pub main: bool,
    /// The connector of new accounts, 0 if none.
    pub default: u64,
    /// `sbrDefault`
    pub relay: Option<String>,
    pub task: u64,
}

/// `email.exchange.ServiceStateEnum`
pub const SERVICE_STATES: [&str; 3] = ["ok", "inMaintenance", "suspended"];

pub struct Platform {
    pub name: &'static str,
    /// One of [`SERVICE_STATES`].
    pub state: &'static str,
    pub offer: &'static str,
    pub display_name: Option<&'static str>,
    /// `commercialVersion` of its server.
    pub version: &'static str,
    /// From a range for documentation (RFC 5737).
    pub ip: &'static str,
    pub domains: BTreeMap<String, Domain>,
    pub connectors: BTreeMap<u64, Connector>,
    pub accounts: BTreeMap<String, Account>,
}

/// A short body is refused unless it carries `deleteVirus: true`.
pub const STRICT: &str = "strict@mydomain.ovh";
/// Its tasks end in error.
pub const STUCK: &str = "stuck@mydomain.ovh";
/// A change is made, and the connection closed without an answer.
pub const LOST: &str = "lost@mydomain.ovh";
/// In the state `suspended`.
pub const SUSPENDED: &str = "suspended@mydomain.ovh";

const FIRST: [&str; 40] = [
    "Anna", "Ben", "Clara", "David", "Elena", "Felix", "Greta", "Hugo", "Ines", "Jonas", "Karla",
    "Louis", "Marie", "Nils", "Olivia", "Paul", "Quentin", "Rosa", "Samuel", "Theresa", "Ulrich",
    "Vera", "Walter", "Xenia", "Yannick", "Zoe", "Amelie", "Bruno", "Camille", "Dario", "Emma",
    "Fabian", "Helene", "Ivan", "Julia", "Katrin", "Leo", "Mathilde", "Noah", "Pauline",
];
const LAST: [&str; 30] = [
    "Albrecht", "Bernard", "Conti", "Durand", "Eder", "Fischer", "Garnier", "Huber", "Iversen",
    "Jung", "Keller", "Lambert", "Moreau", "Nowak", "Otto", "Perrin", "Quast", "Richter", "Simon",
    "Thomas", "Urban", "Vogel", "Weber", "Xander", "Young", "Ziegler", "Brandt", "Colin", "Dubois",
    "Ernst",
];

fn account(id: u64, first: &str, last: &str) -> Account {
    Account {
        id,
        first_name: first.into(),
        last_name: last.into(),
        connector: (!id.is_multiple_of(3)).then_some(0),
        being: Being::Ok,
        configured: true,
        updated: None,
        task: 0,
        written: Map::new(),
    }
}

/// The `place`-th person: first name alone, then with a last name, then with a number.
fn person(place: usize) -> (String, &'static str, &'static str) {
    let first = FIRST[place % FIRST.len()];
    let round = place / FIRST.len();
    let last = LAST[(place + round) % LAST.len()];
    let login = match round {
        0 => first.to_lowercase(),
        1..=30 => format!("{first}.{last}").to_lowercase(),
        _ => format!("{first}.{last}{}", round / 30 + 1).to_lowercase(),
    };
    (login, first, last)
}

impl Platform {
    fn empty(name: &'static str, offer: &'static str, domains: &[&str]) -> Self {
        let domain = |(place, name): (usize, &&str)| {
            let main = place == 0;
            let task = 0;
            let default = 0;
            (
                (*name).to_owned(),
                Domain {
                    main,
                    default,
                    relay: None,
                    task,
                },
            )
        };
        Self {
            name,
            state: SERVICE_STATES[0],
            offer,
            display_name: None,
            version: "2019",
            ip: "192.0.2.25",
            domains: domains.iter().enumerate().map(domain).collect(),
            connectors: BTreeMap::new(),
            accounts: BTreeMap::new(),
        }
    }

    fn add(&mut self, base: u64, address: &str, first: &str, last: &str) {
        let id = base + self.accounts.len() as u64;
        self.accounts
            .insert(address.to_owned(), account(id, first, last));
    }

    /// Addresses on the domains by turns, until there are `count`.
    fn populate(&mut self, base: u64, domains: &[&str], count: usize) {
        for domain in domains {
            for login in ["newsletter", "contact"] {
                self.add(base, &format!("{login}@{domain}"), "", login);
            }
        }
        let mut place = 0;
        while self.accounts.len() < count {
            let (login, first, last) = person(place / domains.len());
            let domain = domains[place % domains.len()];
            self.add(base, &format!("{login}@{domain}"), first, last);
            place += 1;
        }
    }

    /// Whether there is a connector with this id and a part of its name.
    pub fn is_named(&self, id: u64, part: &str) -> bool {
        let connector = self.connectors.get(&id);
        connector.is_some_and(|connector| connector.display_name.contains(part))
    }

    fn reserve(&mut self, base: u64, count: u64) {
        for place in 0..count {
            let address = format!("{:08x}@configureme.me", 0x9e37_79b9 ^ (base + place));
            self.add(base, &address, "", "");
            if let Some(account) = self.accounts.get_mut(&address) {
                account.configured = false;
                account.connector = None;
            }
        }
    }
}

/// The three platforms; the first has `accounts` addresses, the others a handful each.
pub fn platforms(accounts: usize, now: Moment) -> Vec<Platform> {
    let domains = ["mydomain.ovh", "second-domain.ovh"];
    let mut private = Platform::empty("private-zz111111-1", "dedicated", &domains);
    private.display_name = Some("Practice company");
    for address in [STRICT, STUCK, LOST, SUSPENDED] {
        let login = address.split('@').next().unwrap_or_default();
        private.add(20_001, address, "", login);
    }
    private.populate(20_001, &domains, accounts);
    private.reserve(80_001, 2);
    if let Some(account) = private.accounts.get_mut(SUSPENDED) {
        account.being = Being::Suspended;
    }

    let domains = ["trusted-domain.ovh"];
    let mut trusted = Platform::empty("dedicated-zz111111-1", "dedicatedCluster", &domains);
    trusted.version = "2016";
    trusted.ip = "198.51.100.25";
    trusted.populate(90_001, &domains, accounts.min(8));
    let mut connector = existing(29, now);
    connector.display_name = "Invoices relay".into();
    connector.smart_host = Some("smtp-relay.example.com".into());
    trusted.connectors.insert(29, connector);
    if let Some(account) = trusted.accounts.get_mut("newsletter@trusted-domain.ovh") {
        account.connector = Some(29);
    }

    let domains = ["hosted-domain.ovh"];
    let mut hosted = Platform::empty("hosted-zz111111-1", "hosted", &domains);
    hosted.ip = "203.0.113.25";
    hosted.populate(95_001, &domains, accounts.min(6));
    hosted.reserve(97_001, 3);
    let mut built_in = existing(3, now);
    built_in.display_name = "Default".into();
    hosted.connectors.insert(3, built_in);
    vec![private, trusted, hosted]
}

fn existing(id: u64, now: Moment) -> Connector {
    let month = std::time::Duration::from_secs(30 * 86_400);
    let mut connector = Connector::new(id, &Map::new(), now.minus(month));
    connector.port = 587;
    connector.require_tls = true;
    connector.mechanism = "basicAuthRequireTLS".into();
    connector.being = Being::Ok;
    connector
}
