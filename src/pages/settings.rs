//! Personal settings: profile, devices, sign-in, notifications, and how to get help.

mod authenticator;
mod devices;
mod link_device;
mod new_passkey;
mod push;
pub mod recovery_codes;
mod saved_replies;
mod security;
mod sign_in_methods;
mod status;

pub use sign_in_methods::SignInMethods;

use crate::{
    client,
    components::{
        base::{
            avatar::{Avatar, AvatarSize},
            empty::Empty,
            icon::{Icon, IconSize},
        },
        form::act_button::ActButton,
    },
    i18n::{self, Arg, t, tx},
    pages::{set_title, sign_in::sign_out::sign_out_then, submission::Submission},
    routes::{self, Route},
    state::{session::CurrentSession, toasts::Toasts},
};
use causeway_api::people::Role;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The settings page.
#[component]
pub fn Settings() -> impl IntoView {
    let params = use_params_map();
    let section = Memo::new(move |_| params.read().get("section").unwrap_or_default());
    set_title(&t("settings-title"));
    view! {
        <main class="portal__main with-nav" id="main" tabindex="-1">
            <Sections section=section />
            <div class="page">
                <div class="page__inner">
                    {move || match section.get().as_str() {
                        "devices" => view! { <devices::DeviceSettings /> }.into_any(),
                        "security" => view! { <security::Security /> }.into_any(),
                        "notifications" => view! { <push::PushSettings /> }.into_any(),
                        "saved-replies" => view! { <saved_replies::SavedReplySettings /> }.into_any(),
                        "support" => view! { <Support /> }.into_any(),
                        _ => view! { <Profile /> }.into_any(),
                    }}
                </div>
            </div>
        </main>
    }
}

/// The sections of the settings, and signing out.
#[component]
fn Sections(
    /// The section that is open, as it is called in the address.
    section: Memo<String>,
) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let role = expect_context::<CurrentSession>().get().me.role;
    let is_staff = role.is_some_and(|role| role != Role::ExternalUser);
    let tab = move |route: Route, key: &'static str, label: &'static str, icon: &'static str| {
        view! {
            <a class="subnav__item" href=route.href() aria-current=move || (section.get() == key).then_some("page")>
                <Icon name=icon size=IconSize::Sm />
                {t(label)}
            </a>
        }
    };
    let leave = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        let to_login = Callback::new(|()| routes::leave_for(&Route::Login.href()));
        sign_out_then(toasts, to_login);
    };
    view! {
        <nav class="subnav subnav--tabs" aria-label=t("settings-title")>
            <h1 class="pane__title subnav__title">{t("settings-title")}</h1>
            {tab(Route::Profile, "profile", "menu-profile", "i-person")}
            {tab(Route::Security, "security", "menu-security", "i-lock")}
            {tab(Route::Devices, "devices", "menu-devices", "i-laptop")}
            {tab(Route::PushSettings, "notifications", "nav-notifications", "i-bell")}
            {is_staff.then(|| tab(Route::SavedReplies, "saved-replies", "saved-replies", "i-bolt"))}
            {tab(Route::Support, "support", "menu-support", "i-support")}
            <a class="subnav__item" href=Route::Login.href() on:click=leave>
                <Icon name="i-left" size=IconSize::Sm />
                {t("sign-out")}
            </a>
        </nav>
    }
}

/// The user's own profile, and the language of mails and SMS.
#[component]
fn Profile() -> impl IntoView {
    let session = expect_context::<CurrentSession>().get();
    let (me, toasts) = (session.me, expect_context::<Toasts>());
    let is_staff = me.role.is_some_and(|role| role != Role::ExternalUser);
    // The language of mails and SMS follows the language that was chosen for the interface.
    let saving = Submission::new().in_toasts();
    let save_language = move |()| {
        let ask = || client::auth::update_profile(i18n::current());
        saving.send(ask, move |()| toasts.say(t("language-saved")));
    };
    let fact = |label: &'static str, value: String| {
        (!value.is_empty()).then(|| {
            view! {
                <dt>{t(label)}</dt>
                <dd>{value}</dd>
            }
        })
    };
    view! {
        <header class="profile profile--start">
            <Avatar name=me.name.clone() kind=me.kind size=AvatarSize::Xl />
            <h2 class="profile__name">{me.name}</h2>
        </header>
        <dl class="facts">
            <dt>{t("company-name")}</dt>
            <dd>{session.company}</dd>
            {fact("company-role", me.company_role)} {fact("job-description", me.about)} <dt>{t("role")}</dt>
            <dd>{me.role.map(|role| t(format!("role-{}", role.as_str().replace(' ', "-"))))}</dd>
        </dl>
        {is_staff.then(|| view! { <status::OwnStatusForm /> })}
        <p class="settings__row">
            <span>{t("mail-language")}</span>
            <ActButton is_busy=saving.is_busy() on_act=save_language>
                {t("mail-language-save")}
            </ActButton>
        </p>
    }
}

/// How to get help.
#[component]
fn Support() -> impl IntoView {
    let company = expect_context::<CurrentSession>().get().company;
    view! {
        <Empty title=t("menu-support") text=tx("support-text", &[("company", Arg::Text(&company))])>
            <a class="btn" href=format!("/guide/{}.html", i18n::current()) target="_blank" rel="noopener">
                {t("open-guide")}
            </a>
        </Empty>
    }
}
