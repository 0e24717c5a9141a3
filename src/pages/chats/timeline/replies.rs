//! What a message of the timeline replies to: found among the loaded ones, or asked for.

use crate::{
    components::chat::{
        quote::{Quote, Quoted},
        words::message_words,
    },
    i18n::t,
    state::timeline::Timeline,
};
use causeway_api::{
    MessageId, PersonId,
    chats::{Chat, Message},
};
use leptos::prelude::*;

/// How a message is quoted in a chat.
pub(in crate::pages::chats) fn quoted(message: &Message, chat: &Chat, me: PersonId) -> Quoted {
    let name = if message.sender == me {
        t("you")
    } else {
        let sender = chat.members.iter().find(|member| member.person.id == message.sender);
        sender.map_or_else(|| t("former-member"), |member| member.person.name.clone())
    };
    Quoted { name, text: message_words(message) }
}

/// The quote of a message that is replied to. A press leads to it.
#[component]
pub(super) fn RepliedTo(
    id: MessageId,
    me: PersonId,
    chat: ArcRwSignal<Chat>,
    timeline: RwSignal<Timeline>,
    /// It is not known: it is to be asked for, and the signal set once that is over.
    #[prop(into)]
    on_missing: Callback<RwSignal<bool>>,
    /// The reader wants to see the message at this place.
    #[prop(into)]
    on_go: Callback<i64>,
) -> impl IntoView {
    let found = Memo::new(move |_| timeline.with(|timeline| timeline.replied_to(id).cloned()));
    let is_asked = RwSignal::new(found.with_untracked(Option::is_some));
    if !is_asked.get_untracked() {
        on_missing.run(is_asked);
    }
    let go = move |()| {
        if let Some(place) = found.with_untracked(|found| found.as_ref().map(|found| found.ordinal)) {
            on_go.run(place);
        }
    };
    move || {
        let shown = found.with(|found| found.as_ref().map(|found| chat.with(|chat| quoted(found, chat, me))));
        (shown.is_some() || is_asked.get()).then(|| view! { <Quote quoted=shown on_press=go /> })
    }
}
