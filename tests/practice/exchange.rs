//! The Exchange routes over the state: what is answered, what is refused, and which task starts.
//! It is told the time, and brings every task up to it first.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use serde_json::{Map, Value, json};

use super::access;
use super::clock::Moment;
use super::errors::{self, Refusal};
use super::fields;
use super::state::{self, Being, Connector, Platform, STRICT};
use super::tasks::{Effect, Stage, Task};

/// For so long a finished task can still be asked for by its id.
const REMEMBERED: Duration = Duration::from_secs(600);

pub struct Exchange {
    pub platforms: Vec<Platform>,
    tasks: BTreeMap<u64, Task>,
    /// The tasks that are still to end, and those that have, the first first: a call looks at no
    /// more than it has to, however many there were.
    open: Vec<u64>,
    ended: VecDeque<(Moment, u64)>,
    task_time: Duration,
    next_connector: u64,
    next_task: u64,
}

type Answer = Result<Value, Refusal>;

impl Exchange {
    pub fn new(accounts: usize, task_time: Duration, now: Moment) -> Self {
        Self {
            platforms: state::platforms(accounts, now),
            tasks: BTreeMap::new(),
            open: Vec::new(),
            ended: VecDeque::new(),
            task_time,
            next_connector: 30,
            next_task: 113_924_189,
        }
    }

    /// Brings every task to where it is at `now`: a third of its time it waits.
    pub fn pass(&mut self, now: Moment) {
        self.open.retain(|id| {
            let Some(task) = self.tasks.get_mut(id) else {
                return false;
            };
            let platform = &mut self.platforms[task.platform];
            if task.stage == Stage::Todo && task.todo.plus(self.task_time / 3) <= now {
                task.begin(platform);
            }
            if task.stage == Stage::Doing && task.todo.plus(self.task_time) <= now {
                task.end(platform, now);
            }
            if let Some(finish) = task.finish {
                self.ended.push_back((finish, *id));
            }
            task.finish.is_none()
        });
        while let Some(&(finish, id)) = self.ended.front()
            && now.since(finish) >= REMEMBERED
        {
            self.ended.pop_front();
            self.tasks.remove(&id);
        }
    }

    /// The place of the platform that both path parameters name.
    fn place(&self, organization: &str, service: &str) -> Result<usize, Refusal> {
        let mut platforms = self.platforms.iter();
        platforms
            .position(|platform| platform.name == organization && platform.name == service)
            .ok_or_else(errors::no_such_service)
    }

    /// The platform that both path parameters name.
    pub fn platform(&self, organization: &str, service: &str) -> Result<&Platform, Refusal> {
        let place = self.place(organization, service)?;
        Ok(&self.platforms[place])
    }

    /// Unknown platforms stay as they are: there are none.
    pub fn set_state(&mut self, name: &str, state: &'static str) {
        for platform in &mut self.platforms {
            if platform.name == name {
                platform.state = state;
            }
        }
    }

    fn start(&mut self, platform: usize, effect: Effect, now: Moment) -> &Task {
        let id = self.next_task;
        self.next_task += 1;
        let task = Task {
            id,
            platform,
            effect,
            stage: Stage::Todo,
            todo: now,
            finish: None,
        };
        self.open.push(id);
        self.tasks.entry(id).or_insert(task)
    }

    /// OVHcloud begins something of its own on a platform.
    pub fn begin(&mut self, name: &str, function: &'static str, now: Moment) {
        if let Ok(place) = self.place(name, name) {
            self.start(place, Effect::Other(function), now);
        }
    }

    pub fn services(&self, organization: &str) -> Answer {
        let platform = self.platform(organization, organization)?;
        Ok(json!([platform.name]))
    }

