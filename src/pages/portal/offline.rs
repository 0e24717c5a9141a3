//! The banner of a lost connection.

use crate::{components::base::icon::Icon, i18n::t, state::chats::Connection};
use leptos::prelude::*;

/// Says when nothing new can arrive, and that nothing is lost.
#[component]
pub(super) fn OfflineBanner(connection: Signal<Connection>) -> impl IntoView {
    let is_lost = Memo::new(move |_| connection.get() == Connection::Lost);
    view! {
        <div role="status" aria-live="polite">
            <Show when=move || is_lost.get()>
                <div class="banner" data-testid="offline">
                    <Icon name="i-alert" />
                    <p>{t("offline")}</p>
                </div>
            </Show>
        </div>
    }
}
