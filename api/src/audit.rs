//! The audit log: every administrative and security event, by whom and from where.

mod action;

pub use action::AuditAction;

use crate::Millis;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AuditRecord {
    /// Which.
    pub id: Uuid,
    /// When.
    pub at: Millis,
    /// Who did it, by name; empty for someone who is not known.
    pub actor: String,
    /// What was done: the end of a text's id.
    pub action: String,
    /// What it was done to: a name where there is one, else its id or key.
    pub subject: String,
    /// The network address it was done from; empty for the operator and the server itself.
    pub address: String,
    /// The browser it was done in, by its own description.
    pub device: String,
    /// JSON of what was there before; `null` for nothing.
    pub before: String,
    /// JSON of what is there now; `null` for nothing.
    pub after: String,
}

/// A stretch of the log, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AuditPage {
    /// The entries.
    pub records: Vec<AuditRecord>,
    /// Where the next stretch begins; nothing at the end.
    pub next: Option<String>,
    /// Every action there is in the log, to filter by.
    pub actions: Vec<String>,
}
