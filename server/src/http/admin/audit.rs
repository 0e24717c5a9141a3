//! The audit log.

use crate::{
    App,
    domain::compliance::audit,
    error::AppError,
    http::extract::{Current, query::Query},
};
use axum::{Json, extract::State, http::header, response::IntoResponse};
use causeway_api::{
    Problem,
    audit::{AuditPage, AuditQuery},
    validate::Fault,
};
use std::sync::Arc;

/// A page of the log, newest first.
#[utoipa::path(get, path = "/api/admin/audit",
    responses((status = 200, body = AuditPage), (status = "default", body = Problem)))]
pub(in crate::http) async fn list_audit(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Query(query): Query<AuditQuery>,
) -> Result<Json<AuditPage>, AppError> {
    Ok(Json(audit::page(&app, &actor, &query).await?))
}

/// The log as a file. POST, because exporting is itself recorded.
#[utoipa::path(post, path = "/api/admin/audit/export",
    responses((status = 200, body = String, content_type = "text/csv"), (status = "default", body = Problem)))]
pub(in crate::http) async fn export_audit(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Query(query): Query<AuditQuery>,
) -> Result<impl IntoResponse, AppError> {
    let format = query.format.ok_or(AppError::Invalid("format", Fault::Choice))?;
    let name = format!("attachment; filename=\"audit-log.{}\"", format.as_str());
    let kind = format!("{}; charset=utf-8", format.media_type());
    let file = audit::export(&app, &actor, &query, format).await?;
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], file))
}
