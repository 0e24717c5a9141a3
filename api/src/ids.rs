//! Identifiers: UUIDs that cannot be mistaken for one another.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

id!(
    /// A company: the tenant that everything else belongs to.
    CompanyId
);
id!(
    /// A person of a company: an employee or a client.
    PersonId
);
id!(
    /// A chat: a direct conversation or a group.
    ChatId
);
id!(
    /// A file. Made by the sender's side, so that an upload that is begun again is recognised.
    FileId
);
id!(
    /// An import of users.
    ImportId
);
id!(
    /// A saved reply. Made by its writer's side, so that saving it again is recognised.
    SavedReplyId
);
id!(
    /// A message. Made by the sender's side, so that a repeated send is recognised.
    MessageId
);
