//! The menu of an own message, behind a button that shows while the message is pointed at or focused.

use super::change_message::Change;
use crate::{
    components::base::icon::{Icon, IconSize},
    i18n::{self, Arg, t, tx},
};
use causeway_api::chats::Message;
use leptos::{html, prelude::*, wasm_bindgen::JsCast as _};
use web_sys::HtmlElement;

/// The button of the menu, and the menu while it is open.
#[component]
pub(super) fn BubbleMenu(
    message: Message,
    /// Its sender wants to change it.
    on_change: Callback<Change>,
) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let (frame, button) = (NodeRef::<html::Div>::new(), NodeRef::<html::Button>::new());
    let label = tx("message-actions", &[("time", Arg::Text(&i18n::clock_time(message.sent_at)))]);
    let close = move || {
        is_open.set(false);
        if let Some(button) = button.get_untracked() {
            // An element that is there takes the focus.
            let _ = button.focus();
        }
    };
    // A press outside of it, or the focus that goes on, closes the menu without taking the focus back.
    let leave = move |event: web_sys::FocusEvent| {
        let next = event.related_target().and_then(|next| next.dyn_into::<web_sys::Node>().ok());
        if frame.get_untracked().is_some_and(|frame| !frame.contains(next.as_ref())) {
            is_open.set(false);
        }
    };
    let press = move |event: web_sys::KeyboardEvent| match event.key().as_str() {
        "Escape" if is_open.get_untracked() => {
            event.prevent_default();
            close();
        }
        "ArrowDown" | "ArrowUp" => {
            event.prevent_default();
            if is_open.get_untracked() {
                go_on(frame, event.key() == "ArrowDown");
            } else {
                is_open.set(true);
            }
        }
        _ => {}
    };
    let message = StoredValue::new(message);
    let choose = move |change: fn(Message) -> Change| {
        close();
        on_change.run(change(message.get_value()));
    };
    view! {
        <div node_ref=frame class="bubble__more" on:focusout=leave on:keydown=press>
            <button
                node_ref=button
                class="icon-btn bubble__change"
                type="button"
                aria-label=label.clone()
                aria-haspopup="menu"
                aria-expanded=move || if is_open.get() { "true" } else { "false" }
                on:click=move |_| is_open.update(|open| *open = !*open)
            >
                <Icon name="i-more" size=IconSize::Sm />
            </button>
            <Show when=move || is_open.get()>
                <div class="menu menu--bubble" role="menu" aria-label=label.clone()>
                    <MenuItem icon="i-edit" text="edit" takes_focus=true on_choose=move |()| choose(Change::Edit) />
                    <MenuItem icon="i-trash" text="delete" on_choose=move |()| choose(Change::Delete) />
                </div>
            </Show>
        </div>
    }
}

/// An act of the menu.
#[component]
fn MenuItem(
    icon: &'static str,
    /// The id of its text.
    text: &'static str,
    /// It is where the menu begins.
    #[prop(optional)]
    takes_focus: bool,
    #[prop(into)] on_choose: Callback<()>,
) -> impl IntoView {
    let item = NodeRef::<html::Button>::new();
    item.on_load(move |item| {
        if takes_focus {
            // An element that is there takes the focus.
            let _ = item.focus();
        }
    });
    view! {
        <button
            node_ref=item
            class="menu__item"
            type="button"
            role="menuitem"
            tabindex="-1"
            on:click=move |_| on_choose.run(())
        >
            <Icon name=icon size=IconSize::Sm />
            <span>{t(text)}</span>
        </button>
    }
}

/// Focuses the act below or above the one that has the focus; behind the last comes the first.
fn go_on(frame: NodeRef<html::Div>, is_down: bool) {
    let Some(frame) = frame.get_untracked() else { return };
    let Ok(found) = frame.query_selector_all("[role=menuitem]") else { return };
    let count = found.length();
    let active = document().active_element();
    let at = (0..count).find(|at| found.get(*at).as_ref() == active.as_ref().map(AsRef::as_ref));
    let next = match (at, is_down) {
        (Some(at), true) => (at + 1) % count.max(1),
        (Some(at), false) => (at + count.max(1) - 1) % count.max(1),
        (None, _) => 0,
    };
    if let Some(item) = found.get(next).and_then(|item| item.dyn_into::<HtmlElement>().ok()) {
        // An element that is there takes the focus.
        let _ = item.focus();
    }
}
