//! The section Notifications: empty until its features exist, and saying so.

use crate::{components::empty::Empty, i18n::t, routes::Route};
use leptos::prelude::*;

/// The section.
#[component]
pub fn Notifications() -> impl IntoView {
    super::set_title(&t("nav-notifications"));
    view! {
        <main class="portal__main" id="main" tabindex="-1">
            <section class="pane" aria-labelledby="section-title">
                <header class="pane__head pane__head--ruled"><h1 class="pane__title" id="section-title">{t("nav-notifications")}</h1></header>
                <Empty title=t("notifications-empty-title") text=t("notifications-empty-text")>
                    <a class="btn" href=Route::Chats.href()>{t("go-to-chats")}</a>
                </Empty>
            </section>
        </main>
    }
}
