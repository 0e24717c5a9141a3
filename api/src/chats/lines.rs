//! The lines of a timeline between the messages.

use crate::{Millis, PersonId};
use serde::{Deserialize, Serialize};

/// A person that a line of the timeline names.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Named {
    /// The person.
    pub id: PersonId,
    /// The name as it is now.
    pub name: String,
}

/// What happened to a chat beside its messages.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ChatChange {
    /// The group was made.
    Created {
        /// Who made it.
        by: Named,
    },
    /// The group was given another name.
    Renamed {
        /// Who renamed it.
        by: Named,
        /// Its name from then on.
        name: String,
    },
    /// Someone joined.
    Joined {
        /// The new member.
        who: Named,
    },
    /// A message was pinned, or its pin taken away.
    Pinned {
        /// Who did.
        by: Named,
        /// The place of the message.
        ordinal: i64,
        /// Whether it is pinned from then on.
        is_on: bool,
    },
    /// Someone left.
    Left {
        /// The former member.
        who: Named,
    },
    /// Someone was removed.
    Removed {
        /// Who removed the member.
        by: Named,
        /// The former member.
        who: Named,
    },
}

/// A line of the timeline between two messages.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ChatLine {
    /// The number of its event in the company's log.
    pub seq: i64,
    /// When it happened.
    pub at: Millis,
    /// The ordinal of the message below which it has its place; 0 for above the first.
    pub after: i64,
    /// What happened.
    pub change: ChatChange,
}
