//! Step 1, the last look before anything is sent.

use leptos::prelude::*;

use crate::browser::{clock, lock, page};
use crate::ovh::exchange::{ListConnectors, ListTasks, Platform, ReadConnector, SendConnector};
use crate::ovh::{Call as _, Error};
use crate::run::adding::{Adding, perhaps_there};
use crate::text::{Text, fill};
use crate::ui::dom::{El, el, flag, spawn, words};
use crate::ui::draft::Draft;
use crate::ui::kit::{
    Tone, actions, button, details, heading, hint, lead, main_button, not_kept, notice,
};
use crate::ui::part::asking::failed;
use crate::ui::part::shown;
use crate::ui::sitting::{Sitting, drive};
use crate::ui::wording;
use crate::wizard::{Event, Screen};

pub fn review(sitting: Sitting) -> Vec<El> {
    let t = sitting.words();
    let Some(valid) = sitting.now().review().cloned() else {
        return Vec::new();
    };
    let busy = flag(false);
    let obstacle = RwSignal::new(None::<Obstacle>);
    let send = move || {
        if !busy.get_untracked() {
            busy.set(true);
            obstacle.set(None);
            spawn(async move {
                if let Err(it) = begin(sitting, obstacle).await {
                    tell(obstacle, it).await;
                }
                busy.try_set(false);
            });
        }
    };
    let calls = shown::calls(sitting, &[valid.request()]);
    let yes_no = |yes| if yes { t.yes() } else { t.no() };
    let password = if valid.password.is_some() {
        t.password_given()
    } else {
        t.none_given()
    };
    let rows = vec![
        (t.smart_host(), valid.smart_host),
        (t.port(), valid.port.to_string()),
        (
            t.mechanism(),
            wording::mechanism(t, valid.smart_host_auth_mechanism)
                .0
                .to_owned(),
        ),
        (
            t.user(),
            valid.user.unwrap_or_else(|| t.none_given().to_owned()),
        ),
        (t.password(), password.to_owned()),
        (t.require_tls(), yes_no(valid.require_tls).to_owned()),
        (t.display_name(), valid.display_name),
        (
            t.largest_mail(),
            fill(t.megabytes(), &[("size", &valid.max_send_size.to_string())]),
        ),
    ];
    let platform = valid.platform.service;
    vec![
        heading(t.review_title()),
        lead(&fill(t.review_lead(), &[("platform", &platform)])),
        el("div").id(OBSTACLE).attr("tabindex", "-1").live(move || {
            let obstacle = obstacle.get();
            let obstacle = obstacle.iter();
            obstacle
                .map(|it| in_the_way(sitting, t, it, send))
                .collect()
        }),
        details(rows),
        not_kept(t, sitting.is_kept),
        words("p", t.review_effect()),
        calls,
        actions(vec![
            // Where one is there already, that one is better taken.
            button(t.add_now(), send)
                .live_attr("class", move || {
                    let is_there = matches!(obstacle.get(), Some(Obstacle::There(_)));
                    (!is_there).then(|| "main".to_owned())
                })
                .live_attr("aria-busy", move || Some(busy.get().to_string())),
            button(t.change(), move || {
                sitting.on(Event::WentTo(Screen::Connector));
            }),
        ]),
    ]
}

const OBSTACLE: &str = "obstacle";

/// Why nothing is sent.
#[derive(Clone)]
enum Obstacle {
    Failed(Error),
    /// Another tab adds a connector; it is waited for.
    Elsewhere,
    /// It has been added meanwhile.
    There(Box<SendConnector>),
}

impl From<Error> for Obstacle {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

fn in_the_way(
    sitting: Sitting,
    t: &'static Text,
    obstacle: &Obstacle,
    retry: impl FnMut() + 'static,
) -> El {
    match obstacle {
        Obstacle::Failed(error) => failed(sitting, error, retry),
        Obstacle::Elsewhere => {
            let advice = words("p", t.adding_elsewhere_advice());
            notice(Tone::Warning, t.adding_elsewhere(), vec![advice])
        }
        Obstacle::There(connector) => {
            let advice = words("p", t.adding_there_advice());
            let known = hint(&wording::connector(t, connector));
            let connector = connector.clone();
            let take = main_button(t.connector_take(), move || {
                Draft::Connector.forget();
                sitting.on(Event::ConnectorReady((*connector).clone()));
            });
            notice(Tone::Warning, t.adding_there(), vec![advice, known, take])
        }
    }
}

/// Shows what is in the way, above a button that may be far below.
async fn tell(obstacle: RwSignal<Option<Obstacle>>, it: Obstacle) {
    if obstacle.try_set(Some(it)).is_none() {
        leptos::task::tick().await;
        page::show_from_top(OBSTACLE);
    }
}

/// Reads the list as it is now, which the new connector is told by afterwards, and begins: one tab
/// at a time, and not where the same was added since the form was filled in.
async fn begin(sitting: Sitting, obstacle: RwSignal<Option<Obstacle>>) -> Result<(), Obstacle> {
    let review = sitting.now().review().cloned();
    let call = review.ok_or(Error::NotFound)?;
    let name = drive::adding_name(sitting, &call.platform);
    let mut lock = lock::take(&name).await;
    let is_elsewhere = lock.is_none();
    if is_elsewhere {
        tell(obstacle, Obstacle::Elsewhere).await;
        lock = lock::wait_for(&name).await;
    }
    if is_elsewhere || sitting.now().may_be_there() {
        what_was_sent_shows(sitting, &call.platform).await?;
    }
    let before = sitting.ask(&ListConnectors(&call.platform)).await?;
    let names = sitting.names.get_untracked();
    for id in perhaps_there(&call, &before, &names) {
        let platform = &call.platform;
        match sitting.ask(&ReadConnector { platform, id }).await {
            Ok(mut there) if there.is_called(&call.display_name, &call.smart_host) => {
                there.id = Some(id);
                return Err(Obstacle::There(Box::new(there)));
            }
            Ok(_) | Err(Error::NotFound) => {}
            Err(error) => return Err(error.into()),
        }
    }
    // Whoever has left this overview, or changed something since, has not asked for it any more.
    let is_wanted = obstacle.try_get_untracked().is_some();
    if !is_wanted || sitting.now().review() != Some(&call) {
        return Ok(());
    }
    sitting.on(Event::AddBegan(Adding::new(&call, before)));
    drive::carry_on_adding(sitting, lock);
    Ok(())
}

/// Waits until OVHcloud has nothing to do any more: what another tab has sent, or this one before it
/// gave up, shows in the list only then. Somebody's endless work is not waited for.
async fn what_was_sent_shows(sitting: Sitting, platform: &Platform) -> Result<(), Error> {
    for _ in 0..LOOKS {
        if sitting.ask(&ListTasks(platform)).await?.is_empty() {
            break;
        }
        clock::sleep_until(clock::millis() + BETWEEN_LOOKS).await;
    }
    Ok(())
}

/// A minute, as a connector is there in seconds.
const LOOKS: usize = 30;
/// Milliseconds.
const BETWEEN_LOOKS: u64 = 2_000;
