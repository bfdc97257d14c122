//! The built page as the practice OVHcloud serves it.

use std::fs;
use std::path::PathBuf;

use super::client::Client;
use super::server::{Options, start};

/// A folder that is removed when this is dropped.
struct Dist(PathBuf);

impl Drop for Dist {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn dist() -> Dist {
    let name = format!("practice-dist-{}", std::process::id());
    let path = std::env::temp_dir().join(name);
    fs::create_dir_all(path.join("dist")).expect("a folder");
    for (name, text) in [
        ("secret.txt", "not for everyone"),
        ("dist/index.html", "<h1>page</h1>"),
        ("dist/config.json", "{}"),
        ("dist/headers.json", r#"[["Referrer-Policy", "origin"]]"#),
        ("dist/page-0a1b2c3d4e5f6071_bg.wasm", "plain"),
        ("dist/page-0a1b2c3d4e5f6071_bg.wasm.br", "small"),
    ] {
        fs::write(path.join(name), text).expect("a file");
    }
    Dist(path)
}

#[tokio::test(flavor = "multi_thread")]
async fn serves_the_built_page() {
    let dist = dist();
    let options = Options {
        dist: Some(dist.0.join("dist")),
        ..Options::default()
    };
    let practice = start(options).await.expect("a free port");
    let client = Client::new(&practice);
    let get = |path: &str| client.page("GET", path, "");

    let index = get("/");
    assert_eq!(index.body, "<h1>page</h1>");
    assert_eq!(index.header("cache-control"), Some("no-cache"));
    assert_eq!(index.header("referrer-policy"), Some("origin"));
    let config = get("/config.json").json();
    assert_eq!(config["apis"][0]["address"], client.base);
    assert_eq!(config["callsPerMinute"], 60);

    let wasm = "/page-0a1b2c3d4e5f6071_bg.wasm";
    let plain = get(wasm);
    assert_eq!(plain.body, "plain");
    assert_eq!(plain.header("content-type"), Some("application/wasm"));
    let kept = plain.header("cache-control");
    assert_eq!(kept, Some("public, max-age=31536000, immutable"));
    let small = client.accepting("gzip, br", wasm);
    assert_eq!(small.body, "small");
    assert_eq!(small.header("content-encoding"), Some("br"));
    assert_eq!(small.header("vary"), Some("Accept-Encoding"));
    assert_eq!(client.accepting("br;q=0", wasm).body, "plain");

    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/none",
    ] {
        assert_eq!(get(path).status, 404, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn says_when_the_page_is_not_built() {
    let practice = start(Options::default()).await.expect("a free port");
    let index = Client::new(&practice).page("GET", "/", "");
    assert!(index.body.contains("make serve"), "{}", index.body);
    let policy = index.header("content-security-policy").expect("a policy");
    assert!(policy.contains("require-trusted-types-for 'script'"));
    assert_eq!(index.header("x-content-type-options"), Some("nosniff"));
}
