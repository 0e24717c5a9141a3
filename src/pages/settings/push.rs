//! Notifications on this device: the reason first, then the permission, and how much they show.

use crate::{
    client::{self, ClientError},
    components::{
        base::{
            banner::ErrorBanner,
            empty::{Failed, Loading},
        },
        form::act_button::ActButton,
    },
    i18n::t,
    pages::{explain, submission::Submission},
    state::{push, toasts::Toasts},
};
use causeway_api::push::PushState;
use leptos::{prelude::*, task::spawn_local};

/// Web push on this device: its state as the server knows it, and switching it on and off.
#[derive(Clone, Copy)]
struct Push {
    state: RwSignal<Option<PushState>>,
    failed: RwSignal<Option<String>>,
    switching: Submission,
    toasts: Toasts,
}

impl Push {
    /// Loads the state again.
    fn load(self) {
        spawn_local(async move {
            match client::push::get_push().await {
                Ok(state) => {
                    self.failed.try_set(None);
                    self.state.try_set(Some(state));
                }
                Err(refused) => drop(self.failed.try_set(Some(explain(&refused)))),
            }
        });
    }

    /// Asks the browser for the permission, then tells the server.
    fn switch_on(self, key: String, shows_content: bool) {
        let ask = move || push::turn_on(key.clone(), shows_content);
        self.switch(ask, move || self.toasts.say(t("push-is-on")));
    }

    /// Has the server send nothing more, then ends the subscription in the browser.
    fn switch_off(self) {
        self.switch(move || turn_off(self.toasts), || ());
    }

    /// Switches, and shows what holds then; `done` says that it was done.
    fn switch<A>(
        self,
        ask: impl Fn() -> A + Clone + Send + Sync + 'static,
        done: impl Fn() + Clone + Send + Sync + 'static,
    ) where
        A: Future<Output = Result<Result<(), push::Reason>, ClientError>> + 'static,
    {
        let switched = move |switched| {
            match switched {
                Ok(()) => done(),
                Err(reason) => self.switching.fail(t(reason)),
            }
            self.load();
        };
        let refused = move |_: &ClientError| {
            self.load();
            false
        };
        self.switching.send_or(ask, switched, refused);
    }
}

/// Notifications while no page is open, on this device: on or off, with or without the text.
#[component]
pub(super) fn PushSettings() -> impl IntoView {
    let push = Push {
        state: RwSignal::new(None),
        failed: RwSignal::new(None),
        switching: Submission::new(),
        toasts: expect_context::<Toasts>(),
    };
    push.load();
    view! {
        <section aria-labelledby="push-title" class="settings__section">
            <div class="settings__head">
                <h2 class="profile__name" id="push-title">
                    {t("push-title")}
                </h2>
                <p class="muted">{t("push-text")}</p>
            </div>
            <ErrorBanner text=push.switching.error() />
            {move || match (push.state.get(), push.failed.get()) {
                (Some(state), _) => {
                    view! {
                        <p>{t(if state.is_on { "push-status-on" } else { "push-status-off" })}</p>
                        <Switch push=push state=state />
                    }
                        .into_any()
                }
                (None, Some(text)) => view! { <Failed text=text on_retry=move |()| push.load() /> }.into_any(),
                (None, None) => view! { <Loading /> }.into_any(),
            }}
        </section>
    }
}

/// Switching them on and off, and how much they show; or why this browser cannot.
#[component]
fn Switch(push: Push, state: PushState) -> impl IntoView {
    if !push::is_supported() {
        return view! { <p>{t("push-unsupported")}</p> }.into_any();
    }
    if push::is_refused() && !state.is_on {
        return view! { <p>{t("push-refused")}</p> }.into_any();
    }
    let (is_on, key) = (state.is_on, StoredValue::new(state.key));
    let shows = RwSignal::new(state.shows_content);
    let choose = move |event: leptos::ev::Event| {
        shows.set(event_target_checked(&event));
        if is_on {
            push.switch_on(key.get_value(), shows.get_untracked());
        }
    };
    let act = move |()| {
        if is_on {
            push.switch_off();
        } else {
            push.switch_on(key.get_value(), shows.get_untracked());
        }
    };
    view! {
        <label class="choice">
            <input type="checkbox" prop:checked=move || shows.get() on:change=choose />
            <span>{t("push-shows-content")}<span class="choice__hint">{t("push-shows-content-hint")}</span></span>
        </label>
        <p class="btn-row">
            <ActButton class=if is_on { "btn" } else { "btn btn--primary" } is_busy=push.switching.is_busy() on_act=act>
                {t(if is_on { "push-switch-off" } else { "push-switch-on" })}
            </ActButton>
        </p>
    }
    .into_any()
}

/// Tells the server first: it sends nothing more, whatever the browser does. The inner error is the browser's.
async fn turn_off(toasts: Toasts) -> Result<Result<(), push::Reason>, ClientError> {
    client::push::unsubscribe_push().await?;
    toasts.tell(t("push-is-off"));
    Ok(push::unsubscribe().await)
}
