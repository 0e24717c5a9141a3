//! The audit log.

use super::{ClientError, Result, get, send};
use causeway_api::{audit::AuditPage, paths};
use gloo_net::http::Method;

/// A stretch of the log; `query` is what stands behind the question mark.
pub async fn list_audit(query: &str) -> Result<AuditPage> {
    get(&format!("{}?{query}", paths::AUDIT)).await
}

/// The log as a file.
pub async fn export_audit(query: &str) -> Result<String> {
    let response = send(Method::POST, &format!("{}?{query}", paths::AUDIT_EXPORT), None).await?;
    response.text().await.map_err(|_| ClientError::Offline)
}
