//! Inviting a client.

use super::{Contact, Profile};
use crate::{PersonId, chats::Channel, people::Person};
use serde::{Deserialize, Serialize};

/// Step 1 of inviting a client: the messaging identity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// The initial channel.
    pub channel: Channel,
    /// The country that a number without a country code belongs to.
    #[serde(default)]
    pub country: String,
    /// The phone number as typed; empty in a flow by mail.
    #[serde(default)]
    pub phone: String,
    /// The mail address; empty in a flow by phone.
    #[serde(default)]
    pub email: String,
}

/// What the server says of a messaging identity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CheckedIdentity {
    /// The number in E.164, or the address.
    pub address: String,
    /// The client who has it already, among those shared with the caller.
    pub known: Option<Person>,
    /// The country of a phone number.
    pub country: String,
    /// The language that a phone number suggests.
    pub language: String,
}

/// Step 2: whose it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum InvitedProfile {
    /// A client who is in Causeway already.
    Existing {
        /// The client, whom the employee has to see.
        person: PersonId,
    },
    /// A new one.
    New {
        /// The profile.
        profile: Profile,
    },
}

/// Inviting a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Invite {
    /// The messaging identity.
    pub identity: Identity,
    /// The profile of a new client, or a client who is known already.
    pub profile: InvitedProfile,
}

/// An invitation that was made: the contact, and for the Causeway app the link to show in person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Invited {
    /// The client.
    pub contact: Contact,
    /// The address behind the QR code, where there is one.
    pub link: Option<String>,
}
