//! What opens beside a button and closes when the focus or the pointer goes elsewhere, or with Escape.

use leptos::{
    ev::{self, FocusEvent, KeyboardEvent},
    html,
    prelude::*,
    wasm_bindgen::JsCast as _,
};
use web_sys::Node;

/// The button, and what it opens.
#[component]
pub fn Popover(
    /// Whether it is open.
    is_open: RwSignal<bool>,
    /// It was closed by a key: the focus is to go where one was.
    on_leave: Callback<()>,
    children: Children,
) -> impl IntoView {
    let frame = NodeRef::<html::Div>::new();
    let is_inside =
        move |node: Option<&Node>| frame.get_untracked().is_some_and(|frame| frame.contains(node));
    let leave = move |event: FocusEvent| {
        let next = event.related_target().and_then(|next| next.dyn_into::<Node>().ok());
        // What was pressed and takes no focus is inside as well.
        if next.is_some() && !is_inside(next.as_ref()) {
            is_open.try_set(false);
        }
    };
    // What is pressed outside need not take the focus.
    let outside = window_event_listener(ev::pointerdown, move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
        if !is_inside(target.as_ref()) && is_open.try_get_untracked() == Some(true) {
            is_open.try_set(false);
        }
    });
    on_cleanup(move || outside.remove());
    let press = move |event: KeyboardEvent| {
        if event.key() == "Escape" && is_open.get_untracked() {
            event.prevent_default();
            is_open.set(false);
            on_leave.run(());
        }
    };
    view! {
        <div node_ref=frame on:focusout=leave on:keydown=press>
            {children()}
        </div>
    }
}
