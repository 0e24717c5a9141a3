//! What verification can find, and how it says so.

use causeway_api::{ChatId, MessageId};
use std::fmt;

/// What is wrong with rows of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Contents differ from what was recorded.
    Altered,
    /// Cannot be checked because the row before it was altered.
    Unproven,
    /// Contents are as recorded, the stored hash is not.
    HashAltered,
    /// The first and the last of these rows stand at each other's place.
    Swapped,
    /// Was not recorded here.
    Inserted,
    /// Was recorded here and is gone.
    Missing,
    /// Follows the recorded end of the log.
    BehindHead,
    /// The recorded end of the log is not the end of the log.
    HeadDiffers,
    /// Is hashed in a form that no event announced.
    OtherForm,
}

impl Fault {
    fn sentence(self) -> &'static str {
        match self {
            Self::Altered => {
                "altered: its contents are not those that were recorded, \
                 or the row before it was replaced together with its hash"
            }
            Self::Unproven => "unproven: it cannot be checked because the row before it was altered",
            Self::HashAltered => "hash altered: its contents are as recorded, its stored hash is not",
            Self::Swapped => "swapped: the first and the last stand at each other’s place",
            Self::Inserted => "inserted: it was not recorded here",
            Self::Missing => "missing: it was recorded and is gone",
            Self::BehindHead => "behind the head: it continues the log after its recorded end",
            Self::HeadDiffers => "head altered: the recorded end of the log is not its end",
            Self::OtherForm => "other form: it is hashed in a form that no event before it announced",
        }
    }
}

/// What is wrong with a message as the screens show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageFault {
    /// Its text, sender, place or dates are not those of its events.
    Altered,
    /// The log has it, the table has not.
    Missing,
    /// The table has it, the log has not.
    Forged,
}

impl MessageFault {
    fn sentence(self) -> &'static str {
        match self {
            Self::Altered => "altered: the table shows something else than the log recorded",
            Self::Missing => "missing: the log recorded it, the table has lost it",
            Self::Forged => "forged: the table shows it, the log never recorded it",
        }
    }
}

/// Something that is not as recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Rows of the log.
    Rows {
        /// The number of the first row.
        from: i64,
        /// The number of the last row; the same for one row.
        to: i64,
        /// What is wrong.
        fault: Fault,
    },
    /// A row of the table of messages.
    Message {
        /// Its id.
        id: MessageId,
        /// Its chat.
        chat: ChatId,
        /// Its place in the chat.
        ordinal: i64,
        /// What is wrong.
        fault: MessageFault,
    },
    /// The log belongs to a company that does not exist (any more).
    NoCompany {
        /// Rows of its log.
        rows: i64,
    },
}

impl Finding {
    pub(crate) fn row(seq: i64, fault: Fault) -> Self {
        Self::Rows { from: seq, to: seq, fault }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rows { from, to, fault } if from == to => write!(f, "row {from}: {}", fault.sentence()),
            Self::Rows { from, to, fault } => write!(f, "rows {from} to {to}: {}", fault.sentence()),
            Self::Message { id, chat, ordinal, fault } => {
                write!(f, "message {ordinal} of chat {} ({}): {}", chat.0, id.0, fault.sentence())
            }
            Self::NoCompany { rows } => {
                write!(f, "company missing: its row is gone, {rows} rows of its log are there")
            }
        }
    }
}
