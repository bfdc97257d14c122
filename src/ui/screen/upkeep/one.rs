//! One connector: all that OVHcloud tells about it, who uses it, and what can be done.

use super::usage::{counting, usage_rows};
use super::{follow_changes, on_its_way, subject};
use crate::ovh::Error;
use crate::ovh::exchange::{Mechanism, Platform, ReadConnector, SendConnector};
use crate::text::Text;
use crate::ui::dom::{El, el, words};
use crate::ui::kit::{Tone, actions, button, details, heading, hint, main_button, notice};
use crate::ui::part::asking::loading;
use crate::ui::part::connectors::gone;
use crate::ui::part::details::rows;
use crate::ui::part::server;
use crate::ui::sitting::Sitting;
use crate::ui::wording;
use crate::wizard::{Event, Screen};

pub fn one(sitting: Sitting) -> Vec<El> {
    let t = sitting.words();
    let Some((platform, subject)) = subject(sitting) else {
        return Vec::new();
    };
    let id = subject.id.unwrap_or_default();
    sitting.users.know_domains(sitting);
    let follow = follow_changes(sitting);
    let load = move || {
        follow();
        read(sitting, platform.clone(), id)
    };
    vec![
        heading(&wording::connector_title(t, &subject)),
        el("div").live(move || on_its_way(sitting, t)),
        loading(
            sitting,
            t.connector_loading(),
            load,
            move |found, _| match found {
                Some(connector) => show(sitting, t, connector),
                None => vec![gone(sitting, t)],
            },
        ),
    ]
}

/// A connector as it is now; `None` where it is not there any more.
pub async fn read(
    sitting: Sitting,
    platform: Platform,
    id: u64,
) -> Result<Option<SendConnector>, Error> {
    let platform = &platform;
    match sitting.ask(&ReadConnector { platform, id }).await {
        Ok(connector) => Ok(Some(SendConnector {
            id: Some(id),
            ..connector
        })),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

fn show(sitting: Sitting, t: &'static Text, connector: SendConnector) -> Vec<El> {
    let id = connector.id.unwrap_or_default();
    let to = move |screen| move || sitting.on(Event::WentTo(screen));
    let back = button(t.to_connectors(), move || {
        sitting.go_back(Event::WentTo(Screen::Connectors));
    });
    if connector.is_built_in() {
        return vec![
            notice(
                Tone::Hint,
                t.built_in(),
                vec![words("p", t.built_in_hint())],
            ),
            details(rows(t, connector)),
            actions(vec![back]),
        ];
    }
    let mut content = Vec::new();
    if connector.pending_task().is_some() {
        content.push(notice(
            Tone::Hint,
            t.pending(),
            vec![
                words("p", t.pending_advice()),
                button(t.place_tasks(), to(Screen::Tasks)),
            ],
        ));
    }
    if connector.state.as_deref() == Some("suspended") {
        let advice = vec![words("p", t.suspended_advice())];
        content.push(notice(Tone::Warning, t.suspended(), advice));
    }
    let with_it = |screen| {
        let connector = connector.clone();
        move || {
            let ready = Event::ConnectorReady(connector.clone());
            sitting.on_each(vec![ready, Event::WentTo(screen)]);
        }
    };
    let (attach, check) = (with_it(Screen::Addresses), with_it(Screen::Verify));
    content.push(details(rows(t, connector.clone())));
    if connector.mechanism() == Some(Mechanism::None) {
        let platform = sitting
            .now()
            .platform()
            .map(|chosen| chosen.platform.clone());
        content.extend(platform.map(|platform| server::addresses(sitting, t, platform)));
    } else {
        content.push(hint(t.user_not_shown()));
    }
    content.extend(users(sitting, t, id));
    content.push(words("h2", t.what_to_do()));
    content.push(actions(vec![
        main_button(t.one_addresses(), attach),
        button(t.one_check(), check),
        button(t.one_edit(), to(Screen::Edit)),
        button(t.one_authenticate(), to(Screen::Authenticate)),
        button(t.one_delete(), to(Screen::Delete)),
        back,
    ]));
    content
}

/// Who sends through the connector now, and will from now on.
fn users(sitting: Sitting, t: &'static Text, id: u64) -> Vec<El> {
    vec![
        words("h2", t.users_title()),
        details(Vec::new()).children(usage_rows(sitting, t, id)),
        el("div").live(move || vec![counting(sitting, t)]),
    ]
}
