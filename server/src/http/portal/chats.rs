//! Chats of an employee.

use crate::{
    App,
    domain::{
        chats::{self, changes, messages, pins, reactions, settings},
        presence::{answer_time, typing},
    },
    error::AppError,
    http::extract::{Current, Id, body::JsonBody, query::Query},
};
use axum::{Json, extract::State, http::StatusCode};
use causeway_api::{
    ChatId, MessageId, PersonId, Problem,
    chats::{
        AddMember, AllChatSettings, AnswerTime, ChangeChatSettings, Chat, ChatList, ChatSettings, ChatsQuery,
        CreateChat, EditMessage, MarkReceipts, Message, MessagePage, MessageQuery, MessageVersions,
        PinMessage, Pins, React, RenameGroup, SendMessage,
    },
};
use std::sync::Arc;

/// The caller's chats.
#[utoipa::path(get, path = "/api/chats",
    responses((status = 200, body = ChatList), (status = "default", body = Problem)))]
pub(in crate::http) async fn list_chats(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Query(query): Query<ChatsQuery>,
) -> Result<Json<ChatList>, AppError> {
    Ok(Json(chats::list(&app, &actor, query).await?))
}

/// A new direct chat or group.
#[utoipa::path(post, path = "/api/chats", request_body = CreateChat,
    responses((status = 201, body = Chat), (status = "default", body = Problem)))]
pub(in crate::http) async fn create_chat(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    JsonBody(new): JsonBody<CreateChat>,
) -> Result<(StatusCode, Json<Chat>), AppError> {
    Ok((StatusCode::CREATED, Json(chats::create(&app, &actor, new).await?)))
}

/// One chat.
#[utoipa::path(get, path = "/api/chats/{chat}",
    responses((status = 200, body = Chat), (status = "default", body = Problem)))]
pub(in crate::http) async fn get_chat(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(chat): Id<ChatId>,
) -> Result<Json<Chat>, AppError> {
    Ok(Json(chats::one(&app, &actor, chat).await?))
}

/// The chats that the caller has arranged.
#[utoipa::path(get, path = "/api/chat-settings",
    responses((status = 200, body = AllChatSettings), (status = "default", body = Problem)))]
pub(in crate::http) async fn list_chat_settings(
    State(app): State<Arc<App>>,
    Current(actor): Current,
) -> Result<Json<AllChatSettings>, AppError> {
    Ok(Json(settings::all(&app, &actor).await?))
}

/// Arranges a chat in the caller's list.
#[utoipa::path(put, path = "/api/chats/{chat}/settings", request_body = ChangeChatSettings,
    responses((status = 200, body = ChatSettings), (status = "default", body = Problem)))]
pub(in crate::http) async fn change_chat_settings(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(chat): Id<ChatId>,
    JsonBody(change): JsonBody<ChangeChatSettings>,
) -> Result<Json<ChatSettings>, AppError> {
    Ok(Json(settings::change(&app, &actor, chat, change).await?))
}

/// One more member of a group.
#[utoipa::path(post, path = "/api/chats/{chat}/members", request_body = AddMember,
    responses((status = 200, body = Chat), (status = "default", body = Problem)))]
pub(in crate::http) async fn add_member(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(chat): Id<ChatId>,
    JsonBody(new): JsonBody<AddMember>,
) -> Result<Json<Chat>, AppError> {
    Ok(Json(chats::add_member(&app, &actor, chat, new.person).await?))
}

/// Gives a group another name.
#[utoipa::path(put, path = "/api/chats/{chat}/name", request_body = RenameGroup,
    responses((status = 200, body = Chat), (status = "default", body = Problem)))]
pub(in crate::http) async fn rename_group(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(chat): Id<ChatId>,
    JsonBody(new): JsonBody<RenameGroup>,
) -> Result<Json<Chat>, AppError> {
    Ok(Json(chats::rename(&app, &actor, chat, new).await?))
}

