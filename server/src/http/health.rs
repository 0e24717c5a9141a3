//! Whether the server lives, and whether it can work.

use crate::{App, error::AppError};
use axum::{Json, extract::State};
use serde_json::{Value, json};
use std::sync::Arc;

/// The process answers.
pub(super) async fn live() -> Json<Value> {
    Json(json!({ "status": "live" }))
}

/// The database takes writes: its newest commit, or the probe that is written when none is fresh, has succeeded.
pub(super) async fn ready(State(app): State<Arc<App>>) -> Result<Json<Value>, AppError> {
    let readiness = app.store.readiness(app.clock.now());
    if !readiness.is_ready {
        return Err(AppError::Busy);
    }
    let age = readiness.last_commit.map(|age| u64::try_from(age.as_millis()).unwrap_or(u64::MAX));
    Ok(Json(json!({ "status": "ready", "last_commit_ms_ago": age })))
}
