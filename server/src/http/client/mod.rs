//! The client's side: its personal link, its session, and its own chats. The same rules as the portal's
//! chats, for an actor that comes from the client's cookie.

pub(super) mod onboarding;

use super::{
    events::{Opening, Since},
    extract::{AsClient, Current, Id, body::JsonBody, cookies, query::Query},
};
use crate::{
    App,
    actor::Browser,
    clock::{SECOND, Token},
    domain::{
        chats::{self, changes, messages, reactions},
        contacts::personal_links,
        presence::{answer_time, typing},
        sign_in::sessions,
    },
    error::AppError,
    limits,
};
use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use causeway_api::{
    ChatId, MessageId, Problem,
    auth::{OpenLink, Session},
    chats::{
        AnswerTime, Chat, ChatList, ChatsQuery, EditMessage, MarkReceipts, Message, MessagePage,
        MessageQuery, React, SendMessage,
    },
    paths::Side,
};
use std::sync::Arc;

/// Opens the web chat with a personal link.
#[utoipa::path(post, path = "/api/client/open", request_body = OpenLink,
    responses((status = 204), (status = "default", body = Problem)))]
pub(in crate::http) async fn open_link(
    State(app): State<Arc<App>>,
    browser: Browser,
    jar: CookieJar,
    AsClient(standing): AsClient,
    JsonBody(link): JsonBody<OpenLink>,
) -> Result<impl IntoResponse, AppError> {
    let session = personal_links::open(&app, &Token::presented(&link.token), &standing, browser).await?;
    let lifetime = limits::CLIENT_SESSION_LIFETIME / SECOND;
    Ok((
        jar.add(cookies::write(cookies::session(Side::Client), &session, Some(lifetime))),
        StatusCode::NO_CONTENT,
    ))
}

/// Which client this browser belongs to.
#[utoipa::path(get, path = "/api/client/session", operation_id = "client_who_am_i",
    responses((status = 200, body = Session), (status = "default", body = Problem)))]
pub(in crate::http) async fn who_am_i(
    State(app): State<Arc<App>>,
    Current(actor): Current,
) -> Result<Json<Session>, AppError> {
    Ok(Json(sessions::describe(&app, &actor).await?))
}

/// Signs out: cookie, session and sockets end, and the browser forgets what it kept.
#[utoipa::path(delete, path = "/api/client/session",
    responses((status = 204), (status = "default", body = Problem)))]
pub(in crate::http) async fn leave(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    jar: CookieJar,
) -> Result<impl IntoResponse, AppError> {
    sessions::close(&app, &actor).await?;
    Ok((
        jar.add(cookies::remove(cookies::session(Side::Client))),
        cookies::FORGET_SITE_DATA,
        StatusCode::NO_CONTENT,
    ))
}

/// The client's chats.
#[utoipa::path(get, path = "/api/client/chats", operation_id = "client_list_chats",
    responses((status = 200, body = ChatList), (status = "default", body = Problem)))]
pub(in crate::http) async fn list_chats(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Query(query): Query<ChatsQuery>,
) -> Result<Json<ChatList>, AppError> {
    Ok(Json(chats::list(&app, &actor, query).await?))
}

/// One chat of the client.
#[utoipa::path(get, path = "/api/client/chats/{chat}", operation_id = "client_get_chat",
    responses((status = 200, body = Chat), (status = "default", body = Problem)))]
pub(in crate::http) async fn get_chat(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(chat): Id<ChatId>,
) -> Result<Json<Chat>, AppError> {
    Ok(Json(chats::one(&app, &actor, chat).await?))
}

/// A page of messages.
#[utoipa::path(get, path = "/api/client/chats/{chat}/messages", operation_id = "client_list_messages",
    responses((status = 200, body = MessagePage), (status = "default", body = Problem)))]
pub(in crate::http) async fn list_messages(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(chat): Id<ChatId>,
    Query(query): Query<MessageQuery>,
) -> Result<Json<MessagePage>, AppError> {
    Ok(Json(messages::page(&app, &actor, chat, query).await?))
}

