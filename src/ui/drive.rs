//! The loops that carry the long jobs: they ask what to send, send it, and tell what was heard.
//!
//! A job lives in the wizard and is stored before anything of it is sent; a loop only holds it
//! between two calls. Each job has one loop, whatever screen is shown.

use leptos::prelude::*;

use super::dom::spawn;
use super::sitting::Sitting;
use crate::browser::clock;
use crate::ovh::Error;
use crate::ovh::exchange::{
    ChangeAccount, ListConnectors, ListTasks, Platform, ReadAccount, ReadConnector, ReadTask,
};
use crate::run::Next;
use crate::run::adding::{self, Adding, Heard, Stage};
use crate::run::attaching::{Attaching, Question};
use crate::wizard::{Event, Wizard};

const ADDING: usize = 0;
const ATTACHING: usize = 1;

/// Starts the loop of every job that is there and has none.
pub fn carry_on(sitting: Sitting) {
    let wizard = sitting.now();
    if wizard.adding().is_some() && begin(sitting, ADDING) {
        spawn(async move {
            while add_step(sitting).await.is_some() {}
            end(sitting, ADDING);
        });
    }
    if wizard.attaching().is_some() && begin(sitting, ATTACHING) {
        spawn(async move {
            while attach_step(sitting).await.is_some() {}
            end(sitting, ATTACHING);
        });
    }
}

fn begin(sitting: Sitting, job: usize) -> bool {
    let mut free = false;
    sitting.carried.update_value(|carried| {
        free = !carried[job];
        carried[job] = true;
    });
    free
}

fn end(sitting: Sitting, job: usize) {
    sitting.carried.update_value(|carried| carried[job] = false);
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
                super::connector::forget_draft();
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

fn attaching_now(sitting: Sitting) -> Option<(Platform, Attaching)> {
    let wizard = sitting.now();
    wizard.is_signed_in().then_some(())?;
    Some((platform(&wizard)?, wizard.attaching()?.clone()))
}

/// The job that an answer belongs to; `None` where another has taken its place meanwhile.
fn same_job(sitting: Sitting, connector: u64, index: usize, address: &str) -> Option<Attaching> {
    let (_, job) = attaching_now(sitting)?;
    let is_same = job.connector() == connector && job.items().get(index)?.address == address;
    is_same.then_some(job)
}

/// One step of attaching addresses; `None` at the end.
async fn attach_step(sitting: Sitting) -> Option<()> {
    let (platform, mut job) = attaching_now(sitting)?;
    let next = job.next(clock::millis());
    let connector = job.connector();
    let address = |index: usize| job.items().get(index).map(|item| item.address.clone());
    match next {
        Next::Finished => None,
        Next::Wait { until } => {
            clock::sleep_until(until).await;
            Some(())
        }
        Next::Send(Question::Read { index }) => {
            let address = address(index)?;
            sitting.on(Event::AttachMoved(job));
            let call = ReadAccount {
                platform: &platform,
                address: &address,
            };
            let answer = sitting.ask(&call).await;
            let mut job = same_job(sitting, connector, index, &address)?;
            job.read(clock::millis(), index, answer);
            sitting.on(Event::AttachMoved(job));
            Some(())
        }
        Next::Send(Question::Write { index, filters }) => {
            let address = address(index)?;
            sitting.on(Event::AttachMoved(job));
            let call = ChangeAccount {
                platform: &platform,
                address: &address,
                connector,
                filters,
            };
            let answer = sitting.ask(&call).await;
            let mut job = same_job(sitting, connector, index, &address)?;
            job.written(clock::millis(), index, answer);
            sitting.on(Event::AttachMoved(job));
            Some(())
        }
    }
}
