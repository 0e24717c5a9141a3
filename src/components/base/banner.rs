//! A line across a page that says what is wrong and what to do.

use super::icon::Icon;
use leptos::prelude::*;

/// A banner for what should be known before something is done, announced at once.
#[component]
pub fn WarningBanner(
    /// What would happen; nothing hides the banner.
    #[prop(into)]
    text: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <div role="alert">
            {move || {
                text.get()
                    .map(|text| {
                        view! {
                            <div class="banner banner--inset">
                                <Icon name="i-alert" />
                                <p>{text}</p>
                            </div>
                        }
                    })
            }}
        </div>
    }
}

/// A banner for an error at its place, announced at once.
#[component]
pub fn ErrorBanner(
    /// What happened and what to do; nothing hides the banner.
    #[prop(into)]
    text: Signal<Option<String>>,
) -> impl IntoView {
    move || {
        text.get().map(|text| {
            view! {
                <div class="banner banner--danger banner--inset" role="alert">
                    <Icon name="i-alert" />
                    <p>{text}</p>
                </div>
            }
        })
    }
}
