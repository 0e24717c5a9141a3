//! Chats of an employee.

use super::extract::{CurrentMember, CurrentMemberPassive, CurrentUser, Id, JsonBody};
use crate::{
    App,
    domain::{chats, messages},
    error::AppError,
    limits,
};
use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
    http::StatusCode,
};
use causeway_api::{
    ChatId, MessageId, Problem,
    chats::{
        AddMember, Chat, ChatList, CreateChat, EditMessage, MarkReceipts, Message, MessagePage, SendMessage,
    },
};
use serde::Deserialize;
use std::sync::Arc;

/// Which messages of a chat.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PageQuery {
    /// The first ordinal.
    #[serde(default = "one")]
    pub(super) from: i64,
    /// How many at most.
    #[serde(default = "most")]
    pub(super) limit: u64,
}

fn one() -> i64 {
    1
}

fn most() -> u64 {
    limits::PAGE_MAX
}

/// The bounds of a page.
pub(super) fn page_bounds(query: Result<Query<PageQuery>, QueryRejection>) -> Result<(i64, u64), AppError> {
    let Query(page) = query.map_err(|error| AppError::Body(error.body_text()))?;
    if page.from < 1 {
        return Err(AppError::Invalid("from", "fault-range"));
    }
    if page.limit < 1 || page.limit > limits::PAGE_MAX {
        return Err(AppError::Invalid("limit", "fault-range"));
    }
    Ok((page.from, page.limit))
}

/// The caller's chats.
#[utoipa::path(get, path = "/api/chats",
    responses((status = 200, body = ChatList), (status = "default", body = Problem)))]
pub(super) async fn list_chats(
    State(app): State<Arc<App>>,
    CurrentMemberPassive(actor): CurrentMemberPassive,
) -> Result<Json<ChatList>, AppError> {
    Ok(Json(chats::list(&app, &actor).await?))
}

/// A new direct chat or group.
#[utoipa::path(post, path = "/api/chats", request_body = CreateChat,
    responses((status = 201, body = Chat), (status = "default", body = Problem)))]
pub(super) async fn create_chat(
    State(app): State<Arc<App>>,
    CurrentMember(actor): CurrentMember,
    JsonBody(new): JsonBody<CreateChat>,
) -> Result<(StatusCode, Json<Chat>), AppError> {
    Ok((StatusCode::CREATED, Json(chats::create(&app, &actor, new).await?)))
}

/// One chat.
#[utoipa::path(get, path = "/api/chats/{chat}",
    responses((status = 200, body = Chat), (status = "default", body = Problem)))]
pub(super) async fn get_chat(
    State(app): State<Arc<App>>,
    CurrentMemberPassive(actor): CurrentMemberPassive,
    Id(chat): Id<ChatId>,
) -> Result<Json<Chat>, AppError> {
    Ok(Json(chats::one(&app, &actor, chat).await?))
}

/// One more member of a group.
#[utoipa::path(post, path = "/api/chats/{chat}/members", request_body = AddMember,
    responses((status = 200, body = Chat), (status = "default", body = Problem)))]
pub(super) async fn add_member(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Id(chat): Id<ChatId>,
    JsonBody(new): JsonBody<AddMember>,
) -> Result<Json<Chat>, AppError> {
    Ok(Json(chats::add_member(&app, &actor, chat, new.person).await?))
}

/// Leaves a group.
#[utoipa::path(delete, path = "/api/chats/{chat}/membership",
    responses((status = 204), (status = "default", body = Problem)))]
pub(super) async fn leave_chat(
    State(app): State<Arc<App>>,
    CurrentMember(actor): CurrentMember,
    Id(chat): Id<ChatId>,
) -> Result<StatusCode, AppError> {
    chats::leave(&app, &actor, chat).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A page of messages.
#[utoipa::path(get, path = "/api/chats/{chat}/messages",
    responses((status = 200, body = MessagePage), (status = "default", body = Problem)))]
pub(super) async fn list_messages(
    State(app): State<Arc<App>>,
    CurrentMemberPassive(actor): CurrentMemberPassive,
    Id(chat): Id<ChatId>,
    query: Result<Query<PageQuery>, QueryRejection>,
) -> Result<Json<MessagePage>, AppError> {
    let (from, limit) = page_bounds(query)?;
    Ok(Json(messages::page(&app, &actor, chat, from, limit).await?))
}

/// Sends a message.
#[utoipa::path(post, path = "/api/chats/{chat}/messages", request_body = SendMessage,
    responses((status = 201, body = Message), (status = "default", body = Problem)))]
pub(super) async fn send_message(
    State(app): State<Arc<App>>,
    CurrentMember(actor): CurrentMember,
    Id(chat): Id<ChatId>,
    JsonBody(new): JsonBody<SendMessage>,
) -> Result<(StatusCode, Json<Message>), AppError> {
    Ok((StatusCode::CREATED, Json(messages::send(&app, &actor, chat, new).await?)))
}

/// What has arrived and was read.
#[utoipa::path(post, path = "/api/chats/{chat}/receipts", request_body = MarkReceipts,
    responses((status = 204), (status = "default", body = Problem)))]
pub(super) async fn mark_receipts(
    State(app): State<Arc<App>>,
    CurrentMemberPassive(actor): CurrentMemberPassive,
    Id(chat): Id<ChatId>,
    JsonBody(marks): JsonBody<MarkReceipts>,
) -> Result<StatusCode, AppError> {
    chats::mark(&app, &actor, chat, marks).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives a message another text.
#[utoipa::path(put, path = "/api/chats/{chat}/messages/{message}", request_body = EditMessage,
    responses((status = 200, body = Message), (status = "default", body = Problem)))]
pub(super) async fn edit_message(
    State(app): State<Arc<App>>,
    CurrentMember(actor): CurrentMember,
    Id((chat, message)): Id<(ChatId, MessageId)>,
    JsonBody(new): JsonBody<EditMessage>,
) -> Result<Json<Message>, AppError> {
    Ok(Json(messages::edit(&app, &actor, chat, message, new).await?))
}

/// Deletes a message from every screen; the archive keeps it.
#[utoipa::path(delete, path = "/api/chats/{chat}/messages/{message}",
    responses((status = 200, body = Message), (status = "default", body = Problem)))]
pub(super) async fn delete_message(
    State(app): State<Arc<App>>,
    CurrentMember(actor): CurrentMember,
    Id((chat, message)): Id<(ChatId, MessageId)>,
) -> Result<Json<Message>, AppError> {
    Ok(Json(messages::delete(&app, &actor, chat, message).await?))
}
