//! What people are told of, beside messages.

use crate::{
    App,
    domain::notifications,
    error::AppError,
    http::extract::{Current, body::JsonBody, query::Query},
};
use axum::{Json, extract::State, http::StatusCode};
use causeway_api::{
    Problem,
    notifications::{NotificationPage, NotificationQuery, SeeNotifications},
};
use std::sync::Arc;

/// The notifications of the caller, newest first.
#[utoipa::path(get, path = "/api/notifications",
    responses((status = 200, body = NotificationPage), (status = "default", body = Problem)))]
pub(in crate::http) async fn list_notifications(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Query(query): Query<NotificationQuery>,
) -> Result<Json<NotificationPage>, AppError> {
    Ok(Json(notifications::list(&app, &actor, &query).await?))
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
