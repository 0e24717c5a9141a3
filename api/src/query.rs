//! Numbers in the query of an address, within their bounds; whoever asks and whoever answers use the same types.

use crate::{Millis, validate::Fault};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, Visitor},
};

/// The fault of a number that is out of its bounds.
pub const RANGE: Fault = Fault::Range;
/// The largest whole number that is taken (RFC 7493, 2.2): beyond it a browser is not exact.
pub const WHOLE_MAX: i64 = (1 << 53) - 1;
/// The end of the year 9999.
const LAST_INSTANT: Millis = 253_402_300_799_999;

/// A whole number from `MIN` to `MOST`; `USUAL` when it is not given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Whole<const MIN: i64, const USUAL: i64, const MOST: i64>(i64);

/// A place in a list; the first is 0.
pub type Place = Whole<0, 0, 1_000_000_000>;
/// How many are wanted at most.
pub type Limit<const USUAL: i64, const MOST: i64> = Whole<1, USUAL, MOST>;
/// The ordinal of a message.
pub type Ordinal = Whole<1, 1, WHOLE_MAX>;
/// The number of an event; 0 is before the first.
pub type Seq = Whole<0, 0, WHOLE_MAX>;
/// An instant.
pub type Instant = Whole<0, 0, LAST_INSTANT>;

impl<const MIN: i64, const USUAL: i64, const MOST: i64> Whole<MIN, USUAL, MOST> {
    /// As much as is taken.
    pub const MOST: Self = Self(MOST);
    /// As much as is taken when nothing is said.
    pub const USUAL: Self = Self(USUAL);

    /// The number, if it is within the bounds.
    pub const fn new(number: i64) -> Option<Self> {
        if MIN <= number && number <= MOST { Some(Self(number)) } else { None }
    }

    /// The number itself.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// The number as a place or an amount.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the bounds of the type keep it small, and the assertion keeps it positive"
    )]
    pub const fn size(self) -> usize {
        const { assert!(MIN >= 0) };
        self.0 as usize
    }
}

impl<const MIN: i64, const USUAL: i64, const MOST: i64> Default for Whole<MIN, USUAL, MOST> {
    fn default() -> Self {
        const { assert!(MIN <= USUAL && USUAL <= MOST) };
        Self(USUAL)
    }
}

impl<const MIN: i64, const USUAL: i64, const MOST: i64> Serialize for Whole<MIN, USUAL, MOST> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.0)
    }
}

impl<'de, const MIN: i64, const USUAL: i64, const MOST: i64> Deserialize<'de> for Whole<MIN, USUAL, MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = deserializer.deserialize_str(Digits)?;
        number.and_then(Self::new).ok_or_else(|| de::Error::custom(RANGE))
    }
}

/// Reads a whole number; `None` when it is beyond what 64 bits hold.
struct Digits;

impl Visitor<'_> for Digits {
    type Value = Option<i64>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a whole number")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Option<i64>, E> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(E::invalid_value(de::Unexpected::Str(text), &self));
        }
        Ok(text.parse().ok())
    }
}

/// Whether a field of a query says nothing, and can be left out.
pub(crate) fn is_usual<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
