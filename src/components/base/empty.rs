//! A place with nothing in it: what belongs here, and what to do.

use leptos::prelude::*;

/// What the little line drawing says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EmptyKind {
    /// Nothing here yet.
    #[default]
    Nothing,
    /// Something went wrong.
    Failed,
}

/// What stands in for a list or a page that has nothing to show: a title, a text, and a way on.
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
