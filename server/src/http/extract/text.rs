//! What no text and no number from outside may be, on any route. A database cannot store NUL; half a surrogate pair is no
//! text; a number beyond 2^53 is exact neither in a browser nor safe to count on from.

use crate::error::AppError;
use axum::http::Uri;
use causeway_api::query::WHOLE_MAX;
use percent_encoding::percent_decode_str;
use serde::{
    Deserialize,
    de::{self, MapAccess, SeqAccess, Visitor},
};

/// Refuses a path or a query that is no text: the path names nothing then.
pub(in crate::http) fn check_address(uri: &Uri) -> Result<(), AppError> {
    if !is_text(uri.path()) {
        return Err(AppError::NotFound);
    }
    if is_text(uri.query().unwrap_or_default()) {
        Ok(())
    } else {
        Err(AppError::Body("the query is no text".to_owned()))
    }
}

fn is_text(encoded: &str) -> bool {
    percent_decode_str(encoded).decode_utf8().is_ok_and(|text| !text.contains('\0'))
}

/// Refuses a JSON document with such a text or number anywhere, also where the type that it is read into would let it
/// pass.
pub(in crate::http) fn check_json(bytes: &[u8]) -> Result<(), AppError> {
    serde_json::from_slice::<Sound>(bytes)
        .map(|_| ())
        .map_err(|error| AppError::Body(format!("it is not sound JSON: {error}")))
}

/// Any JSON value in which nothing is wrong.
struct Sound;

impl<'de> Deserialize<'de> for Sound {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Walk)
    }
}

struct Walk;

impl<'de> Visitor<'de> for Walk {
    type Value = Sound;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("text without NUL and numbers up to 2^53")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Sound, E> {
        Ok(Sound)
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<Sound, E> {
        Ok(Sound)
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Sound, E> {
        require((-WHOLE_MAX..=WHOLE_MAX).contains(&number), "the number is too large")
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Sound, E> {
        require(number <= WHOLE_MAX.unsigned_abs(), "the number is too large")
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "the bound is a whole number that 64-bit floats hold exactly"
    )]
    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Sound, E> {
        require(number.abs() <= WHOLE_MAX as f64, "the number is too large")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Sound, E> {
        require(!text.contains('\0'), "the text contains NUL")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Sound, A::Error> {
        while seq.next_element::<Sound>()?.is_some() {}
        Ok(Sound)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Sound, A::Error> {
        while map.next_entry::<Sound, Sound>()?.is_some() {}
        Ok(Sound)
    }
}

fn require<E: de::Error>(holds: bool, otherwise: &str) -> Result<Sound, E> {
    if holds { Ok(Sound) } else { Err(E::custom(otherwise)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nul_and_halves_of_pairs_are_refused_wherever_they_stand() {
        for bad in [
            r#"{"a":"\u0000"}"#,
            r#"{"a":{"b":["x\u0000y"]}}"#,
            r#"{"\u0000":1}"#,
            r#"{"a":"\ud800"}"#,
            r#"["\udc00"]"#,
            r#"["\ud800\ud800"]"#,
            "\"\\ud83d\"",
        ] {
            assert!(check_json(bad.as_bytes()).is_err(), "{bad}");
        }
        assert!(check_json(b"[\"\xff\"]").is_err());
        for good in [r#"{"a":"\\u0000"}"#, r#"["\ud83d\ude00"]"#, r#"[null,true,1.5,-3,{"a":{}}]"#] {
            assert!(check_json(good.as_bytes()).is_ok(), "{good}");
        }
    }

    #[test]
    fn numbers_beyond_two_to_the_53rd_are_refused() {
        for bad in ["9007199254740992", "-9007199254740992", "9223372036854775807", "1e300", "1e999"] {
            assert!(check_json(format!("[{bad}]").as_bytes()).is_err(), "{bad}");
        }
        for good in ["9007199254740991", "-9007199254740991", "0.1", "1e9"] {
            assert!(check_json(format!("[{good}]").as_bytes()).is_ok(), "{good}");
        }
    }

    #[test]
    fn addresses_are_text() {
        let check = |uri: &str| check_address(&uri.parse().unwrap());
        assert!(matches!(check("/api/x%00y"), Err(AppError::NotFound)));
        assert!(matches!(check("/api/%ED%A0%80"), Err(AppError::NotFound)));
        assert!(matches!(check("/api/x?search=a%00"), Err(AppError::Body(_))));
        assert!(matches!(check("/api/x?search=%ff"), Err(AppError::Body(_))));
        assert!(check("/api/%E6%A1%9C?search=%E6%A1%9C+a%2500").is_ok());
    }
}
