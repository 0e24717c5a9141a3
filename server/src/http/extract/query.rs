//! The query of an address: exactly the fields of `T`, and numbers within their bounds.

use crate::{App, error::AppError};
use axum::{extract::FromRequestParts, http::request::Parts};
use causeway_api::{query::RANGE, validate::Fault};
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// How serde begins to speak of a word that is none of an enum's.
const UNKNOWN_WORD: &str = "unknown variant";

/// The query of an address. A number out of its bounds and a word that is no choice are named as a field; anything else
/// does not fit the route.
pub(in crate::http) struct Query<T>(pub(in crate::http) T);

impl<T: DeserializeOwned> FromRequestParts<Arc<App>> for Query<T> {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<App>) -> Result<Self, AppError> {
        let query = parts.uri.query().unwrap_or_default();
        let pairs = serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
        serde_path_to_error::deserialize(pairs).map(Self).map_err(|error| {
            let (field, fault) = (error.path().to_string(), error.inner().to_string());
            if fault == RANGE.as_str() {
                AppError::InvalidPart(field, RANGE)
            } else if fault.starts_with(UNKNOWN_WORD) {
                AppError::InvalidPart(field, Fault::Choice)
            } else {
                AppError::Body(format!("the query: {field}: {fault}"))
            }
        })
    }
}
