//! Notifications: chats with unread messages, and what else the user is told of.

use crate::{
    client,
    components::base::{
        avatar::{Avatar, spoken_kind},
        channel::ChannelBadge,
        empty::{Empty, Failed},
        icon::Icon,
        rail::unread_words,
    },
    i18n::{self, Arg, t, tx},
    pages::{
        chats::chat_row::{preview, ring},
        explain,
    },
    routes::Route,
    state::{chats::Chats, delivery, notifications::Notifications as State, toasts::Toasts},
};
use causeway_api::{
    ChatId, Millis,
    chats::Channel,
    deliveries::Medium,
    notifications::{Notice, Notification},
    people::PersonKind,
};
use leptos::{prelude::*, task::spawn_local};
use std::collections::HashSet;
use uuid::Uuid;

/// A chat with unread messages.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct UnreadChat {
    id: ChatId,
    title: String,
    kind: PersonKind,
    channel: Channel,
    /// What was written last.
    text: String,
    unread: i64,
    /// When something last happened.
    at: Millis,
}

/// Chats with unread messages, then the user's notifications, newest first.
#[component]
pub fn Notifications() -> impl IntoView {
    super::set_title(&t("nav-notifications"));
    let (state, chats) = (expect_context::<State>(), expect_context::<Chats>());
    let unread = Memo::new(move |_| unread_chats(chats));
    mark_as_seen(state);
    let is_empty = move || unread.with(Vec::is_empty) && has_notices(state) == Some(false);
    view! {
        <main class="portal__main" id="main" tabindex="-1">
            <section class="pane" aria-labelledby="section-title">
                <header class="pane__head pane__head--ruled">
                    <h1 class="pane__title" id="section-title">
                        {t("nav-notifications")}
                    </h1>
                </header>
                <div class="pane__scroll notices">
                    {move || {
                        let error = state.error.get();
                        error.map(|error| view! { <Failed text=explain(&error) on_retry=move |()| state.load() /> })
                    }} <Show when=is_empty>
                        <Empty title=t("notifications-empty-title") text=t("notifications-empty-text")>
                            <a class="btn" href=Route::Chats.href()>
                                {t("go-to-chats")}
                            </a>
                        </Empty>
                    </Show> <UnreadChats unread=unread /> <Notices state=state />
                </div>
            </section>
        </main>
    }
}

/// Returns the chats with unread messages, in the order of the chat list.
fn unread_chats(chats: Chats) -> Vec<UnreadChat> {
    let me = chats.me();
    chats.order.with(|order| {
        let rows = order.iter().filter_map(|id| {
            let chat = chats.get(*id)?.get();
            let unread = delivery::unread(&chat, me);
            (unread > 0).then(|| UnreadChat {
                id: chat.id,
                title: delivery::title(&chat, me),
                kind: ring(&chat, me),
                channel: chat.channel,
                text: preview(&chat, me),
                unread,
                at: delivery::activity(&chat),
            })
        });
        rows.collect()
    })
}

/// Whether there are notifications, once they are loaded.
fn has_notices(state: State) -> Option<bool> {
    state.list.with(|list| list.as_ref().map(|list| !list.page.items.is_empty()))
}

/// Tells the server that what is on the screen has been seen. The page shows it as new all the same.
fn mark_as_seen(state: State) {
    let toasts = expect_context::<Toasts>();
    Effect::new(move |_| {
        let newest = state.list.with(|list| {
            let unread = list.as_ref().filter(|list| list.unread > 0);
            unread.and_then(|list| list.page.items.first().map(|it| it.at))
        });
        if let Some(up_to) = newest {
            spawn_local(async move {
                if let Err(error) = client::notifications::see_notifications(up_to).await {
                    toasts.error(explain(&error));
                }
            });
        }
    });
}

/// The notifications, and the button that loads older ones.
#[component]
fn Notices(state: State) -> impl IntoView {
    // What was new when it was first shown stays marked while the page is open.
    let fresh = StoredValue::new(HashSet::<Uuid>::new());
    let rows = move || {
        let list = state.list.get().unwrap_or_default().page.items;
        fresh.update_value(|fresh| fresh.extend(list.iter().filter(|it| !it.is_read).map(|it| it.id)));
        let row = |notice: Notification| {
            let is_new = fresh.with_value(|fresh| fresh.contains(&notice.id));
            view! { <Row notice=notice is_new=is_new /> }
        };
        list.into_iter().map(row).collect_view()
    };
    let has_older = move || state.list.with(|list| list.as_ref().is_some_and(|it| it.page.next.is_some()));
    view! {
        <Show when=move || has_notices(state) == Some(true)>
            <h2 class="overline">{t("notifications-title")}</h2>
            <ul class="config notices__list">{rows}</ul>
            <Show when=has_older>
                <p class="pager">
                    <button class="btn" type="button" on:click=move |_| state.load_older()>
                        {t("show-more")}
                    </button>
                </p>
            </Show>
        </Show>
    }
}

