//! Files: their parts on the way in, and their bytes on the way out. Employees and clients come on paths of their own.

mod download;

use super::extract::{Current, Id, body, body::JsonBody, query::Query};
use crate::{App, domain::files, error::AppError};
use axum::{
    Json,
    body::Body,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use causeway_api::{
    ChatId, FileId, Problem,
    chats::MessagePage,
    files::{BeginUpload, ChatFilesQuery, PartQuery, PreviewSize, Upload},
};
use std::sync::Arc;

macro_rules! of_both_sides {
    ($($(#[$doc:meta])* $portal:ident, $client:ident, $method:ident $path:literal $client_path:literal,
        ($($arguments:tt)*) -> $answer:ty, [$($about:tt)*], $body:block)*) => {
        $(
            $(#[$doc])*
            #[utoipa::path($method, path = $path, $($about)*)]
            pub(in crate::http) async fn $portal($($arguments)*) -> Result<$answer, AppError> $body

            $(#[$doc])*
            #[utoipa::path($method, path = $client_path, $($about)*)]
            pub(in crate::http) async fn $client($($arguments)*) -> Result<$answer, AppError> $body
        )*
    };
}

of_both_sides! {
    /// Begins an upload to a chat.
    begin_upload, client_begin_upload, post "/api/chats/{chat}/uploads" "/api/client/chats/{chat}/uploads",
    (State(app): State<Arc<App>>, Current(actor): Current, Id(chat): Id<ChatId>, JsonBody(new): JsonBody<BeginUpload>)
        -> (StatusCode, Json<Upload>),
    [request_body = BeginUpload, responses((status = 201, body = Upload), (status = "default", body = Problem))],
    { Ok((StatusCode::CREATED, Json(files::begin(&app, &actor, chat, new).await?))) }

    /// How far an upload is.
    get_upload, client_get_upload, get "/api/uploads/{file}" "/api/client/uploads/{file}",
    (State(app): State<Arc<App>>, Current(actor): Current, Id(file): Id<FileId>) -> Json<Upload>,
    [responses((status = 200, body = Upload), (status = "default", body = Problem))],
    { Ok(Json(files::progress(&app, &actor, file).await?)) }

    /// The next part of an upload. The answer says how far it is: a part that begins elsewhere is not taken.
    put_part, client_put_part, put "/api/uploads/{file}" "/api/client/uploads/{file}",
    (State(app): State<Arc<App>>, Current(actor): Current, Id(file): Id<FileId>, Query(part): Query<PartQuery>, body: Body)
        -> Json<Upload>,
    [responses((status = 200, body = Upload), (status = "default", body = Problem))],
    { Ok(Json(files::receive(&app, &actor, file, part.offset, body::pieces(body)).await?)) }

    /// The picture that stands for a file of which the server draws none.
    put_poster, client_put_poster, put "/api/uploads/{file}/poster" "/api/client/uploads/{file}/poster",
    (State(app): State<Arc<App>>, Current(actor): Current, Id(file): Id<FileId>, body: Body) -> Json<Upload>,
    [responses((status = 200, body = Upload), (status = "default", body = Problem))],
    { Ok(Json(files::posters::take(&app, &actor, file, body::pieces(body)).await?)) }

    /// Takes an upload back.
    cancel_upload, client_cancel_upload, delete "/api/uploads/{file}" "/api/client/uploads/{file}",
    (State(app): State<Arc<App>>, Current(actor): Current, Id(file): Id<FileId>) -> StatusCode,
    [responses((status = 204), (status = "default", body = Problem))],
    {
        files::cancel(&app, &actor, file).await?;
        Ok(StatusCode::NO_CONTENT)
    }

    /// Ends an upload: the file is looked at.
    finish_upload, client_finish_upload, post "/api/uploads/{file}/finish" "/api/client/uploads/{file}/finish",
    (State(app): State<Arc<App>>, Current(actor): Current, Id(file): Id<FileId>) -> Json<Upload>,
    [responses((status = 200, body = Upload), (status = "default", body = Problem))],
    { Ok(Json(files::finish(&app, &actor, file).await?)) }

    /// The messages of a chat that carry files.
    list_chat_files, client_list_chat_files, get "/api/chats/{chat}/files" "/api/client/chats/{chat}/files",
    (State(app): State<Arc<App>>, Current(actor): Current, Id(chat): Id<ChatId>, Query(query): Query<ChatFilesQuery>)
        -> Json<MessagePage>,
    [responses((status = 200, body = MessagePage), (status = "default", body = Problem))],
    { Ok(Json(files::reading::of_chat(&app, &actor, chat, query.before).await?)) }

    /// A file.
    get_file, client_get_file, get "/api/files/{file}" "/api/client/files/{file}",
    (State(app): State<Arc<App>>, Current(actor): Current, Id(file): Id<FileId>, headers: HeaderMap) -> Response,
    [responses((status = 200), (status = "default", body = Problem))],
    { download::answer(&app, files::reading::file(&app, &actor, file).await?, &headers).await }

    /// A preview of a picture.
    get_preview, client_get_preview, get
        "/api/files/{file}/previews/{size}" "/api/client/files/{file}/previews/{size}",
    (State(app): State<Arc<App>>, Current(actor): Current, Id((file, size)): Id<(FileId, PreviewSize)>, headers: HeaderMap)
        -> Response,
    [responses((status = 200), (status = "default", body = Problem))],
    { download::answer(&app, files::reading::preview(&app, &actor, file, size).await?, &headers).await }

    /// A voice note as Ogg/Opus.
    get_voice, client_get_voice, get "/api/files/{file}/voice" "/api/client/files/{file}/voice",
    (State(app): State<Arc<App>>, Current(actor): Current, Id(file): Id<FileId>, headers: HeaderMap) -> Response,
    [responses((status = 200), (status = "default", body = Problem))],
    { download::answer(&app, files::reading::voice(&app, &actor, file).await?, &headers).await }
}
