//! The bundle of clients: their conversations, opened by a personal link.

fn main() {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(causeway::app::start(causeway::app::ClientApp, "client"));
}
