//! Mails and SMS that could not be delivered.

use crate::Millis;
use serde::{Deserialize, Serialize};

words! {
    /// The way a message outward takes.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
    #[serde(rename_all = "snake_case")]
    pub enum Medium {
        /// By mail.
        Email = "email",
        /// By SMS.
        Sms = "sms",
    }
}

words! {
    /// Why a message could not be delivered. `undelivered-` and its word, with hyphens, is a text id.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
    #[serde(rename_all = "snake_case")]
    pub enum DeliveryFault {
        /// The address cannot be written to at all.
        NotAnAddress = "not-an-address",
        /// The provider does not know the address.
        AddressUnknown = "address-unknown",
        /// The mailbox takes nothing at present.
        MailboxFull = "mailbox-full",
        /// The provider, or the recipient, refused the message.
        Refused = "refused",
        /// The provider refuses to work for this server.
        ProviderRefused = "provider-refused",
        /// No provider is configured.
        NotConfigured = "not-configured",
        /// The provider could not be reached, however often it was tried.
        Unreachable = "unreachable",
        /// The text can no longer be read because the server key was replaced.
        Lost = "lost",
    }
}

impl DeliveryFault {
    /// Whether another address would help.
    pub fn is_about_address(self) -> bool {
        matches!(self, Self::NotAnAddress | Self::AddressUnknown | Self::MailboxFull | Self::Refused)
    }
}

/// An address that the last message did not reach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Undelivered {
    /// The medium that failed: mail or SMS.
    pub medium: Medium,
    /// The mail address or phone number.
    pub address: String,
    /// Why the last message did not arrive.
    pub fault: DeliveryFault,
    /// What the provider said, word by word.
    pub detail: String,
    /// When it was given up.
    pub at: Millis,
}
