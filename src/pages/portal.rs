//! The shell of the portal: the guard, the rail, the menu behind the avatar, and the page beside them.

use super::{
    choose_password::ChoosePassword,
    keyboard, live,
    passcode::{Locked, follow_background},
    public::LanguageSelect,
    set_up_second_factor::SetUpSecondFactor,
    sign_out::sign_out_then,
};
use crate::{
    client::{self, ClientError, identity},
    components::{
        avatar::{Avatar, AvatarSize},
        empty::{Empty, EmptyKind},
        icon::Icon,
        rail::RailItem,
    },
    i18n::{Arg, keep, t, tx},
    routes::{self, Route},
    state::{
        chats::{Chats, Connection},
        kept,
        notifications::Notifications,
        passcode,
        preferences::{self, Theme},
        session::CurrentSession,
        storage,
        toasts::Toasts,
    },
};
use causeway_api::{auth::Session, paths::Side, people::Role};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{components::Outlet, hooks::use_location};

/// That choosing a password was put off in this tab.
const PASSWORD_LATER: &str = "causeway.password-later";

/// How soon it is asked again who is signed in, while the server is out of reach.
const ASK_AGAIN_MILLIS: u32 = 2_000;

/// The guard: asks who is signed in, and leads to sign-in when nobody is.
#[component]
pub fn Portal() -> impl IntoView {
    let session = keep("portal.session", || None::<Result<Session, ClientError>>);
    let ask = move || {
        spawn_local(async move {
            loop {
                let answer = client::auth::session(Side::Portal).await;
                let is_passing = answer.as_ref().is_err_and(ClientError::is_passing);
                // The installed app opens without a network, and goes on by itself when there is one again.
                let is_kept = |known: &Option<Result<_, _>>| is_passing && matches!(known, Some(Ok(_)));
                let Some(is_news) =
                    session.try_with_untracked(|known| known.as_ref() != Some(&answer) && !is_kept(known))
                else {
                    return; // The page has gone.
                };
                if is_news {
                    session.try_set(Some(shown(answer)));
                }
                if !is_passing {
                    return;
                }
                TimeoutFuture::new(ASK_AGAIN_MILLIS).await;
            }
        });
    };
    if session.with_untracked(Option::is_none) {
        ask();
    }
    // Asked once when the app opens, then each time that it comes back.
    let is_locked = RwSignal::new(false);
    let owner = Memo::new(move |_| session.with(|it| Some(it.as_ref()?.as_ref().ok()?.me.id)));
    Effect::new(move |_| {
        if let Some(person) = owner.get() {
            // The portal is made anew when this changes, so it is touched only when it does.
            if passcode::is_locked(person) {
                is_locked.set(true);
            }
            follow_background(person, is_locked);
        }
    });
    let is_later = RwSignal::new(storage::read_for_tab(PASSWORD_LATER).unwrap_or(false));
    let location = use_location();
    let to_login = Callback::new(move |()| {
        // The router gives the query without its question mark.
        let (path, query) = (location.pathname.get_untracked(), location.search.get_untracked());
        let query = query.trim_start_matches('?');
        let wanted = if query.is_empty() { path } else { format!("{path}?{query}") };
        routes::leave_for(&routes::login_for(&wanted));
    });
    // The stream ends with the session; or because something has to be set up first, while the session goes on.
    let on_ended = Callback::new(move |()| {
        spawn_local(async move {
            let answer = client::auth::session(Side::Portal).await;
            if answer.as_ref().is_ok_and(|session| session.must_set_up_second_factor) {
                session.try_set(Some(answer));
            } else {
                to_login.run(());
            }
        });
    });
    move || {
        match session.get() {
        None => ().into_any(),
        Some(Ok(session)) if session.must_choose_password => {
            view! { <ChoosePassword on_done=move |()| ask() on_later=None/> }.into_any()
        }
        Some(Ok(session)) if session.must_set_up_second_factor => {
            view! { <SetUpSecondFactor on_done=move |()| ask() on_signed_out=to_login/> }.into_any()
        }
        // Right after a registration; whoever puts it off is asked again in the next tab.
        Some(Ok(session)) if session.has_initial_password && !is_later.get() => {
            let later = Callback::new(move |()| {
                storage::write_for_tab(PASSWORD_LATER, &true);
                is_later.set(true);
            });
            view! { <ChoosePassword on_done=move |()| ask() on_later=Some(later)/> }.into_any()
        }
        Some(Ok(session)) if is_locked.get() && passcode::kept(session.me.id).is_some() => {
            let open = move |()| is_locked.set(false);
            view! { <Locked person=session.me.id on_open=open on_signed_out=to_login/> }.into_any()
        }
        Some(Ok(session)) => view! { <Shell session=session on_signed_out=to_login on_ended=on_ended/> }.into_any(),
        Some(Err(error)) if error.is_signed_out() => {
            to_login.run(());
            ().into_any()
        }
        Some(Err(error)) => view! {
            <main class="public__main">
                <Empty title=t("failed-title") text=super::explain(&error) kind=EmptyKind::Failed>
                    <button class="btn btn--primary" type="button" on:click=move |_| ask()>{t("try-again")}</button>
                </Empty>
            </main>
        }
        .into_any(),
    }
    }
}

