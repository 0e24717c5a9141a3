//! Files that are being attached: two go at once, the others wait. What was begun goes on after a reload; where the browser
//! has not kept the file, the tray asks for it again and goes on where it was. Voice notes go by themselves.

mod restoring;
mod tabs;
mod voice;
mod work;

use super::kept;
use crate::components::chat::tray::{UploadItem, UploadStep};
use causeway_api::{
    ChatId, FileId, PersonId,
    auth::Session,
    files::{Attachment, FILES_PER_MESSAGE},
    paths::Side,
    validate::Fault,
};
use leptos::{prelude::*, task::spawn_local};
use std::collections::HashMap;
use web_sys::{File, XmlHttpRequest};

/// The files that are being attached, shared by every page of one side.
#[derive(Clone, Copy)]
pub struct Uploads {
    side: Side,
    me: PersonId,
    /// The largest file, in bytes.
    pub limit: i64,
    /// The files, in the order in which they were chosen.
    pub items: RwSignal<Vec<UploadItem>>,
    /// The key under which this tab keeps them; nothing until it has one.
    kept_as: StoredValue<Option<String>>,
    files: StoredValue<HashMap<FileId, File>, LocalStorage>,
    requests: StoredValue<HashMap<FileId, XmlHttpRequest>, LocalStorage>,
}

impl Uploads {
    /// Provides the uploads of a person to everything below.
    pub fn provide(side: Side, session: &Session) -> Self {
        let uploads = Self {
            side,
            me: session.me.id,
            limit: session.file_limit,
            items: RwSignal::default(),
            kept_as: StoredValue::new(None),
            files: StoredValue::new_local(HashMap::new()),
            requests: StoredValue::new_local(HashMap::new()),
        };
        provide_context(uploads);
        uploads.restore();
        uploads
    }

    /// The files of a chat.
    pub fn of(self, chat: ChatId) -> Vec<UploadItem> {
        self.items.with(|items| items.iter().filter(|item| item.chat == chat).cloned().collect())
    }

    /// What a message to a chat would carry; `None` while a file is not ready.
    pub fn ready(self, chat: ChatId) -> Option<Vec<Attachment>> {
        let ready = |item: &UploadItem| match &item.step {
            UploadStep::Ready(attachment) => Some(attachment.clone()),
            _ => None,
        };
        let is_meant = |item: &&UploadItem| item.chat == chat && item.voice.is_none();
        self.items.with(|items| items.iter().filter(is_meant).map(ready).collect())
    }

    /// Attaches files. One whose name and size the tray waits for goes on where it was.
    pub fn attach(self, chat: ChatId, files: Vec<File>) {
        for file in files {
            let (name, size) = (file.name(), file.size() as i64);
            let known = self.items.with_untracked(|items| {
                let is_it = |item: &&UploadItem| {
                    item.step == UploadStep::Missing
                        && item.chat == chat
                        && (item.name.as_str(), item.size) == (name.as_str(), size)
                };
                items.iter().find(is_it).map(|item| item.id)
            });
            if let Some(known) = known {
                self.files.update_value(|files| drop(files.insert(known, file)));
                self.step(known, UploadStep::Waiting);
                continue;
            }
            let Some(id) = new_id() else { return };
            let count = self.items.with_untracked(|items| items.iter().filter(|it| it.chat == chat).count());
            let step = match size {
                _ if count >= FILES_PER_MESSAGE => UploadStep::Refused("files-too-many".to_owned()),
                0 => UploadStep::Refused(Fault::FileEmpty.into()),
                size if size > self.limit => UploadStep::Refused(Fault::FileLarge.into()),
                _ => UploadStep::Waiting,
            };
            if step == UploadStep::Waiting {
                self.keep(id, &file);
            }
            self.files.update_value(|files| drop(files.insert(id, file)));
            self.change(|items| items.push(UploadItem { id, chat, name, size, sent: 0, step, voice: None }));
        }
        self.go_on();
    }

    /// The file itself, while the page has it: for a picture in the tray.
    pub fn file(self, id: FileId) -> Option<File> {
        self.files.with_value(|files| files.get(&id).cloned())
    }

    /// Takes a file out of the tray, and back from the server.
    pub fn remove(self, id: FileId) {
        let is_there = self.items.with_untracked(|items| items.iter().any(|item| item.id == id));
        self.forget(id);
        if is_there {
            let side = self.side;
            spawn_local(async move {
                // What cannot be taken back now is taken away by the server after a day.
                let _ = crate::client::files::cancel_upload(side, id).await;
            });
        }
        self.go_on();
    }

    /// Tries a file again.
    pub fn retry(self, id: FileId) {
        self.step(id, UploadStep::Waiting);
        self.go_on();
    }

    /// Empties the tray of a chat: a message carries its files now.
    pub fn take(self, chat: ChatId) {
        for item in self.items.get_untracked() {
            if item.chat == chat && item.voice.is_none() {
                self.forget(item.id);
            }
        }
    }

    fn forget(self, id: FileId) {
        if let Some(request) = self.requests.try_update_value(|all| all.remove(&id)).flatten() {
            // One that has ended already is as good as broken off.
            let _ = request.abort();
        }
        self.files.update_value(|files| drop(files.remove(&id)));
        kept::files::remove_all(&self.file_key(id));
        self.change(|items| items.retain(|item| item.id != id));
    }

    fn step(self, id: FileId, step: UploadStep) {
        self.change(|items| {
            if let Some(item) = items.iter_mut().find(|item| item.id == id) {
                item.step = step;
            }
        });
    }

    /// Notes how many bytes have gone. It is kept with the next step: a reload asks the server.
    fn moved(self, id: FileId, sent: i64) {
        self.items.try_update(|items| {
            if let Some(item) = items.iter_mut().find(|item| item.id == id) {
                item.sent = sent.min(item.size);
            }
        });
    }

    fn change(self, change: impl FnOnce(&mut Vec<UploadItem>)) {
        // The page may have gone meanwhile.
        if self.items.try_update(change).is_some() {
            self.write_down();
        }
    }
}

fn new_id() -> Option<FileId> {
    window().crypto().ok().and_then(|crypto| crypto.random_uuid().parse().ok())
}
