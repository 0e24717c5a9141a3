//! That a new version of the application is there. The service worker (`public/sw.js`) has it ready; it is used when
//! the person says so, because what is being typed should not be torn away.

use crate::i18n::t;
use leptos::prelude::*;

/// Dispatches an event to the script of the page.
fn dispatch(event: &str) {
    let dispatched = web_sys::Event::new(event).and_then(|event| window().dispatch_event(&event));
    if let Err(error) = dispatched {
        web_sys::console::warn_2(&"the page cannot be told of a new version".into(), &error);
    }
}

/// The bar that offers to reload; nothing while this version is the newest.
#[component]
pub(super) fn UpdatePrompt() -> impl IntoView {
    let is_ready = RwSignal::new(false);
    let listening = window_event_listener_untyped("causeway-update", move |_| {
        is_ready.try_set(true);
    });
    on_cleanup(move || listening.remove());
    // It may have been found before this page was there.
    dispatch("causeway-portal-open");
    view! {
        <div role="status">
            <Show when=move || is_ready.get()>
                <p class="banner">
                    <span>{t("update-ready")}</span>
                    <button class="btn btn--sm push" type="button" on:click=|_| dispatch("causeway-update-now")>
                        {t("update-now")}
                    </button>
                    <button class="btn btn--sm" type="button" on:click=move |_| is_ready.set(false)>
                        {t("update-later")}
                    </button>
                </p>
            </Show>
        </div>
    }
}
