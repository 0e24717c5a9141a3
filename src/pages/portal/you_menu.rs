//! The menu behind the avatar: settings, theme, language, signing out.

use crate::{
    components::base::{
        avatar::{Avatar, AvatarSize},
        icon::Icon,
    },
    i18n::{Arg, t, tx},
    pages::{public::LanguageSelect, sign_in::sign_out::sign_out_then},
    routes::{self, Route},
    state::{
        preferences::{self, Theme},
        toasts::Toasts,
    },
};
use causeway_api::{auth::Session, people::Role};
use leptos::prelude::*;

/// The menu behind the avatar.
#[component]
pub(super) fn YouMenu(session: Session, on_signed_out: Callback<()>) -> impl IntoView {
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
                <Avatar name=name.clone() kind=session.me.kind size=AvatarSize::Sm />
                <span class="rail__label only-narrow" aria-hidden="true">
                    {t("settings-title")}
                </span>
                <span class="visually-hidden">{tx("your-settings", &[("name", Arg::Text(&name))])}</span>
            </summary>
            <div class="menu you__menu">
                <p class="you__who">
                    <b>{name.clone()}</b>
                    <span class="muted">{session.company}</span>
                </p>
                <Links role=session.me.role on_follow=move |()| close() />
                <ThemeChoice />
                <div class="menu__item">
                    <Icon name="i-globe" />
                    <span>{t("language")}</span>
                    <LanguageSelect />
                </div>
                <button class="menu__item" type="button" on:click=sign_out>
                    <Icon name="i-left" />
                    <span>{t("sign-out")}</span>
                </button>
            </div>
        </details>
    }
}

/// Links to the settings, and to areas of some roles only.
#[component]
fn Links(
    role: Option<Role>,
    /// A link was followed.
    #[prop(into)]
    on_follow: Callback<()>,
) -> impl IntoView {
    let link = move |route: Route, label: &'static str, icon: &'static str| {
        let href = route.href();
        view! {
            <a class="menu__item" rel=routes::rel_to(&href) href=href on:click=move |_| on_follow.run(())>
                <Icon name=icon />
                <span>{t(label)}</span>
            </a>
        }
    };
    let is_open = move |route: Route| routes::is_open_to(role, &route.href());
    view! {
        {link(Route::Profile, "menu-profile", "i-person")}
        {is_open(Route::Applications)
            .then(|| {
                view! { <span class="only-narrow">{link(Route::Applications, "nav-applications", "i-apps")}</span> }
            })}
        {link(Route::Devices, "menu-devices", "i-laptop")}
        {link(Route::PushSettings, "push-title", "i-bell")}
        {link(Route::Support, "menu-support", "i-chat")}
        {link(Route::Security, "menu-security", "i-shield")}
        {is_open(Route::Users).then(|| link(Route::Users, "org-admin", "i-gear"))}
        {(role == Some(Role::ComplianceOfficer)).then(|| link(Route::Audit, "audit-title", "i-shield"))}
    }
}

/// The choice of the theme.
#[component]
fn ThemeChoice() -> impl IntoView {
    let theme = preferences::theme();
    view! {
        <label class="menu__item">
            <Icon name="i-theme" />
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
                                {t(format!("theme-{}", choice.as_str()))}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
        </label>
    }
}
