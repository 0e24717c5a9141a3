//! Clients as the admins of a company see them.

use crate::{
    Millis, PersonId, chats::Channel, contacts::LinkState, page::UsersLimit, people::Person, query::is_usual,
};
use serde::{Deserialize, Serialize};

/// A client as org admins see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AdminClient {
    /// The client as employees see it.
    pub person: Person,
    /// E-mail; empty when unknown.
    pub email: String,
    /// Phone; empty when unknown.
    pub phone: String,
    /// The employee who takes care of the client.
    pub owner: Option<Person>,
    /// The channels.
    pub channels: Vec<(Channel, LinkState)>,
    /// When it was archived.
    pub archived_at: Option<Millis>,
    /// When it was deactivated: only people who registered by themselves have an account.
    pub inactive_at: Option<Millis>,
}

/// Which clients of the company are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AdminClientQuery {
    /// Words in name, e-mail, phone or company.
    #[serde(skip_serializing_if = "is_usual")]
    pub search: String,
    /// Only clients of that employee.
    #[serde(skip_serializing_if = "is_usual")]
    pub owner: Option<PersonId>,
    /// Only archived ones, or only those that are not.
    #[serde(skip_serializing_if = "is_usual")]
    pub archived: Option<bool>,
    /// Where the page begins: what an earlier one gave as `next`.
    #[serde(skip_serializing_if = "is_usual")]
    pub cursor: Option<String>,
    /// How many at most.
    #[serde(skip_serializing_if = "is_usual")]
    pub limit: UsersLimit,
}

/// Handing a client over to another employee.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TransferClient {
    /// Who takes care of the client from now on.
    pub to: PersonId,
}
