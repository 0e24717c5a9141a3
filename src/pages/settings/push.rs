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
    let toasts = expect_context::<Toasts>();
    let (state, failed) = (RwSignal::new(None::<PushState>), RwSignal::new(None::<String>));
    let (error, is_busy, shows) = (RwSignal::new(None::<String>), RwSignal::new(false), RwSignal::new(false));
    let load = move || {
        spawn_local(async move {
            match client::push::get_push().await {
                Ok(answer) => {
                    failed.try_set(None);
                    shows.try_set(answer.shows_content);
                    state.try_set(Some(answer));
                }
                Err(refused) => drop(failed.try_set(Some(explain(&refused)))),
            }
        });
    };
    load();
    let switch_on = move |shows_content: bool| {
        let Some(key) = state.with_untracked(|state| state.as_ref().map(|state| state.key.clone())) else {
            return;
        };
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        error.set(None);
        spawn_local(async move {
            let done = match push::subscribe(&key, shows_content).await {
                Ok(subscription) => client::push::subscribe_push(&subscription).await.map_err(|refused| {
                    field_fault(&refused, "endpoint").unwrap_or_else(|| explain(&refused))
                }),
                Err(fault) => Err(t(fault)),
            };
            is_busy.try_set(false);
            match done {
                Ok(()) => toasts.say(t("push-is-on")),
                Err(words) => drop(error.try_set(Some(words))),
            }
            load();
        });
    };
    let switch_off = move |_| {
        spawn_local(async move {
            error.try_set(None);
            if let Err(refused) = client::push::unsubscribe_push().await {
                error.try_set(Some(explain(&refused)));
                return;
            }
            if let Err(fault) = push::unsubscribe().await {
                error.try_set(Some(t(fault)));
            }
            toasts.say(t("push-is-off"));
            load();
        });
    };
    let choose = move |event: leptos::ev::Event| {
        let shows_content = event_target_checked(&event);
        shows.set(shows_content);
        if state.with_untracked(|state| state.as_ref().is_some_and(|state| state.is_on)) {
            switch_on(shows_content);
        }
    };
    let buttons = move |is_on: bool| {
        if !push::is_supported() {
            return view! { <p>{t("push-unsupported")}</p> }.into_any();
        }
        if push::is_refused() && !is_on {
            return view! { <p>{t("push-refused")}</p> }.into_any();
        }
        view! {
            <label class="choice">
                <input type="checkbox" prop:checked=move || shows.get() on:change=choose/>
                <span>{t("push-shows-content")}<span class="choice__hint">{t("push-shows-content-hint")}</span></span>
            </label>
            <p class="btn-row">
                {if is_on {
                    view! { <button class="btn" type="button" on:click=switch_off>{t("push-switch-off")}</button> }.into_any()
                } else {
                    view! {
                        <button class="btn btn--primary" type="button" aria-busy=move || is_busy.get().then_some("true") on:click=move |_| switch_on(shows.get_untracked())>{t("push-switch-on")}</button>
                    }.into_any()
                }}
            </p>
        }.into_any()
    };
    view! {
        <section aria-labelledby="push-title" class="settings__section">
            <div class="settings__head">
                <h2 class="profile__name" id="push-title">{t("push-title")}</h2>
                <p class="muted">{t("push-text")}</p>
            </div>
            <ErrorBanner text=error/>
            {move || match (state.get(), failed.get()) {
                (Some(state), _) => view! {
                    <p>{t(if state.is_on { "push-status-on" } else { "push-status-off" })}</p>
                    {buttons(state.is_on)}
                }.into_any(),
                (None, Some(text)) => view! {
                    <Empty title=t("failed-title") text=text kind=EmptyKind::Failed>
                        <button class="btn" type="button" on:click=move |_| load()>{t("try-again")}</button>
                    </Empty>
                }.into_any(),
                (None, None) => view! { <p role="status" aria-busy="true">{t("loading")}</p> }.into_any(),
            }}
        </section>
    }
}
