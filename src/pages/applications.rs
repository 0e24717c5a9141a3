//! The section Applications: empty until its features exist, and saying so.

use crate::{components::base::empty::Empty, i18n::t, routes::Route};
use leptos::prelude::*;

/// Says that there are no applications yet.
#[component]
pub fn Applications() -> impl IntoView {
    super::set_title(&t("nav-applications"));
    view! {
        <main class="portal__main" id="main" tabindex="-1">
            <section class="pane" aria-labelledby="section-title">
                <header class="pane__head pane__head--ruled">
                    <h1 class="pane__title" id="section-title">
                        {t("nav-applications")}
                    </h1>
                </header>
                <Empty title=t("applications-empty-title") text=t("applications-empty-text")>
                    <a class="btn" href=Route::Chats.href()>
                        {t("go-to-chats")}
                    </a>
                </Empty>
            </section>
        </main>
    }
}
