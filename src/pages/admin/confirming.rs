//! What waits until the admin has confirmed a code once more: every act that governs the company may be refused with
//! `confirm_again`, and goes on afterwards.

use crate::{client::ClientError, pages::sign_in::confirm_again::ConfirmAgain};
use causeway_api::ProblemCode;
use leptos::prelude::*;

/// The act that waits.
#[derive(Clone, Copy)]
pub(super) struct Waiting(RwSignal<Option<Callback<()>>>);

impl Waiting {
    /// Nothing waits yet.
    pub(super) fn new() -> Self {
        Self(RwSignal::new(None))
    }

    /// Keeps the act if it was refused because a code has to be confirmed first; gives any other refusal back.
    pub(super) fn hold(
        self,
        refused: ClientError,
        act: impl Fn() + Send + Sync + 'static,
    ) -> Result<(), ClientError> {
        if refused.code() != Some(ProblemCode::ConfirmAgain) {
            return Err(refused);
        }
        self.0.try_set(Some(Callback::new(move |()| act())));
        Ok(())
    }
}

/// Asks for the code while something waits.
#[component]
pub(super) fn ConfirmWaiting(waiting: Waiting) -> impl IntoView {
    move || {
        waiting.0.get().map(|act| {
            let go_on = move |()| {
                waiting.0.set(None);
                act.run(());
            };
            view! { <ConfirmAgain on_done=go_on on_close=move |()| waiting.0.set(None)/> }
        })
    }
}
