//! Messages that go out later.

use crate::{
    App,
    domain::chats::scheduling,
    error::AppError,
    http::extract::{Current, Id, body::JsonBody},
};
use axum::{Json, extract::State, http::StatusCode};
use causeway_api::{
    ChatId, MessageId, Problem,
    chats::{Message, Reschedule, ScheduleMessage, ScheduledMessage, ScheduledMessages},
};
use std::sync::Arc;

/// The caller's messages that wait in a chat.
#[utoipa::path(get, path = "/api/chats/{chat}/scheduled",
    responses((status = 200, body = ScheduledMessages), (status = "default", body = Problem)))]
pub(in crate::http) async fn list_scheduled(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(chat): Id<ChatId>,
) -> Result<Json<ScheduledMessages>, AppError> {
    Ok(Json(scheduling::list(&app, &actor, chat).await?))
}

/// Keeps a message until it is due.
#[utoipa::path(post, path = "/api/chats/{chat}/scheduled", request_body = ScheduleMessage,
    responses((status = 201, body = ScheduledMessage), (status = "default", body = Problem)))]
pub(in crate::http) async fn schedule_message(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(chat): Id<ChatId>,
    JsonBody(new): JsonBody<ScheduleMessage>,
) -> Result<(StatusCode, Json<ScheduledMessage>), AppError> {
    Ok((StatusCode::CREATED, Json(scheduling::schedule(&app, &actor, chat, new).await?)))
}

/// Gives a message that waits another time.
#[utoipa::path(put, path = "/api/scheduled/{message}", request_body = Reschedule,
    responses((status = 204), (status = "default", body = Problem)))]
pub(in crate::http) async fn reschedule_message(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(message): Id<MessageId>,
    JsonBody(new): JsonBody<Reschedule>,
) -> Result<StatusCode, AppError> {
    scheduling::reschedule(&app, &actor, message, new).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a message back before it goes out.
#[utoipa::path(delete, path = "/api/scheduled/{message}",
    responses((status = 204), (status = "default", body = Problem)))]
pub(in crate::http) async fn cancel_scheduled(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(message): Id<MessageId>,
) -> Result<StatusCode, AppError> {
    scheduling::cancel(&app, &actor, message).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sends a message that waits at once.
#[utoipa::path(post, path = "/api/scheduled/{message}/send",
    responses((status = 200, body = Message), (status = "default", body = Problem)))]
pub(in crate::http) async fn send_scheduled(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(message): Id<MessageId>,
) -> Result<Json<Message>, AppError> {
    Ok(Json(scheduling::send_now(&app, &actor, message).await?))
}
