//! The palette: Ctrl or Cmd and K opens a field from which conversations, pages, acts and messages are reached by keyboard.

mod entries;

use crate::{
    client,
    components::base::icon::Icon,
    i18n::t,
    state::{chats::Chats, session::CurrentSession},
};
use causeway_api::search::{MessageHit, SearchMessages};
use entries::{Act, Entry, Group, entries};
use gloo_timers::future::TimeoutFuture;
use leptos::{
    html::{Dialog, Div},
    prelude::*,
    task::spawn_local,
};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use web_sys::{KeyboardEvent, ScrollIntoViewOptions, ScrollLogicalPosition};

/// The pause after a letter before messages are searched, in milliseconds.
const PAUSE: u32 = 200;
/// Fewer letters than this are not searched in messages.
const LETTERS_MIN: usize = 2;
/// Messages that are shown; all of them are on the page of the search.
const MESSAGES: usize = 4;

/// Opens the palette at its keys, wherever the focus is.
#[component]
pub(super) fn Palette() -> impl IntoView {
    let (is_open, dialog) = (RwSignal::new(false), NodeRef::<Dialog>::new());
    let keys = window_event_listener(leptos::ev::keydown, move |event: KeyboardEvent| {
        let is_its_key = (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key();
        if is_its_key && event.key().eq_ignore_ascii_case("k") && !event.is_composing() {
            event.prevent_default();
            match dialog.get_untracked().filter(|_| is_open.get_untracked()) {
                Some(dialog) => dialog.close(),
                None => is_open.set(true),
            }
        }
    });
    on_cleanup(move || keys.remove());
    move || is_open.get().then(|| view! { <Opened dialog=dialog on_close=move |()| is_open.set(false) /> })
}

/// The messages that match what is typed, while they match it.
fn follow_messages(typed: RwSignal<String>) -> RwSignal<Vec<MessageHit>> {
    let (hits, turn) = (RwSignal::new(Vec::new()), StoredValue::new(0_u32));
    Effect::new(move |_| {
        let text = typed.get();
        let mine = turn.try_update_value(|turn| {
            *turn += 1;
            *turn
        });
        let is_current = move || turn.try_get_value() == mine;
        if text.trim().chars().count() < LETTERS_MIN {
            return hits.set(Vec::new());
        }
        spawn_local(async move {
            TimeoutFuture::new(PAUSE).await;
            if !is_current() {
                return;
            }
            let asked = SearchMessages { q: text, ..SearchMessages::default() };
            // Where messages cannot be searched now, everything else of the palette works.
            let found =
                client::search::search_messages(&asked).await.map(|found| found.hits).unwrap_or_default();
            if is_current() {
                hits.try_set(found.into_iter().take(MESSAGES).collect());
            }
        });
    });
    hits
}

/// The open palette: a field, and below it what it leads to.
#[component]
fn Opened(dialog: NodeRef<Dialog>, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let role = expect_context::<CurrentSession>().get().me.role;
    let (typed, chosen) = (RwSignal::new(String::new()), RwSignal::new(0_usize));
    let hits = follow_messages(typed);
    let all = Memo::new(move |_| typed.with(|typed| hits.with(|hits| entries(chats, role, typed, hits))));
    // Something else is typed: the first entry is chosen again.
    Effect::new(move |_| {
        typed.track();
        chosen.set(0);
    });
    let navigate = use_navigate();
    // Closed by the browser, the focus returns to where it was.
    let close = move || dialog.get_untracked().into_iter().for_each(|dialog| dialog.close());
    let go = Callback::new(move |act: Act| {
        close();
        match act {
            Act::Open(href) if crate::routes::rel_to(&href).is_some() => crate::routes::leave_for(&href),
            Act::Open(href) => navigate(&href, NavigateOptions::default()),
            Act::SwitchTheme => crate::state::preferences::switch_theme(),
        }
    });
    let press = move |event: KeyboardEvent| {
        let count = all.with_untracked(Vec::len);
        match event.key().as_str() {
            _ if event.is_composing() || count == 0 => return,
            "ArrowDown" => chosen.update(|at| *at = (*at + 1) % count),
            "ArrowUp" => chosen.update(|at| *at = (*at + count - 1) % count),
            "Enter" => {
                let act =
                    all.with_untracked(|all| all.get(chosen.get_untracked()).map(|entry| entry.act.clone()));
                if let Some(act) = act {
                    go.run(act);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    dialog.on_load(|dialog| {
        // It fails only for a dialog that is open already.
        let _ = dialog.show_modal();
    });
    view! {
        <dialog
            node_ref=dialog
            class="palette"
            aria-label=t("palette")
            on:close=move |_| on_close.run(())
            on:click=move |event| {
                let is_backdrop = dialog.get_untracked().is_some_and(|dialog| event.target().as_ref() == Some(dialog.as_ref()));
                if is_backdrop {
                    close();
                }
            }
        >
            <div class="palette__field">
                <Icon name="i-search" />
                <input
                    role="combobox"
                    aria-label=t("palette-field")
                    aria-expanded="true"
                    aria-controls="palette-list"
                    aria-autocomplete="list"
                    aria-activedescendant=move || (all.with(Vec::len) > 0).then(|| format!("palette-{}", chosen.get()))
                    placeholder=t("search-everything-placeholder")
                    prop:value=move || typed.get()
                    on:input=move |event| typed.set(event_target_value(&event))
                    on:keydown=press
                />
            </div>
            <List all=all chosen=chosen on_go=go />
        </dialog>
    }
}

/// The entries, group by group.
#[component]
fn List(all: Memo<Vec<Entry>>, chosen: RwSignal<usize>, on_go: Callback<Act>) -> impl IntoView {
    let groups = move || {
        let mut at = 0;
        let shown = all.with(|all| {
            Group::ALL
                .into_iter()
                .filter_map(|group| {
                    let rows: Vec<_> = all
                        .iter()
                        .filter(|entry| entry.group == group)
                        .map(|entry| {
                            let place = at;
                            at += 1;
                            row(entry.clone(), place, chosen, on_go)
                        })
                        .collect();
                    let title = t(group.title());
                    let label = title.clone();
                    (!rows.is_empty()).then(|| {
                        view! {
                            <div role="group" aria-label=label>
                                <p class="overline palette__group" aria-hidden="true">
                                    {title}
                                </p>
                                {rows}
                            </div>
                        }
                    })
                })
                .collect_view()
        });
        if at == 0 {
            view! { <p class="palette__group muted">{t("palette-none")}</p> }.into_any()
        } else {
            shown.into_any()
        }
    };
    view! {
        <div class="palette__list" id="palette-list" role="listbox" aria-label=t("palette")>
            {groups}
        </div>
    }
}

fn row(entry: Entry, place: usize, chosen: RwSignal<usize>, on_go: Callback<Act>) -> impl IntoView {
    let Entry { icon, name, note, act, .. } = entry;
    let is_chosen = move || chosen.get() == place;
    let shown = NodeRef::<Div>::new();
    Effect::new(move |_| {
        if let Some(row) = shown.get().filter(|_| is_chosen()) {
            let scroll = ScrollIntoViewOptions::new();
            scroll.set_block(ScrollLogicalPosition::Nearest);
            row.scroll_into_view_with_scroll_into_view_options(&scroll);
        }
    });
    view! {
        <div
            node_ref=shown
            class="palette__item"
            id=format!("palette-{place}")
            role="option"
            aria-selected=move || if is_chosen() { "true" } else { "false" }
            on:mousemove=move |_| chosen.set(place)
            on:click=move |_| on_go.run(act.clone())
        >
            <Icon name=icon />
            <span>
                <span dir="auto">{name}</span>
                {(!note.is_empty()).then(|| view! { <span class="palette__note" dir="auto">{note}</span> })}
            </span>
        </div>
    }
}
