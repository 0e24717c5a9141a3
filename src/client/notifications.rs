//! What the signed-in person is told of, beside messages.

use super::{Result, encode, get, send};
use causeway_api::{
    Millis,
    notifications::{NotificationList, SeeNotifications},
    paths,
};
use gloo_net::http::Method;

/// The newest notifications.
pub async fn list_notifications() -> Result<NotificationList> {
    get(paths::NOTIFICATIONS).await
}

/// Those up to an instant were seen.
pub async fn see_notifications(up_to: Millis) -> Result<()> {
    send(Method::PUT, paths::NOTIFICATIONS, encode(&SeeNotifications { up_to })?).await.map(|_| ())
}
