//! The loops that carry the adding of a connector, and a change of what is there: each asks what to
//! send, sends it, and tells what was heard.
//!
//! The jobs live in the wizard and are stored before anything of them is sent; a loop only holds its
//! job between two calls. There is one loop for each, whatever screen is shown.

use leptos::prelude::*;

use super::{Sitting, work};
use crate::browser::clock;
use crate::browser::lock::{self, Lock};
use crate::ovh::Error;
use crate::ovh::exchange::{ListConnectors, ListTasks, Platform, ReadConnector, ReadTask};
use crate::run::Next;
use crate::run::adding::{self, Adding, Heard, Stage};
use crate::run::changing::{self, Changing, Wish};
use crate::ui::dom::spawn;
use crate::ui::draft::Draft;
use crate::wizard::{Event, Wizard};

/// Which jobs a loop carries at the moment.
#[derive(Default)]
pub struct Carried {
    adding: bool,
    change: bool,
}

/// Starts the loop of each job that is there and has none.
pub fn carry_on(sitting: Sitting) {
    carry_on_adding(sitting, None);
    carry_on_changing(sitting);
}

/// Whether a connector is being added, or something changed.
pub fn is_carrying(sitting: Sitting) -> bool {
    let is = |carried: &Carried| carried.adding || carried.change;
    sitting.carried.with_value(is)
}

/// The name that one tab holds while it adds a connector to a platform.
pub fn adding_name(sitting: Sitting, platform: &Platform) -> String {
    let api = sitting.api();
    let parts = ["adding", &api, &platform.organization, &platform.service];
    parts.join(" ")
}

fn carry_on_changing(sitting: Sitting) {
    let is_carried = |carried: &mut Carried| std::mem::replace(&mut carried.change, true);
    if sitting.now().upkeep().is_changing()
        && !sitting.carried.try_update_value(is_carried).unwrap_or(true)
    {
        spawn(async move {
            while change_step(sitting).await.is_some() {}
            sitting
                .carried
                .update_value(|carried| carried.change = false);
        });
    }
}

/// Carries the adding to its end, and holds its name as long.
pub fn carry_on_adding(sitting: Sitting, lock: Option<Lock>) {
    let is_carried = |carried: &mut Carried| std::mem::replace(&mut carried.adding, true);
    if sitting.now().adding().is_some()
        && !sitting.carried.try_update_value(is_carried).unwrap_or(true)
    {
        spawn(async move {
            let held = match (lock, platform(&sitting.now())) {
                (None, Some(platform)) => lock::take(&adding_name(sitting, &platform)).await,
                (lock, _) => lock,
            };
            while add_step(sitting).await.is_some() {}
            drop(held);
            sitting
                .carried
                .update_value(|carried| carried.adding = false);
        });
    }
}

fn platform(wizard: &Wizard) -> Option<Platform> {
    wizard.platform().map(|chosen| chosen.platform.clone())
}

fn adding_now(sitting: Sitting) -> Option<(Platform, Adding)> {
    let wizard = sitting.now();
    wizard.is_signed_in().then_some(())?;
    Some((platform(&wizard)?, wizard.adding()?.clone()))
}

/// One step of adding a connector; `None` at the end.
async fn add_step(sitting: Sitting) -> Option<()> {
    let (platform, mut adding) = adding_now(sitting)?;
    let next = adding.next(clock::millis());
    sitting.on(Event::AddMoved(adding));
    match next {
        Next::Finished => {
            let (_, adding) = adding_now(sitting)?;
            if let Stage::Ready(connector) = adding.stage() {
                // Until here a task may fail, and the form is wanted again.
                Draft::Connector.forget();
                sitting.on(Event::ConnectorReady((**connector).clone()));
            }
            None
        }
        Next::Wait { until } => {
            clock::sleep_until(until).await;
            Some(())
        }
        Next::Send(question) => {
            let heard = match ask_about_adding(sitting, &platform, &question).await {
                Ok(heard) => heard,
                Err(error) => Heard::Failed(error),
            };
            let (_, mut adding) = adding_now(sitting)?;
            adding.heard(clock::millis(), heard);
            sitting.on(Event::AddMoved(adding));
            Some(())
        }
    }
}

async fn ask_about_adding(
    sitting: Sitting,
    platform: &Platform,
    question: &adding::Question,
) -> Result<Heard, Error> {
    Ok(match *question {
        adding::Question::Add => {
            let review = sitting.now().review().cloned();
            let call = review.ok_or(Error::NotFound)?;
            Heard::Task(sitting.ask(&call).await?)
        }
        adding::Question::Task(id) => Heard::Task(sitting.ask(&ReadTask { platform, id }).await?),
        adding::Question::Tasks => Heard::Tasks(sitting.ask(&ListTasks(platform)).await?),
        adding::Question::List => Heard::List(sitting.ask(&ListConnectors(platform)).await?),
        adding::Question::Connector(id) => {
            Heard::Connector(sitting.ask(&ReadConnector { platform, id }).await?)
        }
    })
}

fn changing_now(sitting: Sitting) -> Option<(Platform, Changing)> {
    let wizard = sitting.now();
    wizard.is_signed_in().then_some(())?;
    Some((platform(&wizard)?, wizard.upkeep().changing()?.clone()))
}

/// One step of a change; `None` at the end.
async fn change_step(sitting: Sitting) -> Option<()> {
    let (platform, mut changing) = changing_now(sitting)?;
    let next = changing.next(clock::millis());
    let wish = changing.wish().clone();
    sitting.on(Event::ChangeMoved(changing));
    let question = match next {
        Next::Finished => {
            let wizard = sitting.now();
            if wizard.upkeep().changing().map(Changing::stage) == Some(&changing::Stage::Done) {
                clear_up(sitting, &wish);
            }
            return None;
        }
        Next::Wait { until } => {
            clock::sleep_until(until).await;
            return Some(());
        }
        Next::Send(question) => question,
    };
    let wizard = sitting.now();
    let authentication = wizard.upkeep().authentication();
    let Some(request) = question.request(&wish, &platform, authentication) else {
        let (_, changing) = changing_now(sitting)?;
        sitting.on(Event::ChangeMoved(changing.not_sent()));
        return Some(());
    };
    let heard = question.heard(&wish, sitting.ask_plainly(request).await);
    let (_, mut changing) = changing_now(sitting)?;
    // The answer to a job that is there no more tells nothing about another.
    if *changing.wish() == wish {
        changing.heard(clock::millis(), heard);
        sitting.on(Event::ChangeMoved(changing));
    }
    Some(())
}

/// Forgets what was typed for a change that is made, and the end of a job that it leaves without
/// meaning.
fn clear_up(sitting: Sitting, wish: &Wish) {
    Draft::Authentication.forget();
    Draft::Edit.forget();
    if let Wish::Delete { id, .. } = wish {
        work::forget_jobs_of(sitting, *id);
    }
}
