//! What an open menu shows.

use super::{MenuEntry, MenuLead};
use crate::{
    components::base::{
        channel::ChannelGlyph,
        icon::{Icon, IconSize},
    },
    i18n::t,
};
use leptos::{html, prelude::*, wasm_bindgen::JsCast as _};
use web_sys::HtmlElement;

/// The entries of an open menu; the focus begins at the one that holds, else at the first.
#[component]
pub(super) fn Entries(
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
pub(super) fn go_on(frame: NodeRef<html::Div>, is_down: bool) {
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
