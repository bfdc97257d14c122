//! The program that works, from the choice of a platform to the last page.

fn main() {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(send_connector_wizard::ui::start_page());
}
