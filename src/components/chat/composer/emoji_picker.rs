//! Choosing an emoji for a message. Its emoji and their names are loaded when it is opened for the first time.

use crate::{
    components::{
        base::icon::Icon,
        form::{focus::is_touch, popover::Popover},
    },
    i18n::{Arg, fold, t, tx},
};
use leptos::{ev::MouseEvent, html, prelude::*, wasm_bindgen::JsCast as _};
use std::sync::Arc;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// How many stand side by side (`.emoji-grid` in style/components/emoji.css).
const COLUMNS: usize = 8;
/// The attribute that has the emoji of a button.
const EMOJI: &str = "data-emoji";
/// What the arrow keys go through.
const CELL: &str = "button[data-emoji]";

/// An emoji.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Emoji {
    /// What is inserted.
    pub emoji: String,
    /// What it is called.
    pub name: String,
    /// Its name and other words for it, as they are searched.
    pub words: String,
}

/// Emoji under a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmojiGroup {
    /// The heading.
    pub label: String,
    /// The emoji.
    pub emoji: Vec<Emoji>,
}

/// Where the picker has its emoji from.
#[derive(Clone, Copy)]
pub struct EmojiSource {
    /// The groups, those used often first; nothing while they are loaded.
    pub groups: Signal<Option<Arc<Vec<EmojiGroup>>>>,
    /// Whether they could not be loaded.
    pub has_failed: Signal<bool>,
    /// The picker was opened.
    pub on_open: Callback<()>,
    /// An emoji was chosen.
    pub on_use: Callback<String>,
}

/// The button that opens the picker, and the picker while it is open.
#[component]
pub(super) fn EmojiButton(
    source: EmojiSource,
    /// An emoji was chosen.
    on_emoji: Callback<String>,
    /// It was closed without a choice.
    on_leave: Callback<()>,
) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let toggle = move |_| {
        is_open.update(|is_open| *is_open = !*is_open);
        if is_open.get_untracked() {
            source.on_open.run(());
        }
    };
    let choose = Callback::new(move |emoji: String| {
        is_open.set(false);
        source.on_use.run(emoji.clone());
        on_emoji.run(emoji);
    });
    view! {
        <Popover is_open=is_open on_leave=on_leave>
            <button
                class="icon-btn"
                type="button"
                aria-label=t("emoji")
                aria-haspopup="dialog"
                aria-expanded=move || if is_open.get() { "true" } else { "false" }
                on:click=toggle
            >
                <Icon name="i-smile" />
            </button>
            <Show when=move || is_open.get()>
                <Picker source=source on_choose=choose />
            </Show>
        </Popover>
    }
}

/// The search and the emoji below it.
#[component]
fn Picker(source: EmojiSource, on_choose: Callback<String>) -> impl IntoView {
    let (search, grid) = (NodeRef::<html::Input>::new(), NodeRef::<html::Div>::new());
    let wanted = RwSignal::new(String::new());
    search.on_load(|search| {
        // On a touch screen the keyboard would cover what is to be looked at.
        if !is_touch() {
            // An element that is there takes the focus.
            let _ = search.focus();
        }
    });
    let shown = Memo::new(move |_| {
        let (groups, wanted) = (source.groups.get()?, fold(&wanted.get()));
        Some(if wanted.is_empty() { groups } else { Arc::new(found(&groups, &wanted)) })
    });
    let press = move |event: KeyboardEvent| {
        let is_enter = event.key() == "Enter";
        if !is_enter && event.key() != "ArrowDown" || event.is_composing() {
            return;
        }
        // Enter takes the first that was found, and sends no message.
        event.prevent_default();
        let first = grid.get_untracked().and_then(|grid| grid.query_selector(CELL).ok().flatten());
        let Some(first) = first else { return };
        match first.get_attribute(EMOJI).filter(|_| is_enter) {
            Some(emoji) => on_choose.run(emoji),
            None => focus(&first),
        }
    };
    let click = move |event: MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let cell = target.and_then(|target| target.closest(CELL).ok().flatten());
        if let Some(emoji) = cell.and_then(|cell| cell.get_attribute(EMOJI)) {
            on_choose.run(emoji);
        }
    };
    let empty = move || {
        let text = match shown.get() {
            _ if source.has_failed.get() => Some("emoji-failed"),
            None => Some("loading"),
            Some(groups) => groups.iter().all(|group| group.emoji.is_empty()).then_some("no-results-title"),
        };
        text.map(t)
    };
    view! {
        <div class="menu menu--emoji" role="dialog" aria-label=t("emoji")>
            <input
                node_ref=search
                class="input"
                type="search"
                aria-label=t("search-emoji")
                placeholder=t("search-emoji")
                on:input=move |event| wanted.set(event_target_value(&event))
                on:keydown=press
            />
            <p class="muted" role="status">
                {empty}
            </p>
            <div
                node_ref=grid
                class="emoji-groups"
                on:click=click
                on:keydown=move |event| {
                    if let Some(grid) = grid.get_untracked() {
                        go_on(&grid, &event);
                    }
                }
            >
                {move || shown.get().map(|groups| groups.iter().map(group).collect_view())}
            </div>
        </div>
    }
}

