//! Compares two programs, and refuses a difference above the limit:
//! `cargo run --example weight --no-default-features -- SMALLER LARGER`. See `make weight`.

use std::error::Error;
use std::process::ExitCode;

mod compressed;

/// What reader, verdict and table of providers may add to the page, in bytes as they are. Compressed,
/// which is what counts in the end and has to come to 12 KB, the same bytes are a kilobyte more or
/// less, as the encoder happens to cut the program: that tells nothing of a change.
const LIMIT: usize = 37_900;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut sizes = Vec::new();
    for path in std::env::args_os().skip(1) {
        let bytes = std::fs::read(&path)?;
        let small = compressed::brotli(&bytes)?.len();
        println!("{:<50}{:>10}{small:>10}", path.display(), bytes.len());
        sizes.push((bytes.len(), small));
    }
    let [(smaller, smaller_sent), (larger, larger_sent)] = sizes.as_slice() else {
        return Err("two files are needed".into());
    };
    let difference = larger.saturating_sub(*smaller);
    let sent = larger_sent.saturating_sub(*smaller_sent);
    println!(
        "the reader of headers adds {difference} bytes, at most {LIMIT}; with brotli {sent}, \
         its share of the page {}",
        difference * larger_sent / larger
    );
    Ok(if difference > LIMIT {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}
