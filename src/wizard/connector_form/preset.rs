//! What is known of a provider, filled into the form: only where nobody typed anything.

use super::ConnectorForm;
use super::rules::{STARTS_ENCRYPTED, read_port};
use crate::mail::provider::{self, Limit, Preset, Provider};
use crate::ovh::exchange::Mechanism;

impl ConnectorForm {
    /// The provider that this form is about: the one whose server stands in it, or else the one that
    /// was chosen.
    pub fn provider(&self) -> Option<&'static Provider> {
        provider::of_smart_host(&self.smart_host).or_else(|| provider::named(&self.provider))
    }

    /// The provider's ports that a connector can use, where another one stands in the form.
    pub fn ports_instead(&self) -> Option<(&'static Provider, Vec<u16>)> {
        let provider = self.provider()?;
        let typed = read_port(&self.port).ok()?;
        let ports = provider.preset.ports.iter().copied();
        let ports: Vec<_> = ports.filter(|port| *port != STARTS_ENCRYPTED).collect();
        let is_other = !ports.is_empty() && !ports.contains(&typed);
        is_other.then_some((provider, ports))
    }

    /// The form with another provider chosen (no name: one that is not known). A field takes its
    /// usual value where it is empty, or holds what the form began with (`start`), or what the
    /// provider chosen before put there; what was typed stays.
    #[must_use]
    pub fn for_provider(mut self, name: &str, start: &Self) -> Self {
        let before = usual(&self.provider, start);
        let now = usual(name, start);
        let renew = |field: &mut String, start: &str, before: &str, now: String| {
            let is_typed = !field.trim().is_empty() && field != start && field != before;
            if !is_typed {
                *field = now;
            }
        };
        renew(
            &mut self.smart_host,
            &start.smart_host,
            &before.smart_host,
            now.smart_host,
        );
        renew(&mut self.port, &start.port, &before.port, now.port);
        renew(
            &mut self.max_send_size,
            &start.max_send_size,
            &before.max_send_size,
            now.max_send_size,
        );
        if self.mechanism == start.mechanism || self.mechanism == before.mechanism {
            self.mechanism = now.mechanism;
        }
        name.clone_into(&mut self.provider);
        self
    }
}

/// The values that a provider fills in; what is not known of it is as the form begins.
struct Usual {
    smart_host: String,
    port: String,
    mechanism: Mechanism,
    max_send_size: String,
}

fn usual(name: &str, start: &ConnectorForm) -> Usual {
    let mut usual = Usual {
        smart_host: start.smart_host.clone(),
        port: start.port.clone(),
        mechanism: start.mechanism,
        max_send_size: start.max_send_size.clone(),
    };
    let Some(provider) = provider::named(name) else {
        return usual;
    };
    let preset = &provider.preset;
    // A server that the provider shows to its customers only is no other provider's.
    usual.smart_host = String::from(whole_hosts(preset).next().unwrap_or_default());
    if let Some(port) = preset.ports.first() {
        usual.port = port.to_string();
        usual.mechanism = match preset.mechanism {
            provider::Mechanism::BasicRequireTls => Mechanism::BasicOverTls,
            provider::Mechanism::None => Mechanism::None,
        };
    }
    if let Limit::Known(megabytes) = preset.limit {
        usual.max_send_size = megabytes.to_string();
    }
    usual
}

/// The smart hosts that are whole names, the usual one first.
pub fn whole_hosts(preset: &Preset) -> impl Iterator<Item = &'static str> {
    let hosts = preset.smart_hosts.split_ascii_whitespace();
    hosts.filter(|host| !host.contains('*'))
}

/// The form of a smart host of which a part is to be filled in, with `REGION` for that part.
pub fn host_form(preset: &Preset) -> Option<String> {
    let mut hosts = preset.smart_hosts.split_ascii_whitespace();
    let form = hosts.find(|host| host.contains('*'));
    form.map(|form| form.replace('*', "REGION"))
}

#[cfg(test)]
mod tests;
