//! The head of a contact: who it is, and what can be done.

use crate::{
    client,
    components::{
        base::{
            avatar::{Avatar, AvatarSize},
            icon::{Icon, IconSize},
        },
        form::act_button::ActButton,
    },
    i18n::t,
    pages::submission::Submission,
    routes::Route,
    state::{chats::Chats, toasts::Toasts},
};
use causeway_api::{
    chats::{Chat, CreateChat},
    contacts::Contact,
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// Name and pills of a contact, and the buttons to write to the client and to archive.
#[component]
pub(super) fn Head(
    contact: Signal<Option<Contact>>,
    /// Shows the contact as the server has returned it.
    put: Callback<Contact>,
) -> impl IntoView {
    let person = move || contact.with(|contact| contact.as_ref().map(|contact| contact.person.clone()));
    let is_archived = Memo::new(move |_| contact.with(|contact| contact.as_ref().is_some_and(is_archived)));
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
                    {move || is_archived.get().then(|| view! { <span class="pill">{t("archived")}</span> })}
                </p>
            </div>
            <div class="btn-row">
                <MessageButton contact=contact />
                <ArchiveButton contact=contact is_archived=is_archived put=put />
            </div>
        </header>
    }
}

fn is_archived(contact: &Contact) -> bool {
    contact.archived_at.is_some()
}

/// The button that opens the chat with a client.
#[component]
fn MessageButton(contact: Signal<Option<Contact>>) -> impl IntoView {
    let (chats, navigate) = (expect_context::<Chats>(), StoredValue::new_local(use_navigate()));
    let opening = Submission::new().in_toasts();
    let message = move |()| {
        let Some(id) = contact.with_untracked(|contact| contact.as_ref().map(|it| it.person.id)) else {
            return;
        };
        let ask = move || async move { client::chats::create_chat(&CreateChat::Direct { with: id }).await };
        opening.send(ask, move |chat: Chat| {
            let id = chat.id;
            chats.upsert(chat);
            navigate.try_with_value(|navigate| navigate(&Route::Chat(id).href(), NavigateOptions::default()));
        });
    };
    view! {
        <ActButton is_busy=opening.is_busy() on_act=message>
            <Icon name="i-chat" size=IconSize::Sm />
            {t("message")}
        </ActButton>
    }
}

/// The button that archives a client, or restores one who is archived.
#[component]
fn ArchiveButton(
    contact: Signal<Option<Contact>>,
    is_archived: Memo<bool>,
    put: Callback<Contact>,
) -> impl IntoView {
    let (toasts, archiving) = (expect_context::<Toasts>(), Submission::new().in_toasts());
    let archive = move |()| {
        let Some(id) = contact.with_untracked(|contact| contact.as_ref().map(|it| it.person.id)) else {
            return;
        };
        let restores = is_archived.get_untracked();
        archiving.send(
            move || client::contacts::set_archived(id, !restores),
            move |new: Contact| {
                toasts.say(t(if restores { "contact-restored" } else { "contact-archived" }));
                put.run(new);
            },
        );
    };
    view! {
        <ActButton is_busy=archiving.is_busy() on_act=archive>
            {move || t(if is_archived.get() { "restore" } else { "archive" })}
        </ActButton>
    }
}
