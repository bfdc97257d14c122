//! The practice OVHcloud, to try the page without a customer's keys.
//!
//! ```text
//! cargo run --example practice --no-default-features -- [--port 8080] [--dist dist]
//!     [--accounts 25] [--pace 60] [--task-seconds 2] [--answer-ms 0] [--clock-offset 0]
//!     [--faults SEED] [--no-cors] [--state PLATFORM=inMaintenance]
//! ```
//!
//! `--pace` is also what its `config.json` tells the page to keep to, 0 for no limit, `--answer-ms`
//! delays every answer of the API by so many milliseconds, `--clock-offset` sets its clock ahead by
//! seconds, and `--faults` makes about one call in ten go wrong, the same ones for the same seed. With
//! `--no-cors` a browser hands none of its answers to a page of another origin, such as one that was
//! opened on `localhost` where the API's address is `127.0.0.1`. `--state` puts a platform in
//! maintenance, or suspends it (`suspended`), and may be given for each.
//!
//! # Keys
//! Application key `PracticeAppKey01` with the secret `PracticeSecret00PracticeSecret00`, and
//! - `PracticeConsumerKeyForEverybody0`: may do everything; signing out does not end it
//! - `PracticeConsumerKeyReadOnly00000`: may read only; signing out does not end it
//! - `PracticeConsumerKeyExpired000000`: expired
//! - `PracticeConsumerKeyPending000000`: never confirmed
//!
//! # Failures on demand
//! A connector whose display name contains
//! - `fail-task` gets tasks that end in `error`; a new one vanishes from the list
//! - `cancel-task` gets tasks that end `cancelled`, likewise
//! - `endless-task` gets tasks that never end, once it is there
//! - `lost-answer` is created, changed or deleted, and the connection is closed without an answer
//! - `html-503` is not created or changed; the answer is an HTML page with the status 503
//! - `slow-answer` is created, changed or deleted, and answered after five seconds
//!
//! All of this holds for its authentication too, and for making it the default of a domain, or
//! another one in its place. Of names before and after a change the one after decides. A connector
//! whose display name contains
//! - `switched-off` is `suspended` once it is created
//!
//! An address
//! - `strict@mydomain.ovh` refuses a change without `spamAndVirusConfiguration.deleteVirus: true`
//! - `stuck@mydomain.ovh` takes a change, but its task ends in `error` and nothing changes
//! - `lost@mydomain.ovh` is changed, and the connection is closed without an answer
//! - `suspended@mydomain.ovh` is suspended and refuses every change
//!
//! Tests may besides put it into maintenance, begin faults and tasks of OVHcloud's own, suspend or
//! delete an account, rename or delete a connector, and take away all domains, at any time.
//!
//! On every account, a body with `deleteVirus: false` is refused. Chromium repeats a request by
//! itself when a connection closes without an answer; the repeat of a change is recognised by its
//! signature, is neither performed nor logged, and its connection is closed as well.
//!
//! # What is not known of the real OVHcloud, and so was chosen
//! The time window (300 seconds), the limit's body and `Retry-After`, the wording of 409 and of
//! the refused `deleteVirus`, that read-only fields are refused, that attaching to a connector
//! that is still being created is 409, that deleting a connector detaches its addresses and ends its
//! being a default, that a platform in maintenance or suspended answers reading calls and refuses the
//! others with 403, that a new password shows in `lastUpdateDate`, and that a finished task can be
//! asked for during ten minutes.

#[path = "server.rs"]
mod practice;

use std::fmt::Display;
use std::path::PathBuf;
use std::process::ExitCode;
use std::str::FromStr;
use std::time::Duration;

use practice::Options;

const USAGE: &str = "Usage: practice [--port 8080] [--dist dist] [--accounts 25] [--pace 60] \
     [--task-seconds 2] [--answer-ms 0] [--clock-offset 0] [--faults SEED] [--no-cors] \
     [--state PLATFORM=inMaintenance]";

