//! What a tab keeps of its uploads, and goes on with after a reload.

use super::{Uploads, tabs};
use crate::{
    components::chat::tray::{UploadItem, UploadStep},
    state::{kept, storage},
};
use causeway_api::FileId;
use leptos::{prelude::*, task::spawn_local};
use web_sys::{Blob, File, FilePropertyBag};

impl Uploads {
    /// Goes on with what this tab had begun before a reload, and with what tabs had begun that are gone.
    pub(super) fn restore(self) {
        spawn_local(async move {
            let (own, of_tabs) = tabs::take(self.me).await;
            let mut kept: Vec<UploadItem> = Vec::new();
            for key in of_tabs {
                kept.extend(storage::read::<Vec<UploadItem>>(&key).unwrap_or_default());
                if key != own {
                    storage::remove(&key);
                }
            }
            for item in &mut kept {
                if !matches!(item.step, UploadStep::Ready(_) | UploadStep::Refused(_)) {
                    item.step = UploadStep::Missing;
                    self.fetch_kept(item).await;
                }
            }
            // The page may have gone meanwhile.
            if self.kept_as.try_set_value(Some(own)).is_some() {
                return;
            }
            self.change(|items| items.splice(0..0, kept).for_each(drop));
            self.catch_up();
            self.go_on();
        });
    }

    /// Finds the file again that the browser has kept.
    async fn fetch_kept(self, item: &mut UploadItem) {
        let found = kept::files::get_all(&self.file_key(item.id)).await.into_iter().next();
        let file = found.and_then(|blob| named(&blob, &item.name)).filter(|it| it.size() as i64 == item.size);
        if let Some(file) = file
            && self.files.try_update_value(|files| files.insert(item.id, file)).is_some()
        {
            item.step = UploadStep::Waiting;
        }
    }

    /// Has the browser keep a file until it has been sent.
    pub(super) fn keep(self, id: FileId, file: &File) {
        let (key, file) = (self.file_key(id), file.clone());
        spawn_local(async move {
            // Where it is not kept, the tray asks for it after a reload.
            kept::files::put(&key, &file).await;
            if self.items.try_with_untracked(|items| !items.iter().any(|item| item.id == id)) == Some(true) {
                kept::files::remove_all(&key);
            }
        });
    }

    pub(super) fn file_key(self, id: FileId) -> String {
        kept::files::key(self.me, &format!("upload/{id}"))
    }

    /// Writes down what there is.
    pub(super) fn write_down(self) {
        if let Some(key) = self.kept_as.try_get_value().flatten() {
            self.items.with_untracked(|items| storage::write(&key, items));
        }
    }
}

/// A file with the name that it had.
pub(super) fn named(blob: &Blob, name: &str) -> Option<File> {
    let options = FilePropertyBag::new();
    options.set_type(&blob.type_());
    File::new_with_blob_sequence_and_options(&js_sys::Array::of1(blob), name, &options).ok()
}
