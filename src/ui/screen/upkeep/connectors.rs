//! The connectors of the platform, each with its settings, its state and who uses it.

use super::usage::{addresses_using, counting, domains_using};
use super::{follow_changes, on_its_way};
use crate::ovh::exchange::SendConnector;
use crate::text::{Text, fill};
use crate::ui::dom::{El, el, words};
use crate::ui::kit::{
    Tone, actions, breakable, button, heading, hint, lead, main_button, notice, table,
};
use crate::ui::part::asking::{Again, loading};
use crate::ui::part::connectors::load_connectors;
use crate::ui::sitting::Sitting;
use crate::ui::sitting::work::forget_jobs_of;
use crate::ui::wording;
use crate::wizard::{Event, Screen};

pub fn connectors(sitting: Sitting) -> Vec<El> {
    let t = sitting.words();
    let Some(chosen) = sitting.now().platform().cloned() else {
        return Vec::new();
    };
    let platform = chosen.platform;
    sitting.users.know_domains(sitting);
    let name = platform.service.clone();
    let follow = follow_changes(sitting);
    let load = move || {
        follow();
        let platform = platform.clone();
        async move {
            let all = load_connectors(sitting, platform).await?;
            forget_gone(sitting, &all);
            Ok(all)
        }
    };
    vec![
        heading(t.connectors_title()),
        lead(&fill(t.connectors_lead(), &[("platform", &name)])),
        el("div").live(move || on_its_way(sitting, t)),
        loading(sitting, t.connector_loading(), load, move |all, again| {
            show(sitting, t, all, again)
        }),
    ]
}

/// Somebody may have deleted the one that the three steps work with.
fn forget_gone(sitting: Sitting, all: &[SendConnector]) {
    let own = sitting.now().connector().and_then(|own| own.id);
    let is_gone = |id: &u64| all.iter().all(|known| known.id != Some(*id));
    if let Some(id) = own.filter(is_gone) {
        forget_jobs_of(sitting, id);
        sitting.on(Event::ConnectorGone(id));
    }
}

fn show(sitting: Sitting, t: &'static Text, all: Vec<SendConnector>, again: Again) -> Vec<El> {
    let add = move || sitting.on(Event::WentTo(Screen::Connector));
    if all.is_empty() {
        let content = vec![
            words("p", t.connectors_none_advice()),
            main_button(t.connector_new(), add),
        ];
        return vec![notice(Tone::Hint, t.connectors_none(), content)];
    }
    let columns = [
        t.connector_choice(),
        t.column_server(),
        t.column_sign_in(),
        t.state(),
        t.used_by(),
    ];
    let has_built_in = all.iter().any(SendConnector::is_built_in);
    let rows = all.into_iter().map(|known| row(sitting, t, known));
    let table = table(t.connectors_title(), &columns, rows.collect());
    vec![
        table,
        el("div").live(move || vec![counting(sitting, t)]),
        el("div").children(
            has_built_in
                .then(|| hint(t.built_in_hint()))
                .into_iter()
                .collect(),
        ),
        actions(vec![
            main_button(t.connector_new(), add),
            button(t.look_again(), move || again.ask()),
        ]),
    ]
}

fn row(sitting: Sitting, t: &'static Text, known: SendConnector) -> Vec<El> {
    let id = known.id.unwrap_or_default();
    let number = [t.connector_id(), " ", &id.to_string()].concat();
    let server = match &known.smart_host {
        Some(host) => breakable("b", host),
        None => words("b", t.built_in_server()),
    };
    let port = known.port.map(|port| port.to_string());
    let port = port.map(|port| fill(t.on_port(), &[("port", &port)]));
    let encrypted = known.require_tls.map(|is| {
        if is {
            t.tls_required()
        } else {
            t.tls_not_required()
        }
    });
    let size = known.max_send_size.map(|size| size.to_string());
    let size = size.map(|size| fill(t.up_to_size(), &[("size", &size)]));
    let mechanism = wording::connector_mechanism(t, &known);
    let state = wording::connector_state(t, &known);
    let domains = el("span").live_text(move || {
        let domains = domains_using(sitting, t, id);
        fill(t.default_of(), &[("domains", &domains)])
    });
    let name = wording::connector_title(t, &known);
    let name = button(&name, move || sitting.on(Event::LookedAt(known.clone()))).class("plain");
    let line = |text: &str| words("span", text);
    vec![
        lines([Some(name), Some(line(&number))]),
        lines([Some(server), port.as_deref().map(line), encrypted.map(line)]),
        lines([Some(line(&mechanism)), size.as_deref().map(line)]),
        line(&state),
        lines([
            Some(el("span").live_text(move || addresses_using(sitting, t, id))),
            Some(domains),
        ]),
    ]
}

/// Several things in one cell, one below the other.
pub fn lines<const N: usize>(lines: [Option<El>; N]) -> El {
    let lines = lines.into_iter().flatten();
    el("div").class("stacked").children(lines.collect())
}
