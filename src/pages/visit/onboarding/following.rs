//! What the mini program asks for, a number or an address, is configured: a change is followed while the page is open.

use super::{Door, Onboarding, State};
use crate::{
    client,
    i18n::{Arg, tx},
};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};

/// How often the first step asks whether the company asks for something else by now.
const LOOK_AGAIN_MILLIS: u32 = 15_000;

impl Onboarding {
    /// Asks again what the first step of the mini program asks for. Says what has changed, and returns whether something has.
    pub(super) async fn look_again(self) -> bool {
        let Ok(start) = client::onboarding::describe(&self.link.get_value()).await else { return false };
        let Some(State::Identity(shown)) = self.state.try_get_untracked() else { return false };
        if shown.by_email == start.by_email {
            return false;
        }
        let text = if start.by_email { "miniapp-now-by-email" } else { "miniapp-now-by-phone" };
        self.notice.set(Some(tx(text, &[("company", Arg::Text(&start.company))])));
        self.first.set(Some(State::Identity(start.clone())));
        self.state.set(State::Identity(start));
        true
    }

    /// Follows what the company has configured while the first step is open: there is no session that would be told.
    pub(super) fn follow(self) {
        if self.door != Door::MiniApp {
            return;
        }
        let shown = window_event_listener_untyped("visibilitychange", move |_| {
            if !document().hidden() {
                spawn_local(async move {
                    self.look_again().await;
                });
            }
        });
        on_cleanup(move || shown.remove());
        spawn_local(async move {
            while self.state.try_get_untracked().is_some() {
                TimeoutFuture::new(LOOK_AGAIN_MILLIS).await;
                let is_first = self.state.try_with_untracked(|state| matches!(state, State::Identity(_)));
                if is_first == Some(true) && !document().hidden() {
                    self.look_again().await;
                }
            }
        });
    }
}
