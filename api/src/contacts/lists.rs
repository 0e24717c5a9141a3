//! The lists that org admins keep, and countries.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An entry of a list that org admins keep.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ListItem {
    /// The id, by which profiles name it.
    pub id: Uuid,
    /// The name, unique in its list.
    pub name: String,
}

/// The lists that org admins keep.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Lists {
    /// The companies that clients belong to.
    pub external_companies: Vec<ListItem>,
    /// What clients can be tagged with.
    pub tags: Vec<ListItem>,
    /// The languages that the company supports for clients.
    pub languages: Vec<String>,
    /// The fields of a profile that must not stay empty, by their names in [`Profile`](super::Profile).
    #[serde(default)]
    pub required: Vec<String>,
}

/// A new entry of a list.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewListItem {
    /// The name, unique in its list.
    pub name: String,
}

/// A country and its calling code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Country {
    /// The country by ISO 3166-1 alpha-2: `HK`.
    pub code: String,
    /// The calling code without the plus sign: 852.
    pub calling: i32,
}
