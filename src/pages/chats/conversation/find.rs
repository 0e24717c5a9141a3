//! Searching in one conversation: how many messages match, and from one to the next, the newest first.

use super::marking;
use crate::{
    client,
    components::base::icon::{Icon, IconSize},
    i18n::{Arg, t, tx},
};
use causeway_api::{ChatId, search::SearchMessages};
use gloo_timers::future::TimeoutFuture;
use js_sys::Function;
use leptos::{html::Input, prelude::*, task::spawn_local};
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::{JsCast as _, prelude::Closure};

/// The pause after a letter before it is searched, in milliseconds.
const PAUSE: u32 = 250;
/// Rows are marked when nothing has moved for so long, in milliseconds.
const SETTLED: u32 = 120;

/// The places of what was found, the newest first, and which of them is shown.
#[derive(Clone, Default, PartialEq)]
struct Found {
    places: Vec<i64>,
    has_more: bool,
    at: usize,
}

/// Marks the words that are typed in the messages on the screen, until the search is closed.
fn mark_what_is_found(typed: RwSignal<String>, lead: RwSignal<Option<i64>>) {
    let (words, turns) = (Memo::new(move |_| marking::wanted(&typed.get())), Rc::new(Cell::new(0_u32)));
    let settle = move || {
        let (turns, turn) = (turns.clone(), turns.get() + 1);
        turns.set(turn);
        spawn_local(async move {
            TimeoutFuture::new(SETTLED).await;
            if turns.get() == turn {
                words.try_with_untracked(|words| marking::mark(words));
            }
        });
    };
    // Rows come and go while the messages are scrolled through, which only those above them hear of.
    let scrolled = Closure::<dyn Fn()>::new(settle.clone());
    let listen = scrolled.as_ref().unchecked_ref::<Function>();
    // A page can be listened to.
    let _ = document().add_event_listener_with_callback_and_bool("scroll", listen, true);
    Effect::new(move |_| {
        words.track();
        lead.track();
        settle();
    });
    let kept = StoredValue::new_local(Some(scrolled));
    on_cleanup(move || {
        if let Some(scrolled) = kept.try_update_value(Option::take).flatten() {
            let listen = scrolled.as_ref().unchecked_ref::<Function>();
            // What was listened to can be left alone.
            let _ = document().remove_event_listener_with_callback_and_bool("scroll", listen, true);
        }
        marking::mark(&[]);
    });
}

/// The bar of a search in a conversation. Enter leads to the next older match, Shift and Enter back; Esc closes it.
#[component]
pub(super) fn Find(
    chat: ChatId,
    /// Where the reader is led.
    lead: RwSignal<Option<i64>>,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let (typed, found) = (RwSignal::new(String::new()), RwSignal::new(None::<Found>));
    let field = NodeRef::<Input>::new();
    field.on_load(|field| {
        // An element that is there takes the focus.
        let _ = field.focus();
    });
    mark_what_is_found(typed, lead);
    let turn = StoredValue::new(0_u32);
    let search = move |text: String| {
        typed.set(text.clone());
        let mine = turn.try_update_value(|turn| {
            *turn += 1;
            *turn
        });
        let is_current = move || turn.try_get_value() == mine;
        if text.trim().is_empty() {
            return found.set(None);
        }
        spawn_local(async move {
            TimeoutFuture::new(PAUSE).await;
            if !is_current() {
                return;
            }
            let asked = SearchMessages { q: text, chat: Some(chat), ..SearchMessages::default() };
            // What cannot be asked for now is asked for with the next letter.
            let Ok(answer) = client::search::search_messages(&asked).await else { return };
            if is_current() {
                let places: Vec<i64> = answer.hits.iter().map(|hit| hit.message.ordinal).collect();
                lead.try_set(places.first().copied());
                found.try_set(Some(Found { places, has_more: answer.next.is_some(), at: 0 }));
            }
        });
    };
    let go = move |is_older: bool| {
        found.update(|found| {
            let Some(found) = found.as_mut().filter(|found| !found.places.is_empty()) else { return };
            let last = found.places.len() - 1;
            found.at = match (is_older, found.at) {
                (true, at) if at == last => 0,
                (true, at) => at + 1,
                (false, 0) => last,
                (false, at) => at - 1,
            };
            lead.set(found.places.get(found.at).copied());
        });
    };
    let press = move |event: web_sys::KeyboardEvent| match event.key().as_str() {
        "Enter" if !event.is_composing() => {
            event.prevent_default();
            go(!event.shift_key());
        }
        "Escape" => on_close.run(()),
        _ => {}
    };
    let count = move || {
        found.get().map(|found| match found.places.len() {
            0 => t("find-none"),
            count => {
                let id = if found.has_more { "find-count-more" } else { "find-count" };
                let number = |number: usize| Arg::Number(i64::try_from(number).unwrap_or(i64::MAX));
                tx(id, &[("number", number(found.at + 1)), ("total", number(count))])
            }
        })
    };
    let is_empty = Signal::derive(move || {
        found.with(|found| found.as_ref().is_none_or(|found| found.places.is_empty()))
    });
    view! {
        <div class="find" role="search" aria-label=t("find-in-conversation")>
            <div class="search">
                <Icon name="i-search" size=IconSize::Sm />
                <input
                    node_ref=field
                    class="input"
                    type="search"
                    aria-label=t("find-in-conversation")
                    prop:value=move || typed.get()
                    on:input=move |event| search(event_target_value(&event))
                    on:keydown=press
                />
            </div>
            <span class="find__count" role="status">
                {count}
            </span>
            <button
                class="icon-btn icon-btn--sm"
                type="button"
                aria-label=t("find-previous")
                disabled=is_empty
                on:click=move |_| go(true)
            >
                <Icon name="i-up" size=IconSize::Sm />
            </button>
            <button
                class="icon-btn icon-btn--sm"
                type="button"
                aria-label=t("find-next")
                disabled=is_empty
                on:click=move |_| go(false)
            >
                <Icon name="i-down" size=IconSize::Sm />
            </button>
            <button
                class="icon-btn icon-btn--sm"
                type="button"
                aria-label=t("find-close")
                on:click=move |_| on_close.run(())
            >
                <Icon name="i-x" size=IconSize::Sm />
            </button>
        </div>
    }
}
