//! A browser of its own for each journey: chromedriver on a free port, Chromium with a fresh
//! profile, and what the journey wants of its reader: language, colours, width.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::{Value, json};
use thirtyfour::common::command::FormatRequestData;
use thirtyfour::session::http::CmdResponse;
use thirtyfour::{ChromeCapabilities, ChromiumLikeCapabilities, RequestData, SessionId, WebDriver};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Child;
use tokio::sync::{Semaphore, SemaphorePermit};

/// What a journey wants of its reader.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    pub language: &'static str,
    pub dark: bool,
    pub width: u32,
    pub scripts: bool,
    /// Whether the browser lets pages keep anything.
    pub storage: bool,
}

pub const ENGLISH: Reader = Reader {
    language: "en",
    dark: false,
    width: 1000,
    scripts: true,
    storage: true,
};

pub const GERMAN: Reader = Reader {
    language: "de",
    dark: true,
    width: 320,
    scripts: true,
    storage: true,
};

impl Reader {
    /// Such as `de-dark-320`.
    pub fn name(&self) -> String {
        let colours = if self.dark { "dark" } else { "light" };
        format!("{}-{colours}-{}", self.language, self.width)
    }
}

pub const HEIGHT: u64 = 800;
/// A host that leads to this computer.
pub const INTRANET: &str = "intranet.test";

/// More than two at once would only slow each other down.
static SEATS: Semaphore = Semaphore::const_new(2);

/// A running browser. Dropped, it takes its own processes and its profile with it.
pub struct Browser {
    pub driver: WebDriver,
    process: Child,
    profile: PathBuf,
    _seat: SemaphorePermit<'static>,
}

impl Browser {
    pub async fn start(name: &str, reader: Reader) -> Self {
        let seat = SEATS.acquire().await.expect("seats are never closed");
        let (process, port) = start_chromedriver().await;
        let profile = format!("journey-{}-{name}-{port}", std::process::id());
        let profile = std::env::temp_dir().join(profile);
        let capabilities = capabilities(&profile, reader);
        let server = format!("http://127.0.0.1:{port}");
        let driver = WebDriver::new(server, capabilities).await;
        let browser = Self {
            driver: driver.expect("a browser"),
            process,
            profile,
            _seat: seat,
        };
        browser.dress(reader).await;
        browser
    }

    /// The reader's colours and width, and a script that watches every page from its first line.
    async fn dress(&self, reader: Reader) {
        let colours = if reader.dark { "dark" } else { "light" };
        set_size(&self.driver, reader.width, HEIGHT).await;
        let features = json!({ "features": [
            { "name": "prefers-color-scheme", "value": colours },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]});
        cdp(&self.driver, "Emulation.setEmulatedMedia", features).await;
        let watch = json!({ "source": include_str!("script/watch.js") });
        cdp(&self.driver, "Page.addScriptToEvaluateOnNewDocument", watch).await;
    }

    pub async fn quit(mut self) {
        let _ = self.driver.clone().quit().await;
        let _ = self.process.kill().await;
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}

/// Sets the inner size of the window.
pub async fn set_size(driver: &WebDriver, width: u32, height: u64) {
    let size = json!({
        "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false,
    });
    cdp(driver, "Emulation.setDeviceMetricsOverride", size).await;
}

/// Chromium's own commands, for what `WebDriver` has no word for.
pub async fn cdp(driver: &WebDriver, command: &'static str, parameters: Value) -> Value {
    let answer = driver.cmd(Cdp(command, parameters)).await;
    answer
        .and_then(CmdResponse::value_json)
        .unwrap_or_else(|error| panic!("{command}: {error}"))
}

#[derive(Debug)]
struct Cdp(&'static str, Value);

impl FormatRequestData for Cdp {
    fn format_request(&self, session: &SessionId) -> RequestData {
        let path = format!("session/{session}/goog/cdp/execute");
        RequestData::new(axum::http::Method::POST, path)
            .add_body(json!({ "cmd": self.0, "params": self.1 }))
    }
}

/// Starts the driver. It takes a free port of one kind of address and wants the same number of the other,
/// which another connection may have: it ends then, and is started anew. Nothing was asked of it yet.
async fn start_chromedriver() -> (Child, u16) {
    let path = std::env::var("CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".to_owned());
    let mut said = String::new();
    for _ in 0..3 {
        if let Some(started) = chromedriver(&path, &mut said).await {
            return started;
        }
    }
    panic!("{path} did not start: {said}");
}

/// The driver and its port; none where it ended before it had one.
async fn chromedriver(path: &str, said: &mut String) -> Option<(Child, u16)> {
    let mut process = tokio::process::Command::new(path)
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap_or_else(|error| panic!("{path}: {error}"));
    let output = process.stdout.take().expect("the output is piped");
    let mut lines = BufReader::new(output).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        let port = line.split_once("started successfully on port ");
        let port = port.and_then(|(_, port)| port.trim_end_matches('.').parse().ok());
        if let Some(port) = port {
            // Read on, so that it is never held up by a full pipe.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Some((process, port));
        }
        said.push_str(&line);
        said.push('\n');
    }
    None
}

fn capabilities(profile: &Path, reader: Reader) -> ChromeCapabilities {
    let shared: Value = serde_json::from_str(include_str!("../../webdriver.json")).expect("JSON");
    let arguments = shared["goog:chromeOptions"]["args"].as_array().cloned();
    let mut capabilities = ChromeCapabilities::new();
    let own = [
        format!("--user-data-dir={}", profile.display()),
        format!("--lang={}", reader.language),
        // A page that came over plain http from elsewhere, as the browser sees it.
        format!("--host-resolver-rules=MAP {INTRANET} 127.0.0.1"),
    ];
    let shared = arguments.unwrap_or_default();
    let shared = shared.iter().filter_map(Value::as_str).map(str::to_owned);
    for argument in shared.chain(own) {
        capabilities.add_arg(&argument).expect("an argument");
    }
    // The driver would have tabs in the background run as those in front.
    capabilities
        .add_exclude_switch("disable-background-timer-throttling")
        .expect("a switch");
    let mut preferences = json!({ "intl.accept_languages": reader.language });
    if !reader.scripts {
        preferences["profile.managed_default_content_settings.javascript"] = json!(2);
    }
    if !reader.storage {
        preferences["profile.default_content_setting_values.cookies"] = json!(2);
    }
    capabilities
        .add_experimental_option("prefs", preferences)
        .expect("preferences");
    if let Ok(path) = std::env::var("CHROMIUM") {
        capabilities.set_binary(&path).expect("a path");
    }
    capabilities
}
