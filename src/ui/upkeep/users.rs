//! Who uses which connector: addresses, and domains as their default. Read on request, at the pace
//! that is safe, and kept as long as nothing of it is changed here.

use std::future::Future;

use leptos::prelude::*;

use crate::browser::clock;
use crate::ovh::Error;
use crate::ovh::exchange::{Domain, ListAccounts, ListDomains, Platform, ReadAccount, ReadDomain};
use crate::roster;
use crate::run::Next;
use crate::run::census::{Census, Question};
use crate::ui::dom::spawn;
use crate::ui::sitting::Sitting;

/// Between two pictures of the progress, in milliseconds.
const FRAME: u64 = 250;

#[derive(Default)]
struct Held {
    platform: Option<Platform>,
    /// The connector of each address, 0 for none.
    addresses: Option<Census<u64>>,
    domains: Option<Census<Domain>>,
    /// Counts up when all is forgotten, so that who still reads finds out.
    turn: u32,
    painted_at: u64,
}

/// What is known; followed four times a second at most. A copy is another handle to the same.
#[derive(Clone, Copy)]
pub struct Users(RwSignal<Held, LocalStorage>);

/// Where in [`Held`] a census is.
type Place<T> = fn(&mut Held) -> &mut Option<Census<T>>;

impl Users {
    pub fn new() -> Self {
        Self(RwSignal::new_local(Held::default()))
    }

    /// Forgets everything: it may be otherwise by now.
    pub fn forget(self) {
        self.0.update(|held| {
            *held = Held {
                turn: held.turn.wrapping_add(1),
                ..Held::default()
            };
        });
    }

    /// The connector of each address, 0 for none, as far as it was asked for; follows the reading.
    pub fn addresses<T>(self, read: impl FnOnce(Option<&Census<u64>>) -> T) -> T {
        self.0.with(|held| read(held.addresses.as_ref()))
    }

    /// The domains of the platform, as far as they were asked for; follows the reading.
    pub fn domains<T>(self, read: impl FnOnce(Option<&Census<Domain>>) -> T) -> T {
        self.0.with(|held| read(held.domains.as_ref()))
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
            is_here
                && place(held)
                    .as_ref()
                    .is_some_and(|census| census.problem().is_none())
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
        let per_minute = sitting.config().calls_per_minute;
        let turn = self.0.try_update_untracked(|held| {
            held.platform = Some(platform.clone());
            *place(held) = Some(Census::new(per_minute));
            held.turn
        });
        self.paint();
        spawn(async move {
            while turn == self.turn(sitting) {
                let next = self.0.try_update_untracked(|held| {
                    let census = place(held).as_mut()?;
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
                        let answer = ask(sitting, platform.clone(), name).await;
                        if turn == self.turn(sitting) {
                            self.hear(place, &question, answer);
                        }
                    }
                }
            }
        });
    }

    fn hear<T>(self, place: Place<T>, question: &Question, answer: Result<Answer<T>, Error>) {
        let now = clock::millis();
        let painted_at = self.0.try_update_untracked(|held| {
            let painted_at = held.painted_at;
            let census = place(held).as_mut()?;
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

    /// `None` where nobody is signed in to ask for.
    fn turn(self, sitting: Sitting) -> Option<u32> {
        let is_asked = sitting.now().is_signed_in();
        is_asked.then(|| self.0.with_untracked(|held| held.turn))
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
            let account = sitting.ask(&ReadAccount { platform, address }).await?;
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
        Some(name) => Answer::One(sitting.ask(&ReadDomain { platform, name }).await?),
    })
}
