//! The connectors of a platform, and what is said of one that is gone.

use leptos::prelude::*;

use crate::ovh::Error;
use crate::ovh::exchange::{ListConnectors, Platform, ReadConnector, SendConnector};
use crate::text::Text;
use crate::ui::dom::{El, words};
use crate::ui::kit::{Tone, button, notice};
use crate::ui::sitting::Sitting;
use crate::wizard::{Event, Screen};

/// The connectors of a platform, each read by itself; their names are known from then on.
pub async fn load_connectors(
    sitting: Sitting,
    platform: Platform,
) -> Result<Vec<SendConnector>, Error> {
    let platform = &platform;
    let mut connectors = Vec::new();
    for id in sitting.ask(&ListConnectors(platform)).await? {
        match sitting.ask(&ReadConnector { platform, id }).await {
            Ok(mut connector) => {
                connector.id = Some(id);
                connectors.push(connector);
            }
            // It went away between the two calls.
            Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    let named = connectors.iter().filter_map(|known| {
        let name = known.display_name.clone();
        known.id.zip(name.filter(|name| !name.trim().is_empty()))
    });
    if sitting.is_on(platform) {
        sitting.names.set(named.collect());
    }
    Ok(connectors)
}

/// What is said of a connector that is no longer there.
pub fn gone(sitting: Sitting, t: &'static Text) -> El {
    let back = button(t.to_connectors(), move || {
        sitting.go_back(Event::WentTo(Screen::Connectors));
    });
    notice(
        Tone::Warning,
        t.connector_gone(),
        vec![words("p", t.connector_gone_advice()), back],
    )
}
