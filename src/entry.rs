//! The program of the first screen: signing in.

fn main() {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(send_connector_wizard::ui::start_entry());
}
