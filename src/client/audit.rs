//! The audit log.

use super::{ClientError, Result, asking, get, send};
use causeway_api::{
    audit::{AuditPage, AuditQuery},
    paths,
};
use gloo_net::http::Method;

/// A page of the log.
pub async fn list_audit(query: &AuditQuery) -> Result<AuditPage> {
    get(&asking(paths::AUDIT, query)?).await
}

/// The log as a file.
pub async fn export_audit(query: &AuditQuery) -> Result<String> {
    let response = send(Method::POST, &asking(paths::AUDIT_EXPORT, query)?, None).await?;
    response.text().await.map_err(|_| ClientError::Offline)
}
