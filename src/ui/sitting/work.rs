//! The job over many addresses: held in one tab, stored before anything of it is sent, carried by as
//! many hands as it lets send at once.

mod carrying;
mod kept;
mod planning;

pub use kept::{forget_all, look_for_kept, show_left};
pub use planning::{begin, drop, plan, try_failed_again, undo};

use carrying::{carry, rest};
use kept::forget;
use leptos::prelude::*;

use super::Sitting;
use crate::browser::lock::Lock;
use crate::browser::{clock, ledger, page};
use crate::ovh::exchange::Platform;
use crate::run::assigning::{Assigning, Piece};
use crate::run::order::Order;
use crate::text::{Text, fill};
use crate::ui::dom::{counter, flag, spawn};
use crate::wizard::{Event, Screen, Stage};

/// The piece of the ledger that says what the job is for.
const ORDER: &str = "order";
/// The piece that is there as long as all others are as they should be. Where storage is full it can
/// still be taken away.
const WHOLE: &str = "whole";
/// What the place of a plan begins with.
const PLAN: &str = "plan ";
/// Between two pictures of the progress, in milliseconds: no more than four a second, even where
/// one comes late.
const FRAME: u64 = 270;

/// A job, and what it is for.
struct Job {
    order: Order,
    machine: Assigning,
    /// The name that one tab holds while it is at work.
    name: String,
    is_order_kept: bool,
    /// Whether it is said where it is kept that it is so as a whole.
    is_known_whole: bool,
}

impl Job {
    fn place(&self) -> String {
        place(&self.name, self.machine.is_surveying())
    }

    /// All of it is to be kept again, as something else may be there by now.
    fn keep_anew(&mut self) {
        self.machine.soil_all();
        (self.is_order_kept, self.is_known_whole) = (false, false);
    }
}

/// Where a job is kept: a plan beside the job that it may follow, until it begins.
fn place(name: &str, is_plan: bool) -> String {
    let beside = if is_plan { PLAN } else { "" };
    [beside, name].concat()
}

/// What the handles of one tab share.
#[derive(Default)]
struct Held {
    job: Option<Job>,
    /// The ended job that a plan was made after: it is there again where the plan is dropped.
    former: Option<Job>,
    /// The name that this tab holds.
    lock: Option<(String, Lock)>,
    /// The name that this tab waits for.
    awaited: Option<String>,
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
    pub others: RwSignal<Others>,
}

/// What the other tabs of this browser do on the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Others {
    Away,
    /// One of them has the job.
    AtWork,
    /// One of them has left a job, which can be seen and gone on with here.
    Left,
}

impl Work {
    pub fn new() -> Self {
        Self {
            held: StoredValue::new_local(Held::default()),
            moved: counter(),
            is_kept: flag(true),
            others: RwSignal::new(Others::Away),
        }
    }

    fn held<T>(self, read: impl FnOnce(&Held) -> T) -> T {
        self.held.with_value(read)
    }

    /// Changes what the handles share.
    fn set<T>(self, change: impl FnOnce(&mut Held) -> T) -> Option<T> {
        self.held.try_update_value(change)
    }

    /// Whether something of the job is on its way, or waited for.
    pub fn is_carried(self) -> bool {
        self.held(|held| held.hands > 0)
    }

    fn turn(self) -> u32 {
        self.held(|held| held.turn)
    }

    /// What the job is for and how it stands, if there is one.
    pub fn read<T>(self, read: impl FnOnce(&Order, &Assigning) -> T) -> Option<T> {
        self.held(|held| held.job.as_ref().map(|job| read(&job.order, &job.machine)))
    }

    /// Forgets the job before this plan, if it is such.
    fn forget_former(self, is_such: impl FnOnce(&Order, &Assigning) -> bool) {
        self.set(|held| {
            held.former.take_if(|job| is_such(&job.order, &job.machine));
        });
    }

