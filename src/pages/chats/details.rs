//! The details of a conversation: who takes part, on which channel, since when.

use crate::{
    client,
    components::base::{
        avatar::{Avatar, AvatarSize, spoken_kind},
        channel::{ChannelGlyph, channel_name},
        icon::{Icon, IconSize},
    },
    i18n::{self, t},
    pages::submission::Submission,
    state::{chats::Chats, delivery, session::CurrentSession},
};
use causeway_api::{
    ChatId, PersonId,
    chats::{Chat, ChatKind, Member},
    paths::Side,
    people::{Person, PersonKind, Role},
};
use leptos::prelude::*;

/// The panel next to a conversation.
#[component]
pub fn Details(id: ChatId, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let session = use_context::<CurrentSession>();
    let is_external = session.is_some_and(|session| session.get().me.role == Some(Role::ExternalUser));
    chats.row(id).map(|chat| {
        move || {
            let chat = chat.get();
            let is_group = chat.kind == ChatKind::Group && chats.side == Side::Portal;
            view! {
                <aside class="pane pane--side" id="details" aria-label=t("conversation-details")>
                    <button
                        class="icon-btn pane__close"
                        type="button"
                        aria-label=t("close-details")
                        on:click=move |_| on_close.run(())
                    >
                        <Icon name="i-x" />
                    </button>
                    {head(&chat, chats.me())}
                    {channels(&chat)}
                    <section class="section" aria-labelledby="details-participants">
                        <h3 class="overline" id="details-participants">
                            {t("participants")}
                        </h3>
                        {chat
                            .members
                            .iter()
                            .map(|member| participant(member, member.person.id == chats.me()))
                            .collect_view()}
                        {(is_group && !is_external).then(|| view! { <AddParticipant chat=chat.clone() /> })}
                    </section>
                    {record(&chat)}
                    {is_group.then(|| view! { <Leave id=id /> })}
                </aside>
            }
        }
    })
}

/// Draws the name and kind of the conversation.
fn head(chat: &Chat, me: PersonId) -> impl IntoView + use<> {
    let (title, kind) = (delivery::title(chat, me), super::chat_row::ring(chat, me));
    let (pill, word, icon) = match kind {
        PersonKind::Client => ("pill pill--client", "client", "i-person"),
        PersonKind::Colleague => ("pill pill--colleague", "colleague", "i-building-b"),
    };
    let about = delivery::counterpart(chat, me)
        .map(|person| [person.company_role.clone(), person.about.clone()])
        .into_iter()
        .flatten()
        .filter(|line| !line.is_empty());
    view! {
        <header class="profile">
            <Avatar name=title.clone() kind=kind size=AvatarSize::Xl />
            <h2 class="profile__name">{title}</h2>
            {about.map(|line| view! { <p class="muted">{line}</p> }).collect_view()}
            <p>
                <span class=pill>
                    <Icon name=icon size=IconSize::Xs />
                    {t(word)}
                </span>
            </p>
        </header>
    }
}

/// Draws the channel of the conversation.
fn channels(chat: &Chat) -> impl IntoView + use<> {
    view! {
        <section class="section" aria-labelledby="details-channels">
            <h3 class="overline" id="details-channels">
                {t("channels")}
            </h3>
            <div class="mini">
                <ChannelGlyph channel=chat.channel />
                <span>{channel_name(chat.channel)}</span>
                <span class="pill pill--success">{t("linked")}</span>
            </div>
        </section>
    }
}

/// Draws since when the conversation is recorded, and its number of messages.
fn record(chat: &Chat) -> impl IntoView + use<> {
    view! {
        <section class="section" aria-labelledby="details-record">
            <h3 class="overline" id="details-record">
                {t("record")}
            </h3>
            <dl class="facts">
                <dt>{t("created")}</dt>
                <dd>{i18n::full_date(chat.created_at)}</dd>
                <dt>{t("messages")}</dt>
                <dd class="num">{chat.last_ordinal}</dd>
            </dl>
        </section>
    }
}

/// Draws a member of the conversation.
fn participant(member: &Member, is_me: bool) -> impl IntoView + use<> {
    let person = member.person.clone();
    let name = if is_me { format!("{} ({})", person.name, t("you-in-list")) } else { person.name.clone() };
    view! {
        <div class="mini">
            <Avatar name=person.name.clone() kind=person.kind size=AvatarSize::Sm spoken=spoken_kind(person.kind) />
            <span lang=person.name_lang.clone()>{name}<span class="mini__note">{person.line().to_owned()}</span></span>
        </div>
    }
}

/// Adds a member to a group, who sees messages from then on.
#[component]
fn AddParticipant(chat: Chat) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let submission = Submission::new().in_toasts();
    let people = RwSignal::new(None::<Vec<Person>>);
    let id = chat.id;
    let present: Vec<_> = chat.members.iter().map(|member| member.person.id).collect();
    let open = move |_| {
        let present = present.clone();
        submission.send(client::people::list_people, move |all: Vec<Person>| {
            let absent = all.into_iter().filter(|person| !present.contains(&person.id)).collect();
            people.try_set(Some(absent));
        });
    };
    let add = move |event: leptos::ev::Event| {
        let Ok(person) = event_target_value(&event).parse() else { return };
        let done = move |chat| {
            chats.upsert(chat);
            people.try_set(None);
        };
        submission.send_or(
            move || client::chats::add_member(id, person),
            done,
            move |_| {
                people.try_set(None);
                false
            },
        );
    };
    move || match people.get() {
        None => view! {
            <button class="btn btn--sm" type="button" on:click=open.clone()>
                <Icon name="i-plus" size=IconSize::Sm />
                {t("add-participant")}
            </button>
        }
        .into_any(),
        Some(people) => view! {
            <label class="field">
                <span class="field__label">{t("add-participant")}</span>
                <select class="input" on:change=add>
                    <option value="">{t("choose")}</option>
                    {people
                        .into_iter()
                        .map(|person| view! { <option value=person.id.to_string()>{person.name}</option> })
                        .collect_view()}
                </select>
                <span class="field__hint">{t("add-participant-hint")}</span>
            </label>
        }
        .into_any(),
    }
}

/// Leaves a group, after a confirmation.
#[component]
fn Leave(id: ChatId) -> impl IntoView {
    let submission = Submission::new().in_toasts();
    let is_asked = RwSignal::new(false);
    let leave = move |_| submission.send(move || client::chats::leave_chat(id), |()| {});
    view! {
        <section class="section">
            <Show
                when=move || is_asked.get()
                fallback=move || {
                    view! {
                        <button class="btn btn--danger" type="button" on:click=move |_| is_asked.set(true)>
                            {t("leave-group")}
                        </button>
                    }
                }
            >
                <p>{t("leave-group-text")}</p>
                <div class="btn-row">
                    <button class="btn" type="button" on:click=move |_| is_asked.set(false)>
                        {t("cancel")}
                    </button>
                    <button class="btn btn--danger" type="button" on:click=leave>
                        {t("leave-group")}
                    </button>
                </div>
            </Show>
        </section>
    }
}
