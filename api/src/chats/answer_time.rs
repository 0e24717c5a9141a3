//! How soon clients are usually answered.

use crate::Millis;
use serde::{Deserialize, Serialize};

const MINUTE: Millis = 60 * 1_000;

words! {
    /// A time in steps: it tells a client what to expect, and of an employee no more than that.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
    #[serde(rename_all = "snake_case")]
    pub enum Within {
        /// Five minutes.
        Minutes = "minutes",
        /// A quarter of an hour.
        Quarter = "quarter",
        /// An hour.
        Hour = "hour",
        /// Four hours.
        Hours = "hours",
        /// A day.
        Day = "day",
    }
}

impl Within {
    /// The step of a time; `None` beyond a day.
    pub fn of(time: Millis) -> Option<Self> {
        match time / MINUTE {
            ..5 => Some(Self::Minutes),
            5..15 => Some(Self::Quarter),
            15..60 => Some(Self::Hour),
            60..240 => Some(Self::Hours),
            240..1440 => Some(Self::Day),
            _ => None,
        }
    }
}

/// How soon clients are usually answered in a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AnswerTime {
    /// Within what time; nothing where too little was answered to tell.
    pub within: Option<Within>,
}
