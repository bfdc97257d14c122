//! The practice OVHcloud: an API that behaves like OVHcloud's, pages that play its key pages, an
//! inbox, and the built page, all on one port of this machine. State is in memory.

#![allow(
    dead_code,
    unused_imports,
    reason = "each of the programs that include this uses a part of it"
)]

mod access;
mod api;
mod chance;
mod clock;
mod errors;
mod exchange;
mod faults;
mod fields;
mod files;
mod inbox;
mod key_pages;
mod keys;
mod models;
mod pace;
mod pages;
mod relays;
mod routes;
mod state;
mod tasks;
mod wire;

use std::collections::HashSet;
use std::io;
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use tokio::sync::{oneshot, watch};

pub use access::{Rule, matches, signature};
pub use keys::{APPLICATION, CONSUMER, EXPIRED, PENDING, READ_ONLY, SECRET};
pub use state::{LOST, SERVICE_STATES, STRICT, STUCK, SUSPENDED};

use api::{Answer, Call, Delivery, World};
use clock::Moment;

/// How the practice OVHcloud is to be.
#[derive(Clone, Debug)]
pub struct Options {
    /// 0 for any that is free.
    pub port: u16,
    /// The built page.
    pub dist: Option<PathBuf>,
    /// Addresses on the first platform.
    pub accounts: usize,
    /// Calls a minute and consumer key, 0 for no limit.
    pub pace: u32,
    /// From the start of a task to its end.
    pub task_time: Duration,
    /// How late a slow answer is.
    pub slow_time: Duration,
    /// How late every answer of the API is.
    pub answer_time: Duration,
    /// Seconds its clock is ahead of this machine's.
    pub clock_offset: i64,
    /// The seed of what goes wrong by itself.
    pub faults: Option<u64>,
    /// Whether a browser may call it from a page of another origin.
    pub cors: bool,
    /// Platforms that are not `ok`, each with its state.
    pub states: Vec<(String, &'static str)>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            dist: None,
            accounts: 25,
            pace: 60,
            task_time: Duration::from_secs(2),
            slow_time: Duration::from_secs(5),
            answer_time: Duration::ZERO,
            clock_offset: 0,
            faults: None,
            cors: true,
            states: Vec::new(),
        }
    }
}

/// One API call that was received. The query is left out, and nothing of a header or body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    pub method: String,
    pub path: String,
    /// As the API writes a date.
    pub time: String,
    /// 0 if the connection was closed without an answer.
    pub status: u16,
}

/// A running practice OVHcloud; it stops when this is dropped.
pub struct Practice {
    address: String,
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
}

impl Practice {
    /// `http://127.0.0.1:PORT`
    pub fn address(&self) -> String {
        self.address.clone()
    }

    /// Sets its clock ahead, so that nobody has to wait for its tasks.
    pub fn pass(&self, time: Duration) {
        let time = i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
        self.shared.clock_offset.fetch_add(time, Ordering::SeqCst);
    }

    /// Puts a platform into this state: `ok`, `inMaintenance` or `suspended`.
    pub fn set_state(&self, platform: &str, state: &'static str) {
        self.shared.world().exchange.set_state(platform, state);
    }

    /// Gives a connector another name at once, wherever it is.
    pub fn rename(&self, connector: u64, name: &str) {
        let mut world = self.shared.world();
        for platform in &mut world.exchange.platforms {
            if let Some(connector) = platform.connectors.get_mut(&connector) {
                name.clone_into(&mut connector.display_name);
            }
        }
    }

    /// Somebody else deletes a connector, wherever it is.
    pub fn remove(&self, connector: u64) {
        let mut world = self.shared.world();
        for platform in &mut world.exchange.platforms {
            platform.connectors.remove(&connector);
        }
    }

    fn change(&self, platform: &str, change: impl FnOnce(&mut state::Platform)) {
        let mut world = self.shared.world();
        let mut platforms = world.exchange.platforms.iter_mut();
        if let Some(platform) = platforms.find(|known| known.name == platform) {
            change(platform);
        }
    }

    /// A platform is known by another name: as if it were another account's, where nobody asks for that.
    pub fn name_platform(&self, platform: &str, name: &'static str) {
        self.change(platform, |platform| platform.name = name);
    }

