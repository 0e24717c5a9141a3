//! The offer to load a new version. The service worker (`public/sw.js`) has it ready; it is loaded when the person agrees,
//! so that nothing being typed is lost.

use crate::i18n::t;
use leptos::prelude::*;

/// Dispatches an event to the script of the page.
fn dispatch(event: &str) {
    let dispatched = web_sys::Event::new(event).and_then(|event| window().dispatch_event(&event));
    if let Err(error) = dispatched {
        web_sys::console::warn_2(&"the page cannot be told of a new version".into(), &error);
    }
}

/// The bar that offers to reload; empty while this version is the newest.
#[component]
pub(super) fn UpdatePrompt() -> impl IntoView {
    let is_ready = RwSignal::new(false);
    let listening = window_event_listener_untyped("causeway-update", move |_| {
        is_ready.try_set(true);
    });
    on_cleanup(move || listening.remove());
    // The new version may have been found before this page was open.
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