/// What is shown for an answer: out of reach of the server, the installed app goes on with who was signed in last.
fn shown(answer: Result<Session, ClientError>) -> Result<Session, ClientError> {
    match answer {
        Ok(session) => {
            kept::keep_session(&session);
            Ok(session)
        }
        Err(error) if error.is_passing() && kept::is_installed() => {
            let session = kept::session().ok_or(error)?;
            identity::adopt(session.me.id)?;
            Ok(session)
        }
        Err(error) => {
            if error.is_signed_out() {
                kept::forget();
            }
            Err(error)
        }
    }
}

#[component]
fn Shell(session: Session, on_signed_out: Callback<()>, on_ended: Callback<()>) -> impl IntoView {
    let chats = Chats::provide(Side::Portal, &session);
    CurrentSession::provide(session.clone());
    let notifications = Notifications::provide(chats);
    live::follow(chats);
    Effect::new(move |_| {
        if chats.signed_out.get() {
            on_ended.run(());
        }
    });
    let unread_chats = Memo::new(move |_| chats.unread_total());
    Effect::new(move |_| super::set_title_count(unread_chats.get()));
    keyboard::leave_room();
    on_cleanup(|| super::set_title_count(0));
    // Org Admin has a navigation of its own.
    let path = use_location().pathname;
    let is_admin_area = Memo::new(move |_| path.with(|path| path == "/admin" || path.starts_with("/admin/")));
    let role = session.me.role;
    let is_open = move |route: Route| routes::is_open_to(role, &route.href());
    let may_see = Memo::new(move |_| path.with(|path| routes::is_open_to(role, path)));
    let page = move || {
        if may_see.get() { view! { <Outlet/> }.into_any() } else { view! { <NotOpen role=role/> }.into_any() }
    };
    let portal = move || {
        let session = session.clone();
        view! {
        <div class="portal">
            <nav class="rail" aria-label=t("nav-main")>
                <div class="rail__brand">
                    <span class="brand__mark" role="img" aria-label="Causeway"><Icon name="c-causeway"/></span>
                </div>
                <ul class="rail__items">
                    <RailItem href=Route::Chats.href() icon="i-chat" label=t("nav-chats") count_id="n-chats" count=unread_chats/>
                    {is_open(Route::Contacts).then(|| view! {
                        <RailItem href=Route::Contacts.href() icon="i-contacts" label=t("nav-contacts") count_id="n-contacts" count=Signal::derive(|| 0)/>
                    })}
                    <RailItem href=Route::Notifications.href() icon="i-bell" label=t("nav-notifications") count_id="n-notifications" count=Signal::derive(move || notifications.unread())/>
                    // On a phone it stands in the menu, so that the bar has room for the settings.
                    {is_open(Route::Applications).then(|| view! {
                        <RailItem is_wide_only=true href=Route::Applications.href() icon="i-apps" label=t("nav-applications") count_id="n-applications" count=Signal::derive(|| 0)/>
                    })}
                </ul>
                <div class="rail__foot">
                    <button class="icon-btn rail__theme" type="button" aria-label=t("switch-theme") on:click=|_| preferences::switch_theme()>
                        <Icon name="i-theme"/>
                    </button>
                    <YouMenu session=session on_signed_out=on_signed_out/>
                </div>
            </nav>
            <div class="portal__page">
                <OfflineBanner connection=chats.connection.into()/>
                <super::update::UpdatePrompt/>
                {page}
            </div>
        </div>
        }
    };
    view! {
        <a class="skip-link" href="#main">{t("skip-to-content")}</a>
        {move || if is_admin_area.get() {
            view! { <OfflineBanner connection=chats.connection.into()/> <super::update::UpdatePrompt/> {page} }.into_any()
        } else {
            portal().into_any()
        }}
    }
}