    /// A platform to which nobody has added a domain.
    pub fn without_domains(&self, platform: &str) {
        self.change(platform, |platform| platform.domains.clear());
    }

    /// OVHcloud begins something of its own on a platform, by the name of its function.
    pub fn begin(&self, platform: &str, function: &'static str) {
        let now = self.shared.now();
        self.shared.world().exchange.begin(platform, function, now);
    }

    pub fn log(&self) -> Vec<LogEntry> {
        hold(&self.shared.log).clone()
    }

    /// From here on faults happen by themselves, as if it had been started with this seed; or no
    /// longer.
    pub fn set_faults(&self, seed: Option<u64>) {
        self.shared.world().faults = seed.map(chance::Chance::seeded);
    }

    /// From here on each consumer key may call so often a minute; 0 is no limit.
    pub fn set_pace(&self, calls: u32) {
        self.shared.world().pace = pace::Pace::per_minute(calls);
    }

    /// While it holds them back, no answer of the API leaves.
    pub fn hold_answers(&self, held: bool) {
        self.shared.held.send_replace(held);
    }

    /// While it is in maintenance, every call is answered with a page of HTML and the status 503.
    pub fn maintain(&self, maintained: bool) {
        self.shared.world().maintained = maintained;
    }

    /// Somebody else deletes the account of this address on the first platform.
    pub fn vanish(&self, address: &str) {
        let exchange = &mut self.shared.world().exchange;
        exchange.platforms[0].accounts.remove(address);
    }

    /// The account of this address on the first platform is suspended, or no longer.
    pub fn suspend(&self, address: &str, suspended: bool) {
        let exchange = &mut self.shared.world().exchange;
        if let Some(account) = exchange.platforms[0].accounts.get_mut(address) {
            account.being = if suspended {
                state::Being::Suspended
            } else {
                state::Being::Ok
            };
        }
    }
}

impl Drop for Practice {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
    }
}

/// What all connections share.
pub(crate) struct Shared {
    world: Mutex<World>,
    log: Mutex<Vec<LogEntry>>,
    files: files::Files,
    address: String,
    port: u16,
    slow_time: Duration,
    answer_time: Duration,
    /// Whether answers are held back.
    held: watch::Sender<bool>,
    /// Milliseconds.
    clock_offset: AtomicI64,
    cors: bool,
}

impl Shared {
    fn now(&self) -> Moment {
        Moment::now(self.clock_offset.load(Ordering::SeqCst))
    }

    fn world(&self) -> MutexGuard<'_, World> {
        hold(&self.world)
    }
}

/// A lock whose holder panicked is still good: every change is small and whole.
fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Starts it, on this machine's own address only.
pub async fn start(options: Options) -> io::Result<Practice> {
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
    let port = listener.local_addr()?.port();
    let address = format!("http://127.0.0.1:{port}");
    let clock_offset = options.clock_offset.saturating_mul(1_000);
    let now = Moment::now(clock_offset);
    let mut exchange = exchange::Exchange::new(options.accounts, options.task_time, now);
    for (platform, state) in options.states {
        exchange.set_state(&platform, state);
    }
    let world = World {
        // What an honest client signs: where it was told to send, whatever is in front of it.
        addresses: vec![address.clone(), format!("http://localhost:{port}")],
        keys: keys::Keys::new(now),
        exchange,
        pace: pace::Pace::per_minute(options.pace),
        faults: options.faults.map(chance::Chance::seeded),
        cut: HashSet::new(),
        maintained: false,
    };
    let shared = Arc::new(Shared {
        world: Mutex::new(world),
        log: Mutex::new(Vec::new()),
        files: files::Files::new(options.dist, options.pace, !options.cors),
        address: address.clone(),
        port,
        slow_time: options.slow_time,
        answer_time: options.answer_time,
        held: watch::Sender::new(false),
        clock_offset: AtomicI64::new(clock_offset),
        cors: options.cors,
    });
    let routes: Router = pages::routes()
        .fallback(anything)
        .with_state(shared.clone());
    let service = routes.into_make_service_with_connect_info::<wire::Cut>();
    let (stop, stopped) = oneshot::channel::<()>();
    let serve = axum::serve(wire::Wires(listener), service).with_graceful_shutdown(async {
        let _ = stopped.await;
    });
    tokio::spawn(async move { serve.await });
    Ok(Practice {
        address,
        shared,
        stop: Some(stop),
    })
}

