//! Notifications on this device: the reason first, then the permission, and how much they show.

use crate::{
    client,
    components::base::{
        banner::ErrorBanner,
        empty::{Empty, EmptyKind},
    },
    i18n::t,
    pages::{explain, field_fault},
    state::{push, toasts::Toasts},
};
use causeway_api::push::PushState;
use leptos::{prelude::*, task::spawn_local};

/// Notifications while no page is open, on this device: on or off, with or without the text.
#[component]
pub(super) fn PushSettings() -> impl IntoView {
    let (state, failed) = (RwSignal::new(None::<PushState>), RwSignal::new(None::<String>));
    let error = RwSignal::new(None::<String>);
    let load = move || {
        spawn_local(async move {
            match client::push::get_push().await {
                Ok(answer) => {
                    failed.try_set(None);
                    state.try_set(Some(answer));
                }
                Err(refused) => drop(failed.try_set(Some(explain(&refused)))),
            }
        });
    };
    load();
    view! {
        <section aria-labelledby="push-title" class="settings__section">
            <div class="settings__head">
                <h2 class="profile__name" id="push-title">
                    {t("push-title")}
                </h2>
                <p class="muted">{t("push-text")}</p>
            </div>
            <ErrorBanner text=error />
            {move || match (state.get(), failed.get()) {
                (Some(state), _) => {
                    view! {
                        <p>{t(if state.is_on { "push-status-on" } else { "push-status-off" })}</p>
                        <Switch state=state error=error on_change=move |()| load() />
                    }
                        .into_any()
                }
                (None, Some(text)) => {
                    view! {
                        <Empty title=t("failed-title") text=text kind=EmptyKind::Failed>
                            <button class="btn" type="button" on:click=move |_| load()>
                                {t("try-again")}
                            </button>
                        </Empty>
                    }
                        .into_any()
                }
                (None, None) => {
                    view! {
                        <p role="status" aria-busy="true">
                            {t("loading")}
                        </p>
                    }
                        .into_any()
                }
            }}
        </section>
    }
}

/// Switching them on and off, and how much they show; or why this browser cannot.
#[component]
fn Switch(
    state: PushState,
    error: RwSignal<Option<String>>,
    /// Something was changed.
    #[prop(into)]
    on_change: Callback<()>,
) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let (is_on, key) = (state.is_on, StoredValue::new(state.key));
    let (is_busy, shows) = (RwSignal::new(false), RwSignal::new(state.shows_content));
    let switch_on = move |shows_content: bool| {
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        error.set(None);
        spawn_local(async move {
            let done = turn_on(&key.get_value(), shows_content).await;
            is_busy.try_set(false);
            match done {
                Ok(()) => toasts.say(t("push-is-on")),
                Err(words) => drop(error.try_set(Some(words))),
            }
            on_change.run(());
        });
    };
    let switch_off = move |_| {
        spawn_local(async move {
            error.try_set(turn_off(toasts).await.err());
            on_change.run(());
        });
    };
    let choose = move |event: leptos::ev::Event| {
        let shows_content = event_target_checked(&event);
        shows.set(shows_content);
        if is_on {
            switch_on(shows_content);
        }
    };
    if !push::is_supported() {
        return view! { <p>{t("push-unsupported")}</p> }.into_any();
    }
    if push::is_refused() && !is_on {
        return view! { <p>{t("push-refused")}</p> }.into_any();
    }
    let button = if is_on {
        view! {
            <button class="btn" type="button" on:click=switch_off>
                {t("push-switch-off")}
            </button>
        }
        .into_any()
    } else {
        view! {
            <button
                class="btn btn--primary"
                type="button"
                aria-busy=move || is_busy.get().then_some("true")
                on:click=move |_| switch_on(shows.get_untracked())
            >
                {t("push-switch-on")}
            </button>
        }
        .into_any()
    };
    view! {
        <label class="choice">
            <input type="checkbox" prop:checked=move || shows.get() on:change=choose />
            <span>{t("push-shows-content")}<span class="choice__hint">{t("push-shows-content-hint")}</span></span>
        </label>
        <p class="btn-row">{button}</p>
    }
    .into_any()
}

/// Asks the browser, then tells the server.
async fn turn_on(key: &str, shows_content: bool) -> Result<(), String> {
    let subscription = push::subscribe(key, shows_content).await.map_err(t)?;
    let told = client::push::subscribe_push(&subscription).await;
    told.map_err(|refused| field_fault(&refused, "endpoint").unwrap_or_else(|| explain(&refused)))
}

/// Tells the server first: it sends nothing more, whatever the browser does.
async fn turn_off(toasts: Toasts) -> Result<(), String> {
    client::push::unsubscribe_push().await.map_err(|refused| explain(&refused))?;
    toasts.say(t("push-is-off"));
    push::unsubscribe().await.map_err(t)
}
