//! The field of a message, with what can be put into it, and the button that sends.

use super::{
    editing,
    emoji_picker::{EmojiButton, EmojiSource},
    mentioning::Mentionable,
    saved_replies::{ReplySource, SavedRepliesButton},
    sends,
    suggesting::{SuggestionList, Suggestions},
};
use crate::{
    components::{
        base::icon::Icon,
        chat::{
            attach_button::{AttachButton, Attaching},
            chosen_files,
            tray::Tray,
            voice::recorder::{RecordButton, Recording},
        },
        form::focus::is_touch,
    },
    i18n::{Arg, t, tx},
};
use leptos::{html::Textarea, prelude::*};

/// The field itself, and the button that sends.
#[component]
pub(super) fn TextBox(
    field: NodeRef<Textarea>,
    /// What is written so far.
    text: RwSignal<String>,
    /// Whom it goes to.
    to: String,
    is_too_long: Memo<bool>,
    attaching: Option<Attaching>,
    recording: Option<Recording>,
    mentioning: Option<Callback<(), Vec<Mentionable>>>,
    emoji: Option<EmojiSource>,
    replies: Option<ReplySource>,
    /// The text is not to go at once.
    on_later: Option<Callback<()>>,
    on_draft: Callback<String>,
    /// Enter was pressed.
    on_send: Callback<()>,
) -> impl IntoView {
    let change = Callback::new(move |typed: String| {
        on_draft.run(typed.clone());
        text.set(typed);
    });
    let offers = (mentioning.is_some() || replies.is_some())
        .then(|| Suggestions::new(field, mentioning, replies, change));
    let look = move || offers.into_iter().for_each(Suggestions::look);
    let input = move |event| {
        change.run(event_target_value(&event));
        look();
    };
    let insert = Callback::new(move |words: String| {
        if let Some(field) = editing::of(field) {
            change.run(editing::insert(&field, &words));
            editing::focus(&field);
        }
    });
    let leave = Callback::new(move |()| editing::of(field).iter().for_each(editing::focus));
    let press = move |event: web_sys::KeyboardEvent| {
        if offers.is_some_and(|offers| offers.press(&event)) {
            return;
        }
        // Asked anew each time: a tablet gets and loses its keyboard.
        if sends(&event) && !is_touch() {
            event.prevent_default();
            on_send.run(());
        }
    };
    let paste = move |event: web_sys::Event| {
        let pasted = attaching.map(|attaching| (attaching, chosen_files::pasted(&event)));
        if let Some((attaching, files)) = pasted.filter(|(_, files)| !files.is_empty()) {
            event.prevent_default();
            attaching.on_files.run(files);
        }
    };
    view! {
        <div
            class="composer__box"
            class:composer__box--attach=attaching.is_some()
            data-invalid=move || is_too_long.get().then_some("true")
        >
            {attaching.map(|attaching| view! { <Tray items=attaching.items actions=attaching.actions /> })}
            {attaching.map(|attaching| view! { <AttachButton attaching=attaching /> })}
            <textarea
                node_ref=field
                class="composer__input"
                rows="1"
                aria-label=t("message")
                dir="auto"
                enterkeyhint=if is_touch() { "enter" } else { "send" }
                aria-describedby="composer-hint composer-count"
                aria-autocomplete=offers.map(|_| "list")
                aria-activedescendant=move || offers.and_then(Suggestions::active)
                on:click=move |_| look()
                on:blur=move |_| offers.into_iter().for_each(Suggestions::close)
                aria-invalid=move || is_too_long.get().then_some("true")
                placeholder=tx("write-to", &[("name", Arg::Text(&to))])
                on:input=input
                on:keydown=press
                on:paste=move |event| paste(event.into())
            ></textarea>
            {offers.map(|list| view! { <SuggestionList list=list /> })}
            <div class="composer__tools">
                {emoji.map(|source| view! { <EmojiButton source=source on_emoji=insert on_leave=leave /> })}
                {replies
                    .map(|source| view! { <SavedRepliesButton source=source on_text=insert on_leave=leave /> })}
                {recording.map(|recording| view! { <RecordButton recording=recording /> })}
                {on_later
                    .map(|later| {
                        view! {
                            <Show when=move || text.with(|text| !text.trim().is_empty())>
                                <button
                                    class="icon-btn"
                                    type="button"
                                    aria-label=t("send-later")
                                    aria-haspopup="dialog"
                                    on:click=move |_| later.run(())
                                >
                                    <Icon name="i-clock" />
                                </button>
                            </Show>
                        }
                    })}
                <button class="icon-btn icon-btn--primary" type="submit" aria-label=t("send")>
                    <Icon name="i-send" />
                </button>
            </div>
        </div>
    }
}
