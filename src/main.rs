//! The page: a panic hook and the start, nothing else.

fn main() {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(send_connector_wizard::ui::start());
}
