//! A place with nothing in it: what belongs here, and what to do.

use crate::i18n::t;
use leptos::prelude::*;

/// Why a place is empty, as its drawing shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EmptyKind {
    /// Nothing here yet.
    #[default]
    Nothing,
    /// Something went wrong.
    Failed,
}

/// What is shown in place of a list or a page that has nothing to show: a title, a text, and what to do.
#[component]
pub fn Empty(
    /// What is missing, as a heading.
    #[prop(into)]
    title: String,
    /// What belongs here, or what to do.
    #[prop(into)]
    text: String,
    /// Nothing yet, or a fault.
    #[prop(optional)]
    kind: EmptyKind,
    /// A button or a link that leads on.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let end = match kind {
        EmptyKind::Nothing => "lit",
        EmptyKind::Failed => "bad",
    };
    view! {
        <div class="empty" role=(kind == EmptyKind::Failed).then_some("alert")>
            <svg class="empty__art" viewBox="0 0 120 64" aria-hidden="true">
                <path d="M8 24h104M20 52v-6a14 14 0 0 1 28 0v6M48 52v-6a14 14 0 0 1 28 0v6"></path>
                <path class=end d="M76 52v-6a14 14 0 0 1 28 0v6"></path>
            </svg>
            <h2 class="empty__title">{title}</h2>
            <p class="empty__text">{text}</p>
            {children.map(|children| children())}
        </div>
    }
}

/// Why a list or a page could not be loaded, with the button that tries again.
#[component]
pub fn Failed(
    /// Why, in words.
    text: String,
    /// The class of the button.
    #[prop(default = "btn")]
    class: &'static str,
    /// Another try is wanted.
    #[prop(into)]
    on_retry: Callback<()>,
) -> impl IntoView {
    view! {
        <Empty title=t("failed-title") text=text kind=EmptyKind::Failed>
            <button class=class type="button" on:click=move |_| on_retry.run(())>
                {t("try-again")}
            </button>
        </Empty>
    }
}

/// That a part of a page is being loaded.
#[component]
pub fn Loading() -> impl IntoView {
    view! {
        <p role="status" aria-busy="true">
            {t("loading")}
        </p>
    }
}
