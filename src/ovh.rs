//! The signing client of OVHcloud's API: requests and answers as values.
//!
//! One struct per API operation says what to send and how to read the answer; [`ask`] builds,
//! signs, sends and reads. It does no I/O of its own: `send` is handed in, and so is the time.

pub mod auth;
pub mod clock;
pub mod endpoint;
pub mod error;
pub mod exchange;
pub mod keys;
pub mod line;
pub mod path;
pub mod shown;
pub mod sign;

pub use clock::Clock;
pub use endpoint::Endpoint;
pub use error::Error;
pub use keys::Keys;
pub use line::Line;

use std::cell::Cell;
use std::fmt;

use serde_json::Value;

use crate::json;

/// An HTTP method that the API knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
    Put,
    Delete,
}

impl Method {
    /// The method in capitals, as it is sent and signed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// A request before it is signed: the path begins with `/` and continues the endpoint's address,
/// the body is the exact text to send, empty for none.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    pub method: Method,
    pub path: String,
    pub body: String,
}

/// Without the body, which may hold a password.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (method, length) = (self.method.as_str(), self.body.len());
        write!(f, "{method} {} ({length} bytes)", self.path)
    }
}

impl Request {
    pub fn get(path: String) -> Self {
        Self {
            method: Method::Get,
            path,
            body: String::new(),
        }
    }
}

/// A request ready to send. It has no `Debug`: the headers hold the consumer key.
pub struct Signed {
    pub method: Method,
    pub url: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
    /// Whether it is enough that something answers, even where the browser withholds the answer.
    pub is_probe: bool,
}

/// What came back, whatever its status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    pub status: u16,
    pub body: String,
    /// Seconds, from the header `Retry-After` where it can be read; see [`seconds_to_wait`].
    pub retry_after: Option<u32>,
}

/// The seconds that a header `Retry-After` names (RFC 9110, 10.2.3). Its other form, a date, counts
/// as nothing said: it would have to be compared with a clock that may be wrong.
pub fn seconds_to_wait(header: &str) -> Option<u32> {
    header.trim().parse().ok()
}

/// Why no answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// The network is down, the browser withholds the answer, or it was lost.
    Silence,
    /// It was lost: others came a moment ago; see [`Line`].
    Lost,
    /// The page's own policy lets no call out to this address.
    Forbidden,
}

/// How much of the keys a call carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signing {
    /// No header at all: `GET /auth/time`.
    Nothing,
    /// The application key alone: `POST /auth/credential`.
    Application,
    /// All keys and the signature.
    Full,
}

/// One operation of the API.
pub trait Call {
    /// What a successful answer holds; `()` where the API answers `null`.
    type Output;
    const SIGNING: Signing = Signing::Full;

    fn request(&self) -> Request;

    /// Reads a successful answer, of which `null` stands for an empty one; `None` where it is not
    /// what the API documents.
    fn read(answer: &Value) -> Option<Self::Output>;
}

/// Sends one call and reads its answer.
///
/// `now` is OVHcloud's time in seconds since 1970. A call that got no answer at all is followed by
/// one unsigned `GET /auth/time` whose answer nobody needs to read, to tell a browser that withholds
/// the answer from a missing network; but where `send` knows that it was [lost](NoAnswer::Lost).
///
/// # Errors
/// Every failure, sorted by what the user can do about it; see [`Error`].
pub async fn ask<C: Call>(
    endpoint: &Endpoint,
    keys: &Keys,
    now: u64,
    call: &C,
    send: impl AsyncFn(Signed) -> Result<Response, NoAnswer>,
) -> Result<C::Output, Error> {
    let answer = exchange_one(endpoint, keys, now, call.request(), C::SIGNING, &send).await?;
    C::read(&answer).ok_or(Error::Unreadable)
}

/// Like [`ask`], told the local time: where OVHcloud says that the clock is off, it reads
/// `/auth/time` once, corrects `clock` and asks once more, which is safe because the first request
/// was refused.
///
/// # Errors
/// As [`ask`].
pub async fn ask_on_time<C: Call>(
    endpoint: &Endpoint,
    keys: &Keys,
    clock: &Cell<Clock>,
    local: impl Fn() -> u64,
    call: &C,
    send: impl AsyncFn(Signed) -> Result<Response, NoAnswer>,
) -> Result<C::Output, Error> {
    let request = call.request();
    let answer = answer_on_time(endpoint, keys, clock, &local, request, C::SIGNING, &send);
    C::read(&answer.await?).ok_or(Error::Unreadable)
}

/// The part of [`ask_on_time`] that is the same for every call: the answer, not yet read.
///
/// # Errors
/// As [`ask`].
pub async fn answer_on_time(
    endpoint: &Endpoint,
    keys: &Keys,
    clock: &Cell<Clock>,
    local: &impl Fn() -> u64,
    request: Request,
    signing: Signing,
    send: &impl AsyncFn(Signed) -> Result<Response, NoAnswer>,
) -> Result<Value, Error> {
    let now = clock.get().server(local());
    let first = exchange_one(endpoint, keys, now, request.clone(), signing, send).await;
    if first != Err(Error::ClockSkewed) {
        return first;
    }
    let time = auth::Time.request();
    let time = exchange_one(endpoint, keys, 0, time, Signing::Nothing, send).await?;
    let time = auth::Time::read(&time).ok_or(Error::Unreadable)?;
    clock.set(Clock::set_by(time, local()));
    let now = clock.get().server(local());
    exchange_one(endpoint, keys, now, request, signing, send).await
}

/// The part of [`ask`] that is the same for every call, kept apart so that it is compiled once.
async fn exchange_one(
    endpoint: &Endpoint,
    keys: &Keys,
    now: u64,
    request: Request,
    signing: Signing,
    send: &impl AsyncFn(Signed) -> Result<Response, NoAnswer>,
) -> Result<Value, Error> {
    let asked = request.clone();
    match send(sign::sign(endpoint, keys, now, request, signing)).await {
        Ok(answer) if endpoint.through.is_some() && is_not_passed_on(&answer) => {
            Err(Error::NotPassedOn)
        }
        Ok(answer) if (200..300).contains(&answer.status) => parse(&answer.body),
        Ok(answer) => {
            let error = Error::from_answer(&answer, asked.method, &asked.path);
            Err(error.without(&shown::secrets(&asked)))
        }
        Err(NoAnswer::Forbidden) => Err(Error::OutsidePolicy),
        Err(NoAnswer::Lost) => Err(Error::Blocked),
        Err(NoAnswer::Silence) => {
            let time = auth::Time.request();
            let mut probe = sign::sign(endpoint, keys, now, time, Signing::Nothing);
            probe.is_probe = true;
            match send(probe).await {
                Err(NoAnswer::Forbidden) => Err(Error::OutsidePolicy),
                Ok(_) | Err(NoAnswer::Lost) => Err(Error::Blocked),
                Err(NoAnswer::Silence) => Err(Error::Offline),
            }
        }
    }
}

/// Whether the page's own server said this, and not OVHcloud, whose answers are JSON but where it
/// has trouble of its own: a server that knows nothing of the path says that it is not there, takes
/// no `POST`, or shows its start page; one that lets nobody in without a login says that.
fn is_not_passed_on(answer: &Response) -> bool {
    match answer.status {
        401 | 403..=405 => json::parse(&answer.body).is_none(),
        200 => answer.body.trim_start().starts_with('<'),
        _ => false,
    }
}

fn parse(body: &str) -> Result<Value, Error> {
    let body = body.trim();
    json::parse(if body.is_empty() { "null" } else { body }).ok_or(Error::Unreadable)
}

#[cfg(test)]
mod tests;
