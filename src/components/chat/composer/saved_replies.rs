//! Putting a saved reply into a message: behind a `/`, or from the list that its button opens.

use crate::{
    components::{
        base::icon::{Icon, IconSize},
        form::{focus::is_touch, popover::Popover},
    },
    i18n::{Arg, fold, t, tx},
};
use leptos::{html, prelude::*};
use std::sync::Arc;
use web_sys::KeyboardEvent;

/// Longest beginning of a shortcut, in UTF-16 units.
const LONGEST: usize = 33;
/// The id of the list.
const LIST: &str = "saved-replies";

/// A saved reply that can be put into the message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferedReply {
    /// What is typed behind the `/`.
    pub shortcut: String,
    /// What it is called.
    pub title: String,
    /// The text, filled in.
    pub text: String,
    /// Whether the whole team has it.
    pub is_team: bool,
}

/// Where the saved replies come from.
#[derive(Clone, Copy)]
pub struct ReplySource {
    /// The saved replies; nothing while they are loaded.
    pub replies: Signal<Option<Arc<Vec<OfferedReply>>>>,
    /// Whether they could not be loaded.
    pub has_failed: Signal<bool>,
    /// They are wanted.
    pub on_open: Callback<()>,
    /// The page on which they are kept.
    pub manage: StoredValue<String>,
}

/// The shortcut that is begun at the end of a text: where its `/` stands, and what follows. It begins a word.
pub(super) fn begun_shortcut(before: &[u16]) -> Option<(usize, String)> {
    let from = before.iter().rposition(|unit| *unit == u16::from(b'/'))?;
    let begun = String::from_utf16(&before[from + 1..]).ok()?;
    let is_in_word =
        from > 0 && !char::from_u32(u32::from(before[from - 1])).is_some_and(char::is_whitespace);
    let is_shortcut = before.len() - from <= LONGEST && !begun.contains(char::is_whitespace);
    (!is_in_word && is_shortcut).then_some((from, begun))
}

/// Those whose shortcut begins so, then those of whose title a word does.
pub(super) fn matching(all: &[OfferedReply], begun: &str) -> Vec<OfferedReply> {
    let wanted = fold(begun);
    let by_shortcut = |reply: &&OfferedReply| fold(&reply.shortcut).starts_with(&wanted);
    let by_title = |reply: &&OfferedReply| {
        !by_shortcut(reply) && fold(&reply.title).split(' ').any(|word| word.starts_with(&wanted))
    };
    all.iter().filter(by_shortcut).chain(all.iter().filter(by_title)).cloned().collect()
}

/// Those that have these words anywhere.
fn having(all: &[OfferedReply], words: &str) -> Vec<OfferedReply> {
    let wanted = fold(words.trim().trim_start_matches('/'));
    let is_wanted = |reply: &&OfferedReply| {
        fold(&format!("{} {} {}", reply.shortcut, reply.title, reply.text)).contains(&wanted)
    };
    all.iter().filter(is_wanted).cloned().collect()
}

/// How a saved reply is offered.
pub(super) fn option(reply: OfferedReply) -> impl IntoView {
    view! {
        <kbd class="kbd">"/" {reply.shortcut}</kbd>
        <span>
            <b dir="auto">{reply.title}</b>
            <span class="menu__why clamp-2" dir="auto">
                {reply.text}
            </span>
        </span>
        {reply.is_team.then(|| view! { <span class="menu__aside">{t("saved-reply-team")}</span> })}
    }
}

/// The button that opens the list, and the list while it is open.
#[component]
pub(super) fn SavedRepliesButton(
    source: ReplySource,
    /// A text was chosen.
    on_text: Callback<String>,
    /// It was closed without a choice.
    on_leave: Callback<()>,
) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let choose = Callback::new(move |text: String| {
        is_open.set(false);
        on_text.run(text);
    });
    let open = move |_| {
        is_open.update(|is_open| *is_open = !*is_open);
        if is_open.get_untracked() {
            source.on_open.run(());
        }
    };
    view! {
        <Popover is_open=is_open on_leave=on_leave>
            <button
                class="icon-btn icon-btn--wide-only"
                type="button"
                aria-label=t("saved-replies")
                aria-haspopup="dialog"
                aria-expanded=move || if is_open.get() { "true" } else { "false" }
                on:click=open
            >
                <Icon name="i-bolt" />
            </button>
            <Show when=move || is_open.get()>
                <Picker source=source on_choose=choose />
            </Show>
        </Popover>
    }
}

