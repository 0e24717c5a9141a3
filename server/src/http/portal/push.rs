//! Notifications while no page is open, on the caller's device.

use crate::{
    App,
    domain::notifications::push_settings,
    error::AppError,
    http::extract::{Current, body::JsonBody},
};
use axum::{Json, extract::State, http::StatusCode};
use causeway_api::{
    Problem,
    push::{PushState, PushSubscription},
};
use std::sync::Arc;

/// Whether the device is told.
#[utoipa::path(get, path = "/api/push",
    responses((status = 200, body = PushState), (status = "default", body = Problem)))]
pub(in crate::http) async fn get_push(
    State(app): State<Arc<App>>,
    Current(actor): Current,
) -> Result<Json<PushState>, AppError> {
    Ok(Json(push_settings::state(&app, &actor).await?))
}

/// Tells the device from now on.
#[utoipa::path(put, path = "/api/push", request_body = PushSubscription,
    responses((status = 204), (status = "default", body = Problem)))]
pub(in crate::http) async fn subscribe_push(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    JsonBody(new): JsonBody<PushSubscription>,
) -> Result<StatusCode, AppError> {
    push_settings::subscribe(&app, &actor, new).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Tells it no longer.
#[utoipa::path(delete, path = "/api/push",
    responses((status = 204), (status = "default", body = Problem)))]
pub(in crate::http) async fn unsubscribe_push(
    State(app): State<Arc<App>>,
    Current(actor): Current,
) -> Result<StatusCode, AppError> {
    push_settings::unsubscribe(&app, &actor).await?;
    Ok(StatusCode::NO_CONTENT)
}
