//! Voice notes: uploaded as soon as they were recorded, and sent when they are ready.

use super::{Uploads, new_id, restoring::named};
use crate::components::chat::tray::{UploadItem, UploadStep, VoiceSending};
use causeway_api::{ChatId, FileId, files::Attachment};
use leptos::prelude::*;
use web_sys::Blob;

impl Uploads {
    /// Uploads a voice note, which goes by itself. `false` when this browser cannot.
    pub fn attach_voice(self, chat: ChatId, recording: &Blob, name: &str, sending: VoiceSending) -> bool {
        let (Some(id), Some(file)) = (new_id(), named(recording, name)) else { return false };
        let size = file.size() as i64;
        self.keep(id, &file);
        self.files.update_value(|files| drop(files.insert(id, file)));
        let (name, step) = (name.to_owned(), UploadStep::Waiting);
        self.change(|items| {
            items.push(UploadItem { id, chat, name, size, sent: 0, step, voice: Some(sending) });
        });
        self.go_on();
        true
    }

    /// Has voice notes sent as soon as they are ready.
    pub fn send_voice_notes(self, send: impl Fn(ChatId, VoiceSending, Attachment) + 'static) {
        Effect::new(move |_| {
            let ready: Vec<(FileId, ChatId, VoiceSending, Attachment)> =
                self.items.with(|items| items.iter().filter_map(sendable).collect());
            for (id, chat, sending, attachment) in ready {
                send(chat, sending, attachment);
                self.forget(id);
            }
        });
    }
}

fn sendable(item: &UploadItem) -> Option<(FileId, ChatId, VoiceSending, Attachment)> {
    match (&item.step, item.voice) {
        (UploadStep::Ready(attachment), Some(sending)) => {
            Some((item.id, item.chat, sending, attachment.clone()))
        }
        _ => None,
    }
}
