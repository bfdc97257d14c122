//! A small program for WebAssembly: what it is larger than `idle` is what the reader, the verdict and
//! the table of providers add to the page. `make weight` compares.

use std::hint::black_box;

use send_connector_wizard::mail::verdict::{Question, judge};

mod anyway;

fn main() {
    let text = black_box(String::from("Received"));
    anyway::used_anyway(&text);
    black_box(judge(&text, &black_box(Question::default())));
}
