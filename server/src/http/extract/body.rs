//! How a body arrives: within its limit, within its time, and within what one network may have on the way.

use super::{address::network_of, text};
use crate::{App, error::AppError, limits, shares::Share};
use axum::{
    Json,
    body::{Body, Bytes, HttpBody as _},
    extract::{FromRequest, Request},
    http::{HeaderMap, header, request::Parts},
    response::Response,
};
use futures_util::{Stream, TryStreamExt};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use serde::de::DeserializeOwned;
use std::{sync::Arc, time::Duration};

/// Reads a whole body of up to `most` bytes. No turn is held meanwhile, so that a body that stalls keeps no one out.
pub(in crate::http) async fn arrive(
    app: &App,
    parts: &Parts,
    body: Body,
    most: usize,
) -> Result<Bytes, AppError> {
    if body.is_end_stream() {
        return Ok(Bytes::new());
    }
    let length = announced(&parts.headers).unwrap_or(most);
    if length > most {
        return Err(AppError::TooLarge);
    }
    let _share = app.budgets.bodies.take(Some(network_of(app, parts))).ok_or(AppError::TooMany(1))?;
    read(body, deadline(length), most).await
}

/// A body that a handler takes as it arrives: within the same limits, and without a turn.
pub(in crate::http) struct Arriving {
    body: Body,
    time: Duration,
    _share: Share,
}

impl Arriving {
    /// Refuses a body that says that it is larger than `most`.
    pub(in crate::http) fn new(app: &App, parts: &Parts, body: Body, most: usize) -> Result<Self, AppError> {
        let length = announced(&parts.headers).unwrap_or(most);
        if length > most {
            return Err(AppError::TooLarge);
        }
        let share = app.budgets.bodies.take(Some(network_of(app, parts))).ok_or(AppError::TooMany(1))?;
        Ok(Self { body: Body::new(Limited::new(body, most)), time: deadline(length), _share: share })
    }

    /// Hands it to a handler, which has the time that such a body may take.
    pub(in crate::http) async fn into_handler<F>(
        self,
        handler: impl FnOnce(Body) -> F,
    ) -> Result<Response, AppError>
    where
        F: Future<Output = Response>,
    {
        tokio::time::timeout(self.time, handler(self.body)).await.map_err(|_| AppError::TimedOut)
    }
}

/// What arrives of a body, piece by piece.
pub(in crate::http) fn pieces(body: Body) -> impl Stream<Item = Result<Bytes, AppError>> + Unpin {
    TryStreamExt::map_err(body.into_data_stream(), |error| {
        let cause = error.into_inner();
        if is_too_long(cause.as_ref()) {
            AppError::TooLarge
        } else {
            AppError::Body(format!("it broke off: {cause}"))
        }
    })
}

/// Whether the limit ended a body, however the frameworks have wrapped that.
fn is_too_long(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut causes = std::iter::successors(Some(error), |error| error.source());
    causes.any(<dyn std::error::Error>::is::<LengthLimitError>)
}

async fn read(body: Body, time: Duration, most: usize) -> Result<Bytes, AppError> {
    let whole = Limited::new(body, most).collect();
    match tokio::time::timeout(time, whole).await {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(AppError::TooLarge),
        Ok(Err(error)) => Err(AppError::Body(format!("it broke off: {error}"))),
        Err(_) => Err(AppError::TimedOut),
    }
}

fn announced(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// How long a body of this length may take.
fn deadline(length: usize) -> Duration {
    let seconds = (length as u64).div_ceil(limits::BODY_BYTES_PER_SECOND);
    Duration::from_millis(limits::BODY_TIME.unsigned_abs()) + Duration::from_secs(seconds)
}

/// A JSON body of exactly the shape of `T`.
pub(in crate::http) struct JsonBody<T>(pub(in crate::http) T);

impl<T: DeserializeOwned> FromRequest<Arc<App>> for JsonBody<T> {
    type Rejection = AppError;

    async fn from_request(request: Request, _: &Arc<App>) -> Result<Self, AppError> {
        let is_json = is_json(request.headers());
        // The guard in front of the handler has read and bounded it.
        let bytes = axum::body::to_bytes(request.into_body(), usize::MAX)
            .await
            .map_err(|error| AppError::Body(error.to_string()))?;
        if !is_json {
            return Err(AppError::UnsupportedMedia);
        }
        text::check_json(&bytes)?;
        let Json(body) = Json::<T>::from_bytes(&bytes).map_err(|error| AppError::Body(error.body_text()))?;
        Ok(Self(body))
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json")
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::StreamExt as _;

    #[tokio::test]
    async fn a_body_that_does_not_come_to_its_end_is_given_up() {
        let first = futures_util::stream::iter([Ok::<_, std::convert::Infallible>(Bytes::from_static(b"x"))]);
        let stuck = Body::from_stream(first.chain(futures_util::stream::pending()));
        assert!(matches!(read(stuck, Duration::from_millis(50), 100).await, Err(AppError::TimedOut)));
    }

    #[tokio::test]
    async fn a_body_without_a_length_ends_at_the_limit() {
        let endless =
            futures_util::stream::repeat(Ok::<_, std::convert::Infallible>(Bytes::from_static(b"x")));
        let time = Duration::from_secs(10);
        assert!(matches!(read(Body::from_stream(endless), time, 1_000).await, Err(AppError::TooLarge)));
        assert_eq!(read(Body::from("abc"), time, 3).await.unwrap(), "abc");
    }

    #[test]
    fn a_longer_body_has_more_time() {
        assert_eq!(deadline(1), Duration::from_secs(31));
        assert_eq!(deadline(256 * 1024), Duration::from_secs(46));
        assert_eq!(deadline(4 * 1024 * 1024), Duration::from_secs(286));
    }
}
