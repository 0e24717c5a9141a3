//! Notifications while no page is open, on this device.

use super::{Result, delete, get, send};
use causeway_api::{
    paths,
    push::{PushState, PushSubscription},
};
use gloo_net::http::Method;

/// Whether this device is told.
pub async fn get_push() -> Result<PushState> {
    get(paths::PUSH).await
}

/// Tells it from now on.
pub async fn subscribe_push(new: &PushSubscription) -> Result<()> {
    let body = super::encode(new)?;
    send(Method::PUT, paths::PUSH, body).await.map(|_| ())
}

/// Tells it no longer.
pub async fn unsubscribe_push() -> Result<()> {
    delete(paths::PUSH).await
}
