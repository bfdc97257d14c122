//! Who uses which connector: addresses, and domains as their default. Read on request, at the pace
//! that is safe, and kept as long as nothing of it is changed here.

use std::collections::BTreeMap;
use std::future::Future;

use leptos::prelude::*;

use super::Sitting;
use super::work::Work;
use crate::browser::clock;
use crate::ovh::Error;
use crate::ovh::exchange::{Domain, ListAccounts, ListDomains, Platform, ReadAccount, ReadDomain};
use crate::roster;
use crate::run::Next;
use crate::run::census::{Census, Question};
use crate::run::changing::{Changing, Seen, Stage, Wish};
use crate::ui::dom::spawn;
use crate::wizard::Event;

/// Between two pictures of the progress, in milliseconds.
const FRAME: u64 = 250;
/// What was read longer ago, in milliseconds, somebody else may have changed since: nothing is
/// deleted on its word.
const FRESH: u64 = 600_000;

#[derive(Default)]
struct Held {
    platform: Option<Platform>,
    /// The connector of each address, 0 for none.
    addresses: Reading<u64>,
    domains: Reading<Domain>,
    painted_at: u64,
}

/// A census, and the loop that carries it.
struct Reading<T> {
    census: Option<Census<T>>,
    /// When the last answer came.
    read_at: u64,
    /// Counts up when the census is forgotten or begun anew, so that the loop before finds out.
    round: u32,
}

impl<T> Default for Reading<T> {
    fn default() -> Self {
        Self {
            census: None,
            read_at: 0,
            round: 0,
        }
    }
}

impl<T> Reading<T> {
    fn begin_round(&mut self, census: Option<Census<T>>) -> u32 {
        self.census = census;
        self.round = self.round.wrapping_add(1);
        self.round
    }
}

fn is_on_its_way<T>(reading: &Reading<T>) -> bool {
    let census = reading.census.as_ref();
    census.is_some_and(|census| !census.is_through())
}

/// What is known; followed four times a second at most. A copy is another handle to the same.
#[derive(Clone, Copy)]
pub struct Users(RwSignal<Held, LocalStorage>);

/// Where in [`Held`] a census is.
type Place<T> = fn(&mut Held) -> &mut Reading<T>;

impl Users {
    pub fn new() -> Self {
        Self(RwSignal::new_local(Held::default()))
    }

    /// Forgets everything: it may be otherwise by now.
    fn forget(self) {
        self.0.update(|held| {
            held.addresses.begin_round(None);
            held.domains.begin_round(None);
        });
    }

    /// Follows what is changed here, so that nothing is counted anew without need.
    pub fn hear(self, event: &Event, work: Work) {
        match event {
            Event::JobBegan => {
                let begun = work.read(|_, machine| {
                    let items = machine.items().iter();
                    items.map(|item| (item.address.to_string(), None)).collect()
                });
                self.correct(|held| &mut held.addresses, begun.unwrap_or_default());
            }
            Event::JobRested { settled, .. } => {
                let settled = settled.iter();
                let settled = settled.map(|(address, id)| (address.clone(), Some(*id)));
                self.correct(|held| &mut held.addresses, settled.collect());
            }
            Event::ChangeBegan(change, _) | Event::ChangeMoved(change) => self.hear_change(change),
            _ => {}
        }
    }

    fn hear_change(self, change: &Changing) {
        match (change.wish(), change.seen()) {
            (Wish::Default { domain, .. }, seen) => {
                let now = match seen {
                    Some(Seen::Domain(now)) => Some(now.clone()),
                    _ => None,
                };
                let changed = [(domain.clone(), now)].into();
                self.correct(|held| &mut held.domains, changed);
            }
            // What OVHcloud does with who still used it, only another reading tells.
            (Wish::Delete { .. }, _) if *change.stage() == Stage::Done => self.forget(),
            _ => {}
        }
    }

