//! Feature configurations, and the code that changing them may ask for.

use super::extract::{CurrentUser, Id, JsonBody};
use crate::{
    App,
    domain::{features, step_up},
    error::AppError,
};
use axum::{Json, extract::State, http::StatusCode};
use causeway_api::{
    Problem,
    auth::{CodeSent, ConfirmCode},
    features::{ChangeFeature, Feature, FeatureChange},
};
use std::sync::Arc;

/// Every feature with its value.
#[utoipa::path(get, path = "/api/admin/features",
    responses((status = 200, body = Vec<Feature>), (status = "default", body = Problem)))]
pub(super) async fn list_features(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
) -> Result<Json<Vec<Feature>>, AppError> {
    Ok(Json(features::list(&app, &actor).await?))
}

/// Changes a feature.
#[utoipa::path(put, path = "/api/admin/features/{key}", request_body = ChangeFeature,
    responses((status = 200, body = Feature), (status = "default", body = Problem)))]
pub(super) async fn change_feature(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Id(key): Id<String>,
    JsonBody(new): JsonBody<ChangeFeature>,
) -> Result<Json<Feature>, AppError> {
    Ok(Json(features::change(&app, &actor, &key, new).await?))
}

/// The changes of a feature, newest first.
#[utoipa::path(get, path = "/api/admin/features/{key}/history",
    responses((status = 200, body = Vec<FeatureChange>), (status = "default", body = Problem)))]
pub(super) async fn feature_history(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Id(key): Id<String>,
) -> Result<Json<Vec<FeatureChange>>, AppError> {
    Ok(Json(features::history(&app, &actor, &key).await?))
}

/// Sends a code to confirm again.
#[utoipa::path(post, path = "/api/session/code",
    responses((status = 200, body = CodeSent), (status = "default", body = Problem)))]
pub(super) async fn send_step_up_code(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
) -> Result<Json<CodeSent>, AppError> {
    Ok(Json(step_up::begin(&app, &actor).await?))
}

/// Takes the code.
#[utoipa::path(put, path = "/api/session/code", request_body = ConfirmCode,
    responses((status = 204), (status = "default", body = Problem)))]
pub(super) async fn confirm_step_up_code(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    JsonBody(typed): JsonBody<ConfirmCode>,
) -> Result<StatusCode, AppError> {
    step_up::confirm(&app, &actor, &typed.code).await?;
    Ok(StatusCode::NO_CONTENT)
}