/// Takes a member out of a group.
#[utoipa::path(delete, path = "/api/chats/{chat}/members/{person}",
    responses((status = 204), (status = "default", body = Problem)))]
pub(in crate::http) async fn remove_member(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id((chat, person)): Id<(ChatId, PersonId)>,
) -> Result<StatusCode, AppError> {
    chats::remove_member(&app, &actor, chat, person).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Leaves a group.
#[utoipa::path(delete, path = "/api/chats/{chat}/membership",
    responses((status = 204), (status = "default", body = Problem)))]
pub(in crate::http) async fn leave_chat(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(chat): Id<ChatId>,
) -> Result<StatusCode, AppError> {
    chats::leave(&app, &actor, chat).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A page of messages.
#[utoipa::path(get, path = "/api/chats/{chat}/messages",
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
#[utoipa::path(post, path = "/api/chats/{chat}/messages", request_body = SendMessage,
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
#[utoipa::path(post, path = "/api/chats/{chat}/receipts", request_body = MarkReceipts,
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

/// How soon clients are usually answered.
#[utoipa::path(get, path = "/api/chats/{chat}/answer-time",
    responses((status = 200, body = AnswerTime), (status = "default", body = Problem)))]
pub(in crate::http) async fn answer_time(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(chat): Id<ChatId>,
) -> Result<Json<AnswerTime>, AppError> {
    Ok(Json(answer_time::of(&app, &actor, chat).await?))
}

/// Tells the other members that the caller is writing.
#[utoipa::path(post, path = "/api/chats/{chat}/typing",
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
#[utoipa::path(post, path = "/api/chats/{chat}/messages/{message}/reactions", request_body = React,
    responses((status = 200, body = Message), (status = "default", body = Problem)))]
pub(in crate::http) async fn react(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id((chat, message)): Id<(ChatId, MessageId)>,
    JsonBody(asked): JsonBody<React>,
) -> Result<Json<Message>, AppError> {
    Ok(Json(reactions::set(&app, &actor, chat, message, asked).await?))
}

/// Pins a message, or takes its pin away.
#[utoipa::path(put, path = "/api/chats/{chat}/messages/{message}/pin", request_body = PinMessage,
    responses((status = 204), (status = "default", body = Problem)))]
pub(in crate::http) async fn pin_message(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id((chat, message)): Id<(ChatId, MessageId)>,
    JsonBody(asked): JsonBody<PinMessage>,
) -> Result<StatusCode, AppError> {
    pins::set(&app, &actor, chat, message, asked).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The pinned messages of a chat.
#[utoipa::path(get, path = "/api/chats/{chat}/pins",
    responses((status = 200, body = Pins), (status = "default", body = Problem)))]
pub(in crate::http) async fn list_pins(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(chat): Id<ChatId>,
) -> Result<Json<Pins>, AppError> {
    Ok(Json(pins::list(&app, &actor, chat).await?))
}

/// The texts that a message has had.
#[utoipa::path(get, path = "/api/chats/{chat}/messages/{message}/versions",
    responses((status = 200, body = MessageVersions), (status = "default", body = Problem)))]
pub(in crate::http) async fn list_versions(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id((chat, message)): Id<(ChatId, MessageId)>,
) -> Result<Json<MessageVersions>, AppError> {
    Ok(Json(changes::versions(&app, &actor, chat, message).await?))
}

/// Gives a message another text.
#[utoipa::path(put, path = "/api/chats/{chat}/messages/{message}", request_body = EditMessage,
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
#[utoipa::path(delete, path = "/api/chats/{chat}/messages/{message}",
    responses((status = 200, body = Message), (status = "default", body = Problem)))]
pub(in crate::http) async fn delete_message(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id((chat, message)): Id<(ChatId, MessageId)>,
) -> Result<Json<Message>, AppError> {
    Ok(Json(changes::delete(&app, &actor, chat, message).await?))
}
