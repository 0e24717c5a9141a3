//! How far a message has come: a shape and a word, never colour alone.

use crate::{components::base::icon::symbol, i18n::t};
use leptos::prelude::*;

/// The state of a message that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TickState {
    /// On its way to the server.
    Sending,
    /// The server has it.
    Sent,
    /// It has reached the others.
    Delivered,
    /// The others have read it.
    Read,
}

impl TickState {
    fn key(self) -> &'static str {
        match self {
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
        }
    }

    /// The state in a word.
    pub fn word(self) -> String {
        t(match self {
            Self::Sending => "tick-sending",
            Self::Sent => "tick-sent",
            Self::Delivered => "tick-delivered",
            Self::Read => "tick-read",
        })
    }
}

/// The tick of a message.
#[component]
pub fn Tick(
    /// How far it has come.
    #[prop(into)]
    state: Signal<TickState>,
) -> impl IntoView {
    view! {
        <svg
            class=move || format!("tick tick--{}", state.get().key())
            viewBox="0 0 18 16"
            role="img"
            aria-label=move || state.get().word()
        >
            <use href=move || symbol(&format!("t-{}", state.get().key()))></use>
        </svg>
    }
}
