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
    SetDomain(String, Map<String, Value>),
    /// Something of OVHcloud's own, by its function.
    Other(&'static str),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Todo,
    Doing,
    Done,
    Error,
    Cancelled,
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
            Effect::Other(function) => function,
        }
    }

    pub fn json(&self) -> Value {
        let status = match self.stage {
            Stage::Todo => "todo",
            Stage::Doing => "doing",
            Stage::Done => "done",
            Stage::Error => "error",
            Stage::Cancelled => "cancelled",
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

    /// From doing to done, or to where it was told to go.
    pub fn end(&mut self, platform: &mut Platform, now: Moment) {
        self.stage = self.outcome(platform);
        if self.stage == Stage::Doing {
            return;
        }
        self.finish = Some(now);
        self.release(platform);
        if self.stage != Stage::Done {
            match &self.effect {
                Effect::AddConnector(connector) => {
                    platform.connectors.remove(&connector.id);
                }
                Effect::DeleteConnector(id) => {
                    if let Some(connector) = platform.connectors.get_mut(id) {
                        connector.being = Being::Ok;
                    }
                }
                _ => {}
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
            Effect::SetDomain(name, body) => {
                if let Some(domain) = platform.domains.get_mut(name) {
                    let default = body.get("sendConnectorIdDefault").and_then(Value::as_u64);
                    domain.default = default.unwrap_or(domain.default);
                    if let Some(relay) = body.get("sbrDefault").and_then(Value::as_str) {
                        domain.relay = (!relay.is_empty()).then(|| relay.to_owned());
                    }
                }
            }
            Effect::Other(_) => {}
        }
    }

    /// How it ends; [`Stage::Doing`] where it does not.
    fn outcome(&self, platform: &Platform) -> Stage {
        let is_named = |sentinel: &str| match &self.effect {
            Effect::AddConnector(connector) => connector.display_name.contains(sentinel),
            Effect::SetConnector(id, body) => match body.get("displayName") {
                Some(name) => name.as_str().is_some_and(|name| name.contains(sentinel)),
                None => platform.is_named(*id, sentinel),
            },
            Effect::ChangeAuthentication(id, _) | Effect::DeleteConnector(id) => {
                platform.is_named(*id, sentinel)
            }
            Effect::SetAccount(address, _) => address == STUCK && sentinel == "fail-task",
            Effect::SetDomain(name, body) => {
                let wanted = body.get("sendConnectorIdDefault").and_then(Value::as_u64);
                let before = platform.domains.get(name).map(|domain| domain.default);
                let concerned = wanted.filter(|&id| id != 0).or(before);
                concerned.is_some_and(|id| platform.is_named(id, sentinel))
            }
            Effect::Other(_) => false,
        };
        let is_new = matches!(self.effect, Effect::AddConnector(_));
        if is_named("fail-task") {
            Stage::Error
        } else if is_named("cancel-task") {
            Stage::Cancelled
        } else if is_named("endless-task") && !is_new {
            Stage::Doing
        } else {
            Stage::Done
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
            Effect::Other(_) => None,
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
