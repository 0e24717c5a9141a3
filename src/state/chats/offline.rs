//! The list while the server is out of reach.

use super::Chats;
use crate::state::kept;
use causeway_api::{chats::ChatList, paths::Side};
use leptos::prelude::*;

impl Chats {
    /// Whether the page has gone while something was on its way: signed out, or locked.
    pub(super) fn has_gone(self) -> bool {
        self.signed_out.try_get_untracked().is_none()
    }

    /// Keeps the list for then.
    pub(super) fn keep(self, list: &ChatList) {
        if self.side == Side::Portal {
            kept::keep_list(self.me(), list);
        }
    }

    /// Shows the list as it was last seen, until the server is heard of again.
    pub(super) fn show_kept(self) {
        if self.side == Side::Client || !self.order.with_untracked(Vec::is_empty) {
            return;
        }
        for chat in kept::list(self.me()).map_or_else(Vec::new, |list| list.chats) {
            self.upsert(chat);
        }
    }
}