/// The API below `/1.0` and `/v1`, the built page everywhere else.
async fn anything(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(cut): ConnectInfo<wire::Cut>,
    request: Request,
) -> Response {
    if routes::below_base(request.uri().path()).is_none() {
        return shared.files.serve(&request, shared.port);
    }
    let Some(call) = receive(request).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let now = shared.now();
    let answer = {
        let mut world = shared.world();
        if world.is_echo(&call) {
            cut.now();
            return StatusCode::OK.into_response();
        }
        world.answer(&call, now)
    };
    let status = match (&answer.result, answer.delivery) {
        (_, Delivery::Never) => 0,
        (Ok(_), _) => 200,
        (Err(refusal), _) => refusal.status,
    };
    let path = call.target.split('?').next().unwrap_or_default();
    hold(&shared.log).push(LogEntry {
        method: call.method.clone(),
        path: path.to_owned(),
        time: now.for_api(),
        status,
    });
    if !shared.answer_time.is_zero() {
        tokio::time::sleep(shared.answer_time).await;
    }
    // What it waits on lives as long as this answer does, so that it never fails.
    let _ = shared.held.subscribe().wait_for(|held| !held).await;
    match answer.delivery {
        Delivery::Prompt => {}
        Delivery::Late => tokio::time::sleep(shared.slow_time).await,
        Delivery::Never => cut.now(),
    }
    let mut response = respond(answer, call.method == "OPTIONS", now);
    if !shared.cors {
        for name in CROSS_ORIGIN {
            response.headers_mut().remove(name);
        }
    }
    response
}

/// What allows a browser to hand an answer to a page of another origin.
const CROSS_ORIGIN: [&str; 3] = [
    "access-control-allow-origin",
    "access-control-allow-methods",
    "access-control-allow-headers",
];

/// The call in a request, or `None` if its body is longer than any real one.
async fn receive(request: Request) -> Option<Call> {
    let (parts, body) = request.into_parts();
    let header = |name: &str| {
        let value = parts.headers.get(name)?;
        value.to_str().ok().map(str::to_owned)
    };
    Some(Call {
        method: parts.method.as_str().to_owned(),
        target: parts.uri.path_and_query()?.as_str().to_owned(),
        application: header("x-ovh-application"),
        consumer: header("x-ovh-consumer"),
        time: header("x-ovh-timestamp"),
        signature: header("x-ovh-signature"),
        body: to_bytes(body, 1 << 20).await.ok()?.to_vec(),
    })
}

/// The request headers that may cross origins, as seen on a live answer of 2022 (ddns-updater
/// #319). No response header is exposed.
const ALLOWED_HEADERS: &str = "X-Ovh-Timestamp, X-Ovh-Consumer, X-Ovh-Application, \
     X-Ovh-Signature, X-Ovh-Session, Authorization, Content-Type";

fn respond(answer: Answer, preflight: bool, now: Moment) -> Response {
    let mut headers = HeaderMap::new();
    let mut set = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    set(HeaderName::from_static("access-control-allow-origin"), "*");
    if !answer.methods.is_empty() {
        let methods = answer.methods.join(", ");
        let name = HeaderName::from_static("access-control-allow-methods");
        set(name, &methods);
        let name = HeaderName::from_static("access-control-allow-headers");
        set(name, ALLOWED_HEADERS);
    }
    let query_id = format!("EU.practice-1.{:08x}.{:x}", now.unix(), std::process::id());
    set(HeaderName::from_static("x-ovh-queryid"), &query_id);
    set(CACHE_CONTROL, "no-store");
    set(CONTENT_TYPE, "application/json; charset=utf-8");
    let (status, body) = match answer.result {
        Ok(_) if preflight => (200, String::new()),
        Ok(value) => (200, value.to_string()),
        Err(refusal) => {
            if refusal.html {
                set(CONTENT_TYPE, "text/html; charset=utf-8");
            }
            if let Some(seconds) = refusal.retry_after {
                set(RETRY_AFTER, &seconds.to_string());
            }
            (refusal.status, refusal.body)
        }
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, headers, Body::from(body)).into_response()
}
