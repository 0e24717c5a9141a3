//! The bundle of people who come by a link: welcome, mini program, invitation, registration, password reset.

fn main() {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(causeway::app::start(causeway::app::Visit, "visit"));
}
