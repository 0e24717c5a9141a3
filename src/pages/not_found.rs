//! An address that leads nowhere.

use super::public::PublicFrame;
use crate::{components::base::empty::Empty, i18n::t, routes::Route};
use leptos::prelude::*;

/// Says so, and leads back.
#[component]
pub fn NotFound() -> impl IntoView {
    super::set_title(&t("not-found-title"));
    view! {
        <PublicFrame>
            <h1 class="visually-hidden">"Causeway"</h1>
            <Empty title=t("not-found-title") text=t("not-found-text")>
                <a class="btn btn--primary" href=Route::Chats.href() rel="external">
                    {t("go-to-chats")}
                </a>
            </Empty>
        </PublicFrame>
    }
}
