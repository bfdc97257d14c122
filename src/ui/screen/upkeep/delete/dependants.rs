//! Who still uses a connector that is to be deleted, and the ways to give them another.

use leptos::prelude::*;

use super::{Deleting, View};
use crate::browser::page;
use crate::ovh::Error;
use crate::ovh::exchange::SendConnector;
use crate::run::assigning::Goal;
use crate::run::census::Census;
use crate::run::order::Purpose;
use crate::text::{Text, fill};
use crate::ui::dom::{El, after, el, words};
use crate::ui::kit::{actions, busy, button, select_field};
use crate::ui::part::asking::failed;
use crate::ui::screen::upkeep::usage::counting;
use crate::ui::screen::upkeep::{job_in_the_way, plan};
use crate::ui::wording;
use crate::wizard::Screen;

/// How far a census is, as far as the screen tells.
#[derive(Clone, PartialEq)]
struct Progress {
    problem: Option<Error>,
    is_begun: bool,
    is_through: bool,
    unread: usize,
}

impl Progress {
    fn of<T>(census: Option<&Census<T>>) -> Self {
        Self {
            problem: census.and_then(Census::problem).cloned(),
            is_begun: census.is_some(),
            is_through: census.is_some_and(Census::is_through),
            unread: census.map_or(0, Census::unread),
        }
    }
}

impl Deleting {
    /// Both kinds, drawn anew only where something else is to be said.
    pub(super) fn dependants(self) -> Vec<El> {
        let Self { sitting, t, .. } = self;
        let users = sitting.users;
        let domains = Memo::new(move |_| users.domains(Progress::of));
        let addresses = Memo::new(move |_| users.addresses(Progress::of));
        let used_for = Memo::new(move |_| self.dependants.with(|who| who.domains.clone()));
        let used_by = Memo::new(move |_| self.dependants.with(|who| who.addresses.clone()));
        let is_used = Memo::new(move |_| !used_by.with(Vec::is_empty));
        let mut was_through = None;
        after(move || {
            let is_through = addresses.with(|now| now.is_through);
            if was_through.replace(is_through) == Some(false) && is_through {
                page::announce(&self.found(used_by.with_untracked(Vec::len)));
            }
        });
        let left = move || is_used.get().then(|| words("p", t.delete_left()));
        vec![
            words("h2", t.users_title()),
            el("div").live(move || self.domains(&domains.get(), &used_for.get())),
            el("div").live(move || self.addresses(&addresses.get(), used_by.with(Vec::len))),
            el("div").live(move || left().into_iter().collect()),
            el("div").live(move || {
                if is_used.get() && addresses.with(|now| now.is_through) {
                    self.ways(used_by.get())
                } else {
                    Vec::new()
                }
            }),
        ]
    }

    fn domains(self, progress: &Progress, names: &[String]) -> Vec<El> {
        let Self { sitting, t, .. } = self;
        if let Some(error) = &progress.problem {
            let again = move || sitting.users.read_domains(sitting);
            return vec![failed(sitting, error, again)];
        }
        let mut content = Vec::new();
        if !names.is_empty() {
            content.push(words("p", t.delete_domains()));
            let item = |name: &String| {
                let label = fill(t.default_change_of(), &[("domain", name)]);
                let domain = View::Domain(name.clone());
                let change = button(t.default_change(), move || self.view.set(domain.clone()));
                words("li", name)
                    .text(" ")
                    .child(change.attr("aria-label", &label))
            };
            content.push(el("ul").children(names.iter().map(item).collect()));
        }
        if !progress.is_through {
            content.push(busy(t.delete_domains_reading()));
        } else if progress.unread > 0 {
            let (one, many) = (t.delete_domains_unread_one(), t.delete_domains_unread());
            content.push(words("p", &wording::count(t, progress.unread, one, many)));
        } else if names.is_empty() {
            content.push(words("p", t.delete_domains_none()));
        }
        content
    }

    /// How many addresses send through it.
    fn found(self, count: usize) -> String {
        let t = self.t;
        match count {
            0 => t.delete_addresses_none().to_owned(),
            count => wording::count(t, count, t.delete_addresses_one(), t.delete_addresses()),
        }
    }

    fn addresses(self, progress: &Progress, found: usize) -> Vec<El> {
        let Self { sitting, t, .. } = self;
        if let Some(error) = &progress.problem {
            let again = move || sitting.users.count_addresses(sitting);
            return vec![failed(sitting, error, again)];
        }
        if !progress.is_begun {
            return vec![counting(sitting, t)];
        }
        let found = self.found(found);
        if !progress.is_through {
            return vec![
                words(
                    "p",
                    &fill(t.delete_addresses_so_far(), &[("found", &found)]),
                ),
                el("div").live(move || vec![counting(sitting, t)]),
            ];
        }
        let mut content = vec![words("p", &found)];
        if progress.unread > 0 {
            let (one, many) = (t.delete_addresses_unread_one(), t.delete_addresses_unread());
            let unread = wording::count(t, progress.unread, one, many);
            content.push(words("p", &unread));
            content.push(counting(sitting, t));
        }
        content
    }

    /// To detach the addresses that were found, or to move them.
    fn ways(self, addresses: Vec<String>) -> Vec<El> {
        let Self { sitting, t, .. } = self;
        if let Some(notice) = job_in_the_way(sitting, t) {
            return vec![notice];
        }
        let count = addresses.len();
        let addresses = StoredValue::new(addresses);
        let begin = move |connector: SendConnector, purpose, wanted: u64| {
            let goals = addresses.with_value(|all| {
                let goal = |address: &String| Goal {
                    address: address.clone(),
                    wanted,
                };
                all.iter().map(goal).collect()
            });
            plan(sitting, connector, Screen::Delete, purpose, goals);
        };
        let detach = wording::count(t, count, t.detach_one(), t.detach_many());
        let detach = button(&detach, move || {
            let own = self.what.with_value(|what| what.connector.clone());
            begin(own, Purpose::Detach, 0);
        });
        let others = self.what.with_value(|what| what.others.clone());
        let Some(first) = others.first().and_then(|known| known.id) else {
            return vec![actions(vec![detach])];
        };
        let chosen = StoredValue::new(first);
        let named: Vec<(String, String)> = others
            .iter()
            .map(|known| (id_of(known).to_string(), titled(t, known)))
            .collect();
        let options = named.iter().map(|(id, name)| (id.as_str(), name.as_str()));
        let select = select_field(
            "move-to",
            t.delete_move_to(),
            || t.delete_move_to_hint().to_owned(),
            options.collect(),
            first.to_string(),
            move |id| chosen.set_value(id.parse().unwrap_or(first)),
        );
        let label = wording::count(t, count, t.delete_move_one(), t.delete_move());
        let move_them = button(&label, move || {
            let wanted = chosen.get_value();
            let other = others.iter().find(|known| known.id == Some(wanted));
            if let Some(other) = other {
                begin(other.clone(), Purpose::Attach, wanted);
            }
        });
        vec![
            actions(vec![detach]),
            el("div")
                .class("card")
                .child(select)
                .child(actions(vec![move_them])),
        ]
    }
}

fn id_of(connector: &SendConnector) -> u64 {
    connector.id.unwrap_or_default()
}

fn titled(t: &Text, connector: &SendConnector) -> String {
    let line = wording::connector(t, connector);
    [&wording::connector_title(t, connector), " – ", &line].concat()
}
