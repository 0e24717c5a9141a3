//! Feature configurations.

use crate::{
    App,
    domain::features,
    error::AppError,
    http::extract::{Current, Id, body::JsonBody},
};
use axum::{Json, extract::State};
use causeway_api::{
    Problem,
    features::{ChangeFeature, Feature, FeatureChange},
};
use std::sync::Arc;

/// Every feature with its value.
#[utoipa::path(get, path = "/api/admin/features",
    responses((status = 200, body = Vec<Feature>), (status = "default", body = Problem)))]
pub(in crate::http) async fn list_features(
    State(app): State<Arc<App>>,
    Current(actor): Current,
) -> Result<Json<Vec<Feature>>, AppError> {
    Ok(Json(features::list(&app, &actor).await?))
}

/// Changes a feature.
#[utoipa::path(put, path = "/api/admin/features/{key}", request_body = ChangeFeature,
    responses((status = 200, body = Feature), (status = "default", body = Problem)))]
pub(in crate::http) async fn change_feature(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(key): Id<String>,
    JsonBody(new): JsonBody<ChangeFeature>,
) -> Result<Json<Feature>, AppError> {
    Ok(Json(features::change(&app, &actor, &key, new).await?))
}

/// The changes of a feature, newest first.
#[utoipa::path(get, path = "/api/admin/features/{key}/history",
    responses((status = 200, body = Vec<FeatureChange>), (status = "default", body = Problem)))]
pub(in crate::http) async fn feature_history(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(key): Id<String>,
) -> Result<Json<Vec<FeatureChange>>, AppError> {
    Ok(Json(features::history(&app, &actor, &key).await?))
}