const MOST_ACCOUNTS: usize = 20_000;

#[tokio::main]
async fn main() -> ExitCode {
    let options = match read(std::env::args().skip(1)) {
        Ok(Some(options)) => options,
        Ok(None) => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(problem) => {
            eprintln!("{problem}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    let port = options.port;
    let built = options
        .dist
        .as_ref()
        .is_some_and(|dist| dist.join("index.html").is_file());
    match practice::start(options).await {
        Ok(practice) => {
            introduce(&practice.address(), built);
            let _ = tokio::signal::ctrl_c().await;
            ExitCode::SUCCESS
        }
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            eprintln!(
                "Port {port} is in use by another program. Stop that one, or choose another \
                 port: --port {}",
                port.saturating_add(1)
            );
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("The practice OVHcloud can not listen on port {port}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn introduce(address: &str, built: bool) {
    println!("The practice OVHcloud listens on {address}");
    if built {
        println!("  page   {address}/");
    } else {
        println!("  page   not built: run `make serve`; the API works without it");
    }
    println!("  API    {address}/1.0");
    println!("  keys   {address}/practice/");
    println!("  inbox  {address}/practice/inbox");
    println!("  log    {address}/practice/log");
    println!("Stop it with Ctrl+C.");
}

/// The options on the command line, or `None` if only help is asked for.
fn read(arguments: impl Iterator<Item = String>) -> Result<Option<Options>, String> {
    let mut options = Options {
        port: 8080,
        dist: Some(PathBuf::from("dist")),
        ..Options::default()
    };
    let mut arguments = arguments;
    while let Some(argument) = arguments.next() {
        let (name, value) = match argument.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (argument, None),
        };
        if name == "--help" || name == "-h" {
            return Ok(None);
        }
        let mut text = || {
            let value = value.clone().or_else(|| arguments.next());
            value.ok_or_else(|| format!("{name} needs a value."))
        };
        match name.as_str() {
            "--no-cors" => options.cors = false,
            "--state" => options.states.push(state(&text()?)?),
            "--port" => options.port = number(&name, &text()?)?,
            "--dist" => options.dist = Some(PathBuf::from(text()?)),
            "--accounts" => options.accounts = number(&name, &text()?)?,
            "--pace" => options.pace = number(&name, &text()?)?,
            "--task-seconds" => options.task_time = seconds(&name, &text()?)?,
            "--answer-ms" => {
                options.answer_time = Duration::from_millis(number(&name, &text()?)?);
            }
            "--clock-offset" => options.clock_offset = number(&name, &text()?)?,
            "--faults" => options.faults = Some(number(&name, &text()?)?),
            _ => return Err(format!("{name} is not known.")),
        }
    }
    if options.accounts > MOST_ACCOUNTS {
        return Err(format!("--accounts can be {MOST_ACCOUNTS} at most."));
    }
    Ok(Some(options))
}

/// A platform and the state that it is to be in.
fn state(text: &str) -> Result<(String, &'static str), String> {
    let (platform, wanted) = text.split_once('=').unwrap_or((text, ""));
    let known = practice::SERVICE_STATES.into_iter();
    let mut known = known.filter(|state| *state == wanted);
    known
        .next()
        .map(|state| (platform.to_owned(), state))
        .ok_or_else(|| format!("--state needs PLATFORM=inMaintenance or =suspended, not {text:?}."))
}

fn number<N: FromStr>(name: &str, text: &str) -> Result<N, String>
where
    N::Err: Display,
{
    let number = text.parse();
    number.map_err(|error| format!("{name} needs a whole number, not {text:?} ({error})."))
}

fn seconds(name: &str, text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().unwrap_or(f64::NAN);
    Duration::try_from_secs_f64(seconds)
        .map_err(|_| format!("{name} needs a number of seconds, such as 2 or 0.5, not {text:?}."))
}
