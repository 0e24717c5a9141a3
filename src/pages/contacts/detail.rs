//! A client: profile, channels, notes; sharing, archiving, editing.

mod info;
mod merging;
mod notes;

use super::channels::Channels;
use crate::{
    client,
    components::{
        base::{
            avatar::{Avatar, AvatarSize},
            empty::{Empty, EmptyKind},
            icon::{Icon, IconSize},
        },
        list::tabs::{Tab, Tabs},
    },
    i18n::{keep, t},
    pages::explain,
    routes::Route,
    state::{chats::Chats, toasts::Toasts},
};
use causeway_api::{
    PersonId, ProblemCode,
    chats::CreateChat,
    contacts::{Contact, Lists},
};
use info::{Edit, Info};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;
use notes::{Conversations, Notes};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Info,
    Channels,
    Notes,
    Conversations,
}

impl Part {
    const ALL: [Self; 4] = [Self::Info, Self::Channels, Self::Notes, Self::Conversations];

    fn key(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Channels => "channels",
            Self::Notes => "notes",
            Self::Conversations => "conversations",
        }
    }
}

/// The chosen client: head, and the tabs with profile, channels, notes and conversations.
#[component]
pub(super) fn Detail(id: PersonId) -> impl IntoView {
    let contact = keep(format!("contact.{id}"), || None::<Result<Contact, String>>);
    let load = move || {
        spawn_local(async move {
            let answer = client::contacts::get_contact(id).await;
            contact.try_set(Some(answer.map_err(|error| match error.code() {
                Some(ProblemCode::NotFound) => t("contact-missing"),
                _ => explain(&error),
            })));
        });
    };
    let changed = expect_context::<Chats>().news().contact_changed;
    Effect::new(move |_| {
        if changed.get().is_none_or(|who| who == id) {
            load();
        }
    });
    let lists = RwSignal::new(Lists::default());
    spawn_local(async move {
        // Names of lists are decoration here; what cannot be named is left out.
        if let Ok(all) = client::contacts::get_lists().await {
            lists.try_set(all);
        }
    });
    let (tab, is_editing) =
        (keep(format!("contact.tab.{id}"), || Part::Info), keep(format!("contact.editing.{id}"), || false));
    let is_there = Memo::new(move |_| contact.with(|contact| contact.as_ref().map(Result::is_ok)));
    view! {
        <section class="pane pane--content" id="content" aria-labelledby="ct-title">
            <div class="pane__scroll">
                {move || match is_there.get() {
                    None => {
                        view! {
                            <p class="notice" role="status">
                                {t("loading")}
                            </p>
                        }
                            .into_any()
                    }
                    Some(false) => {
                        let why = contact.get_untracked().and_then(Result::err).unwrap_or_default();
                        view! {
                            <Empty title=t("failed-title") text=why kind=EmptyKind::Failed>
                                <a class="btn" href=Route::Contacts.href()>
                                    {t("back-to-contacts")}
                                </a>
                            </Empty>
                        }
                            .into_any()
                    }
                    Some(true) => {
                        let shown = Signal::derive(move || contact.get().and_then(Result::ok));
                        let put = Callback::new(move |new: Contact| contact.set(Some(Ok(new))));
                        let edit = Callback::new(move |()| {
                            is_editing.set(true);
                            tab.set(Part::Info);
                        });
                        let parts = || {
                            Part::ALL
                                .map(|part| Tab {
                                    value: part,
                                    key: part.key(),
                                    label: t(format!("contact-{}", part.key())),
                                })
                                .to_vec()
                        };
                        let count = Callback::new(move |part| {
                            (part == Part::Notes).then(|| shown.get().map_or(0, |contact| contact.notes.len()))
                        });
                        view! {
                            <Head contact=shown put=put />
                            <Tabs
                                tabs=parts()
                                label=t("contact")
                                panel="contact-panel"
                                selected=tab
                                count=count
                                is_inset=true
                                on_select=move |part| tab.set(part)
                            />
                            <div
                                class="contact-body"
                                role="tabpanel"
                                id="contact-panel"
                                tabindex="0"
                                aria-label=move || t(format!("contact-{}", tab.get().key()))
                            >
                                {move || match (tab.get(), is_editing.get()) {
                                    (Part::Info, true) => {
                                        view! { <Edit id=id contact=shown put=put lists=lists is_editing=is_editing /> }
                                            .into_any()
                                    }
                                    (Part::Info, false) => {
                                        view! { <Info contact=shown put=put lists=lists is_editing=is_editing /> }
                                            .into_any()
                                    }
                                    (Part::Channels, _) => {
                                        view! { <Channels id=id contact=shown put=put edit=edit /> }.into_any()
                                    }
                                    (Part::Notes, _) => view! { <Notes id=id contact=shown put=put /> }.into_any(),
                                    (Part::Conversations, _) => view! { <Conversations contact=shown /> }.into_any(),
                                }}
                            </div>
                        }
                            .into_any()
                    }
                }}
            </div>
        </section>
    }
}

