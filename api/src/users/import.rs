//! Importing users from a file: a job of the server, which goes on whether or not a page looks at it.

use crate::{ImportId, Millis};
use serde::{Deserialize, Serialize};

/// A file of users to import.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ImportFile {
    /// The contents: CSV with a line of headings.
    pub csv: String,
    /// The name of the file, by which admins find its import; empty when unknown.
    #[serde(default)]
    pub name: String,
}

words! {
    /// How far an import is.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
    #[serde(rename_all = "snake_case")]
    pub enum ImportState {
        /// Its rows are being imported.
        Running = "running",
        /// Every row was looked at.
        Finished = "finished",
        /// An admin stopped it.
        Cancelled = "cancelled",
        /// It ended because the admin who had started it no longer governs the company.
        Stopped = "stopped",
    }
}

/// An import of users, as the admins of its company see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct UserImport {
    /// Its id.
    pub id: ImportId,
    /// The name of the file; empty when unknown.
    pub file: String,
    /// How far it is.
    pub state: ImportState,
    /// The name of the admin who started it.
    pub started_by: String,
    /// When it was started.
    pub started_at: Millis,
    /// When it ended; `None` while it runs.
    pub ended_at: Option<Millis>,
    /// The rows of the file.
    pub total: i64,
    /// The rows that were imported.
    pub imported: i64,
    /// The rows that were refused.
    pub refused: i64,
}

impl UserImport {
    /// Whether it runs.
    pub fn is_running(&self) -> bool {
        self.state == ImportState::Running
    }

    /// The rows that have an outcome.
    pub fn done(&self) -> i64 {
        self.imported + self.refused
    }
}

/// Who has what a row asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    /// An active user, by name.
    User(String),
    /// A deactivated user, by name.
    Inactive(String),
    /// An earlier line of the same file.
    Line(u64),
}

/// What became of a row, or would.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum RowOutcome {
    /// It can be imported.
    Ready,
    /// It was imported.
    Imported,
    /// It was not, or cannot be.
    Refused {
        /// The column; empty when the row as a whole cannot be read.
        field: String,
        /// What is wrong with it.
        fault: String,
        /// Who has what the column says, if that is what is wrong.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        holder: Option<Holder>,
    },
    /// The import had ended before it was this row's turn.
    LeftOut,
}

/// A row of an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ImportedRow {
    /// Its line in the file, the headings being line 1.
    pub line: u64,
    /// The name in it.
    pub name: String,
    /// The mail address in it.
    pub email: String,
    /// The role in it, as written.
    pub role: String,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: RowOutcome,
}

/// An import or its preview, row by row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ImportReport {
    /// The rows in the order of the file.
    pub rows: Vec<ImportedRow>,
}
