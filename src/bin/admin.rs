//! The bundle of the administration, which few people open.

fn main() {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(causeway::app::start(causeway::app::AdminApp, "interface"));
}
