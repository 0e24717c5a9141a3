//! Mails and SMS that could not be delivered.

use crate::Millis;
use serde::{Deserialize, Serialize};

/// The way a message outward takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Road {
    /// By mail.
    Email,
    /// By SMS.
    Sms,
}

/// Why a message could not be delivered. `undelivered-` and its word, with hyphens, is a text id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeliveryFault {
    /// The address cannot be written to at all.
    NotAnAddress,
    /// The provider does not know the address.
    AddressUnknown,
    /// The mailbox takes nothing at present.
    MailboxFull,
    /// The provider, or the recipient, refused the message.
    Refused,
    /// The provider refuses to work for this server.
    ProviderRefused,
    /// No provider is configured.
    NotConfigured,
    /// The provider could not be reached, however often it was tried.
    Unreachable,
    /// The text can no longer be read because the server key was replaced.
    Lost,
}

impl DeliveryFault {
    /// Every fault.
    pub const ALL: [Self; 8] = [
        Self::NotAnAddress,
        Self::AddressUnknown,
        Self::MailboxFull,
        Self::Refused,
        Self::ProviderRefused,
        Self::NotConfigured,
        Self::Unreachable,
        Self::Lost,
    ];

    /// The fault's word in the database, in logs and at the end of its text's id.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotAnAddress => "not-an-address",
            Self::AddressUnknown => "address-unknown",
            Self::MailboxFull => "mailbox-full",
            Self::Refused => "refused",
            Self::ProviderRefused => "provider-refused",
            Self::NotConfigured => "not-configured",
            Self::Unreachable => "unreachable",
            Self::Lost => "lost",
        }
    }

    /// The fault of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fault| fault.as_str() == word)
    }

    /// Whether another address would help.
    pub fn is_about_address(self) -> bool {
        matches!(self, Self::NotAnAddress | Self::AddressUnknown | Self::MailboxFull | Self::Refused)
    }
}

/// An address that the last message did not reach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Undelivered {
    /// The road that failed: mail or SMS.
    pub road: Road,
    /// The mail address or phone number.
    pub address: String,
    /// Why the last message did not arrive.
    pub fault: DeliveryFault,
    /// What the provider said, word by word.
    pub detail: String,
    /// When it was given up.
    pub at: Millis,
}
