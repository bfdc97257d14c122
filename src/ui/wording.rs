//! Which words stand for what: from the values of the pure modules to the texts.

use super::dom::{El, el, words};
use crate::browser::intl;
use crate::config;
use crate::ovh::Error;
use crate::ovh::exchange::{Mechanism, Offer, SendConnector};
use crate::ovh::keys;
use crate::run::assigning::{Doubt, Failure, Item, State};
use crate::run::order::{Order, Purpose};
use crate::text::{Text, fill};
use crate::wizard::Screen;
use crate::wizard::connector_form::{Field, Kind, Problem};

mod record;
mod task;
mod upkeep;
mod verdict;

pub use record::Spoken;
pub use task::{standing, work};
pub use upkeep::{
    connector_mechanism, connector_state, connector_title, field, place, setting, state_of, truth,
    wish,
};
pub use verdict::{NextStep, confidence, sign, verdict};

/// A screen's title; that of adding a connector says where it is known to have failed.
pub fn screen(t: &Text, screen: Screen, has_failed: bool) -> &'static str {
    match screen {
        Screen::SignIn => t.sign_in_title(),
        Screen::Platform => t.platform_title(),
        Screen::Connector => t.connector_title(),
        Screen::Review => t.review_title(),
        Screen::Adding if has_failed => t.adding_failed_title(),
        Screen::Adding => t.adding_title(),
        Screen::Ready => t.ready_title(),
        Screen::Addresses => t.addresses_title(),
        Screen::Plan => t.plan_title(),
        Screen::Attaching => t.attaching_title(),
        Screen::Verify => t.verify_title(),
        Screen::Done => t.done_title(),
        Screen::Connectors => t.connectors_title(),
        Screen::Details => t.one_title(),
        Screen::Edit => t.edit_title(),
        Screen::Authenticate => t.authenticate_title(),
        Screen::Delete => t.delete_title(),
        Screen::Domains => t.domains_title(),
        Screen::Tasks => t.tasks_title(),
        Screen::Changing => t.changing_title(),
        Screen::Record => t.record_title(),
        Screen::Console => t.by_hand_title(),
    }
}

/// How a notice is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Good,
    Hint,
    Warning,
    Bad,
}

/// What happened, and what to do.
pub struct Words {
    pub title: &'static str,
    pub advice: &'static str,
}

pub fn error(t: &Text, error: &Error) -> Words {
    let (title, advice) = match error {
        Error::Offline => (t.error_offline(), t.error_offline_advice()),
        Error::Blocked => (t.error_blocked(), t.error_blocked_advice()),
        Error::OutsidePolicy => (t.error_policy(), t.error_policy_advice()),
        Error::NotPassedOn => (t.error_not_passed_on(), t.error_not_passed_on_advice()),
        Error::ClockSkewed => (t.error_clock(), t.error_clock_advice()),
        Error::ApplicationUnknown => (t.error_application(), t.error_application_advice()),
        Error::SecretWrong => (t.error_secret(), t.error_secret_advice()),
        Error::ConsumerUnknown => (t.error_consumer(), t.error_consumer_advice()),
        Error::ConsumerNotValid => (t.error_expired(), t.error_expired_advice()),
        Error::RightMissing { .. } => (t.error_right(), t.error_right_advice()),
        Error::NotFound => (t.error_not_found(), t.error_not_found_advice()),
        Error::InUse { .. } => (t.error_in_use(), t.error_in_use_advice()),
        Error::TooFast { .. } => (t.error_too_fast(), t.error_too_fast_advice()),
        Error::Unavailable { .. } => (t.error_unavailable(), t.error_unavailable_advice()),
        Error::Refused { .. } => (t.error_refused(), t.error_refused_advice()),
        Error::Unreadable => (t.error_unreadable(), t.error_unreadable_advice()),
    };
    Words { title, advice }
}

/// OVHcloud's own part of an error: its words, the missing right, or the status.
pub fn quoted(error: &Error) -> Option<String> {
    match error {
        Error::Refused { status, words } if words.is_empty() => {
            Some(["HTTP ", &status.to_string()].concat())
        }
        Error::Refused { words, .. } | Error::InUse { words } => {
            (!words.is_empty()).then(|| words.clone())
        }
        Error::RightMissing { method, path } => Some([method, " ", path].concat()),
        Error::Unavailable { status } => Some(["HTTP ", &status.to_string()].concat()),
        _ => None,
    }
}

