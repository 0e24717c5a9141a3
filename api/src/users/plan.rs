//! The plan of a company, and what is used of it.

use serde::{Deserialize, Serialize};

/// What a company has bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Plan {
    /// Employees and clients, without public registration.
    Free,
    /// With public registration as well.
    Pro,
    /// With everything that Pro has.
    Enterprise,
}

impl Plan {
    /// Every plan.
    pub const ALL: [Self; 3] = [Self::Free, Self::Pro, Self::Enterprise];

    /// The plan's word in the database, on the command line, and at the end of its text's id.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Pro => "pro",
            Self::Enterprise => "enterprise",
        }
    }

    /// The plan of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|plan| plan.as_str() == word)
    }

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
    /// Employees who are not inactivated.
    pub users: Usage,
    /// People who registered, and registrations under way.
    pub external_users: Usage,
}
