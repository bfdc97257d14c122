//! After a domain has another default: the offer to attach the addresses that exist on it too.

use leptos::prelude::*;

use crate::ovh::Error;
use crate::ovh::exchange::{ListAccounts, Platform, ReadConnector, SendConnector};
use crate::roster::{Filter, Roster};
use crate::run::assigning::Goal;
use crate::run::order::Purpose;
use crate::text::{Text, fill};
use crate::ui::dom::{El, el, spawn, words};
use crate::ui::kit::{busy, button};
use crate::ui::part::asking::failed;
use crate::ui::screen::upkeep::{job_in_the_way, plan};
use crate::ui::sitting::Sitting;
use crate::wizard::{Event, Screen};

/// How far the way to the plan is.
#[derive(Clone)]
enum Way {
    Offered,
    Asking,
    Failed(Error),
    NobodyThere,
}

/// The offer, the reading of the addresses, and the way to their plan.
pub fn offer(sitting: Sitting, t: &'static Text, domain: &str, id: u64) -> Vec<El> {
    let way = RwSignal::new(Way::Offered);
    let text = fill(t.attach_existing_text(), &[("domain", domain)]);
    let label = fill(t.attach_existing(), &[("domain", domain)]);
    let none = fill(t.attach_existing_none(), &[("domain", domain)]);
    let domain = domain.to_owned();
    let ask = move || {
        let Some(platform) = sitting.now().platform().map(|now| now.platform.clone()) else {
            return;
        };
        way.set(Way::Asking);
        let domain = domain.clone();
        spawn(async move {
            let next = match read(sitting, &platform, &domain, id).await {
                Ok((addresses, _)) if addresses.is_empty() => Way::NobodyThere,
                Ok((addresses, connector)) => {
                    // Whoever has gone on meanwhile is not called back.
                    if way.try_set(Way::Offered).is_none() {
                        begin(sitting, connector, addresses, id);
                    }
                    return;
                }
                Err(error) => Way::Failed(error),
            };
            way.try_set(next);
        });
    };
    let content = move || {
        if let Some(notice) = job_in_the_way(sitting, t) {
            return vec![notice];
        }
        match way.get() {
            Way::Offered => vec![words("p", &text), button(&label, ask.clone())],
            Way::Asking => vec![busy(t.addresses_loading())],
            Way::NobodyThere => vec![words("p", &none)],
            Way::Failed(error) => vec![failed(sitting, &error, ask.clone())],
        }
    };
    vec![el("div").live(content)]
}

async fn read(
    sitting: Sitting,
    platform: &Platform,
    domain: &str,
    id: u64,
) -> Result<(Vec<String>, SendConnector), Error> {
    let roster = Roster::new(sitting.ask(&ListAccounts(platform)).await?);
    let filter = Filter {
        domain: Some(domain.to_lowercase()),
        ..Filter::default()
    };
    let positions = roster.matching(&filter).into_iter();
    let addresses = positions.map(|place| roster.address(place).to_owned());
    let connector = sitting.ask(&ReadConnector { platform, id }).await?;
    let connector = SendConnector {
        id: Some(id),
        ..connector
    };
    Ok((addresses.collect(), connector))
}

fn begin(sitting: Sitting, connector: SendConnector, addresses: Vec<String>, wanted: u64) {
    sitting.on(Event::ChangeDropped);
    let addresses = addresses.into_iter();
    let goals = addresses.map(|address| Goal { address, wanted });
    plan(
        sitting,
        connector,
        Screen::Domains,
        Purpose::Attach,
        goals.collect(),
    );
}
