//! The field in which typing begins has the focus, also on a page or step that is drawn long after the document was loaded.
//! The browser's own `autofocus` is not used: it is heeded only once, and WebKit heeds it late, when someone types in another
//! field already.

use leptos::{html::Input, prelude::*, wasm_bindgen::JsCast as _};
use web_sys::{Element, HtmlElement};

/// Whether the keyboard is one on the screen: the main pointer is a finger, and nothing hovers.
pub fn is_touch() -> bool {
    let query = window().match_media("(pointer: coarse) and (hover: none)");
    query.ok().flatten().is_some_and(|query| query.matches())
}

/// Focuses a field once it is drawn, unless something else has the focus.
pub fn focus_when_drawn(field: NodeRef<Input>) {
    Effect::new(move |_| {
        let Some(field) = field.get() else { return };
        request_animation_frame(move || {
            let body = document().body();
            if document().active_element().is_none_or(|it| body.is_some_and(|body| it == *body)) {
                // A field that has gone again takes no focus.
                let _ = field.focus();
            }
        });
    });
}

/// What is filled in first in a dialog, of radio buttons the chosen one; without a field, what gets out of it.
const FIRST: [&str; 2] = [
    ".dialog__body :is(input:not([type=radio]), input[type=radio]:checked, select, textarea):not(:disabled)",
    ".dialog__foot button",
];

/// Focuses what comes first in a dialog that was opened, unless the dialog itself says where typing begins. A keyboard on the
/// screen would cover the dialog before it was read.
pub(in crate::components::form) fn focus_first(dialog: &Element) {
    let find = |selector: &str| dialog.query_selector(selector).ok().flatten();
    let chosen = find(".dialog__body [data-autofocus]");
    if chosen.is_none() && is_touch() {
        return;
    }
    let first = chosen.or_else(|| FIRST.iter().find_map(|selector| find(selector)));
    if let Some(first) = first.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        // An element of an open dialog takes the focus.
        let _ = first.focus();
    }
}
