//! Notifications of messages while no page of ours is open (Web Push: RFC 8030, RFC 8291, RFC 8292).

use serde::{Deserialize, Serialize};

/// What a browser needs to subscribe, and whether this device has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PushState {
    /// The public key of the server (RFC 8292), in base64url.
    pub key: String,
    /// Whether this device is told.
    pub is_on: bool,
    /// Whether sender and text are shown, or only that there is something new.
    pub shows_content: bool,
}

/// The subscription that a browser has made.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PushSubscription {
    /// The address at the push service of the browser's maker.
    pub endpoint: String,
    /// The browser's public key (P-256), in base64url.
    pub p256dh: String,
    /// The secret between the two, in base64url.
    pub auth: String,
    /// Whether sender and text are shown, or only that there is something new.
    pub shows_content: bool,
}

/// What a notification says; the service worker shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushNotice {
    /// Who wrote, or that it is Causeway.
    pub title: String,
    /// What was written, or that there is something new.
    pub body: String,
    /// The screen to open.
    pub url: String,
    /// A later notice of the same chat takes the place of an earlier one.
    pub tag: String,
}
