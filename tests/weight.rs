//! Compares two programs as a web server sends them, and refuses a difference above the limit:
//! `cargo run --example weight --no-default-features -- SMALLER LARGER`. See `make weight`.

use std::error::Error;
use std::process::ExitCode;

mod compressed;

/// What reader, verdict and table of providers may add to the page, in bytes as compressed. The aim
/// is 12 KB, 12,288 bytes; another compiler's page may be cut up less luckily (see `compressed`).
const LIMIT: usize = 12_800;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut sizes = Vec::new();
    for path in std::env::args_os().skip(1) {
        let bytes = std::fs::read(&path)?;
        let small = compressed::brotli(&bytes)?.len();
        println!("{:<50}{:>10}{small:>10}", path.display(), bytes.len());
        sizes.push(small);
    }
    let [smaller, larger] = sizes.as_slice() else {
        return Err("two files are needed".into());
    };
    let difference = larger.saturating_sub(*smaller);
    println!("the reader of headers adds {difference} bytes, brotli; at most {LIMIT}");
    Ok(if difference > LIMIT {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}