    pub fn add_connector(
        &mut self,
        [organization, service]: [&str; 2],
        body: &[u8],
        now: Moment,
    ) -> Answer {
        let place = self.place(organization, service)?;
        let body = fields::read(body, fields::NEW_CONNECTOR)?;
        fields::check_connector(&body)?;
        let connector = Connector::new(self.next_connector, &body, now);
        self.next_connector += 1;
        let task = self.start(place, Effect::AddConnector(Box::new(connector)), now);
        Ok(task.json())
    }

    /// Changes a connector that is there, is not built in, and is not being worked on.
    pub fn change_connector(
        &mut self,
        [organization, service, id]: [&str; 3],
        effect: impl FnOnce(u64) -> Effect,
        now: Moment,
    ) -> Answer {
        let place = self.place(organization, service)?;
        let connector = self.platforms[place].connector(id)?;
        if connector.built_in() {
            return Err(errors::built_in());
        }
        if let Some(task) = self.tasks.get(&connector.task) {
            return Err(errors::in_progress("send connector", task.function()));
        }
        let id = connector.id;
        let task = self.start(place, effect(id), now);
        let (task_id, answer) = (task.id, task.json());
        if let Some(connector) = self.platforms[place].connectors.get_mut(&id) {
            connector.task = task_id;
        }
        Ok(answer)
    }

    pub fn set_account(
        &mut self,
        [organization, service, address]: [&str; 3],
        body: &[u8],
        now: Moment,
    ) -> Answer {
        let place = self.place(organization, service)?;
        let platform = &self.platforms[place];
        let address = address.to_lowercase();
        let account = platform.account(&address)?;
        let body = fields::read(body, fields::ACCOUNT)?;
        if address == STRICT && !deletes_virus(&body) {
            let message = "Parameter spamAndVirusConfiguration.deleteVirus must be true";
            return Err(errors::bad_field(message));
        }
        if account.being == Being::Suspended {
            return Err(errors::suspended(&address));
        }
        if let Some(task) = self.tasks.get(&account.task) {
            return Err(errors::in_progress("account", task.function()));
        }
        if let Some(id) = body.get("sendConnectorId").and_then(Value::as_u64) {
            platform.ready("sendConnectorId", id)?;
        }
        let task = self.start(place, Effect::SetAccount(address.clone(), body), now);
        let id = task.id;
        if let Some(account) = self.platforms[place].accounts.get_mut(&address) {
            account.task = id;
        }
        Ok(Value::Null)
    }

    pub fn set_default(
        &mut self,
        [organization, service, name]: [&str; 3],
        body: &[u8],
        now: Moment,
    ) -> Answer {
        let place = self.place(organization, service)?;
        let platform = &self.platforms[place];
        let domain = platform.domain(name)?;
        let body = fields::read(body, fields::DOMAIN_DEFAULT)?;
        if let Some(task) = self.tasks.get(&domain.task) {
            return Err(errors::in_progress("domain", task.function()));
        }
        if let Some(id) = body.get("sendConnectorIdDefault").and_then(Value::as_u64) {
            platform.ready("sendConnectorIdDefault", id)?;
        }
        let task = self.start(place, Effect::SetDomain(name.to_owned(), body), now);
        let id = task.id;
        if let Some(domain) = self.platforms[place].domains.get_mut(name) {
            domain.task = id;
        }
        Ok(Value::Null)
    }

    /// The ids of what is still to be done, on one account or on the whole platform.
    pub fn pending(&self, [organization, service]: [&str; 2], address: Option<&str>) -> Answer {
        let place = self.place(organization, service)?;
        if let Some(address) = address {
            self.platforms[place].account(address)?;
        }
        let tasks = self.tasks.values();
        let open = tasks.filter(|task| task.platform == place && task.finish.is_none());
        let here = open.filter(|task| address.is_none() || task.account() == address);
        Ok(here.map(|task| task.id).collect())
    }

    pub fn task(&self, [organization, service, id]: [&str; 3], address: Option<&str>) -> Answer {
        let place = self.place(organization, service)?;
        let task = id.parse().ok().and_then(|id: u64| self.tasks.get(&id));
        let task = task.filter(|task| task.platform == place);
        let task = task.filter(|task| address.is_none() || task.account() == address);
        task.map(Task::json)
            .ok_or_else(|| errors::no_such_object("id", id))
    }

