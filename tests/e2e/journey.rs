//! One journey: a practice OVHcloud and a browser of its own, and a picture where it fails.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use crate::browser::{Browser, Reader};
use crate::page::Page;
use crate::practice::{self, Options, Practice};

/// The built page.
pub fn dist() -> PathBuf {
    let dist = std::env::var("DIST").unwrap_or_else(|_| "dist".to_owned());
    let dist = PathBuf::from(dist);
    let index = dist.join("index.html");
    assert!(
        index.is_file(),
        "{} is missing: run `make dist`",
        index.display()
    );
    dist
}

/// A practice OVHcloud that is quick and holds nobody back.
pub fn quick() -> Options {
    Options {
        dist: Some(dist()),
        pace: 0,
        task_time: Duration::from_millis(300),
        slow_time: Duration::from_millis(800),
        ..Options::default()
    }
}

/// The same, but OVHcloud works on a task for so many seconds.
pub fn with_tasks_of(seconds: u64) -> Options {
    Options {
        task_time: Duration::from_secs(seconds),
        ..quick()
    }
}

/// Takes a journey as this reader.
pub async fn travel(
    name: &str,
    reader: Reader,
    options: Options,
    journey: impl AsyncFnOnce(&Page, &Practice),
) {
    let practice = practice::start(options).await.expect("a free port");
    let address = practice.address();
    travel_to(name, reader, address, async |page: &Page| {
        journey(page, &practice).await;
    })
    .await;
}

/// Takes a journey to a practice OVHcloud that the journey looks after.
pub async fn travel_to(
    name: &str,
    reader: Reader,
    address: String,
    journey: impl AsyncFnOnce(&Page),
) {
    let browser = Browser::start(name, reader).await;
    let page = Page::new(browser.driver.clone(), reader, name, address);
    page.forget_pictures();
    let outcome = caught(async {
        journey(&page).await;
        if reader.scripts {
            page.no_harm().await;
        }
    })
    .await;
    if outcome.is_err() {
        eprintln!("{name}, after:\n  {}", page.steps());
        let _ = caught(async {
            eprintln!("the browser reported: {:#?}", page.harm().await);
        })
        .await;
        let _ = caught(page.picture("failed")).await;
    }
    browser.quit().await;
    if let Err(failure) = outcome {
        resume_unwind(failure);
    }
}

/// What a future comes to, or its panic.
async fn caught<T>(work: impl Future<Output = T>) -> std::thread::Result<T> {
    let mut work = pin!(work);
    poll_fn(
        |context| match catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context))) {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(done)) => Poll::Ready(Ok(done)),
            Err(failure) => Poll::Ready(Err(failure)),
        },
    )
    .await
}
