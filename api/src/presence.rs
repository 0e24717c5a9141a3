//! Presence: whether someone is there, and what a page looks at, which decides who is told.

use crate::{ChatId, Millis, PersonId};
use serde::{Deserialize, Serialize};

/// A page tells of so many people at most that it looks at.
pub const LOOKED_AT_MAX: usize = 50;
/// So long without a key or a pointer someone is away, in milliseconds.
pub const AWAY_AFTER: Millis = 5 * 60 * 1_000;
/// Longest words beside a status, in Unicode scalar values.
pub const STATUS_TEXT_MAX: usize = 120;

words! {
    /// What someone says about oneself.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
    #[serde(rename_all = "snake_case")]
    pub enum Status {
        /// There, and not to be disturbed.
        Busy = "busy",
        /// Not there for a while.
        OutOfOffice = "out_of_office",
    }
}

/// A status that a person has set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OwnStatus {
    /// What the person says; nothing while only the person's pages tell.
    pub status: Option<Status>,
    /// Words beside it; may be empty.
    #[serde(default)]
    pub text: String,
    /// When it ends; `None` until it is changed.
    #[serde(default)]
    pub until: Option<Millis>,
}

/// Whether a person's pages are open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Pages {
    /// One is, and is used.
    Online,
    /// One is, and none has been used for [`AWAY_AFTER`].
    Away,
    /// None is.
    Offline {
        /// When one was open last, as far as it is known.
        last_seen: Option<Millis>,
    },
}

/// Whether someone is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    /// The person.
    pub person: PersonId,
    /// Whether pages are open.
    pub pages: Pages,
    /// What the person says, which counts for more.
    pub status: Option<OwnStatus>,
}

/// What a page tells the server on its socket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "frame", rename_all = "snake_case", deny_unknown_fields)]
pub enum ClientFrame {
    /// What the page looks at from now on.
    Looking {
        /// The conversation that is open, whose members' writing it is told of.
        chat: Option<ChatId>,
        /// The people on the screen, whose presence it is told of; at most [`LOOKED_AT_MAX`].
        people: Vec<PersonId>,
        /// Whether no one has used the page for [`AWAY_AFTER`].
        is_idle: bool,
    },
}