/// The chats with unread messages.
#[component]
fn UnreadChats(unread: Memo<Vec<UnreadChat>>) -> impl IntoView {
    let row = |row: UnreadChat| {
        let count = unread_words(row.unread);
        view! {
            <li class="notice-row notice-row--new">
                <Avatar name=row.title.clone() kind=row.kind spoken=spoken_kind(row.kind) />
                <div>
                    <a class="notice-row__link" href=Route::Chat(row.id).href()>
                        <b dir="auto">{row.title}</b>
                        " "
                        <span>{count}</span>
                    </a>
                    <p class="notice-row__text">
                        <ChannelBadge channel=row.channel />
                        <span class="truncate" dir="auto">
                            {row.text}
                        </span>
                    </p>
                </div>
                <time datetime=i18n::machine_time(row.at)>{i18n::list_time(row.at)}</time>
            </li>
        }
    };
    view! {
        <Show when=move || !unread.with(Vec::is_empty)>
            <h2 class="overline">{t("notifications-unread-chats")}</h2>
            <ul class="config notices__list">
                <For each=move || unread.get() key=|row| row.clone() children=row />
            </ul>
        </Show>
    }
}

/// One notification, which leads to what it is about.
#[component]
fn Row(notice: Notification, is_new: bool) -> impl IntoView {
    let (text, route) = words(&notice.notice);
    let href = route.href();
    let lead = match lead(&notice.notice) {
        Lead::Person(name, kind) => {
            view! { <Avatar name=name kind=kind spoken=spoken_kind(kind) /> }.into_any()
        }
        Lead::Thing(icon) => view! {
            <span class="notice-icon" aria-hidden="true">
                <Icon name=icon />
            </span>
        }
        .into_any(),
    };
    view! {
        <li class=if is_new { "notice-row notice-row--new" } else { "notice-row" }>
            {lead} <a class="notice-row__link" rel=crate::routes::rel_to(&href) href=href>
                {is_new.then(|| view! { <span class="visually-hidden">{t("notice-new")} ": "</span> })}
                {text}
            </a> <time datetime=i18n::machine_time(notice.at)>{i18n::list_time(notice.at)}</time>
        </li>
    }
}

/// What is drawn in front of a notification.
#[derive(Debug, PartialEq, Eq)]
enum Lead {
    /// Whom it is about.
    Person(String, PersonKind),
    /// The icon of what it is about.
    Thing(&'static str),
}

fn lead(notice: &Notice) -> Lead {
    match notice {
        Notice::OtpRouteMissing { name, .. }
        | Notice::Registered { name, .. }
        | Notice::ClientTransferred { name, .. } => Lead::Person(name.clone(), PersonKind::Client),
        Notice::Undelivered { name, is_user, .. } => {
            let kind = if *is_user { PersonKind::Colleague } else { PersonKind::Client };
            Lead::Person(name.clone(), kind)
        }
        Notice::DeviceLinked { .. } | Notice::DeviceUnlinked { .. } => Lead::Thing("i-laptop"),
        Notice::RegistrationClosed { .. } => Lead::Thing("i-user-add"),
    }
}

/// Returns what happened, in words, and the page that shows more.
fn words(notice: &Notice) -> (String, Route) {
    match notice {
        Notice::OtpRouteMissing { person, name, missing } => {
            let id = if missing == "email" { "notice-otp-route-email" } else { "notice-otp-route-phone" };
            (tx(id, &[("name", Arg::Text(name))]), Route::Contact(*person))
        }
        Notice::Registered { person, name } => {
            (tx("notice-registered", &[("name", Arg::Text(name))]), Route::Contact(*person))
        }
        Notice::RegistrationClosed { reason } => {
            (t(format!("notice-registration-closed-{}", reason.as_str())), Route::Registration)
        }
        Notice::DeviceLinked { device } => {
            (tx("notice-device-linked", &[("device", Arg::Text(device))]), Route::Devices)
        }
        Notice::DeviceUnlinked { device } => {
            (tx("notice-device-unlinked", &[("device", Arg::Text(device))]), Route::Devices)
        }
        Notice::Undelivered { person, name, is_user, medium, fault } => {
            let id =
                if *medium == Medium::Email { "notice-undelivered-email" } else { "notice-undelivered-sms" };
            let why = t(format!("undelivered-{}", fault.as_str()));
            let route = if *is_user { Route::Users } else { Route::Contact(*person) };
            (tx(id, &[("name", Arg::Text(name)), ("why", Arg::Text(&why))]), route)
        }
        Notice::ClientTransferred { person, name } => {
            (tx("notice-transferred", &[("name", Arg::Text(name))]), Route::Contact(*person))
        }
    }
}
