//! The field in which typing begins has the focus, also on a page or step that is drawn long after the document was loaded:
//! the browser itself heeds `autofocus` only once.

use leptos::{html::Input, prelude::*};

/// Focuses a field once it is drawn, unless something else has the focus.
pub(in crate::components::form) fn focus_when_drawn(field: NodeRef<Input>) {
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
