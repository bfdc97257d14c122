//! What OVHcloud is working on, watched for as long as the screen is there.

use leptos::prelude::*;

use super::connectors::lines;
use super::on_its_way;
use crate::browser::{clock, intl};
use crate::ovh::Error;
use crate::ovh::exchange::{ListTasks, Platform, ReadTask};
use crate::run::Next;
use crate::run::watching::{Question, Standing, Watched, Watching};
use crate::text::{Text, fill};
use crate::ui::dom::{El, el, spawn, words};
use crate::ui::kit::{Tone, actions, busy, button, heading, hint, lead, notice, table};
use crate::ui::part::asking::failed;
use crate::ui::sitting::Sitting;
use crate::ui::wording;

pub fn tasks(sitting: Sitting) -> Vec<El> {
    let t = sitting.words();
    let Some(platform) = sitting.now().platform().map(|now| now.platform.clone()) else {
        return Vec::new();
    };
    let watch = Watch {
        sitting,
        platform: StoredValue::new(platform),
        seen: RwSignal::new(Watching::default()),
        turn: StoredValue::new(0),
    };
    watch.go_on();
    // Only what is shown counts: the times of the calls change at each.
    let shown = Memo::new(move |_| watch.seen.with(Shown::of));
    vec![
        heading(t.tasks_title()),
        lead(t.tasks_lead()),
        el("div").live(move || on_its_way(sitting, t)),
        el("p")
            .class("visually-hidden")
            .attr("role", "status")
            .live_text(move || shown.with(|shown| shown.summary(t))),
        el("div").live(move || shown.with(|shown| watch.show(t, shown))),
    ]
}

/// A copy is another handle to the same; all of it goes with the screen.
#[derive(Clone, Copy)]
struct Watch {
    sitting: Sitting,
    platform: StoredValue<Platform>,
    seen: RwSignal<Watching>,
    /// Counts up with every loop, so that the one before finds out.
    turn: StoredValue<u32>,
}

/// What is seen of it.
#[derive(Clone, PartialEq)]
struct Shown {
    pending: Vec<Watched>,
    /// The last one first.
    ended: Vec<Watched>,
    more: usize,
    has_list: bool,
    problem: Option<Error>,
}

impl Shown {
    fn of(watching: &Watching) -> Self {
        let all = watching.tasks().iter().cloned();
        let is_pending = |task: &Watched| task.standing == Standing::Pending;
        let (pending, mut ended): (Vec<_>, Vec<_>) = all.partition(is_pending);
        ended.reverse();
        Self {
            pending,
            ended,
            more: watching.more(),
            has_list: watching.has_list(),
            problem: watching.problem().cloned(),
        }
    }

    fn summary(&self, t: &Text) -> String {
        match self.pending.len() + self.more {
            _ if !self.has_list => String::new(),
            0 => t.tasks_none().to_owned(),
            all => wording::count(t, all, t.tasks_pending_one(), t.tasks_pending_many()),
        }
    }
}

impl Watch {
    /// Begins to watch, or asks at once what would be asked later.
    fn go_on(self) {
        let begun = self.turn.try_update_value(|turn| {
            *turn += 1;
            *turn
        });
        self.seen.try_update(Watching::again);
        spawn(async move {
            let is_on = || self.turn.try_get_value() == begun && self.sitting.now().is_signed_in();
            while is_on() && self.step(is_on).await.is_some() {}
        });
    }

    /// One call, or one pause; `None` where nothing is to be asked, or nobody is left to look.
    async fn step(self, is_on: impl Fn() -> bool) -> Option<()> {
        let platform = self.platform.try_get_value()?;
        let platform = &platform;
        let next = self
            .seen
            .try_update_untracked(|seen| seen.next(clock::millis()))?;
        match next {
            Next::Finished => return None,
            Next::Wait { until } => clock::sleep_until(until).await,
            Next::Send(Question::List) => {
                let answer = self.sitting.ask(&ListTasks(platform)).await;
                if is_on() {
                    let now = clock::millis();
                    self.seen.try_update(|seen| seen.listed(now, answer))?;
                }
            }
            Next::Send(Question::Read(id)) => {
                let answer = self.sitting.ask(&ReadTask { platform, id }).await;
                if is_on() {
                    let now = clock::millis();
                    self.seen.try_update(|seen| seen.read(now, id, answer))?;
                }
            }
        }
        Some(())
    }

    fn show(self, t: &'static Text, shown: &Shown) -> Vec<El> {
        let mut content = Vec::new();
        if let Some(error) = &shown.problem {
            content.push(failed(self.sitting, error, move || self.go_on()));
        } else if !shown.has_list {
            return vec![busy(t.tasks_loading())];
        }
        if !shown.pending.is_empty() {
            content.push(words("h2", t.tasks_pending()));
            content.push(list(t, t.tasks_pending(), &shown.pending));
        } else if shown.problem.is_none() {
            let advice = words("p", t.tasks_none_advice());
            content.push(notice(Tone::Good, t.tasks_none(), vec![advice]));
        }
        if shown.more > 0 {
            let more = wording::count(t, shown.more, t.tasks_more_one(), t.tasks_more());
            content.push(hint(&more));
        }
        if !shown.ended.is_empty() {
            content.push(words("h2", t.tasks_ended()));
            content.push(list(t, t.tasks_ended(), &shown.ended));
        }
        if shown.problem.is_none() {
            let look = button(t.look_again(), move || self.go_on());
            content.push(actions(vec![look]));
        }
        content
    }
}

fn list(t: &'static Text, name: &str, tasks: &[Watched]) -> El {
    let columns = [t.column_task(), t.state(), t.column_when()];
    table(
        name,
        &columns,
        tasks.iter().map(|task| row(t, task)).collect(),
    )
}

fn row(t: &'static Text, watched: &Watched) -> Vec<El> {
    let task = watched.task.as_ref();
    let date = |text: &str, iso: Option<&String>| {
        let date = intl::date(t.language, iso?);
        Some(words("span", &fill(text, &[("date", &date)])))
    };
    let work = task.map(|task| wording::work(t, task));
    let work = words("span", work.as_deref().unwrap_or(t.still_looking()));
    let number = [t.connector_id(), " ", &watched.id.to_string()].concat();
    let standing = wording::standing(t, watched);
    let state = words("span", standing.words).class(standing.class);
    let advice = standing.advice.map(|advice| words("span", advice));
    vec![
        lines([Some(work), Some(words("span", &number))]),
        lines([Some(state), advice]),
        lines([
            date(
                t.task_asked(),
                task.and_then(|task| task.todo_date.as_ref()),
            ),
            date(
                t.task_ended(),
                task.and_then(|task| task.finish_date.as_ref()),
            ),
        ]),
    ]
}
