//! What people are told of, beside messages.

use crate::{
    App,
    domain::notifications,
    error::AppError,
    http::extract::{Current, body::JsonBody},
};
use axum::{Json, extract::State, http::StatusCode};
use causeway_api::{
    Problem,
    notifications::{NotificationList, SeeNotifications},
};
use std::sync::Arc;

/// The newest notifications of the caller.
#[utoipa::path(get, path = "/api/notifications",
    responses((status = 200, body = NotificationList), (status = "default", body = Problem)))]
pub(in crate::http) async fn list_notifications(
    State(app): State<Arc<App>>,
    Current(actor): Current,
) -> Result<Json<NotificationList>, AppError> {
    Ok(Json(notifications::list(&app, &actor).await?))
}

/// The caller has seen them.
#[utoipa::path(put, path = "/api/notifications", request_body = SeeNotifications,
    responses((status = 204), (status = "default", body = Problem)))]
pub(in crate::http) async fn see_notifications(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    JsonBody(seen): JsonBody<SeeNotifications>,
) -> Result<StatusCode, AppError> {
    notifications::see(&app, &actor, seen.up_to).await?;
    Ok(StatusCode::NO_CONTENT)
}
