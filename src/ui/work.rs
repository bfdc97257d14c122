//! The job over many addresses: held in one tab, stored before anything of it is sent, carried by as
//! many hands as it lets send at once.

mod kept;

pub use kept::look_for_kept;

use kept::hold;
use leptos::prelude::*;

use super::dom::{counter, flag, spawn};
use super::sitting::Sitting;
use crate::browser::lock::Lock;
use crate::browser::{clock, ledger, page};
use crate::ovh::exchange::{ChangeAccount, Platform, ReadAccount};
use crate::record::Deed;
use crate::run::Next;
use crate::run::assigning::{Assigning, Goal, IN_FLIGHT, Pace, Question, State};
use crate::run::order::{Order, Purpose};
use crate::text::{Text, fill};
use crate::wizard::{Event, Stage};

/// The piece of the ledger that says what the job is for.
const ORDER: &str = "order";
/// Between two pictures of the progress, in milliseconds: no more than four a second, even where
/// one comes late.
const FRAME: u64 = 270;

/// A job, and what it is for.
struct Job {
    order: Order,
    machine: Assigning,
    /// Where it is kept; also the name that one tab holds.
    name: String,
}

/// What the handles of one tab share.
#[derive(Default)]
struct Held {
    job: Option<Job>,
    /// The name that this tab holds.
    lock: Option<(String, Lock)>,
    /// Counts up with every job, so that an answer meant for another finds out.
    turn: u32,
    /// Loops that carry the job.
    hands: usize,
    /// Counts up when others take over from loops that may pause for long.
    shift: u32,
    /// A plan is on its way to its screen.
    is_planning: bool,
    painted_at: u64,
    is_paint_due: bool,
}

/// The one job of this tab. A copy is another handle to the same.
#[derive(Clone, Copy)]
pub struct Work {
    held: StoredValue<Held, LocalStorage>,
    /// There is progress to be shown.
    pub moved: RwSignal<u32>,
    /// Whether the job is kept; else a reload loses its place.
    pub is_kept: RwSignal<bool>,
    /// Whether another tab works at this platform.
    pub is_elsewhere: RwSignal<bool>,
}

impl Work {
    pub fn new() -> Self {
        Self {
            held: StoredValue::new_local(Held::default()),
            moved: counter(),
            is_kept: flag(true),
            is_elsewhere: flag(false),
        }
    }

    fn held<T>(self, read: impl FnOnce(&Held) -> T) -> T {
        self.held.with_value(read)
    }

    /// Changes what the handles share.
    fn set<T>(self, change: impl FnOnce(&mut Held) -> T) -> Option<T> {
        self.held.try_update_value(change)
    }

    fn turn(self) -> u32 {
        self.held(|held| held.turn)
    }

    /// What the job is for and how it stands, if there is one.
    pub fn read<T>(self, read: impl FnOnce(&Order, &Assigning) -> T) -> Option<T> {
        self.held(|held| held.job.as_ref().map(|job| read(&job.order, &job.machine)))
    }

    /// Changes the job, and keeps what changed.
    fn change<T>(self, change: impl FnOnce(&mut Assigning) -> T) -> Option<T> {
        let changed = self.move_on(change);
        self.keep();
        changed
    }

    /// Changes the job; what changed is kept with the next picture of it.
    fn move_on<T>(self, change: impl FnOnce(&mut Assigning) -> T) -> Option<T> {
        let changed = self.set(|held| Some(change(&mut held.job.as_mut()?.machine)));
        changed.flatten()
    }

    fn keep(self) {
        let is_kept = self.set(|held| held.job.as_mut().is_none_or(keep_pieces));
        let is_kept = is_kept.unwrap_or(true);
        if self.is_kept.get_untracked() != is_kept {
            self.is_kept.set(is_kept);
        }
    }

    fn put(self, job: Option<Job>) {
        self.set(|held| {
            held.turn = held.turn.wrapping_add(1);
            (held.job, held.hands) = (job, 0);
        });
        self.paint();
    }

    fn paint(self) {
        self.keep();
        self.set(|held| held.painted_at = clock::millis());
        self.moved.update(|times| *times += 1);
    }

    /// Shows the progress, soon enough and no more often than the eye needs.
    fn paint_soon(self) {
        let (is_due, painted_at) = self.held(|held| (held.is_paint_due, held.painted_at));
        if is_due {
            return;
        }
        let next = painted_at + FRAME;
        let now = clock::millis();
        if next <= now || next > now + FRAME {
            return self.paint();
        }
        self.set(|held| held.is_paint_due = true);
        spawn(async move {
            clock::sleep_until(next).await;
            self.set(|held| held.is_paint_due = false);
            self.paint();
        });
    }

    /// Forgets the job in this tab; what is kept of it stays.
    fn let_go(self) {
        self.put(None);
        self.set(|held| held.lock = None);
        self.is_elsewhere.set(false);
        page::ask_before_leaving(false);
    }
}

/// Stores what changed; false where the storage is full or denied.
fn keep_pieces(job: &mut Job) -> bool {
    let mut is_kept = true;
    for piece in job.machine.take_dirty() {
        if !ledger::save(&job.name, &piece.place.name(), &piece.text) {
            is_kept = false;
            job.machine.not_stored(piece.place);
        }
    }
    is_kept
}

