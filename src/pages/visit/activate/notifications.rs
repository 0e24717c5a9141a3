//! The offer of notifications, right after a phone was linked.

use crate::{
    client::{self, ClientError},
    components::{base::banner::ErrorBanner, form::act_button::ActButton},
    i18n::t,
    pages::submission::Submission,
    state::push,
};
use leptos::{prelude::*, task::spawn_local};

/// Asks whether this phone should tell of new messages; goes on at once where it cannot, or does already.
#[component]
pub(super) fn OfferNotifications(
    /// Turned on or declined.
    #[prop(into)]
    on_done: Callback<()>,
) -> impl IntoView {
    let key = RwSignal::new(None::<String>);
    spawn_local(async move {
        let can_be_asked = push::is_supported() && !push::is_refused();
        let state = if can_be_asked { client::push::get_push().await.ok() } else { None };
        match state.filter(|state| !state.is_on) {
            Some(state) => drop(key.try_set(Some(state.key))),
            None => on_done.run(()),
        }
    });
    move || match key.get() {
        Some(key) => view! { <Offer key=key on_done=on_done /> }.into_any(),
        None => view! { <p role="status">{t("loading")}</p> }.into_any(),
    }
}

/// The reason first, then the permission of the browser.
#[component]
fn Offer(
    /// The key of the server, with which the browser subscribes.
    key: String,
    on_done: Callback<()>,
) -> impl IntoView {
    let (submission, shows, key) = (Submission::new(), RwSignal::new(false), StoredValue::new(key));
    let turn_on = move |()| {
        let ask = move || push::turn_on(key.get_value(), shows.get_untracked());
        let done = move |turned: Result<(), push::Reason>| match turned {
            Ok(()) => on_done.run(()),
            Err(reason) => submission.fail(t(reason)),
        };
        submission.send_or(ask, done, |_: &ClientError| false);
    };
    view! {
        <section aria-labelledby="notify-title" class="auth__step">
            <div>
                <h2 class="auth__title" id="notify-title">
                    {t("activate-notify-title")}
                </h2>
                <p class="auth__text">{t("activate-notify-text")}</p>
            </div>
            <ErrorBanner text=submission.error() />
            <label class="choice">
                <input
                    type="checkbox"
                    prop:checked=move || shows.get()
                    on:change=move |event| shows.set(event_target_checked(&event))
                />
                <span>{t("push-shows-content")}<span class="choice__hint">{t("push-shows-content-hint")}</span></span>
            </label>
            <ActButton class="btn btn--primary btn--lg btn--block" is_busy=submission.is_busy() on_act=turn_on>
                {t("activate-notify-yes")}
            </ActButton>
            <button class="btn btn--lg btn--block" type="button" on:click=move |_| on_done.run(())>
                {t("activate-notify-later")}
            </button>
        </section>
    }
}
