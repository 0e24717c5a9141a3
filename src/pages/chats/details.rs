//! The details of a conversation: who takes part, on which channel, since when.

use crate::{
    client,
    components::base::{
        avatar::{Avatar, AvatarSize, spoken_kind},
        channel::{ChannelGlyph, channel_name},
        icon::{Icon, IconSize},
    },
    i18n::{self, t},
    pages::explain,
    state::{chats::Chats, delivery, session::CurrentSession, toasts::Toasts},
};
use causeway_api::{
    ChatId,
    chats::{Chat, ChatKind, Member},
    paths::Side,
    people::{Person, PersonKind, Role},
};
use leptos::{prelude::*, task::spawn_local};

/// The panel beside a conversation.
#[component]
pub fn Details(id: ChatId, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let me = chats.me();
    let session = use_context::<CurrentSession>();
    let is_external = session.is_some_and(|session| session.get().me.role == Some(Role::ExternalUser));
    chats.row(id).map(|chat| {
        move || {
            let chat = chat.get();
            let title = delivery::title(&chat, me);
            let kind = super::chat_row::ring(&chat, me);
            let (pill, word, icon) = match kind {
                PersonKind::Client => ("pill pill--client", "client", "i-person"),
                PersonKind::Colleague => ("pill pill--colleague", "colleague", "i-building-b"),
            };
            let about = delivery::counterpart(&chat, me).map(|person| person.about.clone());
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
                    <header class="profile">
                        <Avatar name=title.clone() kind=kind size=AvatarSize::Xl />
                        <h2 class="profile__name">{title}</h2>
                        {about.map(|about| view! { <p class="muted">{about}</p> })}
                        <p>
                            <span class=pill>
                                <Icon name=icon size=IconSize::Xs />
                                {t(word)}
                            </span>
                        </p>
                    </header>
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
                    <section class="section" aria-labelledby="details-participants">
                        <h3 class="overline" id="details-participants">
                            {t("participants")}
                        </h3>
                        {chat.members.iter().map(|member| participant(member, member.person.id == me)).collect_view()}
                        {(is_group && !is_external).then(|| view! { <AddParticipant chat=chat.clone() /> })}
                    </section>
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
                    {is_group.then(|| view! { <Leave id=id /> })}
                </aside>
            }
        }
    })
}

fn participant(member: &Member, is_me: bool) -> impl IntoView + use<> {
    let person = member.person.clone();
    let name = if is_me { format!("{} ({})", person.name, t("you-in-list")) } else { person.name.clone() };
    view! {
        <div class="mini">
            <Avatar name=person.name.clone() kind=person.kind size=AvatarSize::Sm spoken=spoken_kind(person.kind) />
            <span lang=person.name_lang>{name}<span class="mini__note">{person.about}</span></span>
        </div>
    }
}

/// Adds someone to a group, who sees what is written from then on.
#[component]
fn AddParticipant(chat: Chat) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let toasts = expect_context::<Toasts>();
    let people = RwSignal::new(None::<Vec<Person>>);
    let id = chat.id;
    let open = move |_| {
        let present: Vec<_> = chat.members.iter().map(|member| member.person.id).collect();
        spawn_local(async move {
            match client::people::list_people().await {
                Ok(all) => {
                    people.try_set(Some(
                        all.into_iter().filter(|person| !present.contains(&person.id)).collect(),
                    ));
                }
                Err(error) => toasts.error(explain(&error)),
            }
        });
    };
    let add = move |event: leptos::ev::Event| {
        let Ok(person) = event_target_value(&event).parse() else { return };
        spawn_local(async move {
            match client::chats::add_member(id, person).await {
                Ok(chat) => chats.upsert(chat),
                Err(error) => toasts.error(explain(&error)),
            }
            people.try_set(None);
        });
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

/// Leaves a group, after a second thought.
#[component]
fn Leave(id: ChatId) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let is_asked = RwSignal::new(false);
    let leave = move |_| {
        spawn_local(async move {
            if let Err(error) = client::chats::leave_chat(id).await {
                toasts.error(explain(&error));
            }
        });
    };
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
