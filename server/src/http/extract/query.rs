//! The query of an address: exactly the fields of `T`, and numbers within their bounds.

use super::text::WHOLE_MAX;
use crate::{App, error::AppError};
use axum::{extract::FromRequestParts, http::request::Parts};
use causeway_api::Millis;
use serde::{
    Deserialize, Deserializer,
    de::{self, DeserializeOwned, Visitor},
};
use std::sync::Arc;

/// The fault of a number that is out of its bounds.
const RANGE: &str = "fault-range";
/// The end of the year 9999.
const LAST_INSTANT: Millis = 253_402_300_799_999;

/// The query of an address. A number out of its bounds is named as a field; anything else does not fit the route.
pub(in crate::http) struct Query<T>(pub(in crate::http) T);

impl<T: DeserializeOwned> FromRequestParts<Arc<App>> for Query<T> {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<App>) -> Result<Self, AppError> {
        let query = parts.uri.query().unwrap_or_default();
        let pairs = serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
        serde_path_to_error::deserialize(pairs).map(Self).map_err(|error| {
            let (field, fault) = (error.path().to_string(), error.inner().to_string());
            if fault == RANGE {
                AppError::InvalidPart(field, RANGE)
            } else {
                AppError::Body(format!("the query: {field}: {fault}"))
            }
        })
    }
}

/// A whole number from `MIN` to `MOST`; `USUAL` when it is not given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http) struct Whole<const MIN: i64, const USUAL: i64, const MOST: i64>(i64);

/// The first place in a list.
pub(in crate::http) type From = Whole<0, 0, 1_000_000_000>;
/// How many are wanted at most.
pub(in crate::http) type Limit<const USUAL: i64, const MOST: i64> = Whole<1, USUAL, MOST>;
/// The ordinal of a message.
pub(in crate::http) type Ordinal = Whole<1, 1, WHOLE_MAX>;
/// The number of an event; 0 is before the first.
pub(in crate::http) type Seq = Whole<0, 0, WHOLE_MAX>;
/// An instant.
pub(in crate::http) type Instant = Whole<0, 0, LAST_INSTANT>;

impl<const MIN: i64, const USUAL: i64, const MOST: i64> Whole<MIN, USUAL, MOST> {
    /// The number.
    pub(in crate::http) fn get(self) -> i64 {
        self.0
    }

    /// The number as a place or an amount.
    pub(in crate::http) fn size(self) -> usize {
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

impl<'de, const MIN: i64, const USUAL: i64, const MOST: i64> Deserialize<'de> for Whole<MIN, USUAL, MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Digits).and_then(|number| match number {
            Some(number) if (MIN..=MOST).contains(&number) => Ok(Self(number)),
            _ => Err(de::Error::custom(RANGE)),
        })
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
