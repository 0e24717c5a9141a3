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
    /// Moves the focus to the banner, where its form may be scrolled so far that no one would see it.
    #[prop(optional)]
    takes_focus: bool,
) -> impl IntoView {
    move || {
        text.get().map(|text| {
            let banner = NodeRef::<leptos::html::Div>::new();
            banner.on_load(move |banner| {
                if takes_focus {
                    // An element in the page takes the focus.
                    let _ = banner.focus();
                }
            });
            view! {
                <div
                    node_ref=banner
                    class="banner banner--danger banner--inset"
                    role="alert"
                    tabindex=takes_focus.then_some("-1")
                >
                    <Icon name="i-alert" />
                    <p>{text}</p>
                </div>
            }
        })
    }
}

/// A banner that says what has changed on the page meanwhile, and why.
#[component]
pub fn ChangeBanner(
    /// What has changed; nothing hides the banner.
    #[prop(into)]
    text: Signal<Option<String>>,
) -> impl IntoView {
    let words = move || {
        text.get().map(|text| {
            view! {
                <div class="banner banner--inset">
                    <Icon name="i-refresh" />
                    <p>{text}</p>
                </div>
            }
        })
    };
    view! { <div role="status">{words}</div> }
}
