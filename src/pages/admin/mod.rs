//! Org Admin: its navigation and pages. `routes.rs` says to whom each is open; the server checks it, too.

pub mod audit;
pub mod clients;
mod employees;
pub mod features;
pub mod imports;
pub mod license;
pub mod lists;
pub mod registration;
pub mod users;

use crate::{
    client::ClientError,
    components::base::icon::{Icon, IconSize},
    i18n::t,
    pages::{explain, field_fault},
    routes::{self, Route},
    state::{preferences, session::CurrentSession},
};
use leptos::prelude::*;
use leptos_router::{components::Outlet, hooks::use_location};

/// The frame of every admin page.
#[component]
pub fn Admin() -> impl IntoView {
    view! {
        <div class="with-nav admin">
            <Navigation />
            <Outlet />
        </div>
    }
}

/// The navigation of the admin area: the pages that are open to the user. On a narrow window a button unfolds it.
#[component]
fn Navigation() -> impl IntoView {
    let is_open = RwSignal::new(false);
    view! {
        <nav class="subnav" aria-label=t("org-admin")>
            <button
                class="subnav__toggle"
                type="button"
                aria-expanded=move || if is_open.get() { "true" } else { "false" }
                aria-controls="subnav-body"
                on:click=move |_| is_open.update(|open| *open = !*open)
            >
                <Icon name="i-menu" />
                {t("org-admin")}
            </button>
            <div class="subnav__body" id="subnav-body">
                <div class="subnav__title">
                    <span class="brand">
                        <span class="brand__mark">
                            <Icon name="c-causeway" />
                        </span>
                        "Causeway"
                    </span>
                    <p class="overline subnav__area">{t("org-admin")}</p>
                </div>
                <Pages is_open=is_open />
            </div>
        </nav>
    }
}

/// The links to the pages.
#[component]
fn Pages(
    /// The navigation is unfolded; following a link folds it.
    is_open: RwSignal<bool>,
) -> impl IntoView {
    let role = expect_context::<CurrentSession>().get().me.role;
    let item = move |route: Route, label: &'static str, icon: Option<&'static str>| {
        let href = route.href();
        routes::is_open_to(role, &href)
            .then(|| view! { <PageLink href=href label=label icon=icon is_open=is_open /> })
    };
    let group = move |label: &'static str, icon: &'static str, pages: &[(Route, &'static str)]| {
        let items: Vec<_> = pages.iter().filter_map(|(route, label)| item(*route, label, None)).collect();
        (!items.is_empty()).then(|| {
            view! {
                <li>
                    <p class="subnav__item">
                        <Icon name=icon size=IconSize::Sm />
                        {t(label)}
                    </p>
                    <ul class="subnav__sub">{items.into_iter().collect_view()}</ul>
                </li>
            }
        })
    };
    let users = [
        (Route::Users, "all-users"),
        (Route::Registration, "registration-title"),
        (Route::Imports, "users-imports"),
    ];
    let company = [
        (Route::ExternalCompanies, "external-companies"),
        (Route::Features, "features-title"),
        (Route::License, "license-title"),
        (Route::Tags, "tags"),
    ];
    view! {
        <ul>
            <li>
                <a class="subnav__item" href=Route::Chats.href() rel="external">
                    <Icon name="i-left" size=IconSize::Sm />
                    {t("back-to-portal")}
                </a>
            </li>
            {group("users", "i-users", &users)}
            {item(Route::Clients, "clients-title", Some("i-contacts"))}
            {group("company-settings", "i-gear", &company)}
            {item(Route::Audit, "audit-title", Some("i-shield"))}
        </ul>
    }
}

/// The link to a page.
#[component]
fn PageLink(
    href: String,
    label: &'static str,
    icon: Option<&'static str>,
    is_open: RwSignal<bool>,
) -> impl IntoView {
    let path = use_location().pathname;
    let own = href.clone();
    view! {
        <li>
            <a
                class="subnav__item"
                href=href
                aria-current=move || path.with(|path| *path == own).then_some("page")
                on:click=move |_| is_open.set(false)
            >
                {icon.map(|name| view! { <Icon name=name size=IconSize::Sm /> })}
                {t(label)}
            </a>
        </li>
    }
}

/// The head of an admin page: where it is, what it is called, what it is for.
#[component]
pub(super) fn PageHead(
    #[prop(into)] title: String,
    #[prop(into)] text: String,
    /// The part of the admin area that the page belongs to.
    #[prop(default = "company-settings")]
    area: &'static str,
    /// Buttons at the right.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <nav aria-label=t("breadcrumb")>
            <ol class="crumbs">
                <li>
                    <span>{t(area)}</span>
                </li>
                <li>
                    <span aria-current="page">{title.clone()}</span>
                </li>
            </ol>
        </nav>
        <header class="page-head">
            <div>
                <h1 class="page-head__title">{title}</h1>
                <p class="page-head__text">{text}</p>
            </div>
            <span class="push"></span>
            {children.map(|children| children())}
            <button
                class="icon-btn"
                type="button"
                aria-label=t("switch-theme")
                on:click=|_| preferences::switch_theme()
            >
                <Icon name="i-theme" />
            </button>
        </header>
    }
}

/// A refusal in words, whichever field it names.
fn why(error: &ClientError) -> String {
    ["person", "users", "role", "email", "to", "capacity", "plan", "link", "version", "import"]
        .iter()
        .find_map(|field| field_fault(error, field))
        .unwrap_or_else(|| explain(error))
}
