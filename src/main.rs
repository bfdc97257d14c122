//! The page: a panic hook and the mount, nothing else.

use leptos::prelude::*;

fn main() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(|| {
        view! {
            <main>
                <h1>"Send connectors"</h1>
                <p class="placeholder">"The page has started."</p>
            </main>
        }
    });
}
