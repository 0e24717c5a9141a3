//! What people say about being there.

use crate::{
    App,
    domain::presence,
    error::AppError,
    http::extract::{Current, body::JsonBody},
};
use axum::{Json, extract::State};
use causeway_api::{Problem, presence::OwnStatus};
use std::sync::Arc;

/// What the caller says about being there.
#[utoipa::path(get, path = "/api/status",
    responses((status = 200, body = OwnStatus), (status = "default", body = Problem)))]
pub(in crate::http) async fn get_status(
    State(app): State<Arc<App>>,
    Current(actor): Current,
) -> Result<Json<OwnStatus>, AppError> {
    Ok(Json(presence::own_status(&app, &actor).await?))
}

/// What the caller says from now on.
#[utoipa::path(put, path = "/api/status", request_body = OwnStatus,
    responses((status = 200, body = OwnStatus), (status = "default", body = Problem)))]
pub(in crate::http) async fn set_status(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    JsonBody(new): JsonBody<OwnStatus>,
) -> Result<Json<OwnStatus>, AppError> {
    Ok(Json(presence::set_status(&app, &actor, new).await?))
}
