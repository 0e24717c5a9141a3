//! A button that opens a menu: arrow keys go through it, Escape closes it and leads back to the button.

use crate::components::base::{
    channel::ChannelGlyph,
    icon::{Icon, IconSize},
};
use crate::i18n::t;
use causeway_api::chats::Channel;
use leptos::{ev::FocusEvent, html, prelude::*, wasm_bindgen::JsCast as _};
use web_sys::{HtmlElement, KeyboardEvent, Node};

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

/// The entries of an open menu; the focus begins at the one that holds, else at the first.
#[component]
fn Entries(
    label: String,
    class: &'static str,
    emoji: Signal<Vec<EmojiEntry>>,
    entries: Signal<Vec<MenuEntry>>,
    close: Callback<()>,
) -> impl IntoView {
    let menu = NodeRef::<html::Div>::new();
    menu.on_load(move |menu| {
        let first = menu.query_selector("[aria-checked=true]").ok().flatten();
        let first =
            first.or_else(|| menu.query_selector("[role=menuitem], [role=menuitemradio]").ok().flatten());
        if let Some(entry) = first.and_then(|entry| entry.dyn_into::<HtmlElement>().ok()) {
            // An element that is there takes the focus.
            let _ = entry.focus();
        }
    });
    view! {
        <div node_ref=menu class=format!("menu {class}") role="menu" aria-label=label>
            {move || emoji_row(emoji.get(), close)}
            {move || entries.get().into_iter().map(|entry| view! { <Entry entry=entry close=close /> }).collect_view()}
        </div>
    }
}

/// An emoji of a menu.
#[derive(Clone)]
pub struct EmojiEntry {
    /// The emoji.
    pub emoji: &'static str,
    /// What choosing it does.
    pub label: String,
    /// Whether it holds.
    pub is_on: bool,
    /// It was chosen.
    pub on_choose: Callback<()>,
}

/// Emoji side by side, where there are any.
fn emoji_row(all: Vec<EmojiEntry>, close: Callback<()>) -> Option<impl IntoView> {
    let entry = move |EmojiEntry { emoji, label, is_on, on_choose }: EmojiEntry| {
        view! {
            <button
                class="menu__emoji"
                type="button"
                role="menuitemcheckbox"
                aria-checked=if is_on { "true" } else { "false" }
                aria-label=label
                tabindex="-1"
                on:click=move |_| {
                    close.run(());
                    on_choose.run(());
                }
            >
                {emoji}
            </button>
        }
    };
    (!all.is_empty())
        .then(|| view! { <div class="menu__row" role="group" aria-label=t("react")>{all.into_iter().map(entry).collect_view()}</div> })
}

/// An entry. One that cannot be chosen says why and can be read all the same.
#[component]
fn Entry(entry: MenuEntry, close: Callback<()>) -> impl IntoView {
    let MenuEntry { lead, text, refusal, is_checked, on_choose } = entry;
    let is_refused = refusal.is_some();
    let lead = match lead {
        MenuLead::Icon(icon) => view! { <Icon name=icon size=IconSize::Sm /> }.into_any(),
        MenuLead::Channel(channel) => view! { <ChannelGlyph channel=channel /> }.into_any(),
    };
    let choose = move |_| {
        if !is_refused {
            close.run(());
            on_choose.run(());
        }
    };
    view! {
        <button
            class="menu__item"
            type="button"
            role=if is_checked.is_some() { "menuitemradio" } else { "menuitem" }
            aria-checked=is_checked.map(|checked| if checked { "true" } else { "false" })
            aria-disabled=is_refused.then_some("true")
            tabindex="-1"
            on:click=choose
        >
            {lead}
            <span>{text} {refusal.map(|why| view! { <span class="menu__why">{why}</span> })}</span>
            {(is_checked == Some(true)).then(|| view! { <Icon name="i-check" size=IconSize::Sm /> })}
        </button>
    }
}

/// Focuses the entry below or above the one that has the focus; behind the last comes the first.
fn go_on(frame: NodeRef<html::Div>, is_down: bool) {
    let Some(frame) = frame.get_untracked() else { return };
    let Ok(found) = frame.query_selector_all("[role^=menuitem]") else { return };
    let count = found.length().max(1);
    let active = document().active_element();
    let at = (0..found.length()).find(|at| found.get(*at).as_ref() == active.as_ref().map(AsRef::as_ref));
    let next = match (at, is_down) {
        (Some(at), true) => (at + 1) % count,
        (Some(at), false) => (at + count - 1) % count,
        (None, _) => 0,
    };
    if let Some(entry) = found.get(next).and_then(|entry| entry.dyn_into::<HtmlElement>().ok()) {
        // An element that is there takes the focus.
        let _ = entry.focus();
    }
}
