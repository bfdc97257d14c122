//! The keys of one sitting, and asking OVHcloud with them.

use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;

use serde_json::Value;

use crate::browser::{clock, fetch, vault};
use crate::ovh::auth::{Credential, CurrentCredential, Time};
use crate::ovh::{self, Call, Clock, Endpoint, Error, Keys, Line, Request, Signed, Signing};

/// An API, keys for it, and the difference of the clocks. A clone is another handle to the same.
#[derive(Clone)]
pub struct Session {
    pub endpoint: Rc<Endpoint>,
    pub keys: Rc<Keys>,
    clock: Rc<Cell<Clock>>,
    line: Rc<Cell<Line>>,
}

/// What a call is to the person who waits for it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A question of its own: where there is no answer, it is found out why.
    Alone,
    /// One of many alike: where others are answered, its own answer is lost and no more.
    OfMany,
}

pub type Answer = Pin<Box<dyn Future<Output = Result<Value, Error>>>>;

impl Session {
    pub fn new(endpoint: Endpoint, keys: Keys) -> Self {
        Self {
            endpoint: Rc::new(endpoint),
            keys: Rc::new(keys),
            clock: Rc::default(),
            line: Rc::default(),
        }
    }

    /// The keys that outlived a reload, for one of these APIs.
    pub async fn kept(endpoints: &[Endpoint]) -> Option<Self> {
        let keys = vault::open().await?;
        Self::from_sealable(&keys, endpoints)
    }

    /// The API and the keys as bytes, to be sealed or handed over; a clock is set again.
    pub fn to_sealable(&self) -> Vec<u8> {
        [
            way(&self.endpoint).as_bytes(),
            b"\n",
            &self.keys.to_sealable(),
        ]
        .concat()
    }

    /// A session from [`Session::to_sealable`], if its API is among these.
    pub fn from_sealable(bytes: &[u8], endpoints: &[Endpoint]) -> Option<Self> {
        let end = bytes.iter().position(|byte| *byte == b'\n')?;
        let (kept, keys) = (&bytes[..end], &bytes[end + 1..]);
        let endpoint = endpoints
            .iter()
            .find(|known| way(known).as_bytes() == kept)?;
        Some(Self::new(endpoint.clone(), Keys::from_sealable(keys)?))
    }

    /// Keeps the keys through a reload; false where this browser cannot.
    pub async fn keep(&self) -> bool {
        vault::seal(&self.to_sealable()).await
    }

    /// Reads OVHcloud's time.
    pub async fn set_clock(&self) -> Result<(), Error> {
        let time = self.ask(&Time).await?;
        self.clock.set(Clock::set_by(time, clock::seconds()));
        Ok(())
    }

    /// Reads what the consumer key may do, which also shows that it is valid.
    pub async fn confirm(&self) -> Result<Credential, Error> {
        let credential = self.ask(&CurrentCredential).await?;
        match credential.status.as_deref() {
            Some("pendingValidation" | "refused" | "expired") => Err(Error::ConsumerNotValid),
            _ => Ok(credential),
        }
    }

    pub async fn ask<C: Call>(&self, call: &C) -> Result<C::Output, Error> {
        let answer = self.answer(Part::Alone, call.request(), C::SIGNING).await?;
        C::read(&answer).ok_or(Error::Unreadable)
    }

    /// Sends a request. Boxed, so that each of the many places that ask holds a pointer only.
    pub fn answer(&self, part: Part, request: Request, signing: Signing) -> Answer {
        let Self {
            endpoint,
            keys,
            clock,
            line,
        } = self.clone();
        Box::pin(async move {
            let local = clock::seconds;
            let send = async |signed: Signed| {
                let is_probe = signed.is_probe;
                let answer = fetch::send(signed).await;
                if part == Part::Alone || is_probe {
                    return answer;
                }
                let mut known = line.get();
                let answer = known.heard(local(), answer);
                line.set(known);
                answer
            };
            ovh::answer_on_time(&endpoint, &keys, &clock, &local, request, signing, &send).await
        })
    }
}

/// What tells one API from another: its address, and the way there.
fn way(endpoint: &Endpoint) -> String {
    let through = endpoint.through.as_deref().unwrap_or_default();
    [&endpoint.address, " ", through].concat()
}
