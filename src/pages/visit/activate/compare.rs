//! The number to compare, and completing the link once the computer has confirmed it.

use super::{Activating, Step};
use crate::{
    client::{self, OtherSession},
    components::base::banner::ErrorBanner,
    i18n::{Arg, minutes, t, tx},
    pages::{explain, sign_in::other_person::AskToReplace},
    routes,
    state::countdown::count_down,
};
use causeway_api::{
    devices::{Activation, LinkStep},
    paths::Side,
};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use std::{cell::Cell, rc::Rc};

/// The interval of asking whether the number was confirmed: the phone has no session and no socket yet.
const ASK_MILLIS: u32 = 1_500;

/// Shows the number to type at the portal, and continues once it was confirmed.
#[component]
pub(super) fn CompareStep(activating: Activating, activation: Activation) -> impl IntoView {
    let (left, _) = count_down(Some(activation.expires_in));
    let completion = Completion { activating, error: RwSignal::new(None), asks: RwSignal::new(false) };
    let error = completion.error;
    let is_gone = Rc::new(Cell::new(false));
    let gone = StoredValue::new_local(is_gone.clone());
    on_cleanup(move || gone.with_value(|gone| gone.set(true)));
    routes::portal_soon();
    spawn_local(async move {
        while !is_gone.get() {
            match client::devices::get_activation().await {
                _ if is_gone.get() => return,
                Ok(now) if now.step == LinkStep::Approved => {
                    return completion.complete(OtherSession::Keep).await;
                }
                Ok(now) if now.step.is_over() => return activating.step.set(Step::Over(now.step)),
                Ok(_) => drop(error.try_set(None)),
                // Keeps asking: a phone's network comes and goes.
                Err(refused) if refused.is_passing() => drop(error.try_set(Some(explain(&refused)))),
                Err(_) => return activating.step.set(Step::Over(LinkStep::Refused)),
            }
            TimeoutFuture::new(ASK_MILLIS).await;
        }
    });
    let number = activation.number.unwrap_or_default();
    let spoken = format!("{}: {number}", t("activate-number-label"));
    let compare = move || {
        let (number, spoken) = (number.clone(), spoken.clone());
        view! {
            <section aria-labelledby="compare-title" class="auth__step center">
                <h2 class="auth__title" id="compare-title">
                    {t("activate-number-title")}
                </h2>
                <p class="big-code big-code--number">
                    <span aria-hidden="true" data-number="">
                        {number}
                    </span>
                    <span class="visually-hidden">{spoken}</span>
                </p>
                <p>{t("activate-number-text")}</p>
                <ErrorBanner text=error />
                <p class="muted num">
                    {move || tx("activate-waiting", &[("time", Arg::Text(&minutes(left.get().unwrap_or(0))))])}
                </p>
            </section>
        }
    };
    let replace = move |()| spawn_local(completion.complete(OtherSession::Replace));
    let keep = |()| routes::leave_for(&routes::Route::Chats.href());
    move || {
        if completion.asks.get() {
            view! { <AskToReplace side=Side::Portal on_replace=replace on_keep=keep /> }.into_any()
        } else {
            compare().into_any()
        }
    }
}

/// Completing the link once the number is confirmed.
#[derive(Clone, Copy)]
struct Completion {
    activating: Activating,
    error: RwSignal<Option<String>>,
    /// Another person is signed in on this phone.
    asks: RwSignal<bool>,
}

impl Completion {
    /// Completes linking and opens a session, again and again while the server is out of reach.
    async fn complete(self, other: OtherSession) {
        loop {
            match client::devices::finish_activation(other).await {
                Ok(session) => return self.activating.step.set(Step::Passcode(session.me)),
                Err(refused) if refused.is_other_person() => {
                    self.asks.try_set(true);
                    return;
                }
                Err(refused) if refused.is_passing() => drop(self.error.try_set(Some(explain(&refused)))),
                Err(refused) => {
                    let words = crate::pages::field_fault(&refused, "device");
                    let over = words.map_or(Step::Over(LinkStep::Refused), Step::Failed);
                    return self.activating.step.set(over);
                }
            }
            TimeoutFuture::new(ASK_MILLIS).await;
        }
    }
}
