//! The section Contacts: empty until its features exist, and saying so.

use crate::{components::empty::Empty, i18n::t, routes::Route};
use leptos::prelude::*;

/// The section.
#[component]
pub fn Contacts() -> impl IntoView {
    super::set_title(&t("nav-contacts"));
    view! {
        <main class="portal__main" id="main" tabindex="-1">
            <section class="pane" aria-labelledby="section-title">
                <header class="pane__head pane__head--ruled"><h1 class="pane__title" id="section-title">{t("nav-contacts")}</h1></header>
                <Empty title=t("contacts-empty-title") text=t("contacts-empty-text")>
                    <a class="btn" href=Route::Chats.href()>{t("go-to-chats")}</a>
                </Empty>
            </section>
        </main>
    }
}
