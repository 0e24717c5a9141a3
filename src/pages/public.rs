//! The frame of pages for people who are not signed in.

use crate::{
    components::base::icon::Icon,
    i18n::{self, Language, t},
    state::{preferences, toasts::Toasts},
};
use leptos::{prelude::*, task::spawn_local};

/// Brand, theme and language above a card.
#[component]
pub(crate) fn PublicFrame(children: Children) -> impl IntoView {
    view! {
        <a class="skip-link" href="#main">
            {t("skip-to-content")}
        </a>
        <div class="public">
            <header class="public__head">
                <span class="brand">
                    <span class="brand__mark">
                        <Icon name="c-causeway" />
                    </span>
                    "Causeway"
                </span>
                <span class="push"></span>
                <LanguageSelect />
                <button
                    class="icon-btn"
                    type="button"
                    aria-label=t("switch-theme")
                    on:click=|_| preferences::switch_theme()
                >
                    <Icon name="i-theme" />
                </button>
            </header>
            <main class="public__main" id="main" tabindex="-1">
                {children()}
            </main>
        </div>
    }
}

/// The language of the interface.
#[component]
pub(crate) fn LanguageSelect() -> impl IntoView {
    let language = expect_context::<Language>();
    let toasts = expect_context::<Toasts>();
    let change = move |event: leptos::ev::Event| {
        let chosen = event_target_value(&event);
        spawn_local(async move {
            preferences::set_language(&chosen);
            if let Err(error) = language.change(&chosen).await {
                toasts.error(super::explain(&error));
            }
        });
    };
    let current = i18n::current();
    view! {
        <select class="input input--compact" aria-label=t("language") on:change=change>
            {i18n::LANGUAGES
                .into_iter()
                .map(|(tag, name)| {
                    view! {
                        <option value=tag lang=tag selected=tag == current>
                            {name}
                        </option>
                    }
                })
                .collect_view()}
        </select>
    }
}
