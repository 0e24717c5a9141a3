//! The way of a file to the server.

use super::Uploads;
use crate::{
    client::{ClientError, Result, files as client},
    components::chat::tray::{UploadItem, UploadStep},
    state::capture::posters,
};
use causeway_api::{
    FileId, ProblemCode,
    files::{Attachment, BeginUpload, FileGroup, Upload, UploadState},
    validate::Fault,
};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};

/// Files on their way at once.
const AT_ONCE: usize = 2;
/// A file that broke off so often in a row waits for its sender.
const TRIES: u32 = 8;
/// The longest pause between two tries, in milliseconds.
const PAUSE_MAX: u32 = 15_000;
/// The pause until it is asked again whether a file was looked at, in milliseconds.
const CHECK_PAUSE: u32 = 700;

impl Uploads {
    /// Starts what waits, as long as not too many are on their way.
    pub(super) fn go_on(self) {
        loop {
            let next = self.items.with_untracked(|items| {
                let busy = items.iter().filter(|item| is_moving(item)).count();
                let next = items.iter().find(|item| item.step == UploadStep::Waiting);
                next.filter(|_| busy < AT_ONCE).cloned()
            });
            let Some(next) = next else { return };
            self.step(next.id, UploadStep::Sending);
            spawn_local(async move {
                if let Some(step) = self.carry(&next).await {
                    self.step(next.id, step);
                }
                if self.items.try_with_untracked(|_| ()).is_some() {
                    self.go_on();
                }
            });
        }
    }

    /// Asks how far the uploads of an earlier page are: one that arrived can be sent without its file.
    pub(super) fn catch_up(self) {
        let missing = self.items.with_untracked(|items| {
            items.iter().filter(|item| item.step == UploadStep::Missing).cloned().collect::<Vec<_>>()
        });
        for item in missing {
            spawn_local(async move {
                let Ok(upload) = client::get_upload(self.side, item.id).await else { return };
                self.moved(item.id, upload.offset);
                let has_arrived = upload.state != UploadState::Receiving || upload.offset == upload.size;
                if has_arrived {
                    self.step(item.id, UploadStep::Checking);
                }
                if has_arrived && let Some(step) = self.carry(&item).await {
                    self.step(item.id, step);
                }
            });
        }
    }

    /// Brings a file to the server, however often the way breaks off. Returns what became of it; `None` once it was taken
    /// out of the tray.
    async fn carry(self, item: &UploadItem) -> Option<UploadStep> {
        let new = BeginUpload {
            id: item.id,
            name: item.name.clone(),
            size: item.size,
            is_voice: item.voice.is_some(),
        };
        let mut at = client::begin_upload(self.side, item.chat, &new).await;
        let mut failed = 0;
        loop {
            if !self.is_wanted(item.id) {
                return None;
            }
            let before = at.as_ref().ok().map(|upload| upload.offset);
            at = match at {
                Ok(upload) => match self.next(item.id, upload).await {
                    Next::Asked(at) => at,
                    Next::Over(step) => return Some(step),
                },
                Err(error) => match after(&error, failed) {
                    Some(step) => return Some(step),
                    None => {
                        failed += 1;
                        TimeoutFuture::new((500 << failed.min(5)).min(PAUSE_MAX)).await;
                        // It may not have begun yet.
                        client::begin_upload(self.side, item.chat, &new).await
                    }
                },
            };
            if let (Some(before), Ok(upload)) = (before, &at)
                && upload.offset > before
            {
                failed = 0;
            }
        }
    }

    /// Takes the next step with an upload that is so far.
    async fn next(self, id: FileId, upload: Upload) -> Next {
        self.moved(id, upload.offset);
        match upload.state {
            UploadState::Ready => match upload.attachment {
                Some(attachment) => {
                    let with_poster = self.with_poster(id, &attachment).await;
                    Next::Over(UploadStep::Ready(with_poster.unwrap_or(attachment)))
                }
                None => Next::Over(UploadStep::Broken),
            },
            UploadState::Refused => {
                let reason = upload.refused.unwrap_or_else(|| Fault::FileLost.into());
                Next::Over(UploadStep::Refused(reason))
            }
            UploadState::Checking => {
                TimeoutFuture::new(CHECK_PAUSE).await;
                Next::Asked(client::finish_upload(self.side, id).await)
            }
            UploadState::Receiving if upload.offset >= upload.size => {
                self.step(id, UploadStep::Checking);
                Next::Asked(client::finish_upload(self.side, id).await)
            }
            UploadState::Receiving => self.send_part(id, &upload).await,
        }
    }

    /// Gives a file a picture of which the server could draw none. Without one it is shown by its name.
    async fn with_poster(self, id: FileId, attachment: &Attachment) -> Option<Attachment> {
        let file = self.file(id).filter(|_| attachment.picture.is_none())?;
        let poster = match attachment.group {
            FileGroup::Video => posters::of_video(&file).await?,
            FileGroup::Picture => posters::of_photo(&file).await?,
            _ => return None,
        };
        client::send_poster(self.side, id, &poster).await.ok()?.attachment
    }

    async fn send_part(self, id: FileId, upload: &Upload) -> Next {
        let Some(file) = self.file(id) else { return Next::Over(UploadStep::Missing) };
        let end = (upload.offset + upload.chunk).min(upload.size);
        // The bytes stay with the browser: they never pass through this program's memory.
        let Ok(part) = file.slice_with_f64_and_f64(upload.offset as f64, end as f64) else {
            return Next::Over(UploadStep::Missing);
        };
        let offset = upload.offset;
        let sending =
            client::send_part(self.side, id, offset, &part, move |gone| self.moved(id, offset + gone));
        let answer = match sending {
            Ok(sending) => {
                self.requests.update_value(|all| drop(all.insert(id, sending.handle())));
                let answer = sending.answer().await;
                self.requests.try_update_value(|all| all.remove(&id));
                answer
            }
            Err(error) => Err(error),
        };
        Next::Asked(answer)
    }

    fn is_wanted(self, id: FileId) -> bool {
        self.items.try_with_untracked(|items| items.iter().any(|item| item.id == id)).unwrap_or_default()
    }
}

/// What a step with an upload has come to.
enum Next {
    /// The server was asked, and answered or did not.
    Asked(Result<Upload>),
    /// Nothing follows.
    Over(UploadStep),
}

fn is_moving(item: &UploadItem) -> bool {
    matches!(item.step, UploadStep::Sending | UploadStep::Checking)
}

/// What becomes of a file whose request failed: `None` to try again.
fn after(error: &ClientError, failed: u32) -> Option<UploadStep> {
    if error.is_passing() {
        return (failed >= TRIES).then_some(UploadStep::Broken);
    }
    let field = ["name", "size", "id"].into_iter().find_map(|field| error.field(field));
    let reason = field.unwrap_or_else(|| match error.code() {
        Some(ProblemCode::NotFound) => "not-sent-left".to_owned(),
        Some(ProblemCode::Forbidden) => "not-sent-forbidden".to_owned(),
        Some(ProblemCode::SignedOut | ProblemCode::OtherPerson) => "not-sent-signed-out".to_owned(),
        _ => Fault::FileLost.into(),
    });
    Some(UploadStep::Refused(reason))
}
