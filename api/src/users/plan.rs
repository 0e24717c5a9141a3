//! The plan of a company, and what is used of it.

use serde::{Deserialize, Serialize};

words! {
    /// What a company has bought.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
    #[serde(rename_all = "snake_case")]
    pub enum Plan {
        /// Employees and clients, without public registration.
        Free = "free",
        /// With public registration as well.
        Pro = "pro",
        /// With everything that Pro has.
        Enterprise = "enterprise",
    }
}

impl Plan {
    /// Whether the public can register.
    pub fn has_registration(self) -> bool {
        self >= Self::Pro
    }
}

/// How much of something is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Usage {
    /// How many are used.
    pub used: i64,
    /// How many there may be; `None` means no limit.
    pub limit: Option<i64>,
}

/// The plan of a company and its limits, which the operator sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct License {
    /// The plan.
    pub plan: Plan,
    /// Employees who are not deactivated.
    pub users: Usage,
    /// People who registered, and registrations under way.
    pub external_users: Usage,
}
