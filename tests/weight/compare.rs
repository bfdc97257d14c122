//! Compares two files of WebAssembly as a web server sends them, and refuses a difference above the
//! limit: `cargo run --example weigh --no-default-features -- SMALLER LARGER`. See `make weight`.

use std::error::Error;
use std::process::ExitCode;

/// What reader, verdict and table of providers may add, in bytes as compressed. The aim is 12 KB,
/// 12,288 bytes.
const LIMIT: usize = 16_700;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut sizes = Vec::new();
    for path in std::env::args_os().skip(1) {
        let bytes = std::fs::read(&path)?;
        let small = brotli(&bytes)?;
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

fn brotli(bytes: &[u8]) -> std::io::Result<usize> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &parameters)?;
    Ok(compressed.len())
}