pub fn key_problem(t: &Text, kind: keys::Kind, problem: keys::Problem) -> String {
    let length = kind.length().to_string();
    match problem {
        keys::Problem::Empty => t.key_empty().to_owned(),
        keys::Problem::Characters => fill(t.key_characters(), &[("length", &length)]),
        keys::Problem::Length { found } => {
            let found = found.to_string();
            fill(t.key_length(), &[("length", &length), ("found", &found)])
        }
        keys::Problem::OtherKey if kind == keys::Kind::Application => {
            t.key_is_long_one().to_owned()
        }
        keys::Problem::OtherKey => t.key_is_application().to_owned(),
        keys::Problem::Same => t.key_same().to_owned(),
    }
}

pub fn form_problem(t: &Text, problem: Problem) -> &'static str {
    match (problem.kind, problem.field) {
        (Kind::Empty, Field::SmartHost) => t.host_empty(),
        (Kind::Empty, Field::Port) => t.port_empty(),
        (Kind::Empty, Field::User) => t.user_empty(),
        (Kind::Empty, Field::Password) | (Kind::UserWithoutPassword, _) => t.password_empty(),
        (Kind::Empty, Field::DisplayName | Field::Mechanism | Field::RequireTls) => t.name_empty(),
        (Kind::Empty, Field::MaxSendSize) => t.size_empty(),
        (Kind::NotANumber | Kind::OutOfRange, Field::MaxSendSize) => t.size_range(),
        (Kind::NotANumber | Kind::OutOfRange, _) => t.port_range(),
        (Kind::PortStartsEncrypted, _) => t.port_encrypted(),
        (Kind::HasScheme, _) => t.host_scheme(),
        (Kind::HasPath, _) => t.host_path(),
        (Kind::HasSpace, _) => t.host_space(),
        (Kind::HasPort, _) => t.host_port(),
        (Kind::IsEmailAddress, _) => t.host_email(),
        (Kind::NotAHostName, _) => t.host_name(),
        (Kind::PasswordWithoutUser, _) => t.password_without_user(),
        (Kind::NotWithoutAuthentication, _) => t.not_without_authentication(),
        (Kind::MechanismNeedsTls, _) => t.mechanism_needs_tls(),
        (Kind::Taken, _) => t.name_taken(),
        (Kind::Unprintable, _) => t.unprintable(),
        (Kind::TooLong, _) => t.name_long(),
    }
}

pub fn config(t: &Text, flaw: &config::Flaw) -> String {
    let line = flaw.line.to_string();
    let (words, name) = match &flaw.complaint {
        config::Complaint::Missing => (t.config_missing(), ""),
        config::Complaint::NotJson => (t.config_not_json(), ""),
        config::Complaint::Unknown(name) => (t.config_unknown(), &**name),
        config::Complaint::Wrong(name) => (t.config_wrong(), &**name),
    };
    fill(words, &[("line", &line), ("name", name)])
}

pub fn offer(t: &Text, offer: Offer) -> &'static str {
    match offer {
        Offer::Private => t.offer_private(),
        Offer::Trusted => t.offer_trusted(),
        Offer::Hosted => t.offer_hosted(),
        Offer::Reseller => t.offer_reseller(),
        Offer::Unknown => t.offer_unknown(),
    }
}

/// A connector in one line.
pub fn connector(t: &Text, connector: &SendConnector) -> String {
    let host = connector.smart_host.as_deref().unwrap_or_default();
    let port = connector.port.unwrap_or_default().to_string();
    let id = connector.id.unwrap_or_default().to_string();
    fill(
        t.connector_line(),
        &[("host", host), ("port", &port), ("id", &id)],
    )
}

/// The name of a mechanism, and what it is for.
pub fn mechanism(t: &Text, mechanism: Mechanism) -> (&'static str, &'static str) {
    match mechanism {
        Mechanism::BasicOverTls => (t.mechanism_tls(), t.mechanism_tls_about()),
        Mechanism::Basic => (t.mechanism_plain(), t.mechanism_plain_about()),
        Mechanism::None => (t.mechanism_none(), t.mechanism_none_about()),
    }
}

