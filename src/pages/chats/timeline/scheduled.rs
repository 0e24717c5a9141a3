//! Messages that go out later, below the others.

use crate::{
    client::{self, ClientError},
    components::base::icon::{Icon, IconSize},
    i18n::{self, Arg, t, tx},
    pages::{chats::composing::send_later::ChooseTime, explain, field_fault},
    state::{chats::Chats, toasts::Toasts},
};
use causeway_api::{ChatId, chats::ScheduledMessage};
use leptos::{prelude::*, task::spawn_local};

/// The messages of the viewer that wait in a chat.
#[component]
pub(super) fn ScheduledRows(id: ChatId) -> impl IntoView {
    let (chats, toasts) = (expect_context::<Chats>(), use_context::<Toasts>());
    let moving = RwSignal::new(None::<ScheduledMessage>);
    let all = Memo::new(move |_| chats.scheduled_in(id));
    view! {
        <For
            each=move || all.get()
            key=|waiting| (waiting.message.id, waiting.at, waiting.refused.clone())
            let:waiting
        >
            <ScheduledRow waiting=waiting moving=moving />
        </For>
        {move || {
            moving
                .get()
                .map(|waiting| {
                    let message = waiting.message.id;
                    view! {
                        <ChooseTime
                            at=Some(waiting.at)
                            on_time=move |at| {
                                moving.set(None);
                                spawn_local(async move {
                                    done(chats, toasts, id, client::chats::reschedule(message, at).await);
                                });
                            }
                            on_close=move |()| {
                                moving.try_set(None);
                            }
                        />
                    }
                })
        }}
    }
}

/// Looks again at what waits, and says what went wrong.
fn done(chats: Chats, toasts: Option<Toasts>, chat: ChatId, answer: Result<(), ClientError>) {
    if let (Err(error), Some(toasts)) = (&answer, toasts) {
        let words = ["message", "text", "at"].iter().find_map(|field| field_fault(error, field));
        toasts.error(words.unwrap_or_else(|| explain(error)));
    }
    chats.load_scheduled(chat);
}

/// One of them: when it goes out or why it did not, and what can be done about it.
#[component]
fn ScheduledRow(waiting: ScheduledMessage, moving: RwSignal<Option<ScheduledMessage>>) -> impl IntoView {
    let (chats, toasts) = (expect_context::<Chats>(), use_context::<Toasts>());
    let ScheduledMessage { message, chat, at, refused } = waiting.clone();
    let (id, text) = (message.id, message.text);
    let time = format!("{}, {}", i18n::full_date(at), i18n::clock_time(at));
    let when = match &refused {
        None => tx("goes-out", &[("time", Arg::Text(&time))]),
        Some(_) => tx("not-gone-out", &[("time", Arg::Text(&time))]),
    };
    let say = move |answer| done(chats, toasts, chat, answer);
    let send = move |_| {
        spawn_local(async move { say(client::chats::send_scheduled(id).await) });
    };
    let delete = move |_| spawn_local(async move { say(client::chats::cancel_scheduled(id).await) });
    let label = when.clone();
    let icon = if refused.is_some() { "i-alert" } else { "i-clock" };
    view! {
        <div class="group group--out" data-testid="scheduled">
            <div class="group__body">
                <article class="bubble bubble--scheduled" aria-label=label>
                    <p class="bubble__from">
                        <Icon name=icon size=IconSize::Xs />
                        {when}
                    </p>
                    <p class="bubble__text" dir="auto">
                        {text}
                    </p>
                    {refused.map(|why| view! { <p class="field__error">{t(why)}</p> })}
                </article>
                <p class="scheduled__acts">
                    <button class="link" type="button" on:click=move |_| moving.set(Some(waiting.clone()))>
                        {t("change-time")}
                    </button>
                    <span aria-hidden="true">" · "</span>
                    <button class="link" type="button" on:click=send>
                        {t("send-now")}
                    </button>
                    <span aria-hidden="true">" · "</span>
                    <button class="link" type="button" on:click=delete>
                        {t("delete")}
                    </button>
                </p>
            </div>
        </div>
    }
}
