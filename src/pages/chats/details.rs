//! The details of a conversation: who takes part, on which channel, since when; and what can be done with a group.

mod add_participant;
mod address;
mod files;
mod manage;
mod participants;
mod pinned;

use crate::{
    components::base::{
        avatar::{Avatar, AvatarSize},
        channel::{ChannelGlyph, channel_name},
        icon::{Icon, IconSize},
    },
    i18n::{self, t},
    pages::presence::presence_of,
    state::{chats::Chats, delivery},
};
use add_participant::AddParticipant;
use causeway_api::{
    ChatId,
    chats::{Chat, ChatKind, manages_group},
    paths::Side,
    people::{Person, PersonKind},
};
use leptos::prelude::*;
use manage::{LeaveGroup, RemoveMember, RenameGroup};
use participants::Participants;
use pinned::Pinned;

pub(crate) use address::is_details_open;
pub(in crate::pages) use files::Files;

/// The dialog that is open. It stays open whatever happens in the conversation meanwhile.
#[derive(Clone, PartialEq, Eq)]
enum Asked {
    Add,
    Rename,
    Remove(Person),
    Leave,
}

/// What the viewer can do with the conversation.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Rights {
    leaves: bool,
    adds: bool,
    manages: bool,
}

impl Rights {
    fn of(chat: &Chat, chats: Chats) -> Self {
        if chat.kind != ChatKind::Group || chats.side != Side::Portal {
            return Self::default();
        }
        let me = chats.me();
        let adds = delivery::own(chat, me).is_some_and(|own| own.person.writes_as_employee());
        let members = chat.members.iter().map(|member| &member.person);
        Self { leaves: true, adds, manages: manages_group(chat.created_by, members, me) }
    }
}

/// The panel next to a conversation.
#[component]
pub fn Details(id: ChatId, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let chats = expect_context::<Chats>();
    chats.row(id).map(|chat| {
        let asked = RwSignal::new(None::<Asked>);
        let for_rights = chat.clone();
        let rights = Memo::new(move |_| for_rights.with(|chat| Rights::of(chat, chats)));
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
                <Head chat=chat.clone() rights=rights asked=asked />
                <Channels chat=chat.clone() />
                <Participants chat=chat.clone() rights=rights asked=asked />
                <Pinned chat=chat.clone() />
                <Files chat=chat.clone() heading=t("files") />
                <Record chat=chat.clone() />
                <Show when=move || rights.get().leaves>
                    <section class="section">
                        <button
                            class="btn btn--danger"
                            type="button"
                            aria-haspopup="dialog"
                            on:click=move |_| asked.set(Some(Asked::Leave))
                        >
                            {t("leave-group")}
                        </button>
                    </section>
                </Show>
                <Dialogs chat=chat asked=asked />
            </aside>
        }
    })
}

/// The dialog that was asked for.
#[component]
fn Dialogs(chat: ArcRwSignal<Chat>, asked: RwSignal<Option<Asked>>) -> impl IntoView {
    let close = move |()| drop(asked.try_set(None));
    move || {
        let chat = chat.clone();
        asked.get().map(|asked| match asked {
            Asked::Add => view! { <AddParticipant chat=chat on_close=close /> }.into_any(),
            Asked::Rename => view! { <RenameGroup chat=chat on_close=close /> }.into_any(),
            Asked::Remove(person) => {
                view! { <RemoveMember chat=chat person=person on_close=close /> }.into_any()
            }
            Asked::Leave => view! { <LeaveGroup chat=chat on_close=close /> }.into_any(),
        })
    }
}

/// The name and kind of the conversation, and the button that renames a group.
#[component]
fn Head(chat: ArcRwSignal<Chat>, rights: Memo<Rights>, asked: RwSignal<Option<Asked>>) -> impl IntoView {
    let (me, for_other) = (expect_context::<Chats>().me(), chat.clone());
    let shown = Memo::new(move |_| {
        chat.with(|chat| {
            let about: Vec<_> = delivery::counterpart(chat, me)
                .map(|person| [person.company_role.clone(), person.about.clone()])
                .into_iter()
                .flatten()
                .filter(|line| !line.is_empty())
                .collect();
            (delivery::title(chat, me), super::chat_row::ring(chat, me), about)
        })
    });
    let presence = presence_of(Signal::derive(move || {
        for_other.with(|chat| {
            delivery::counterpart(chat, me)
                .filter(|person| person.kind == PersonKind::Colleague)
                .map(|person| person.id)
        })
    }));
    let profile = move || {
        let (title, kind, about) = shown.get();
        let (pill, word, icon) = match kind {
            PersonKind::Client => ("pill pill--client", "client", "i-person"),
            PersonKind::Colleague => ("pill pill--colleague", "colleague", "i-building-b"),
        };
        view! {
            <Avatar name=title.clone() kind=kind size=AvatarSize::Xl />
            <h2 class="profile__name" dir="auto">
                {title}
            </h2>
            {about.into_iter().map(|line| view! { <p class="muted">{line}</p> }).collect_view()}
            {move || presence.get().map(|presence| view! { <p class="muted">{presence}</p> })}
            <p>
                <span class=pill>
                    <Icon name=icon size=IconSize::Xs />
                    {t(word)}
                </span>
            </p>
        }
    };
    view! {
        <header class="profile">
            {profile} <Show when=move || rights.get().manages>
                <button
                    class="btn btn--sm"
                    type="button"
                    aria-haspopup="dialog"
                    on:click=move |_| asked.set(Some(Asked::Rename))
                >
                    <Icon name="i-edit" size=IconSize::Sm />
                    {t("rename-group")}
                </button>
            </Show>
        </header>
    }
}

/// The channel of the conversation.
#[component]
fn Channels(chat: ArcRwSignal<Chat>) -> impl IntoView {
    let channel = Memo::new(move |_| chat.with(|chat| chat.channel));
    view! {
        <section class="section" aria-labelledby="details-channels">
            <h3 class="overline" id="details-channels">
                {t("channels")}
            </h3>
            {move || {
                view! {
                    <div class="mini">
                        <ChannelGlyph channel=channel.get() />
                        <span>{channel_name(channel.get())}</span>
                        <span class="pill pill--success">{t("linked")}</span>
                    </div>
                }
            }}
        </section>
    }
}

/// Since when the conversation is recorded, and its number of messages.
#[component]
fn Record(chat: ArcRwSignal<Chat>) -> impl IntoView {
    let created_at = chat.with_untracked(|chat| chat.created_at);
    let count = Memo::new(move |_| chat.with(|chat| chat.last_ordinal));
    view! {
        <section class="section" aria-labelledby="details-record">
            <h3 class="overline" id="details-record">
                {t("record")}
            </h3>
            <dl class="facts">
                <dt>{t("created")}</dt>
                <dd>{i18n::full_date(created_at)}</dd>
                <dt>{t("messages")}</dt>
                <dd class="num">{move || count.get()}</dd>
            </dl>
        </section>
    }
}
