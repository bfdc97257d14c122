//! A small blocking client that speaks HTTP/1.1 by hand, so that no other code stands between
//! the practice OVHcloud and what is asserted.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde_json::Value;

use super::server::{APPLICATION, CONSUMER, Practice, SECRET, signature};

#[derive(Clone)]
pub struct Client<'a> {
    pub port: u16,
    /// What is signed, up to and with `/1.0`.
    pub base: String,
    pub key: &'a str,
    pub secret: &'a str,
    pub consumer: &'a str,
    pub signs: bool,
    /// Seconds ahead of the server.
    pub clock: i64,
}

pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Reply {
    pub fn header(&self, wanted: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines
            .find(|(name, _)| *name == wanted)
            .map(|(_, value)| value)
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("JSON")
    }
}

impl Client<'_> {
    pub fn new(practice: &Practice) -> Self {
        let address = practice.address();
        let port = address
            .rsplit(':')
            .next()
            .and_then(|port| port.parse().ok());
        Self {
            port: port.expect("a port"),
            base: format!("{address}/1.0"),
            key: APPLICATION,
            secret: SECRET,
            consumer: CONSUMER,
            signs: true,
            clock: 0,
        }
    }

    /// The bytes of a signed call.
    pub fn request(&self, method: &str, path: &str, body: Option<Value>) -> String {
        let body = body.map_or(String::new(), |body| body.to_string());
        let url = format!("{}{path}", self.base);
        let mut headers = format!("X-Ovh-Application: {}\r\n", self.key);
        if self.signs {
            let time = (now() + self.clock).to_string();
            let signed = signature(
                self.secret,
                self.consumer,
                method,
                &url,
                body.as_bytes(),
                &time,
            );
            let consumer = self.consumer;
            headers += &[
                format!("X-Ovh-Consumer: {consumer}\r\n"),
                format!("X-Ovh-Timestamp: {time}\r\nX-Ovh-Signature: {signed}\r\n"),
            ]
            .concat();
        }
        let target = url.splitn(4, '/').nth(3).unwrap_or_default();
        self.wire(method, &format!("/{target}"), &headers, &body)
    }

    /// The bytes of a request; each header ends its own line.
    pub fn wire(&self, method: &str, target: &str, headers: &str, body: &str) -> String {
        format!(
            "{method} {target} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n{headers}\
             Content-Length: {}\r\n\r\n{body}",
            self.port,
            body.len()
        )
    }

    /// Sends bytes and reads to the end; nothing if the connection was closed without an answer.
    pub fn exchange(&self, wire: &str) -> Option<Reply> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        stream.write_all(wire.as_bytes()).ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        let (head, body) = answer.split_once("\r\n\r\n")?;
        Some(Reply {
            status: head.split(' ').nth(1)?.parse().ok()?,
            head: head.to_owned(),
            body: body.to_owned(),
        })
    }

    pub fn send(&self, method: &str, path: &str, body: Option<Value>) -> Option<Reply> {
        self.exchange(&self.request(method, path, body))
    }

    pub fn call(&self, method: &str, path: &str, body: Option<Value>) -> Reply {
        self.send(method, path, body).expect("an answer")
    }

    /// The same call below another base.
    pub fn at(&self, base: &str, method: &str, path: &str) -> Reply {
        let base = format!("http://127.0.0.1:{}{base}", self.port);
        Self {
            base,
            ..self.clone()
        }
        .call(method, path, None)
    }

    /// A page below `/practice/`, with a form if there is one.
    pub fn page(&self, method: &str, path: &str, form: &str) -> Reply {
        let headers = "Content-Type: application/x-www-form-urlencoded\r\n";
        let reply = self.exchange(&self.wire(method, path, headers, form));
        reply.expect("a page")
    }

    /// A file, for a browser that takes these encodings.
    pub fn accepting(&self, encodings: &str, path: &str) -> Reply {
        let headers = format!("Accept-Encoding: {encodings}\r\n");
        let reply = self.exchange(&self.wire("GET", path, &headers, ""));
        reply.expect("a file")
    }

    /// The header of a mail from this address.
    pub fn mail(&self, address: &str) -> String {
        let path = format!("/practice/inbox/{address}.txt");
        self.page("GET", &path, "").body
    }

    /// Reads until it is as wanted, for five seconds at most.
    pub fn until(&self, path: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        let begun = Instant::now();
        loop {
            let value = self.call("GET", path, None).json();
            if wanted(&value) {
                return value;
            }
            assert!(begun.elapsed() < Duration::from_secs(5), "{path}: {value}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    i64::try_from(since.expect("a time after 1970").as_secs()).expect("a near time")
}
