//! The lists that org admins keep, and countries.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An entry of a list that org admins keep.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ListItem {
    /// Which.
    pub id: Uuid,
    /// Its name.
    pub name: String,
}

/// The lists that org admins keep.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Lists {
    /// The companies that clients belong to.
    pub external_companies: Vec<ListItem>,
    /// Tags.
    pub tags: Vec<ListItem>,
    /// The languages that the company supports for clients.
    pub languages: Vec<String>,
}

/// A new entry of a list.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewListItem {
    /// Its name.
    pub name: String,
}

/// A country and its calling code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Country {
    /// ISO 3166-1 alpha-2.
    pub code: String,
    /// Without the plus sign.
    pub calling: i32,
}
