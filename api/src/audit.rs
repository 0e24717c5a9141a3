//! The audit log: every administrative and security event, by whom and from where.

mod action;

pub use action::AuditAction;

use crate::{
    Millis,
    page::{AuditLimit, Page},
    query::{Instant, is_usual},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An entry of the audit log, as its readers see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AuditRecord {
    /// The id of the entry.
    pub id: Uuid,
    /// When it was done.
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

words! {
    /// In which form the log is exported.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum ExportFormat {
        /// Comma-separated values (RFC 4180).
        Csv = "csv",
        /// One JSON object per line.
        Jsonl = "jsonl",
    }
}

impl ExportFormat {
    /// The media type of its files, for `Content-Type`.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv",
            Self::Jsonl => "application/jsonl",
        }
    }
}

/// Which entries of the log are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AuditQuery {
    /// Only this action.
    #[serde(skip_serializing_if = "is_usual")]
    pub action: String,
    /// Only what was done by people with these words in their names.
    #[serde(skip_serializing_if = "is_usual")]
    pub actor: String,
    /// Not before.
    #[serde(skip_serializing_if = "is_usual")]
    pub from: Option<Instant>,
    /// Before.
    #[serde(skip_serializing_if = "is_usual")]
    pub until: Option<Instant>,
    /// Where the page begins: what an earlier one gave as `next`.
    #[serde(skip_serializing_if = "is_usual")]
    pub cursor: Option<String>,
    /// How many at most.
    #[serde(skip_serializing_if = "is_usual")]
    pub limit: AuditLimit,
    /// In which form they are exported; said where a file is asked for, and nowhere else.
    #[serde(skip_serializing_if = "is_usual")]
    pub format: Option<ExportFormat>,
}

/// A page of the log, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AuditPage {
    /// The entries.
    #[serde(flatten)]
    pub page: Page<AuditRecord>,
    /// Every action there is in the log, to filter by.
    pub actions: Vec<String>,
}
