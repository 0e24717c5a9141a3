//! A colleague: who it is, the way to write, and the conversations both take part in.

use crate::{
    client,
    components::{
        base::{
            avatar::{Avatar, AvatarSize},
            empty::{Empty, EmptyKind},
            icon::{Icon, IconSize},
        },
        form::act_button::ActButton,
    },
    i18n::t,
    pages::{
        contacts::detail::SharedChats, explain, presence::presence_of, role_name, submission::Submission,
    },
    routes::Route,
    state::{chats::Chats, session::CurrentSession},
};
use causeway_api::{
    PersonId,
    chats::{Chat, CreateChat},
    people::Person,
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// The chosen colleague, or why the colleague is not shown.
#[component]
pub(super) fn Colleague(id: PersonId) -> impl IntoView {
    let found = load(id);
    view! {
        <section class="pane pane--content" id="content" aria-labelledby="ct-title">
            <div class="pane__scroll">
                {move || match found.get() {
                    None => {
                        view! {
                            <p class="notice" role="status">
                                {t("loading")}
                            </p>
                        }
                            .into_any()
                    }
                    Some(Err(why)) => {
                        view! {
                            <Empty title=t("failed-title") text=why kind=EmptyKind::Failed>
                                <a class="btn" href=Route::Contacts.href()>
                                    {t("back-to-contacts")}
                                </a>
                            </Empty>
                        }
                            .into_any()
                    }
                    Some(Ok(person)) => view! { <Shown person=person /> }.into_any(),
                }}
            </div>
        </section>
    }
}

/// Loads a colleague; the error is in words.
fn load(id: PersonId) -> RwSignal<Option<Result<Person, String>>> {
    let found = RwSignal::new(None);
    spawn_local(async move {
        let answer = client::people::list_people().await.map_err(|error| explain(&error));
        let one = answer.and_then(|people| {
            people.into_iter().find(|person| person.id == id).ok_or_else(|| t("contact-missing"))
        });
        found.try_set(Some(one));
    });
    found
}

/// A colleague who is there.
#[component]
fn Shown(person: Person) -> impl IntoView {
    let id = person.id;
    // Compliance officers read and never write.
    let writes = expect_context::<CurrentSession>().get().me.writes_as_employee();
    let is_me = id == expect_context::<Chats>().me();
    let presence = presence_of(Signal::stored((!is_me).then_some(id)));
    let fact = |label: &'static str, value: String| {
        view! {
            <dt>{t(label)}</dt>
            <dd dir="auto">{value}</dd>
        }
    };
    let role = person.role.map(|role| fact("role", role_name(role)));
    let job = (!person.about.is_empty()).then(|| fact("job-description", person.about.clone()));
    view! {
        <header class="contact-head">
            <a class="icon-btn only-narrow" href=Route::Contacts.href() aria-label=t("back-to-contacts")>
                <Icon name="i-left" />
            </a>
            <Avatar name=person.name.clone() kind=person.kind size=AvatarSize::Xl />
            <div class="contact-head__who">
                <h2 class="contact-head__name" id="ct-title" dir="auto" lang=person.name_lang>
                    {person.name}
                </h2>
                <p class="contact-head__pills">
                    <span class="pill pill--colleague">
                        <Icon name="i-building-b" size=IconSize::Xs />
                        {t("colleague")}
                    </span>
                    " "
                    <span class="muted">{presence}</span>
                </p>
            </div>
            {writes
                .then(|| {
                    view! {
                        <div class="btn-row">
                            <MessageButton id=id />
                        </div>
                    }
                })}
        </header>
        <div class="contact-body stack-4">
            <dl class="facts">{role} {job}</dl>
            <section class="stack-2" aria-labelledby="ct-chats">
                <h3 class="overline" id="ct-chats">
                    {t("contact-conversations")}
                </h3>
                <SharedChats who=Signal::derive(move || vec![id]) />
            </section>
        </div>
    }
}

/// The button that opens the chat with a person.
#[component]
fn MessageButton(id: PersonId) -> impl IntoView {
    let (chats, navigate) = (expect_context::<Chats>(), StoredValue::new_local(use_navigate()));
    let opening = Submission::new().in_toasts();
    let message = move |()| {
        let ask = move || async move { client::chats::create_chat(&CreateChat::Direct { with: id }).await };
        opening.send(ask, move |chat: Chat| {
            let id = chat.id;
            chats.upsert(chat);
            navigate.try_with_value(|navigate| navigate(&Route::Chat(id).href(), NavigateOptions::default()));
        });
    };
    view! {
        <ActButton class="btn btn--primary" is_busy=opening.is_busy() on_act=message>
            <Icon name="i-chat" size=IconSize::Sm />
            {t("message")}
        </ActButton>
    }
}
