//! What the signed-in person is told of, beside messages; kept current by events.

use super::chats::Chats;
use crate::client;
use causeway_api::notifications::NotificationList;
use leptos::{prelude::*, task::spawn_local};

/// The notifications, provided once by the portal.
#[derive(Clone, Copy)]
pub struct Notifications {
    /// The newest, and how many are unread; nothing before they have arrived.
    pub list: RwSignal<Option<NotificationList>>,
    /// Why they could not be loaded.
    pub error: RwSignal<Option<client::ClientError>>,
}

impl Notifications {
    /// Loads them and follows what the stream of `chats` tells.
    pub fn provide(chats: Chats) -> Self {
        let all = Self { list: RwSignal::new(None), error: RwSignal::new(None) };
        provide_context(all);
        Effect::new(move |_| {
            chats.news().notified.track();
            all.load();
        });
        all
    }

    /// Loads them again.
    pub fn load(self) {
        spawn_local(async move {
            match client::notifications::list_notifications().await {
                Ok(list) => {
                    self.error.try_set(None);
                    self.list.try_set(Some(list));
                }
                Err(error) => drop(self.error.try_set(Some(error))),
            }
        });
    }

    /// How many are unread.
    pub fn unread(self) -> i64 {
        self.list.with(|list| list.as_ref().map_or(0, |list| list.unread))
    }
}
