//! What arrives in the conversation on the screen, for those who listen.

use super::Chats;
use causeway_api::chats::Message;
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};

/// How long a message stays where screen readers notice it.
const SAY_MILLIS: u32 = 5_000;

impl Chats {
    /// Has a message said to those who listen. It is taken away again afterwards: it stands in the timeline.
    pub(super) fn say(self, message: Message) {
        let id = message.id;
        self.heard.update(|heard| heard.push(message));
        spawn_local(async move {
            TimeoutFuture::new(SAY_MILLIS).await;
            self.heard.try_update(|heard| heard.retain(|said| said.id != id));
        });
    }
}
