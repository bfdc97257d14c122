//! The first of the page's two programs: the sign-in, so small that it is there at once. What comes
//! after it is loaded when somebody is signed in.

mod picture;
mod sign_in;

use leptos::prelude::*;
use sign_in::sign_in;

use super::frame::{Frame, Parts, station};
use super::kit::HEADING;
use super::session::Session;
use crate::browser::{handover, page, storage};
use crate::ovh::auth::RequestCredential;
use crate::ovh::{Endpoint, Error, Keys};
use crate::text::Text;
use crate::wizard::notice::Notice;

const AWAITING: &str = "awaiting";

/// Somebody who is about to sign in. A copy is another handle to the same.
#[derive(Clone, Copy)]
pub struct Entry {
    pub frame: Frame,
    pub notice: RwSignal<Notice>,
}

/// Starts the program of the first screen.
pub async fn start_entry() {
    let Some(frame) = Frame::load(false).await else {
        return;
    };
    let stored = handover::given_back().and_then(|text| Notice::from_json(&text));
    let is_return = stored.is_some();
    let entry = Entry {
        frame,
        notice: RwSignal::new(stored.unwrap_or_default()),
    };
    if storage::load(AWAITING).is_some() && entry.resume().await {
        return;
    }
    page::set_fragment("sign-in", false);
    mount_to_body(move || {
        frame.mount(Parts {
            title: Box::new(Text::sign_in_title),
            progress: Box::new(|_| String::new()),
            way: Box::new(Text::way_label),
            stations: Box::new(|t| {
                let rest = [
                    t.way_platform(),
                    t.way_add(),
                    t.way_attach(),
                    t.way_verify(),
                ];
                let rest = rest.map(|name| station(name, "", None));
                let mut stations = vec![station(t.way_sign_in(), "now", None)];
                stations.extend(rest);
                stations
            }),
            tools: Box::new(|_| Vec::new()),
            main: Box::new(move |t| sign_in(entry, t)),
            has_keys: true,
            connected: Box::new(String::new),
        });
    });
    if is_return {
        page::focus(HEADING);
    }
}

impl Entry {
    /// Signs in with all three keys.
    pub async fn sign_in(self, endpoint: Endpoint, keys: Keys) -> Result<(), Error> {
        let session = Session::new(endpoint, keys);
        session.set_clock().await?;
        session.confirm().await?;
        leave(&session).await;
        Ok(())
    }

    /// Asks for a consumer key and leaves for the page on which its owner confirms it; false where
    /// this browser cannot keep the keys meanwhile.
    pub async fn ask_for_consumer(self, endpoint: Endpoint, mut keys: Keys) -> Result<bool, Error> {
        let session = Session::new(endpoint.clone(), keys.clone());
        let call = RequestCredential {
            redirection: page::own_address(),
        };
        let pending = session.ask(&call).await?;
        if !is_web_address(&pending.validation_url) {
            return Err(Error::Unreadable);
        }
        keys.consumer = pending.consumer_key;
        if !Session::new(endpoint, keys).keep().await {
            return Ok(false);
        }
        storage::save(AWAITING, "1");
        page::leave_for(&pending.validation_url);
        Ok(true)
    }

    /// Back from OVHcloud's page: goes on if the key is confirmed, else says why not.
    pub async fn resume(self) -> bool {
        let notice = match Session::kept(&self.frame.config().endpoints).await {
            None => {
                storage::forget(AWAITING);
                Notice::KeysLost
            }
            Some(session) => match self.try_resume(&session).await {
                Ok(()) => return true,
                Err(Error::ConsumerNotValid) => Notice::NotConfirmed,
                Err(error) => Notice::KeysFailed(error),
            },
        };
        self.notice.set(notice);
        false
    }

    async fn try_resume(self, session: &Session) -> Result<(), Error> {
        session.set_clock().await?;
        session.confirm().await?;
        leave(session).await;
        Ok(())
    }
}

/// Hands over to the program that works.
async fn leave(session: &Session) {
    storage::forget(AWAITING);
    let kept = session.keep().await;
    let keys = session.to_sealable();
    handover::give((!kept).then_some(&keys));
}

/// Whether this leads to a page on the web, or to one on this computer, and says so plainly.
fn is_web_address(url: &str) -> bool {
    let host = |rest: &str| {
        rest.split(['/', '?', '#', '\\'])
            .next()
            .map(ToOwned::to_owned)
    };
    let is_here = |authority: &str| {
        let (host, port) = authority.split_once(':').unwrap_or((authority, "0"));
        (host == "127.0.0.1" || host == "localhost") && port.parse::<u16>().is_ok()
    };
    match (url.strip_prefix("https://"), url.strip_prefix("http://")) {
        (Some(rest), _) => host(rest).is_some_and(|host| !host.is_empty() && !host.contains('@')),
        (_, Some(rest)) => host(rest).is_some_and(|host| is_here(&host)),
        _ => false,
    }
}
