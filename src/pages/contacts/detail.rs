//! A client: profile, channels, notes; sharing, archiving, editing.

use super::{channels::Channels, profile_form::ProfileForm};
use crate::{
    client,
    components::{
        avatar::{Avatar, AvatarSize},
        banner::ErrorBanner,
        empty::{Empty, EmptyKind},
        icon::{Icon, IconSize},
    },
    i18n::{self, Arg, country_name, t, tx},
    pages::explain,
    routes::Route,
    state::{chats::Chats, toasts::Toasts},
};
use causeway_api::{
    PersonId, ProblemCode,
    chats::CreateChat,
    contacts::{Contact, Lists},
    people::{Person, PersonKind},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tab {
    Info,
    Channels,
    Notes,
}

impl Tab {
    const ALL: [Self; 3] = [Self::Info, Self::Channels, Self::Notes];

    fn key(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Channels => "channels",
            Self::Notes => "notes",
        }
    }
}

/// The right pane.
#[component]
pub(super) fn Detail(id: PersonId) -> impl IntoView {
    let contact = RwSignal::new(None::<Result<Contact, String>>);
    let load = move || {
        spawn_local(async move {
            let answer = client::contacts::get_contact(id).await;
            contact.try_set(Some(answer.map_err(|error| match error.code() {
                Some(ProblemCode::NotFound) => t("contact-missing"),
                _ => explain(&error),
            })));
        });
    };
    let changed = expect_context::<Chats>().contact_changed;
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
    let (tab, is_editing) = (RwSignal::new(Tab::Info), RwSignal::new(false));
    let is_there = Memo::new(move |_| contact.with(|contact| contact.as_ref().map(Result::is_ok)));
    view! {
        <section class="pane pane--content" id="content" aria-labelledby="ct-title">
            <div class="pane__scroll">
                {move || match is_there.get() {
                    None => view! { <p class="notice" role="status">{t("loading")}</p> }.into_any(),
                    Some(false) => {
                        let why = contact.get_untracked().and_then(Result::err).unwrap_or_default();
                        view! {
                            <Empty title=t("failed-title") text=why kind=EmptyKind::Failed>
                                <a class="btn" href=Route::Contacts.href()>{t("back-to-contacts")}</a>
                            </Empty>
                        }
                        .into_any()
                    }
                    Some(true) => {
                        let shown = Signal::derive(move || contact.get().and_then(Result::ok));
                        let put = Callback::new(move |new: Contact| contact.set(Some(Ok(new))));
                        view! {
                            <Head contact=shown put=put/>
                            <Tabs tab=tab notes=Signal::derive(move || shown.get().map_or(0, |contact| contact.notes.len()))/>
                            <div class="contact-body" role="tabpanel" id="contact-panel" tabindex="0" aria-label=move || t(&format!("contact-{}", tab.get().key()))>
                                {move || match (tab.get(), is_editing.get()) {
                                    (Tab::Info, true) => view! { <Edit id=id contact=shown put=put lists=lists is_editing=is_editing/> }.into_any(),
                                    (Tab::Info, false) => view! { <Info contact=shown put=put lists=lists is_editing=is_editing/> }.into_any(),
                                    (Tab::Channels, _) => view! { <Channels id=id contact=shown put=put/> }.into_any(),
                                    (Tab::Notes, _) => view! { <Notes id=id contact=shown put=put/> }.into_any(),
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
                    chats.put(chat);
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
            <a class="icon-btn only-narrow" href=Route::Contacts.href() aria-label=t("back-to-contacts")><Icon name="i-left"/></a>
            {move || person().map(|person| view! { <Avatar name=person.name kind=person.kind size=AvatarSize::Xl/> })}
            <div class="contact-head__who">
                <h2 class="contact-head__name" id="ct-title" lang=move || person().and_then(|it| it.name_lang)>{move || person().map(|person| person.name)}</h2>
                <p class="muted">{move || person().map(|person| person.about)}</p>
                <p class="contact-head__pills">
                    <span class="pill pill--client"><Icon name="i-person" size=IconSize::Xs/>{t("client")}</span>
                    {move || is_archived().then(|| view! { <span class="pill">{t("archived")}</span> })}
                </p>
            </div>
            <div class="btn-row">
                <button class="btn" type="button" on:click=message><Icon name="i-chat" size=IconSize::Sm/>{t("message")}</button>
                <button class="btn" type="button" on:click=archive>{move || t(if is_archived() { "restore" } else { "archive" })}</button>
            </div>
        </header>
    }
}

#[component]
fn Tabs(tab: RwSignal<Tab>, notes: Signal<usize>) -> impl IntoView {
    let button = move |this: Tab| {
        view! {
            <button
                class="tabs__tab"
                role="tab"
                type="button"
                id=format!("t-{}", this.key())
                aria-controls="contact-panel"
                aria-selected=move || if tab.get() == this { "true" } else { "false" }
                tabindex=move || if tab.get() == this { "0" } else { "-1" }
                on:click=move |_| tab.set(this)
            >
                {t(&format!("contact-{}", this.key()))}
                {move || (this == Tab::Notes && notes.get() > 0).then(|| view! { " " <span class="count count--quiet" aria-hidden="true">{notes.get()}</span> })}
            </button>
        }
    };
    let move_by = move |event: leptos::ev::KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowRight" => 1,
            "ArrowLeft" => Tab::ALL.len() - 1,
            _ => return,
        };
        let at = Tab::ALL.iter().position(|this| *this == tab.get_untracked()).unwrap_or(0);
        let next = Tab::ALL[(at + step) % Tab::ALL.len()];
        tab.set(next);
        if let Some(element) = document().get_element_by_id(&format!("t-{}", next.key())) {
            use leptos::wasm_bindgen::JsCast as _;
            // A button that is there takes the focus.
            let _ = element.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    };
    view! {
        <div class="tabs tabs--inset" role="tablist" aria-label=t("contact")  on:keydown=move_by>{Tab::ALL.map(button).collect_view()}</div>
    }
}

#[component]
fn Info(
    contact: Signal<Option<Contact>>,
    put: Callback<Contact>,
    lists: RwSignal<Lists>,
    is_editing: RwSignal<bool>,
) -> impl IntoView {
    let fact = |label: &'static str, value: String| {
        (!value.is_empty()).then(|| view! { <dt>{t(label)}</dt><dd>{value}</dd> })
    };
    let facts = move || {
        contact.get().map(|contact| {
            let profile = contact.profile;
            let language =
                i18n::LANGUAGES.iter().find(|(tag, _)| *tag == profile.language).map(|it| it.1.to_owned());
            let country =
                if profile.country.is_empty() { String::new() } else { country_name(&profile.country) };
            let tags = lists.with(|lists| {
                let names =
                    profile.tags.iter().filter_map(|tag| lists.tags.iter().find(|item| item.id == *tag));
                names.map(|item| item.name.clone()).collect::<Vec<_>>().join(", ")
            });
            view! {
                <dl class="facts">
                    {fact("first-name", profile.first_name)}
                    {fact("last-name", profile.last_name)}
                    {fact("email", profile.email)}
                    {fact("phone-number", profile.phone)}
                    {fact("country", country)}
                    {fact("language", language.unwrap_or_default())}
                    {fact("external-company", contact.person.about)}
                    {fact("tags", tags)}
                </dl>
            }
        })
    };
    let duplicates = move || {
        let twins =
            contact.with(|contact| contact.as_ref().map(|it| it.duplicates.clone()).unwrap_or_default());
        (!twins.is_empty()).then(|| view! {
            <div class="banner banner--inset">
                <Icon name="i-alert"/>
                <div>
                    <p>{t("duplicates-text")}</p>
                    <p>{twins.into_iter().map(|twin| view! { <a class="link" href=Route::Contact(twin.id).href()>{twin.name}</a> " " }).collect_view()}</p>
                </div>
            </div>
        })
    };
    view! {
        {duplicates}
        {facts}
        <p class="btn-row"><button class="btn" type="button" on:click=move |_| is_editing.set(true)>{t("edit-profile")}</button></p>
        <Sharing contact=contact put=put/>
    }
}

#[component]
fn Sharing(contact: Signal<Option<Contact>>, put: Callback<Contact>) -> impl IntoView {
    let (people, chosen) = (RwSignal::new(Vec::<Person>::new()), RwSignal::new(String::new()));
    let toasts = expect_context::<Toasts>();
    spawn_local(async move {
        match client::people::list_people().await {
            Ok(all) => {
                let colleagues = all.into_iter().filter(|it| it.kind == PersonKind::Colleague).collect();
                people.try_set(colleagues);
            }
            Err(error) => toasts.error(explain(&error)),
        }
    });
    let shared =
        move || contact.with(|contact| contact.as_ref().map(|it| it.shared_with.clone()).unwrap_or_default());
    let others = move || {
        let shared = shared();
        people.get().into_iter().filter(|it| shared.iter().all(|with| with.id != it.id)).collect::<Vec<_>>()
    };
    let share = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let id = contact.with_untracked(|contact| contact.as_ref().map(|it| it.person.id));
        let (Some(id), Ok(colleague)) = (id, chosen.get_untracked().parse::<PersonId>()) else { return };
        spawn_local(async move {
            match client::contacts::share_contact(id, colleague).await {
                Ok(new) => {
                    chosen.try_set(String::new());
                    put.run(new);
                }
                Err(error) => toasts.error(explain(&error)),
            }
        });
    };
    view! {
        <section class="stack-2 contact-section" aria-labelledby="shared-title">
            <h3 class="overline" id="shared-title">{t("shared-with")}</h3>
            <ul class="stack-2">{move || shared().into_iter().map(|person| view! { <li>{person.name}</li> }).collect_view()}</ul>
            <form class="btn-row" on:submit=share>
                <select class="input input--compact" aria-label=t("share-with") prop:value=move || chosen.get() on:change=move |event| chosen.set(event_target_value(&event))>
                    <option value="">{t("share-with")}</option>
                    {move || others().into_iter().map(|person| view! { <option value=person.id.to_string()>{person.name}</option> }).collect_view()}
                </select>
                <button class="btn btn--sm" type="submit" disabled=move || chosen.with(String::is_empty)>{t("share")}</button>
            </form>
        </section>
    }
}

#[component]
fn Edit(
    id: PersonId,
    contact: Signal<Option<Contact>>,
    put: Callback<Contact>,
    lists: RwSignal<Lists>,
    is_editing: RwSignal<bool>,
) -> impl IntoView {
    let profile = RwSignal::new(contact.get_untracked().map(|contact| contact.profile).unwrap_or_default());
    let (refusal, is_busy) = (RwSignal::new(None), RwSignal::new(false));
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        refusal.set(None);
        spawn_local(async move {
            let saved = client::contacts::edit_contact(id, &profile.get_untracked()).await;
            is_busy.try_set(false);
            match saved {
                Ok(new) => {
                    put.run(new);
                    is_editing.set(false);
                }
                Err(error) => drop(refusal.try_set(Some(error))),
            }
        });
    };
    view! {
        <form class="stack-4" novalidate on:submit=save>
            <ProfileForm profile=profile refusal=refusal lists=lists with_phone=true/>
            <div class="btn-row">
                <button class="btn btn--primary" type="submit" aria-busy=move || is_busy.get().then_some("true")>{t("save")}</button>
                <button class="btn" type="button" on:click=move |_| is_editing.set(false)>{t("cancel")}</button>
            </div>
        </form>
    }
}

#[component]
fn Notes(id: PersonId, contact: Signal<Option<Contact>>, put: Callback<Contact>) -> impl IntoView {
    let (text, error) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let add = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if text.with_untracked(|text| text.trim().is_empty()) {
            return;
        }
        spawn_local(async move {
            match client::contacts::add_note(id, text.get_untracked()).await {
                Ok(new) => {
                    text.try_set(String::new());
                    error.try_set(None);
                    put.run(new);
                }
                Err(refused) => drop(error.try_set(Some(explain(&refused)))),
            }
        });
    };
    let list =
        move || contact.with(|contact| contact.as_ref().map(|it| it.notes.clone()).unwrap_or_default());
    view! {
        <form class="stack-2" on:submit=add>
            <ErrorBanner text=error/>
            <label class="field__label" for="note">{t("new-note")}</label>
            <textarea class="input" id="note" rows="3" prop:value=move || text.get() on:input=move |event| text.set(event_target_value(&event))></textarea>
            <p><button class="btn" type="submit">{t("add-note")}</button></p>
        </form>
        <ul class="stack-4 contact-section">
            {move || list().into_iter().map(|note| {
                let args = [("author", Arg::Text(note.author.as_str())), ("date", Arg::Text(&i18n::full_date(note.at)))];
                view! {
                    <li class="note">
                        <p class="note__text">{note.text.clone()}</p>
                        <p class="muted">{tx("note-by", &args)}</p>
                    </li>
                }
            }).collect_view()}
        </ul>
    }
}
