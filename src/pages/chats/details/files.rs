//! The files of a conversation, the newest first.

use crate::{client::files as client, components::chat::attachments::Document, i18n::t, state::chats::Chats};
use causeway_api::{
    chats::{Chat, Message},
    files::ChatFilesQuery,
    query::Ordinal,
};
use leptos::{prelude::*, task::spawn_local};

/// Messages that a page brings at most: fewer, and it was the last one.
const PAGE: usize = 50;

/// The list of files, with a button to older ones.
#[component]
pub(in crate::pages) fn Files(
    chat: ArcRwSignal<Chat>,
    /// What stands above them.
    #[prop(into)]
    heading: Signal<String>,
) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let id = chat.with_untracked(|chat| chat.id);
    let heading_id = format!("files-{id}");
    let messages = RwSignal::new(Vec::<Message>::new());
    let (has_failed, has_older) = (RwSignal::new(false), RwSignal::new(false));
    let load = move |before: Option<i64>| {
        spawn_local(async move {
            let query = ChatFilesQuery { before: before.and_then(Ordinal::new) };
            let page = client::list_chat_files(chats.side, id, query).await;
            has_failed.try_set(page.is_err());
            let Ok(page) = page else { return };
            has_older.try_set(page.messages.len() >= PAGE);
            messages.try_update(|known| {
                match before {
                    Some(before) => known.retain(|message| message.ordinal >= before),
                    None => known.clear(),
                }
                known.extend(page.messages);
            });
        });
    };
    // Whenever a message with files comes, or one is deleted.
    let newest = Memo::new(move |_| {
        chat.with(|chat| {
            let last = chat.last_message.as_ref();
            last.filter(|last| !last.content.is_text() || last.deleted_at.is_some())
                .map(|last| (last.ordinal, last.deleted_at))
        })
    });
    Effect::new(move |before: Option<Option<(i64, Option<i64>)>>| {
        let newest = newest.get();
        if before.is_none() || (newest.is_some() && before != Some(newest)) {
            load(None);
        }
        newest
    });
    let oldest = move || messages.with_untracked(|messages| messages.last().map(|message| message.ordinal));
    let rows = move || {
        let files = messages.with(|messages| {
            messages.iter().flat_map(|message| message.content.files().to_vec()).collect::<Vec<_>>()
        });
        if files.is_empty() {
            return view! { <p class="muted">{t(if has_failed.get() { "files-failed" } else { "files-none" })}</p> }
                .into_any();
        }
        let row = |file| view! { <li><Document file=file side=chats.side is_bare=true /></li> };
        view! { <ul>{files.into_iter().map(row).collect_view()}</ul> }.into_any()
    };
    view! {
        <section class="section" aria-labelledby=heading_id.clone()>
            <h3 class="overline" id=heading_id.clone()>
                {move || heading.get()}
            </h3>
            {rows}
            <Show when=move || has_older.get()>
                <button class="btn btn--sm" type="button" on:click=move |_| load(oldest())>
                    {t("files-show-more")}
                </button>
            </Show>
        </section>
    }
}
