//! What OVHcloud does after it has answered: a task waits (todo), works (doing) and ends (done
//! or error), and only then does the object show what was asked.

use serde_json::{Map, Value, json};

use super::clock::Moment;
use super::state::{Being, Connector, Platform, STUCK};

/// What a task will have changed.
#[derive(Clone)]
pub enum Effect {
    AddConnector(Box<Connector>),
    SetConnector(u64, Map<String, Value>),
    ChangeAuthentication(u64, Map<String, Value>),
    DeleteConnector(u64),
    SetAccount(String, Map<String, Value>),
    SetDomain(String, u64),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Todo,
    Doing,
    Done,
    Error,
}

pub struct Task {
    pub id: u64,
    /// The platform's place in the list of platforms.
    pub platform: usize,
    pub effect: Effect,
    pub stage: Stage,
    pub todo: Moment,
    pub finish: Option<Moment>,
}

impl Task {
    /// `email.exchange.TaskFunctionEnum`; that a new password is `setSendConnector` is inferred.
    pub const fn function(&self) -> &'static str {
        match self.effect {
            Effect::AddConnector(_) => "addSendConnector",
            Effect::SetConnector(..) | Effect::ChangeAuthentication(..) => "setSendConnector",
            Effect::DeleteConnector(_) => "deleteSendConnector",
            Effect::SetAccount(..) => "setAccount",
            Effect::SetDomain(..) => "setDomain",
        }
    }

    pub fn json(&self) -> Value {
        let status = match self.stage {
            Stage::Todo => "todo",
            Stage::Doing => "doing",
            Stage::Done => "done",
            Stage::Error => "error",
        };
        json!({
            "id": self.id,
            "function": self.function(),
            "status": status,
            "todoDate": self.todo.for_api(),
            "finishDate": self.finish.map(Moment::for_api),
        })
    }

    pub fn account(&self) -> Option<&str> {
        match &self.effect {
            Effect::SetAccount(address, _) => Some(address),
            _ => None,
        }
    }

    /// From todo to doing: a new connector is seen in the list from here on.
    pub fn begin(&mut self, platform: &mut Platform) {
        self.stage = Stage::Doing;
        match &self.effect {
            Effect::AddConnector(connector) => {
                let mut connector = connector.clone();
                connector.task = self.id;
                platform.connectors.insert(connector.id, *connector);
            }
            Effect::DeleteConnector(id) => {
                if let Some(connector) = platform.connectors.get_mut(id) {
                    connector.being = Being::Deleting;
                }
            }
            _ => {}
        }
    }

    /// From doing to done, or to error.
    pub fn end(&mut self, platform: &mut Platform, now: Moment) {
        let fails = self.fails(platform);
        self.stage = if fails { Stage::Error } else { Stage::Done };
        self.finish = Some(now);
        self.release(platform);
        if fails {
            if let Effect::AddConnector(connector) = &self.effect {
                platform.connectors.remove(&connector.id);
            }
            return;
        }
        match &self.effect {
            Effect::AddConnector(connector) => {
                let switched_off = connector.display_name.contains("switched-off");
                if let Some(connector) = platform.connectors.get_mut(&connector.id) {
                    connector.being = if switched_off {
                        Being::Suspended
                    } else {
                        Being::Ok
                    };
                }
            }
            Effect::SetConnector(id, body) | Effect::ChangeAuthentication(id, body) => {
                if let Some(connector) = platform.connectors.get_mut(id) {
                    connector.change(body);
                    connector.updated = Some(now);
                }
            }
            Effect::DeleteConnector(id) => forget(platform, *id),
            Effect::SetAccount(address, body) => {
                if let Some(account) = platform.accounts.get_mut(address) {
                    account.write(body);
                    account.updated = Some(now);
                }
            }
            Effect::SetDomain(name, default) => {
                if let Some(domain) = platform.domains.get_mut(name) {
                    domain.default = *default;
                }
            }
        }
    }

    fn fails(&self, platform: &Platform) -> bool {
        let asked = |name: &str| name.contains("fail-task");
        let known = |id: &u64| {
            let connector = platform.connectors.get(id);
            connector.is_some_and(|connector| asked(&connector.display_name))
        };
        match &self.effect {
            Effect::AddConnector(connector) => asked(&connector.display_name),
            Effect::SetConnector(id, body) => {
                let name = body.get("displayName").and_then(Value::as_str);
                name.is_some_and(asked) || known(id)
            }
            Effect::ChangeAuthentication(id, _) => known(id),
            Effect::SetAccount(address, _) => address == STUCK,
            Effect::DeleteConnector(_) | Effect::SetDomain(..) => false,
        }
    }

    /// Nothing is pending on the object any more.
    fn release(&self, platform: &mut Platform) {
        let pending = match &self.effect {
            Effect::AddConnector(connector) => connector_task(platform, connector.id),
            Effect::SetConnector(id, _)
            | Effect::ChangeAuthentication(id, _)
            | Effect::DeleteConnector(id) => connector_task(platform, *id),
            Effect::SetAccount(address, _) => {
                let account = platform.accounts.get_mut(address);
                account.map(|account| &mut account.task)
            }
            Effect::SetDomain(name, _) => {
                let domain = platform.domains.get_mut(name);
                domain.map(|domain| &mut domain.task)
            }
        };
        if let Some(pending) = pending {
            *pending = 0;
        }
    }
}

fn connector_task(platform: &mut Platform, id: u64) -> Option<&mut u64> {
    let connector = platform.connectors.get_mut(&id);
    connector.map(|connector| &mut connector.task)
}

/// A deleted connector leaves its addresses to the platform's own server. What the real one does
/// is not known.
fn forget(platform: &mut Platform, id: u64) {
    platform.connectors.remove(&id);
    for account in platform.accounts.values_mut() {
        if account.connector == Some(id) {
            account.connector = Some(0);
        }
    }
    for domain in platform.domains.values_mut() {
        if domain.default == id {
            domain.default = 0;
        }
    }
}
