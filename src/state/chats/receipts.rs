//! How far the viewer has come: noted here, and told to the server a moment later, several marks at once.

use super::Chats;
use crate::{client, state::delivery};
use causeway_api::{ChatId, chats::MarkReceipts};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};

impl Chats {
    pub(super) fn acknowledge_all(self) {
        let me = self.me();
        for id in self.order.get_untracked() {
            let Some(chat) = self.peek(id) else { continue };
            if delivery::own(&chat, me).is_some_and(|own| own.delivered < chat.last_ordinal) {
                self.mark(id, chat.last_ordinal, 0);
            }
        }
    }

    /// Notes how far the viewer has come; the server is told a moment later, several marks at once.
    pub fn mark(self, chat: ChatId, delivered: i64, read: i64) {
        let is_first = self
            .marks
            .try_update_value(|marks| {
                let is_first = marks.is_empty();
                let mark = marks.entry(chat).or_default();
                *mark = (mark.0.max(delivered), mark.1.max(read));
                is_first
            })
            .unwrap_or(false);
        if is_first {
            spawn_local(async move {
                TimeoutFuture::new(250).await;
                self.flush_marks();
            });
        }
    }

    pub(super) fn flush_marks(self) {
        let marks = self.marks.try_update_value(std::mem::take).unwrap_or_default();
        for (chat, (delivered, read)) in marks {
            spawn_local(async move {
                let sent =
                    client::chats::mark_receipts(self.side, chat, MarkReceipts { delivered, read }).await;
                // Marks only move forward, so a lost one is made good by the next.
                if let Err(error) = sent {
                    self.on_error(&error);
                }
            });
        }
    }
}
