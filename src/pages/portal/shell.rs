//! The shell of the portal: the rail, and the page next to it.

use super::{
    keyboard, live, offline::OfflineBanner, palette::Palette, password_banner::PasswordBanner,
    update::UpdatePrompt, you_menu::YouMenu,
};
use crate::{
    components::base::{
        empty::{Empty, EmptyKind},
        icon::Icon,
        rail::RailItem,
    },
    i18n::t,
    pages::set_title_count,
    routes::{self, Route},
    state::{chats::Chats, notifications::Notifications, preferences, session::CurrentSession},
};
use causeway_api::{auth::Session, paths::Side, people::Role};
use leptos::prelude::*;
use leptos_router::{components::Outlet, hooks::use_location};

/// Provides what the pages of the portal share, with the rail and the page.
#[component]
pub(super) fn Shell(
    session: Session,
    on_signed_out: Callback<()>,
    on_ended: Callback<()>,
    /// Someone who has just registered wants to choose a password.
    on_choose_password: Callback<()>,
) -> impl IntoView {
    let chats = Chats::provide(Side::Portal, &session);
    CurrentSession::provide(session.clone());
    Notifications::provide(chats);
    live::follow(chats);
    Effect::new(move |_| {
        if chats.signed_out.get() {
            on_ended.run(());
        }
    });
    let unread_chats = Memo::new(move |_| chats.unread_total());
    Effect::new(move |_| set_title_count(unread_chats.get()));
    keyboard::leave_room();
    on_cleanup(|| set_title_count(0));
    // Org Admin has a navigation of its own.
    let path = use_location().pathname;
    let is_admin_area = Memo::new(move |_| path.with(|path| path == "/admin" || path.starts_with("/admin/")));
    // On a phone a conversation takes the whole window.
    let is_conversation = Memo::new(move |_| path.with(|path| path.starts_with("/chats/")));
    let role = session.me.role;
    // External users have no admin area.
    let asks_password = session.has_initial_password.then_some(on_choose_password);
    view! {
        <a class="skip-link" href="#main">
            {t("skip-to-content")}
        </a>
        <Palette />
        {move || {
            if is_admin_area.get() {
                view! { <Page role=role asks_password=None /> }.into_any()
            } else {
                view! {
                    <div class="portal" class:portal--conversation=is_conversation>
                        <Rail session=session.clone() on_signed_out=on_signed_out unread_chats=unread_chats />
                        <div class="portal__page">
                            <Page role=role asks_password=asks_password />
                        </div>
                    </div>
                }
                    .into_any()
            }
        }}
    }
}

/// The page of the address if the role may see it, below the banners: a lost connection, a new version, a password that has
/// to be chosen.
#[component]
fn Page(
    role: Option<Role>,
    /// Where choosing a password leads, while there is only the code of the registration.
    asks_password: Option<Callback<()>>,
) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let path = use_location().pathname;
    let may_see = Memo::new(move |_| path.with(|path| routes::is_open_to(role, path)));
    view! {
        <OfflineBanner connection=chats.connection.into() />
        <UpdatePrompt />
        {asks_password.map(|choose| view! { <PasswordBanner on_choose=choose /> })}
        {move || {
            if may_see.get() { view! { <Outlet /> }.into_any() } else { view! { <NotOpen role=role /> }.into_any() }
        }}
    }
}

/// The navigation: what is open to the role, and the menu behind the avatar.
#[component]
fn Rail(session: Session, on_signed_out: Callback<()>, unread_chats: Memo<i64>) -> impl IntoView {
    view! {
        <nav class="rail" aria-label=t("nav-main")>
            <div class="rail__brand">
                <span class="brand__mark" role="img" aria-label="Causeway">
                    <Icon name="c-causeway" />
                </span>
            </div>
            <RailItems role=session.me.role unread_chats=unread_chats />
            <div class="rail__foot">
                <button
                    class="icon-btn rail__theme"
                    type="button"
                    aria-label=t("switch-theme")
                    on:click=|_| preferences::switch_theme()
                >
                    <Icon name="i-theme" />
                </button>
                <YouMenu session=session on_signed_out=on_signed_out />
            </div>
        </nav>
    }
}

/// The areas of the portal that are open to the role.
#[component]
fn RailItems(role: Option<Role>, unread_chats: Memo<i64>) -> impl IntoView {
    let notifications = expect_context::<Notifications>();
    let is_open = move |route: Route| routes::is_open_to(role, &route.href());
    view! {
        <ul class="rail__items">
            <RailItem
                href=Route::Chats.href()
                icon="i-chat"
                label=t("nav-chats")
                count_id="n-chats"
                count=unread_chats
            />
            {is_open(Route::Contacts)
                .then(|| {
                    view! {
                        <RailItem
                            href=Route::Contacts.href()
                            icon="i-contacts"
                            label=t("nav-contacts")
                            count_id="n-contacts"
                            count=Signal::derive(|| 0)
                        />
                    }
                })}
            <RailItem
                href=Route::Notifications.href()
                icon="i-bell"
                label=t("nav-notifications")
                count_id="n-notifications"
                count=Signal::derive(move || notifications.unread())
            />
            // On a phone it is in the menu, so that the bar has room for the settings.
            {is_open(Route::Applications)
                .then(|| {
                    view! {
                        <RailItem
                            is_wide_only=true
                            href=Route::Applications.href()
                            icon="i-apps"
                            label=t("nav-applications")
                            count_id="n-applications"
                            count=Signal::derive(|| 0)
                        />
                    }
                })}
        </ul>
    }
}

/// Says that a page is not for this role.
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
                <a class="btn" href=Route::Chats.href()>
                    {t("go-to-chats")}
                </a>
            </Empty>
        </main>
    }
}