    fn correct<T: 'static>(self, place: Place<T>, changed: BTreeMap<String, Option<T>>) {
        let is_known = (self.0)
            .try_update_untracked(|held| place(held).census.is_some())
            .unwrap_or_default();
        if is_known {
            self.0.update(|held| {
                if let Some(census) = &mut place(held).census {
                    census.correct(changed);
                }
            });
        }
    }

    /// The connector of each address, 0 for none, as far as it was asked for; follows the reading.
    pub fn addresses<T>(self, read: impl FnOnce(Option<&Census<u64>>) -> T) -> T {
        self.0.with(|held| read(held.addresses.census.as_ref()))
    }

    /// The domains of the platform, as far as they were asked for; follows the reading.
    pub fn domains<T>(self, read: impl FnOnce(Option<&Census<Domain>>) -> T) -> T {
        self.0.with(|held| read(held.domains.census.as_ref()))
    }

    /// Whether anything of it is being read.
    pub fn is_reading(self) -> bool {
        let reads = self.0.try_update_untracked(|held| {
            is_on_its_way(&held.addresses) || is_on_its_way(&held.domains)
        });
        reads.unwrap_or_default()
    }

    /// Begins to ask how every address sends; anew where that was done before.
    pub fn count_addresses(self, sitting: Sitting) {
        self.begin(sitting, |held| &mut held.addresses, address);
    }

    /// Begins to read the domains; anew where that was done before.
    pub fn read_domains(self, sitting: Sitting) {
        self.begin(sitting, |held| &mut held.domains, domain);
    }

    /// The same, unless it is done already or on its way.
    pub fn know_domains(self, sitting: Sitting) {
        if self.is_unknown(sitting, |held| &mut held.domains) {
            self.read_domains(sitting);
        }
    }

    /// Asks how every address sends, unless that is done already or on its way.
    pub fn know_addresses(self, sitting: Sitting) {
        if self.is_unknown(sitting, |held| &mut held.addresses) {
            self.count_addresses(sitting);
        }
    }

    fn is_unknown<T>(self, sitting: Sitting, place: Place<T>) -> bool {
        let now = sitting.now();
        let platform = now.platform().map(|chosen| &chosen.platform);
        let known = self.0.try_update_untracked(|held| {
            let is_here = held.platform.as_ref() == platform;
            let reading = place(held);
            let is_old = !is_on_its_way(reading) && clock::millis() > reading.read_at + FRESH;
            let is_good = |census: &Census<T>| census.problem().is_none() && !census.has_doubts();
            is_here && !is_old && reading.census.as_ref().is_some_and(is_good)
        });
        !known.unwrap_or_default()
    }

    fn begin<T: 'static, Asking>(
        self,
        sitting: Sitting,
        place: Place<T>,
        ask: fn(Sitting, Platform, Option<String>) -> Asking,
    ) where
        Asking: Future<Output = Result<Answer<T>, Error>> + 'static,
    {
        let wizard = sitting.now();
        let Some(platform) = wizard.platform().map(|chosen| chosen.platform.clone()) else {
            return;
        };
        if self
            .0
            .with_untracked(|held| held.platform.as_ref() != Some(&platform))
        {
            self.forget();
        }
        let round = self.0.try_update_untracked(|held| {
            held.platform = Some(platform.clone());
            place(held).begin_round(Some(Census::default()))
        });
        self.paint();
        let is_on = move || {
            let now = self.0.try_update_untracked(|held| place(held).round);
            sitting.now().is_signed_in() && now == round
        };
        spawn(async move {
            while is_on() {
                let next = self.0.try_update_untracked(|held| {
                    let census = place(held).census.as_mut()?;
                    let next = census.next(clock::millis());
                    let asked = match next {
                        Next::Send(Question::Read(place)) => census.all().get(place),
                        _ => None,
                    };
                    let name = asked.map(|(name, _)| name.clone());
                    Some((next, name))
                });
                let Some((next, name)) = next.flatten() else {
                    return;
                };
                match next {
                    Next::Finished => return self.paint(),
                    Next::Wait { until } => clock::sleep_until(until).await,
                    Next::Send(question) => {
                        if !sitting.turn().await || !is_on() {
                            return;
                        }
                        let answer = ask(sitting, platform.clone(), name).await;
                        if is_on() {
                            self.take_in(place, &question, answer);
                        }
                    }
                }
            }
        });
    }

    fn take_in<T>(self, place: Place<T>, question: &Question, answer: Result<Answer<T>, Error>) {
        let now = clock::millis();
        let painted_at = self.0.try_update_untracked(|held| {
            let painted_at = held.painted_at;
            let reading = place(held);
            reading.read_at = now;
            let census = reading.census.as_mut()?;
            match (question, answer) {
                (Question::List, Ok(Answer::List(names))) => census.listed(now, Ok(names)),
                (Question::List, Err(error)) => census.listed(now, Err(error)),
                (Question::Read(one), Ok(Answer::One(read))) => census.read(now, *one, Ok(read)),
                (Question::Read(one), Err(error)) => census.read(now, *one, Err(error)),
                _ => {}
            }
            Some(painted_at)
        });
        if painted_at
            .flatten()
            .is_some_and(|at| now >= at + FRAME || now < at)
        {
            self.paint();
        }
    }

    fn paint(self) {
        self.0.update(|held| held.painted_at = clock::millis());
    }
}

/// What a question brought.
enum Answer<T> {
    List(Vec<String>),
    One(T),
}

async fn address(
    sitting: Sitting,
    platform: Platform,
    name: Option<String>,
) -> Result<Answer<u64>, Error> {
    let platform = &platform;
    Ok(match name.as_deref() {
        None => {
            let all = sitting.ask(&ListAccounts(platform)).await?;
            let real = all.into_iter().filter(|name| !roster::is_placeholder(name));
            Answer::List(real.collect())
        }
        Some(address) => {
            let account = sitting
                .ask_of_many(&ReadAccount { platform, address })
                .await?;
            Answer::One(account.connector().unwrap_or(0))
        }
    })
}

async fn domain(
    sitting: Sitting,
    platform: Platform,
    name: Option<String>,
) -> Result<Answer<Domain>, Error> {
    let platform = &platform;
    Ok(match name.as_deref() {
        None => Answer::List(sitting.ask(&ListDomains(platform)).await?),
        Some(name) => Answer::One(sitting.ask_of_many(&ReadDomain { platform, name }).await?),
    })
}
