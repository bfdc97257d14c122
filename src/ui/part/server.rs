//! The addresses that a platform sends from: where a provider has no passwords, it has to know them.

use leptos::prelude::*;

use super::shown::copying;
use crate::ovh::Error;
use crate::ovh::exchange::{Platform, ReadServer, Server};
use crate::text::{Text, fill};
use crate::ui::dom::{El, el, spawn, words};
use crate::ui::kit::{Tone, busy, failure, notice};
use crate::ui::sitting::Sitting;

/// The addresses, with a sentence for the provider that is ready to be sent.
pub fn addresses(sitting: Sitting, t: &'static Text, platform: Platform) -> El {
    let server = RwSignal::new(None::<Result<Server, Error>>);
    let ask = move || {
        let platform = platform.clone();
        server.set(None);
        spawn(async move {
            let answer = sitting.ask(&ReadServer(&platform)).await;
            server.try_set(Some(answer));
        });
    };
    ask();
    let content = move || match server.get() {
        None => vec![busy(t.server_loading())],
        Some(Err(error)) => {
            let again = crate::ui::kit::button(t.try_again(), ask.clone());
            vec![failure(t, &error, again)]
        }
        Some(Ok(server)) => show(t, server),
    };
    let content = vec![words("p", t.server_text()), el("div").live(content)];
    notice(Tone::Hint, t.server_title(), content)
}

fn show(t: &'static Text, server: Server) -> Vec<El> {
    let known: Vec<String> = [server.ip, server.ip_v6].into_iter().flatten().collect();
    if known.is_empty() {
        return vec![words("p", t.server_none())];
    }
    let letter = fill(t.server_letter(), &[("addresses", &known.join(", "))]);
    let items = known
        .iter()
        .map(|address| el("li").child(words("code", address)));
    vec![
        el("ul").children(items.collect()),
        words("p", t.server_letter_lead()),
        words("blockquote", &letter),
        copying(t, t.server_copy(), move || known.join("\n")),
        copying(t, t.server_copy_letter(), move || letter.clone()),
    ]
}
