//! Personal settings: who one is, devices, sign-in, and how to get help.

mod authenticator;
mod devices;
mod link_device;
mod new_passkey;
mod push;
pub mod recovery_codes;
mod security;
mod sign_in_methods;

pub(crate) use sign_in_methods::SignInMethods;

use crate::{
    client,
    components::base::{
        avatar::{Avatar, AvatarSize},
        empty::Empty,
        icon::{Icon, IconSize},
    },
    i18n::{self, Arg, t, tx},
    pages::{explain, set_title, sign_in::sign_out::sign_out_then},
    routes::{self, Route},
    state::{session::CurrentSession, toasts::Toasts},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_params_map;

/// The settings page.
#[component]
pub fn Settings() -> impl IntoView {
    let params = use_params_map();
    let section = Memo::new(move |_| params.read().get("section").unwrap_or_default());
    let session = expect_context::<CurrentSession>().get();
    let toasts = expect_context::<Toasts>();
    set_title(&t("settings-title"));
    let tab = move |route: Route, key: &'static str, label: &'static str, icon: &'static str| {
        view! {
            <a class="subnav__item" href=route.href() aria-current=move || (section.get() == key).then_some("page")>
                <Icon name=icon size=IconSize::Sm />
                {t(label)}
            </a>
        }
    };
    // The language of mails and SMS follows the language that was chosen for the interface.
    let save_language = move |_| {
        let language = i18n::current();
        spawn_local(async move {
            match client::auth::update_profile(language).await {
                Ok(()) => toasts.say(t("language-saved")),
                Err(error) => toasts.error(explain(&error)),
            }
        });
    };
    let leave = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        let to_login = Callback::new(|()| routes::leave_for(&Route::Login.href()));
        sign_out_then(toasts, to_login);
    };
    let me = StoredValue::new(session.me.clone());
    let company = session.company.clone();
    let profile = move || {
        me.with_value(|me| {
            view! {
                <header class="profile profile--start">
                    <Avatar name=me.name.clone() kind=me.kind size=AvatarSize::Xl />
                    <h2 class="profile__name">{me.name.clone()}</h2>
                    <p class="muted">{me.about.clone()}</p>
                </header>
                <dl class="facts">
                    <dt>{t("company-name")}</dt>
                    <dd>{company.clone()}</dd>
                    <dt>{t("role")}</dt>
                    <dd>{me.role.map(|role| t(format!("role-{}", role.as_str().replace(' ', "-"))))}</dd>
                </dl>
                <p class="settings__row">
                    <span>{t("mail-language")}</span>
                    <button class="btn" type="button" on:click=save_language>
                        {t("mail-language-save")}
                    </button>
                </p>
            }
        })
    };
    view! {
        <main class="portal__main with-nav" id="main" tabindex="-1">
            <nav class="subnav" aria-label=t("settings-title")>
                <h1 class="pane__title subnav__title">{t("settings-title")}</h1>
                {tab(Route::Profile, "profile", "menu-profile", "i-person")}
                {tab(Route::Security, "security", "menu-security", "i-lock")}
                {tab(Route::Devices, "devices", "menu-devices", "i-laptop")}
                {tab(Route::PushSettings, "notifications", "nav-notifications", "i-bell")}
                {tab(Route::Support, "support", "menu-support", "i-support")}
                <a class="subnav__item" href=Route::Login.href() on:click=leave>
                    <Icon name="i-left" size=IconSize::Sm />
                    {t("sign-out")}
                </a>
            </nav>
            <div class="page">
                <div class="page__inner">
                    {move || match section.get().as_str() {
                        "devices" => view! { <devices::Devices /> }.into_any(),
                        "security" => view! { <security::Security /> }.into_any(),
                        "notifications" => view! { <push::PushSettings /> }.into_any(),
                        "support" => {
                            let who = session.company.clone();
                            view! {
                                <Empty
                                    title=t("menu-support")
                                    text=tx("support-text", &[("company", Arg::Text(&who))])
                                />
                            }
                                .into_any()
                        }
                        _ => profile().into_any(),
                    }}
                </div>
            </div>
        </main>
    }
}
