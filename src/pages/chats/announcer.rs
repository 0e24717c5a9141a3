//! What screen readers announce: messages that arrive while the conversation is open, and nothing else. The rows of the
//! timeline are not announced, because scrolling draws them again.

use crate::components::chat::words::message_words;
use crate::{
    i18n::{Arg, t, tx},
    state::chats::Chats,
};
use causeway_api::{
    ChatId,
    chats::{Chat, Message},
};
use leptos::prelude::*;

/// A region that is read out when something is added to it.
#[component]
pub(super) fn Announcer(id: ChatId, chat: ArcRwSignal<Chat>) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let new = Memo::new(move |_| {
        chats
            .heard
            .with(|heard| heard.iter().filter(|message| message.chat == id).cloned().collect::<Vec<_>>())
    });
    let words = move |message: Message| {
        let name = chat.with_untracked(|chat| {
            let sender = chat.members.iter().find(|member| member.person.id == message.sender);
            sender.map(|member| member.person.name.clone())
        });
        let name = name.unwrap_or_else(|| t("former-member"));
        tx("message-heard", &[("name", Arg::Text(&name)), ("text", Arg::Text(&message_words(&message)))])
    };
    view! {
        <div class="visually-hidden" aria-live="polite" aria-relevant="additions" data-testid="announcer">
            <For each=move || new.get() key=|message| message.id let:message>
                <p>{words(message)}</p>
            </For>
        </div>
    }
}
