//! What handlers are given beside the body and the query: who acts, from where, and what the path names.

pub(super) mod address;
pub(super) mod body;
pub(super) mod cookies;
pub(super) mod query;
pub(super) mod text;

use crate::{
    App,
    actor::{Actor, Browser},
    domain::sign_in::sessions::Standing,
    error::AppError,
};
use address::browser;
use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};
use causeway_api::paths::{REPLACE, REPLACE_HEADER, Side};
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// Who acts, as the guard of the route has checked. On a route for everyone there is none, and the request is refused.
pub(in crate::http) struct Current(pub(in crate::http) Actor);

impl FromRequestParts<Arc<App>> for Current {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<App>) -> Result<Self, AppError> {
        parts.extensions.remove().map(Self).ok_or(AppError::SignedOut)
    }
}

impl FromRequestParts<Arc<App>> for Browser {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, AppError> {
        Ok(browser(app, parts))
    }
}

/// The session that lives in the portal's cookie, at a door that opens one.
pub(in crate::http) struct InPortal(pub(in crate::http) Standing);

/// The session that lives in the client's cookie, at a door that opens one.
pub(in crate::http) struct AsClient(pub(in crate::http) Standing);

async fn standing(parts: &Parts, app: &App, side: Side) -> Result<Standing, AppError> {
    let token = cookies::session_token(&parts.headers, side);
    let may_replace = parts.headers.get(REPLACE_HEADER).is_some_and(|value| value == REPLACE);
    Standing::of(app, token, side, may_replace).await
}

impl FromRequestParts<Arc<App>> for InPortal {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, AppError> {
        Ok(Self(standing(parts, app, Side::Portal).await?))
    }
}

impl FromRequestParts<Arc<App>> for AsClient {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, AppError> {
        Ok(Self(standing(parts, app, Side::Client).await?))
    }
}

/// An id in the path. What is no id cannot name anything: 404.
pub(in crate::http) struct Id<T>(pub(in crate::http) T);

impl<T: DeserializeOwned + Send + 'static> FromRequestParts<Arc<App>> for Id<T> {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, AppError> {
        let Path(id) = Path::<T>::from_request_parts(parts, app).await.map_err(|_| AppError::NotFound)?;
        Ok(Self(id))
    }
}