/// Where the job of a platform is kept, and the name of the lock.
fn name(sitting: Sitting, platform: &Platform) -> String {
    [
        &sitting.api(),
        " ",
        &platform.organization,
        " ",
        &platform.service,
    ]
    .concat()
}

fn platform(sitting: Sitting) -> Option<Platform> {
    let wizard = sitting.now();
    wizard.platform().map(|chosen| chosen.platform.clone())
}

/// Plans a job, once however often it is asked for.
pub async fn plan(sitting: Sitting, purpose: Purpose, goals: Vec<Goal>) {
    let work = sitting.work;
    if !work.held(|held| held.is_planning) {
        work.set(|held| held.is_planning = true);
        make_plan(sitting, purpose, goals).await;
        work.set(|held| held.is_planning = false);
    }
}

/// Looks at every address, and changes none before [`begin`].
async fn make_plan(sitting: Sitting, purpose: Purpose, goals: Vec<Goal>) {
    let work = sitting.work;
    let Some(platform) = platform(sitting) else {
        return;
    };
    let Some(connector) = sitting.now().connector().cloned() else {
        return;
    };
    let name = name(sitting, &platform);
    if !hold(sitting, &name).await {
        return;
    }
    let begun = clock::millis();
    let pace = Pace::per_minute(sitting.config().calls_per_minute);
    let mut machine = Assigning::new(goals, pace, begun);
    machine.survey();
    let order = Order {
        platform,
        purpose,
        connector,
        begun,
    };
    ledger::forget(&name);
    let is_kept = ledger::save(&name, ORDER, &order.to_json_text());
    work.is_kept.set(is_kept);
    work.put(Some(Job {
        order,
        machine,
        name,
    }));
    sitting.on(Event::JobPlanned);
    carry(sitting);
}

/// Carries the plan out.
pub fn begin(sitting: Sitting) {
    sitting.work.change(Assigning::release);
    go_on(sitting, |_| {});
}

/// Goes on after a rest, or after what `how` changes.
pub fn go_on(sitting: Sitting, how: impl FnOnce(&mut Assigning)) {
    let is_surveying = sitting.work.change(|machine| {
        how(machine);
        machine.resume(clock::millis());
        machine.is_surveying()
    });
    if let Some(is_surveying) = is_surveying {
        if !is_surveying {
            sitting.on(Event::JobBegan);
        }
        // Who pauses until a time that no longer counts is not waited for.
        sitting.work.set(|held| {
            held.shift = held.shift.wrapping_add(1);
            held.hands = 0;
        });
        carry(sitting);
        sitting.work.paint();
    }
}

/// Sends nothing more, until the job goes on.
pub fn pause(sitting: Sitting) {
    sitting.work.change(Assigning::pause);
    rest(sitting);
    sitting.work.paint();
}

/// Ends the job here: what is not begun is left as it is.
pub fn stop(sitting: Sitting) {
    sitting.work.change(Assigning::stop);
    rest(sitting);
    sitting.work.paint();
}

/// Ends the job as it stands and forgets it.
pub fn drop(sitting: Sitting) {
    let work = sitting.work;
    work.held(|held| {
        if let Some(job) = &held.job {
            ledger::forget(&job.name);
        }
    });
    work.let_go();
    sitting.on(Event::JobDropped);
}

/// Plans the way back of everything that was changed.
pub fn undo(sitting: Sitting) {
    if let Some(goals) = sitting.work.read(|_, machine| machine.undo()) {
        sitting.on(Event::JobDropped);
        spawn(plan(sitting, Purpose::Undo, goals));
    }
}

/// Sets as many hands to work as there may be calls out.
fn carry(sitting: Sitting) {
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
fn rest(sitting: Sitting) {
    let rested = sitting.work.read(|_, machine| {
        let items = machine.items().iter();
        let settled = items.filter(|item| matches!(item.state, State::Confirmed | State::Already));
        Event::JobRested {
            settled: settled
                .map(|item| (item.address.to_string(), item.wanted))
                .collect(),
            has_ended: machine.is_finished(),
        }
    });
    if let Some(rested) = rested
        && sitting.now().has_unfinished_job()
    {
        page::ask_before_leaving(false);
        sitting.on(rested);
        let deed = sitting
            .work
            .read(|order, machine| Deed::of_order(order, machine.items()));
        if let Some(deed) = deed.flatten() {
            sitting.note(deed);
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
    if let Next::Send(Question::Write { .. }) = next {
        work.keep();
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
            let answer = sitting.ask(&ReadAccount { platform, address }).await;
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
            let answer = sitting.ask(&call).await;
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

/// How far the job is, for the title of the window.
pub fn progress(sitting: Sitting, t: &Text) -> String {
    let work = sitting.work;
    work.moved.track();
    let told = work.read(|_, machine| {
        let counts = machine.counts();
        let is_good = counts.failed + counts.unknown == 0;
        match sitting.wizard().job() {
            Some(Stage::Running) => {
                let percent = counts.ended() * 100 / counts.all().max(1);
                fill(t.percent(), &[("percent", &percent.to_string())])
            }
            Some(Stage::Resting) => t.title_resting().to_owned(),
            Some(Stage::Ended) if is_good => t.title_done().to_owned(),
            Some(Stage::Ended) => t.title_failed().to_owned(),
            Some(Stage::Planned) | None => String::new(),
        }
    });
    told.unwrap_or_default()
}