/// The search and the saved replies below it.
#[component]
fn Picker(source: ReplySource, on_choose: Callback<String>) -> impl IntoView {
    let search = NodeRef::<html::Input>::new();
    let (wanted, at) = (RwSignal::new(String::new()), RwSignal::new(0_usize));
    search.on_load(|search| {
        // On a touch screen the keyboard would cover what is to be looked at.
        if !is_touch() {
            // An element that is there takes the focus.
            let _ = search.focus();
        }
    });
    let shown = Memo::new(move |_| source.replies.get().map(|all| having(&all, &wanted.get())));
    let choose = move |at: usize| {
        let chosen = shown.with_untracked(|shown| shown.as_ref().and_then(|shown| shown.get(at)).cloned());
        if let Some(reply) = chosen {
            on_choose.run(reply.text);
        }
    };
    let press = move |event: KeyboardEvent| {
        let count = shown.with_untracked(|shown| shown.as_ref().map_or(0, Vec::len));
        if count == 0 || event.is_composing() || event.key_code() == 229 {
            return;
        }
        match event.key().as_str() {
            "ArrowDown" => at.update(|at| *at = (*at + 1) % count),
            "ArrowUp" => at.update(|at| *at = (*at + count - 1) % count),
            "Enter" => choose(at.get_untracked()),
            _ => return,
        }
        event.prevent_default();
    };
    let row = move |(place, reply): (usize, OfferedReply)| {
        let element = NodeRef::<html::Li>::new();
        Effect::new(move |_| {
            if at.get() == place
                && let Some(element) = element.get()
            {
                element.scroll_into_view_with_scroll_into_view_options(&nearest());
            }
        });
        view! {
            <li
                node_ref=element
                class="menu__item"
                id=format!("{LIST}-{place}")
                role="option"
                aria-selected=move || if at.get() == place { "true" } else { "false" }
                on:mousedown=move |event| event.prevent_default()
                on:click=move |_| choose(place)
            >
                {option(reply)}
            </li>
        }
    };
    view! {
        <div class="menu menu--replies" role="dialog" aria-label=t("saved-replies")>
            <div class="search search--outlined">
                <Icon name="i-search" size=IconSize::Sm />
                <input
                    node_ref=search
                    class="input"
                    type="search"
                    role="combobox"
                    aria-expanded="true"
                    aria-controls=LIST
                    aria-activedescendant=move || format!("{LIST}-{}", at.get())
                    aria-label=t("saved-replies-search")
                    placeholder=t("saved-replies-placeholder")
                    on:input=move |event| {
                        at.set(0);
                        wanted.set(event_target_value(&event));
                    }
                    on:keydown=press
                />
            </div>
            {move || {
                let status = if source.has_failed.get() {
                    Some(t("failed-title"))
                } else {
                    match shown.get() {
                        None => Some(t("loading")),
                        Some(shown) if shown.is_empty() => Some(t("saved-replies-none")),
                        Some(_) => None,
                    }
                };
                status.map(|status| view! { <p class="menu__status" role="status">{status}</p> })
            }}
            <ul class="menu__list" role="listbox" id=LIST aria-label=t("saved-replies")>
                {move || shown.get().unwrap_or_default().into_iter().enumerate().map(row).collect_view()}
            </ul>
            <Foot source=source />
        </div>
    }
}

/// How many there are, and the way to the page on which they are kept.
#[component]
fn Foot(source: ReplySource) -> impl IntoView {
    let counts = move || {
        let all = source.replies.get()?;
        let team = all.iter().filter(|reply| reply.is_team).count();
        let number = |count: usize| Arg::Number(i64::try_from(count).unwrap_or(i64::MAX));
        Some(tx("saved-replies-count", &[("own", number(all.len() - team)), ("team", number(team))]))
    };
    view! {
        <div class="menu__foot">
            <span>{counts}</span>
            <a class="link" href=source.manage.get_value()>
                {t("saved-replies-manage")}
            </a>
        </div>
    }
}

fn nearest() -> web_sys::ScrollIntoViewOptions {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begun(text: &str) -> Option<(usize, String)> {
        let units: Vec<u16> = text.encode_utf16().collect();
        begun_shortcut(&units)
    }

    #[test]
    fn a_shortcut_begins_a_word() {
        assert_eq!(begun("/fe"), Some((0, "fe".to_owned())));
        assert_eq!(begun("Dear Ms Wong\n/"), Some((13, String::new())));
        for none in ["fees", "and/or", "1/2", "/fees for", "https://x"] {
            assert_eq!(begun(none), None, "{none}");
        }
    }

    #[test]
    fn shortcuts_come_before_titles() {
        let reply = |shortcut: &str, title: &str| OfferedReply {
            shortcut: shortcut.into(),
            title: title.into(),
            text: "x".into(),
            is_team: false,
        };
        let all = [reply("kyc", "Fee documents"), reply("fees", "Schedule"), reply("ooo", "Away")];
        let found: Vec<String> = matching(&all, "FE").into_iter().map(|reply| reply.shortcut).collect();
        assert_eq!(found, ["fees", "kyc"]);
        assert_eq!(having(&all, "/away").len(), 1);
    }
}