    /// What undoing the job before this plan leaves: the filters of how many addresses as OVHcloud
    /// wanted them, and how many addresses of which nobody knows any more what they had.
    pub fn left_by_undoing(self) -> (usize, usize) {
        self.held(|held| {
            let former = || held.former.iter().flat_map(|job| job.machine.items());
            let filters = former().filter(|item| item.filters_sent).count();
            (
                filters,
                former().filter(|item| item.has_no_way_back()).count(),
            )
        })
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

    /// Another call than those of the job is about to be sent.
    pub fn make_room(self) {
        if self.is_carried() {
            self.move_on(|machine| machine.make_room(clock::millis()));
        }
    }

    fn keep(self) {
        let is_kept = self.set(|held| held.job.as_mut().is_none_or(keep_pieces));
        let is_kept = is_kept.unwrap_or(true);
        if self.is_kept.get_untracked() != is_kept {
            self.is_kept.set(is_kept);
        }
    }

    /// Keeps what has to be on record before this item is changed.
    fn keep_before(self, index: usize) {
        self.set(|held| {
            if let Some(job) = &mut held.job
                && let Some(piece) = job.machine.take_dirty_of(index)
            {
                keep_piece(job, &piece);
            }
        });
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
        self.set(|held| held.former = None);
        self.free();
        page::ask_before_leaving(false);
    }

    /// Lets other tabs work at the platform.
    fn free(self) {
        self.set(|held| held.lock = None);
        self.others.set(Others::Away);
    }
}

/// Stores what changed; false where the storage is full or denied.
fn keep_pieces(job: &mut Job) -> bool {
    if !job.is_order_kept {
        job.is_order_kept = ledger::save(&job.place(), ORDER, &job.order.to_json_text());
    }
    let mut is_kept = job.is_order_kept;
    for piece in job.machine.take_dirty() {
        is_kept &= keep_piece(job, &piece);
    }
    if is_kept && !job.is_known_whole {
        job.is_known_whole = ledger::save(&job.place(), WHOLE, "");
    }
    is_kept
}

fn keep_piece(job: &mut Job, piece: &Piece) -> bool {
    let is_kept = ledger::save(&job.place(), &piece.place.name(), &piece.text);
    if !is_kept {
        job.machine.not_stored(piece.place);
        ledger::forget_piece(&job.place(), WHOLE);
        job.is_known_whole = false;
    }
    is_kept
}

/// The name of a platform: one tab holds it while it works there.
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

/// How far the job is, for the title of the window.
pub fn progress(sitting: Sitting, t: &Text) -> String {
    let work = sitting.work;
    work.moved.track();
    // What has ended is told where it is seen, and no longer on the screens after it.
    let is_seen = sitting.wizard().screen() == Screen::Attaching;
    let told = work.read(|_, machine| {
        let counts = machine.counts();
        let is_good = counts.failed + counts.unknown == 0;
        match sitting.wizard().job() {
            Some(Stage::Running) => {
                let percent = counts.ended() * 100 / counts.all().max(1);
                fill(t.percent(), &[("percent", &percent.to_string())])
            }
            Some(Stage::Resting) => t.title_resting().to_owned(),
            Some(Stage::Ended) if is_seen && is_good => t.title_done().to_owned(),
            Some(Stage::Ended) if is_seen => t.title_failed().to_owned(),
            Some(Stage::Planned | Stage::Ended) | None => String::new(),
        }
    });
    told.unwrap_or_default()
}

/// Forgets what has ended with a connector that is gone: its addresses cannot be given back to it.
pub fn forget_jobs_of(sitting: Sitting, id: u64) {
    if !sitting.now().has_unfinished_job() {
        let is_of_it = |order: &Order, machine: &Assigning| uses(order, machine, id);
        sitting.work.forget_former(is_of_it);
        if job_uses(sitting, id) {
            forget(sitting);
        }
    }
}

/// Whether the job over many addresses, if there is one, has to do with a connector.
pub fn job_uses(sitting: Sitting, id: u64) -> bool {
    sitting.work.read(|order, machine| uses(order, machine, id)) == Some(true)
}

/// Whether this job has to do with a connector.
fn uses(order: &Order, machine: &Assigning, id: u64) -> bool {
    let mut items = machine.items().iter();
    order.connector.id == Some(id) || items.any(|item| item.wanted == id || item.before == Some(id))
}
