//! Whether the server lives, and whether it can work.

use crate::{App, error::AppError};
use axum::{Json, extract::State};
use serde_json::{Value, json};
use std::sync::Arc;

/// The process answers.
pub(super) async fn live() -> Json<Value> {
    Json(json!({ "status": "live" }))
}

/// The database answers.
pub(super) async fn ready(State(app): State<Arc<App>>) -> Result<Json<Value>, AppError> {
    app.store.ping().await.map_err(|error| {
        tracing::error!(%error, "not ready");
        AppError::Busy
    })?;
    Ok(Json(json!({ "status": "ready" })))
}
