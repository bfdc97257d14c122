//! The loops that carry the job: they ask what to send, send it, and tell what was heard.

use crate::browser::{clock, page};
use crate::ovh::Error;
use crate::ovh::exchange::{ChangeAccount, ReadAccount};
use crate::record::Deed;
use crate::roster::without_done;
use crate::run::Next;
use crate::run::assigning::{IN_FLIGHT, Question, State};
use crate::ui::dom::spawn;
use crate::ui::draft::Draft;
use crate::ui::sitting::Sitting;
use crate::wizard::{Event, Stage};

/// Sets as many hands to work as there may be calls out.
pub(super) fn carry(sitting: Sitting) {
    let work = sitting.work;
    page::ask_before_leaving(sitting.now().job() == Some(Stage::Running));
    let turn = work.turn();
    let shift = work.held(|held| held.shift);
    let is_on = move || work.turn() == turn && work.held(|held| held.shift) == shift;
    for _ in work.held(|held| held.hands)..IN_FLIGHT {
        work.set(|held| held.hands += 1);
        spawn(async move {
            while is_on() && step(sitting, turn).await.is_some() {}
            if !is_on() {
                return;
            }
            work.set(|held| held.hands -= 1);
            if work.held(|held| held.hands) == 0 {
                rest(sitting);
                work.paint();
            }
        });
    }
}

/// Tells the wizard that the job came to rest, or to its end.
pub(super) fn rest(sitting: Sitting) {
    let work = sitting.work;
    let rested = work.read(|_, machine| {
        let items = machine.items().iter();
        let settled = items.filter(|item| matches!(item.state, State::Confirmed | State::Already));
        let settled = settled
            .map(|item| (item.address.to_string(), item.wanted))
            .collect::<Vec<_>>();
        let is_gone = machine.halted() == Some(&Error::NotFound);
        (settled, machine.is_finished(), is_gone)
    });
    if let Some((settled, has_ended, is_gone)) = rested
        && sitting.now().has_unfinished_job()
    {
        page::ask_before_leaving(false);
        // Where the connector is gone, all of them want another.
        if has_ended && !is_gone {
            untick(&settled);
        }
        // The table is not to lag behind what is said of it.
        work.paint();
        sitting.on(Event::JobRested { settled, has_ended });
        let deed = work.read(|order, machine| Deed::of_order(order, machine.items()));
        if let Some(deed) = deed.flatten() {
            sitting.note(deed);
        }
        if has_ended {
            work.free();
        }
    }
}

/// One call, or one pause; `None` where nothing is to be sent any more.
async fn step(sitting: Sitting, turn: u32) -> Option<()> {
    let work = sitting.work;
    (work.turn() == turn && sitting.now().is_signed_in()).then_some(())?;
    let next = work.move_on(|machine| machine.next(clock::millis()))?;
    // What an address had before has to be on record before it is changed. The rest can be read
    // again where a break comes sooner than the next picture.
    if let Next::Send(Question::Write { index, .. }) = next {
        work.keep_before(index);
    }
    match next {
        Next::Finished => None,
        Next::Wait { until } => {
            clock::sleep_until(until).await;
            Some(())
        }
        Next::Send(question) => {
            work.paint_soon();
            ask(sitting, turn, question).await;
            work.paint_soon();
            Some(())
        }
    }
}

async fn ask(sitting: Sitting, turn: u32, question: Question) {
    let work = sitting.work;
    let (Question::Read { index } | Question::Write { index, .. }) = question;
    let asked = work.read(|order, machine| {
        let item = machine.items().get(index)?;
        Some((
            order.platform.clone(),
            item.address.to_string(),
            item.wanted,
        ))
    });
    let Some((platform, address, connector)) = asked.flatten() else {
        return;
    };
    let (platform, address) = (&platform, &*address);
    match question {
        Question::Read { .. } => {
            let answer = sitting
                .ask_of_many(&ReadAccount { platform, address })
                .await;
            if work.turn() == turn {
                work.move_on(|machine| machine.read(clock::millis(), index, answer));
            }
        }
        Question::Write { filters, .. } => {
            let call = ChangeAccount {
                platform,
                address,
                connector,
                filters,
            };
            let answer = sitting.ask_of_many(&call).await;
            if work.turn() == turn {
                work.move_on(|machine| machine.written(clock::millis(), index, answer));
            }
        }
    }
    // The other hands may pause a while before they see it.
    if work.turn() == turn && work.read(|_, machine| machine.is_finished()) == Some(true) {
        work.keep();
        rest(sitting);
    }
}

/// Leaves nothing ticked that a job has done; what failed can be tried again.
fn untick(done: &[(String, u64)]) {
    if let Some(drafted) = Draft::Addresses.load() {
        Draft::Addresses.save(&without_done(&drafted, done));
    }
}
