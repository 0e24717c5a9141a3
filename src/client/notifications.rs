//! What the signed-in person is told of, beside messages.

use super::{Result, asking, encode, get, send};
use causeway_api::{
    Millis,
    notifications::{NotificationPage, NotificationQuery, SeeNotifications},
    paths,
};
use gloo_net::http::Method;

/// A page of them, newest first.
pub async fn list_notifications(query: &NotificationQuery) -> Result<NotificationPage> {
    get(&asking(paths::NOTIFICATIONS, query)?).await
}

/// Those up to an instant were seen.
pub async fn see_notifications(up_to: Millis) -> Result<()> {
    send(Method::PUT, paths::NOTIFICATIONS, encode(&SeeNotifications { up_to })?).await.map(|_| ())
}
