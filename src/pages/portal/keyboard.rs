//! Keeps what is typed above the keyboard of a phone: where the keyboard does not shrink the page (iOS), the page gets the
//! height that is left (Visual Viewport API).

use leptos::{prelude::*, wasm_bindgen::JsCast as _};

/// The custom property that holds the height, for `style/layout.css`.
const HEIGHT: &str = "--viewport";

/// The least difference in px that is a keyboard: smaller ones are bars of the browser, which the stylesheet handles.
const KEYBOARD_FROM: f64 = 120.0;

/// Follows the keyboard until the page is closed.
pub(super) fn leave_room() {
    let Some(viewport) = window().visual_viewport() else { return };
    let root = move || Some(document().document_element()?.unchecked_into::<web_sys::HtmlElement>().style());
    let seen = viewport.clone();
    let fit = move |_: web_sys::Event| {
        let whole = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(0.0);
        let Some(style) = root() else { return };
        let done = if whole - seen.height() > KEYBOARD_FROM {
            style.set_property(HEIGHT, &format!("{}px", seen.height()))
        } else {
            style.remove_property(HEIGHT).map(|_| ())
        };
        if let Err(error) = done {
            web_sys::console::warn_2(&"keyboard".into(), &error);
        }
    };
    let handler = leptos::wasm_bindgen::closure::Closure::<dyn FnMut(web_sys::Event)>::new(fit);
    let listens = viewport.add_event_listener_with_callback("resize", handler.as_ref().unchecked_ref());
    if let Err(error) = listens {
        web_sys::console::warn_2(&"keyboard".into(), &error);
    }
    let kept = StoredValue::new_local(Some(handler));
    on_cleanup(move || {
        if let Some(handler) = kept.try_update_value(Option::take).flatten() {
            let _ = viewport.remove_event_listener_with_callback("resize", handler.as_ref().unchecked_ref());
        }
    });
}