    /// The account of this address, wherever it is, for the inbox.
    pub fn find(&self, address: &str) -> Option<(&Platform, Option<&Connector>)> {
        let mut platforms = self.platforms.iter();
        let platform = platforms.find(|platform| platform.accounts.contains_key(address))?;
        let account = platform.accounts.get(address)?;
        let connector = account
            .connector
            .and_then(|id| platform.connectors.get(&id));
        Some((platform, connector))
    }
}

fn deletes_virus(body: &Map<String, Value>) -> bool {
    body.get("spamAndVirusConfiguration")
        .and_then(|flags| flags.get("deleteVirus"))
        .is_some_and(|flag| flag == true)
}

impl Platform {
    /// Whether it takes changes.
    pub fn in_service(&self) -> Result<(), Refusal> {
        if self.state == "ok" {
            return Ok(());
        }
        Err(errors::not_in_service(self.state))
    }

    pub fn connector(&self, id: &str) -> Result<&Connector, Refusal> {
        let connector = id.parse().ok().and_then(|id: u64| self.connectors.get(&id));
        connector.ok_or_else(|| errors::no_such_object("id", id))
    }

    pub fn account(&self, address: &str) -> Result<&state::Account, Refusal> {
        let account = self.accounts.get(address);
        account.ok_or_else(|| errors::no_such_object("primaryEmailAddress", address))
    }

    pub fn domain(&self, name: &str) -> Result<&state::Domain, Refusal> {
        let domain = self.domains.get(name);
        domain.ok_or_else(|| errors::no_such_object("domainName", name))
    }

    /// Whether something can be attached to this connector; 0 is the platform's own server.
    fn ready(&self, field: &str, id: u64) -> Result<(), Refusal> {
        if id == 0 {
            return Ok(());
        }
        let connector = self.connectors.get(&id);
        let connector = connector.ok_or_else(|| errors::no_such_object(field, &id.to_string()))?;
        match connector.being {
            Being::Creating => Err(errors::in_progress("send connector", "addSendConnector")),
            Being::Deleting => Err(errors::in_progress("send connector", "deleteSendConnector")),
            Being::Ok | Being::Suspended => Ok(()),
        }
    }

    /// The addresses that fit the query; `like` filters know `%`, and no upper or lower case.
    pub fn addresses(&self, query: &[(String, String)]) -> Vec<&String> {
        let fits = |address: &str, account: &state::Account| {
            query.iter().all(|(name, wanted)| match name.as_str() {
                "primaryEmailAddress" => {
                    access::matches(&wanted.to_lowercase(), &address.to_lowercase(), '%')
                }
                "id" => access::matches(wanted, &account.id.to_string(), '%'),
                "company" => {
                    let company = account.written.get("company").and_then(Value::as_str);
                    company.is_some_and(|company| access::matches(wanted, company, '%'))
                }
                "accountLicense" => {
                    let licence = account.written.get("accountLicense");
                    licence.and_then(Value::as_str).unwrap_or("standard") == wanted
                }
                _ => true,
            })
        };
        let accounts = self.accounts.iter();
        accounts
            .filter(|(address, account)| fits(address, account))
            .map(|(address, _)| address)
            .collect()
    }

    /// The domains that fit the query, `main` and `state`.
    pub fn domain_names(&self, query: &[(String, String)]) -> Vec<&String> {
        let fits = |domain: &state::Domain| {
            query.iter().all(|(name, wanted)| match name.as_str() {
                "main" => wanted == if domain.main { "true" } else { "false" },
                "state" => wanted == "ok",
                _ => true,
            })
        };
        let domains = self.domains.iter();
        domains
            .filter(|(_, domain)| fits(domain))
            .map(|(name, _)| name)
            .collect()
    }
}
