//! Saved replies.

use crate::{
    App,
    domain::chats::saved_replies,
    error::AppError,
    http::extract::{Current, Id, body::JsonBody},
};
use axum::{Json, extract::State, http::StatusCode};
use causeway_api::{
    Problem, SavedReplyId,
    chats::saved_replies::{SaveReply, SavedReplies, SavedReply},
};
use std::sync::Arc;

/// The saved replies of the caller and of the team.
#[utoipa::path(get, path = "/api/saved-replies",
    responses((status = 200, body = SavedReplies), (status = "default", body = Problem)))]
pub(in crate::http) async fn list_saved_replies(
    State(app): State<Arc<App>>,
    Current(actor): Current,
) -> Result<Json<SavedReplies>, AppError> {
    Ok(Json(saved_replies::list(&app, &actor).await?))
}

/// Keeps a saved reply: a new one, or what one says from now on.
#[utoipa::path(put, path = "/api/saved-replies/{reply}", request_body = SaveReply,
    responses((status = 200, body = SavedReply), (status = "default", body = Problem)))]
pub(in crate::http) async fn save_reply(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(reply): Id<SavedReplyId>,
    JsonBody(new): JsonBody<SaveReply>,
) -> Result<Json<SavedReply>, AppError> {
    Ok(Json(saved_replies::save(&app, &actor, reply, new).await?))
}

/// Removes a saved reply.
#[utoipa::path(delete, path = "/api/saved-replies/{reply}",
    responses((status = 204), (status = "default", body = Problem)))]
pub(in crate::http) async fn remove_saved_reply(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(reply): Id<SavedReplyId>,
) -> Result<StatusCode, AppError> {
    saved_replies::remove(&app, &actor, reply).await?;
    Ok(StatusCode::NO_CONTENT)
}
