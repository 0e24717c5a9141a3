//! Files on their way to the server, and the addresses of those that are there.

use super::{ClientError, Result, decode, delete, get, identity, post, send};
use causeway_api::{
    ChatId, FileId, Problem,
    chats::MessagePage,
    files::{BeginUpload, ChatFilesQuery, Upload},
    paths::{PERSON_HEADER, Side},
};
use futures::channel::oneshot;
use gloo_net::http::Method;
use wasm_bindgen::{JsCast as _, prelude::Closure};
use web_sys::{Blob, ProgressEvent, XmlHttpRequest};

/// Begins an upload to a chat.
pub async fn begin_upload(side: Side, chat: ChatId, new: &BeginUpload) -> Result<Upload> {
    post(&side.uploads(chat), new).await
}

/// How far an upload is.
pub async fn get_upload(side: Side, file: FileId) -> Result<Upload> {
    get(&side.upload(file)).await
}

/// Takes an upload back.
pub async fn cancel_upload(side: Side, file: FileId) -> Result<()> {
    delete(&side.upload(file)).await
}

/// Ends an upload: the file is looked at.
pub async fn finish_upload(side: Side, file: FileId) -> Result<Upload> {
    decode(send(Method::POST, &side.upload_finish(file), None).await?).await
}

/// The messages of a chat that carry files.
pub async fn list_chat_files(side: Side, chat: ChatId, query: ChatFilesQuery) -> Result<MessagePage> {
    get(&super::asking(&side.chat_files(chat), &query)?).await
}

/// A part that is on its way. It can be broken off.
pub struct PartRequest {
    request: XmlHttpRequest,
    ended: oneshot::Receiver<()>,
    _heard: Heard,
}

/// Who is told how it goes, kept until the request has ended.
struct Heard {
    _moved: Closure<dyn FnMut(ProgressEvent)>,
    _over: Closure<dyn FnMut()>,
}

/// Sends the next part of an upload.
pub fn send_part(
    side: Side,
    file: FileId,
    offset: i64,
    part: &Blob,
    on_progress: impl FnMut(i64) + 'static,
) -> Result<PartRequest> {
    put_bytes(&side.upload_part(file, offset), part, on_progress)
}

/// Sends the picture that stands for an upload of which the server can draw none.
pub async fn send_poster(side: Side, file: FileId, poster: &Blob) -> Result<Upload> {
    put_bytes(&side.upload_poster(file), poster, |_| ())?.answer().await
}

/// Sends bytes. `fetch` does not tell how much of a body has gone, so this is the older request.
fn put_bytes(path: &str, part: &Blob, mut on_progress: impl FnMut(i64) + 'static) -> Result<PartRequest> {
    if identity::is_over_now() {
        return Err(identity::other_person());
    }
    let open = || {
        let request = XmlHttpRequest::new()?;
        request.open("PUT", path)?;
        request.set_request_header("content-type", "application/octet-stream")?;
        if let Some(person) = identity::person() {
            request.set_request_header(PERSON_HEADER, &person.to_string())?;
        }
        let moved = Closure::new(move |event: ProgressEvent| on_progress(event.loaded() as i64));
        request.upload()?.set_onprogress(Some(moved.as_ref().unchecked_ref()));
        let (tell, ended) = oneshot::channel();
        let mut tell = Some(tell);
        let over = Closure::new(move || {
            if let Some(tell) = tell.take() {
                // Whoever waited may have gone.
                let _ = tell.send(());
            }
        });
        request.set_onloadend(Some(over.as_ref().unchecked_ref()));
        request.send_with_opt_blob(Some(part))?;
        Ok::<_, wasm_bindgen::JsValue>(PartRequest {
            request,
            ended,
            _heard: Heard { _moved: moved, _over: over },
        })
    };
    open().map_err(|_| ClientError::Offline)
}

impl PartRequest {
    /// What breaks it off.
    pub fn handle(&self) -> XmlHttpRequest {
        self.request.clone()
    }

    /// How far the upload is after it.
    pub async fn answer(self) -> Result<Upload> {
        let Self { request, ended, _heard } = self;
        ended.await.map_err(|_| ClientError::Offline)?;
        let text = request.response_text().ok().flatten().unwrap_or_default();
        match request.status() {
            Ok(200..=299) => {
                serde_json::from_str(&text).map_err(|error| ClientError::Unreadable(error.to_string()))
            }
            _ => match serde_json::from_str::<Problem>(&text) {
                Ok(problem) => Err(ClientError::Refused(Box::new(problem))),
                // Nothing came, or a proxy in between answered in its own words.
                Err(_) => Err(ClientError::Offline),
            },
        }
    }
}
