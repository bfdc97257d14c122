//! The providers that are known: one to choose, and what belongs into its fields.

use leptos::prelude::*;

use super::Fields;
use crate::browser::page;
use crate::mail::provider::{self, Hint, Provider};
use crate::ovh::exchange::Mechanism;
use crate::text::{Text, fill};
use crate::ui::dom::{El, el, words};
use crate::ui::kit::{Tone, notice, select_field};
use crate::wizard::connector_form::{ConnectorForm, host_form, whole_hosts};

/// The list of providers. Choosing one fills in what nobody typed; the form began with `start`.
pub fn provider_field(t: &'static Text, fields: Fields, start: ConnectorForm) -> El {
    let options = [("", t.provider_other())].into_iter();
    let options = options.chain(names().map(|name| (name, name)));
    let hint = move || {
        let provider = fields.chosen_provider().map(|known| server_name(t, known));
        [t.provider_hint(), " ", &provider.unwrap_or_default()].concat()
    };
    select_field(
        "provider",
        t.provider(),
        hint,
        options.collect(),
        fields.provider.get_untracked(),
        move |name| {
            let before = untrack(|| fields.form());
            let filled = before.clone().for_provider(&name, &start);
            if filled.smart_host != before.smart_host && !filled.smart_host.is_empty() {
                let values = [("host", &*filled.smart_host), ("port", &filled.port)];
                page::announce(&fill(t.provider_filled(), &values));
            }
            fields.fill_in(filled);
        },
    )
}

/// The names of the providers in the order of the alphabet.
fn names() -> impl Iterator<Item = &'static str> {
    let after = |last: &str| {
        let names = provider::all().iter().map(|provider| provider.name);
        names.filter(|name| *name > last).min()
    };
    std::iter::successors(after(""), move |last| after(last))
}

/// What has to be said of a provider's smart host; nothing where one name is right for everybody.
fn server_name(t: &Text, provider: &Provider) -> String {
    let preset = &provider.preset;
    if let Some(form) = host_form(preset) {
        return fill(t.provider_host_form(), &[("host", &form)]);
    }
    let others: Vec<_> = whole_hosts(preset).skip(1).collect();
    if preset.smart_hosts.is_empty() {
        fill(t.provider_shows_host(), &[("provider", provider.name)])
    } else if others.is_empty() {
        String::new()
    } else {
        fill(t.provider_hosts(), &[("hosts", &others.join(", "))])
    }
}

/// The ports that the provider has, where the one in the form is none of them.
pub fn ports_hint(t: &'static Text, fields: Fields) -> El {
    let said = Memo::new(move |_| {
        let (provider, ports) = fields.form().ports_instead()?;
        let ports: Vec<_> = ports.iter().map(u16::to_string).collect();
        let values = [("provider", provider.name), ("ports", &ports.join(", "))];
        Some(fill(t.port_unusual(), &values))
    });
    el("div").attr("role", "status").live(move || {
        let show = |title: String| {
            notice(
                Tone::Warning,
                &title,
                vec![words("p", t.port_unusual_advice())],
            )
        };
        said.get().map(show).into_iter().collect()
    })
}

/// What belongs into the fields for user and password, and what is usually mistaken for it.
pub fn credentials_hint(t: &'static Text, fields: Fields) -> El {
    let known = Memo::new(move |_| {
        let form = fields.form();
        // Where there are no fields for them, nothing is said of user and password.
        let is_seen = |provider: &&Provider| {
            form.mechanism != Mechanism::None || is_of_addresses(provider.preset.hint)
        };
        let provider = form.provider().filter(is_seen);
        provider.map(|provider| (provider.name, provider.name == form.provider))
    });
    el("div").live(move || {
        let (name, is_chosen) = known.get().unwrap_or_default();
        let said = provider::named(name)
            .and_then(|provider| Some((provider, words_for(t, provider.preset.hint)?)));
        let show = |(provider, says): (&Provider, &str)| {
            let title = if is_chosen {
                t.credentials_of()
            } else {
                t.credentials_seen()
            };
            let title = fill(title, &[("provider", provider.name)]);
            notice(Tone::Hint, &title, vec![words("p", says)])
        };
        said.map(show).into_iter().collect()
    })
}

/// Whether it is about the addresses of the platform's servers, which the provider has to know.
fn is_of_addresses(hint: Hint) -> bool {
    matches!(hint, Hint::AddressList | Hint::AddressListOrAccount)
}

fn words_for(t: &Text, hint: Hint) -> Option<&'static str> {
    Some(match hint {
        Hint::LoginAndSmtpKey => t.login_and_smtp_key(),
        Hint::ApiKeyAndSecretKey => t.api_key_and_secret_key(),
        Hint::WordApikey => t.word_apikey(),
        Hint::SmtpCredentials => t.smtp_credentials(),
        Hint::DomainUser => t.domain_user(),
        Hint::TokenTwice => t.token_twice(),
        Hint::WordSmtpInjection => t.word_smtp_injection(),
        Hint::AnyTextAndApiKey => t.any_text_and_api_key(),
        Hint::SmtpUser => t.smtp_user(),
        Hint::AddressListOrAccount => t.address_list_or_account(),
        Hint::GeneratedCredential => t.generated_credential(),
        Hint::AddressList => t.address_list(),
        Hint::NoSpecialCharacters => t.no_special_characters(),
        Hint::Unknown => return None,
    })
}
