//! What the page's own code needs to speak with the practice OVHcloud, in place of a browser.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use send_connector_wizard::ovh::exchange::Platform;
use send_connector_wizard::ovh::keys::{ApplicationKey, ConsumerKey, Secret};
use send_connector_wizard::ovh::{Endpoint, Keys, NoAnswer, Response, Signed, seconds_to_wait};

use super::client::Client;
use super::server::Practice;

pub fn platform() -> Platform {
    Platform {
        organization: "private-zz111111-1".into(),
        service: "private-zz111111-1".into(),
    }
}

pub fn endpoint(practice: &Practice) -> Endpoint {
    Endpoint {
        name: "Practice".into(),
        address: format!("{}/1.0", practice.address()),
        through: None,
        keys_page: None,
        app_page: None,
    }
}

pub fn keys(application: &str, secret: &str, consumer: &str) -> Keys {
    Keys {
        application: ApplicationKey(application.into()),
        secret: Secret::new(secret.into()),
        consumer: ConsumerKey::new(consumer.into()),
    }
}

/// Path and query of what is sent.
pub fn target(signed: &Signed) -> &str {
    let host = signed.url.find("//").expect("an address") + 2;
    let path = signed.url[host..].find('/').expect("a path");
    &signed.url[host + path..]
}

/// Sends it and waits for the answer.
pub fn send(client: &Client, signed: &Signed) -> Result<Response, NoAnswer> {
    let headers = signed.headers.iter();
    let headers: String = headers
        .flat_map(|(name, value)| [*name, ": ", value.as_str(), "\r\n"])
        .collect();
    let method = signed.method.as_str();
    let wire = client.wire(method, target(signed), &headers, &signed.body);
    let reply = client.exchange(&wire).ok_or(NoAnswer::Silence)?;
    Ok(Response {
        status: reply.status,
        retry_after: reply.header("retry-after").and_then(seconds_to_wait),
        body: reply.body,
    })
}

/// What becomes of something that waits for nothing but [`send`].
pub fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer,
        Poll::Pending => panic!("the wire is waited for"),
    }
}