/// A screen that is not for this role.
#[component]
fn NotOpen(role: Option<Role>) -> impl IntoView {
    let (title, text) = if role == Some(Role::ExternalUser) {
        ("external-only-title", "external-only-text")
    } else {
        ("admin-only-title", "admin-only-text")
    };
    view! {
        <main class="page" id="main" tabindex="-1">
            <Empty title=t(title) text=t(text) kind=EmptyKind::Failed>
                <a class="btn" href=Route::Chats.href()>{t("go-to-chats")}</a>
            </Empty>
        </main>
    }
}

/// Says when nothing new can arrive, and that nothing is lost.
#[component]
pub(crate) fn OfflineBanner(connection: Signal<Connection>) -> impl IntoView {
    let is_lost = Memo::new(move |_| connection.get() == Connection::Lost);
    view! {
        <div role="status" aria-live="polite">
            <Show when=move || is_lost.get()>
                <div class="banner" data-testid="offline">
                    <Icon name="i-alert"/>
                    <p>{t("offline")}</p>
                </div>
            </Show>
        </div>
    }
}

/// The menu behind the avatar.
#[component]
fn YouMenu(session: Session, on_signed_out: Callback<()>) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let name = session.me.name.clone();
    let menu = NodeRef::<leptos::html::Details>::new();
    let close = move || {
        if let Some(menu) = menu.get_untracked() {
            menu.set_open(false);
        }
    };
    let sign_out = move |_| {
        close();
        sign_out_then(toasts, on_signed_out);
    };
    let link = move |route: Route, label: &'static str, icon: &'static str| {
        view! {
            <a class="menu__item" href=route.href() on:click=move |_| close()><Icon name=icon/><span>{t(label)}</span></a>
        }
    };
    let theme = preferences::theme();
    let role = session.me.role;
    view! {
        <details
            class="you"
            node_ref=menu
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    close();
                }
            }
        >
            <summary class="rail__you">
                <Avatar name=name.clone() kind=session.me.kind size=AvatarSize::Sm/>
                <span class="rail__label only-narrow" aria-hidden="true">{t("settings-title")}</span>
                <span class="visually-hidden">{tx("your-settings", &[("name", Arg::Text(&name))])}</span>
            </summary>
            <div class="menu you__menu">
                <p class="you__who"><b>{name.clone()}</b><span class="muted">{session.company.clone()}</span></p>
                {link(Route::Profile, "menu-profile", "i-person")}
                {routes::is_open_to(role, &Route::Applications.href()).then(|| view! {
                    <span class="only-narrow">{link(Route::Applications, "nav-applications", "i-apps")}</span>
                })}
                {link(Route::Devices, "menu-devices", "i-laptop")}
                {link(Route::PushSettings, "push-title", "i-bell")}
                {link(Route::Support, "menu-support", "i-chat")}
                {link(Route::Security, "menu-security", "i-shield")}
                {routes::is_open_to(role, &Route::Users.href()).then(|| link(Route::Users, "org-admin", "i-gear"))}
                {(role == Some(Role::ComplianceOfficer)).then(|| link(Route::Audit, "audit-title", "i-shield"))}
                <label class="menu__item">
                    <Icon name="i-theme"/>
                    <span>{t("theme")}</span>
                    <select
                        class="input input--compact"
                        on:change=move |event| {
                            let chosen = event_target_value(&event);
                            if let Some(theme) = Theme::ALL.into_iter().find(|theme| theme.as_str() == chosen) {
                                preferences::set_theme(theme);
                            }
                        }
                    >
                        {Theme::ALL
                            .into_iter()
                            .map(|choice| {
                                view! {
                                    <option value=choice.as_str() selected=choice == theme>
                                        {t(&format!("theme-{}", choice.as_str()))}
                                    </option>
                                }
                            })
                            .collect_view()}
                    </select>
                </label>
                <div class="menu__item"><Icon name="i-globe"/><span>{t("language")}</span><LanguageSelect/></div>
                <button class="menu__item" type="button" on:click=sign_out>
                    <Icon name="i-left"/><span>{t("sign-out")}</span>
                </button>
            </div>
        </details>
    }
}