/// The emoji of which every word that is searched for begins a word.
fn found(groups: &[EmojiGroup], wanted: &str) -> Vec<EmojiGroup> {
    let has = |emoji: &Emoji, word: &str| emoji.words.contains(word);
    let is_found = |emoji: &&Emoji| wanted.split(' ').all(|word| has(emoji, word)) || emoji.emoji == wanted;
    let narrowed = |group: &EmojiGroup| EmojiGroup {
        label: group.label.clone(),
        emoji: group.emoji.iter().filter(is_found).cloned().collect(),
    };
    groups.iter().map(narrowed).collect()
}

fn group(group: &EmojiGroup) -> Option<impl IntoView + use<>> {
    let cell = |Emoji { emoji, name, .. }: &Emoji| {
        let label = tx("insert-emoji", &[("emoji", Arg::Text(name))]);
        view! {
            <button
                class="emoji"
                type="button"
                role="gridcell"
                tabindex="-1"
                data-emoji=emoji.clone()
                aria-label=label
                title=name.clone()
            >
                {emoji.clone()}
            </button>
        }
    };
    let row = |emoji: &[Emoji]| {
        view! {
            <div class="emoji-grid" role="row">
                {emoji.iter().map(cell).collect_view()}
            </div>
        }
    };
    (!group.emoji.is_empty()).then(|| {
        view! {
            <section class="emoji-group">
                <p class="overline">{group.label.clone()}</p>
                <div role="grid" aria-label=group.label.clone()>
                    {group.emoji.chunks(COLUMNS).map(row).collect_view()}
                </div>
            </section>
        }
    })
}

/// Moves the focus among the emoji by the arrow keys; from the first row upwards it is again in the search.
fn go_on(grid: &Element, event: &KeyboardEvent) {
    let Ok(cells) = grid.query_selector_all(CELL) else { return };
    let active = document().active_element();
    let at = (0..cells.length()).find(|at| cells.get(*at).as_ref() == active.as_ref().map(AsRef::as_ref));
    let Some(at) = at.map(|at| at as usize) else { return };
    let next = match event.key().as_str() {
        "ArrowRight" => Some(at + 1),
        "ArrowLeft" => at.checked_sub(1),
        "ArrowDown" => Some(at + COLUMNS),
        "ArrowUp" => at.checked_sub(COLUMNS),
        "Home" => Some(0),
        "End" => (cells.length() as usize).checked_sub(1),
        _ => return,
    };
    event.prevent_default();
    let next = next.and_then(|next| u32::try_from(next).ok()).and_then(|next| cells.get(next));
    let next = next.and_then(|next| next.dyn_into::<Element>().ok());
    let search = || grid.parent_element().and_then(|menu| menu.query_selector("input").ok().flatten());
    let is_back = event.key() == "ArrowUp" || event.key() == "ArrowLeft";
    if let Some(next) = next.or_else(|| if is_back { search() } else { None }) {
        focus(&next);
    }
}

fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // An element that is there takes the focus.
        let _ = element.focus();
    }
}