/// Name and pills of a contact, and the buttons to write to the client and to archive.
#[component]
fn Head(contact: Signal<Option<Contact>>, put: Callback<Contact>) -> impl IntoView {
    let (toasts, chats, navigate) = (expect_context::<Toasts>(), expect_context::<Chats>(), use_navigate());
    let person = move || contact.with(|contact| contact.as_ref().map(|contact| contact.person.clone()));
    let message = move |_| {
        let Some(person) = person() else { return };
        let navigate = navigate.clone();
        spawn_local(async move {
            match client::chats::create_chat(&CreateChat::Direct { with: person.id }).await {
                Ok(chat) => {
                    let id = chat.id;
                    chats.upsert(chat);
                    navigate(&Route::Chat(id).href(), leptos_router::NavigateOptions::default());
                }
                Err(error) => toasts.error(explain(&error)),
            }
        });
    };
    let archive = move |_| {
        let Some((id, archived)) =
            contact.with(|contact| contact.as_ref().map(|it| (it.person.id, it.archived_at.is_some())))
        else {
            return;
        };
        spawn_local(async move {
            match client::contacts::set_archived(id, !archived).await {
                Ok(new) => {
                    toasts.say(t(if archived { "contact-restored" } else { "contact-archived" }));
                    put.run(new);
                }
                Err(error) => toasts.error(explain(&error)),
            }
        });
    };
    let is_archived =
        move || contact.with(|contact| contact.as_ref().is_some_and(|it| it.archived_at.is_some()));
    view! {
        <header class="contact-head">
            <a class="icon-btn only-narrow" href=Route::Contacts.href() aria-label=t("back-to-contacts")>
                <Icon name="i-left" />
            </a>
            {move || person().map(|person| view! { <Avatar name=person.name kind=person.kind size=AvatarSize::Xl /> })}
            <div class="contact-head__who">
                <h2 class="contact-head__name" id="ct-title" lang=move || person().and_then(|it| it.name_lang)>
                    {move || person().map(|person| person.name)}
                </h2>
                <p class="muted">{move || person().map(|person| person.about)}</p>
                <p class="contact-head__pills">
                    <span class="pill pill--client">
                        <Icon name="i-person" size=IconSize::Xs />
                        {t("client")}
                    </span>
                    {move || is_archived().then(|| view! { <span class="pill">{t("archived")}</span> })}
                </p>
            </div>
            <div class="btn-row">
                <button class="btn" type="button" on:click=message>
                    <Icon name="i-chat" size=IconSize::Sm />
                    {t("message")}
                </button>
                <button class="btn" type="button" on:click=archive>
                    {move || t(if is_archived() { "restore" } else { "archive" })}
                </button>
            </div>
        </header>
    }
}