/// Sends a message.
#[utoipa::path(post, path = "/api/client/chats/{chat}/messages", request_body = SendMessage,
    operation_id = "client_send_message",
    responses((status = 201, body = Message), (status = "default", body = Problem)))]
pub(in crate::http) async fn send_message(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(chat): Id<ChatId>,
    JsonBody(new): JsonBody<SendMessage>,
) -> Result<(StatusCode, Json<Message>), AppError> {
    Ok((StatusCode::CREATED, Json(messages::send(&app, &actor, chat, new).await?)))
}

/// What has arrived and was read.
#[utoipa::path(post, path = "/api/client/chats/{chat}/receipts", request_body = MarkReceipts,
    operation_id = "client_mark_receipts",
    responses((status = 204), (status = "default", body = Problem)))]
pub(in crate::http) async fn mark_receipts(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(chat): Id<ChatId>,
    JsonBody(marks): JsonBody<MarkReceipts>,
) -> Result<StatusCode, AppError> {
    chats::mark(&app, &actor, chat, marks).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The event stream.
#[utoipa::path(get, path = "/api/client/events", operation_id = "client_stream",
    responses((status = 101), (status = "default", body = Problem)))]
pub(in crate::http) async fn stream(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Query(since): Query<Since>,
    opening: Opening,
) -> Result<Response, AppError> {
    opening.upgrade(app, actor, since)
}

/// How soon the client is usually answered.
#[utoipa::path(get, path = "/api/client/chats/{chat}/answer-time", operation_id = "client_answer_time",
    responses((status = 200, body = AnswerTime), (status = "default", body = Problem)))]
pub(in crate::http) async fn answer_time(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(chat): Id<ChatId>,
) -> Result<Json<AnswerTime>, AppError> {
    Ok(Json(answer_time::of(&app, &actor, chat).await?))
}

/// Tells the other members that the client is writing.
#[utoipa::path(post, path = "/api/client/chats/{chat}/typing", operation_id = "client_tell_typing",
    responses((status = 204), (status = "default", body = Problem)))]
pub(in crate::http) async fn tell_typing(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(chat): Id<ChatId>,
) -> Result<StatusCode, AppError> {
    typing::tell(&app, &actor, chat).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Leaves an emoji at a message, or takes it away.
#[utoipa::path(post, path = "/api/client/chats/{chat}/messages/{message}/reactions", request_body = React,
    operation_id = "client_react",
    responses((status = 200, body = Message), (status = "default", body = Problem)))]
pub(in crate::http) async fn react(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id((chat, message)): Id<(ChatId, MessageId)>,
    JsonBody(asked): JsonBody<React>,
) -> Result<Json<Message>, AppError> {
    Ok(Json(reactions::set(&app, &actor, chat, message, asked).await?))
}

/// Gives a message another text.
#[utoipa::path(put, path = "/api/client/chats/{chat}/messages/{message}", request_body = EditMessage,
    operation_id = "client_edit_message",
    responses((status = 200, body = Message), (status = "default", body = Problem)))]
pub(in crate::http) async fn edit_message(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id((chat, message)): Id<(ChatId, MessageId)>,
    JsonBody(new): JsonBody<EditMessage>,
) -> Result<Json<Message>, AppError> {
    Ok(Json(changes::edit(&app, &actor, chat, message, new).await?))
}

/// Deletes a message from every screen; the archive keeps it.
#[utoipa::path(delete, path = "/api/client/chats/{chat}/messages/{message}",
    operation_id = "client_delete_message",
    responses((status = 200, body = Message), (status = "default", body = Problem)))]
pub(in crate::http) async fn delete_message(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id((chat, message)): Id<(ChatId, MessageId)>,
) -> Result<Json<Message>, AppError> {
    Ok(Json(changes::delete(&app, &actor, chat, message).await?))
}
