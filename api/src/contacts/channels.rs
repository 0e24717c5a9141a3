//! The channels of clients.

use crate::{Millis, PersonId, chats::Channel, deliveries::Undelivered};
use serde::{Deserialize, Serialize};

words! {
    /// How far a channel of a client is.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
    #[serde(rename_all = "snake_case")]
    pub enum LinkState {
        /// The client was invited and has not completed the invitation.
        Pending = "pending",
        /// Messages can go both ways.
        Linked = "linked",
    }
}

/// A channel of a client. One that is neither pending nor linked has no row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ChannelLink {
    /// The client: the contact itself, or one that was merged into it.
    pub person: PersonId,
    /// The channel of the link.
    pub channel: Channel,
    /// Whether it is pending or linked.
    pub state: LinkState,
    /// The number or address the client is known by there.
    pub address: String,
    /// When the invitation was sent last.
    pub invited_at: Millis,
    /// Until when a pending invitation can be completed.
    pub expires_at: Millis,
    /// When it was completed; `None` while it is pending.
    pub linked_at: Option<Millis>,
    /// Invitations that can still be sent today.
    pub sends_left: i64,
    /// Addresses that a pending invitation did not reach.
    #[serde(default)]
    pub undelivered: Vec<Undelivered>,
}

/// A channel, and whether clients can be invited to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ChannelOffer {
    /// The channel that is offered.
    pub channel: Channel,
    /// Whether the company has set it up.
    pub is_configured: bool,
    /// Whether the client is invited by a mail address instead of a phone number.
    pub by_email: bool,
}
