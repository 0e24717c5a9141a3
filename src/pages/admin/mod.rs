//! Org Admin: the navigation beside its pages. Only org admins come in; the server holds to that as well.

pub(crate) mod confirm_again;
pub mod features;
pub mod lists;

use crate::{
    components::{
        empty::{Empty, EmptyKind},
        icon::{Icon, IconSize},
    },
    i18n::t,
    routes::Route,
    state::{preferences, session::CurrentSession},
};
use causeway_api::people::Role;
use leptos::prelude::*;
use leptos_router::{components::Outlet, hooks::use_location};

/// The frame of every admin page.
#[component]
pub fn Admin() -> impl IntoView {
    let is_admin = expect_context::<CurrentSession>().get().me.role == Some(Role::OrgAdmin);
    let is_open = RwSignal::new(false);
    let path = use_location().pathname;
    let item = move |route: Route, label: &'static str| {
        let href = route.href();
        let own = href.clone();
        view! {
            <li>
                <a
                    class="subnav__item"
                    href=href
                    aria-current=move || path.with(|path| *path == own).then_some("page")
                    on:click=move |_| is_open.set(false)
                >
                    {t(label)}
                </a>
            </li>
        }
    };
    if !is_admin {
        return view! {
            <main class="page" id="main" tabindex="-1">
                <Empty title=t("admin-only-title") text=t("admin-only-text") kind=EmptyKind::Failed>
                    <a class="btn" href=Route::Chats.href()>{t("go-to-chats")}</a>
                </Empty>
            </main>
        }
        .into_any();
    }
    view! {
        <div class="with-nav admin">
            <nav class="subnav" aria-label=t("org-admin")>
                <button
                    class="subnav__toggle"
                    type="button"
                    aria-expanded=move || if is_open.get() { "true" } else { "false" }
                    aria-controls="subnav-body"
                    on:click=move |_| is_open.update(|open| *open = !*open)
                >
                    <Icon name="i-menu"/>
                    {t("org-admin")}
                </button>
                <div class="subnav__body" id="subnav-body">
                    <div class="subnav__title">
                        <span class="brand"><span class="brand__mark"><Icon name="c-causeway"/></span>"Causeway"</span>
                        <p class="overline subnav__area">{t("org-admin")}</p>
                    </div>
                    <ul>
                        <li>
                            <a class="subnav__item" href=Route::Chats.href()><Icon name="i-left" size=IconSize::Sm/>{t("back-to-portal")}</a>
                        </li>
                        <li>
                            <p class="subnav__item"><Icon name="i-gear" size=IconSize::Sm/>{t("company-settings")}</p>
                            <ul class="subnav__sub">{item(Route::ExternalCompanies, "external-companies")} {item(Route::Features, "features-title")} {item(Route::Tags, "tags")}</ul>
                        </li>
                    </ul>
                </div>
            </nav>
            <Outlet/>
        </div>
    }
    .into_any()
}

/// The head of an admin page: where it is, what it is called, what it is for.
#[component]
pub(super) fn PageHead(#[prop(into)] title: String, #[prop(into)] text: String) -> impl IntoView {
    view! {
        <nav aria-label=t("breadcrumb")>
            <ol class="crumbs"><li><span>{t("company-settings")}</span></li><li><span aria-current="page">{title.clone()}</span></li></ol>
        </nav>
        <header class="page-head">
            <div><h1 class="page-head__title">{title}</h1><p class="page-head__text">{text}</p></div>
            <span class="push"></span>
            <button class="icon-btn" type="button" aria-label=t("switch-theme") on:click=|_| preferences::switch_theme()>
                <Icon name="i-theme"/>
            </button>
        </header>
    }
}
