//! Importing users from a file.

use serde::{Deserialize, Serialize};

/// A file of users to import.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ImportFile {
    /// The contents: CSV with a line of headings.
    pub csv: String,
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
    },
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

/// The result of an import or its preview, row by row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ImportReport {
    /// The rows in the order of the file.
    pub rows: Vec<ImportedRow>,
}
