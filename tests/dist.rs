//! Makes the files to serve: `dist <page> <out>` takes what trunk left in `<page>`, bundles the
//! start script and the stylesheet, names every file by its content, ties them together by
//! integrity, compresses them, derives the server's headers from the page's own policy, and refuses
//! a first visit that is too large. The old `<out>` stays until the new one is complete.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256, Sha384};

mod compressed;

use compressed::brotli;

/// Bytes, compressed, that a first visit with one language may take: 100 KiB.
const FIRST_VISIT: usize = 100 * 1024;

/// Sent beside the policy. Files that can change under one name must be asked for again, and a
/// server that knows no more than this list may do so for all: an unchanged file answers 304.
const HEADERS: [(&str, &str); 4] = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    (
        "Permissions-Policy",
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];
/// A name with a hash in it stands for these bytes for ever.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
const HASHED: &str = "-[0-9a-f]{16}[.]";

/// What stopped the build, for the person who reads the terminal.
type Outcome<T> = Result<T, String>;

fn main() -> ExitCode {
    let arguments: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    let [page, out] = arguments.as_slice() else {
        eprintln!("usage: dist <what trunk built> <folder to write>");
        return ExitCode::FAILURE;
    };
    match build(page).and_then(|dist| dist.swap_in(out)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("dist: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn build(page: &Path) -> Outcome<Dist> {
    let mut dist = Dist::default();

    let entry = dist.add_program(page, "entry", true)?;
    let rest = dist.add_program(page, "page", false)?;
    let alarm = dist.add(
        "alarm",
        "js",
        esbuild(&["src/boot/alarm.js".into()])?,
        false,
    );
    let boot = dist.add("boot", "js", bundle_boot(&entry, &rest, &alarm)?, true);
    let style = dist.add("page", "css", esbuild(&["style/page.css".into()])?, true);
    let icon = dist.add("icon", "svg", read(Path::new("style/icon.svg"))?, true);

    let mut html = text(page.join("index.html"))?;
    let policy = policy(&html)?;
    let languages = languages(&mut dist)?;
    html = replace_line(&html, "data-trunk", &languages)?;
    html = replace(
        &html,
        "href=\"icon.svg\"",
        &format!("href=\"{}\"", icon.name),
    )?;
    html = replace(
        &html,
        "content=\"alarm.js\"",
        &format!("content=\"{}\"", alarm.name),
    )?;
    html = replace(&html, "href=\"page.css\"", &style.attributes("href"))?;
    html = replace(&html, "src=\"boot.js\"", &boot.attributes("src"))?;

    dist.keep("index.html", html.into_bytes(), true);
    dist.keep("config.json", b"{}\n".to_vec(), true);
    dist.add_headers(&policy);

    let table = dist.table()?;
    println!("{table}");
    Ok(dist)
}

/// A file of the page, as the files that load it name it.
struct Named {
    name: String,
    integrity: String,
}

impl Named {
    fn attributes(&self, address: &str) -> String {
        format!(
            "{address}=\"{}\" integrity=\"{}\"",
            self.name, self.integrity
        )
    }
}

struct File {
    name: String,
    bytes: Vec<u8>,
    /// Fetched by everybody who opens the page for the first time.
    first_visit: bool,
}

#[derive(Default)]
struct Dist {
    files: Vec<File>,
}

impl Dist {
    fn keep(&mut self, name: &str, bytes: Vec<u8>, first_visit: bool) {
        self.files.push(File {
            name: name.to_owned(),
            bytes,
            first_visit,
        });
    }

    /// Adds a file that is named by its content.
    fn add(&mut self, stem: &str, extension: &str, bytes: Vec<u8>, first_visit: bool) -> Named {
        let name = format!("{stem}-{}.{extension}", &hex(&Sha256::digest(&bytes))[..16]);
        let integrity = format!("sha384-{}", STANDARD.encode(Sha384::digest(&bytes)));
        self.keep(&name, bytes, first_visit);
        Named { name, integrity }
    }

    /// Adds one program: its wasm, and the script that loads it, which is what is named.
    fn add_program(&mut self, page: &Path, name: &str, first_visit: bool) -> Outcome<Named> {
        let wasm = read(&page.join(format!("{name}_bg.wasm")))?;
        let wasm = self.add(name, "wasm", wasm, first_visit);
        let script = bundle_program(&page.join(format!("{name}.js")), &wasm)?;
        Ok(self.add(name, "js", script, first_visit))
    }

    /// The same headers, for a program and for two web servers.
    fn add_headers(&mut self, policy: &str) {
        // A policy in a <meta> cannot say who may frame the page; a header can.
        let policy = format!("{policy}; frame-ancestors 'none'");
        let mut headers = vec![("Content-Security-Policy", policy.as_str())];
        headers.extend(HEADERS);

        let (mut nginx, mut apache) = (String::new(), String::new());
        for (name, value) in &headers {
            let _ = writeln!(nginx, "add_header {name} \"{value}\" always;");
            let _ = writeln!(apache, "Header always set {name} \"{value}\"");
        }
        // Not "always": that a file is missing is not to be kept for a year.
        let _ = write!(
            nginx,
            "set $wizard_cache \"no-cache\";\n\
             if ($uri ~ \"{HASHED}\") {{ set $wizard_cache \"{FOR_EVER}\"; }}\n\
             add_header Cache-Control $wizard_cache;\n"
        );
        let _ = write!(
            apache,
            "Header set Cache-Control \"no-cache\"\n\
             <FilesMatch \"{HASHED}\">\n\
             Header set Cache-Control \"{FOR_EVER}\"\n\
             </FilesMatch>\n"
        );
        headers.push(("Cache-Control", "no-cache"));
        let json = serde_json::json!(headers);
        self.keep("headers.json", format!("{json:#}\n").into_bytes(), false);
        self.keep("headers.nginx.conf", nginx.into_bytes(), false);
        self.keep("headers.apache.conf", apache.into_bytes(), false);
    }

    /// What everybody fetches at first, and the program that is fetched besides by who signs in, as a
    /// table.
    ///
    /// # Errors
    /// A first visit is more than is allowed.
    fn table(&self) -> Outcome<String> {
        let mut table = format!("{:<32}{:>10}{:>10}\n", "first visit", "bytes", "brotli");
        let is_program = |file: &&File| {
            let extension = Path::new(&file.name).extension();
            extension.is_some_and(|extension| extension == "wasm" || extension == "js")
        };
        let (first, later): (Vec<_>, Vec<_>) =
            self.files.iter().partition(|file: &&File| file.first_visit);
        let small = list(&first, &mut table)?;
        let _ = writeln!(
            table,
            "  of which {FIRST_VISIT} are allowed\n\nafter signing in"
        );
        list(
            &later.into_iter().filter(is_program).collect::<Vec<_>>(),
            &mut table,
        )?;
        if small > FIRST_VISIT {
            return Err(format!(
                "a first visit takes {small} bytes; more than {FIRST_VISIT} (100 KiB) are refused\n{table}"
            ));
        }
        Ok(table)
    }

    fn swap_in(self, out: &Path) -> Outcome<()> {
        let (new, old) = (out.with_extension("new"), out.with_extension("old"));
        remove(&new)?;
        remove(&old)?;
        fs::create_dir_all(&new).map_err(|error| about(&new, &error))?;
        for file in &self.files {
            write(&new.join(&file.name), &file.bytes)?;
            if file.is_compressed() {
                write(
                    &new.join(format!("{}.br", file.name)),
                    &brotli(&file.bytes)?,
                )?;
                write(&new.join(format!("{}.gz", file.name)), &gzip(&file.bytes)?)?;
            }
        }
        if out.exists() {
            fs::rename(out, &old).map_err(|error| about(out, &error))?;
        }
        fs::rename(&new, out).map_err(|error| about(out, &error))?;
        remove(&old)
    }
}

impl File {
    /// `config.json` is edited where the page is served, and headers are not served: a compressed
    /// copy of the first would go stale, one of the second be of no use.
    fn is_compressed(&self) -> bool {
        self.name != "config.json" && !self.name.starts_with("headers.")
    }
}

/// Writes a line for each file and their sum, and returns the sum as compressed.
fn list(files: &[&File], table: &mut String) -> Outcome<usize> {
    let (mut raw, mut small) = (0, 0);
    for file in files {
        let bytes = file.bytes.len();
        let compressed = if file.is_compressed() {
            brotli(&file.bytes)?.len()
        } else {
            bytes
        };
        raw += bytes;
        small += compressed;
        let _ = writeln!(table, "{:<32}{bytes:>10}{compressed:>10}", file.name);
    }
    let _ = writeln!(table, "{:<32}{raw:>10}{small:>10}", "total");
    Ok(small)
}

/// The script that starts one of the two programs and no other.
fn bundle_boot(entry: &Named, page: &Named, alarm: &Named) -> Outcome<Vec<u8>> {
    let mut arguments = script("src/boot.js");
    arguments.push(format!("--define:ALARM={:?}", alarm.name));
    for (name, program) in [("ENTRY", entry), ("PAGE", page)] {
        arguments.push(format!("--define:{name}={:?}", program.name));
        arguments.push(format!("--define:{name}_INTEGRITY={:?}", program.integrity));
    }
    esbuild(&arguments)
}

/// The script that loads one program, with wasm-bindgen's glue for it, in one file.
fn bundle_program(glue: &Path, program: &Named) -> Outcome<Vec<u8>> {
    let glue = fs::canonicalize(glue).map_err(|error| about(glue, &error))?;
    let mut arguments = script("src/boot/program.js");
    arguments.push(format!("--alias:glue={}", glue.display()));
    arguments.push(format!("--define:WASM={:?}", program.name));
    arguments.push(format!("--define:INTEGRITY={:?}", program.integrity));
    esbuild(&arguments)
}

fn script(path: &str) -> Vec<String> {
    let options = ["--format=esm", "--target=es2022", "--legal-comments=none"];
    [path]
        .into_iter()
        .chain(options)
        .map(ToOwned::to_owned)
        .collect()
}

fn esbuild(arguments: &[String]) -> Outcome<Vec<u8>> {
    let output = Command::new("esbuild")
        .args([
            "--bundle",
            "--minify",
            "--charset=utf8",
            "--log-level=warning",
        ])
        .args(arguments)
        .output()
        .map_err(|error| format!("esbuild does not start ({error}); `make dist` sets it up"))?;
    let complaints = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() || !complaints.is_empty() {
        return Err(format!("esbuild {}: {complaints}", arguments.join(" ")));
    }
    Ok(output.stdout)
}

/// Adds each language's two files and returns the lines of index.html that name them. The largest
/// of those that the sign-in needs counts as part of the first visit.
fn languages(dist: &mut Dist) -> Outcome<String> {
    let folder = Path::new("src/text");
    let entries = fs::read_dir(folder).map_err(|error| about(folder, &error))?;
    let mut texts = Vec::new();
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let language = path.file_name().and_then(|name| name.to_str());
        if let (Some(language), true) = (language, path.is_dir()) {
            texts.push((language.to_owned(), language_lines(&path)?));
        }
    }
    texts.sort();
    let largest = texts.iter().map(|(_, [first, _])| first.len()).max();
    let mut lines = String::new();
    let mut counted = false;
    for (language, [first, rest]) in texts {
        let first_visit = !counted && Some(first.len()) == largest;
        counted |= first_visit;
        let parts = [("text", first, first_visit), ("more-text", rest, false)];
        for (kind, words, first_visit) in parts {
            let stem = format!("{kind}-{language}");
            let file = dist.add(&stem, "txt", words.into_bytes(), first_visit);
            let _ = writeln!(
                lines,
                "<meta name=\"{stem}\" content=\"{}\" data-integrity=\"{}\">",
                file.name, file.integrity
            );
        }
    }
    Ok(lines)
}

/// What is served of one language: all texts of the files in its folder, in two parts.
fn language_lines(folder: &Path) -> Outcome<[String; 2]> {
    let mut texts = serde_json::Map::new();
    for entry in fs::read_dir(folder).map_err(|error| about(folder, &error))? {
        let path = entry.map_err(|error| about(folder, &error))?.path();
        let part: serde_json::Map<_, _> =
            serde_json::from_str(&text(&path)?).map_err(|error| about(&path, &error))?;
        texts.extend(part);
    }
    let words = |name: &str| Some(texts.get(name)?.as_str()?.to_owned());
    send_connector_wizard::text::lines(words)
        .map_err(|name| format!("{}: {name} is missing or not one line", folder.display()))
}

/// The policy as it stands in the page, on one line.
fn policy(html: &str) -> Outcome<String> {
    html.split_once("http-equiv=\"Content-Security-Policy\" content=\"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .map(|(policy, _)| policy.split_whitespace().collect::<Vec<_>>().join(" "))
        .ok_or_else(|| "index.html has no Content-Security-Policy".to_owned())
}

fn replace(html: &str, from: &str, to: &str) -> Outcome<String> {
    match html.matches(from).count() {
        1 => Ok(html.replace(from, to)),
        count => Err(format!("index.html has {from} {count} times, not once")),
    }
}

fn replace_line(html: &str, with: &str, to: &str) -> Outcome<String> {
    let mut lines = html.lines().filter(|line| line.contains(with));
    match (lines.next(), lines.next()) {
        (Some(line), None) => replace(html, &format!("{line}\n"), to),
        _ => Err(format!("index.html must have one line with {with}")),
    }
}

fn gzip(bytes: &[u8]) -> Outcome<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder
        .write_all(bytes)
        .and_then(|()| encoder.finish())
        .map_err(|error| error.to_string())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn about(path: &Path, error: &impl std::fmt::Display) -> String {
    format!("{}: {error}", path.display())
}

fn read(path: &Path) -> Outcome<Vec<u8>> {
    fs::read(path).map_err(|error| about(path, &error))
}

fn text(path: impl AsRef<Path>) -> Outcome<String> {
    let path = path.as_ref();
    fs::read_to_string(path).map_err(|error| about(path, &error))
}

fn write(path: &Path, bytes: &[u8]) -> Outcome<()> {
    fs::write(path, bytes).map_err(|error| about(path, &error))
}

fn remove(folder: &Path) -> Outcome<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(about(folder, &error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_is_read_from_the_page() {
        let html = "<meta http-equiv=\"Content-Security-Policy\" content=\"\n  a 'b';\n  c\">";
        assert_eq!(policy(html).as_deref(), Ok("a 'b'; c"));
    }

    #[test]
    fn the_page_has_every_place_that_is_filled_in() {
        let html = include_str!("../index.html");
        for place in ["href=\"icon.svg\"", "href=\"page.css\"", "src=\"boot.js\""] {
            assert!(replace(html, place, "").is_ok(), "{place}");
        }
        // Two programs; of their lines trunk leaves the first one's, and takes out the second's.
        for program in ["entry", "page"] {
            let line = format!("data-trunk rel=\"rust\" data-bin=\"{program}\"");
            assert!(replace_line(html, &line, "").is_ok(), "{program}");
        }
    }

    #[test]
    fn nothing_inline_and_no_third_party_is_allowed() {
        let policy = policy(include_str!("../index.html")).unwrap_or_default();
        for word in ["unsafe-inline", "'unsafe-eval'", "*", "data:", "http:"] {
            assert!(!policy.contains(word), "{word}");
        }
        assert!(policy.starts_with("default-src 'none';"));
        assert!(policy.contains("require-trusted-types-for 'script'"));
    }

    #[test]
    fn the_same_content_has_the_same_name() {
        let mut dist = Dist::default();
        let names = [b"a", b"a", b"b"].map(|bytes| dist.add("x", "js", bytes.to_vec(), true).name);
        assert_eq!(names[0], names[1]);
        assert_ne!(names[0], names[2]);
    }

    #[test]
    fn a_first_visit_that_is_too_large_is_refused() {
        let mut dist = Dist::default();
        dist.keep("config.json", vec![b' '; FIRST_VISIT], true);
        assert!(dist.table().is_ok());
        dist.keep("config.json", vec![b' '; 1], true);
        assert!(
            dist.table()
                .is_err_and(|problem| problem.contains("102401 bytes"))
        );
    }
}