/// What a right is for.
pub fn right(t: &Text, method: &str, path: &str) -> &'static str {
    match (method, path) {
        ("POST", path) if path.ends_with("/sendConnector") => t.right_add(),
        ("PUT", path) if path.ends_with("/account/*") => t.right_attach(),
        (_, "/email/exchange") => t.right_platforms(),
        _ => t.right_read(),
    }
}

/// The state of an object at OVHcloud; one that is not known stays in OVHcloud's word.
pub fn state(t: &Text, state: &str) -> String {
    match state {
        "ok" => t.state_ok(),
        "creating" => t.state_creating(),
        "deleting" => t.state_deleting(),
        "suspended" | "suspending" => t.state_suspended(),
        other => return other.to_owned(),
    }
    .to_owned()
}

/// The class and the words for one address of a job.
pub fn item(t: &Text, item: &Item) -> (&'static str, String) {
    let (class, words) = match &item.state {
        State::ToRead | State::ToWrite => ("", t.item_waiting()),
        State::Reading => ("busy", t.item_reading()),
        State::Writing => ("busy", t.item_sending()),
        State::Sent | State::Confirming => ("busy", t.item_confirming()),
        State::Confirmed if item.filters_sent => ("good", t.filters_sent()),
        State::Confirmed => ("good", t.item_done()),
        State::Already => ("good", t.item_already()),
        State::Unknown(Doubt::Unread) => ("bad", t.item_unknown()),
        State::Unknown(Doubt::Stopped) => ("bad", t.item_not_looked()),
        State::Failed(Failure::NotTaken) => ("bad", t.item_not_taken()),
        State::Failed(Failure::Unconfirmed) => ("bad", t.item_unconfirmed()),
        State::Failed(Failure::Stopped) => ("", t.item_stopped()),
        State::Failed(Failure::Answer(answer)) if **answer == Error::NotFound => {
            ("bad", t.item_gone())
        }
        State::Failed(Failure::Answer(answer)) => {
            let words = error(t, answer).title;
            let quote = |quoted: String| {
                let values = [("words", words), ("quoted", &quoted)];
                fill(t.item_quoted(), &values)
            };
            return (
                "bad",
                quoted(answer).map_or_else(|| words.to_owned(), quote),
            );
        }
    };
    (class, words.to_owned())
}

/// What the person asked for, in one sentence.
pub fn asked(t: &Text, order: &Order, count: usize) -> String {
    let (one, many) = match order.purpose {
        Purpose::Attach => (t.plan_attach_one(), t.plan_attach()),
        Purpose::Detach => (t.plan_detach_one(), t.plan_detach()),
        Purpose::Undo => (t.plan_undo_one(), t.plan_undo()),
    };
    let name = order.connector.display_name.as_deref().unwrap_or_default();
    count_with(t, count, one, many, &[("connector", name)])
}

/// A stretch of time, as exact as an estimate is.
pub fn duration(t: &Text, millis: u64) -> String {
    let count = |count: u64, one: &str, many: &str| {
        self::count(t, usize::try_from(count).unwrap_or(usize::MAX), one, many)
    };
    let seconds = millis.div_ceil(1_000);
    let minutes = seconds.div_ceil(60);
    match (seconds, minutes) {
        (..90, _) => count(seconds, t.second_one(), t.seconds()),
        (_, ..100) => count(minutes, t.minute_one(), t.minutes()),
        _ => count(minutes.div_ceil(60), t.hour_one(), t.hours()),
    }
}

/// A text that holds a `{count}`, in the form that the language has for that number.
pub fn count(t: &Text, count: usize, one: &str, many: &str) -> String {
    count_with(t, count, one, many, &[])
}

/// The same for a text that holds other values too.
pub fn count_with(
    t: &Text,
    count: usize,
    one: &str,
    many: &str,
    values: &[(&str, &str)],
) -> String {
    let text = if intl::plural(t.language, count) == "one" {
        one
    } else {
        many
    };
    let number = number(t, count);
    let mut all = vec![("count", &*number)];
    all.extend(values);
    fill(text, &all)
}

/// A whole number as the language writes it.
pub fn number(t: &Text, count: usize) -> String {
    intl::number(t.language, count)
}

/// An address that may be broken before its `@`, and nowhere else where there is room.
pub fn address(tag: &str, address: &str) -> El {
    let domain = address.rfind('@').unwrap_or(address.len());
    let (local, domain) = address.split_at(domain);
    words(tag, local).child(el("wbr")).text(domain)
}
