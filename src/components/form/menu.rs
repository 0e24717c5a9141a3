//! A button that opens a menu: arrow keys go through it, Escape closes it and leads back to the button.

mod context;
mod entries;

pub use context::{ContextMenu, MenuPlace};
pub use entries::EmojiEntry;

use causeway_api::chats::Channel;
use entries::{Entries, go_on};
use leptos::{ev::FocusEvent, html, prelude::*, wasm_bindgen::JsCast as _};
use web_sys::{KeyboardEvent, Node};

/// What is drawn in front of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MenuLead {
    /// An icon of the sprite.
    Icon(&'static str),
    /// The badge of a channel.
    Channel(Channel),
}

/// An entry of a menu.
#[derive(Clone)]
pub struct MenuEntry {
    /// What is drawn in front of it.
    pub lead: MenuLead,
    /// What it says.
    pub text: String,
    /// Why it cannot be chosen; `None` where it can.
    pub refusal: Option<String>,
    /// Whether it is the one that holds, where one of them does.
    pub is_checked: Option<bool>,
    /// It was chosen.
    pub on_choose: Callback<()>,
}

/// A button with a menu.
#[component]
pub fn MenuButton(
    /// The name of the menu, and of the button where what it shows does not say enough.
    #[prop(into)]
    label: String,
    /// Whether the button is named by what it shows.
    #[prop(optional)]
    is_named_by_content: bool,
    /// The class of the frame around both.
    class: &'static str,
    /// The class of the button.
    button_class: &'static str,
    /// The class of the menu.
    menu_class: &'static str,
    /// The entries.
    #[prop(into)]
    entries: Signal<Vec<MenuEntry>>,
    /// The menu was opened.
    #[prop(optional, into)]
    on_open: Option<Callback<()>>,
    /// Emoji above the entries, side by side.
    #[prop(optional, into)]
    emoji: Signal<Vec<EmojiEntry>>,
    /// What the button shows.
    children: Children,
) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let (frame, button) = (NodeRef::<html::Div>::new(), NodeRef::<html::Button>::new());
    let close = Callback::new(move |()| {
        is_open.set(false);
        if let Some(button) = button.get_untracked() {
            // An element that is there takes the focus.
            let _ = button.focus();
        }
    });
    let open = move || {
        if !is_open.get_untracked() {
            is_open.set(true);
            if let Some(on_open) = on_open {
                on_open.run(());
            }
        }
    };
    // The focus that goes on closes the menu and is not taken back.
    let leave = move |event: FocusEvent| {
        let next = event.related_target().and_then(|next| next.dyn_into::<Node>().ok());
        if frame.get_untracked().is_some_and(|frame| !frame.contains(next.as_ref())) {
            is_open.try_set(false);
        }
    };
    let press = move |event: KeyboardEvent| match event.key().as_str() {
        "Escape" if is_open.get_untracked() => {
            event.prevent_default();
            close.run(());
        }
        key @ ("ArrowDown" | "ArrowUp") => {
            event.prevent_default();
            if is_open.get_untracked() {
                go_on(frame, key == "ArrowDown");
            } else {
                open();
            }
        }
        _ => {}
    };
    let toggle = move |_| if is_open.get_untracked() { is_open.set(false) } else { open() };
    let name = (!is_named_by_content).then(|| label.clone());
    view! {
        <div node_ref=frame class=class on:focusout=leave on:keydown=press>
            <button
                node_ref=button
                class=button_class
                type="button"
                aria-label=name
                aria-haspopup="menu"
                aria-expanded=move || if is_open.get() { "true" } else { "false" }
                on:click=toggle
            >
                {children()}
            </button>
            <Show when=move || is_open.get()>
                <Entries label=label.clone() class=menu_class emoji=emoji entries=entries close=close />
            </Show>
        </div>
    }
}
