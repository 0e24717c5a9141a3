//! The audit log.

use crate::{
    App,
    domain::compliance::audit::{self, ExportFormat, Search},
    error::AppError,
    http::extract::{
        Current,
        query::{Instant, Query},
    },
};
use axum::{Json, extract::State, http::header, response::IntoResponse};
use causeway_api::{Problem, audit::AuditPage};
use serde::Deserialize;
use std::sync::Arc;

/// What is looked for.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(in crate::http) struct AuditQuery {
    action: String,
    actor: String,
    from: Option<Instant>,
    until: Option<Instant>,
    cursor: Option<String>,
    /// `csv` or `jsonl`, for an export.
    format: String,
}

impl From<AuditQuery> for Search {
    fn from(query: AuditQuery) -> Self {
        let AuditQuery { action, actor, from, until, cursor, format: _ } = query;
        let (from, until) = (from.map(Instant::get), until.map(Instant::get));
        Self { action: (!action.is_empty()).then_some(action), actor, from, until, cursor }
    }
}

/// A stretch of the log, newest first.
#[utoipa::path(get, path = "/api/admin/audit",
    responses((status = 200, body = AuditPage), (status = "default", body = Problem)))]
pub(in crate::http) async fn list_audit(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Query(query): Query<AuditQuery>,
) -> Result<Json<AuditPage>, AppError> {
    Ok(Json(audit::page(&app, &actor, &query.into()).await?))
}

/// The log as a file. POST, because exporting is itself recorded.
#[utoipa::path(post, path = "/api/admin/audit/export",
    responses((status = 200, body = String, content_type = "text/csv"), (status = "default", body = Problem)))]
pub(in crate::http) async fn export_audit(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Query(query): Query<AuditQuery>,
) -> Result<impl IntoResponse, AppError> {
    let (format, kind, name) = match query.format.as_str() {
        "csv" => (ExportFormat::Csv, "text/csv; charset=utf-8", "attachment; filename=\"audit-log.csv\""),
        "jsonl" => (ExportFormat::Jsonl, "application/jsonl", "attachment; filename=\"audit-log.jsonl\""),
        _ => return Err(AppError::Invalid("format", "fault-choice")),
    };
    let file = audit::export(&app, &actor, &query.into(), format).await?;
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], file))
}
